using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Operate.Adopting;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.State;

namespace Tests.Operate.Adopting;

// Promise: the fields that the first update would set are told, and no others.
public sealed class LiveDifferenceTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    [Fact]
    public void Fields_AreCompared_AsTheApiServerTellsThemApart()
    {
        var planned = """
            {"metadata": {"name": "connect-proxy", "labels": {"app": "connect-proxy"}},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "connect-proxy"}}, "template": {"spec": {
               "containers": [{"name": "proxy", "image": "b:2", "resources": {"limits": {"memory": "1Gi"}},
                               "env": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}], "ports": [{"containerPort": 8081}]}]}}}}
            """;
        var live = """
            {"metadata": {"name": "connect-proxy", "labels": {"app": "connect-proxy", "team": "x"}, "uid": "1", "managedFields": []},
             "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "proxy"}}, "progressDeadlineSeconds": 600, "template": {"spec": {
               "containers": [{"name": "sidecar", "image": "s:1"}, {"name": "proxy", "image": "b:1", "resources": {"limits": {"memory": "1024Mi"}},
                               "env": [{"name": "A", "value": "1"}, {"name": "C", "value": "3"}], "ports": [{"containerPort": 8081, "protocol": "TCP"}]}]}}},
             "status": {"replicas": 3}}
            """;

        Between(Deployment, "Deployment", planned, live).ShouldBe(
        [
            new("spec.replicas", "3", "2", Replaces: false),
            new("spec.selector.matchLabels.app", "proxy", "connect-proxy", Replaces: true),
            new("spec.template.spec.containers[proxy].env[B].name", "", "B", Replaces: false),
            new("spec.template.spec.containers[proxy].env[B].value", "", "2", Replaces: false),
            new("spec.template.spec.containers[proxy].image", "b:1", "b:2", Replaces: false),
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("kubernetes:core/v1:Secret", "Secret", """{"data": {"password": "eA=="}}""", """{"data": {"password": "eQ=="}}""", "")]
    [InlineData("kubernetes:core/v1:Secret", "Secret", """{"type": "Opaque", "stringData": {"a": "b"}}""", """{"type": "kubernetes.io/tls"}""", "type!")]
    [InlineData("kubernetes:core/v1:ConfigMap", "ConfigMap", """{"data": {"a": "<known after up>", "b": "1"}}""", """{"data": {"a": "x", "b": "2"}}""", "data.b!")]
    [InlineData("kubernetes:core/v1:Service", "Service", """{"spec": {"ports": [{"port": 80, "targetPort": 8081}]}}""",
        """{"spec": {"ports": [{"port": 80, "targetPort": "http"}], "clusterIP": "10.0.0.1"}}""", "spec.ports[80].targetPort")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "RoleBinding", """{"roleRef": {"name": "a"}}""", """{"roleRef": {"name": "b"}}""", "roleRef.name!")]
    [InlineData("kubernetes:apps/v1:StatefulSet", "StatefulSet", """{"spec": {"serviceName": "redis"}}""", """{"spec": {}}""", "spec.serviceName!")]
    [InlineData(Deployment, "Deployment", """{"spec": {"paused": false, "template": {"spec": {"hostname": ""}}}}""", """{"spec": {}}""", "")]
    public void Kinds_HaveFieldsOfTheirOwn(string type, string kind, string planned, string live, string expected)
        => string.Join(' ', Between(type, kind, planned, live).Select(difference => $"{difference.Path}{(difference.Replaces ? "!" : "")}")).ShouldBe(expected);

    private static ImmutableArray<FieldDifference> Between(string type, string kind, string planned, string live) => LiveDifference.Between(
        type,
        new KubernetesObject(
            Urn.Create("s", "p", null, type, "x"), kind, "n", "x", IsPatch: false,
            StateValues.ReadMap(JsonDocument.Parse(planned).RootElement, StateSecrets.Closed), [])
        { FieldManager = "pulumi", IsWhole = true, TakesOver = false },
        JsonNode.Parse(live)!.AsObject());
}
