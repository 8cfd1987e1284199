namespace Tests.Stacks.Settings.Studios;

// Promise: a policy that connect-proxy would not start with never reaches it.
public sealed class StudiosQuotaRulesTests
{
    private const string Users =
        """{ "buckets": [{ "name": "user_id", "quotas": [{ "bytes": "1TB", "window": "720h" }], "extractors": [{ "protocol": "http", "source": "header", "header": "X-Connect-Sub" }] }] }""";

    private const string Addresses =
        """{ "buckets": [{ "name": "ip", "quotas": [{ "bytes": "1TB", "window": "720h" }], "extractors": [{ "protocol": "any", "source": "client_ip" }] }] }""";

    [Fact]
    public void Takes_APolicyOnConnect012() => StudiosSample.Messages(("studios.connectVersion", "\"0.12.0\""), ("studios.quotas", Users)).ShouldBeEmpty();

    [Fact]
    public void Rejects_QuotasOnConnect011() => StudiosSample.Messages(("studios.connectVersion", "\"0.11.0\""), ("studios.quotas", Users)).ShouldBe([
        """
        platform:studios.connectVersion: does not support traffic quotas, which quotas needs
          given:   0.11.0
          allowed: connect 0.12.0 or newer
          fix:     set connectVersion: 0.12.0 or newer, or remove quotas
        """,
    ]);

    [Fact]
    public void Rejects_QuotasOnRedis6() => StudiosSample.Messages(
        ("studios.connectVersion", "\"0.12.0\""),
        ("studios.quotas", Users),
        ("redis", """{ "existing": { "address": "redis.example.com:6379", "version": "6.2.0" } }""")).ShouldBe([
        """
        platform:redis.existing.version: is older than what Studios and its quotas ask for
          given:   6.2.0
          allowed: 7.0.0 or newer, Redis or Valkey
          fix:     upgrade the server
        """,
    ]);

    [Fact]
    public void Rejects_CountingAddressesThatNobodyPassesOn() =>
        StudiosSample
            .Messages(("studios.connectVersion", "\"0.12.0\""), ("studios.quotas", Addresses))
            .ShouldBe([
                """
                platform:studios.proxy.trustedProxies: is empty, so the quotas by client_ip would count all traffic against the balancer's address
                  given:   []
                  allowed: the address ranges between balancer and proxy
                  fix:     add trustedProxies: [<range of the balancer's subnets>]
                """,
            ]);

    [Fact]
    public void Rejects_AHeaderThatCanBeForged() => StudiosSample.Messages(
        ("studios.connectVersion", "\"0.12.0\""), ("studios.quotas", Users.Replace("X-Connect-Sub", "X-User", StringComparison.Ordinal))).ShouldBe([
        """
        platform:studios.quotas.buckets[0].extractors[0].header: can be forged: connect-proxy does not set this header itself
          given:   X-User
          allowed: X-Connect-Sub
          fix:     correct the policy as allowed
        """,
    ]);

    [Theory]
    [InlineData("""{ "address": "redis://redis.example.com:6379" }""", "platform:redis.existing.address: has a scheme")]
    [InlineData("""{ "address": "redis.example.com" }""", "platform:redis.existing.address: has no port")]
    public void Rejects_AnAddressOfRedisInAnotherForm(string existing, string message) =>
        StudiosSample.Messages(("redis", $$"""{ "existing": {{existing}} }""")).ShouldHaveSingleItem().ShouldStartWith(message);

    [Fact]
    public void Rejects_ADatabaseThatThereIsNot() => StudiosSample.Messages(("studios.redis.database", "16")).ShouldHaveSingleItem().ShouldStartWith(
        """
        platform:studios.redis.database: is out of range
          given:   16
          allowed: a whole number from 0 to 15
        """);

    [Fact]
    public void Rejects_ThePlatformsOwnDatabase() => StudiosSample.Messages(("studios.redis.sharedWithPlatform", "true")).ShouldBe([
        """
        platform:studios.redis.database: is the database of the Platform, which shares the server
          given:   0
          allowed: 1 to 15, or a prefix of its own
          fix:     set database: 1
        """,
    ]);

    [Fact]
    public void Rejects_AVariableThatASettingStandsFor() =>
        StudiosSample
            .Messages(("studios.proxy.extraEnvironment", """{ "CONNECT_POLICY_B64": "e30=" }"""))
            .ShouldBe([
                """
                platform:studios.proxy.extraEnvironment.CONNECT_POLICY_B64: is set by the platform itself
                  given:   e30=
                  allowed: a variable that no setting stands for
                  fix:     remove CONNECT_POLICY_B64 and change the setting behind it
                """,
            ]);
}
