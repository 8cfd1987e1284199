using System.Collections.Immutable;
using Infra.Connect;
using Infra.Manifests;
using Tests.Support;

namespace Tests.Infra.Connect;

// Promise: connect-server is what Seqera's manifest makes, and everything that the manifest leaves out.
public sealed class ConnectServerTests
{
    private const string Selector = """
        { "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "server" }
        """;

    private const string Labels = """
        "labels": {
          "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "server",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform", "app.kubernetes.io/version": "0.11.0"
        }
        """;

    [Fact]
    public async Task Children_BelongToTheComponent()
    {
        ConnectServer? server = null;
        var deployed = await Deployed.Of(options => server = new ConnectServer("connect-server", Args(), options));

        deployed.Lineages.ShouldBe([
            "platform:connect:ConnectServer$kubernetes:apps/v1:StatefulSet::connect-server",
            "platform:connect:ConnectServer$kubernetes:core/v1:Service::connect-server-service",
            "platform:connect:ConnectServer$kubernetes:core/v1:ServiceAccount::connect-server-account",
            "platform:connect:ConnectServer$kubernetes:networking.k8s.io/v1:NetworkPolicy::connect-server-policy",
            "platform:connect:ConnectServer$kubernetes:policy/v1:PodDisruptionBudget::connect-server-budget",
            "platform:connect:ConnectServer::connect-server",
        ]);
        deployed.OutputNames("ConnectServer::connect-server").ShouldBe(["serviceName"]);
        (await Deployed.ValueOf(server!.ServiceName)).ShouldBe("connect-server");
    }

