using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.Connect;

/// <summary>Image, size and name of connect-server.</summary>
public sealed class ConnectServerArgs : ResourceArgs
{
    public const int DefaultReplicas = 2;

    /// <summary>What it shares with the proxy.</summary>
    public required ConnectWorkloadArgs Workload { get; init; }

    /// <summary>Physical name of StatefulSet and Service, and the domain the servers register under. Default <c>connect-server</c>.</summary>
    public KubernetesName ServiceName { get; init; } = KubernetesName.Parse("connect-server");

    /// <summary>Image. Default <see cref="ConnectImages.Server"/>.</summary>
    public ImageReference Image { get; init; } = ConnectImages.Server;

    /// <summary>Pods. Default 2, as in Seqera's manifests. Taking one away drops its tunnels.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>Processor, memory and disk of one pod. Default 50m, 128Mi, 64Mi; Seqera's chart suggests 20m and 50Mi to start with.</summary>
    public ResourceAmounts Resources { get; init; } = new(Quantity.Parse("50m"), Quantity.Parse("128Mi"), Quantity.Parse("64Mi"));

    /// <summary>Further environment variables, not secret; none that <see cref="ConnectEnvironment"/> sets. Default none.</summary>
    public ImmutableDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableDictionary<string, string>.Empty;
}
