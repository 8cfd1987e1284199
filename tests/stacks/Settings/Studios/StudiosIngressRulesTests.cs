namespace Tests.Stacks.Settings.Studios;

// Promise: every host has a certificate that the controller can show, and the wildcard never takes the Platform's requests.
public sealed class StudiosIngressRulesTests
{
    private const string Arn = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

    [Fact]
    public void Rejects_AWildcardOnAManagedCertificate() =>
        StudiosSample
            .Messages(("cluster.existing.kind", "\"gke\""), ("studios.ingress.gce.managedCertificate", "\"studios\""))
            .ShouldBe([
                """
                platform:studios.ingress.gce.managedCertificate: cannot hold the wildcard *.example.com of the sessions
                  given:   studios
                  allowed: absent, unless pathRouting is on
                  fix:     give the certificate in ingress.certificates as preShared or tlsSecret, or set pathRouting: true
                """,
            ]);

    [Fact]
    public void Takes_AManagedCertificateWithPathRouting() =>
        StudiosSample
            .Messages(("cluster.existing.kind", "\"gke\""), ("studios.ingress.gce.managedCertificate", "\"studios\""), ("studios.pathRouting", "true"))
            .ShouldBeEmpty();

    [Fact]
    public void Rejects_AnOrderBehindTheWildcard() => StudiosSample.Messages(
        ("studios.ingress.alb.platformOrder", "900"),
        ("studios.ingress.certificates", $$"""[{ "names": ["*.example.com"], "arn": "{{Arn}}" }]""")).ShouldBe([
        """
        platform:studios.ingress.alb.platformOrder: is not before 900, the order of the wildcard *.example.com, which would take the Platform's requests
          given:   900
          allowed: -1000 to 899
          fix:     give the Platform's Ingress a lower group.order, and the same number here
        """,
    ]);

    [Fact]
    public void Rejects_HostsThatNoCertificateCovers() => StudiosSample.Messages(
        ("studios.ingress.alb", "{}"),
        ("studios.ingress.certificates", $$"""[{ "names": ["connect.example.com"], "arn": "{{Arn}}" }]""")).ShouldBe([
        """
        platform:studios.ingress.certificates: has none for *.example.com
          given:   connect.example.com
          allowed: one or more certificates that together cover every host
          fix:     add a certificate whose names have *.example.com, beside the ones that are there
        """,
    ]);

    [Fact]
    public void Takes_ASecondCertificateForTheWildcard() =>
        StudiosSample
            .Messages(
                ("studios.ingress.alb", "{}"),
                (
                    "studios.ingress.certificates",
                    $$"""[{ "names": ["connect.example.com"], "arn": "{{Arn}}" }, { "names": ["*.example.com"], "arn": "{{Arn}}" }]"""))
            .ShouldBeEmpty();

    [Theory]
    [InlineData(
        "traefik",
        "arn",
        "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        "is for alb only",
        "tlsSecret, or preShared with gce"
    )]
    [InlineData("nginx", "preShared", "studios", "is for gce only", "arn with alb, tlsSecret with others")]
    [InlineData("alb", "tlsSecret", "studios", "is not for alb, which takes certificates from AWS Certificate Manager only", "arn")]
    public void Rejects_ACertificateThatTheControllerCannotShow(string controller, string kind, string value, string what, string allowed) =>
        StudiosSample
            .Messages(
                ($"studios.ingress.{controller}", "{}"),
                ("studios.ingress.certificates", $$"""[{ "names": ["*.example.com"], "{{kind}}": "{{value}}" }]"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                $"""
                platform:studios.ingress.certificates[0].{kind}: {what}
                  given:   {value}
                  allowed: {allowed}
                """);

    [Fact]
    public void Rejects_TwoControllers() => StudiosSample.Messages(("studios.ingress.alb", "{}"), ("studios.ingress.traefik", "{}")).ShouldNotBeEmpty();

    [Fact]
    public void Reminds_OfWhatAWildcardNeedsElsewhere()
    {
        Warnings(("studios.ingress.nginx.clusterIssuer", "\"letsencrypt\""))
            .ShouldContain(
                """
                platform:studios.ingress.nginx.clusterIssuer: must have a DNS-01 solver, because the sessions need a wildcard certificate and HTTP-01 gives none
                  given:   letsencrypt
                  allowed: an issuer with a DNS-01 solver
                  fix:     look at the issuer's solvers
                """);
        Warnings(("studios.ingress.traefik.certificateResolver", "\"le\""))
            .ShouldContain(
                """
                platform:studios.ingress.traefik.certificateResolver: must use a DNS challenge, because the sessions need a wildcard certificate and other challenges give none
                  given:   le
                  allowed: a resolver with a DNS challenge
                  fix:     look at the resolver's challenge
                """);
        Warnings(("studios.ingress.nginx.clusterIssuer", "\"letsencrypt\""), ("studios.pathRouting", "true")).ShouldBeEmpty();
    }

    [Fact]
    public void Reminds_OfDeprecatedImagesAndOfWhatOldGuidesSay()
    {
        Warnings(("studios.platform.version", "\"25.1.0\"")).ShouldHaveSingleItem().ShouldContain("private/nf-tower-enterprise/data-studio/connect-proxy");
        Warnings(("studios.platform.version", "\"25.3.6\""), ("studios.ssh.workspaces", "\"all\""))
            .ShouldHaveSingleItem()
            .ShouldContain("which the documentation of Platform 25.3 also calls 'disabled'");
        Warnings(("studios.platform.version", "\"26.1.3\""), ("studios.ssh.workspaces", "\"all\"")).ShouldBeEmpty();
    }

    [Fact]
    public void Reminds_OfAHealthCheckThatMayFail()
    {
        Warnings(
                ("cluster.existing.kind", "\"gke\""),
                ("studios.ingress.gce", "{}"),
                ("studios.ingress.certificates", """[{ "names": ["*.example.com"], "preShared": "studios" }]"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:studios.ingress.gce.healthCheckPath: is taken for healthy by Google's balancer only when it answers 200");
        Warnings(
                ("cluster.existing.kind", "\"gke\""),
                ("studios.ingress.gce.healthCheckPath", "\"/well\""),
                ("studios.ingress.certificates", """[{ "names": ["*.example.com"], "preShared": "studios" }]"""))
            .ShouldBeEmpty();
    }

    private static string[] Warnings(params (string Path, string? Json)[] changes)
    {
        var read = StudiosSample.Read(changes);
        read.Problems.ShouldBeEmpty();
        return
        [
            .. read.Warnings.Where(warning => !warning.What.StartsWith("names a ClusterIssuer", StringComparison.Ordinal))
                .Select(warning => warning.ToString()),
        ];
    }
}
