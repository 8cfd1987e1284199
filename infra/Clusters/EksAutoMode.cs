using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Infra.Routing;
using Infra.Scaling;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Clusters;

/// <summary>
/// EKS Auto Mode: AWS runs what node groups, the Load Balancer Controller and most add-ons do on other clusters (EKS user guide, "EKS Auto Mode").
/// </summary>
public sealed record EksAutoMode
{
    public static readonly ImmutableArray<EksBuiltInPool> DefaultBuiltInPools = [EksBuiltInPool.GeneralPurpose, EksBuiltInPool.System];

    /// <summary>False says so to EKS, which has to be told where it was on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Pools that AWS makes. Their nodes stand in the subnets of the control plane.</summary>
    public ImmutableArray<EksBuiltInPool> BuiltInPools { get; init; } = DefaultBuiltInPools;

    /// <summary>Pools of this program. Default none.</summary>
    public ImmutableArray<ProvisionedPool> Pools { get; init; } = [];

    /// <summary>Policies of the cluster's role beside that of every cluster ("Cluster IAM role").</summary>
    internal static ImmutableArray<string> ClusterPolicies { get; } =
        ["AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"];

    /// <summary>Add-ons that it brings as parts of the cluster.</summary>
    internal static ImmutableHashSet<string> OwnAddons { get; } = ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"];

    /// <summary>Whether AWS makes pools, whose nodes stand where the control plane does.</summary>
    internal bool HasBuiltInPools => Enabled && !BuiltInPools.IsEmpty;

    /// <summary>The part of a cluster's arguments that says so; all three are on, or all are off.</summary>
    internal void WriteTo(ClusterArgs cluster, ClusterKubernetesNetworkConfigArgs network, Output<string>? nodeRoleArn)
    {
        var compute = new ClusterComputeConfigArgs { Enabled = Enabled };
        if (HasBuiltInPools)
        {
            compute.NodePools = BuiltInPools.Select(pool => (Input<string>)(pool is EksBuiltInPool.System ? "system" : "general-purpose")).ToList();
            compute.NodeRoleArn = nodeRoleArn!;
        }

        cluster.ComputeConfig = compute;
        cluster.StorageConfig = new ClusterStorageConfigArgs { BlockStorage = new ClusterStorageConfigBlockStorageArgs { Enabled = Enabled } };
        network.ElasticLoadBalancing = new ClusterKubernetesNetworkConfigElasticLoadBalancingArgs { Enabled = Enabled };
    }
}

/// <summary>A pool that AWS makes on a cluster in Auto Mode: on demand, of the families C, M and R.</summary>
public enum EksBuiltInPool
{
    /// <summary>x86-64, for every pod.</summary>
    GeneralPurpose,

    /// <summary>Both architectures, with a taint that add-ons tolerate.</summary>
    System,
}

/// <summary>Who the nodes of EKS Auto Mode are: a role that can be told what runs on them and pull images, and nothing else.</summary>
public sealed class AutoModeNodes : ComponentResource
{
    private const string Token = "platform:clusters:AutoModeNodes";

    private static readonly string[] Policies = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

    /// <summary>ARN of the role; resolves when it has its permissions.</summary>
    [Output("roleArn")]
    public Output<string> RoleArn { get; private set; }

    /// <summary>Name of the role; resolves when nodes with it can join the cluster.</summary>
    [Output("roleName")]
    public Output<string> RoleName { get; private set; }

    public AutoModeNodes(string name, AutoModeNodesArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var role = AccountRole.Make($"{name}-role", args.Account, TrustPolicies.Ec2Instances().ToJson(), "EKS nodes of Auto Mode", this);
        List<Output<string>> ready =
        [
            .. Policies.Select(policy => new RolePolicyAttachment(
                $"{name}-{policy.ToLowerInvariant()}",
                new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy(policy) },
                new CustomResourceOptions { Parent = this }).Id),
        ];
        RoleArn = role.Arn.After(Output.All(ready));
        if (args.ClusterName is { } cluster)
        {
            ready.Add(Admit(name, cluster, args.Account.Region, role));
        }

