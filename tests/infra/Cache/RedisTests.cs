using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Cache;
using Infra.Connect;
using Infra.Manifests;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Cache;

// Promise: the in-cluster Redis is persistent, asks for a password that no other object shows, and lets in its named clients only.
public sealed class RedisTests
{
    private const string Labels = """
        "labels": {
          "app.kubernetes.io/name": "redis", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "cache",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        }
        """;

    private const string Selector = """
        { "app.kubernetes.io/name": "redis", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "cache" }
        """;

    [Fact]
    public async Task Children_BelongToTheComponent() => (await Deployed.Of(options => new Redis("redis", Args(), options))).Lineages.ShouldBe([
        "platform:cache:Redis$kubernetes:apps/v1:StatefulSet::redis",
        "platform:cache:Redis$kubernetes:core/v1:ConfigMap::redis-configuration",
        "platform:cache:Redis$kubernetes:core/v1:Service::redis-service",
        "platform:cache:Redis$kubernetes:core/v1:ServiceAccount::redis-account",
        "platform:cache:Redis$kubernetes:networking.k8s.io/v1:NetworkPolicy::redis-policy",
        "platform:cache:Redis$kubernetes:policy/v1:PodDisruptionBudget::redis-budget",
        "platform:cache:Redis$platform:secrets:TrackedSecret$kubernetes:core/v1:Secret::redis-password",
        "platform:cache:Redis$platform:secrets:TrackedSecret$random:index/randomPassword:RandomPassword::redis-password-value",
        "platform:cache:Redis$platform:secrets:TrackedSecret::redis-password",
        "platform:cache:Redis::redis",
    ]);

