using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Which EKS cluster is adopted, and what is put on it.</summary>
public sealed class AdoptedEksClusterArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Name of the cluster in the account's region.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The network that its nodes stand in; how many subnets it has decides how many mount targets and interfaces there are.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Mode that the cluster has; a wrong one stops the preview with the right one.</summary>
    public required EksAuthenticationMode AuthenticationMode { get; init; }

    /// <summary>Install the AWS Load Balancer Controller. Default false: the cluster has one.</summary>
    public bool InstallLoadBalancerController { get; init; }

    /// <summary>Role that the AWS CLI assumes to get a token for the API server; null for the credentials that run this program.</summary>
    public string? KubernetesRoleArn { get; init; }
}
