using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Encryption;
using Infra.Naming;
using Infra.Networks;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Picks the cluster; nothing else asks which one it is.</summary>
internal static class ClusterWiring
{
    public static ICluster Define(ClusterSettings settings, StackContext stack) => settings switch
    {
        { Eks: { } eks } => EksWiring.Define(eks, stack.Aws!, stack),
        { AdoptedEks: { } adopted } => EksWiring.Adopt(adopted, stack.Aws!),
        { Gke: { } gke } => GkeWiring.Define(gke, stack.Gcp!, stack),
        { AdoptedGke: { } adopted } => GkeWiring.Adopt(adopted, stack.Gcp!, stack),
        { Existing: { } existing } => Existing(existing, stack),
        _ => throw new RunException("platform:cluster names no kind of cluster."),
    };

    private static ICluster Existing(ExistingClusterSettings settings, StackContext stack)
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
}

/// <summary>EKS clusters: made with their network, or adopted.</summary>
internal static class EksWiring
{
    public static EksCluster Define(EksClusterSettings settings, AwsWiring aws, StackContext stack)
    {
        var name = settings.Name ?? AwsName.For(AwsNameRule.EksCluster, aws.Name, "");
        var key = new EncryptionKey(
            "cluster-key",
            new EncryptionKeyArgs
            {
                Account = aws.Account,
                Description = $"Secrets, volumes and logs of EKS cluster {name}",
                LogGroups = [EksControlPlane.LogGroupName(name), FlowLogs.LogGroupName(name)],
                Protected = stack.Protected,
            },
            aws.Options());
        return new EksCluster(
            "cluster",
            new EksClusterArgs
            {
                Account = aws.Account,
                AdministratorArns = settings.Administrators,
                AuthenticationMode = settings.AwsAuthConfigMap ? EksAuthenticationMode.ApiAndConfigMap : EksAuthenticationMode.Api,
                AutoscalerEnabled = settings.Autoscaler,
                ClusterName = name,
                Endpoint = new EksEndpointAccess(settings.PublicAccess),
                InstanceTags = aws.Tags,
                KeyArn = key.Arn,
                KubernetesRoleArn = settings.KubernetesRole,
                LogRetentionInDays = settings.LogRetentionDays,
                LustreEnabled = stack.Settings.Storage?.FsxLustre is not null,
                Network = Network(settings, name, key, aws, stack),
                Pools = [.. settings.NodePools.Select(pool => Pool(pool.Key, pool.Value))],
                Protected = stack.Protected,
                ServiceBlock = settings.ServiceBlock,
                SupportAfterStandard = settings.ExtendedSupport ? EksSupport.Extended : EksSupport.Standard,
                Version = EksVersion.Find(settings.Version)!,
            },
            aws.Options());
    }

    public static AdoptedEksCluster Adopt(AdoptedEksSettings settings, AwsWiring aws) => new(
        "cluster",
        new AdoptedEksClusterArgs
        {
            Account = aws.Account,
            AuthenticationMode = settings.AuthenticationMode,
            ClusterName = settings.Name,
            InstallLoadBalancerController = settings.LoadBalancerController,
            KubernetesRoleArn = settings.KubernetesRole,
            Network = Existing(settings.Network),
        },
        aws.Options());

    private static INetwork Network(EksClusterSettings settings, string name, EncryptionKey key, AwsWiring aws, StackContext stack) => settings.Network switch
    {
        { Existing: { } existing } => Existing(existing),
        { Create: { } create } => new VpcNetwork(
            "network",
            new VpcNetworkArgs
            {
                Account = aws.Account,
                Block = create.Block,
                DisplayName = name,
                FlowLogRetentionInDays = settings.LogRetentionDays,
                InterfaceEndpoints = create.ServiceEndpoints ? EndpointServices.Cluster : [],
                LogKeyArn = key.Arn,
                Nat = create.Nat,
                Protected = stack.Protected,
                ZoneCount = create.ZoneCount,
                Zones = create.Zones,
            },
            aws.Options()),
        _ => throw new Pulumi.RunException("platform:cluster.eks.network names no kind of network."),
    };

