using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Encryption;
using Infra.Naming;
using Infra.Networks;
using Stacks.Settings;

namespace Stacks.Wiring;

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
