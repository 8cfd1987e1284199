using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Cache;
using Infra.Connect;
using Infra.Manifests;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Connect;

// Promise: connect-proxy is what Seqera's manifest makes, and everything that the manifest leaves out.
public sealed class ConnectProxyTests
{
    private const string Selector = """
        { "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy" }
        """;

    private const string Labels = """
        "labels": {
          "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform", "app.kubernetes.io/version": "0.11.0"
        }
        """;

    [Fact]
    public async Task Children_BelongToTheComponent()
    {
        ConnectProxy? proxy = null;
        var deployed = await Deployed.Of(options =>
            proxy = new ConnectProxy("connect-proxy", ConnectSample.Proxy(autoscaling: new Autoscaling(2, 6)), options));

        deployed.Lineages.ShouldBe([
            "platform:connect:ConnectProxy$kubernetes:apps/v1:Deployment::connect-proxy",
            "platform:connect:ConnectProxy$kubernetes:autoscaling/v2:HorizontalPodAutoscaler::connect-proxy-scaler",
            "platform:connect:ConnectProxy$kubernetes:core/v1:Service::connect-proxy-service",
            "platform:connect:ConnectProxy$kubernetes:core/v1:ServiceAccount::connect-proxy-account",
            "platform:connect:ConnectProxy$kubernetes:networking.k8s.io/v1:NetworkPolicy::connect-proxy-policy",
            "platform:connect:ConnectProxy$kubernetes:policy/v1:PodDisruptionBudget::connect-proxy-budget",
            "platform:connect:ConnectProxy::connect-proxy",
        ]);
        deployed.OutputNames("ConnectProxy::connect-proxy").ShouldBe(["connectUrl", "serviceName"]);
        (await Deployed.ValueOf(proxy!.ConnectUrl)).ShouldBe("https://connect.example.com");
    }

