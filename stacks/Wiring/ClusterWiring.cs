using System.Collections.Immutable;
using Infra.Charts;
using Infra.Clusters;
using Infra.Encryption;
using Infra.Naming;
using Infra.Networks;
using Infra.Scaling;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Makes, adopts or reaches the cluster.</summary>
internal sealed class ClusterWiring(StackContext stack) : IClusterKinds<ICluster>
{
    public ICluster Eks(EksClusterSettings settings)
    {
        var name = settings.Name ?? AwsName.For(AwsNameRule.EksCluster, stack.Aws.Name, "");
        var key = new EncryptionKey(
            "cluster-key",
            new EncryptionKeyArgs
            {
                Account = stack.Aws.Account,
                Description = $"Secrets, volumes and logs of EKS cluster {name}",
                LogGroups = [EksControlPlane.LogGroupName(name), FlowLogs.LogGroupName(name)],
                Protected = stack.Protects(ProtectedParts.Cluster),
            },
            stack.Aws.Options());
        return new EksCluster(
            "cluster",
            new EksClusterArgs
            {
                Account = stack.Aws.Account,
                Addons = settings.Addons.ToImmutableDictionary(addon => addon.Key, addon => Addon(addon.Value), StringComparer.Ordinal),
                AdministratorArns = [.. settings.Administrators.Select(principal => principal.Arn)],
                AuthenticationMode = settings.Authentication,
                AutoMode = settings.AutoMode is { } autoMode
                    ? new EksAutoMode
                    {
                        BuiltInPools = autoMode.BuiltInPools,
                        Enabled = autoMode.Enabled,
                        Pools = Provisioned(autoMode.Pools, isAutoMode: true),
                    }
                    : null,
                AutoscalerEnabled = settings.Autoscaler,
                Charts = chart => ControllersWiring.Chart(chart, stack),
                ClusterName = name,
                DevicePluginsEnabled = settings.DevicePlugins,
                Endpoint = new EksEndpointAccess(settings.PublicAccess)
                {
                    PrivateBlocks = settings.PrivateAccess.Blocks,
                    PrivateGroupIds = settings.PrivateAccess.SecurityGroups,
                },
                InstanceTags = stack.Aws.Tags,
                KarpenterPools = settings.IsAuto ? [] : Provisioned(settings.Provisioned.Pools, isAutoMode: false),
                KeyArn = key.Arn,
                KubernetesRoleArn = settings.KubernetesRole?.Arn,
                LogRetentionInDays = settings.LogRetentionDays,
                LogTypes = settings.LogTypes,
                LustreEnabled = stack.Settings.Storage is FsxLustreStorageSettings,
                Network = Network(settings, name, key),
                Pools = [.. settings.NodePools.Select(pool => Pool(pool.Key, pool.Value))],
                Protected = stack.Protects(ProtectedParts.Cluster),
                ServiceBlock = settings.ServiceBlock,
                SupportAfterStandard = settings.SupportAfterStandard(stack.Settings.Production),
                Version = settings.Version,
            },
            stack.Aws.Options());
    }

    public ICluster AdoptedEks(AdoptedEksSettings settings) => new AdoptedEksCluster(
        "cluster",
        new AdoptedEksClusterArgs
        {
            Account = stack.Aws.Account,
            AuthenticationMode = settings.AuthenticationMode,
            ClusterName = settings.Name,
            InstallLoadBalancerController = settings.LoadBalancerController,
            KubernetesRoleArn = settings.KubernetesRole?.Arn,
            LoadBalancerChart = ControllersWiring.Chart(HelmCharts.AwsLoadBalancerController, stack),
            Network = VpcWiring.Existing(settings.Network),
            NodeSecurityGroupId = settings.NodeSecurityGroup,
        },
        stack.Aws.Options());

    public ICluster Gke(GkeClusterSettings settings) => new GkeCluster(
        "cluster",
        new GkeClusterArgs
        {
            Access = new GkeEndpointAccess(settings.DnsEndpoint, settings.PublicAccess),
            AutoProvisioning = settings.AutoProvisioning?.Provisioning,
            AutoscalingProfile = settings.AutoscalingProfile,
            Channel = settings.Channel,
            ClusterName = settings.Name ?? stack.Gcp.Name(GcpNameRule.GkeCluster),
            ControlPlaneBlock = settings.Network.ControlPlane,
            Location = settings.Location ?? GkeLocation.In(stack.Gcp.Project.Region),
            Logs = settings.Logs,
            Maintenance = settings.Maintenance.Window,
            ManagedPrometheus = settings.ManagedPrometheus,
            Metrics = settings.Metrics,
            Network = settings.Network.Match<IGcpNetwork>(Network, Existing),
            NodeAccountId = stack.Gcp.Name(GcpNameRule.ServiceAccount, "nodes"),
            PodsPerNode = settings.PodsPerNode,
            Pools = [.. settings.NodePools.Select(pool => pool.Value.Pool(pool.Key))],
            Project = stack.Gcp.Project,
            Protected = stack.Protects(ProtectedParts.Cluster),
            SecurityGroup = settings.SecurityGroup,
            Version = settings.Version,
        },
        stack.Gcp.Options());

