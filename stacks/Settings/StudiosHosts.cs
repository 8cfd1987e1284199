using Infra.Dns;
using Infra.Studios;

namespace Stacks.Settings;

/// <summary>Which hosts can belong together.</summary>
internal static class StudiosHostRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, SettingPath at)
    {
        var connect = settings.ConnectUrl.Host;
        var platform = settings.Platform.Url.Host;
        if (ConnectProblem(settings, connect, platform) is var (what, allowed))
        {
            yield return new(at[nameof(settings.ConnectUrl)], what, allowed, $"for example connectUrl: https://connect.{platform}", $"{settings.ConnectUrl}");
        }
        else if (settings.PathRouting && StudiosAddress.SharedDomain(connect, platform) is null)
        {
            // The vendor's installer documents such a peer domain; nobody documents which browsers sign users in there.
            yield return SettingsProblem.Warning(
                at[nameof(settings.ConnectUrl)],
                $"lies in another domain than {settings.Platform.Url}: path routing on a peer domain works only where browsers send cookies across both",
                "a host in the domain of platform.url, or a peer domain that was tried with the browsers in use",
                $"for example connectUrl: https://connect.{platform}, or try a session first",
                $"{settings.ConnectUrl}");
        }

        if (WildcardProblem(settings, platform) is { } wildcard)
        {
            yield return new(
                at[nameof(settings.SessionWildcard)], wildcard, "a wildcard in the domain of platform.url, and no pathRouting",
                $"for example sessionWildcard: '*.studios.{platform}', or remove it", settings.SessionWildcard!.Text);
        }

        if (settings.Ssh?.OwnHost?.Host is { } ssh && (ssh.IsWildcard || ssh == connect || ssh == platform))
        {
            yield return new(
                at[nameof(settings.Ssh)][nameof(settings.Ssh.OwnHost)][nameof(settings.Ssh.OwnHost.Host)],
                "is the host of the Platform or of connect-proxy, or a wildcard",
                "one host other than those of platform.url and connectUrl",
                $"for example host: connect-ssh.{connect.Parent()}",
                ssh.Text);
        }
    }

    private static (string What, string Allowed)? ConnectProblem(StudiosSettings settings, DomainName connect, DomainName platform) => connect switch
    {
        _ when connect == platform => ("is the address of the Platform itself", "another host than platform.url"),
        _ when settings.Routing is null && connect.Labels.Count < StudiosAddress.FewestLabels =>
            ("leaves no domain for the sessions once its first label is dropped", $"a host of {StudiosAddress.FewestLabels} labels or more"),
        _ when settings.Routing is null =>
            ($"leaves {PublicSuffixes.Of(connect)} for the sessions once its first label is dropped, under which anybody can register",
                $"a host with two labels or more before {PublicSuffixes.Of(connect)}"),
        _ when !settings.PathRouting && StudiosAddress.SharedDomain(connect, platform) is null =>
            ($"lies in another domain than {settings.Platform.Url}, so cookies do not reach both", "a host in the domain of platform.url"),
        _ => null,
    };

    private static string? WildcardProblem(StudiosSettings settings, DomainName platform) => settings.SessionWildcard switch
    {
        null => null,
        _ when settings.PathRouting => "has no meaning with pathRouting, where sessions have no hosts",
        { IsWildcard: false } => "is not a wildcard",
        var wildcard when StudiosAddress.SharedDomain(wildcard, platform) is null =>
            $"lies in another domain than {settings.Platform.Url}, so cookies do not reach the sessions",
        _ => null,
    };
}
