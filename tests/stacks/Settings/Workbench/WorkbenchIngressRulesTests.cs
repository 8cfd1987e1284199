using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.Workbench;

// Promise: a way to Workbench that nobody could go, or that leads a browser to another server each time, is refused with the key, the value and the way out.
public sealed class WorkbenchIngressRulesTests
{
    private const string Host = "\"host\": \"workbench.example.com\"";
    private const string Acm =
        """{ "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["*.example.com"] }""";

    private static readonly (string, string?) Plain = ("cluster.existing.kind", "\"kubernetes\"");
    private static readonly (string, string?) Eks = ("cluster.existing.kind", "\"eks\"");
    private static readonly (string, string?) Gke = ("cluster.existing.kind", "\"gke\"");

    private static readonly (string, string?)[] Aws =
    [
        ("aws", """{ "region": "eu-west-1" }"""),
        ("cluster", """
            { "eks": { "administrators": ["arn:aws:iam::123456789012:role/deploy"], "publicAccess": ["203.0.113.0/24"], "nodePools": { "general": { "instanceTypes": ["m7i.large"] } } } }
            """),
        ("dns", """{ "route53": { "zone": "example.com", "createZone": true } }"""),
    ];

    private static readonly (string, string?)[] Google =
    [
        ("gcp", """{ "project": "example-research", "region": "europe-west1" }"""),
        ("cluster", """{ "gke": { "nodePools": { "general": { "machineType": "n2-standard-4" } } } }"""),
        ("dns", """{ "cloudDns": { "zone": "example.com" } }"""),
    ];

    [Theory]
    [InlineData("alb", "{}")]
    [InlineData("alb", """{ "internal": true, "idleTimeoutSeconds": 4000, "accessLogs": {}, "webAcl": { "create": {} } }""")]
    public void Takes_AnAlbWithTheDomainsCertificate(string kind, string json) => On(Aws, 2, kind, json).ShouldBeEmpty();

    [Fact]
    public void Takes_AnAlbWithACertificateThatExists() => On([Eks], 3, "alb", $$"""{ "acm": {{Acm}} }""").ShouldBeEmpty();

    [Theory]
    [InlineData("gateway", "{}")]
    [InlineData("gce", "{}")]
    [InlineData("gce", """{ "preShared": "workbench", "requestLogPercent": 10, "cloudArmor": "platform" }""")]
    [InlineData("gateway", """{ "name": "platform", "namespace": "gateways", "listener": "https" }""")]
    public void Takes_WhatGkeHas(string kind, string json) => On(Google, 2, kind, json).ShouldBeEmpty();

    [Fact]
    public void Takes_AGatewayOfAnotherController_WithOneReplica() =>
        On([Plain], 1, "gateway", """{ "name": "shared", "namespace": "gateways", "controller": "other" }""").ShouldBeEmpty();

    [Fact]
    public void Rejects_AGatewayThatKeepsNoBrowser() =>
        On([Plain], 2, "gateway", """{ "name": "shared", "namespace": "gateways", "controller": "other" }""").ShouldBe([
            """
            platform:workbench.replicas: needs something that keeps a browser at one server pod, and platform:workbench.ingress.gateway is a Gateway of another controller than GKE's: session persistence is an experiment of the Gateway API, which not every controller has
              given:   2
              allowed: 1 behind such a Gateway
              fix:     remove replicas, or choose alb, gce, traefik or a Gateway of GKE
            """,
        ]);

    [Theory]
    [InlineData("gke", "alb", "EKS", "GKE")]
    [InlineData("eks", "gce", "GKE", "EKS")]
    public void Rejects_TheControllerOfAnotherCloud(string cluster, string kind, string wanted, string described) =>
        On([("cluster.existing.kind", $"\"{cluster}\"")], 1, kind, kind == "alb" ? $$"""{ "acm": {{Acm}} }""" : "{}").ShouldBe([
            $"""
            platform:workbench.ingress.{kind}: is a controller of {wanted}, and platform:cluster describes one of {described}
              allowed: traefik or nginx, or a cluster of {wanted}
              fix:     set platform:cluster.existing.kind: {wanted.ToLowerInvariant()} if it is one, or choose another controller
            """,
        ]);