    private static ExistingNetwork Existing(ExistingNetworkSettings settings) =>
        new(settings.VpcId, settings.PublicSubnets, settings.PrivateSubnets, settings.ControlPlaneSubnets);

    private static EksNodePool Pool(string name, EksNodePoolSettings settings) => new(name, settings.InstanceTypes)
    {
        Arm = ProcessorArchitecture.IsArm(settings.InstanceTypes[0]),
        Desired = settings.Desired ?? settings.Minimum,
        DiskGiB = settings.DiskGiB,
        Labels = settings.Labels.ToImmutableDictionary(),
        Maximum = settings.Maximum,
        Minimum = settings.Minimum,
        Spot = settings.Spot,
        Taints = [.. settings.Taints.Select(taint => new NodeTaint(taint.Key, taint.Value, taint.Effect))],
    };
}

/// <summary>GKE clusters: made with their network, or adopted.</summary>
internal static class GkeWiring
{
    public static GkeCluster Define(GkeClusterSettings settings, GcpWiring gcp, StackContext stack) => new(
        "cluster",
        new GkeClusterArgs
        {
            Access = new GkeEndpointAccess(settings.DnsEndpoint, settings.PublicAccess),
            Channel = settings.Channel,
            ClusterName = settings.Name ?? gcp.Name(GcpNameRule.GkeCluster),
            ControlPlaneBlock = settings.Network.Existing?.ControlPlane ?? settings.Network.Create!.ControlPlane,
            Location = settings.Location ?? GkeLocation.In(gcp.Project.Region),
            Maintenance = settings.Maintenance.Window,
            Network = Network(settings.Network, gcp, stack),
            NodeAccountId = gcp.Name(GcpNameRule.ServiceAccount, "nodes"),
            PodsPerNode = settings.PodsPerNode,
            Pools = [.. settings.NodePools.Select(pool => Pool(pool.Key, pool.Value))],
            Project = gcp.Project,
            Protected = stack.Protected,
            SecurityGroup = settings.SecurityGroup,
            Version = GkeVersion.Find(settings.Version)!,
        },
        gcp.Options());

    public static AdoptedGkeCluster Adopt(AdoptedGkeSettings settings, GcpWiring gcp, StackContext stack) => new(
        "cluster",
        new AdoptedGkeClusterArgs
        {
            ClusterName = settings.Name,
            Location = settings.Location ?? GkeLocation.In(gcp.Project.Region),
            ManagedServicesBlock = settings.ManagedServices,
            Project = gcp.Project,
            Protected = stack.Protected,
        },
        gcp.Options());

    private static IGcpNetwork Network(GkeNetworkSettings settings, GcpWiring gcp, StackContext stack) => settings switch
    {
        { Existing: { } existing } => Existing(existing, gcp, stack),
        { Create: { } create } => new GcpNetwork(
            "network", new GcpNetworkArgs { Project = gcp.Project, Addresses = create.Addresses, Protected = stack.Protected }, gcp.Options()),
        _ => throw new RunException("platform:cluster.gke.network names no kind of network."),
    };

    private static ExistingGcpNetwork Existing(ExistingGkeNetworkSettings settings, GcpWiring gcp, StackContext stack)
    {
        var network = Output.Create(settings.Network);
        var managedServices = settings.ManagedServices is { } block
            ? new ManagedServicesAccess(
                "network-managed-services", new ManagedServicesAccessArgs { NetworkId = network, Block = block, Protected = stack.Protected }, gcp.Options())
            : null;
        return new ExistingGcpNetwork(network, Output.Create(settings.Subnetwork), settings.PodsRange, settings.ServicesRange, managedServices);
    }

    private static GkeNodePool Pool(string name, GkeNodePoolSettings settings) => new(name, settings.MachineType)
    {
        DiskGiB = settings.DiskGiB,
        Labels = settings.Labels.ToImmutableDictionary(),
        Maximum = settings.Maximum,
        Minimum = settings.Minimum,
        Spot = settings.Spot,
        Taints = [.. settings.Taints.Select(taint => new NodeTaint(taint.Key, taint.Value, taint.Effect))],
    };
}
