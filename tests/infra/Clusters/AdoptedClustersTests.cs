using Infra.Clusters;
using Infra.Networks;
using Pulumi;
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

// Promise: a foreign cluster is reached as its owner lets it be reached, and refused where pods would act as their node.
public sealed class AdoptedGkeClusterTests
{
    [Fact]
    public async Task TheDnsName_IsPreferredWhereItAnswers()
    {
        AdoptedGkeCluster? cluster = null;
        await Deployed.Of(() => cluster = Adopt("by-name"));

        (await Deployed.ValueOf(cluster!.Server)).ShouldBe("https://gke-2.europe-west1.gke.goog");
    }

    [Fact]
    public async Task Otherwise_ItIsTheAddress()
    {
        AdoptedGkeCluster? cluster = null;
        await Deployed.Of(() => cluster = Adopt("shared"));

        (await Deployed.ValueOf(cluster!.Server)).ShouldBe("https://203.0.113.20");
        (await Deployed.ValueOf(cluster.CertificateAuthority)).ShouldBe("-----BEGIN-TEST-----\n");
        (await Deployed.ValueOf(cluster.Location)).ShouldBe("europe-west1-b");
    }

    [Fact]
    public async Task Rejects_AClusterWithoutWorkloadIdentity() => (await Deployed.Refusal(() => Adopt("without-identity"))).ShouldContain(
        "GKE cluster 'without-identity' in 'europe-west1-b' has no Workload Identity, and pods would act as their node: "
        + "gcloud container clusters update without-identity --location europe-west1-b --workload-pool example-research.svc.id.goog");

    [Fact]
    public async Task ManagedServices_AreGivenAddressesWhereTheyHaveNone()
    {
        var plan = (await Deployed.Of(() => Adopt("shared", Ipv4Block.Parse("10.80.0.0/20")))).Plan;

        plan["gcp:servicenetworking/connection:Connection::cluster-managed-services"]
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    { "network": "{{GcpMocks.AdoptedNetwork}}", "reservedPeeringRanges": ["cluster-managed-services-range-1a2b3c4d"], "service": "servicenetworking.googleapis.com" }
                    """));
    }

    private static AdoptedGkeCluster Adopt(string name, Ipv4Block? managedServices = null) =>
        new(
            "cluster",
            new AdoptedGkeClusterArgs
            {
                Project = GcpParts.Project(),
                ClusterName = name,
                Location = GkeLocation.Parse("europe-west1-b"),
                ManagedServicesBlock = managedServices,
            });
}

// Promise: an adopted cluster is reached the way the operator said, and its kubeconfig stays secret.
public sealed class ExistingClusterTests
{
    [Fact]
    public async Task Provider_TakesTheKubeconfig()
    {
        ExistingCluster? cluster = null;
        var deployed = await Deployed.Of(options => cluster = new ExistingCluster(
            "cluster", new ExistingClusterArgs { ClusterName = "lab", KubeConfig = "apiVersion: v1", Context = "lab-admin", Kind = ClusterKind.Gke }, options));

        deployed
            .Inputs("cluster-provider")
            .ShouldBe(
                Deployed.Json("""
                    {
                      "clusterIdentifier": "lab", "context": "lab-admin", "enableConfigMapMutable": "true", "enableSecretMutable": "true",
                      "enableServerSideApply": "true", "kubeconfig": "apiVersion: v1"
                    }
                    """));
        deployed.Lineages.ShouldBe([
            "platform:clusters:ExistingCluster$pulumi:providers:kubernetes::cluster-provider",
            "platform:clusters:ExistingCluster::cluster",
        ]);
        deployed.OutputNames("ExistingCluster::cluster").ShouldBe(["clusterName"]);
        cluster!.Kind.ShouldBe(ClusterKind.Gke);
        (await Deployed.ValueOf(((ICluster)cluster).Name)).ShouldBe("lab");
    }

    [Fact]
    public async Task Kubeconfig_IsSecret()
    {
        var provider = await Captured.Of<Pulumi.Kubernetes.ProviderArgs>(
            "cluster-provider",
            options => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab", KubeConfig = "apiVersion: v1" }, options));

        (await Output.IsSecretAsync(provider.KubeConfig.ToOutput())).ShouldBeTrue();
    }

    [Fact]
    public async Task Provider_TakesAContextAlone()
    {
        var deployed = await Deployed.Of(() => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab", Context = "kind-lab" }));

        deployed
            .Inputs("cluster-provider")
            .ShouldBe(Deployed.Json("""
                {
                  "clusterIdentifier": "lab", "context": "kind-lab", "enableConfigMapMutable": "true", "enableSecretMutable": "true",
                  "enableServerSideApply": "true"
                }
                """));
    }

    [Fact]
    public async Task Rejects_AClusterWithoutAWayToIt() =>
        (await Deployed.Refusal(() => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab" }))).ShouldContain(
            "Cluster 'lab' can be reached neither by a kubeconfig nor by a context: give one of the two.");
}
