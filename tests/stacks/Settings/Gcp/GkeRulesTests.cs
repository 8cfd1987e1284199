namespace Tests.Stacks.Settings.Gcp;

// Promise: a cluster that GKE would refuse, that runs out of addresses, or that anybody may try to enter is refused in the stack file.
public sealed class GkeRulesTests
{
    [Fact]
    public void TheSample_IsValid() => GcpSample.Messages().ShouldBeEmpty();

    [Fact]
    public void AnAdoptedCluster_IsValid() => GcpSample.Messages(GcpSample.Adopted).ShouldBeEmpty();

    [Fact]
    public void Rejects_AClusterWithoutAProject() =>
        GcpSample.Messages(("gcp", null)).ShouldContain(message => message.StartsWith("platform:gcp: is missing", StringComparison.Ordinal));

    [Theory]
    [InlineData("Example", "is not the id of a Google Cloud project")]
    [InlineData("12345678", "is not the id of a Google Cloud project")]
    public void Rejects_AProjectThatIsNone(string project, string what) => GcpSample.Messages(("gcp.project", $"\"{project}\"")).ShouldBe([
        $"""
        platform:gcp.project: {what}
          given:   {project}
          allowed: 6 to 30 lower-case letters, digits and inner hyphens, a letter first
          fix:     for example project: example-research
        """,
    ]);

    [Fact]
    public void Rejects_AZoneAsARegion() => GcpSample.Messages(("gcp.region", "\"europe-west1-b\"")).ShouldBe([
        """
        platform:gcp.region: is not a Google Cloud region
          given:   europe-west1-b
          allowed: a region, not a zone
          fix:     for example region: europe-west1
        """,
    ]);

    [Fact]
    public void Rejects_AVersionThatItsChannelHasLeftBehind() => GcpSample.Messages(("cluster.gke.version", "\"1.34\"")).ShouldBe([
        """
        platform:cluster.gke.version: is not in the channel regular any more: its standard support ended on 2026-10-01
          given:   1.34
          allowed: 1.35, 1.36 in this channel
          fix:     version: '1.35', or channel: extended
        """,
    ]);

    [Fact]
    public void Takes_TheSameVersionFromTheExtendedChannel() =>
        GcpSample.Messages(("cluster.gke.version", "\"1.34\""), ("cluster.gke.channel", "\"extended\"")).ShouldBeEmpty();

    [Fact]
    public void Rejects_AVersionThatGkeDoesNotOffer() => GcpSample.Messages(("cluster.gke.version", "\"1.29\"")).ShouldBe([
        """
        platform:cluster.gke.version: is no Kubernetes version that GKE offers
          given:   1.29
          allowed: one of 1.33, 1.34, 1.35, 1.36, in quotes
          fix:     for example version: '1.35'
        """,
    ]);

    [Fact]
    public void Rejects_APodRangeTooSmallForTheNodes() =>
        GcpSample.Messages(("cluster.gke.network.create.pods", "\"10.44.0.0/21\""), ("cluster.gke.nodePools.general.maximum", "20")).ShouldBe([
            """
            platform:cluster.gke.network.create.pods: has blocks for 8 nodes of 110 pods, and the pools grow to 21
              given:   10.44.0.0/21
              allowed: a /19 or larger
              fix:     a /19, fewer podsPerNode, or smaller pools
            """,
        ]);

    [Fact]
    public void Takes_TheSameRangeWithFewerPodsOnANode() =>
        GcpSample
            .Messages(
                ("cluster.gke.network.create.pods", "\"10.44.0.0/21\""),
                ("cluster.gke.nodePools.general.maximum", "20"),
                ("cluster.gke.podsPerNode", "32"))
            .ShouldBeEmpty();

    [Fact]
    public void Rejects_ANodeRangeTooSmallForTheNodes() =>
        GcpSample.Messages(("cluster.gke.network.create.nodes", "\"10.40.0.0/29\""), ("cluster.gke.nodePools.general.maximum", "9")).ShouldBe([
            """
            platform:cluster.gke.network.create.nodes: has addresses for 4 nodes, and the pools grow to 10
              given:   10.40.0.0/29
              allowed: a larger block
              fix:     a shorter prefix, or smaller pools
            """,
        ]);

    [Fact]
    public void Rejects_AControlPlaneThatIsNoSlash28() => GcpSample.Messages(("cluster.gke.network.create.controlPlane", "\"172.16.0.0/24\"")).ShouldBe([
        """
        platform:cluster.gke.network.create.controlPlane: is no /28, the only size that GKE takes for the control plane
          given:   172.16.0.0/24
          allowed: a block of 16 addresses: a /28
          fix:     controlPlane: 172.16.0.0/28
        """,
    ]);

    [Fact]
    public void Rejects_RangesThatOverlap() => GcpSample.Messages(("cluster.gke.network.create.controlPlane", "\"10.40.0.0/28\"")).ShouldBe([
        """
        platform:cluster.gke.network.create.controlPlane: overlaps with nodes, 10.40.0.0/20
          given:   10.40.0.0/28
          allowed: addresses that no other range has
          fix:     move it out of 10.40.0.0/20
        """,
    ]);

