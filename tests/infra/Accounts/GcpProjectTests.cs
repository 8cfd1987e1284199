using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Accounts;
using Infra.Naming;
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
        plan.Keys.Where(key => key.StartsWith("pulumi:providers:gcp", StringComparison.Ordinal))
            .ShouldBe(["pulumi:providers:gcp::gcp-provider", "pulumi:providers:gcp::gcp-setup"]);
    }

    [Fact]
    public async Task ServiceAgents_AreNamedByTheProjectsNumber()
    {
        GcpProject? project = null;
        await Deployed.Of(() => project = GcpParts.Project());

        (await Deployed.ValueOf(project!.ServiceAgent("compute-system"))).ShouldBe("serviceAccount:service-123456789@compute-system.iam.gserviceaccount.com");
    }
}

// Promise: only addresses of service accounts pass, and every account that this program makes has one that does.
public sealed class ServiceAccountEmailTests
{
    private static readonly Gen<string> StackNames =
        from length in Gen.Choose(1, 80)
        from characters in Gen.ArrayOf(Gen.Elements("abcxyzABC019-_.".ToCharArray()), length)
        select new string(characters);

    [Theory]
    [InlineData("tower@research-1.iam.gserviceaccount.com", false)]
    [InlineData("tower-1@research-1.iam.gserviceaccount.com", true)]
    [InlineData("tower-1@research.example.com.iam.gserviceaccount.com", true)]
    [InlineData("tower-1@research-1", false)]
    [InlineData("me@example.com", false)]
    [InlineData("123456-compute@developer.gserviceaccount.com", false)]
    [InlineData("Tower-1@research-1.iam.gserviceaccount.com", false)]
    [InlineData("tower-1@research-1.iam.gserviceaccount.com.example.com", false)]
    [InlineData("serviceAccount:tower-1@research-1.iam.gserviceaccount.com", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OnlyServiceAccounts_Pass(string? text, bool passes) => ServiceAccountEmail.TryParse(text, out _).ShouldBe(passes);

    [Property]
    public Property EveryAccountOfAStack_HasAnAddressThatPasses() =>
        Prop.ForAll(
                Arb.From(StackNames),
                Arb.From(Gen.Elements("example-research", "research-1.example.com")),
                (stack, project) =>
                    ServiceAccountEmail.TryParse($"{GcpName.For(GcpNameRule.ServiceAccount, stack, "nodes")}@{project}.iam.gserviceaccount.com", out _));

    [Fact]
    public void AMember_IsTheAddressWithItsKind() =>
        ServiceAccountEmail.Parse("tower-1@research-1.iam.gserviceaccount.com").Member.ShouldBe("serviceAccount:tower-1@research-1.iam.gserviceaccount.com");
}
