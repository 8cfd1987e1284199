using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>The steps that Pulumi reports: all but those of default providers, which nobody wrote (pulumi/pulumi pkg/engine, 3.x).</summary>
public static class ReportedPlan
{
    private const string ProviderPrefix = "pulumi:providers:";

    public static Plan Of(Plan plan) => new([.. plan.Steps.Where(step => !IsDefaultProvider(step.Urn))]);

    /// <summary>Whether the engine made this provider itself: <c>default</c>, <c>default_4_34_2</c>.</summary>
    public static bool IsDefaultProvider(Urn urn) =>
        urn.Type.StartsWith(ProviderPrefix, StringComparison.Ordinal) && (urn.Name == "default" || urn.Name.StartsWith("default_", StringComparison.Ordinal));
}