        RoleName = role.Name.After(Output.All(ready));
        RegisterOutputs();
    }

    private Output<string> Admit(string name, Input<string> cluster, AwsRegion region, Role role)
    {
        var entry = new AccessEntry(
            $"{name}-access",
            new AccessEntryArgs { ClusterName = cluster, PrincipalArn = role.Arn, Type = "EC2" },
            new CustomResourceOptions { Parent = this });
        return new AccessPolicyAssociation(
            $"{name}-access-policy",
            new AccessPolicyAssociationArgs
            {
                ClusterName = cluster,
                PrincipalArn = entry.PrincipalArn,
                PolicyArn = AccessEntries.Policy(region, "AmazonEKSAutoNodePolicy"),
                AccessScope = new AccessPolicyAssociationAccessScopeArgs { Type = "cluster" },
            },
            new CustomResourceOptions { Parent = this }).Id;
    }
}

/// <summary>Which cluster the nodes join.</summary>
public sealed class AutoModeNodesArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Name of the cluster that the role is let into; null for the role of built-in pools, which EKS lets in itself.</summary>
    public Input<string>? ClusterName { get; init; }
}

/// <summary>What a cluster in Auto Mode is told on the cluster itself: that network policies hold, and the pools of this program.</summary>
public sealed class AutoModePools : ComponentResource
{
    private const string Token = "platform:clusters:AutoModePools";

    public AutoModePools(string name, AutoModePoolsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        // The VPC CNI's add-on has a setting for it; here it is an object (EKS user guide, "Use Network Policies with EKS Auto Mode").
        new ConfigMap(
            $"{name}-network-policies",
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Name = "amazon-vpc-cni", Namespace = "kube-system" },
                Data = { ["enable-network-policy-controller"] = "true" },
            },
            new CustomResourceOptions { Parent = this });
        if (!args.Pools.IsEmpty)
        {
            var nodes = new AutoModeNodes(
                $"{name}-nodes",
                new AutoModeNodesArgs { Account = args.Account, ClusterName = args.ClusterName },
                new ComponentResourceOptions { Parent = this });
            foreach (var pool in args.Pools)
            {
                MakePool($"{name}-{pool.Name}", pool, args, nodes);
            }
        }

        RegisterOutputs();
    }

    private void MakePool(string name, ProvisionedPool pool, AutoModePoolsArgs args, AutoModeNodes nodes)
    {
        var plan = NodePoolPlan.AutoMode;
        var kept = new CustomResourceOptions { Parent = this, CustomTimeouts = new CustomTimeouts { Delete = KarpenterPool.DeletionTimeout } };
        var nodeClass = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-class",
            new CustomObjectArgs(plan.ClassApiVersion, plan.ClassKind)
            {
                Metadata = new ObjectMetaArgs { Name = pool.Name },
                Spec = Spec.From(
                    ("role", nodes.RoleName),
                    ("subnetSelectorTerms", Spec.List([.. args.Subnets.Select(subnet => Spec.From(("id", subnet)))])),
                    ("securityGroupSelectorTerms", Spec.List(Spec.From(("id", args.SecurityGroupId)))),
                    ("networkPolicy", "DefaultAllow"),
                    ("ephemeralStorage", Spec.From(("size", $"{pool.DiskGiB}Gi"))),
                    ("tags", args.InstanceTags.ToImmutableDictionary(tag => tag.Key, tag => (object)tag.Value))),
            },
            CustomResourceOptions.Merge(kept, new CustomResourceOptions { DependsOn = { nodes } }));
        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            name,
            new CustomObjectArgs(NodePoolPlan.ApiVersion, NodePoolPlan.Kind) { Metadata = new ObjectMetaArgs { Name = pool.Name }, Spec = plan.SpecOf(pool) },
            CustomResourceOptions.Merge(kept, new CustomResourceOptions { DependsOn = { nodeClass } }));
    }
}

/// <summary>Which pools a cluster in Auto Mode gets, and where their nodes stand.</summary>
public sealed class AutoModePoolsArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Name of the cluster, once it exists.</summary>
    public required Input<string> ClusterName { get; init; }

    public required ImmutableArray<ProvisionedPool> Pools { get; init; }

    /// <summary>Subnets with a way out.</summary>
    public required ImmutableArray<Output<string>> Subnets { get; init; }

    public required Output<string> SecurityGroupId { get; init; }

    /// <summary>Tags of instances, disks and network interfaces.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }
}
