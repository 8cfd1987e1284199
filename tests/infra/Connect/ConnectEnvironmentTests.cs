using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Infra.Connect;
using Infra.Dns;

namespace Tests.Infra.Connect;

// Promise: proxy and server are told the same about Redis, in the vendor's words, and no secret is ever a text among their variables.
public sealed class ConnectEnvironmentTests
{
    private static readonly ImmutableDictionary<string, string> Nothing = ImmutableDictionary<string, string>.Empty;

    private static readonly Gen<ConnectRedis> Redis =
        from user in Gen.Elements<string?>(null, "connect")
        from database in Gen.Choose(0, ConnectRedis.HighestDatabase)
        from prefix in Gen.Elements(ConnectRedis.DefaultPrefix, "other")
        from flags in Gen.Elements(true, false).ListOf(5)
        select new ConnectRedis(user, flags[0], database, prefix, flags[1], flags[2], flags[3], flags[4]);

    [Fact]
    public void Server_IsTheWholeMap() => ConnectEnvironment.Server(new("connect-server", new ConnectRedis(), ConnectLogLevel.Info, Nothing)).ShouldBe(
        new Dictionary<string, EnvironmentValue>
        {
            ["CONNECT_HOST_DOMAIN"] = "connect-server",
            ["CONNECT_LISTENER_PORT"] = "7777",
            ["CONNECT_LOG_LEVEL"] = "INFO",
            ["CONNECT_REDIS_ADDRESS"] = ConnectSource.RedisAddress,
            ["CONNECT_REDIS_DB"] = "0",
            ["CONNECT_REDIS_PASSWORD"] = ConnectSource.RedisPassword,
            ["CONNECT_REDIS_PREFIX"] = "connect:session",
            ["CONNECT_REDIS_TLS_ENABLE"] = "false",
            ["CONNECT_TUNNEL_PORT"] = "7070",
        });

    [Fact]
    public void Proxy_IsTheWholeMap() => ConnectEnvironment.Proxy(Proxy(new ConnectRedis("connect", Database: 1, TlsEnabled: true, PrivateAuthority: true, ClientCertificate: true))).ShouldBe(
        new Dictionary<string, EnvironmentValue>
        {
            ["CONNECT_HTTP_PORT"] = "8081",
            ["CONNECT_LOG_LEVEL"] = "WARN",
            ["CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN"] = ConnectSource.RegistrationToken,
            ["CONNECT_PROXY_URL"] = "https://connect.example.com",
            ["CONNECT_REDIS_ADDRESS"] = ConnectSource.RedisAddress,
            ["CONNECT_REDIS_DB"] = "1",
            ["CONNECT_REDIS_PASSWORD"] = ConnectSource.RedisPassword,
            ["CONNECT_REDIS_PREFIX"] = "connect:session",
            ["CONNECT_REDIS_TLS_CERT_FILE"] = "/etc/connect/redis-tls/tls.crt",
            ["CONNECT_REDIS_TLS_ENABLE"] = "true",
            ["CONNECT_REDIS_TLS_KEY_FILE"] = "/etc/connect/redis-tls/tls.key",
            ["CONNECT_REDIS_TLS_SKIP_VERIFY"] = "false",
            ["CONNECT_REDIS_USER"] = "connect",
            ["CONNECT_STORAGE_ROOT"] = "/data",
            ["CONNECT_TUNNEL_URL"] = "connect-server:7070",
            ["LOCAL_CACHE_TTL"] = "120s",
            ["PLATFORM_URL"] = "https://platform.example.com",
            ["SSL_CERT_DIR"] = "/etc/ssl/certs:/etc/connect/redis-tls/authority",
        });

    [Fact]
    public void Proxy_KeepsItsHomeInData_WhenItMust()
    {
        var variables = ConnectEnvironment.Proxy(Proxy(new ConnectRedis()) with { HomeInData = true });

        variables["XDG_CONFIG_HOME"].ShouldBe("/data/config");
        variables["XDG_DATA_HOME"].ShouldBe("/data/lib");
    }

    [Fact]
    public void Extra_IsAdded()
    {
        var extra = Nothing.Add("CONNECT_TELEMETRY_TTL", "168h");

        ConnectEnvironment.Server(new("connect-server", new ConnectRedis(), ConnectLogLevel.Info, extra))["CONNECT_TELEMETRY_TTL"].ShouldBe("168h");
    }

    [Fact]
    public void Reserved_AreTheNamesThatThePlatformSets() =>
        ConnectEnvironment.Reserved(["PLATFORM_URL", "CONNECT_REDIS_DB", "FREE", "PLATFORM_URL"]).ShouldBe(["CONNECT_REDIS_DB", "PLATFORM_URL"]);

    [Fact]
    public void Rejects_Extra_OverANameInUse() => Should.Throw<ArgumentException>(() =>
        ConnectEnvironment.Server(new("connect-server", new ConnectRedis(), ConnectLogLevel.Info, Nothing.Add("CONNECT_REDIS_DB", "2"))));

    [Fact]
    public void Both_AreToldTheSameAboutRedis() => Prop.ForAll(
        Redis.ToArbitrary(),
        redis => AboutRedis(ConnectEnvironment.Proxy(Proxy(redis))).SequenceEqual(AboutRedis(ConnectEnvironment.Server(new("connect-server", redis, ConnectLogLevel.Warn, Nothing))))).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_ThatIsEverSet_IsReserved() => Prop.ForAll(
        Redis.ToArbitrary(),
        redis =>
        {
            var names = ConnectEnvironment.Proxy(Proxy(redis) with { HomeInData = true }).Keys
                .Union(ConnectEnvironment.Server(new("connect-server", redis, ConnectLogLevel.Warn, Nothing)).Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            return ConnectEnvironment.Reserved(names).SequenceEqual(names);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Secrets_AreNeverTexts() => Prop.ForAll(
        Redis.ToArbitrary(),
        redis => ConnectEnvironment.Proxy(Proxy(redis))
            .Where(variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal) || variable.Key.Contains("TOKEN", StringComparison.Ordinal))
            .All(variable => variable.Value is EnvironmentValue.From)).QuickCheckThrowOnFailure();

    private static IEnumerable<KeyValuePair<string, EnvironmentValue>> AboutRedis(IEnumerable<KeyValuePair<string, EnvironmentValue>> variables) =>
        variables.Where(variable => variable.Key.StartsWith("CONNECT_REDIS_", StringComparison.Ordinal) || variable.Key is "SSL_CERT_DIR" or "CONNECT_LOG_LEVEL");

    private static ConnectProxyEnvironment Proxy(ConnectRedis redis) => new(
        WebOrigin.Parse("https://connect.example.com/"),
        WebOrigin.Parse("https://platform.example.com"),
        "connect-server",
        TimeSpan.FromMinutes(2),
        HomeInData: false,
        redis,
        ConnectLogLevel.Warn,
        Nothing);
}
