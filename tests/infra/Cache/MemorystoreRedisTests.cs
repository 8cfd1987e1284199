using System.Collections.Immutable;
using Infra.Cache;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Support;

namespace Tests.Infra.Cache;

// Promise: clients get password and authority as Secrets and nothing else does, and a full server says so.
public sealed class MemorystoreRedisTests
{
    [Fact]
    public async Task TheServer_HasTlsAPasswordAndAReplica() => (await Deployed.Of(() => Make())).Inputs("redis").ShouldBe(Deployed.Json(
        """
        {
          "authEnabled": true,
          "authorizedNetwork": "projects/example-research/global/networks/test",
          "connectMode": "PRIVATE_SERVICE_ACCESS",
          "deletionProtection": false,
          "maintenancePolicy": { "weeklyMaintenanceWindows": [{"day": "SUNDAY", "startTime": {"hours": 3, "minutes": 0, "nanos": 0, "seconds": 0}}] },
          "memorySizeGb": 6,
          "name": "studio-test-redis",
          "persistenceConfig": { "persistenceMode": "RDB", "rdbSnapshotPeriod": "TWELVE_HOURS" },
          "redisConfigs": { "maxmemory-policy": "noeviction" },
          "redisVersion": "REDIS_7_2",
          "region": "europe-west1",
          "tier": "STANDARD_HA",
          "transitEncryptionMode": "SERVER_AUTHENTICATION"
        }
        """));

    [Fact]
    public async Task Clients_AreToldAddressPasswordAndAuthority()
    {
        MemorystoreRedis? redis = null;
        var deployed = await Deployed.Of(() => redis = Make());

        (await Deployed.ValueOf(redis!.Host), await Deployed.ValueOf(redis.Port), redis.User).ShouldBe(("10.41.0.3", 6378, null));
        (redis.Tls!.SkipVerify, redis.Tls.CertificateAuthority!.Key).ShouldBe((false, "ca.crt"));
        deployed.Inputs("redis-authority").ShouldContain("\"ca.crt\": \"AUTHORITY-1\\nAUTHORITY-2\\n\"");
        deployed.Inputs("redis-password").ShouldContain($"\"password\": \"{MockValues.Password("redis")}\"");
    }

    [Fact]
    public async Task ThePassword_StandsInItsSecretOnly() => (await Deployed.Of(() => Make())).Plan
        .Where(resource => resource.Value.Contains(MockValues.Password("redis"), StringComparison.Ordinal)).Select(resource => resource.Key)
        .ShouldBe(["kubernetes:core/v1:Secret::redis-password"]);

    [Fact]
    public async Task ThePassword_IsSecret()
    {
        var secret = await Captured.Of<SecretArgs>("redis-password", options => Make(options));

        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(secret.StringData)).ShouldBeTrue();
    }

    [Fact]
    public async Task OneNode_IsTheBasicTier() => (await Deployed.Of(() => Make(highAvailability: false))).Inputs("redis").ShouldContain("\"tier\": \"BASIC\"");

    private static MemorystoreRedis Make(ComponentResourceOptions? options = null, bool highAvailability = true) => new(
        "redis",
        new MemorystoreRedisArgs
        {
            HighAvailability = highAvailability,
            InstanceName = "studio-test-redis",
            MemoryGiB = 6,
            Namespace = "seqera-platform",
            Network = GcpParts.ExistingNetwork(),
            Project = GcpParts.Project(),
        },
        options);
}
