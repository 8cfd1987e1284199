using Infra.Accounts;
using Tests.Support;

namespace Tests.Infra.Accounts;

// Promise: nothing is asked of an API that is off, and APIs that others may use stay on when the stack goes.
public sealed class GcpProjectTests
{
    [Fact]
    public async Task Apis_AreSwitchedOnAndLeftOn() => (await Deployed.Of(() => GcpParts.Project())).Inputs("gcp-container").ShouldBe(Deployed.Json(
        """{ "disableOnDestroy": false, "project": "example-research", "service": "container.googleapis.com" }"""));

    [Fact]
    public async Task EveryResource_IsLabelled()
    {
        var plan = (await Deployed.Of(() => GcpParts.Project())).Plan;

        System.Text.Json.Nodes.JsonNode.Parse(plan["pulumi:providers:gcp::gcp-provider"])!["defaultLabels"]!.ToString().ShouldContain("pulumi-stack");
        plan.Keys.Where(key => key.StartsWith("pulumi:providers:gcp", StringComparison.Ordinal)).ShouldBe(["pulumi:providers:gcp::gcp-provider", "pulumi:providers:gcp::gcp-setup"]);
    }

    [Fact]
    public async Task ServiceAgents_AreNamedByTheProjectsNumber()
    {
        GcpProject? project = null;
        await Deployed.Of(() => project = GcpParts.Project());

        (await Deployed.ValueOf(project!.ServiceAgent("compute-system"))).ShouldBe("serviceAccount:service-123456789@compute-system.iam.gserviceaccount.com");
    }
}
