using Infra.Clusters;
using Infra.Networks;
using Tests.Support;

namespace Tests.Infra.Clusters;

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

        plan["gcp:servicenetworking/connection:Connection::cluster-managed-services"].ShouldBe(Deployed.Json(
            $$"""
            { "network": "{{GcpMocks.AdoptedNetwork}}", "reservedPeeringRanges": ["cluster-managed-services-range-1a2b3c4d"], "service": "servicenetworking.googleapis.com" }
            """));
    }

    private static AdoptedGkeCluster Adopt(string name, Ipv4Block? managedServices = null) => new(
        "cluster",
        new AdoptedGkeClusterArgs { Project = GcpParts.Project(), ClusterName = name, Location = GkeLocation.Parse("europe-west1-b"), ManagedServicesBlock = managedServices });
}
