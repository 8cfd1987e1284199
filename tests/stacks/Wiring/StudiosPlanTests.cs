using System.Collections.Immutable;
using Pulumi;
using Stacks;
using Tests.Stacks.Settings.Studios;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: changing one setting changes the resources that read it and no others; above all, no key and no token. And what is secret stays in Secrets.
public sealed class StudiosPlanTests
{
    private static readonly (string Path, string? Json)[] Whole =
    [
        ("studios.connectVersion", "\"0.12.1\""),
        ("studios.templates", """{ "OWN": { "repository": "registry.example.com/own:1.0-0.12", "tool": "jupyter" } }"""),
        ("studios.ssh", """{ "workspaces": "all", "ownHost": { "host": "ssh.example.com" } }"""),
        ("studios.ingress.alb", "{}"),
        (
            "studios.ingress.certificates",
            """[{ "names": ["*.example.com"], "arn": "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" }]"""),
        (
            "studios.quotas",
            """{ "buckets": [{ "name": "u", "quotas": [{ "bytes": "1TB", "window": "720h" }], "extractors": [{ "protocol": "http", "source": "header", "header": "X-Connect-Sub" }] }] }"""),
    ];

    [Theory]
    [InlineData("studios.templates.OWN.status", "\"deprecated\"", "platform-backend", "platform-cron", "platform-variables")]
    [InlineData("studios.allowedWorkspaces", "[7]", "platform-backend", "platform-cron", "platform-variables")]
    [InlineData("studios.ingress.alb.healthCheckPath", "\"/well\"", "studios-hosts", "studios-sessions")]
    [InlineData("studios.logLevel", "\"debug\"", "connect-proxy", "connect-server")]
    [InlineData("studios.ssh.ownHost.sourceRanges", """["203.0.113.0/24"]""", "ssh")]
    [InlineData("studios.ssh.port", "2022", "platform-backend", "platform-cron", "platform-variables", "ssh")]
    [InlineData("studios.server.replicas", "3", "connect-server")]
    [InlineData(
        "studios.quotas.buckets",
        """[{ "name": "u", "quotas": [{ "bytes": "2TB", "window": "720h" }], "extractors": [{ "protocol": "http", "source": "header", "header": "X-Connect-Sub" }] }]""",
        "connect-proxy",
        "connect-proxy-quotas"
    )]
    [InlineData("studios.registrationToken.rotation", "2", "connect-proxy", "platform-backend", "registration-token-token-value")]
    [InlineData("studios.platform.takeOver", "true", "platform-backend", "platform-cron", "platform-variables")]
    public async Task OneChange_ConcernsOnlyItsReaders(string path, string json, params string[] changed)
    {
        var before = await Plan();
        var after = await Plan((path, json));

        after.Keys.ShouldBe(before.Keys);
        after
            .Where(resource => before[resource.Key] != resource.Value && !IsComponent(resource.Key))
            .Select(resource => resource.Key[(resource.Key.IndexOf("::", StringComparison.Ordinal) + 2)..])
            .Order(StringComparer.Ordinal)
            .ShouldBe(changed);
    }

    [Fact]
    public async Task TheUpgradeTo261_ChangesNoKeyAndNoToken()
    {
        var before = await Plan(("studios.platform.version", "\"25.3.6\""));
        var after = await Plan(("studios.platform.version", "\"26.1.3\""));

        string[] tracked = ["random:", "tls:", "kubernetes:core/v1:Secret::"];
        foreach (var (key, value) in before.Where(resource => tracked.Any(start => resource.Key.StartsWith(start, StringComparison.Ordinal))))
        {
            after[key].ShouldBe(value);
        }

        before
            .Keys.Except(after.Keys)
            .ShouldBe(["kubernetes:core/v1:ConfigMap::platform-current-tower-yml", "kubernetes:core/v1:ConfigMapPatch::platform-tower-yml"]);
        after.Keys.Except(before.Keys).ShouldBeEmpty();
    }

    [Fact]
    public async Task TakingOver_RestartsNobody()
    {
        var before = await Plan();
        var after = await Plan(("studios.platform.takeOver", "true"));

        foreach (var patch in new[] { "kubernetes:apps/v1:DeploymentPatch::platform-backend", "kubernetes:apps/v1:DeploymentPatch::platform-cron" })
        {
            Hash(after[patch]).ShouldBe(Hash(before[patch]));
        }
    }

    [Fact]
    public async Task Secrets_StandInSecretsOnly()
    {
        var plan = await Plan();
        string[] secrets =
        [
            MockValues.Password("registration-token-token-value"),
            "PRIVATE KEY",
            MockValues.Password("redis-password-value"),
        ];

        foreach (var secret in secrets)
        {
            plan.Where(resource => resource.Value.Contains(secret, StringComparison.Ordinal)).Select(resource => resource.Key)
                .ShouldAllBe(key => key.StartsWith("kubernetes:core/v1:Secret::", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WithoutAnInstall_ThePlatformIsLeftAlone()
    {
        var plan = await Plan(("studios.platform.install", "\"none\""));

        plan.Keys.ShouldNotContain(key => key.Contains("Patch::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheOutputs_TellAnOperatorEverything()
    {
        StudiosOutputs? outputs = null;
        await Deployed.Of(() => outputs = Platform.Define(Settings(("studios.platform.install", "\"none\"")), NoSecret).Studios);

        outputs!.Expected.Hosts.ShouldBe(["connect.example.com", "*.example.com"]);
        (outputs.Expected.SshEndpoint, outputs.Expected.SshCommand).ShouldBe(("ssh.example.com:2222", "ssh -p 2222 <user>@<session>@ssh.example.com"));
        outputs.Expected.TemplatesUrl.ShouldBe("https://platform.example.com/api/studios/templates?workspaceId=");
        (await Deployed.ValueOf(outputs.SshFingerprint!)).ShouldBe(MockValues.Fingerprint("ssh-host-key-pair"));
        var files = await Deployed.ValueOf(outputs.PlatformChanges!);
        files.Keys.Order(StringComparer.Ordinal).ShouldBe(["1-variables.yaml", "2-backend.yaml", "3-cron.yaml"]);
        files.Values.ShouldAllBe(text =>
            !text.Contains(MockValues.Password("registration-token-token-value"), StringComparison.Ordinal)
            && !text.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    private static bool IsComponent(string key) => key.StartsWith("platform:", StringComparison.Ordinal);

    private static string Hash(string json) =>
        System.Text.Json.Nodes.JsonNode.Parse(json)!["spec"]!["template"]!["metadata"]!["annotations"]!["studio-platform/config-hash"]!.GetValue<string>();

    private static async Task<ImmutableSortedDictionary<string, string>> Plan(params (string Path, string? Json)[] changes) =>
        (await Deployed.Of(() => Platform.Define(Settings(changes), NoSecret))).Plan;

    private static global::Stacks.Settings.PlatformSettings Settings(params (string Path, string? Json)[] changes)
    {
        var read = StudiosSample.Read([.. Whole, .. changes]);
        read.Problems.ShouldBeEmpty();
        return read.Settings;
    }

    private static Output<string> NoSecret(global::Stacks.Settings.Declaring.SecretSetting secret) =>
        throw new InvalidOperationException($"No test gives the secret {secret.Key}.");
}
