using System.Collections.Immutable;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What <c>./platform policy</c> holds this stack to; a deployment reads nothing of it.</summary>
public sealed record PolicySettings : IChecked
{
    [Setting("Exceptions from rules, each with the name of somebody's reason and a last day.")]
    public required ImmutableArray<PolicyWaiverSettings> Waivers { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        HashSet<string> seen = [];
        for (var index = 0; index < Waivers.Length; index++)
        {
            var waiver = Waivers[index];
            for (var place = 0; place < waiver.Resources.Length; place++)
            {
                // The id of a rule has no spaces.
                if (!seen.Add($"{waiver.Rule} {waiver.Resources[place]}"))
                {
                    yield return new(
                        at[nameof(Waivers)][index][nameof(waiver.Resources)][place], $"is waived from {waiver.Rule} by an earlier entry",
                        "each resource once a rule", "remove it", waiver.Resources[place]);
                }
            }
        }
    }
}

/// <summary>An exception from one rule.</summary>
public sealed record PolicyWaiverSettings
{
    [Setting("Id of the rule, as `./platform policy STACK --rules` lists it.", Example = "kubernetes/read-only-root")]
    [Form(Form.PolicyRule)]
    public required string Rule { get; init; }

    [Setting("Names of resources, or types and names as in kubernetes:apps/v1:Deployment::connect-*; * stands for any letters.", Example = "[connect-*]")]
    [Form(Form.ResourcePattern)]
    [Length(1, 100)]
    public required ImmutableArray<string> Resources { get; init; }

    [Setting("Why it is right here.", Example = "connect-client writes below /data")]
    [Length(10, 500)]
    public required string Reason { get; init; }

    [Setting("Last day on which it holds; afterwards it is a finding itself.", Example = "\"2027-06-30\"")]
    [Form(Form.Day)]
    public required string Expires { get; init; }

    [Setting("Whether it is for what a later update brings; otherwise a waiver that nothing needs is a finding itself.")]
    public bool MayBeUnused { get; init; }
}

/// <summary>The forms that only waivers name.</summary>
internal static class PolicyForms
{
    public static FormTable All { get; } = new()
    {
        // Without quotes YAML reads a day as a time, and Pulumi passes that on
        [Form.Day] = () => TextForm.Matching(
            "a day", "year, month and day", "\"2027-06-30\"", "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"),
        [Form.PolicyRule] = () => TextForm.Matching("the id of a rule", "a set and a name, divided by a slash", "kubernetes/read-only-root",
            "^[a-z0-9]+/[a-z0-9-]+$"),
        [Form.ResourcePattern] = () => TextForm.Matching(
            "a pattern of names", "a name of the plan, or type::name, with * for any letters", "connect-*", "^[^\\s?]+$"),
    };
}
