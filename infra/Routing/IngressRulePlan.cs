using Infra.Dns;

namespace Infra.Routing;

/// <summary>One host of an Ingress.</summary>
/// <param name="Host">Exact or wildcard.</param>
/// <param name="Path">Everything below the host, in the controller's spelling.</param>
/// <param name="PathType">How the controller reads <paramref name="Path"/>.</param>
public sealed record IngressRulePlan(DomainName Host, string Path, string PathType);