    public ICluster AdoptedGke(AdoptedGkeSettings settings) => new AdoptedGkeCluster(
        "cluster",
        new AdoptedGkeClusterArgs
        {
            ClusterName = settings.Name,
            Location = settings.Location ?? GkeLocation.In(stack.Gcp.Project.Region),
            ManagedServicesBlock = settings.ManagedServices,
            Project = stack.Gcp.Project,
            Protected = stack.Protects(ProtectedParts.Cluster),
        },
        stack.Gcp.Options());

    public ICluster Existing(ExistingClusterSettings settings)
    {
        var kubeconfig = settings.Kubeconfig is { } secret ? stack.Secret(secret) : null;
        var cluster = new ExistingCluster(
            "cluster",
            new ExistingClusterArgs
            {
                ClusterName = (settings.Name ?? settings.Context)!,
                Context = settings.Context,
                Kind = settings.Kind,
                KubeConfig = kubeconfig is null ? null : (Input<string>)kubeconfig,
            });
        if (kubeconfig is null)
        {
            return cluster;
        }

        var read = kubeconfig.Apply(text => Kubeconfig.Read(text, settings.Context));
        return new ReachableCluster(cluster, read.Apply(found => found.Server), read.Apply(found => found.RequireCertificateAuthority()));
    }

    private INetwork Network(EksClusterSettings settings, string name, EncryptionKey key) => new VpcWiring(stack).Create(
        settings.Network, new("network", name, key, settings.LogRetentionDays, EndpointServices.Cluster, ProtectedParts.Cluster));

    private static EksAddonOptions Addon(EksAddonSettings settings) => new()
    {
        Configuration = settings.Configuration,
        OnConflict = settings.ResolveConflicts,
        Version = settings.Version,
    };

    private static EksNodePool Pool(string name, EksNodePoolSettings settings) => new(name, settings.InstanceTypes)
    {
        Desired = settings.Desired ?? settings.Minimum,
        DiskGiB = settings.DiskGiB,
        Image = settings.NodeImage,
        ImageId = settings.Image,
        Labels = settings.Labels.ToImmutableDictionary(),
        LocalDisks = settings.LocalDisks,
        Maximum = settings.Maximum,
        MaxUnavailablePercent = settings.MaxUnavailablePercent,
        Minimum = settings.Minimum,
        Release = settings.Release,
        Spot = settings.Spot,
        Taints = [.. settings.EffectiveTaints.Select(taint => taint.Taint)],
        UpdateStrategy = settings.UpdateStrategy,
        UserData = settings.UserData,
    };

    private static ImmutableArray<ProvisionedPool> Provisioned(IEnumerable<KeyValuePair<string, ProvisionedPoolSettings>> pools, bool isAutoMode) =>
        [.. pools.Select(pool => pool.Value.Pool(pool.Key, isAutoMode))];

    private GcpNetwork Network(CreatedGkeNetworkSettings settings) => new(
        "network",
        new GcpNetworkArgs
        {
            Addresses = settings.Addresses,
            FlowLogPercent = settings.FlowLogPercent,
            Project = stack.Gcp.Project,
            Protected = stack.Protects(ProtectedParts.Cluster),
        },
        stack.Gcp.Options());

    private ExistingGcpNetwork Existing(ExistingGkeNetworkSettings settings)
    {
        var network = Output.Create(settings.Network);
        var managedServices = settings.ManagedServices is { } block
            ? new ManagedServicesAccess(
                "network-managed-services",
                new ManagedServicesAccessArgs { NetworkId = network, Block = block, Protected = stack.Protects(ProtectedParts.Cluster) },
                stack.Gcp.Options())
            : null;
        return new ExistingGcpNetwork(network, Output.Create(settings.Subnetwork), settings.PodsRange, settings.ServicesRange, managedServices);
    }
}
