using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Scaling;

/// <summary>A pool of Karpenter: its NodePool, and the EC2NodeClass with what its instances look like in AWS.</summary>
/// <remarks>
/// The NodePool goes first and takes its NodeClaims with it; the class keeps its finalizer until the last of its instances is gone. Pulumi waits for both.
/// </remarks>
public sealed class KarpenterPool : ComponentResource
{
    private const string Token = "platform:scaling:KarpenterPool";

    // The root device of Amazon Linux 2023 (EKS user guide, "Customize managed nodes with launch templates").
    private const string RootDevice = "/dev/xvda";

    // Pods of the cluster's own add-ons have left long before; a run holds its node, and the update says so when the hour is over.
    internal static readonly TimeSpan DeletionTimeout = TimeSpan.FromHours(1);

    /// <summary>Name of the NodePool; resolves when Karpenter has it.</summary>
    [Output("poolName")]
    public Output<string> PoolName { get; private set; }

    public KarpenterPool(string name, KarpenterPoolArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var plan = NodePoolPlan.Karpenter;
        var pool = args.Pool;
        var kept = new CustomResourceOptions { Parent = this, CustomTimeouts = new CustomTimeouts { Delete = DeletionTimeout } };
        var nodeClass = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-class",
            new CustomObjectArgs(plan.ClassApiVersion, plan.ClassKind)
            {
                Metadata = new ObjectMetaArgs { Name = pool.Name },
                Spec = ClassOf(pool, args),
            },
            kept);
        var nodePool = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            name,
            new CustomObjectArgs(NodePoolPlan.ApiVersion, NodePoolPlan.Kind)
            {
                Metadata = new ObjectMetaArgs { Name = pool.Name },
                Spec = plan.SpecOf(pool),
            },
            CustomResourceOptions.Merge(kept, new CustomResourceOptions { DependsOn = { nodeClass } }));
        // Not from its metadata, of which a plan does not know all.
        PoolName = nodePool.Urn.Apply(_ => pool.Name);
        RegisterOutputs();
    }

    private static ImmutableDictionary<string, object> ClassOf(ProvisionedPool pool, KarpenterPoolArgs args) => Spec.From(
        ("amiSelectorTerms", Spec.List(Spec.From(("alias", pool.Image)))),
        ("instanceProfile", args.Nodes.ProfileName),
        // By id, because both are known here: tags could be on other things too.
        ("subnetSelectorTerms", Spec.List([.. args.Cluster.Network.PrivateSubnets.Select(subnet => Spec.From(("id", subnet.Id)))])),
        ("securityGroupSelectorTerms", Spec.List(Spec.From(("id", args.Cluster.NodeSecurityGroupId)))),
        ("blockDeviceMappings", Spec.List(Spec.From(
            ("deviceName", RootDevice),
            ("ebs", Spec.From(
                ("volumeType", "gp3"),
                ("volumeSize", $"{pool.DiskGiB}Gi"),
                // With the account's own EBS key, as those of node groups: these disks hold nothing that outlives the node.
                ("encrypted", true),
                ("deleteOnTermination", true)))))),
        ("metadataOptions", Spec.From(
            ("httpEndpoint", "enabled"),
            ("httpTokens", "required"),
            // One hop ends at the node: pods cannot take the node's role (Checkov CKV_AWS_341).
            ("httpPutResponseHopLimit", 1))),
        ("detailedMonitoring", true),
        ("tags", args.InstanceTags.ToImmutableDictionary(tag => tag.Key, tag => (object)tag.Value)));
}

/// <summary>Which pool, and on which cluster.</summary>
public sealed class KarpenterPoolArgs : ResourceArgs
{
    public required ProvisionedPool Pool { get; init; }
    public required IEksCluster Cluster { get; init; }

    /// <summary>Who the nodes are in AWS.</summary>
    public required KarpenterNodes Nodes { get; init; }

    /// <summary>Tags of instances, disks and network interfaces.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }
}

/// <summary>Who the nodes of Karpenter are: a role of their own, and the access entry that lets them join the cluster.</summary>
/// <remarks>The entry of a managed node group's role belongs to EKS, which takes it away with the last of the groups.</remarks>
public sealed class KarpenterNodes : ComponentResource
{
    private const string Token = "platform:scaling:KarpenterNodes";

    private static readonly string[] Policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"];

    /// <summary>ARN of the role.</summary>
    [Output("roleArn")]
    public Output<string> RoleArn { get; private set; }

    /// <summary>Name of the instance profile; resolves when instances with it can join, pull images and be reached through Session Manager.</summary>
    [Output("profileName")]
    public Output<string> ProfileName { get; private set; }

    public KarpenterNodes(string name, KarpenterNodesArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var role = AccountRole.Make($"{name}-role", args.Account, TrustPolicies.Ec2Instances().ToJson(), "EKS nodes of Karpenter", this);
        RoleArn = role.Arn;
        List<Output<string>> ready =
        [
            .. Policies.Select(policy => new RolePolicyAttachment(
                $"{name}-{policy.ToLowerInvariant()}",
                new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy(policy) },
                new CustomResourceOptions { Parent = this }).Id),
            new AccessEntry(
                $"{name}-access",
                new AccessEntryArgs { ClusterName = args.ClusterName, PrincipalArn = role.Arn, Type = "EC2_LINUX" },
                new CustomResourceOptions { Parent = this }).Id,
        ];
        var given = new InstanceProfileArgs { Role = role.Name };
        if (args.Account.Roles.Path is { } path)
        {
            given.Path = path;
        }

        var profile = new InstanceProfile($"{name}-profile", given, new CustomResourceOptions { Parent = this });
        ProfileName = profile.Name.After(Output.All(ready));
        RegisterOutputs();
    }
}

/// <summary>Which cluster the nodes join.</summary>
public sealed class KarpenterNodesArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Name of the cluster, once it exists.</summary>
    public required Input<string> ClusterName { get; init; }
}
