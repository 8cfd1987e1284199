using System.Text.Json.Nodes;
using Pulumi;
using Stacks;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Stacks.Settings.Studios;

// Promise: what is secret is never plain in a stack file, and credentials, authorities and metrics reach the pods that need them.
public sealed class StudiosAccessRulesTests
{
    private static readonly StackSample WithToken = StackSample.Made with { Secrets = [("apiToken", "marker-token")] };

    private static readonly StackSample WithRegistry = StackSample.Made with { Secrets = [("registryPassword", "marker-registry")] };

    [Theory]
    [InlineData("DB_PASSWORD", "dbPassword")]
    [InlineData("OAUTH_CLIENT_SECRET", "oauthClientSecret")]
    [InlineData("CONNECT_MANAGEMENT_AUTH_KEY", "connectManagementAuthKey")]
    [InlineData("api_token", "apiToken")]
    public void Rejects_ASecretInPlainText(string variable, string key)
    {
        foreach (var workload in new[] { "proxy", "server" })
        {
            StudiosSample.Messages(($"studios.{workload}.extraEnvironment", $$"""{ "{{variable}}": "hunter2" }""")).ShouldBe(
            [
                $"""
                platform:studios.{workload}.extraEnvironment.{variable}: has the name of a secret and a plain value, which everybody reads who may read the pod
                  given:   [secret]
                  allowed: a secret key under secretEnvironment
                  fix:     pulumi config set --secret platform:{key} <value>, then move it to secretEnvironment: {variable}: {key}
                """.Replace($"secretEnvironment: {variable}: {key}", $"secretEnvironment: {{ {variable}: {key} }}", StringComparison.Ordinal),
            ]);
        }
    }

