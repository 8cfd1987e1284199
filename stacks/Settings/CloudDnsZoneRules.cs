using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>Which zone holds the hosts, and who delegates it.</summary>
internal static class CloudDnsZoneRules
{
    public static IEnumerable<SettingsProblem> Check(CloudDnsSettings settings, PlatformSettings platform, SettingPath at) =>
        [.. CheckParents(settings, platform, at), .. CheckHosts(settings, platform, at)];

    private static IEnumerable<SettingsProblem> CheckParents(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.ManagedZone is not null && settings.ParentManagedZone is { } parent)
        {
            yield return new(
                at[nameof(settings.ParentManagedZone)], "is given, and no zone is made that it could delegate", "absent beside managedZone", "remove parentManagedZone, or managedZone", parent);
        }

        if (settings.ParentRoute53Zone is not { } route53)
        {
            yield break;
        }

        if (settings.ManagedZone is not null || settings.ParentManagedZone is not null || !settings.Zone.IsSubdomainOf(route53))
        {
            yield return new(
                at[nameof(settings.ParentRoute53Zone)],
                settings.ManagedZone is null && settings.ParentManagedZone is null ? $"is not above the zone {settings.Zone}" : "is given, and the zone is delegated already",
                "a zone above the one that is made, and no other parent",
                "name a zone above it, or remove parentRoute53Zone",
                route53.Text);
        }

        if (platform.Aws is null)
        {
            yield return new(
                at[nameof(settings.ParentRoute53Zone)], "lies in an AWS account, and platform:aws is missing", "platform:aws beside it", "add platform:aws: { region: eu-west-1 }", route53.Text);
        }
    }

    private static IEnumerable<SettingsProblem> CheckHosts(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        var hosts = platform.Studios is { } studios ? settings.HostsOf(studios)?.All ?? [] : settings.ExtraHosts;
        foreach (var host in hosts.Where(host => host != settings.Zone && !host.IsSubdomainOf(settings.Zone)))
        {
            yield return new(
                at[nameof(settings.Zone)], $"does not hold {host}", "a zone at or above every host of the platform", $"zone: {(host.Labels.Count > 2 ? host.Parent() : host)}, or other hosts", settings.Zone.Text);
        }

        if (!settings.ExtraHosts.IsEmpty && settings.PlatformService is null)
        {
            yield return new(
                at[nameof(settings.ExtraHosts)],
                "are hosts of the Platform's frontend, and platformService does not say where that is",
                "no further hosts, or platformService beside them",
                "platformService: {}",
                string.Join(", ", settings.ExtraHosts));
        }
    }
}