    [Fact]
    public async Task StatefulSet_IsTheWholeSpecification()
    {
        var deployed = await Deployed.Of(() => new ConnectServer("connect-server", Args()));

        var hash = ConfigHash.Compute([
            new("CONNECT_HOST_DOMAIN", "connect-server"),
            new("CONNECT_LISTENER_PORT", "7777"),
            new("CONNECT_LOG_LEVEL", "INFO"),
            new("CONNECT_REDIS_DB", "1"),
            new("CONNECT_REDIS_PREFIX", "connect:session"),
            new("CONNECT_REDIS_TLS_ENABLE", "false"),
            new("CONNECT_TUNNEL_PORT", "7070"),
            new("redis-password", "redis-password-1"),
            new("redis-address", "redis.seqera.svc:6379"),
        ]);
        deployed
            .Inputs("connect-server")
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "apiVersion": "apps/v1", "kind": "StatefulSet",
                      "metadata": { "name": "connect-server", "namespace": "seqera", {{Labels}} },
                      "spec": {
                        "podManagementPolicy": "Parallel",
                        "replicas": 2,
                        "selector": { "matchLabels": {{Selector}} },
                        "serviceName": "connect-server",
                        "template": {
                          "metadata": { "annotations": { "studio-platform/config-hash": "{{hash}}" }, {{Labels}} },
                          "spec": {
                            "automountServiceAccountToken": false,
                            "enableServiceLinks": false,
                            "imagePullSecrets": [{ "name": "cr.seqera.io" }],
                            "nodeSelector": { "kubernetes.io/arch": "amd64", "pool": "platform" },
                            "serviceAccountName": "connect-server",
                            "securityContext": {
                              "fsGroup": 65532, "fsGroupChangePolicy": "OnRootMismatch", "runAsGroup": 65532, "runAsNonRoot": true, "runAsUser": 65532,
                              "seccompProfile": { "type": "RuntimeDefault" }
                            },
                            "topologySpreadConstraints": [
                              { "labelSelector": { "matchLabels": {{Selector}} }, "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway" },
                              { "labelSelector": { "matchLabels": {{Selector}} }, "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway" }
                            ],
                            "containers": [{
                              "name": "server",
                              "image": "mirror.example/enterprise/studios/server:0.11.0",
                              "imagePullPolicy": "IfNotPresent",
                              "env": [
                                { "name": "CONNECT_HOST_DOMAIN", "value": "connect-server" },
                                { "name": "CONNECT_LISTENER_PORT", "value": "7777" },
                                { "name": "CONNECT_LOG_LEVEL", "value": "INFO" },
                                { "name": "CONNECT_REDIS_ADDRESS", "value": "redis.seqera.svc:6379" },
                                { "name": "CONNECT_REDIS_DB", "value": "1" },
                                { "name": "CONNECT_REDIS_PASSWORD", "valueFrom": { "secretKeyRef": { "key": "password", "name": "redis-password" } } },
                                { "name": "CONNECT_REDIS_PREFIX", "value": "connect:session" },
                                { "name": "CONNECT_REDIS_TLS_ENABLE", "value": "false" },
                                { "name": "CONNECT_TUNNEL_PORT", "value": "7070" }
                              ],
                              "ports": [
                                { "containerPort": 7070, "name": "tunnel", "protocol": "TCP" },
                                { "containerPort": 7777, "name": "listener", "protocol": "TCP" }
                              ],
                              "livenessProbe": { "failureThreshold": 3, "initialDelaySeconds": 10, "periodSeconds": 20, "tcpSocket": { "port": "tunnel" } },
                              "readinessProbe": { "failureThreshold": 2, "periodSeconds": 5, "tcpSocket": { "port": "listener" } },
                              "resources": {
                                "limits": { "ephemeral-storage": "64Mi", "memory": "128Mi" },
                                "requests": { "cpu": "50m", "ephemeral-storage": "64Mi", "memory": "128Mi" }
                              },
                              "securityContext": {
                                "allowPrivilegeEscalation": false, "capabilities": { "add": ["NET_BIND_SERVICE"], "drop": ["ALL"] }, "privileged": false, "readOnlyRootFilesystem": false,
                                "runAsGroup": 65532, "runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": { "type": "RuntimeDefault" }
                              }
                            }]
                          }
                        }
                      }
                    }
                    """));
    }

    [Fact]
    public async Task Service_IsHeadless_WithBothPorts()
    {
        var deployed = await Deployed.Of(() => new ConnectServer("connect-server", Args()));

        deployed
            .Inputs("connect-server-service")
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "apiVersion": "v1", "kind": "Service",
                      "metadata": { "name": "connect-server", "namespace": "seqera", {{Labels}} },
                      "spec": {
                        "clusterIP": "None",
                        "ports": [
                          { "name": "tunnel", "port": 7070, "protocol": "TCP", "targetPort": "tunnel" },
                          { "name": "listener", "port": 7777, "protocol": "TCP", "targetPort": "listener" }
                        ],
                        "selector": {{Selector}}
                      }
                    }
                    """));
    }

    [Fact]
    public async Task Policy_AdmitsTheProxyOnly()
    {
        var deployed = await Deployed.Of(() => new ConnectServer("connect-server", Args()));

        deployed
            .Inputs("connect-server-policy")
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                      "metadata": { "name": "connect-server", "namespace": "seqera", {{Labels}} },
                      "spec": {
                        "podSelector": { "matchLabels": {{Selector}} },
                        "policyTypes": ["Ingress", "Egress"],
                        "ingress": [{
                          "from": [{ "podSelector": { "matchLabels": {
                            "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy"
                          } } }],
                          "ports": [{ "port": 7070, "protocol": "TCP" }, { "port": 7777, "protocol": "TCP" }]
                        }],
                        "egress": [
                          { "ports": [
                            { "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }
                          ] },
                          { "ports": [{ "port": 6379, "protocol": "TCP" }] }
                        ]
                      }
                    }
                    """));
    }

    [Fact]
    public async Task Policy_IsLeftOut_WhenSwitchedOff() =>
        (
            await Deployed.Of(() =>
                new ConnectServer("connect-server", new ConnectServerArgs { Workload = ConnectSample.Workload(networkPoliciesEnabled: false) })))
            .Has("connect-server-policy")
            .ShouldBeFalse();

    [Fact]
    public async Task Rejects_NoPods() =>
        (
            await Deployed.Refusal(() => new ConnectServer("connect-server", new ConnectServerArgs { Workload = ConnectSample.Workload(), Replicas = 0 }))
        ).ShouldContain("connect-server would have 0 pods: it must have at least 1.");

    [Fact]
    public async Task Rejects_ExtraVariables_ThatThePlatformSets() =>
        (
            await Deployed.Refusal(() =>
                new ConnectServer(
                    "connect-server",
                    new ConnectServerArgs
                    {
                        Workload = ConnectSample.Workload(),
                        ExtraEnvironment = new Dictionary<string, string> { ["CONNECT_REDIS_DB"] = "3" }.ToImmutableDictionary(),
                    }))
        ).ShouldContain("Extra environment of connect-server sets CONNECT_REDIS_DB: the platform sets these itself, change the setting behind them.");

    private static ConnectServerArgs Args() => new() { Workload = ConnectSample.Workload() };
}
