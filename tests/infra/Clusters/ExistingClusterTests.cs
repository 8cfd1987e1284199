using Infra.Clusters;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: an adopted cluster is reached the way the operator said, and its kubeconfig stays secret.
public sealed class ExistingClusterTests
{
    [Fact]
    public async Task Provider_TakesTheKubeconfig()
    {
        ExistingCluster? cluster = null;
        var deployed = await Deployed.Of(options => cluster = new ExistingCluster(
            "cluster", new ExistingClusterArgs { ClusterName = "lab", KubeConfig = "apiVersion: v1", Context = "lab-admin", Kind = ClusterKind.Gke }, options));

        deployed.Inputs("cluster-provider").ShouldBe(Deployed.Json(
            """{ "clusterIdentifier": "lab", "context": "lab-admin", "enableServerSideApply": "true", "kubeconfig": "apiVersion: v1" }"""));
        deployed.Lineages.ShouldBe(["platform:clusters:ExistingCluster$pulumi:providers:kubernetes::cluster-provider", "platform:clusters:ExistingCluster::cluster"]);
        deployed.OutputNames("ExistingCluster::cluster").ShouldBe(["clusterName"]);
        cluster!.Kind.ShouldBe(ClusterKind.Gke);
        (await Deployed.ValueOf(((ICluster)cluster).Name)).ShouldBe("lab");
    }

    [Fact]
    public async Task Kubeconfig_IsSecret()
    {
        var provider = await Captured.Of<Pulumi.Kubernetes.ProviderArgs>(
            "cluster-provider", options => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab", KubeConfig = "apiVersion: v1" }, options));

        (await Output.IsSecretAsync(provider.KubeConfig.ToOutput())).ShouldBeTrue();
    }

    [Fact]
    public async Task Provider_TakesAContextAlone()
    {
        var deployed = await Deployed.Of(() => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab", Context = "kind-lab" }));

        deployed.Inputs("cluster-provider").ShouldBe(Deployed.Json("""{ "clusterIdentifier": "lab", "context": "kind-lab", "enableServerSideApply": "true" }"""));
    }

    [Fact]
    public async Task Rejects_AClusterWithoutAWayToIt() =>
        (await Deployed.Refusal(() => new ExistingCluster("cluster", new ExistingClusterArgs { ClusterName = "lab" }))).ShouldContain(
            "Cluster 'lab' can be reached neither by a kubeconfig nor by a context: give one of the two.");
}
