using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Outputs that count the changes of a resource: a preview does not know the next number, and whatever reads it changes as well.</summary>
/// <remarks>Only what the source of the Terraform provider says is here; other outputs stay as they were until the deployment tells.</remarks>
internal static class RecomputedOutputs
{
    private static readonly FrozenDictionary<string, ImmutableArray<Counter>> ByType = new Dictionary<string, ImmutableArray<Counter>>(StringComparer.Ordinal)
    {
        // hashicorp/terraform-provider-aws, ec2_launch_template.go, CustomizeDiff: "enable downstream updates for resources referencing schema attributes"
        ["aws:ec2/launchTemplate:LaunchTemplate"] =
        [
            new("latestVersion", ["name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion"]),
            new("defaultVersion", ["name", "namePrefix", "description"]) { OnlyWith = "updateDefaultVersion" },
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The outputs after an update: unknown where a preview cannot tell, one more where the update is rehearsed.</summary>
    public static PropertyMap Count(ResourceState old, PropertyMap inputs, PropertyMap outputs, bool preview)
    {
        if (!ByType.TryGetValue(old.Type, out var counters))
        {
            return outputs;
        }
        var changed = Differ.Compare(old.Inputs, inputs).Keys.Select(PropertyPath.Parse).OfType<PropertyPath>().Select(path => path.Parts[0]).ToArray();
        return counters.Where(counter => counter.Counts(changed, inputs)).Aggregate(outputs, (all, counter) => all.With(
            counter.Output,
            preview || all.Open(counter.Output) is not NumberProperty { Value: var number } ? UnknownProperty.Instance : new NumberProperty(number + 1)));
    }

    /// <summary>One of these outputs, and the inputs whose change it does not count.</summary>
    private sealed record Counter(string Output, ImmutableArray<string> Except)
    {
        /// <summary>An input that has to be true for it.</summary>
        public string? OnlyWith { get; init; }

        public bool Counts(IEnumerable<string> changed, PropertyMap inputs) =>
            changed.Any(input => !Except.Contains(input) && !input.StartsWith("__", StringComparison.Ordinal))
            && (OnlyWith is null || inputs.Flag(OnlyWith, otherwise: false));
    }
}
