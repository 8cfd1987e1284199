using Pulumi;

namespace Infra.Clusters;

/// <summary>
/// A Kubernetes cluster, made by this program or adopted, as far as the things that run on it may know it.
/// </summary>
/// <remarks>
/// What only some clusters can do is a separate interface that the same object implements
/// (<see cref="IRegional"/>, <see cref="IApiServer"/>, <see cref="IIamRolesForServiceAccounts"/>, <see cref="IWorkloadIdentityPool"/>):
/// consumers ask <c>cluster is IRegional</c> and never compare kinds.
/// </remarks>
public interface ICluster
{
    /// <summary>The provider that every object on this cluster is created with.</summary>
    Pulumi.Kubernetes.Provider Provider { get; }

    /// <summary>Whose control plane it is.</summary>
    ClusterKind Kind { get; }

    /// <summary>The name the cloud lists it under; for an adopted cluster the kubeconfig context or the name given in the settings.</summary>
    Output<string> Name { get; }
}
