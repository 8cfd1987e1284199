using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>What the control plane of an EKS cluster looks like.</summary>
public sealed class EksControlPlaneArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Physical name, 1 to 100 characters: the log group must carry it before the cluster exists. Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    public required EksVersion Version { get; init; }

    /// <summary>What happens at the end of standard support: an upgrade by AWS, or extended support at a higher price.</summary>
    public required EksSupport SupportAfterStandard { get; init; }

    public required INetwork Network { get; init; }

    /// <summary>Key for Kubernetes Secrets and the control plane's logs.</summary>
    public required Input<string> KeyArn { get; init; }

    public required EksEndpointAccess Endpoint { get; init; }

    /// <summary>Only <see cref="EksAuthenticationMode.Api"/> and <see cref="EksAuthenticationMode.ApiAndConfigMap"/>: access entries are made in both.</summary>
    public required EksAuthenticationMode AuthenticationMode { get; init; }

    /// <summary>Addresses of Services; they may not overlap with anything the VPC reaches. Changing it replaces the cluster.</summary>
    public required Ipv4Block ServiceBlock { get; init; }

    /// <summary>IAM roles and users that administer the cluster; the one that runs this program must be among them.</summary>
    public required ImmutableArray<string> AdministratorArns { get; init; }

    /// <summary>Days that the control plane's logs are kept, one of CloudWatch's values.</summary>
    public required int LogRetentionInDays { get; init; }

    /// <summary>EKS and Pulumi refuse to delete the cluster.</summary>
    public required bool Protected { get; init; }
}
