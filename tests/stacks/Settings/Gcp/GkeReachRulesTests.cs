namespace Tests.Stacks.Settings.Gcp;

// Promise: a stack file with which nobody would reach the API server, or no pod its disk, is refused or does not pass without a word.
public sealed class GkeReachRulesTests
{
    [Fact]
    public void Rejects_AnApiServerThatNobodyReaches() => GcpSample.Messages(("cluster.gke.dnsEndpoint", "false")).ShouldBe([
        """
        platform:cluster.gke.dnsEndpoint: leaves the API server an address in a network that is made with it, where nobody is, and no publicAccess: the first object that Pulumi makes on the cluster would wait until it gives up
          given:   false
          allowed: true, or false with publicAccess
          fix:     dnsEndpoint: true, which asks IAM, or publicAccess: [203.0.113.0/24]
        """,
    ]);

    [Fact]
    public void AnAddressForAdministrators_IsEnough() =>
        GcpSample.Messages(("cluster.gke.dnsEndpoint", "false"), ("cluster.gke.publicAccess", """["203.0.113.0/24"]""")).ShouldBeEmpty();

    [Theory]
    [InlineData("n4-standard-4", 1)]
    [InlineData("c4n-standard-4", 1)]
    [InlineData("n2-standard-4", 0)]
    public void NodesThatAttachNoPersistentDisk_AreNamed(string machine, int warnings) =>
        GcpSample.Read(("cluster.gke.nodePools", $$"""{ "general": { "machineType": "{{machine}}" } }""")).Warnings
            .Count(warning => warning.Path.Text == "platform:cluster.gke.nodePools.general.machineType")
            .ShouldBe(warnings);
}
