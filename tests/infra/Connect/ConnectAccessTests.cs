using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Cache;
using Infra.Connect;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Connect;

// Promise: whom the pods trust, who pulls their images and who reads their metrics is said in objects of their own, and what is secret stands in Secrets.
public sealed class ConnectAccessTests
{
    private const string Common = """
        "app.kubernetes.io/instance": "platform", "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        """;

    [Fact]
    public async Task PullCredential_IsTheFileThatContainerRuntimesRead()
    {
        var deployed = await Deployed.Of(options => new PullCredential(
            "studios-registry",
            new PullCredentialArgs
            {
                Namespace = "seqera",
                SecretName = KubernetesName.Parse("studios-registry"),
                Registry = "registry.example.com:5000/seqera",
                User = "robot$private+studios",
                Password = Output.CreateSecret("marker"),
            },
            options));

        deployed.Lineages.ShouldBe([
            "platform:secrets:PullCredential$kubernetes:core/v1:Secret::studios-registry",
            "platform:secrets:PullCredential::studios-registry",
        ]);
        deployed.OutputNames("PullCredential::studios-registry").ShouldBe(["secretName"]);
        var secret = JsonNode.Parse(deployed.Inputs("studios-registry"))!;
        JsonNode.Parse(secret["stringData"]![".dockerconfigjson"]!.GetValue<string>())!.ToJsonString().ShouldBe(JsonNode.Parse("""
            {
              "auths": { "registry.example.com:5000": {
                "username": "robot$private+studios", "password": "marker", "auth": "cm9ib3QkcHJpdmF0ZStzdHVkaW9zOm1hcmtlcg=="
              } }
            }
            """)!.ToJsonString());
        secret.AsObject().Remove("stringData");
        Deployed.Json(secret.ToJsonString()).ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/dockerconfigjson",
              "metadata": {
                "name": "studios-registry", "namespace": "seqera",
                "labels": { "app.kubernetes.io/name": "secret", "app.kubernetes.io/component": "studios-registry", {{Common}} }
              }
            }
            """));
    }

    [Fact]
    public async Task Authority_IsAFileThatBothTrust()
    {
        TrustedAuthority? authority = null;
        var deployed = await Deployed.Of(options => authority = new ConnectAuthority(
            "studios-authority", new ConnectAuthorityArgs { Namespace = "seqera", Certificates = ExampleAuthority.Certificate }, options).Reference);

        deployed.Lineages.ShouldBe([
            "platform:connect:ConnectAuthority$kubernetes:core/v1:ConfigMap::studios-authority",
            "platform:connect:ConnectAuthority::studios-authority",
        ]);
        deployed.OutputNames("ConnectAuthority::studios-authority").ShouldBe(["configMapName"]);
        JsonNode.Parse(deployed.Inputs("studios-authority"))!["data"]!["ca.crt"]!.GetValue<string>().ShouldBe(ExampleAuthority.Certificate);

        foreach (var workload in new[] { "connect-proxy", "connect-server" })
        {
            var before = await Pod(workload, _ => { });
            var after = await Pod(workload, workloads => workloads.Authority = authority);

            var file = after["volumes"]!.AsArray().Single(volume => (string?)volume!["name"] == "authority")!;
            Deployed.Json(file.ToJsonString()).ShouldBe(Deployed.Json("""
                { "configMap": { "name": "studios-authority-1a2b3c4d" }, "name": "authority" }
                """));
            var container = after["containers"]![0]!;
            var mounted = container["volumeMounts"]!.AsArray().Single(mount => (string?)mount!["name"] == "authority")!;
            Deployed.Json(mounted.ToJsonString()).ShouldBe(Deployed.Json("""
                { "mountPath": "/etc/connect/authority", "name": "authority", "readOnly": true }
                """));
            Variable(container, "SSL_CERT_DIR").ShouldBe("/etc/ssl/certs:/etc/connect/authority");
            Variable(before["containers"]![0]!, "SSL_CERT_DIR").ShouldBeNull();
        }
    }

    [Fact]
    public async Task TwoAuthorities_AreBothTrusted()
    {
        var container = (await Pod("connect-proxy", workload =>
        {
            workload.Authority = new TrustedAuthority(Output.Create("studios-authority"), "hash");
            workload.Tls = new RedisTls(CertificateAuthority: ConnectSample.Reference("redis-authority", "ca.crt", "1"));
        }))["containers"]![0]!;

        Variable(container, "SSL_CERT_DIR").ShouldBe("/etc/ssl/certs:/etc/connect/authority:/etc/connect/redis-tls/authority");
    }

    [Fact]
    public async Task Metrics_AreAServiceForEach_AndAMonitorForBoth()
    {
        var deployed = await Deployed.Of(options => new ConnectMetrics(
            "connect-metrics",
            new ConnectMetricsArgs
            {
                Namespace = "seqera",
                Port = 9099,
                Monitor = new MetricsMonitor(
                    "/metrics", TimeSpan.FromMinutes(1), ImmutableDictionary<string, string>.Empty.Add("release", "prometheus")),
            },
            options));

        deployed.Lineages.ShouldBe([
            "platform:connect:ConnectMetrics$kubernetes:core/v1:Service::connect-metrics-proxy",
            "platform:connect:ConnectMetrics$kubernetes:core/v1:Service::connect-metrics-server",
            "platform:connect:ConnectMetrics$kubernetes:monitoring.coreos.com/v1:ServiceMonitor::connect-metrics-monitor",
            "platform:connect:ConnectMetrics::connect-metrics",
        ]);
        foreach (var workload in new[] { "proxy", "server" })
        {
            deployed.Inputs($"connect-metrics-{workload}").ShouldBe(Deployed.Json($$"""
                {
                  "apiVersion": "v1", "kind": "Service",
                  "metadata": {
                    "name": "connect-{{workload}}-metrics", "namespace": "seqera",
                    "labels": {
                      "app.kubernetes.io/name": "studios", "app.kubernetes.io/component": "{{workload}}", {{Common}}, "studio-platform/metrics": "connect-metrics"
                    }
                  },
                  "spec": {
                    "clusterIP": "None",
                    "ports": [{ "name": "management", "port": 9099, "protocol": "TCP", "targetPort": "management" }],
                    "selector": { "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "{{workload}}" }
                  }
                }
                """));
        }

        deployed.Inputs("connect-metrics-monitor").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "monitoring.coreos.com/v1", "kind": "ServiceMonitor",
              "metadata": { "name": "connect-metrics", "namespace": "seqera", "labels": { "release": "prometheus" } },
              "spec": {
                "endpoints": [{ "interval": "60s", "path": "/metrics", "port": "management" }],
                "selector": { "matchLabels": { "studio-platform/metrics": "connect-metrics" } }
              }
            }
            """));
    }

    [Theory]
    [InlineData("connect-proxy")]
    [InlineData("connect-server")]
    public async Task TheManagementPort_IsOpenToOneNamespace(string workload)
    {
        var deployed = await Deploy(workload, workloads => workloads.Management = new ManagementPort(9099, "monitoring"));

        var container = JsonNode.Parse(deployed.Inputs(workload))!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Variable(container, "CONNECT_MANAGEMENT_PORT").ShouldBe("9099");
        container["ports"]!.AsArray().Count(port => (string?)port!["name"] == "management" && (int?)port["containerPort"] == 9099).ShouldBe(1);
        var rules = JsonNode.Parse(deployed.Inputs($"{workload}-policy"))!["spec"]!["ingress"]!.AsArray();
        Deployed.Json(rules[^1]!.ToJsonString()).ShouldBe(Deployed.Json("""
            {
              "from": [{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "monitoring" } } }],
              "ports": [{ "port": 9099, "protocol": "TCP" }]
            }
            """));
    }

    [Theory]
    [InlineData("connect-proxy")]
    [InlineData("connect-server")]
    public async Task SecretVariables_AreReferencesToSecretsOfTheirOwn(string workload)
    {
        var secrets = new Dictionary<string, Input<string>> { ["API_TOKEN"] = Output.CreateSecret("marker"), ["http_proxy"] = Output.CreateSecret("marker") };
        var deployed = await Deploy(workload, _ => { }, secrets.ToImmutableSortedDictionary(StringComparer.Ordinal));

        var container = JsonNode.Parse(deployed.Inputs(workload))!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Deployed.Json(container["env"]!.AsArray().Single(variable => (string?)variable!["name"] == "API_TOKEN")!.ToJsonString()).ShouldBe(Deployed.Json($$"""
            { "name": "API_TOKEN", "valueFrom": { "secretKeyRef": { "key": "value", "name": "{{workload}}-variable-api-token-1a2b3c4d" } } }
            """));
        deployed.Inputs(workload).ShouldNotContain("marker");
        deployed.Inputs($"{workload}-variable-api-token").ShouldContain("\"value\": \"marker\"");
        var other = container["env"]!.AsArray().Single(variable => (string?)variable!["name"] == "http_proxy")!["valueFrom"]!["secretKeyRef"]!;
        ((string?)other["name"]).ShouldBe($"{workload}-variable-{SecretVariables.ObjectName("http_proxy")}-1a2b3c4d");
    }

    [Theory]
    [InlineData("API_TOKEN", "api-token")]
    [InlineData("A", "a")]
    [InlineData("HTTP_PROXY", "http-proxy")]
    [InlineData("http_proxy", "http-proxy-")]
    [InlineData("_TOKEN", "token-")]
    public void AVariablesSecret_HasANameThatKubernetesTakes(string variable, string start)
    {
        var name = SecretVariables.ObjectName(variable);
        name.ShouldStartWith(start);
        KubernetesName.TryParse(name, out _).ShouldBeTrue(name);
    }

    [Fact]
    public async Task Rejects_ASecretVariableThatThePlatformSets() => (await Deployed.Refusal(() => new ConnectServer(
        "connect-server",
        new ConnectServerArgs
        {
            Workload = ConnectSample.Workload(),
            SecretEnvironment = ImmutableSortedDictionary<string, Input<string>>.Empty.Add("CONNECT_REDIS_PASSWORD", "x"),
        }))).ShouldContain("Extra environment of connect-server sets CONNECT_REDIS_PASSWORD: the platform sets these itself, change the setting behind them.");

    [Fact]
    public async Task AnExistingRedis_BringsAuthorityAndClientCertificateAlong()
    {
        ExistingRedis? redis = null;
        var deployed = await Deployed.Of(options => redis = new ExistingRedis(
            "redis",
            new ExistingRedisArgs
            {
                Namespace = "seqera",
                Host = "cache.example.com",
                Tls = new RedisTls(),
                CertificateAuthority = ExampleAuthority.Certificate,
                ClientCertificate = ExampleAuthority.Certificate,
                ClientKey = Output.CreateSecret("marker-key"),
            },
            options));

        deployed.Lineages.ShouldBe([
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-authority",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-client-certificate",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-client-key",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret::redis-authority",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret::redis-client-certificate",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret::redis-client-key",
            "platform:cache:ExistingRedis::redis",
        ]);
        (redis!.Tls!.CertificateAuthority!.Key, redis.Tls.ClientCertificate!.Key, redis.Tls.ClientKey!.Key).ShouldBe(("ca.crt", "tls.crt", "tls.key"));
        deployed.Inputs("redis-client-key").ShouldContain("marker-key");
    }

    private static string? Variable(JsonNode container, string name) =>
        (string?)container["env"]!.AsArray().SingleOrDefault(variable => (string?)variable!["name"] == name)?["value"];

    private static async Task<JsonNode> Pod(string workload, Action<Access> change) =>
        JsonNode.Parse((await Deploy(workload, change)).Inputs(workload))!["spec"]!["template"]!["spec"]!;

    private static Task<Deployed> Deploy(
        string workload, Action<Access> change, ImmutableSortedDictionary<string, Input<string>>? secrets = null) => Deployed.Of(() =>
    {
        var access = new Access();
        change(access);
        var sample = ConnectSample.Proxy();
        var shared = new ConnectWorkloadArgs
        {
            Namespace = "seqera",
            Redis = new RedisConnection(new ConnectSample.Server(access.Tls), database: 1),
            Authority = access.Authority,
            Management = access.Management,
        };
        if (workload == "connect-proxy")
        {
            new ConnectProxy(
                workload,
                new ConnectProxyArgs
                {
                    Workload = shared,
                    ConnectUrl = sample.ConnectUrl,
                    PlatformUrl = sample.PlatformUrl,
                    RegistrationToken = sample.RegistrationToken,
                    SecretEnvironment = secrets ?? ImmutableSortedDictionary<string, Input<string>>.Empty,
                });
        }
        else
        {
            new ConnectServer(
                workload,
                new ConnectServerArgs { Workload = shared, SecretEnvironment = secrets ?? ImmutableSortedDictionary<string, Input<string>>.Empty });
        }
    });

    private sealed class Access
    {
        public TrustedAuthority? Authority { get; set; }

        public ManagementPort? Management { get; set; }

        public RedisTls? Tls { get; set; }
    }
}
