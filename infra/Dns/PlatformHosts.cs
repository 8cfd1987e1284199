namespace Infra.Dns;

/// <summary>The names under which people and sessions reach the platform.</summary>
/// <param name="Platform">Host of the Seqera Platform itself.</param>
/// <param name="Connect">Host of connect-proxy.</param>
/// <param name="Sessions">How sessions are told apart.</param>
/// <param name="Extra">Further hosts that need a record and a certificate name (Workbench, content domain, own SSH host).</param>
public sealed record PlatformHosts(DomainName Platform, DomainName Connect, SessionRouting Sessions, IReadOnlyList<DomainName> Extra)
{
    /// <summary>Every name that must resolve, exact hosts before the wildcard, without repetition.</summary>
    public IReadOnlyList<DomainName> All
    {
        get
        {
            List<DomainName> names = [Platform, Connect, .. Extra];
            if (Sessions is SessionRouting.Subdomain subdomain)
            {
                names.Add(subdomain.Wildcard);
            }

            return [.. names.Distinct()];
        }
    }
}