    [Fact]
    public async Task Deployment_IsTheWholeSpecification()
    {
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy()));

        var hash = ConfigHash.Compute([
            new("CONNECT_HTTP_PORT", "8081"),
            new("CONNECT_LOG_LEVEL", "INFO"),
            new("CONNECT_PROXY_URL", "https://connect.example.com"),
            new("CONNECT_REDIS_DB", "1"),
            new("CONNECT_REDIS_PREFIX", "connect:session"),
            new("CONNECT_REDIS_TLS_ENABLE", "false"),
            new("CONNECT_STORAGE_ROOT", "/data"),
            new("CONNECT_TUNNEL_URL", "connect-server:7070"),
            new("LOCAL_CACHE_TTL", "120s"),
            new("PLATFORM_URL", "https://platform.example.com"),
            new("registration-token", "32.1"),
            new("redis-password", "redis-password-1"),
            new("redis-address", "redis.seqera.svc:6379"),
        ]);
        deployed
            .Inputs("connect-proxy")
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "apiVersion": "apps/v1", "kind": "Deployment",
                      "metadata": { "name": "connect-proxy", "namespace": "seqera", {{Labels}} },
                      "spec": {
                        "replicas": 2,
                        "selector": { "matchLabels": {{Selector}} },
                        "strategy": { "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 0 }, "type": "RollingUpdate" },
                        "template": {
                          "metadata": { "annotations": { "studio-platform/config-hash": "{{hash}}" }, {{Labels}} },
                          "spec": {
                            "automountServiceAccountToken": false,
                            "enableServiceLinks": false,
                            "imagePullSecrets": [{ "name": "cr.seqera.io" }],
                            "nodeSelector": { "kubernetes.io/arch": "amd64", "pool": "platform" },
                            "serviceAccountName": "connect-proxy",
                            "securityContext": {
                              "fsGroup": 65532, "fsGroupChangePolicy": "OnRootMismatch", "runAsGroup": 65532, "runAsNonRoot": true, "runAsUser": 65532,
                              "seccompProfile": { "type": "RuntimeDefault" }
                            },
                            "terminationGracePeriodSeconds": 40,
                            "topologySpreadConstraints": [
                              { "labelSelector": { "matchLabels": {{Selector}} }, "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway" },
                              { "labelSelector": { "matchLabels": {{Selector}} }, "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway" }
                            ],
                            "containers": [{
                              "name": "proxy",
                              "image": "mirror.example/enterprise/studios/proxy:0.11.0",
                              "imagePullPolicy": "IfNotPresent",
                              "env": [
                                { "name": "CONNECT_HTTP_PORT", "value": "8081" },
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
                                { "name": "CONNECT_STORAGE_ROOT", "value": "/data" },
                                { "name": "CONNECT_TUNNEL_URL", "value": "connect-server:7070" },
                                { "name": "LOCAL_CACHE_TTL", "value": "120s" },
                                { "name": "PLATFORM_URL", "value": "https://platform.example.com" }
                              ],
                              "ports": [{ "containerPort": 8081, "name": "http", "protocol": "TCP" }],
                              "lifecycle": { "preStop": { "sleep": { "seconds": 10 } } },
                              "livenessProbe": { "failureThreshold": 3, "initialDelaySeconds": 10, "periodSeconds": 20, "tcpSocket": { "port": "http" } },
                              "readinessProbe": { "failureThreshold": 2, "periodSeconds": 5, "tcpSocket": { "port": "http" } },
                              "resources": {
                                "limits": { "ephemeral-storage": "256Mi", "memory": "256Mi" },
                                "requests": { "cpu": "100m", "ephemeral-storage": "256Mi", "memory": "256Mi" }
                              },
                              "securityContext": {
                                "allowPrivilegeEscalation": false, "capabilities": { "add": ["NET_BIND_SERVICE"], "drop": ["ALL"] }, "privileged": false,
                                "readOnlyRootFilesystem": false, "runAsGroup": 65532, "runAsNonRoot": true, "runAsUser": 65532,
                                "seccompProfile": { "type": "RuntimeDefault" }
                              },
                              "volumeMounts": [{ "mountPath": "/data", "name": "data" }]
                            }],
                            "volumes": [{ "emptyDir": { "sizeLimit": "100Mi" }, "name": "data" }]
                          }
                        }
                      }
                    }
                    """));
    }

    [Fact]
    public async Task Service_LeadsToTheProxy()
    {
        var args = ConnectSample.Proxy();
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", args));

        deployed.Inputs("connect-proxy-service").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Service",
              "metadata": { "name": "connect-proxy", "namespace": "seqera", {{Labels}} },
              "spec": {
                "ports": [{ "name": "http", "port": 80, "protocol": "TCP", "targetPort": "http" }],
                "selector": {{Selector}},
                "type": "ClusterIP"
              }
            }
            """));
    }

    [Fact]
    public async Task Policy_AllowsWhatTheProxyNeeds()
    {
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy()));

        deployed.Inputs("connect-proxy-policy").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
              "metadata": { "name": "connect-proxy", "namespace": "seqera", {{Labels}} },
              "spec": {
                "podSelector": { "matchLabels": {{Selector}} },
                "policyTypes": ["Ingress", "Egress"],
                "ingress": [{ "ports": [{ "port": 8081, "protocol": "TCP" }] }],
                "egress": [
                  { "ports": [
                    { "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }
                  ] },
                  { "ports": [{ "port": 6379, "protocol": "TCP" }] },
                  {
                    "to": [{ "podSelector": { "matchLabels": {
                      "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "server"
                    } } }],
                    "ports": [{ "port": 7070, "protocol": "TCP" }, { "port": 7777, "protocol": "TCP" }]
                  },
                  { "ports": [
                    { "port": 443, "protocol": "TCP" }, { "port": 8000, "protocol": "TCP" }, { "port": 8443, "protocol": "TCP" }, { "port": 10443, "protocol": "TCP" }
                  ] }
                ]
              }
            }
            """));
    }

    [Fact]
    public async Task Scaler_TakesTheNumberOfPodsOver()
    {
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy(autoscaling: new Autoscaling(2, 6))));

        deployed.Inputs("connect-proxy").ShouldNotContain("\"replicas\"");
        deployed.Inputs("connect-proxy-scaler").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
              "metadata": { "name": "connect-proxy", "namespace": "seqera", {{Labels}} },
              "spec": {
                "minReplicas": 2, "maxReplicas": 6,
                "metrics": [{ "type": "Resource", "resource": { "name": "cpu", "target": { "averageUtilization": 70, "type": "Utilization" } } }],
                "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "connect-proxy" }
              }
            }
            """));
    }

    [Fact]
    public async Task RedisTls_IsMounted()
    {
        var tls = new RedisTls(
            CertificateAuthority: ConnectSample.Reference("redis-ca", "ca.pem", "1"),
            ClientCertificate: ConnectSample.Reference("redis-client", "tls.crt", "1"),
            ClientKey: ConnectSample.Reference("redis-client", "tls.key", "1"));
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy(ConnectSample.Workload(tls))));

        var pod = JsonNode.Parse(deployed.Inputs("connect-proxy"))!["spec"]!["template"]!["spec"]!;
        Deployed.Json(pod["volumes"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            [
              { "emptyDir": { "sizeLimit": "100Mi" }, "name": "data" },
              {
                "name": "redis-tls",
                "projected": {
                  "defaultMode": 288,
                  "sources": [
                    { "secret": { "name": "redis-ca", "items": [{ "key": "ca.pem", "path": "authority/ca.crt" }] } },
                    { "secret": { "name": "redis-client", "items": [{ "key": "tls.crt", "path": "tls.crt" }] } },
                    { "secret": { "name": "redis-client", "items": [{ "key": "tls.key", "path": "tls.key" }] } }
                  ]
                }
              }
            ]
            """));
        Deployed.Json(pod["containers"]![0]!["volumeMounts"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            [{ "mountPath": "/data", "name": "data" }, { "mountPath": "/etc/connect/redis-tls", "name": "redis-tls", "readOnly": true }]
            """));
    }

    [Fact]
    public async Task ClusterChosenUser_LeavesNoFixedOne()
    {
        var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy(ConnectSample.Workload(clusterChoosesUser: true))));

        var inputs = deployed.Inputs("connect-proxy");
        inputs.ShouldNotContain("65532");
        inputs.ShouldNotContain("fsGroup");
        inputs.ShouldContain("\"runAsNonRoot\": true");
        inputs.ShouldContain("/data/config");
    }

    [Fact]
    public async Task Hash_FollowsTheVersionOfASecret()
    {
        var hashes = new List<string>();
        foreach (var version in new[] { "32.1", "32.1", "32.2" })
        {
            var args = ConnectSample.Proxy();
            var rotated = new ConnectProxyArgs
            {
                Workload = args.Workload,
                ConnectUrl = args.ConnectUrl,
                PlatformUrl = args.PlatformUrl,
                RegistrationToken = args.RegistrationToken with { Version = Output.Create(version) },
            };
            var deployed = await Deployed.Of(() => new ConnectProxy("connect-proxy", rotated));
            hashes.Add(
                JsonNode.Parse(deployed.Inputs("connect-proxy"))!["spec"]!["template"]!["metadata"]!["annotations"]![
                    "studio-platform/config-hash"
                ]!.GetValue<string>());
        }

        hashes[0].ShouldBe(hashes[1]);
        hashes[0].ShouldNotBe(hashes[2]);
    }

    [Theory]
    [InlineData(3, 2, 70)]
    [InlineData(2, 4, 0)]
    [InlineData(2, 4, 101)]
    public async Task Rejects_AnImpossibleScale(int minimum, int maximum, int cpuPercent) =>
        (
            await Deployed.Refusal(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy(autoscaling: new Autoscaling(minimum, maximum, cpuPercent))))
        ).ShouldContain($"connect-proxy would scale from {minimum} to {maximum} pods at {cpuPercent} % of its processor request");

    [Fact]
    public async Task Rejects_ExtraVariables_ThatThePlatformSets()
    {
        var sample = ConnectSample.Proxy();
        var args = new ConnectProxyArgs
        {
            Workload = sample.Workload,
            ConnectUrl = sample.ConnectUrl,
            PlatformUrl = sample.PlatformUrl,
            RegistrationToken = sample.RegistrationToken,
            ExtraEnvironment = new Dictionary<string, string> { ["SSL_CERT_DIR"] = "/x", ["PLATFORM_URL"] = "y" }.ToImmutableDictionary(),
        };

        (await Deployed.Refusal(() => new ConnectProxy("connect-proxy", args))).ShouldContain(
            "Extra environment of connect-proxy sets PLATFORM_URL, SSL_CERT_DIR: the platform sets these itself, change the setting behind them.");
    }

    [Fact]
    public async Task Rejects_NoPods() =>
        (await Deployed.Refusal(() => new ConnectProxy("connect-proxy", ConnectSample.Proxy(replicas: 0)))).ShouldContain(
            "connect-proxy would have 0 pods: it must have at least 1.");

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public async Task Rejects_ARedisDatabaseThatDoesNotExist(int database) =>
        (await Deployed.Refusal(() =>
        {
            var redis = new ExistingRedis("redis", new ExistingRedisArgs { Namespace = "seqera", Host = "redis" });
            _ = new RedisConnection(redis, database);
        })).ShouldContain($"Redis database {database} does not exist: it must be 0 to 15.");

    [Fact]
    public async Task Rejects_HalfAClientCertificate() =>
        (await Deployed.Refusal(() => ConnectSample.Workload(new RedisTls(ClientKey: ConnectSample.Reference("redis-client", "tls.key", "1"))))).ShouldContain(
            "Redis TLS has only one half of a client certificate: give certificate and key, or neither.");
}
