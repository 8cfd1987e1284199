using Infra.Dns;
using Infra.LoadBalancing;
using Tests.Support;

namespace Tests.Infra.Dns;

// Promise: names are signed and delegated, and a certificate for host and wildcard is proven in DNS before anything listens.
public sealed class CloudDnsDomainTests
{
    private static readonly DomainName Zone = DomainName.Parse("studios.example.com");

    [Fact]
    public async Task ANewZone_IsPublicAndSigned() => (await Deployed.Of(() => Make())).Inputs("domain-zone").ShouldBe(Deployed.Json(
        """
        {
          "description": "Studio Platform",
          "dnsName": "studios.example.com.",
          "dnssecConfig": { "state": "on" },
          "forceDestroy": false,
          "visibility": "public"
        }
        """));

    [Fact]
    public async Task TheParentZone_DelegatesIt() => (await Deployed.Of(() => Make())).Inputs("domain-delegation").ShouldBe(Deployed.Json(
        """
        {
          "managedZone": "example-com",
          "name": "studios.example.com.",
          "rrdatas": ["ns-1.example.net.", "ns-2.example.net."],
          "ttl": 21600,
          "type": "NS"
        }
        """));

    [Fact]
    public async Task ARecord_LeadsToAnAddressThatIsKnownFirst() =>
        (
            await Deployed.Of(() =>
                Make().AddRecord("record", Zone.Wildcard(), new StaticAddress("edge", new StaticAddressArgs { AddressName = "studio-edge" }).Target)))
            .Inputs("record")
            .ShouldBe(
                Deployed.Json(
                    """
                    { "managedZone": "domain-zone-1a2b3c4d", "name": "*.studios.example.com.", "rrdatas": ["198.51.100.7"], "ttl": 300, "type": "A" }
                    """));

    [Fact]
    public async Task ARecordOfAnotherHost_IsACname() =>
        (await Deployed.Of(() => Make().AddRecord("record", Zone.Child("old"), new RecordTarget.HostName("other.example.net"))))
            .Inputs("record")
            .ShouldBe(
                Deployed.Json(
                    """{ "managedZone": "domain-zone-1a2b3c4d", "name": "old.studios.example.com.", "rrdatas": ["other.example.net."], "ttl": 300, "type": "CNAME" }"""));

    [Fact]
    public async Task OneProof_IsGoodForHostAndWildcard()
    {
        var plan = (await Deployed.Of(() => Make(issue: true))).Plan;

        plan.Keys.Where(key => key.StartsWith("gcp:certificatemanager/", StringComparison.Ordinal) || key.EndsWith("-proof", StringComparison.Ordinal))
            .ShouldBe([
                "gcp:certificatemanager/certificate:Certificate::domain-certificate",
                "gcp:certificatemanager/certificateMap:CertificateMap::domain-certificate-map",
                "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry::domain-certificate-any-studios-example-com-8c0c4848",
                "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry::domain-certificate-studios-example-com-c6b7173d",
                "gcp:certificatemanager/dnsAuthorization:DnsAuthorization::domain-certificate-studios-example-com-c6b7173d",
                "gcp:dns/recordSet:RecordSet::domain-certificate-studios-example-com-c6b7173d-proof",
            ]);
        plan["gcp:certificatemanager/certificate:Certificate::domain-certificate"]
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "managed": { "dnsAuthorizations": ["domain-certificate-studios-example-com-c6b7173d_id"], "domains": ["studios.example.com", "*.studios.example.com"] },
                      "scope": "DEFAULT"
                    }
                    """));
        plan["gcp:dns/recordSet:RecordSet::domain-certificate-studios-example-com-c6b7173d-proof"]
            .ShouldBe(
                Deployed.Json(
                    """
                    { "managedZone": "domain-zone-1a2b3c4d", "name": "_acme.studios.example.com.", "rrdatas": ["proof-of-studios.example.com."], "ttl": 300, "type": "CNAME" }
                    """));
        plan["gcp:certificatemanager/certificateMapEntry:CertificateMapEntry::domain-certificate-any-studios-example-com-8c0c4848"]
            .ShouldBe(
                Deployed.Json(
                    """{ "certificates": ["domain-certificate_id"], "hostname": "*.studios.example.com", "map": "domain-certificate-map-1a2b3c4d" }"""));
    }

    [Fact]
    public async Task TheCertificate_CoversEveryHost()
    {
        CloudDnsDomain? domain = null;
        await Deployed.Of(() => domain = Make(issue: true));

        domain!.Hosts.All.ShouldAllBe(host => domain.Certificates.Any(certificate => certificate.Covers(host)));
    }

    [Fact]
    public async Task AnExistingZone_IsFoundByItsName()
    {
        CloudDnsDomain? domain = null;
        var deployed = await Deployed.Of(() => domain = Make(managedZone: "example-com", zone: "example.com"));

        (await Deployed.ValueOf(domain!.ManagedZone)).ShouldBe("example-com");
        deployed.Has("domain-zone").ShouldBeFalse();
    }

    [Fact]
    public async Task Rejects_AZoneOfAnotherDomain() =>
        (await Deployed.Refusal(() => Make(managedZone: "example-com"))).ShouldContain(
            "Managed zone 'example-com' holds 'example.com' and not 'studios.example.com': name the zone of 'studios.example.com' (gcloud dns managed-zones list).");

    [Fact]
    public async Task Rejects_HostsOutsideOfTheZone() => (await Deployed.Refusal(() => Make(zone: "other.example.com"))).ShouldContain(
        "Host 'studios.example.com' is not in the zone 'other.example.com': name a zone at or above all hosts of the platform.");

    [Fact]
    public async Task Rejects_ACnameAtTheApex() =>
        (await Deployed.Refusal(() => Make().AddRecord("record", Zone, new RecordTarget.HostName("other.example.net")))).ShouldContain(
            "'studios.example.com' is the apex of its zone, where DNS allows no CNAME: give the load balancer's address.");

    private static CloudDnsDomain Make(string zone = "studios.example.com", string? managedZone = null, bool issue = false)
    {
        var connect = DomainName.Parse("connect.studios.example.com");
        return new CloudDnsDomain(
            "domain",
            new CloudDnsDomainArgs
            {
                Hosts = new PlatformHosts(Zone, connect, SessionRouting.BesideConnect(connect), []),
                IssueCertificate = issue,
                ManagedZone = managedZone,
                ParentManagedZone = managedZone is null ? "example-com" : null,
                Project = GcpParts.Project(),
                Zone = DomainName.Parse(zone),
            });
    }
}
