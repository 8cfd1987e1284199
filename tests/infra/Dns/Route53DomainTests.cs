using Infra.Dns;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Dns;

// Promise: every name is proven once, nobody gets a certificate before it is issued, and records say what the load balancer is called.
public sealed class Route53DomainTests
{
    private static readonly PlatformHosts Hosts = new(
        DomainName.Parse("example.com"), DomainName.Parse("connect.example.com"), new SessionRouting.Subdomain(DomainName.Parse("*.example.com")), []);

    [Fact]
    public async Task AnApexAndItsWildcard_AreProvenByOneRecord()
    {
        Route53Domain? domain = null;
        var deployed = await Deployed.Of(options => domain = new Route53Domain("domain", Args(), options));

        deployed.Lineages.ShouldBe([
            "platform:dns:Route53Domain$platform:dns:AcmCertificate$aws:acm/certificate:Certificate::domain-certificate",
            "platform:dns:Route53Domain$platform:dns:AcmCertificate$aws:acm/certificateValidation:CertificateValidation::domain-certificate-issued",
            "platform:dns:Route53Domain$platform:dns:AcmCertificate$aws:route53/record:Record::domain-certificate-proof-example.com",
            "platform:dns:Route53Domain$platform:dns:AcmCertificate::domain-certificate",
            "platform:dns:Route53Domain::domain",
        ]);
        deployed.Inputs("domain-certificate").ShouldBe(Deployed.Json("""
            {
              "domainName": "example.com", "keyAlgorithm": "RSA_2048", "options": { "certificateTransparencyLoggingPreference": "ENABLED" },
              "subjectAlternativeNames": ["*.example.com"], "validationMethod": "DNS"
            }
            """));
        deployed.Inputs("domain-certificate-proof-example.com").ShouldBe(Deployed.Json("""
            { "allowOverwrite": true, "name": "_proof.example.com", "records": ["proof-of-example.com"], "ttl": 300, "type": "CNAME", "zoneId": "zone-of-example.com" }
            """));
        deployed.Inputs("domain-certificate-issued").ShouldBe(Deployed.Json("""
            { "certificateArn": "arn:aws:test:eu-west-1:123456789012:domain-certificate", "validationRecordFqdns": ["_proof.example.com"] }
            """));
        domain!.Certificate.Covers(DomainName.Parse("session.example.com")).ShouldBeTrue();
        domain.Certificates.ShouldBe([domain.Certificate]);
    }

    [Fact]
    public async Task ANewZone_IsDelegated()
    {
        var deployed = await Deployed.Of(() => new Route53Domain("domain", Args(parent: "com.example", zone: "example.com", create: true)));

        deployed.Inputs("domain-zone").ShouldBe(Deployed.Json("""{ "comment": "Studio Platform", "forceDestroy": false, "name": "example.com" }"""));
        deployed.Inputs("domain-delegation").ShouldBe(Deployed.Json(
            """{ "name": "example.com", "records": ["domain-zone-server"], "ttl": 172800, "type": "NS", "zoneId": "zone-of-com.example" }"""));
        deployed.Inputs("domain-certificate-proof-example.com").ShouldContain("\"zoneId\": \"domain-zone-zone-id\"");
    }

    [Fact]
    public async Task AGivenCertificate_IsUsedAsItIs()
    {
        Route53Domain? domain = null;
        var given = new Certificate.Acm([DomainName.Parse("*.example.com")], Output.Create("arn:given"));
        var deployed = await Deployed.Of(() => domain = new Route53Domain("domain", Args(given: given)));

        deployed.Has("domain-certificate").ShouldBeFalse();
        domain!.Certificate.ShouldBeSameAs(given);
    }

    [Fact]
    public async Task Records_TakeTheFormOfTheirTarget()
    {
        var deployed = await Deployed.Of(() =>
        {
            var domain = new Route53Domain("domain", Args());
            domain.AddRecord("alias", DomainName.Parse("*.example.com"), new RecordTarget.LoadBalancer("edge.elb.example.com", "Z-ALB"));
            domain.AddRecord("address", DomainName.Parse("a.example.com"), new RecordTarget.Address("203.0.113.7"));
            domain.AddRecord("name", DomainName.Parse("ssh.example.com"), new RecordTarget.HostName("ssh.elb.example.com"));
        });

        deployed
            .Inputs("alias")
            .ShouldBe(
                Deployed.Json(
                    """
                    { "aliases": [{ "evaluateTargetHealth": false, "name": "edge.elb.example.com", "zoneId": "Z-ALB" }], "name": "*.example.com", "type": "A", "zoneId": "zone-of-example.com" }
                    """));
        deployed
            .Inputs("address")
            .ShouldBe(Deployed.Json("""{ "name": "a.example.com", "records": ["203.0.113.7"], "ttl": 300, "type": "A", "zoneId": "zone-of-example.com" }"""));
        deployed
            .Inputs("name")
            .ShouldBe(
                Deployed.Json(
                    """{ "name": "ssh.example.com", "records": ["ssh.elb.example.com"], "ttl": 300, "type": "CNAME", "zoneId": "zone-of-example.com" }"""));
    }

    [Fact]
    public async Task Rejects_ANameAtTheApex() => (await Deployed.Refusal(() =>
        new Route53Domain("domain", Args()).AddRecord("apex", DomainName.Parse("example.com"), new RecordTarget.HostName("x.example.net")))).ShouldContain(
        "'example.com' is the apex of its zone, where DNS allows no CNAME: give the load balancer as an alias.");

    [Fact]
    public async Task Rejects_AHostOutsideOfTheZone() =>
        (await Deployed.Refusal(() => new Route53Domain("domain", Args(zone: "studios.example.com")))).ShouldContain(
            "Host 'example.com' is not in the zone 'studios.example.com': name a zone at or above all hosts of the platform.");

    private static Route53DomainArgs Args(string zone = "example.com", bool create = false, string? parent = null, Certificate.Acm? given = null) => new()
    {
        CreateZone = create,
        ExistingCertificate = given,
        Hosts = Hosts,
        ParentZone = parent is null ? null : DomainName.Parse(parent),
        Zone = DomainName.Parse(zone),
    };
}
