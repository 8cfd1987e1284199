using Infra.Accounts;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Studios;
using Pulumi;

namespace Infra.Clusters;

/// <summary>
/// A Kubernetes cluster, made by this program or adopted, as far as the things that run on it may know it.
/// </summary>
/// <remarks>
/// What only some clusters can do is a separate interface that the same object implements
/// (<see cref="IRegional"/>, <see cref="IApiServer"/>, <see cref="IIamRolesForServiceAccounts"/>, <see cref="IWorkloadIdentityPool"/>):
/// consumers ask <c>cluster is IRegional</c>. What follows from the kind alone stands here, so that nobody else compares kinds.
/// </remarks>
public interface ICluster
{
    /// <summary>The provider that every object on this cluster is created with.</summary>
    Pulumi.Kubernetes.Provider Provider { get; }

    /// <summary>Whose control plane it is.</summary>
    ClusterKind Kind { get; }

    /// <summary>What makes the load balancer of a Service on this cluster.</summary>
    SshLoadBalancer ServiceLoadBalancer => Kind switch
    {
        ClusterKind.Eks => SshLoadBalancer.AwsNetworkLoadBalancer,
        ClusterKind.Gke => SshLoadBalancer.GooglePassthrough,
        _ => SshLoadBalancer.ClusterDefault,
    };

    /// <summary>Whether pods get their cloud identity from the metadata server, as Workload Identity of GKE gives it to them.</summary>
    bool IdentityFromMetadataServer => Kind is ClusterKind.Gke;

    /// <summary>Seqera Platform's name for the kind (API schemas of Platform 26.1); <see cref="PlainKubernetes"/> where it signs in with a token.</summary>
    string ComputePlatform => Kind switch
    {
        ClusterKind.Eks => "eks-platform",
        ClusterKind.Gke => "gke-platform",
        _ => PlainKubernetes,
    };

    /// <summary>Seqera Platform's name for a cluster that it reaches by URL and token.</summary>
    const string PlainKubernetes = "k8s-platform";

    /// <summary>The name the cloud lists it under; for an adopted cluster the kubeconfig context or the name given in the settings.</summary>
    Output<string> Name { get; }
}

/// <summary>How every provider of a cluster makes its objects, whoever made the cluster.</summary>
internal static class ClusterProvider
{
    /// <summary>The arguments of a provider, to which a component adds how its cluster is reached.</summary>
    /// <param name="clusterIdentifier">
    /// What tells the cluster from others: objects belong to it and not to its address, so that a new endpoint, authority or token replaces none.
    /// </param>
    public static Pulumi.Kubernetes.ProviderArgs Args(Input<string> clusterIdentifier) => new()
    {
        ClusterIdentifier = clusterIdentifier,
        EnableServerSideApply = true,
        // Without these a Secret or ConfigMap of a fixed name is deleted before its change, and everything that reads it is deleted with it
        // (pulumi-kubernetes #1568, #2291).
        EnableConfigMapMutable = true,
        EnableSecretMutable = true,
    };
}

/// <summary>Which kind of cluster it is, by who runs its control plane.</summary>
public enum ClusterKind
{
    /// <summary>Any conformant cluster that is reached with a kubeconfig and nothing else.</summary>
    Kubernetes,

    /// <summary>Amazon Elastic Kubernetes Service.</summary>
    Eks,

    /// <summary>Google Kubernetes Engine.</summary>
    Gke,
}

/// <summary>A cluster with a place: an AWS region, a Google Cloud region, or a zone for a zonal GKE cluster.</summary>
public interface IRegional
{
    /// <summary>The region or zone, spelled as the cloud does.</summary>
    Output<string> Location { get; }
}

/// <summary>A cluster whose API server address is known to the program, so that it can be handed to a Platform user.</summary>
public interface IApiServer
{
    /// <summary>The URL of the API server, with scheme and port.</summary>
    Output<string> Server { get; }

    /// <summary>The certificate authority of the API server as PEM text.</summary>
    Output<string> CertificateAuthority { get; }
}

/// <summary>A cluster whose nodes stand in a VPC, so that file systems, databases and load balancers can be placed beside them.</summary>
public interface IVpcCluster
{
    INetwork Network { get; }

    /// <summary>Security group of every node and, with the VPC CNI, of every pod: what rules of services and balancers speak of.</summary>
    Output<string> NodeSecurityGroupId { get; }

    /// <summary>What keeps the pods of a Service in a target group.</summary>
    TargetGroupApi TargetGroups => TargetGroupApi.Controller;
}

/// <summary>An EKS cluster, made by this program or adopted: what IAM roles and access entries need to know of it.</summary>
public interface IEksCluster : ICluster, IVpcCluster, IApiServer, IIamRolesForServiceAccounts, IRegional
{
    AwsAccount Account { get; }

    /// <summary>The ARN, once the cluster exists.</summary>
    Output<string> Arn { get; }

    /// <summary>The same ARN put together from account, region and name: for policies, which a plan can then show.</summary>
    Output<string> PolicyArn { get; }

    /// <summary>Decides whether a principal is let in by an access entry or by the <c>aws-auth</c> config map.</summary>
    EksAuthenticationMode AuthenticationMode { get; }
}

/// <summary>An EKS cluster with an IAM OIDC provider: its service accounts can assume IAM roles (IRSA).</summary>
public interface IIamRolesForServiceAccounts
{
    /// <summary>The ARN of the IAM OIDC provider, the federated principal of a role's trust policy.</summary>
    Output<string> OidcProviderArn { get; }

    /// <summary>The issuer without scheme, the prefix of the <c>:aud</c> and <c>:sub</c> condition keys.</summary>
    Output<string> OidcIssuer { get; }
}

/// <summary>A GKE cluster, made by this program or adopted: what IAM bindings and managed services need to know of it.</summary>
public interface IGkeCluster : ICluster, IApiServer, IWorkloadIdentityPool, IRegional
{
    GcpProject Project { get; }

    /// <summary>The network in which nodes and pods have their addresses.</summary>
    IGcpNetwork Network { get; }
}

/// <summary>A GKE cluster with Workload Identity: its service accounts are principals of a Google Cloud pool.</summary>
public interface IWorkloadIdentityPool
{
    /// <summary>The pool, <c>&lt;project&gt;.svc.id.goog</c>.</summary>
    Output<string> WorkloadPool { get; }
}
