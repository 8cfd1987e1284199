using System.Collections.Immutable;
using System.Text;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Ec2.Inputs;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;

namespace Infra.Clusters;

/// <summary>Managed node groups: encrypted gp3 disks, instance metadata by session token only, reached through Session Manager and never by SSH.</summary>
public sealed class EksNodeGroups : ComponentResource
{
    private const string Token = "platform:clusters:EksNodeGroups";

    private static readonly string[] NodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"];

    /// <summary>Role of the nodes; resolves when it exists.</summary>
    [Output("nodeRoleArn")]
    public Output<string> NodeRoleArn { get; private set; }

    public EksNodeGroups(string name, EksNodeGroupsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var role = AccountRole.Make($"{name}-role", args.Cluster.Account, TrustPolicies.Ec2Instances().ToJson(), "EKS nodes", this);
        NodeRoleArn = role.Arn;
        List<Resource> permissions =
        [
            .. NodePolicies.Select(policy => new RolePolicyAttachment(
                $"{name}-{policy.ToLowerInvariant()}",
                new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Cluster.Account.Region.ManagedPolicy(policy) },
                new CustomResourceOptions { Parent = this })),
        ];
        foreach (var pool in args.Cluster.Pools)
        {
            // EKS gives no group an own image later, and takes none away: the pool is then another group. No name of a pool holds an underscore.
            MakeGroup(pool.ImageId is null ? $"{name}-{pool.Name}" : $"{name}_{pool.Name}", pool, args, permissions);
        }

        RegisterOutputs();
    }

    private void MakeGroup(string name, EksNodePool pool, EksNodeGroupsArgs args, List<Resource> permissions)
    {
        var template = new LaunchTemplate($"{name}-template", Template(name, pool, args), new CustomResourceOptions { Parent = this });
        var group = new NodeGroupArgs
        {
            ClusterName = args.ClusterName,
            NodeRoleArn = NodeRoleArn,
            SubnetIds = args.Cluster.Network.PrivateSubnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            CapacityType = pool.Spot ? "SPOT" : "ON_DEMAND",
            InstanceTypes = pool.InstanceTypes,
            LaunchTemplate = new NodeGroupLaunchTemplateArgs { Id = template.Id, Version = template.LatestVersion.Apply(version => $"{version}") },
            Labels = pool.NodeLabels.ToImmutableDictionary(),
            ScalingConfig = new NodeGroupScalingConfigArgs { MinSize = pool.Minimum, MaxSize = pool.Maximum, DesiredSize = pool.Desired },
            UpdateConfig = new NodeGroupUpdateConfigArgs { MaxUnavailablePercentage = pool.MaxUnavailablePercent },
            NodeRepairConfig = new NodeGroupNodeRepairConfigArgs { Enabled = true },
        };
        if (pool.ImageId is null)
        {
            group.AmiType = pool.Image.AmiType;
            group.Version = args.Cluster.Version.Name;
            if (pool.Release is { } release)
            {
                group.ReleaseVersion = release;
            }
        }

        if (pool.UpdateStrategy is NodeUpdateStrategy.RemoveFirst)
        {
            group.UpdateConfig = new NodeGroupUpdateConfigArgs { MaxUnavailablePercentage = pool.MaxUnavailablePercent, UpdateStrategy = "MINIMAL" };
        }

        foreach (var taint in pool.Taints)
        {
            group.Taints.Add(new NodeGroupTaintArgs { Key = taint.Key, Value = taint.Value, Effect = taint.CloudEffect });
        }

        new NodeGroup(
            name,
            group,
            new CustomResourceOptions
            {
                Parent = this,
                // Nodes join, pull images and leave with these permissions; the role alone is what the input names.
                DependsOn = permissions,
                // The autoscaler decides how many there are; without one the stack file does, and a smaller or larger number has to arrive.
                IgnoreChanges = args.Cluster.AutoscalerEnabled ? ["scalingConfig.desiredSize"] : [],
            });
    }

    private static LaunchTemplateArgs Template(string name, EksNodePool pool, EksNodeGroupsArgs args)
    {
        var template = new LaunchTemplateArgs
        {
            Description = $"EKS node group {pool.Name}",
            UpdateDefaultVersion = true,
            MetadataOptions = new LaunchTemplateMetadataOptionsArgs
            {
                HttpEndpoint = "enabled",
                HttpTokens = "required",
                // One hop ends at the node: pods cannot take the node's role (Checkov CKV_AWS_341).
                HttpPutResponseHopLimit = 1,
            },
            Monitoring = new LaunchTemplateMonitoringArgs { Enabled = true },
        };
        if (pool.ImageId is { } image)
        {
            template.ImageId = image;
        }

        if (UserData(pool, args) is { } userData)
        {
            template.UserData = userData;
        }

        if (pool.Image.SystemDevice is { } system)
        {
            template.BlockDeviceMappings.Add(Disk(system, null));
        }

        template.BlockDeviceMappings.Add(Disk(pool.Image.DataDevice, pool.DiskGiB));
        foreach (var kind in new[] { "instance", "volume", "network-interface" })
        {
            template.TagSpecifications.Add(new LaunchTemplateTagSpecificationArgs
            {
                ResourceType = kind,
                Tags = args.Cluster.InstanceTags.SetItem("Name", name),
            });
        }

        return template;
    }

    // With the account's own EBS key: these disks hold nothing that outlives the node.
    private static LaunchTemplateBlockDeviceMappingArgs Disk(string device, int? gibibytes)
    {
        var disk = new LaunchTemplateBlockDeviceMappingEbsArgs { VolumeType = "gp3", Encrypted = "true", DeleteOnTermination = "true" };
        if (gibibytes is { } size)
        {
            disk.VolumeSize = size;
        }

        return new LaunchTemplateBlockDeviceMappingArgs { DeviceName = device, Ebs = disk };
    }

    private static Input<string>? UserData(EksNodePool pool, EksNodeGroupsArgs args)
    {
        if (pool.ImageId is null)
        {
            return EksUserData.For(pool, cluster: null) is { } text ? (Input<string>)Encoded(text) : null;
        }

        return Output.Tuple(args.ClusterName.ToOutput(), args.Endpoint.ToOutput(), args.CertificateAuthority.ToOutput()).Apply(
            cluster => Encoded(EksUserData.For(pool, new EksJoining(cluster.Item1, cluster.Item2, cluster.Item3, args.Cluster.ServiceBlock))!));
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

/// <summary>Which cluster the nodes belong to.</summary>
public sealed class EksNodeGroupsArgs : ResourceArgs
{
    /// <summary>The cluster's own args: version, pools, subnets and tags. Nodes follow the control plane to a new version.</summary>
    public required EksClusterArgs Cluster { get; init; }

    /// <summary>Name of the cluster, once it exists.</summary>
    public required Input<string> ClusterName { get; init; }

    /// <summary>Address of the API server, for nodes of own images.</summary>
    public required Input<string> Endpoint { get; init; }

    /// <summary>Authority of the API server, base64 of PEM text, for nodes of own images.</summary>
    public required Input<string> CertificateAuthority { get; init; }
}
