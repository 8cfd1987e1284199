using System.Collections.Immutable;
using Infra.LoadBalancing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What Cloud Armor lets through to a load balancer of Google Cloud.</summary>
[Kind<ExistingArmorSettings>("name")]
[Kind<CreatedArmorSettings>("create", "A security policy that this stack makes.")]
public abstract record CloudArmorSettings
{
    private protected CloudArmorSettings()
    {
    }
}

/// <summary>A security policy that exists.</summary>
public sealed record ExistingArmorSettings : CloudArmorSettings
{
    [Setting("Name of a global security policy of the project, for backends.", Example = "platform")]
    [Form(Form.GcpName)]
    public required string Name { get; init; }
}

/// <summary>A security policy that this stack makes.</summary>
public sealed record CreatedArmorSettings : CloudArmorSettings, IChecked
{
    [Setting("Attacks that Google's own rules refuse. Injection, scripting and inclusion also match what notebooks and pipelines send.")]
    public ImmutableArray<ArmorAttack> Attacks { get; init; } = CloudArmorPolicyArgs.DefaultAttacks;

    [Setting("Paranoia level of those rules: 1 for the ones that are seldom wrong, 4 for all.")]
    [Range(CloudArmorPolicyArgs.DefaultSensitivity, CloudArmorPolicyArgs.LargestSensitivity)]
    public int Sensitivity { get; init; } = CloudArmorPolicyArgs.DefaultSensitivity;

    [Setting("Most requests of one address in a minute. An office, or the NAT of a cluster, is one address.", Absent = "no limit", Example = "5000")]
    [Range(1, 1_000_000)]
    public int? RateLimit { get; init; }

    [Setting("Log what the rules match and let it pass: for the first weeks, until the matches are understood.")]
    public bool PreviewOnly { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Attacks.IsEmpty && RateLimit is null)
        {
            yield return new(
                at[nameof(Attacks)], "is empty, and there is no rateLimit either: the policy would let everything through", "one attack or more, or rateLimit",
                "attacks: [scannerDetection, protocolAttack]", "[]");
        }

        foreach (var again in Attacks.GroupBy(attack => attack).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new(
                at[nameof(Attacks)], $"names {SettingPath.KeyFor($"{again}")} twice", "every attack once", "remove one of them",
                string.Join(", ", Attacks.Select(attack => SettingPath.KeyFor($"{attack}"))));
        }
    }
}
