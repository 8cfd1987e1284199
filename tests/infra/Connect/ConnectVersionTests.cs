using Infra.Connect;
using Infra.Manifests;
using Infra.Quotas;
using Infra.Versions;
using Tests.Support;

namespace Tests.Infra.Connect;

// Promise: for every Platform version, the containers of its Connect are whole: environment, command, ports, volumes and security as that version needs them.
public sealed class ConnectVersionTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    public static TheoryData<string> EveryVersion() => [.. VersionMatrix.Current.Releases.Select(row => row.From.ToString()), "26.1.3"];

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public async Task Proxy_IsWhole(string platform)
    {
        var release = Matrix.Release(SemanticVersion.Parse(platform))!;
        var profile = Matrix.Profile(release.Connect);
        var legacy = release.Connect < SemanticVersion.Parse("0.8.0");
        var ssh = Matrix.Has(StudiosFeature.Ssh, SemanticVersion.Parse(platform), release.Connect);
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", Proxy(release, profile, ssh)));

        var container = Container(deployed.Inputs("connect-proxy"));
        Deployed.Json(container["env"]!.ToJsonString()).ShouldBe(Deployed.Json($$"""
            [
              { "name": "CONNECT_HTTP_PORT", "value": "{{(legacy ? 80 : 8081)}}" },
              { "name": "CONNECT_LOG_LEVEL", "value": "INFO" },
              {
                "name": "CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN",
                "valueFrom": { "secretKeyRef": { "key": "OIDC_CLIENT_REGISTRATION_TOKEN", "name": "platform-oidc-registration" } }
              },
              { "name": "CONNECT_PROXY_URL", "value": "https://connect.example.com" },
              { "name": "CONNECT_REDIS_ADDRESS", "value": "redis.seqera.svc:6379" },
              { "name": "CONNECT_REDIS_DB", "value": "1" },
              { "name": "CONNECT_REDIS_PASSWORD", "valueFrom": { "secretKeyRef": { "key": "password", "name": "redis-password" } } },
              { "name": "CONNECT_REDIS_PREFIX", "value": "connect:session" },
              { "name": "CONNECT_REDIS_TLS_ENABLE", "value": "false" },
              {{(ssh ? """
              { "name": "CONNECT_SSH_ADDR", "value": ":2222" },
              { "name": "CONNECT_SSH_ENABLED", "value": "true" },
              { "name": "CONNECT_SSH_HANDSHAKE_TIMEOUT", "value": "60s" },
              { "name": "CONNECT_SSH_KEY_PATH", "value": "/secrets/ssh-key" },
              { "name": "CONNECT_SSH_MAX_CONNECTIONS", "value": "2000" },
              { "name": "CONNECT_SSH_MAX_CONN_CHANNELS", "value": "30" },
              """ : "")}}
              {{(legacy ? "" : """{ "name": "CONNECT_STORAGE_ROOT", "value": "/data" },""")}}
              { "name": "CONNECT_TUNNEL_URL", "value": "connect-server:7070" },
              { "name": "LOCAL_CACHE_TTL", "value": "120s" },
              { "name": "PLATFORM_URL", "value": "https://platform.example.com" }
            ]
            """));
        (container["command"]?.ToJsonString() ?? "").ShouldBe(legacy ? """["caddy","serve"]""" : "");
        Deployed
            .Json(container["ports"]!.ToJsonString())
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    [
                      { "containerPort": {{(legacy ? 80 : 8081)}}, "name": "http", "protocol": "TCP" }
                      {{(ssh ? """, { "containerPort": 2222, "name": "ssh", "protocol": "TCP" }""" : "")}}
                    ]
                    """));
        Deployed
            .Json(container["securityContext"]!.ToJsonString())
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "allowPrivilegeEscalation": false, "capabilities": { "add": ["NET_BIND_SERVICE"], "drop": ["ALL"] }, "privileged": false, "readOnlyRootFilesystem": false,
                      {{(legacy ? "" : """ "runAsGroup": 65532, "runAsUser": 65532, """)}}
                      "runAsNonRoot": {{(legacy ? "false" : "true")}},
                      "seccompProfile": { "type": "RuntimeDefault" }
                    }
                    """));
        Mounts(container).ShouldBe([.. legacy ? Array.Empty<string>() : ["data /data"], .. ssh ? ["ssh-key /secrets"] : Array.Empty<string>()]);
    }

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public async Task Server_IsWhole(string platform)
    {
        var release = Matrix.Release(SemanticVersion.Parse(platform))!;
        var profile = Matrix.Profile(release.Connect);
        var workload = Workload(profile);
        var deployed = await Deployed.Of(() =>
            new ConnectServer("connect-server", new ConnectServerArgs { Workload = workload, Image = ConnectImages.Server.At(release.Connect.ToString()) }));

        var container = Container(deployed.Inputs("connect-server"));
        Deployed.Json(container["env"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            [
              { "name": "CONNECT_HOST_DOMAIN", "value": "connect-server" },
              { "name": "CONNECT_LISTENER_PORT", "value": "7777" },
              { "name": "CONNECT_LOG_LEVEL", "value": "INFO" },
              { "name": "CONNECT_REDIS_ADDRESS", "value": "redis.seqera.svc:6379" },
              { "name": "CONNECT_REDIS_DB", "value": "1" },
              { "name": "CONNECT_REDIS_PASSWORD", "valueFrom": { "secretKeyRef": { "key": "password", "name": "redis-password" } } },
              { "name": "CONNECT_REDIS_PREFIX", "value": "connect:session" },
              { "name": "CONNECT_REDIS_TLS_ENABLE", "value": "false" },
              { "name": "CONNECT_TUNNEL_PORT", "value": "7070" }
            ]
            """));
        container["image"]!.GetValue<string>().ShouldBe($"mirror.example/enterprise/studios/server:{release.Connect}");
        container["volumeMounts"].ShouldBeNull();
        (container["securityContext"]!["runAsUser"]?.GetValue<double>()).ShouldBe(profile.RunsAsRoot ? null : 65532);
    }

    [Fact]
    public async Task SshHostKey_IsReadableByTheContainersGroupOnly()
    {
        var release = Matrix.Release(SemanticVersion.Parse("26.1.0"))!;
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", Proxy(release, Matrix.Profile(release.Connect), ssh: true)));

        var pod = System.Text.Json.Nodes.JsonNode.Parse(deployed.Inputs("connect-proxy"))!["spec"]!["template"]!["spec"]!;
        Deployed.Json(pod["volumes"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            [
              { "emptyDir": { "sizeLimit": "100Mi" }, "name": "data" },
              { "name": "ssh-key", "secret": { "defaultMode": 288, "items": [{ "key": "ssh-key", "path": "ssh-key" }], "secretName": "connect-ssh-key" } }
            ]
            """));
        deployed.Inputs("connect-proxy-policy").ShouldContain("2222");
    }

    [Fact]
    public async Task AQuotaPolicy_IsAFileWhoseChangeRollsThePods()
    {
        var release = Matrix.Release(SemanticVersion.Parse("26.1.0"))!;
        var (loose, strict) = (Policy("2TB"), Policy("1TB"));
        var before = await Deployed.Of(() => new ConnectProxy("connect-proxy", Proxy(release, Matrix.Profile(release.Connect), ssh: false, loose)));
        var after = await Deployed.Of(() => new ConnectProxy("connect-proxy", Proxy(release, Matrix.Profile(release.Connect), ssh: false, strict)));

        var container = Container(after.Inputs("connect-proxy"));
        Mounts(container).ShouldBe(["data /data", "policy /etc/connect/policy"]);
        container["env"]!.ToJsonString().ShouldContain("""{"name":"CONNECT_POLICY_FILE","value":"/etc/connect/policy/policy.json"}""");
        container["env"]!.ToJsonString().ShouldContain("""{"name":"CONNECT_TRUSTED_PROXY_CIDRS","value":"10.0.0.0/8 192.168.0.0/16"}""");
        Annotation(before).ShouldNotBe(Annotation(after));
        var file = System.Text.Json.Nodes.JsonNode.Parse(after.Inputs("connect-proxy-quotas"))!;
        file["data"]!["policy.json"]!.GetValue<string>().ShouldBe(strict.ToJson());
        file["metadata"]!["name"].ShouldBeNull();
    }

    private static string Annotation(Deployed deployed) =>
        System.Text.Json.Nodes.JsonNode.Parse(deployed.Inputs("connect-proxy"))!["spec"]!["template"]!["metadata"]!["annotations"]![
            ConfigHash.Annotation
        ]!.GetValue<string>();

    private static System.Text.Json.Nodes.JsonNode Container(string workload) =>
        System.Text.Json.Nodes.JsonNode.Parse(workload)!["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static IEnumerable<string> Mounts(System.Text.Json.Nodes.JsonNode container) =>
        container["volumeMounts"]?.AsArray().Select(mount => $"{mount!["name"]} {mount["mountPath"]}") ?? [];

    private static QuotaPolicy Policy(string bytes) =>
        new([new QuotaBucket("user_id", [new Quota(bytes, "720h")], [new QuotaExtractor("http", new QuotaSource("header", Name: QuotaSource.TrustedHeader))])]);

    private static ConnectWorkloadArgs Workload(ConnectProfile profile)
    {
        var sample = ConnectSample.Workload();
        return new() { Namespace = sample.Namespace, Redis = sample.Redis, Registry = sample.Registry, PullSecrets = sample.PullSecrets, Profile = profile };
    }

    private static ConnectProxyArgs Proxy(PlatformRelease release, ConnectProfile profile, bool ssh, QuotaPolicy? quotas = null)
    {
        var sample = ConnectSample.Proxy();
        return new()
        {
            Workload = Workload(profile),
            ConnectUrl = sample.ConnectUrl,
            PlatformUrl = sample.PlatformUrl,
            RegistrationToken = sample.RegistrationToken,
            Image = ConnectImages.Proxy.At(release.Connect.ToString()),
            Ssh = ssh ? new ConnectSshArgs { HostKey = ConnectSample.Reference("connect-ssh-key", "ssh-key", "SHA256:abc") } : null,
            Quotas = quotas,
            TrustedProxies = quotas is null ? [] : ["10.0.0.0/8", "192.168.0.0/16"],
        };
    }
}
