namespace Tests.Stacks.Settings.Aws;

// Promise: what would give a host without its Platform, its certificate, its secrets or a free port is refused in the stack file, with what to write instead.
public sealed class ComposeRulesTests
{
    private static readonly StackSample Sample = new(
        """
        {
          "aws": { "region": "eu-west-1", "accountIds": ["123456789012"] },
          "dns": { "route53": { "zone": "example.com" } },
          "backup": {},
          "compose": {
            "platform": { "url": "https://example.com", "version": "24.1.4" },
            "connectUrl": "https://connect.example.com",
            "host": { "contactEmail": "seqera@example.com", "secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:seqera-platform-AbCdEf" }
          }
        }
        """);

    private static readonly (string, string?)[] FilesAlone = [("compose.host", null), ("aws", null), ("dns", null), ("backup", null)];

    [Theory]
    [InlineData("compose.platform.version", "\"24.2.3\"")]
    [InlineData("compose.allowedWorkspaces", "[]")]
    [InlineData("compose.host.image", "\"ami-0123456789abcdef0\"")]
    [InlineData("compose.host.variables", """{ "TOWER_SMTP_HOST": "mail.example.com", "TOWER_ENABLE_PLATFORMS": "awsbatch-platform" }""")]
    [InlineData("compose.signingKey", """{ "rotation": 2 }""")]
    [InlineData("dns.route53.extraHosts", "[\"user-data.example.com\"]")]
    [InlineData("backup", null)]
    public void Takes(string path, string? json)
    {
        var read = EditorCheck.Agreed(Sample.Raw((path, json)));

        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        read.Warnings.Select(warning => warning.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_FilesAlone_WithoutACloud()
    {
        var read = EditorCheck.Agreed(Sample.Raw(FilesAlone));

        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        read.Warnings.Select(warning => warning.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("24.1.3", "cannot run Data Studios", "upgrade the Platform to 24.1.4 first")]
    [InlineData("23.4.0", "cannot run Data Studios", "upgrade the Platform to 24.1.4 first")]
    [InlineData("24.3.0", "is newer than the guide that this program follows for Docker Compose", "run Studios on Kubernetes: describe platform:studios")]
    [InlineData("25.1.0", "is newer than the guide that this program follows for Docker Compose", "run Studios on Kubernetes: describe platform:studios")]
    [InlineData("26.1.3", "is newer than the guide that this program follows for Docker Compose", "run Studios on Kubernetes: describe platform:studios")]
    public void Rejects_AVersionWithoutDataStudiosByDockerCompose(string version, string what, string fix) =>
        Sample.Messages(("compose.platform.version", $"\"{version}\"")).ShouldBe([
            $"""
            platform:compose.platform.version: {what}
              given:   {version}
              allowed: 24.1.4 up to, not including, 24.3.0
              fix:     {fix}
            """,
        ]);

    [Theory]
    [InlineData("https://connect.studios.example.com")]
    [InlineData("https://connect.example.org")]
    [InlineData("https://example.com")]
    public void Rejects_AConnectUrlThatIsNotOfTheFirstLevel(string url) => Sample.Messages(("compose.connectUrl", $"\"{url}\"")).ShouldContain(
        $"""
        platform:compose.connectUrl: is not one label below example.com, so that the Platform's wildcard covers neither it nor the sessions
          given:   {url}
          allowed: https://<one label>.example.com
          fix:     for example connectUrl: https://connect.example.com
        """);

    [Theory]
    [InlineData(9090, "connect-proxy")]
    [InlineData(7070, "connect-server")]
    public void Rejects_APortThatIsTaken(int port, string owner) => Sample.Messages(("compose.frontendPort", $"{port}")).ShouldBe([
        $"""
        platform:compose.frontendPort: is the port of {owner} on the same host
          given:   {port}
          allowed: 1024 to 65535, without 7070 and 9090
          fix:     frontendPort: 8000
        """,
    ]);

    // Without a domain there is no certificate.
    [Fact]
    public void Rejects_AHostWithoutACertificate() => Sample.Messages(("dns", null)).ShouldBe([
        """
        platform:dns: is missing, and platform:compose.host needs it
          allowed: an object with exactly one of route53, cloudDns
          fix:     describe platform:dns in the stack file, or remove platform:compose.host
        """,
    ]);

    [Theory]
    [InlineData("eu-central-1", """["example.com", "*.example.com"]""", "certificate.arn: is in another region than the load balancer, which stands in eu-west-1")]
    [InlineData("eu-west-1", """["example.com", "connect.example.com"]""", "certificate.names: do not cover *.example.com")]
    public void Rejects_ACertificateThatDoesNotServe(string region, string names, string message) => Sample.Messages((
        "dns.route53.certificate",
        $$"""{ "arn": "arn:aws:acm:{{region}}:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "names": {{names}} }"""))
        .Select(First).ShouldBe([$"platform:dns.route53.{message}"]);

    [Theory]
    [InlineData("compose.host.instanceType", "\"m7g.xlarge\"", "compose.host.instanceType: has Arm processors, and the vendor's images are made for x86-64")]
    [InlineData("compose.host.secret", "\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:seqera-AbCdEf\"",
        "compose.host.secret: is in another region than the host, which stands in eu-west-1")]
    [InlineData("compose.host.secret", "\"arn:aws:secretsmanager:eu-west-1:210987654321:secret:seqera-AbCdEf\"",
        "compose.host.secret: is in another account, whose secrets the host's role cannot read")]
    [InlineData("compose.host.secret", "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:seqera\"", "compose.host.secret: is not the ARN of a secret")]
    [InlineData("compose.host.variables", """{ "TOWER_SMTP_PASSWORD": "x" }""",
        "compose.host.variables.TOWER_SMTP_PASSWORD: has the name of a secret and a plain value, which everybody reads who may read the SSM document")]
    [InlineData("compose.host.variables", """{ "TOWER_LICENSE": "x" }""", "compose.host.variables.TOWER_LICENSE: is taken from the secret as well")]
    [InlineData("compose.host.variables", """{ "TOWER_SERVER_URL": "x" }""", "compose.host.variables.TOWER_SERVER_URL: is set by this program itself")]
    [InlineData("compose.host.secretVariables", """["TOWER_JWT_SECRET"]""", "compose.host.secretVariables.TOWER_JWT_SECRET: is set by this program itself")]
    [InlineData("compose.host.variables", """{ "A": "{{ x }}" }""",
        "compose.host.variables.A: holds {{, which Systems Manager takes for a parameter of its own")]
    [InlineData("compose.host.variables", """{ "A": "it's `x`" }""",
        "compose.host.variables.A: holds a backtick beside a single quote or before a backslash at its end, which Docker Compose and a shell do not read alike in any spelling")]
    [InlineData("compose.host.plugin", """{ "version": "5.1.0", "sha256": "ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD" }""",
        "compose.host.plugin.sha256: is no SHA-256")]
    [InlineData("compose.templates", """{ "MY-OWN": { "repository": "public.cr.seqera.io/a/b:1-0.7.4", "icon": "jupyter" } }""",
        "compose.templates.MY-OWN: has a hyphen, and a variable of that name cannot stand in an env file that a shell reads")]
    [InlineData("compose.templates", """{ "OWN": { "repository": "public.cr.seqera.io/a/b:1-0.7.4", "tool": "jupyter", "icon": "jupyter" } }""",
        "compose.templates.OWN.tool: is unknown to Platform 24.1.4")]
    [InlineData("dns.route53.loadBalancer", "\"ingress\"",
        "dns.route53.loadBalancer: leaves the load balancer to Ingresses, and platform:compose.host has none")]
    [InlineData("dns.route53.platformService", "{}", "dns.route53.platformService: is a Service of a cluster, and the Platform runs on platform:compose.host")]
    [InlineData("dns.route53.zone", "\"other.org\"", "dns.route53.zone: does not hold example.com", "dns.route53.zone: does not hold connect.example.com",
        "dns.route53.zone: does not hold *.example.com")]
    [InlineData("backup.coldStorageAfterDays", "30", "backup.coldStorageAfterDays: has no effect on an EBS volume, whose recovery points are snapshots",
        "backup.retentionDays: ends before a recovery point has been in cold storage for 90 days, which AWS Backup demands")]
    public void Rejects(string path, string json, params string[] messages) =>
        Sample.Messages((path, json)).Select(First).ShouldBe(messages.Select(message => $"platform:{message}"), ignoreOrder: true);

    [Fact]
    public void Rejects_ASecondPlatform_ARotationOfNothing_AndABackupOfNothing()
    {
        Sample.Messages(
            ("cluster", """{ "existing": { "context": "eks", "kind": "eks" } }"""),
            ("redis", """{ "inCluster": {} }"""),
            ("studios", """
                {
                  "platform": { "url": "https://example.com", "version": "24.1.4" }, "connectUrl": "https://connect.example.com", "ingress": { "alb": {} }
                }
                """))
            .Select(First).ShouldContain("platform:compose: describes a second Platform with Studios, beside platform:studios");
        Sample.Messages([.. FilesAlone, ("compose.registrationToken.rotation", "2")]).Select(First)
            .ShouldBe(["platform:compose.registrationToken.rotation: is for the host that this stack makes, and it makes none"]);
        Sample.Messages(("compose.host", null), ("dns", null)).Select(First)
            .ShouldBe(["platform:backup: finds nothing to keep: platform:compose describes files for a host that this stack does not make"]);
    }

    // What needs a cluster without a host still does.
    [Fact]
    public void Rejects_ADomainWithoutClusterAndHost() => Sample.Messages(("compose", null), ("backup", null)).Select(First)
        .ShouldBe(["platform:cluster: is missing, and platform:dns.route53 needs it"]);

    private static string First(string message) => message.Split('\n')[0];
}
