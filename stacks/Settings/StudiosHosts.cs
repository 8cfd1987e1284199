using System.Collections.Immutable;
using Infra.Dns;
using Infra.Studios;

namespace Stacks.Settings;

/// <summary>The hosts of Platform and Studios, as settings that may still be malformed say them.</summary>
internal static class StudiosHosts
{
    /// <summary>The hosts; null while those of Studios are malformed.</summary>
    public static PlatformHosts? Of(StudiosSettings studios, ImmutableArray<DomainName> extra)
    {
        if (!DomainName.TryParse(studios.Platform.Url.Host, out var platform) || !DomainName.TryParse(studios.ConnectUrl.Host, out var connect) || connect!.Labels.Count < StudiosAddress.FewestLabels)
        {
            return null;
        }

        var sessions = (studios.PathRouting, studios.SessionWildcard) switch
        {
            (true, _) => new SessionRouting.Path(),
            (_, { } wildcard) => new SessionRouting.Subdomain(wildcard),
            _ => SessionRouting.BesideConnect(connect),
        };
        return new PlatformHosts(platform!, connect, sessions, extra);
    }
}

/// <summary>Which hosts can belong together.</summary>
internal static class StudiosHostRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, SettingPath at)
    {
        var connect = DomainName.Parse(settings.ConnectUrl.Host);
        var platform = DomainName.Parse(settings.Platform.Url.Host);
        if (ConnectProblem(settings, connect, platform) is var (what, allowed))
        {
            yield return new(at[nameof(settings.ConnectUrl)], what, allowed, $"for example connectUrl: https://connect.{platform}", settings.ConnectUrl.Text);
        }

        if (WildcardProblem(settings, platform) is { } wildcard)
        {
            yield return new(
                at[nameof(settings.SessionWildcard)],
                wildcard,
                "a wildcard in the domain of platform.url, and no pathRouting",
                $"for example sessionWildcard: '*.studios.{platform}', or remove it",
                settings.SessionWildcard!.Text);
        }

        if (settings.Ssh?.OwnHost?.Host is { } ssh && (ssh.IsWildcard || ssh == connect || ssh == platform))
        {
            yield return new(
                at[nameof(settings.Ssh)][nameof(settings.Ssh.OwnHost)][nameof(settings.Ssh.OwnHost.Host)],
                "is taken by others already",
                "one host that is neither platform.url's nor connectUrl's",
                $"for example host: connect-ssh.{connect.Parent()}",
                ssh.Text);
        }
    }

    private static (string What, string Allowed)? ConnectProblem(StudiosSettings settings, DomainName connect, DomainName platform) => connect switch
    {
        _ when connect == platform => ("is the address of the Platform itself", "another host than platform.url"),
        _ when !settings.PathRouting && settings.SessionWildcard is null && connect.Labels.Count < StudiosAddress.FewestLabels =>
            ("leaves no domain for the sessions once its first label is dropped", $"a host of {StudiosAddress.FewestLabels} labels or more"),
        _ when StudiosAddress.SharedDomain(connect, platform) is null =>
            ($"lies in another domain than {settings.Platform.Url}, so cookies do not reach both", "a host in the domain of platform.url"),
        _ => null,
    };

    private static string? WildcardProblem(StudiosSettings settings, DomainName platform) => settings.SessionWildcard switch
    {
        null => null,
        _ when settings.PathRouting => "has no meaning with pathRouting, where sessions have no hosts",
        { IsWildcard: false } => "is not a wildcard",
        var wildcard when StudiosAddress.SharedDomain(wildcard, platform) is null => $"lies in another domain than {settings.Platform.Url}, so cookies do not reach the sessions",
        _ => null,
    };
}