    [Fact]
    public void Rejects_ASmallRangeOfAnExistingNetwork() => GcpSample.Messages(
        ("cluster.gke.network", """
            {
              "existing": {
                "network": "projects/example-net/global/networks/shared", "subnetwork": "projects/example-net/regions/europe-west1/subnetworks/gke",
                "podsRange": "pods", "pods": "10.0.0.0/24", "servicesRange": "services", "controlPlane": "172.16.0.0/27"
              }
            }
            """)).Select(message => message.Split('\n')[0]).ShouldBe([
        "platform:cluster.gke.network.existing.controlPlane: is no /28, the only size that GKE takes for the control plane",
        "platform:cluster.gke.network.existing.pods: has blocks for 1 nodes of 110 pods, and the pools grow to 4",
    ]);

    [Fact]
    public void Rejects_AnExistingNetworkByItsShortName() =>
        GcpSample
            .Messages(
                (
                    "cluster.gke.network",
                    """{ "existing": { "network": "shared", "subnetwork": "projects/p/regions/r1/subnetworks/gke", "podsRange": "pods", "servicesRange": "services" } }"""))
            .ShouldHaveSingleItem()
            .ShouldBe(
                """
                platform:cluster.gke.network.existing.network: is not the full name of one of the networks
                  given:   shared
                  allowed: projects/<project>/global/networks/<name>
                  fix:     for example network: projects/example-research/global/networks/research
                """);

    [Fact]
    public void Rejects_AZonalClusterInProduction() =>
        GcpSample
            .Messages(("production", "true"), ("cluster.gke.location", "\"europe-west1-b\""), ("storage.filestore.tier", "\"zonal\""))
            .ShouldBe([
                """
                platform:cluster.gke.location: is one zone, and in a production stack the control plane has to survive the loss of a zone and its own upgrades, as only regional clusters do
                  given:   europe-west1-b
                  allowed: a region: europe-west1
                  fix:     remove location, or set production: false
                """,
            ]);

    [Fact]
    public void Rejects_ALocationInAnotherRegion() => GcpSample.Messages(("cluster.gke.location", "\"europe-west4\"")).ShouldBe([
        """
        platform:cluster.gke.location: is not in the region of platform:gcp, where the network is made
          given:   europe-west4
          allowed: europe-west1, or a zone of it
          fix:     location: europe-west1
        """,
    ]);

    [Fact]
    public void Rejects_AnApiServerForEverybody() => GcpSample.Messages(("cluster.gke.publicAccess", """["0.0.0.0/0"]""")).ShouldBe([
        """
        platform:cluster.gke.publicAccess[0]: lets the whole internet try to sign in to the API server
          given:   0.0.0.0/0
          allowed: the addresses that administrators come from
          fix:     name your own network, or remove publicAccess: the DNS endpoint needs none
        """,
    ]);

    [Fact]
    public void Rejects_AMaintenanceWindowThatIsTooShort() =>
        GcpSample
            .Messages(("cluster.gke.maintenance", """{ "days": ["sunday"], "hours": 6 }"""))
            .ShouldBe([
                """
                platform:cluster.gke.maintenance.days: leave 24 hours in 32 days
                  given:   sunday
                  allowed: windows of 48 hours in 32 days at least
                  fix:     add a day, or more hours
                """,
            ]);

    [Fact]
    public void Rejects_AnotherGroupThanGkeAsks() => GcpSample.Messages(("cluster.gke.securityGroup", "\"administrators@example.com\"")).ShouldBe([
        """
        platform:cluster.gke.securityGroup: is not the group that GKE looks up
          given:   administrators@example.com
          allowed: gke-security-groups@ and your domain
          fix:     make that group and put the others into it
        """,
    ]);

    [Theory]
    [InlineData("cluster.gke.nodePools", "{}", "platform:cluster.gke.nodePools: has no entry")]
    [InlineData(
        "cluster.gke.nodePools.general.minimum",
        "0",
        "platform:cluster.gke.nodePools: has no pool with a node that stays, and GKE's own pods need one"
    )]
    [InlineData("cluster.gke.nodePools.general.minimum", "9", "platform:cluster.gke.nodePools.general.minimum: is more than maximum")]
    [InlineData(
        "cluster.gke.nodePools.general.machineType",
        "\"large\"",
        "platform:cluster.gke.nodePools.general.machineType: is not a machine type of Compute Engine"
    )]
    [InlineData("cluster.gke.podsPerNode", "300", "platform:cluster.gke.podsPerNode: is out of range")]
    [InlineData("cluster.gke.name", "\"Studio\"", "platform:cluster.gke.name: is not a name that Google Cloud takes")]
    [InlineData("gcp.labels", """{ "team": "Research" }""", "platform:gcp.labels.team: is not a value that Google Cloud takes for a label")]
    public void Rejects_WhatGkeWouldRefuse(string path, string json, string what) =>
        GcpSample.Messages((path, json)).Select(message => message.Split('\n')[0]).ShouldBe([what]);

    [Fact]
    public void Rejects_SpotNodesForEverythingInProduction() =>
        GcpSample
            .Messages(("production", "true"), ("cluster.gke.nodePools.general.spot", "true"))
            .ShouldBe([
                """
                platform:cluster.gke.nodePools.general.spot: lets Google take nodes back at half a minute's notice, and what a production stack protects may run on them
                  given:   true
                  allowed: false, or true with a taint that keeps everything away but pipelines
                  fix:     taints: [{ key: workload, value: pipelines, effect: noSchedule }]
                """,
            ]);
}
