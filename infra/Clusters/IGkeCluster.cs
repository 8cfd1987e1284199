using Infra.Accounts;
using Infra.Networks;

namespace Infra.Clusters;

/// <summary>A GKE cluster, made by this program or adopted: what IAM bindings and managed services need to know of it.</summary>
public interface IGkeCluster : ICluster, IApiServer, IWorkloadIdentityPool, IRegional
{
    GcpProject Project { get; }

    /// <summary>The network in which nodes and pods have their addresses.</summary>
    IGcpNetwork Network { get; }
}