    [Theory]
    [InlineData("CONNECT_TELEMETRY_TTL", "168h")]
    [InlineData("KEYS", "a")]
    [InlineData("TOKEN_URL", "https://sso.example.com")]
    [InlineData("HTTPS_PROXY", "http://squid.example.com:3128")]
    public void Takes_WhatIsNoSecret(string variable, string value) =>
        StudiosSample.Messages(("studios.proxy.extraEnvironment", $$"""{ "{{variable}}": "{{value}}" }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_APasswordInAProxysAddress() =>
        StudiosSample.Messages(("studios.proxy.extraEnvironment", """{ "HTTPS_PROXY": "http://user:hunter2@squid.example.com:3128" }""")).ShouldBe(
        [
            """
            platform:studios.proxy.extraEnvironment.HTTPS_PROXY: has a password in its plain value, which everybody reads who may read the pod
              given:   [secret]
              allowed: a secret key under secretEnvironment
              fix:     pulumi config set --secret platform:httpsProxy <value>, then move it to secretEnvironment: { HTTPS_PROXY: httpsProxy }
            """,
        ]);

    [Fact]
    public void Rejects_AVariableThatIsSetTwice() => WithToken.Messages(
        ("studios.proxy.extraEnvironment", """{ "API_TOKEN": "x" }"""), ("studios.proxy.secretEnvironment", """{ "API_TOKEN": "apiToken" }""")).ShouldBe(
    [
        """
        platform:studios.proxy.extraEnvironment.API_TOKEN: is set in secretEnvironment as well
          given:   [secret]
          allowed: extraEnvironment or secretEnvironment
          fix:     remove it from extraEnvironment
        """,
    ]);

    [Fact]
    public void Rejects_ASecretVariableThatThePlatformSets() =>
        WithToken.Messages(("studios.server.secretEnvironment", """{ "CONNECT_REDIS_PASSWORD": "apiToken" }""")).ShouldBe(
        [
            """
            platform:studios.server.secretEnvironment.CONNECT_REDIS_PASSWORD: is set by the platform itself
              given:   apiToken
              allowed: a variable that no setting stands for
              fix:     remove CONNECT_REDIS_PASSWORD and change the setting behind it
            """,
        ]);

    [Fact]
    public void Rejects_ASecretThatIsNotThere() =>
        StudiosSample.Messages(("studios.server.secretEnvironment", """{ "API_TOKEN": "apiToken" }""")).ShouldHaveSingleItem().ShouldStartWith(
            "platform:studios.server.secretEnvironment.API_TOKEN: names a secret that the stack file does not hold\n");

    [Fact]
    public void Rejects_ASecretAmongTheVariablesOfPipelines() =>
        StackSample.Made.Messages(("tower.environments.research.launch.environment", """{ "API_TOKEN": { "value": "hunter2" } }""")).ShouldBe(
        [
            """
            platform:tower.environments.research.launch.environment.API_TOKEN: has the name of a secret, and every user of the Platform's workspace reads its value
              given:   [secret]
              allowed: a variable that is no secret
              fix:     make it a secret of the Platform's workspace, and remove API_TOKEN here
            """,
        ]);

    [Fact]
    public async Task ASecretVariable_ReachesItsWorkloadAlone()
    {
        var deployed = await Deploy(WithToken, ("studios.proxy.secretEnvironment", """{ "API_TOKEN": "apiToken" }"""));

        deployed.Inputs("connect-proxy").ShouldContain("connect-proxy-variable-api-token");
        deployed.Inputs("connect-proxy-variable-api-token").ShouldContain("\"value\": \"apiToken\"");
        deployed.Inputs("connect-server").ShouldNotContain("API_TOKEN");
    }

    [Fact]
    public async Task APullCredential_BecomesTheSecretOfEveryPod()
    {
        var deployed = await Deploy(
            WithRegistry,
            ("studios.imagePullSecret", null),
            ("studios.imageRegistry", "\"mirror.example.com/seqera\""),
            ("studios.imagePullCredential", """{ "user": "robot$private+studios" }"""));

        foreach (var workload in new[] { "connect-proxy", "connect-server", "redis" })
        {
            var pod = JsonNode.Parse(deployed.Inputs(workload))!["spec"]!["template"]!["spec"]!;
            pod["imagePullSecrets"]!.ToJsonString().ShouldBe("""[{"name":"studios-registry"}]""", workload);
        }

        deployed.Inputs("studios-registry").ShouldContain("mirror.example.com");
    }

    [Fact]
    public async Task WithoutCredential_TheVendorsSecretIsNamed()
    {
        var deployed = await Deploy(StackSample.Made, ("studios.imagePullSecret", null));

        var pod = JsonNode.Parse(deployed.Inputs("connect-proxy"))!["spec"]!["template"]!["spec"]!;
        pod["imagePullSecrets"]!.ToJsonString().ShouldBe("""[{"name":"cr.seqera.io"}]""");
    }

    [Fact]
    public void Rejects_ACredentialBesideASecret() =>
        WithRegistry.Messages(("studios.imagePullSecret", "\"own\""), ("studios.imagePullCredential", """{ "user": "robot" }""")).ShouldBe(
        [
            """
            platform:studios.imagePullSecret: is given beside imagePullCredential, of which a Secret of its own is made
              given:   own
              allowed: imagePullSecret or imagePullCredential
              fix:     remove one of the two
            """,
        ]);

    [Fact]
    public void Rejects_ACredentialWithoutPassword() =>
        StudiosSample.Messages(("studios.imagePullCredential", """{ "user": "robot" }""")).ShouldHaveSingleItem().ShouldStartWith(
            "platform:registryPassword: is missing\n");

    [Theory]
    [InlineData("\"-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----\"", "holds a private key, which is no certificate and belongs into a secret")]
    [InlineData("\"/etc/ssl/ca.pem\"", "holds no certificate")]
    [InlineData("\"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\"", "holds a certificate that cannot be read")]
    public void Rejects_WhatIsNoCertificate(string value, string what)
    {
        foreach (var (path, changes) in new (string, (string, string?)[])[]
        {
            ("studios.certificateAuthority", []),
            ("redis.existing.tls.certificateAuthority", [("redis", """{ "existing": { "address": "cache.example.com:6379", "tls": {} } }""")]),
        })
        {
            StudiosSample.Messages([.. changes, (path, value)]).ShouldBe(
            [
                $"""
                platform:{path}: {what}
                  given:   [secret]
                  allowed: one or more PEM certificates, each from -----BEGIN CERTIFICATE----- on
                  fix:     write certificateAuthority: | and the certificates indented below it
                """,
            ]);
        }
    }

    [Fact]
    public async Task TheAuthority_IsMountedByBoth()
    {
        var deployed = await Deploy(StackSample.Made, ("studios.certificateAuthority", ExampleAuthority.Json));

        deployed.Inputs("connect-proxy").ShouldContain("studios-authority-1a2b3c4d");
        deployed.Inputs("connect-server").ShouldContain("studios-authority-1a2b3c4d");
    }

    [Theory]
    [InlineData("""{ "skipVerify": true, "certificateAuthority": PEM }""", "skipVerify: is true beside certificateAuthority, which would never be asked")]
    [InlineData("""{ "clientCertificate": PEM }""", "clientCertificate: is given without platform:redisClientKey")]
    public void Rejects_HalvesOfRedisTls(string tls, string what) => StudiosSample.Messages(
        ("redis", $$"""{ "existing": { "address": "cache.example.com:6379", "tls": {{tls.Replace("PEM", ExampleAuthority.Json, StringComparison.Ordinal)}} } }"""))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:redis.existing.tls.{what}\n");

    [Fact]
    public async Task RedisTls_ReachesTheClients()
    {
        var tls = $$"""{ "certificateAuthority": {{ExampleAuthority.Json}}, "clientCertificate": {{ExampleAuthority.Json}} }""";
        var deployed = await Deploy(
            StackSample.Made with { Secrets = [("redisClientKey", "marker-key")] },
            ("redis", $$"""{ "existing": { "address": "cache.example.com:6379", "tls": {{tls}} } }"""));

        foreach (var workload in new[] { "connect-proxy", "connect-server" })
        {
            deployed.Inputs(workload).ShouldContain("\"path\": \"authority/ca.crt\"");
            deployed.Inputs(workload).ShouldContain("\"value\": \"/etc/connect/redis-tls/tls.key\"");
        }

        deployed.Inputs("redis-client-key").ShouldContain("redisClientKey");
    }

    [Fact]
    public async Task Metrics_AreAPortWithServicesAndAMonitor()
    {
        var deployed = await Deploy(StackSample.Made, ("studios.metrics", """{ "namespace": "monitoring", "serviceMonitor": { "interval": "1m", "path": "/m" } }"""));

        deployed.Inputs("connect-proxy").ShouldContain("\"containerPort\": 9099");
        deployed.Inputs("connect-server").ShouldContain("\"containerPort\": 9099");
        deployed.Inputs("connect-metrics-monitor").ShouldContain("\"interval\": \"60s\"");
        deployed.Inputs("connect-proxy-policy").ShouldContain("\"kubernetes.io/metadata.name\": \"monitoring\"");
        (await Deploy(StackSample.Made, ("studios.metrics", """{ "namespace": "monitoring" }"""))).Has("connect-metrics-monitor").ShouldBeFalse();
    }

    [Theory]
    [InlineData(2222)]
    [InlineData(7070)]
    [InlineData(7777)]
    [InlineData(8081)]
    public void Rejects_AMetricsPortOfConnectItself(int port) => StudiosSample.Messages(
        ("studios.metrics", $$"""{ "namespace": "monitoring", "port": {{port}} }""")).ShouldBe(
    [
        $"""
        platform:studios.metrics.port: is taken by Connect itself
          given:   {port}
          allowed: any port but 2222, 7070, 7777, 8081
          fix:     port: 9099
        """,
    ]);

    [Fact]
    public void Rejects_MetricsOfAConnectWithoutThem() => StudiosSample.Messages(
        ("studios.platform.version", "\"25.1.0\""), ("studios.metrics", """{ "namespace": "monitoring" }""")).ShouldBe(
    [
        """
        platform:studios.connectVersion: does not support a management port with metrics, which metrics needs
          given:   0.8.0
          allowed: connect 0.8.2 or newer
          fix:     set connectVersion: 0.8.2 or newer, or remove metrics
        """,
    ]);

    private static async Task<Deployed> Deploy(StackSample sample, params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(sample.Raw(changes));
        read.Problems.ShouldBeEmpty();
        return await Deployed.Of(() => Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key)));
    }
}
