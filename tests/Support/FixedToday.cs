using System.Runtime.CompilerServices;
using Infra.Clusters;
using Stacks.Settings.Reading;

namespace Tests.Support;

/// <summary>Every program that a test starts takes the same day for today: that of the tables of Kubernetes versions.</summary>
internal static class FixedToday
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(Today.Variable, $"{EksVersion.AsOf:yyyy-MM-dd}");
}
