using System.Text.Json.Nodes;
using Pulumi;
using Stacks;
using Tests.Stacks.Settings.Aws;
using Tests.Support;

namespace Tests.Stacks.Settings.Studios;

// Promise: what only one controller knows is refused of the others, and what it knows reaches its objects.
public sealed class StudiosControllerRulesTests
{
    [Fact]
    public async Task AGateway_NeedsNeitherClassNorCertificate()
    {
        var plan = await Plan(("studios.ingress.gateway", """{ "name": "gw", "namespace": "gateways", "listener": "https", "requestTimeout": "0s" }"""));

        plan.Keys.Where(key => key.Contains("Ingress::", StringComparison.Ordinal)).ShouldBeEmpty();
        var route = JsonNode.Parse(plan.Single(entry => entry.Key.EndsWith("::studios-httproute", StringComparison.Ordinal)).Value)!;
        route["spec"]!["parentRefs"]![0]!.ToJsonString().ShouldBe("""{"name":"gw","namespace":"gateways","sectionName":"https"}""");
        route["spec"]!["rules"]![0]!["timeouts"]!.ToJsonString().ShouldBe("""{"request":"0s"}""");
    }

    [Fact]
    public async Task Traefik_SendsHttpOn() =>
        (await Plan(("studios.ingress.traefik.redirectFrom", "\"web\""))).Keys.ShouldContain("kubernetes:traefik.io/v1alpha1:Middleware::studios-middleware");

    [Fact]
    public async Task SkipAwait_IsSaidOfEveryIngress() => (await Plan(("studios.ingress.traefik", "{}"), ("studios.ingress.skipAwait", "true")))
        .Where(entry => entry.Key.Contains("Ingress::", StringComparison.Ordinal))
        .ShouldAllBe(entry => entry.Value.Contains("pulumi.com/skipAwait"));

    [Fact]
    public void Rejects_WaitingForNothing() => StudiosSample.Messages(
        ("studios.ingress.gateway", """{ "name": "gw", "namespace": "gateways" }"""), ("studios.ingress.skipAwait", "true")).ShouldBe(
    [
        """
        platform:studios.ingress.skipAwait: has no meaning with gateway, which has no Ingress to wait for
          given:   true
          allowed: absent
          fix:     remove skipAwait
        """,
    ]);

    [Fact]
    public void Rejects_RecordsOfAnAddressThatNobodyWaitsFor() => AwsSample.Messages(
        ("dns.route53.loadBalancer", "\"ingress\""), ("studios.ingress.alb", "{}"), ("studios.ingress.skipAwait", "true")).ShouldBe(
    [
        """
        platform:studios.ingress.skipAwait: is true, and the records of platform:dns.route53 follow the address of the Ingress
          given:   true
          allowed: false
          fix:     remove skipAwait: the AWS Load Balancer Controller reports the address
        """,
    ]);

    [Fact]
    public void Rejects_CertificatesForAGateway() => StudiosSample.Messages(
        ("studios.ingress.gateway", """{ "name": "gw", "namespace": "gateways" }"""),
        ("studios.ingress.certificates", """[{ "names": ["*.example.com"], "tlsSecret": "wildcard" }]""")).ShouldBe(
    [
        """
        platform:studios.ingress.certificates[0].names: are those of a certificate that no Gateway takes from here: its listeners have them
          given:   *.example.com
          allowed: no certificates
          fix:     remove ingress.certificates, and name the certificate in the Gateway
        """,
    ]);

    [Fact]
    public void Rejects_AGatewayWithoutNamespace() =>
        StudiosSample.Messages(("studios.ingress.gateway", """{ "name": "gw" }""")).ShouldHaveSingleItem().ShouldStartWith(
            "platform:studios.ingress.gateway.namespace: is missing\n");

    private static async Task<IReadOnlyDictionary<string, string>> Plan(params (string Path, string? Json)[] changes)
    {
        var read = StudiosSample.Read(changes);
        read.Problems.ShouldBeEmpty();
        return (await Deployed.Of(() => Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key)))).Plan;
    }
}