    [Fact]
    public async Task StatefulSet_IsTheWholeSpecification()
    {
        var deployed = await Deployed.Of(() => new Redis("redis", Args()));

        var hash = ConfigHash.Compute([new("configuration", "redis-configuration-1a2b3c4d"), new("password", "redis-password-1a2b3c4d")]);
        deployed.Inputs("redis").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "apps/v1", "kind": "StatefulSet",
              "metadata": { "name": "connect-redis", "namespace": "seqera", {{Labels}} },
              "spec": {
                "persistentVolumeClaimRetentionPolicy": { "whenDeleted": "Delete", "whenScaled": "Retain" },
                "replicas": 1,
                "selector": { "matchLabels": {{Selector}} },
                "serviceName": "connect-redis",
                "template": {
                  "metadata": { "annotations": { "studio-platform/config-hash": "{{hash}}" }, {{Labels}} },
                  "spec": {
                    "automountServiceAccountToken": false,
                    "enableServiceLinks": false,
                    "imagePullSecrets": [{ "name": "mirror" }],
                    "serviceAccountName": "connect-redis",
                    "securityContext": {
                      "fsGroup": 999, "fsGroupChangePolicy": "OnRootMismatch", "runAsGroup": 999, "runAsNonRoot": true, "runAsUser": 999,
                      "seccompProfile": { "type": "RuntimeDefault" }
                    },
                    "containers": [{
                      "name": "redis",
                      "image": "mirror.example/library/redis:7.4.11",
                      "imagePullPolicy": "IfNotPresent",
                      "command": ["redis-server", "/etc/redis/redis.conf"],
                      "ports": [{ "containerPort": 6379, "name": "redis", "protocol": "TCP" }],
                      "livenessProbe": { "failureThreshold": 5, "initialDelaySeconds": 15, "periodSeconds": 20, "tcpSocket": { "port": 6379 } },
                      "readinessProbe": {
                        "exec": { "command": ["sh", "-c", "REDISCLI_AUTH=\"$(cat /etc/redis-secret/password)\" redis-cli ping | grep -q PONG"] },
                        "failureThreshold": 3, "periodSeconds": 10, "timeoutSeconds": 5
                      },
                      "resources": {
                        "limits": { "ephemeral-storage": "64Mi", "memory": "512Mi" },
                        "requests": { "cpu": "100m", "ephemeral-storage": "64Mi", "memory": "512Mi" }
                      },
                      "securityContext": {
                        "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] }, "privileged": false, "readOnlyRootFilesystem": true,
                        "runAsGroup": 999, "runAsNonRoot": true, "runAsUser": 999, "seccompProfile": { "type": "RuntimeDefault" }
                      },
                      "volumeMounts": [
                        { "mountPath": "/data", "name": "data" },
                        { "mountPath": "/etc/redis", "name": "configuration", "readOnly": true },
                        { "mountPath": "/etc/redis-secret", "name": "secret", "readOnly": true },
                        { "mountPath": "/tmp", "name": "tmp" }
                      ]
                    }],
                    "volumes": [
                      { "configMap": { "name": "redis-configuration-1a2b3c4d" }, "name": "configuration" },
                      { "name": "secret", "secret": { "defaultMode": 288, "secretName": "redis-password-1a2b3c4d" } },
                      { "emptyDir": { "sizeLimit": "16Mi" }, "name": "tmp" }
                    ]
                  }
                },
                "volumeClaimTemplates": [{
                  "metadata": { "labels": {{Selector}}, "name": "data" },
                  "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "8Gi" } } }
                }]
              }
            }
            """));
    }

    [Fact]
    public async Task Service_IsHeadless()
    {
        Redis? redis = null;
        var deployed = await Deployed.Of(() => redis = new Redis("redis", Args()));

        deployed.Inputs("redis-service").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Service",
              "metadata": { "name": "connect-redis", "namespace": "seqera", {{Labels}} },
              "spec": {
                "clusterIP": "None",
                "ports": [{ "name": "redis", "port": 6379, "protocol": "TCP", "targetPort": "redis" }],
                "selector": {{Selector}}
              }
            }
            """));
        (await Deployed.ValueOf(redis!.Host)).ShouldBe("connect-redis.seqera.svc");
        (await Deployed.ValueOf(redis.Port)).ShouldBe(6379);
        deployed.OutputNames("Redis::redis").ShouldBe(["disk", "host", "port", "statefulSet"]);
    }

    [Fact]
    public async Task Policy_LetsInTheClients_AndLetsNothingOut()
    {
        var deployed = await Deployed.Of(() => new Redis("redis", Args()));

        deployed.Inputs("redis-policy").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
              "metadata": { "name": "connect-redis", "namespace": "seqera", {{Labels}} },
              "spec": {
                "podSelector": { "matchLabels": {{Selector}} },
                "policyTypes": ["Ingress", "Egress"],
                "ingress": [{
                  "from": [{ "podSelector": { "matchLabels": {
                    "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy"
                  } } }],
                  "ports": [{ "port": 6379, "protocol": "TCP" }]
                }]
              }
            }
            """));
    }

    [Fact]
    public async Task Policy_LetsNobodyIn_WithoutClients()
    {
        var deployed = await Deployed.Of(() => new Redis("redis", new RedisArgs { Namespace = "seqera", Clients = [] }));

        deployed.Inputs("redis-policy").ShouldNotContain("\"ingress\"", Case.Sensitive);
        deployed.Inputs("redis-policy").ShouldContain("\"Ingress\"", Case.Sensitive);
    }

    [Fact]
    public async Task Budget_LetsANodeBeDrained()
    {
        var deployed = await Deployed.Of(() => new Redis("redis", Args()));

        deployed.Inputs("redis-budget").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
              "metadata": { "name": "connect-redis", "namespace": "seqera", {{Labels}} },
              "spec": { "maxUnavailable": 1, "selector": { "matchLabels": {{Selector}} } }
            }
            """));
    }

    [Fact]
    public async Task Password_IsRenderedForTheServer_AndAppearsInNoOtherObject()
    {
        Redis? redis = null;
        var deployed = await Deployed.Of(() => redis = new Redis("redis", Args()));

        const string password = "password-of-redis-password-value";
        deployed.Inputs("redis-password").ShouldContain($"\"auth.conf\": \"requirepass {password}\\n\"");
        deployed.Inputs("redis-password").ShouldContain($"\"password\": \"{password}\"");
        new[] { "redis", "redis-configuration", "redis-service", "redis-policy", "redis-budget", "redis-account" }.ShouldAllBe(name =>
            !deployed.Inputs(name).Contains(password));
        redis!.Password.ShouldNotBeNull().Key.ShouldBe("password");
        redis.Tls.ShouldBeNull();
    }

    [Fact]
    public async Task Protected_KeepsTheVolume()
    {
        var deployed = await Deployed.Of(() => new Redis(
            "redis", new RedisArgs { Namespace = "seqera", Clients = [], Protected = true, StorageClassName = "gp3", StorageSize = Quantity.Parse("20Gi") }));

        deployed.Inputs("redis").ShouldContain("\"whenDeleted\": \"Retain\"");
        deployed.Inputs("redis").ShouldContain("\"storageClassName\": \"gp3\"");
        deployed.Inputs("redis").ShouldContain("\"storage\": \"20Gi\"");
    }

    [Fact]
    public async Task ExistingRedis_BringsItsPasswordAlong()
    {
        ExistingRedis? redis = null;
        var deployed = await Deployed.Of(options =>
            redis = new ExistingRedis(
                "redis",
                new ExistingRedisArgs
                {
                    Namespace = "seqera",
                    Host = "cache.example.com",
                    Port = 6380,
                    User = "connect",
                    Password = Output.CreateSecret("marker"),
                    Tls = new RedisTls(),
                },
                options));

        deployed.Lineages.ShouldBe([
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-password",
            "platform:cache:ExistingRedis$platform:secrets:GivenSecret::redis-password",
            "platform:cache:ExistingRedis::redis",
        ]);
        (await Deployed.ValueOf(redis!.Host)).ShouldBe("cache.example.com");
        (await Deployed.ValueOf(redis.Port)).ShouldBe(6380);
        redis.User.ShouldBe("connect");
        redis.Tls.ShouldBe(new RedisTls());
        (await Deployed.ValueOf(redis.Password.ShouldNotBeNull().SecretName)).ShouldBe("redis-password-1a2b3c4d");
    }

    [Fact]
    public async Task ExistingRedis_HasNoPassword_WhenTheServerAsksForNone()
    {
        ExistingRedis? redis = null;
        await Deployed.Of(() => redis = new ExistingRedis("redis", new ExistingRedisArgs { Namespace = "seqera", Host = "cache.example.com" }));

        redis!.Password.ShouldBeNull();
    }

    private static RedisArgs Args() => new()
    {
        Namespace = "seqera",
        Clients = ImmutableArray.Create(ConnectLabels.Proxy),
        Registry = "mirror.example",
        PullSecrets = ["mirror"],
    };
}

