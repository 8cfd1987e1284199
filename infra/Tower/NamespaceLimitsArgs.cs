using Pulumi;

namespace Infra.Tower;

/// <summary>Bounds of what pipelines take.</summary>
public sealed class NamespaceLimitsArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>All pods together. Default: no bound.</summary>
    public NamespaceAmounts? Quota { get; init; }

    /// <summary>What a container asks for that does not say; there is no default limit, which could be below what a container asks for. Default: nothing.</summary>
    public ContainerAmounts? ContainerDefaults { get; init; }

    /// <summary>What one container may ask for at most; Kubernetes takes it as the limit of containers that name none. Default: no bound.</summary>
    public ContainerAmounts? ContainerMaximum { get; init; }
}
