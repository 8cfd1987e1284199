using Infra.Clusters;
using Infra.Networks;
using Pulumi;
using Pulumi.Gcp.Compute;
using Tests.Support;

namespace Tests.Infra.Networks;

// Promise: nodes have private addresses with a way out, flows are logged, and managed services stand beside them.
public sealed class GcpNetworkTests
{
    [Fact]
    public async Task TheSubnetwork_HasRangesForPodsAndServices() => (await Deployed.Of(() => Make())).Inputs("network-nodes").ShouldBe(Deployed.Json(
        """
        {
          "ipCidrRange": "10.40.0.0/20",
          "logConfig": { "aggregationInterval": "INTERVAL_5_MIN", "flowSampling": 0.5, "metadata": "INCLUDE_ALL_METADATA" },
          "network": "network_id",
          "privateIpGoogleAccess": true,
          "region": "europe-west1",
          "secondaryIpRanges": [{"ipCidrRange": "10.44.0.0/14", "rangeName": "pods"}, {"ipCidrRange": "10.40.16.0/20", "rangeName": "services"}],
          "stackType": "IPV4_ONLY"
        }
        """));

    [Fact]
    public async Task Nodes_ReachTheInternetThroughNat() => (await Deployed.Of(() => Make())).Inputs("network-nat").ShouldBe(Deployed.Json(
        """
        {
          "enableDynamicPortAllocation": true, "enableEndpointIndependentMapping": false,
          "logConfig": { "enable": true, "filter": "ERRORS_ONLY" },
          "maxPortsPerVm": 8192, "minPortsPerVm": 256,
          "natIpAllocateOption": "AUTO_ONLY",
          "region": "europe-west1",
          "router": "network-router-1a2b3c4d",
          "sourceSubnetworkIpRangesToNat": "ALL_SUBNETWORKS_ALL_IP_RANGES",
          "tcpEstablishedIdleTimeoutSec": 3600
        }
        """));

    [Fact]
    public async Task TheNetwork_MakesNoSubnetworksByItself() =>
        (await Deployed.Of(() => Make())).Inputs("network").ShouldContain("\"autoCreateSubnetworks\": false");

    [Fact]
    public async Task ManagedServices_HaveARangeAndAPeering()
    {
        var plan = (await Deployed.Of(() => Make())).Plan;

        plan["gcp:compute/globalAddress:GlobalAddress::network-managed-services-range"].ShouldBe(Deployed.Json(
            """
            {
              "address": "10.41.0.0",
              "addressType": "INTERNAL",
              "network": "network_id",
              "prefixLength": 16,
              "purpose": "VPC_PEERING"
            }
            """));
        plan["gcp:servicenetworking/connection:Connection::network-managed-services"].ShouldBe(Deployed.Json(
            """
            {
              "network": "network_id",
              "reservedPeeringRanges": ["network-managed-services-range-1a2b3c4d"],
              "service": "servicenetworking.googleapis.com"
            }
            """));
    }

    [Fact]
    public async Task InProduction_ItsParts_AreProtected()
    {
        (await Captured.Options<NetworkArgs>("network", options => Make(@protected: true, options))).Protect.ShouldBe(true);
        (await Captured.Options<SubnetworkArgs>("network-nodes", options => Make(@protected: true, options))).Protect.ShouldBe(true);
        (await Captured.Options<NetworkArgs>("network", options => Make(@protected: false, options))).Protect.ShouldBe(false);
    }

    [Fact]
    public async Task AnAdoptedCluster_BringsItsNetworkAndLeavesItAlone()
    {
        AdoptedGkeCluster? cluster = null;
        var deployed = await Deployed.Of(() => cluster = GcpParts.Cluster());

        (await Deployed.ValueOf(cluster!.Network.NetworkId)).ShouldBe(GcpMocks.AdoptedNetwork);
        (await Deployed.ValueOf(cluster.Network.ManagedServicesNetworkId)).ShouldBe(GcpMocks.AdoptedNetwork);
        deployed.Plan.Keys.Where(key => key.StartsWith("gcp:", StringComparison.Ordinal)).ShouldBe(["gcp:projects/service:Service::gcp-container"]);
    }

    private static GcpNetwork Make(bool @protected = false, ComponentResourceOptions? options = null) =>
        new("network", new GcpNetworkArgs { Project = GcpParts.Project(), Addresses = GkeAddressPlan.Default, Protected = @protected }, options);
}
