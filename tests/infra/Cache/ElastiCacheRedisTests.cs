using Infra.Cache;
using Pulumi;
using Pulumi.Aws.ElastiCache;
using Tests.Support;

namespace Tests.Infra.Cache;

// Promise: the server answers over TLS to those who know the password, survives a zone, and its password never is a plain value.
public sealed class ElastiCacheRedisTests
{
    [Fact]
    public async Task TheServer_IsEncrypted_ReplicatedAndSaved()
    {
        ElastiCacheRedis? redis = null;
        var deployed = await Deployed.Of(() => redis = new ElastiCacheRedis("redis", Args(2, isProtected: true)));

        deployed
            .Inputs("redis")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "atRestEncryptionEnabled": true, "authToken": "password-of-redis-password-value", "authTokenUpdateStrategy": "ROTATE", "autoMinorVersionUpgrade": true,
                      "automaticFailoverEnabled": true, "description": "Sessions and tunnels of Seqera Studios", "engine": "valkey", "engineVersion": "7.2",
                      "finalSnapshotIdentifier": "studio-test-redis-final-1a2b3c4d", "kmsKeyId": "arn:key",
                      "logDeliveryConfigurations": [
                        { "destination": "/aws/elasticache/studio-test-redis", "destinationType": "cloudwatch-logs", "logFormat": "json", "logType": "slow-log" },
                        { "destination": "/aws/elasticache/studio-test-redis", "destinationType": "cloudwatch-logs", "logFormat": "json", "logType": "engine-log" }
                      ],
                      "maintenanceWindow": "sun:03:00-sun:04:00", "multiAzEnabled": true, "nodeType": "cache.t4g.small", "numCacheClusters": 2,
                      "parameterGroupName": "redis-parameters-1a2b3c4d", "port": 6379, "replicationGroupId": "studio-test-redis", "securityGroupIds": ["redis-security-group_id"],
                      "snapshotRetentionLimit": 7, "snapshotWindow": "01:00-02:00", "subnetGroupName": "redis-subnets-1a2b3c4d",
                      "transitEncryptionEnabled": true, "transitEncryptionMode": "required"
                    }
                    """));
        deployed
            .Inputs("redis-parameters")
            .ShouldBe(
                Deployed.Json(
                    """{ "description": "studio-test-redis", "family": "valkey7", "parameters": [{ "name": "maxmemory-policy", "value": "noeviction" }] }"""));
        (await Deployed.ValueOf(redis!.Host)).ShouldBe("redis.cache.example.com");
        (await Deployed.ValueOf(redis.Port)).ShouldBe(6379);
        redis.Tls.ShouldBe(new RedisTls());
        redis.Password!.Key.ShouldBe("password");
        (await Deployed.ValueOf(redis.Password.SecretName)).ShouldBe("redis-password-1a2b3c4d");
    }

    [Fact]
    public async Task OneNode_HasNobodyToFailOverTo()
    {
        var deployed = await Deployed.Of(() => new ElastiCacheRedis("redis", Args(1, isProtected: false)));

        deployed.Inputs("redis").ShouldContain("\"automaticFailoverEnabled\": false");
        deployed.Inputs("redis").ShouldContain("\"multiAzEnabled\": false");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheLastSnapshot_DoesNotHangOnProtection(bool isProtected)
    {
        var kept = await Deployed.Of(() => new ElastiCacheRedis("redis", Args(2, isProtected)));
        var dropped = await Deployed.Of(() => new ElastiCacheRedis("redis", Args(2, isProtected, finalSnapshot: false)));

        kept.Inputs("redis").ShouldContain("\"finalSnapshotIdentifier\": \"studio-test-redis-final-1a2b3c4d\"");
        kept.Inputs("redis-final-snapshot").ShouldBe(Deployed.Json("""
            { "byteLength": 4, "keepers": { "identifier": "studio-test-redis", "keyArn": "arn:key", "subnetGroup": "redis-subnets-1a2b3c4d" } }
            """));
        dropped.Inputs("redis").ShouldNotContain("finalSnapshotIdentifier");
        dropped.Has("redis-final-snapshot").ShouldBeFalse();
    }

    [Fact]
    public async Task ThePassword_IsSecret()
    {
        var args = await Captured.Of<ReplicationGroupArgs>("redis", options => new ElastiCacheRedis("redis", Args(2, isProtected: false), options));

        (await Output.IsSecretAsync(args.AuthToken!.Apply(token => token))).ShouldBeTrue();
    }

    [Fact]
    public async Task AProtectedServer_CannotBeDeleted() =>
        (await Captured.Options<ReplicationGroupArgs>("redis", options => new ElastiCacheRedis("redis", Args(2, isProtected: true), options))).Protect.ShouldBe(
            true);

    private static ElastiCacheRedisArgs Args(int nodes, bool isProtected, bool finalSnapshot = true) => new()
    {
        FinalSnapshot = finalSnapshot,
        ClientSecurityGroupId = "sg-nodes",
        KeyArn = "arn:key",
        Namespace = "seqera",
        Network = AwsParts.Network(),
        Nodes = nodes,
        Protected = isProtected,
        ReplicationGroupId = "studio-test-redis",
    };
}
