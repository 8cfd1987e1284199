using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>Where a Gateway answers, with what certificate, and who may attach routes to it.</summary>
public sealed class PlatformGatewayArgs : ResourceArgs
{
    /// <summary>Name of the Gateway, which routes refer to.</summary>
    public required KubernetesName GatewayName { get; init; }

    /// <summary>Namespace of the Gateway, as a resource or a name.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of a reserved global address.</summary>
    public required Input<string> AddressName { get; init; }

    /// <summary>Name of a certificate map that covers every host.</summary>
    public required Input<string> CertificateMapName { get; init; }

    /// <summary>Namespaces whose routes are taken; others could claim the platform's hosts.</summary>
    public required ImmutableArray<string> RouteNamespaces { get; init; }
}
