namespace Tests.Stacks.Settings.Gcp;

// Promise: sizes, certificates and accounts that Google Cloud would refuse after half an hour are refused at once.
public sealed class GcpServicesRulesTests
{
    [Theory]
    [InlineData("zonal", 512, "1024", "1024 to 9984 or 10240 to 102400")]
    [InlineData("basicSsd", 1024, "2560", "2560 to 65433")]
    [InlineData("enterprise", 100, "1024", "1024 to 10240")]
    public void Rejects_FilestoreUnderItsTiersMinimum(string tier, int size, string minimum, string sizes) =>
        GcpSample
            .Messages(
                ("cluster.gke.location", tier == "enterprise" ? "\"europe-west1\"" : "\"europe-west1-b\""),
                ("storage.filestore.tier", $"\"{tier}\""),
                ("storage.filestore.capacityGiB", $"{size}"))
            .ShouldBe([
                $"""
                platform:storage.filestore.capacityGiB: is less than the {minimum} GiB with which the tier {tier} starts
                  given:   {size}
                  allowed: {sizes}
                  fix:     capacityGiB: {minimum}, or another tier
                """,
            ]);

    [Fact]
    public void Rejects_FilestoreBetweenItsBands() => GcpSample.Messages(("storage.filestore.capacityGiB", "10000")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:storage.filestore.capacityGiB: is no size of the tier regional\n  given:   10000\n");

    [Fact]
    public void Rejects_ARegionalTierInAZonalCluster() => GcpSample.Messages(("cluster.gke.location", "\"europe-west1-b\"")).ShouldBe([
        """
        platform:storage.filestore.tier: is for regional clusters only, and the cluster stands in one zone, europe-west1-b
          given:   regional
          allowed: basicHdd, basicSsd or zonal
          fix:     tier: zonal, or a region as the location of the cluster
        """,
    ]);

    [Fact]
    public void Rejects_AZonalInstanceWithoutAZone() => GcpSample.Messages(("storage.filestore.tier", "\"zonal\"")).ShouldBe([
        """
        platform:storage.filestore.zone: is missing: instances of the tier zonal stand in one zone, and the cluster in several
          allowed: a zone of europe-west1
          fix:     zone: europe-west1-b, or tier: regional
        """,
    ]);

    [Theory]
    [InlineData("regional", "is given, and the tier or GKE decides where instances stand")]
    [InlineData("zonal", "is no zone of europe-west1")]
    public void Rejects_AZoneThatCannotBe(string tier, string what) =>
        GcpSample
            .Messages(("storage.filestore.tier", $"\"{tier}\""), ("storage.filestore.zone", "\"europe-west4-b\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith($"platform:storage.filestore.zone: {what}\n");

    [Fact]
    public void Rejects_AClaimUnderTheTiersMinimum() => GcpSample.Messages(
        ("storage.filestore", """{ "tier": "zonal", "instancePerClaim": true }"""), ("tower.environments.research.scratch.size", "\"10Gi\"")).ShouldBe([
        """
        platform:tower.environments.research.scratch.size: is no size that Filestore's tier zonal has
          given:   10Gi
          allowed: 1024 to 9984 or 10240 to 102400, in GiB
          fix:     size: 1024Gi
        """,
    ]);

    [Fact]
    public void Rejects_ASizeBesideAnInstanceForEveryClaim() =>
        GcpSample
            .Messages(("storage.filestore", """{ "tier": "zonal", "instancePerClaim": true, "capacityGiB": 2048 }"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage.filestore.capacityGiB: is given with instancePerClaim, where each claim says its size\n");

    [Fact]
    public void Rejects_TwoEnvironmentsOnOneShare() =>
        GcpSample
            .Messages(("tower.environments.clinical", """{ "namespace": "tower-clinical", "scratch": {} }"""))
            .ShouldBe([
                """
                platform:storage.filestore.instancePerClaim: leaves clinical and research one share, so that each sees the other's files
                  given:   false
                  allowed: true, where several environments have scratch
                  fix:     instancePerClaim: true
                """,
            ]);

    [Theory]
    [InlineData("seqera-platform@example-research")]
    [InlineData("me@example.com")]
    [InlineData("123456-compute@developer.gserviceaccount.com")]
    public void Rejects_AServiceAccountThatIsNone(string email) => GcpSample.Messages(("tower.gke.serviceAccount", $"\"{email}\"")).ShouldBe([
        $"""
        platform:tower.gke.serviceAccount: is not the e-mail address of a service account
          given:   {email}
          allowed: name@project.iam.gserviceaccount.com, with a name of 6 to 30 characters
          fix:     for example serviceAccount: seqera-platform@example-research.iam.gserviceaccount.com
        """,
    ]);

    [Fact]
    public void Rejects_AWildcardOnAManagedCertificate() =>
        GcpSample
            .Messages(("dns.cloudDns.way", "\"ingress\""), ("dns.cloudDns.certificate", """{ "managedCertificate": "studios" }"""))
            .ShouldBe([
                """
                platform:dns.cloudDns.certificate.managedCertificate: cannot hold the wildcard *.example.com of the sessions
                  given:   studios
                  allowed: clusterIssuer or tlsSecret, unless studios.pathRouting is on
                  fix:     set way: gateway and remove certificate: Google then issues one with the wildcard
                """,
            ]);

    [Fact]
    public void Takes_AManagedCertificateWithPathRouting() =>
        GcpSample
            .Messages(
                ("dns.cloudDns.way", "\"ingress\""),
                ("dns.cloudDns.certificate", """{ "managedCertificate": "studios" }"""),
                ("studios.pathRouting", "true"))
            .ShouldBeEmpty();

    [Fact]
    public void Rejects_AnIngressWithoutACertificate() => GcpSample.Messages(("dns.cloudDns.way", "\"ingress\"")).ShouldBe([
        """
        platform:dns.cloudDns.certificate: is missing: an Ingress of GKE cannot have the certificate map of a Gateway
          allowed: clusterIssuer, tlsSecret or managedCertificate
          fix:     certificate: { clusterIssuer: letsencrypt-dns }, or way: gateway
        """,
    ]);

    [Theory]
    [InlineData(
        "dns.cloudDns.certificate",
        """{ "tlsSecret": "studios-tls" }""",
        "platform:dns.cloudDns.certificate: is for an Ingress, and a Gateway takes a certificate map that Google fills"
    )]
    [InlineData("dns.cloudDns.zone", "\"example.org\"", "platform:dns.cloudDns.zone: does not hold platform.example.com")]
    [InlineData(
        "dns.cloudDns.extraHosts",
        """["user-data.example.com"]""",
        "platform:dns.cloudDns.extraHosts: are hosts of the Platform's frontend, and platformService does not say where that is"
    )]
    [InlineData("dns.cloudDns.parentRoute53Zone", "\"com.example\"", "platform:dns.cloudDns.parentRoute53Zone: is not above the zone example.com")]
    [InlineData(
        "studios.ingress",
        """{ "gce": {}, "certificates": [{ "names": ["*.example.com"], "preShared": "studios" }] }""",
        "platform:studios.ingress: is given, and platform:dns.cloudDns routes the hosts to connect-proxy already"
    )]
    public void Rejects_WaysThatContradict(string path, string json, string what) =>
        GcpSample.Messages((path, json)).Select(message => message.Split('\n')[0]).ShouldContain(what);

    [Fact]
    public void Rejects_AParentInAnAccountThatIsNotNamed() => GcpSample.Messages(
        ("dns.cloudDns.zone", "\"studios.example.com\""),
        ("studios.platform.url", "\"https://studios.example.com\""),
        ("studios.connectUrl", "\"https://connect.studios.example.com\""),
        ("dns.cloudDns.parentRoute53Zone", "\"example.com\"")).ShouldBe([
        """
        platform:dns.cloudDns.parentRoute53Zone: lies in an AWS account, and platform:aws is missing
          given:   example.com
          allowed: platform:aws beside it
          fix:     add platform:aws: { region: eu-west-1 }
        """,
    ]);

    [Fact]
    public void Rejects_AServerWithoutAReplicaInProduction() =>
        GcpSample
            .Messages(("production", "true"), ("redis.memorystore.highAvailability", "false"))
            .ShouldBe([
                """
                platform:redis.memorystore.highAvailability: leaves a production stack without a server while its zone is away
                  given:   false
                  allowed: true
                  fix:     remove highAvailability, or set production: false
                """,
            ]);

    [Fact]
    public void Rejects_GoogleCloudBesideAForeignCluster() =>
        GcpSample
            .Messages(("cluster", """{ "existing": { "context": "gke" } }"""))
            .Select(message => message.Split('\n')[0])
            .ShouldBe(
                [
                    "platform:dns.cloudDns: needs a GKE cluster, and the stack file does not describe one",
                    "platform:redis.memorystore: needs a GKE cluster, and the stack file does not describe one",
                    "platform:storage.filestore: needs a GKE cluster, and the stack file does not describe one",
                    "platform:tower.environments.research.fusion: is given for a cluster that is not described as EKS or GKE",
                    "platform:tower.gke: needs a GKE cluster, and the stack file does not describe one",
                ],
                ignoreOrder: true);
}