    [Fact]
    public void Rejects_AGatewayOfGkeElsewhere() => On([Plain], 1, "gateway", """{ "name": "shared", "namespace": "gateways" }""").ShouldBe([
        """
        platform:workbench.ingress.gateway.controller: is a controller of GKE, and platform:cluster describes plain Kubernetes
          given:   gke
          allowed: other for a Gateway that exists, or a cluster of GKE
          fix:     set platform:cluster.existing.kind: gke if it is one, or choose another controller
        """,
    ]);

    [Theory]
    [InlineData(true, "alb", "or makeRecord: false where the record is made elsewhere")]
    [InlineData(false, "gce", "or makeRecord: false where the record is made elsewhere")]
    [InlineData(false, "gateway", "or name a Gateway that exists")]
    public void Rejects_AHostOutsideTheDomain(bool onAws, string kind, string otherwise) =>
        Messages(onAws ? Aws : Google, 1, $$"""{ "host": "workbench.example.org", "{{kind}}": {} }""").ShouldBe([
            $"""
            platform:workbench.ingress.host: lies outside of example.com, the zone of platform:dns that is to hold its record
              given:   workbench.example.org
              allowed: a host in example.com
              fix:     host: workbench.example.com, {otherwise}
            """,
        ]);

    [Fact]
    public void Takes_AHostOutsideTheDomain_WhoseRecordIsMadeElsewhere()
    {
        Messages(Google, 1, """{ "host": "workbench.example.org", "makeRecord": false, "gce": {} }""").ShouldBeEmpty();
        Messages(Aws, 1, $$"""{ "host": "lab.example.com", "makeRecord": false, "alb": {} }""").ShouldBeEmpty();
        Messages(Google, 1, """{ "host": "workbench.example.org", "tlsSecret": "tls", "traefik": {} }""").ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_AHostElsewhere_WithoutItsCertificate() =>
        Messages(Aws, 1, """{ "host": "workbench.example.org", "makeRecord": false, "alb": {} }""").ShouldHaveSingleItem()
            .ShouldStartWith("platform:workbench.ingress.alb.acm: is missing, and the zone example.com does not hold workbench.example.org");

    [Fact]
    public void Rejects_AnAlbWithoutACertificate() => On([Eks], 1, "alb", "{}").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.alb.acm: is missing, and there is no platform:dns.route53 in which a certificate could be issued");

    [Fact]
    public void Rejects_TheCertificateOfAnotherHost() => Messages([Eks], 1, $$"""{ "host": "workbench.example.org", "alb": { "acm": {{Acm}} } }""").ShouldBe([
        """
        platform:workbench.ingress.alb.acm.names: do not cover workbench.example.org
          given:   *.example.com
          allowed: names that cover the host
          fix:     give a certificate with that name, or remove acm to have one issued in platform:dns.route53
        """,
    ]);

    [Fact]
    public void Rejects_ACertificateOfAnotherRegion() => Messages(
            Aws, 1, $$"""{ {{Host}}, "alb": { "acm": {{Acm.Replace("eu-west-1", "us-east-1", StringComparison.Ordinal)}} } }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.alb.acm.arn: is in another region than the load balancer, which stands in eu-west-1");

    [Theory]
    [InlineData("tlsSecret", "workbench-tls")]
    [InlineData("clusterIssuer", "letsencrypt")]
    public void Rejects_ASecretForABalancerThatReadsNone(string key, string value) =>
        Messages(Aws, 1, $$"""{ {{Host}}, "{{key}}": "{{value}}", "alb": {} }""").ShouldBe([
            $"""
            platform:workbench.ingress.{key}: is not for alb: a balancer of AWS takes certificates from AWS Certificate Manager only
              given:   {value}
              allowed: given with traefik, nginx or gce
              fix:     remove it, and say alb.acm where the certificate exists
            """,
        ]);

    [Theory]
    [InlineData("""{ {0}, "tlsSecret": "x", "clusterIssuer": "y", "nginx": {} }""", "tlsSecret")]
    [InlineData("""{ {0}, "tlsSecret": "x", "gce": { "preShared": "y" } }""", "tlsSecret")]
    [InlineData("""{ {0}, "clusterIssuer": "x", "gce": { "preShared": "y" } }""", "clusterIssuer")]
    public void Rejects_TwoCertificates(string ingress, string first) =>
        Messages([Gke, ("certManager", """{ "existing": { "clusterIssuers": ["x", "y"] } }""")], 1, ingress.Replace("{0}", Host, StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.ingress.{first}: is given beside platform:workbench.ingress.");

    [Theory]
    [InlineData("""{ "namespace": "gateways" }""", "namespace: is that of a Gateway that exists, and there is no name")]
    [InlineData("""{ "listener": "https" }""", "listener: is that of a Gateway that exists, and there is no name")]
    [InlineData("""{ "name": "platform" }""", "namespace: is missing beside name")]
    [InlineData("""{ "controller": "other" }""", "name: is missing, and this stack makes Gateways of GKE only")]
    [InlineData("""{ "name": "x", "namespace": "y", "controller": "other", "cloudArmor": "z" }""", "cloudArmor: is for policies that only GKE has")]
    [InlineData("""{ "name": "x", "namespace": "y", "controller": "other", "healthCheckPath": "/ok" }""", "healthCheckPath: is for policies that only GKE has")]
    public void Rejects_HalfAGateway(string json, string what) => On(Google, 1, "gateway", json).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:workbench.ingress.gateway.{what}");

    [Fact]
    public void Rejects_AGatewayThatHasNowhereToHaveItsAddress() => On([Gke], 1, "gateway", "{}").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.gateway.name: is missing, and there is no platform:dns.cloudDns");

    [Fact]
    public void Rejects_AnAddressThatTheRecordCannotFollow() => On(Google, 1, "gce", """{ "staticAddress": "workbench" }""").ShouldBe([
        """
        platform:workbench.ingress.gce.staticAddress: names an address that exists, and the record in platform:dns.cloudDns needs one that this stack reserves
          given:   workbench
          allowed: absent beside platform:dns.cloudDns
          fix:     remove staticAddress, or set makeRecord: false and make the record by hand
        """,
    ]);

    [Fact]
    public void Rejects_TwoOwnersOfTheRecord() => Messages(
            [.. Aws, ("externalDns", """{ "domains": ["example.com"], "route53": {} }""")], 1, $$"""{ {{Host}}, "alb": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:externalDns.domains[0]: holds workbench.example.com, whose record platform:dns makes");

    [Fact]
    public void Rejects_AnAlbInAutoMode() => Messages(
            [.. Aws, ("cluster.eks.nodePools", null), ("cluster.eks.autoMode", "{}")], 1, $$"""{ {{Host}}, "alb": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.alb: makes its load balancer from annotations of Ingresses, of which EKS Auto Mode");

    [Fact]
    public void Rejects_AnHttp01IssuerForAnIngressOfGke() => Messages(
            [Gke, ("certManager", """{ "install": { "email": "a@example.com", "solver": { "http01": { "ingressClass": "gce" } } } }""")], 1,
            $$"""{ {{Host}}, "clusterIssuer": "letsencrypt", "gce": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.clusterIssuer: has an HTTP-01 solver, and an Ingress of GKE answers at no host");

    [Theory]
    [InlineData("\"idleTimeoutSeconds\": 600", "idleTimeoutSeconds")]
    [InlineData("\"internal\": true", "internal")]
    [InlineData("\"webAcl\": { \"create\": {} }", "webAcl")]
    public void Rejects_WhatStudiosSayOfTheirBalancer(string setting, string key) => StackSample.Made.Messages([
            ("aws", """{ "region": "eu-west-1" }"""), ("cluster.existing.kind", "\"eks\""),
            ("studios.ingress", $$"""{ "alb": {}, "certificates": [{{Acm}}] }"""),
            ("workbench", $$"""
                {
                  "license": { "server": "license.example.com:8989" }, "signIn": { "testUser": {} }, "createNamespace": false,
                  "database": { "existing": { "address": "postgres.example.com:5432", "passwordSecret": "x" } },
                  "ingress": { {{Host}}, "alb": { "group": "studio-platform", "acm": {{Acm}}, {{setting}} } }
                }
                """),
        ]).ShouldHaveSingleItem().ShouldStartWith(
            $"platform:workbench.ingress.alb.{key}: holds for the whole balancer, which platform:studios.ingress.alb describes in the group studio-platform");

    [Fact]
    public void Takes_TheTraefikOfTheStack() => Messages(
        [Plain, ("traefik", """{ "replicas": 3, "clients": ["203.0.113.0/24"] }""")], 2, $$"""{ {{Host}}, "tlsSecret": "x", "traefik": {} }""").ShouldBeEmpty();

    [Fact]
    public void Rejects_AnEntryPointThatItDoesNotHave() => Messages(
            [Plain, ("traefik", "{}")], 1, $$"""{ {{Host}}, "tlsSecret": "x", "traefik": { "entryPoint": "https" } }""").ShouldBe([
        """
        platform:workbench.ingress.traefik.entryPoint: is none of the Traefik of platform:traefik, whose entry point with TLS is websecure
          given:   https
          allowed: websecure
          fix:     remove entryPoint
        """,
    ]);

    [Fact]
    public void Rejects_AHostOutsideTheDomain_BehindTheTraefikOfTheStack() => Messages(
            [.. Aws, ("traefik", "{}")], 1, """{ "host": "workbench.example.org", "tlsSecret": "x", "traefik": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.host: lies outside of example.com");

    [Theory]
    [InlineData("entryPoint", "https", "is none of the Traefik of platform:traefik")]
    [InlineData("certificateResolver", "letsencrypt", "is for a Traefik that others look after, and that of platform:traefik has no resolvers")]
    [InlineData("redirectFrom", "web", "is for a Traefik that others look after, and that of platform:traefik sends http on to https by itself")]
    public void Rejects_WhatStudiosCannotAskOfIt(string key, string value, string what) => StackSample.Made.Messages([
        ("traefik", "{}"), ("studios.ingress", $$"""{ "traefik": { "{{key}}": "{{value}}" } }"""),
    ]).ShouldHaveSingleItem().ShouldStartWith($"platform:studios.ingress.traefik.{key}: {what}");

    [Fact]
    public void Rejects_AnInternalBalancerThatNobodyMakes() => WorkbenchSample.Messages(("traefik", """{ "internal": true }""")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:traefik.internal: is for balancers of AWS and Google Cloud, and platform:cluster describes plain Kubernetes");

    [Fact]
    public void Rejects_HalfOfTheFiles() => WorkbenchSample.Messages(
        [("workbenchTlsCertificate", "marker-certificate")], ("workbench.ingress", $$"""{ {{Host}}, "nginx": {} }""")).ShouldBe([
        """
        platform:workbenchTlsKey: is missing: certificate and key come together
          allowed: both, or none of them
          fix:     pulumi config set --secret platform:workbenchTlsKey < tls.key
        """,
    ]);

    [Fact]
    public void Rejects_FilesThatAreNone() => WorkbenchSample.Messages(
        [("workbenchTlsCertificate", "marker-certificate"), ("workbenchTlsKey", "marker-key")],
        ("workbench.ingress", $$"""{ {{Host}}, "nginx": {} }""")).ShouldBe([
        """
        platform:workbenchTlsCertificate: holds no certificate in PEM
          given:   [secret]
          allowed: the certificate of the host in PEM, first, and those of the authorities above it
          fix:     pulumi config set --secret platform:workbenchTlsCertificate < tls.crt
        """,
    ]);

    [Fact]
    public void Takes_FilesThatCannotBeOpenedHere() => WorkbenchSample.Messages(
        [("workbenchTlsCertificate", SettingsReader.Unknown), ("workbenchTlsKey", SettingsReader.Unknown)],
        ("workbench.ingress", $$"""{ {{Host}}, "traefik": {} }""")).ShouldBeEmpty();

    private static string[] On((string, string?)[] platform, int replicas, string kind, string json) =>
        Messages(platform, replicas, $$"""{ {{Host}}, "{{kind}}": {{json}} }""");

    private static string[] Messages((string, string?)[] platform, int replicas, string ingress) =>
        WorkbenchSample.Messages([.. platform, ("workbench.replicas", $"{replicas}"), ("workbench.ingress", ingress)]);
}
