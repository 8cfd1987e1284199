using System.Collections.Immutable;
using Infra.Dns;
using Pulumi;

namespace Infra.Routing;

/// <summary>Where the Ingresses of a plan go, and what certificates they show.</summary>
public sealed class HostRoutingArgs : ResourceArgs
{
    /// <summary>Namespace of the Ingresses: that of the Service they lead to.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>What to create.</summary>
    public required RoutingPlan Plan { get; init; }

    /// <summary>Certificates of the hosts. Default none: the controller has them, or cert-manager makes them.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Annotations of every Ingress that name something which has to exist first and to go last, as a reserved address. Default none.</summary>
    public ImmutableDictionary<string, Output<string>> LaterAnnotations { get; init; } = ImmutableDictionary<string, Output<string>>.Empty;
}
