using Infra.Clusters;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: adopting a cluster changes nothing of it, and what is wrong in the stack file is said before anything is made.
public sealed class AdoptedEksClusterTests
{
    [Fact]
    public async Task AnAdoptedCluster_IsReadNotMade()
    {
        AdoptedEksCluster? cluster = null;
        var deployed = await Deployed.Of(() => cluster = AwsParts.Adopted());

        deployed.Has("adopted-load-balancers").ShouldBeFalse();
        deployed.Inputs("adopted-provider").ShouldContain("\"clusterIdentifier\": \"arn:aws:eks:eu-west-1:123456789012:cluster/shared\"");
        (await Deployed.ValueOf(cluster!.Name)).ShouldBe("shared");
        (await Deployed.ValueOf(cluster.NodeSecurityGroupId)).ShouldBe("sg-adopted");
        (await Deployed.ValueOf(cluster.OidcProviderArn)).ShouldBe("arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/1");
        (await Deployed.ValueOf(cluster.Server)).ShouldBe("https://api.example.com");
    }

    [Fact]
    public async Task AController_IsInstalledOnRequest()
    {
        var deployed = await Deployed.Of(() => Adopt(EksAuthenticationMode.ConfigMap, installController: true));

        deployed.Has("adopted-load-balancers").ShouldBeTrue();
        deployed.Has("adopted-system").ShouldBeTrue();
    }

    [Fact]
    public async Task Rejects_AnotherAuthenticationMode() =>
        (await Deployed.Refusal(() => Adopt(EksAuthenticationMode.Api, installController: false))).ShouldContain(
            "EKS cluster 'shared' has another authentication mode than the stack file says: set authenticationMode: configMap.");

    private static AdoptedEksCluster Adopt(EksAuthenticationMode mode, bool installController) => new(
        "adopted",
        new AdoptedEksClusterArgs
        {
            Account = AwsParts.Account(),
            AuthenticationMode = mode,
            ClusterName = "shared",
            InstallLoadBalancerController = installController,
            Network = AwsParts.Network(),
        });
}
