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

    // The root device of Amazon Linux 2023 (EKS user guide, "Customize managed nodes with launch templates").
    private const string RootDevice = "/dev/xvda";

    private static readonly string[] NodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"];

    /// <summary>Role of the nodes; resolves when it exists.</summary>
    [Output("nodeRoleArn")]
    public Output<string> NodeRoleArn { get; private set; }

    public EksNodeGroups(string name, EksNodeGroupsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs { AssumeRolePolicy = TrustPolicies.Ec2Instances().ToJson(), Description = "EKS nodes" },
            new CustomResourceOptions { Parent = this });
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
            MakeGroup($"{name}-{pool.Name}", pool, args, permissions);
        }

        RegisterOutputs();
    }

    private void MakeGroup(string name, EksNodePool pool, EksNodeGroupsArgs args, List<Resource> permissions)
    {
        var template = new LaunchTemplate($"{name}-template", Template(name, pool, args), new CustomResourceOptions { Parent = this });
        var group = new NodeGroupArgs
        {
            ClusterName = args.ClusterName,
            Version = args.Cluster.Version.Name,
            NodeRoleArn = NodeRoleArn,
            SubnetIds = args.Cluster.Network.PrivateSubnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            AmiType = pool.AmiType,
            CapacityType = pool.Spot ? "SPOT" : "ON_DEMAND",
            InstanceTypes = pool.InstanceTypes,
            LaunchTemplate = new NodeGroupLaunchTemplateArgs { Id = template.Id, Version = template.LatestVersion.Apply(version => $"{version}") },
            Labels = pool.Labels,
            ScalingConfig = new NodeGroupScalingConfigArgs { MinSize = pool.Minimum, MaxSize = pool.Maximum, DesiredSize = pool.Desired },
            UpdateConfig = new NodeGroupUpdateConfigArgs { MaxUnavailablePercentage = 33 },
            NodeRepairConfig = new NodeGroupNodeRepairConfigArgs { Enabled = true },
        };
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
            BlockDeviceMappings =
            {
                new LaunchTemplateBlockDeviceMappingArgs
                {
                    DeviceName = RootDevice,
                    Ebs = new LaunchTemplateBlockDeviceMappingEbsArgs
                    {
                        VolumeType = "gp3",
                        VolumeSize = pool.DiskGiB,
                        // With the account's own EBS key: these disks hold nothing that outlives the node.
                        Encrypted = "true",
                        DeleteOnTermination = "true",
                    },
                },
            },
        };
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
}

/// <summary>Which cluster the nodes belong to.</summary>
public sealed class EksNodeGroupsArgs : ResourceArgs
{
    /// <summary>The cluster's own args: version, pools, subnets and tags. Nodes follow the control plane to a new version.</summary>
    public required EksClusterArgs Cluster { get; init; }

    /// <summary>Name of the cluster, once it exists.</summary>
    public required Input<string> ClusterName { get; init; }
}
