using System.Collections.Immutable;
using Infra.Connect;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>Further variables of Connect may not be ones that the platform sets itself.</summary>
internal static class ExtraEnvironmentRule
{
    public static IEnumerable<SettingsProblem> Check(ImmutableSortedDictionary<string, string> variables, SettingPath at) =>
        ConnectEnvironment.Reserved(variables.Keys).Select(name => new SettingsProblem(
            at.Entry(name), "is set by the platform itself", "a variable that no setting stands for", $"remove {name} and change the setting behind it", variables[name]));
}
