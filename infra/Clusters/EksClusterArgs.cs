using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>What an EKS cluster looks like.</summary>
public sealed class EksClusterArgs : ResourceArgs
{
    public const EksSupport DefaultSupportAfterStandard = EksSupport.Extended;
    public static readonly Ipv4Block DefaultServiceBlock = Ipv4Block.Parse("172.20.0.0/16");
    public const int DefaultLogRetentionInDays = 365;

    public required AwsAccount Account { get; init; }

    /// <summary>Physical name; it must tell the stack from others in the account (<see cref="Naming.AwsName"/>). Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    public required EksVersion Version { get; init; }

    /// <summary>What happens at the end of standard support. Default extended support, so that nothing upgrades on its own.</summary>
    public EksSupport SupportAfterStandard { get; init; } = DefaultSupportAfterStandard;

    public required INetwork Network { get; init; }

    /// <summary>Key for Kubernetes Secrets, the control plane's logs, and the volumes of the default StorageClass.</summary>
    public required Input<string> KeyArn { get; init; }

    /// <summary>Default only from inside the VPC.</summary>
    public EksEndpointAccess Endpoint { get; init; } = EksEndpointAccess.Private;

    /// <summary>Default access entries only.</summary>
    public EksAuthenticationMode AuthenticationMode { get; init; } = EksAuthenticationMode.Api;

    /// <summary>Addresses of Services. Default 172.20.0.0/16, the one of EKS's two choices that is not in 10.0.0.0/8.</summary>
    public Ipv4Block ServiceBlock { get; init; } = DefaultServiceBlock;

    /// <summary>IAM roles and users that administer the cluster; the one that runs this program must be among them.</summary>
    public required ImmutableArray<string> AdministratorArns { get; init; }

    /// <summary>Role that the AWS CLI assumes to get a token for the API server; null for the credentials that run this program.</summary>
    public string? KubernetesRoleArn { get; init; }

    public required ImmutableArray<EksNodePool> Pools { get; init; }

    /// <summary>Tags of instances, disks and network interfaces.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }

    /// <summary>Key of the nodes' disks; null for the account's own EBS key (<see cref="EksNodeGroupsArgs.DiskKeyArn"/>).</summary>
    public Input<string>? NodeDiskKeyArn { get; init; }

    /// <summary>Add and remove nodes as pods need them, within the limits of each pool. Default false.</summary>
    public bool AutoscalerEnabled { get; init; }

    /// <summary>Nodes mount FSx for Lustre file systems. Default false.</summary>
    public bool LustreEnabled { get; init; }

    /// <summary>Days that the control plane's logs are kept, one of CloudWatch's values. Default 365 (Checkov CKV_AWS_338).</summary>
    public int LogRetentionInDays { get; init; } = DefaultLogRetentionInDays;

    /// <summary>EKS and Pulumi refuse to delete the cluster. Default false.</summary>
    public bool Protected { get; init; }
}