// Promise: the server keeps what it was given, forgets nothing for lack of room, and cannot be emptied or reconfigured over the network.
public sealed class RedisConfigurationTests
{
    [Fact]
    public void Text_IsTheWholeConfiguration() => RedisConfiguration.Text(Quantity.Parse("1000M")).ShouldBe(
        """
        port 6379
        bind * -::*
        protected-mode yes
        dir /data
        appendonly yes
        appendfsync everysec
        save ""
        maxmemory 700000000
        maxmemory-policy noeviction
        rename-command CONFIG ""
        rename-command DEBUG ""
        rename-command FLUSHALL ""
        rename-command FLUSHDB ""
        rename-command SHUTDOWN ""
        include /etc/redis-secret/auth.conf

        """.ReplaceLineEndings("\n"));

    [Property]
    public Property Text_LeavesRoomForARewrite() => Prop.ForAll(
        Gen.Choose(64, 262_144).ToArbitrary(),
        mebibytes =>
        {
            var memory = Quantity.Parse($"{mebibytes}Mi");
            var line = RedisConfiguration.Text(memory).Split('\n').Single(text => text.StartsWith("maxmemory ", StringComparison.Ordinal));
            var maximum = decimal.Parse(line["maxmemory ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            return maximum > memory.Amount * 0.69m && maximum <= memory.Amount * 0.7m;
        });

    [Fact]
    public void Authentication_IsOneDirective() => RedisConfiguration.Authentication("abc123").ShouldBe("requirepass abc123\n");
}
