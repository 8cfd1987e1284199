using Infra.Dns;

namespace Infra.Routing;

/// <summary>Hosts that lead to one Service.</summary>
/// <param name="Exact">Whole host names.</param>
/// <param name="Wildcard">A wildcard beside them; null for none.</param>
/// <param name="Service">Name of the Service in the Ingress's namespace.</param>
/// <param name="ServicePort">Port of the Service.</param>
public sealed record HostRoutes(IReadOnlyList<DomainName> Exact, DomainName? Wildcard, string Service, int ServicePort)
{
    /// <summary>Every host, exact ones first.</summary>
    public IReadOnlyList<DomainName> Hosts => Wildcard is null ? Exact : [.. Exact, Wildcard];
}
