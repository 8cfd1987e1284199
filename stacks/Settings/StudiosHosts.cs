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
