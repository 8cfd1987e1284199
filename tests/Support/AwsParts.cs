using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Networks;
using Infra.Scaling;
using Pulumi;

namespace Tests.Support;

/// <summary>The AWS surroundings that components are tested in.</summary>
internal static class AwsParts
{
    public static AwsAccount Account(ComponentResourceOptions? options = null) => new(
        "aws", new AwsAccountArgs { Region = AwsRegion.Parse("eu-west-1"), Tags = ImmutableDictionary<string, string>.Empty }, options);

    public static ExistingNetwork Network(params ImmutableArray<string> publicSubnets) =>
        new("vpc-1", publicSubnets.IsDefaultOrEmpty ? ["subnet-a", "subnet-b"] : publicSubnets, ["subnet-1", "subnet-2"], []);

    public static AdoptedEksCluster Adopted(ComponentResourceOptions? options = null) => new(
        "adopted",
        new AdoptedEksClusterArgs { Account = Account(), AuthenticationMode = EksAuthenticationMode.ConfigMap, ClusterName = "shared", Network = Network() },
        options);

    public static EksClusterArgs Cluster(
        AwsAccount account,
        EksAuthenticationMode mode = EksAuthenticationMode.Api,
        bool autoscaler = false,
        INetwork? network = null,
        EksAutoMode? autoMode = null,
        ImmutableArray<EksNodePool>? pools = null,
        ImmutableArray<ProvisionedPool>? karpenter = null) =>
        new()
        {
            AutoMode = autoMode,
            AutoscalerEnabled = autoscaler,
            AuthenticationMode = mode,
            Account = account,
            AdministratorArns = ["arn:aws:iam::123456789012:role/deploy"],
            ClusterName = "studio-test",
            InstanceTags = ImmutableDictionary<string, string>.Empty.Add("stack", "test"),
            KeyArn = "arn:key",
            KarpenterPools = karpenter ?? [],
            Network = network ?? Network(),
            Pools = pools ??
            [
                new EksNodePool("general", ["m7i.large"])
                {
                    Taints = [new NodeTaint("workload", "pipelines", NodeTaintEffect.NoSchedule)],
                    Labels = ImmutableDictionary<string, string>.Empty.Add("a", "b"),
                },
            ],
            Version = EksVersion.Find("1.35")!,
        };
}
