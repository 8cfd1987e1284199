using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Crossing;

// Promise: an Ingress asks for certificates only where somebody issues them, and no record has two owners.
public sealed class ClusterControllersTests
{
    private const string Install = """{ "install": { "email": "ops@example.com", "solver": { "cloudDns": {} } } }""";
    private const string Http01 = """{ "install": { "email": "ops@example.com", "solver": { "http01": { "ingressClass": "nginx" } } } }""";

    private static readonly (string Path, string? Json)[] GkeIngress =
        [("dns.cloudDns.way", "\"ingress\""), ("dns.cloudDns.certificate.clusterIssuer", "\"letsencrypt\"")];

    private static readonly (string Path, string? Json)[] Nginx = [("studios.ingress", """{ "nginx": { "clusterIssuer": "letsencrypt" } }""")];

    [Fact]
    public void AnIssuerThatNobodyVouchesFor_IsNamed() => Warnings(GkeIngress).ShouldBe([
        """
        platform:dns.cloudDns.certificate.clusterIssuer: names a ClusterIssuer that this stack does not install, and nothing in the stack file says that it exists: without it there is no certificate
          given:   letsencrypt
          allowed: an issuer of platform:certManager
          fix:     certManager: { existing: { clusterIssuers: [letsencrypt] } } where it exists, or certManager.install with issuer: letsencrypt
        """,
    ]);

    [Theory]
    [InlineData(Install)]
    [InlineData("""{ "existing": { "clusterIssuers": ["other", "letsencrypt"] } }""")]
    public void AnIssuerThatThereIs_PassesWithoutAWord(string certManager)
    {
        Warnings([.. GkeIngress, ("certManager", certManager)]).ShouldBeEmpty();
        GcpSample.Messages([.. GkeIngress, ("certManager", certManager)]).ShouldBeEmpty();
    }

    [Fact]
    public void AnIssuerThatNobodyAsks_IsNamed() => Warnings([("certManager", """{ "existing": { "clusterIssuers": ["internal"] } }""")]).ShouldBe([
        """
        platform:certManager: is read by nothing: no Ingress of this stack names a ClusterIssuer
          allowed: given beside dns.cloudDns.certificate.clusterIssuer or studios.ingress.nginx.clusterIssuer
          fix:     remove it, or name the issuer there
        """,
    ]);

    [Fact]
    public void Rejects_AnotherIssuerThanThereIs() => StudiosSample.Messages(
        [.. Nginx, ("certManager", """{ "existing": { "clusterIssuers": ["internal"] } }""")]).ShouldBe([
        """
        platform:studios.ingress.nginx.clusterIssuer: names a ClusterIssuer that platform:certManager does not have
          given:   letsencrypt
          allowed: internal
          fix:     name internal, or add letsencrypt to platform:certManager
        """,
    ]);

    [Fact]
    public void Rejects_Http01ForTheWildcardOfSessions() => StudiosSample.Messages([.. Nginx, ("certManager", Http01)]).Single()
        .ShouldStartWith("platform:studios.ingress.nginx.clusterIssuer: has an HTTP-01 solver, which proves no wildcard, and the sessions have *.example.com");

    [Fact]
    public void WithPathRouting_Http01IsEnough() =>
        StudiosSample.Messages([.. Nginx, ("certManager", Http01), ("studios.pathRouting", "true")]).ShouldBeEmpty();

    [Fact]
    public void Rejects_Http01ForAnIngressOfGke() => GcpSample.Messages([.. GkeIngress, ("certManager", Http01), ("studios.pathRouting", "true")]).Single()
        .ShouldStartWith("platform:dns.cloudDns.certificate.clusterIssuer: has an HTTP-01 solver, and an Ingress of GKE answers at no host before its "
            + "certificate is there\n");

    [Theory]
    [InlineData("""{ "route53": {} }""", "platform:certManager.install.solver.route53: needs the VPC of the cluster")]
    [InlineData("""{ "cloudDns": { "managedZone": "x" } }""", null)]
    public void Rejects_ASolverOfAnotherCloud(string solver, string? what) => GcpSample
        .Messages(("aws", """{ "region": "eu-west-1" }"""), ("certManager", $$"""{ "install": { "email": "ops@example.com", "solver": {{solver}} } }"""))
        .Select(message => message.Split(',')[0]).ShouldBe(
            what is null ? [] : [what, "platform:certManager.install.solver.route53: does not say which zone"], ignoreOrder: true);

    [Fact]
    public void Rejects_ASolverWithoutAZone() => AwsSample
        .Messages(("dns", null), ("certManager", """{ "install": { "email": "ops@example.com", "solver": { "route53": {} } } }""")).Single()
        .ShouldStartWith("platform:certManager.install.solver.route53: does not say which zone, and there is no dns.route53 whose zone it could be\n");

    [Theory]
    [InlineData("ops")]
    [InlineData("ops@example")]
    public void Rejects_WhatIsNoAddress(string email) =>
        GcpSample.Messages(("certManager", Install.Replace("ops@example.com", email, StringComparison.Ordinal))).Single()
            .ShouldContain("is not an e-mail address");

    [Theory]
    [InlineData("example.com")]
    [InlineData("connect.example.com")]
    public void Rejects_TwoOwnersOfOneRecord(string domain) => AwsSample
        .Messages(("externalDns", $$"""{ "domains": ["{{domain}}"], "route53": {} }""")).Single()
        .ShouldStartWith($"platform:externalDns.domains[0]: holds {(domain == "example.com" ? "platform.example.com" : domain)}, whose record platform:dns "
            + "makes: two owners of one record undo each other's changes\n");

    [Fact]
    public void DomainsBesideThePlatform_AreExternalDnss() =>
        AwsSample.Messages(("externalDns", """
            { "domains": ["apps.example.com"], "policy": "sync", "owner": "studio-a", "route53": { "identity": "irsa" } }
            """)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "domains": [], "route53": {} }""", "platform:externalDns.domains: is empty")]
    [InlineData("""{ "domains": ["*.apps.example.com"], "route53": {} }""", "platform:externalDns.domains[0]: is a wildcard")]
    [InlineData("""{ "domains": ["apps.example.org"], "route53": {} }""", "platform:externalDns.domains[0]: is not in the zone example.com")]
    [InlineData("""{ "domains": ["apps.example.com"], "cloudDns": {} }""", "platform:gcp: is missing")]
    public void Rejects_DomainsThatAreNone(string externalDns, string what) =>
        AwsSample.Messages(("externalDns", externalDns)).ShouldContain(message => message.StartsWith(what, StringComparison.Ordinal));

    [Fact]
    public void AHostThatNothingAnnounces_IsNamed() => AwsSample.Read(
        ("externalDns", """{ "domains": ["apps.example.com"], "route53": {} }"""),
        ("studios.ssh", """{ "workspaces": "all", "ownHost": { "host": "ssh.example.com", "externalDns": true } }"""))
        .Warnings.Select(warning => warning.Path.Text).ShouldContain("platform:studios.ssh.ownHost.host");

    [Fact]
    public void Rejects_ANamespaceThatIsTheirs() =>
        AwsSample.Messages(("tower.environments.research.namespace", "\"external-dns\"")).Single().ShouldContain("belongs to external-dns");

    private static string[] Warnings((string Path, string? Json)[] changes) => [.. GcpSample.Read(changes).Warnings.Select(warning => warning.ToString())];
}
