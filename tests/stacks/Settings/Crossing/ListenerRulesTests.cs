using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Crossing;

// Promise: an address that nothing answers at is refused, and so are names that share no owner.
public sealed class ListenerRulesTests
{
    private const string Arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    private const string Ssh = """{ "workspaces": "all" }""";

    private static readonly (string, string?)[] Gateway = [];
    private static readonly (string, string?)[] Ingress =
    [
        ("dns.cloudDns.way", "\"ingress\""),
        ("dns.cloudDns.certificate", """{ "clusterIssuer": "letsencrypt" }"""),
    ];
    private static readonly (string, string?)[] Alb =
    [
        ("studios.ingress.alb", "{}"),
        ("studios.ingress.certificates", $$"""[{ "names": ["*.example.com"], "arn": "{{Arn}}" }]"""),
    ];

    private static readonly (string, string?)[] Gce =
    [
        ("cluster.existing.kind", "\"gke\""),
        ("studios.ingress.gce", "{}"),
        ("studios.ingress.certificates", """[{ "names": ["*.example.com"], "preShared": "studios" }]"""),
    ];

    private static readonly (string, string?)[] Controller = [("dns.route53.loadBalancer", "\"ingress\""), ("studios.ingress.alb", "{}")];

    [Fact]
    public void Rejects_SshThroughWhatSpeaksHttpAlone()
    {
        GcpSample.Messages([.. Gateway, ("studios.ssh", Ssh)]).ShouldBe([Message("the Gateway of platform:dns.cloudDns")]);
        GcpSample.Messages([.. Ingress, ("studios.ssh", Ssh)]).ShouldBe([Message("the Ingress of platform:dns.cloudDns")]);
        StudiosSample.Messages([.. Alb, ("studios.ssh", Ssh)]).ShouldBe([Message("the Application Load Balancer of platform:studios.ingress.alb")]);
        StudiosSample.Messages([.. Gce, ("studios.ssh", Ssh)]).ShouldBe([Message("the Application Load Balancer of platform:studios.ingress.gce")]);
        AwsSample.Messages([.. Controller, ("studios.ssh", Ssh)]).ShouldBe([
            Message("the Application Load Balancer of platform:studios.ingress.alb", ", set dns.route53.loadBalancer: stack"),
        ]);

        static string Message(string balancer, string more = "") =>
            $$"""
            platform:studios.ssh.ownHost: is missing, and SSH cannot pass {{balancer}}, which has the host of connectUrl and speaks HTTP alone
              allowed: ownHost, or a host behind a layer 4 balancer
              fix:     ownHost: { host: connect-ssh.platform.example.com }{{more}}, or remove ssh
            """;
    }

    [Fact]
    public void Takes_SshWhereSomethingCarriesIt()
    {
        const string own = """{ "workspaces": "all", "ownHost": { "host": "ssh.example.com" } }""";
        GcpSample.Messages([.. Gateway, ("studios.ssh", own)]).ShouldBeEmpty();
        StudiosSample.Messages([.. Alb, ("studios.ssh", own)]).ShouldBeEmpty();
        AwsSample.Messages(("studios.ssh", Ssh)).ShouldBeEmpty();
        StudiosSample.Messages(("studios.ssh", Ssh)).ShouldBeEmpty();
        StudiosSample.Messages(("studios.ingress.traefik", "{}"), ("studios.ssh", Ssh)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ssh.example.org", "lies outside of the zone example.com, in which this stack makes its record", "a host in example.com, or externalDns: true")]
    [InlineData("more.example.com", "is one of the extraHosts of platform:dns, and a host has one record", "a host of its own")]
    public void Rejects_AnSshHostWithoutARecordOfItsOwn(string host, string what, string allowed) => AwsSample
        .Messages(
            ("dns.route53.platformService", "{}"),
            ("dns.route53.extraHosts", """["more.example.com"]"""),
            ("studios.ssh", $$"""{ "workspaces": "all", "ownHost": { "host": "{{host}}" } }"""))
        .ShouldBe([
            $"""
            platform:studios.ssh.ownHost.host: {what}
              given:   {host}
              allowed: {allowed}
              fix:     for example host: connect-ssh.example.com
            """,
        ]);

    [Fact]
    public void Takes_AnSshHostThatExternalDnsAnnounces() => AwsSample
        .Messages(("studios.ssh", """{ "workspaces": "all", "ownHost": { "host": "ssh.example.org", "externalDns": true } }"""))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("internetFacing", "false", "false", "say studios.ingress.alb.internal: true instead")]
    [InlineData("clients", """["10.0.0.0/8"]""", "[10.0.0.0/8]", "restrict clients where the controller makes the balancer")]
    public void Rejects_LimitsThatNobodySets(string key, string json, string given, string instead) => AwsSample
        .Messages([.. Controller, ($"dns.route53.{key}", json)])
        .ShouldBe([
            $"""
            platform:dns.route53.{key}: has no effect with loadBalancer: ingress, whose controller makes the balancer
              given:   {given}
              allowed: given with loadBalancer: stack
              fix:     set loadBalancer: stack, or remove {key} and {instead}
            """,
        ]);

    [Fact]
    public void Rejects_SshOnThePortOfTheWeb() => StudiosSample.Messages(
        ("studios.connectUrl", "\"https://connect.example.com:8443\""), ("studios.ssh", """{ "workspaces": "all", "port": 8443 }""")).ShouldBe([
        """
        platform:studios.ssh.port: is the port of connectUrl, on the same host
          given:   8443
          allowed: another port, or ownHost
          fix:     port: 2222
        """,
    ]);

    [Fact]
    public void Rejects_APortThatNoListenerHas()
    {
        (string, string?) port = ("studios.connectUrl", "\"https://connect.example.com:8443\"");
        AwsSample.Messages([port]).ShouldBe([Message("the load balancer of platform:dns.route53")]);
        GcpSample.Messages([port]).ShouldBe([Message("the Gateway of platform:dns.cloudDns")]);
        StudiosSample.Messages([.. Alb, port]).ShouldBe([Message("the Application Load Balancer of platform:studios.ingress.alb")]);
        StudiosSample.Messages([.. Gce, port]).ShouldBe([Message("the Application Load Balancer of platform:studios.ingress.gce")]);

        static string Message(string balancer) =>
            $"""
            platform:studios.connectUrl: names port 8443, and {balancer} listens on 443 for HTTPS
              given:   https://connect.example.com:8443
              allowed: the address without a port
              fix:     connectUrl: https://connect.example.com
            """;
    }

    [Fact]
    public void Rejects_APortOfThePlatformThatThisStackDoesNotServe()
    {
        (string, string?) port = ("studios.platform.url", "\"https://platform.example.com:8443\"");
        AwsSample.Messages([port, ("dns.route53.platformService", "{}")]).ShouldHaveSingleItem().ShouldBe(
            """
            platform:studios.platform.url: names port 8443, and the load balancer of platform:dns.route53 listens on 443 for HTTPS
              given:   https://platform.example.com:8443
              allowed: the address without a port
              fix:     url: https://platform.example.com
            """);
        AwsSample.Messages(port).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_PortsThatOthersServe()
    {
        StudiosSample.Messages(("studios.connectUrl", "\"https://connect.example.com:8443\"")).ShouldBeEmpty();
        StudiosSample.Messages(("studios.ingress.traefik", "{}"), ("studios.connectUrl", "\"https://connect.example.com:8443\"")).ShouldBeEmpty();
        AwsSample.Messages(("studios.connectUrl", "\"https://connect.example.com:443\"")).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_ACertificateOfAnotherRegion_WhereverItIsNamed()
    {
        const string other = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
        const string certificates = $$"""[{ "names": ["*.example.com"], "arn": "{{other}}" }]""";
        StudiosSample.Messages(("aws", """{ "region": "eu-west-1" }"""), ("studios.ingress.alb", "{}"), ("studios.ingress.certificates", certificates))
            .ShouldBe([Message("studios.ingress.certificates[0].arn", "")]);
        StudiosSample.Messages(
            ("cluster.existing.context", "\"arn:aws:eks:eu-west-1:123456789012:cluster/research\""),
            ("studios.ingress.alb", "{}"),
            ("studios.ingress.certificates", certificates)).ShouldBe([Message("studios.ingress.certificates[0].arn", "")]);
        AwsSample.Messages(("dns.route53.certificate", $$"""{ "arn": "{{other}}", "names": ["*.example.com", "platform.example.com"] }""")).ShouldBe([
            Message("dns.route53.certificate.arn", ", or remove certificate"),
        ]);

        static string Message(string at, string more) =>
            $"""
            platform:{at}: is in another region than the load balancer, which stands in eu-west-1
              given:   {other}
              allowed: a certificate in eu-west-1
              fix:     issue or import it there: aws acm request-certificate --region eu-west-1{more}
            """;
    }

    [Fact]
    public void Rejects_CertificatesOfTwoRegions() =>
        StudiosSample
            .Messages(
                ("studios.ingress.alb", "{}"),
                (
                    "studios.ingress.certificates",
                    $$"""
                    [{ "names": ["connect.example.com"], "arn": "{{Arn}}" }, { "names": ["*.example.com"], "arn": "{{Arn.Replace(
                        "eu-west-1",
                        "eu-west-2",
                        StringComparison.Ordinal
                    )}}" }]
                    """))
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                "platform:studios.ingress.certificates[1].arn: is in another region than the first certificate, which is in eu-west-1, and one load balancer shows both\n");

    [Theory]
    [InlineData("studios-wildcard")]
    [InlineData("arn:aws:iam::123456789012:server-certificate/studios")]
    [InlineData("arn:aws:acm:eu-west-1:123456789012:certificate/0f1e2d3c")]
    public void Rejects_WhatIsNoArnOfACertificate(string arn) => StudiosSample.Messages(
        ("studios.ingress.alb", "{}"), ("studios.ingress.certificates", $$"""[{ "names": ["*.example.com"], "arn": "{{arn}}" }]""")).ShouldBe([
        $"""
        platform:studios.ingress.certificates[0].arn: is not the ARN of a certificate
          given:   {arn}
          allowed: the ARN of a certificate of AWS Certificate Manager
          fix:     for example arn: arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef
        """,
    ]);

    [Theory]
    [InlineData("https://platform.acme.co.uk", "https://connect.other.co.uk", "https://connect.platform.acme.co.uk")]
    [InlineData("https://acme.co.uk", "https://connect.other.co.uk", "https://connect.acme.co.uk")]
    [InlineData("https://acme.github.io", "https://connect.other.github.io", "https://connect.acme.github.io")]
    public void Rejects_HostsOfTwoOwnersUnderOneSuffix(string platform, string connect, string example) => StudiosSample.Messages(
        ("studios.platform.url", $"\"{platform}\""), ("studios.connectUrl", $"\"{connect}\"")).ShouldBe([
        $"""
        platform:studios.connectUrl: lies in another domain than {platform}, so cookies do not reach both
          given:   {connect}
          allowed: a host in the domain of platform.url
          fix:     for example connectUrl: {example}
        """,
    ]);

    [Fact]
    public void Rejects_SessionsUnderAPublicSuffix() => StudiosSample.Messages(
        ("studios.platform.url", "\"https://platform.acme.co.uk\""), ("studios.connectUrl", "\"https://acme.co.uk\"")).ShouldBe([
        """
        platform:studios.connectUrl: leaves co.uk for the sessions once its first label is dropped, under which anybody can register
          given:   https://acme.co.uk
          allowed: a host with two labels or more before co.uk
          fix:     for example connectUrl: https://connect.platform.acme.co.uk
        """,
    ]);

    [Theory]
    [InlineData("https://platform.acme.co.uk", "https://connect.acme.co.uk")]
    [InlineData("https://acme.co.uk", "https://connect.acme.co.uk")]
    [InlineData("https://platform.lab.internal", "https://connect.lab.internal")]
    public void Takes_HostsOfOneOwner(string platform, string connect) => StudiosSample.Messages(
        ("studios.platform.url", $"\"{platform}\""), ("studios.connectUrl", $"\"{connect}\"")).ShouldBeEmpty();

    [Fact]
    public void Warns_OfPathRoutingOnAPeerDomain() =>
        StudiosSample
            .Warnings(("studios.connectUrl", "\"https://connect.example.org\""), ("studios.pathRouting", "true"))
            .ShouldBe([
                """
                platform:studios.connectUrl: lies in another domain than https://platform.example.com: path routing on a peer domain works only where browsers send cookies across both
                  given:   https://connect.example.org
                  allowed: a host in the domain of platform.url, or a peer domain that was tried with the browsers in use
                  fix:     for example connectUrl: https://connect.platform.example.com, or try a session first
                """,
            ]);
}
