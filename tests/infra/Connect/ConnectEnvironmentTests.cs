using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Cache;
using Infra.Connect;

namespace Tests.Infra.Connect;

// Promise: proxy and server are told the same about Redis, in the vendor's words, and no secret is ever a text among their variables.
public sealed class ConnectEnvironmentTests
{
    private static readonly Gen<ConnectWorkloadArgs> Workloads =
        from user in Gen.Elements<string?>(null, "connect")
        from database in Gen.Choose(0, RedisConnection.HighestDatabase)
        from prefix in Gen.Elements(RedisConnection.DefaultPrefix, "other")
        from flags in Gen.Elements(true, false).ListOf(6)
        select Workload(
            new ConnectSample.Server(flags[1] ? Tls(flags[2], flags[3], flags[4]) : null) { User = user, HasPassword = flags[0] },
            database,
            prefix,
            homeInData: flags[5]);

    [Fact]
    public void Server_IsTheWholeMap()
    {
        var workload = ConnectSample.Workload();

        ConnectEnvironment.Server(new ConnectServerArgs { Workload = workload }).ShouldBe(new Dictionary<string, EnvironmentValue>
        {
            ["CONNECT_HOST_DOMAIN"] = "connect-server",
            ["CONNECT_LISTENER_PORT"] = "7777",
            ["CONNECT_LOG_LEVEL"] = "INFO",
            ["CONNECT_REDIS_ADDRESS"] = new EnvironmentValue.RedisAddress(workload.Redis.Address),
            ["CONNECT_REDIS_DB"] = "1",
            ["CONNECT_REDIS_PASSWORD"] = new EnvironmentValue.Secret(workload.Redis.Password!),
            ["CONNECT_REDIS_PREFIX"] = "connect:session",
            ["CONNECT_REDIS_TLS_ENABLE"] = "false",
            ["CONNECT_TUNNEL_PORT"] = "7070",
        });
    }

    [Fact]
    public void Proxy_IsTheWholeMap()
    {
        var args = ConnectSample.Proxy(Workload(new ConnectSample.Server(Tls(skipVerify: false, authority: true, certificate: true)) { User = "connect" }));

        ConnectEnvironment.Proxy(args).ShouldBe(new Dictionary<string, EnvironmentValue>
        {
            ["CONNECT_HTTP_PORT"] = "8081",
            ["CONNECT_LOG_LEVEL"] = "WARN",
            ["CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN"] = new EnvironmentValue.Secret(args.RegistrationToken),
            ["CONNECT_PROXY_URL"] = "https://connect.example.com",
            ["CONNECT_REDIS_ADDRESS"] = new EnvironmentValue.RedisAddress(args.Workload.Redis.Address),
            ["CONNECT_REDIS_DB"] = "1",
            ["CONNECT_REDIS_PASSWORD"] = new EnvironmentValue.Secret(args.Workload.Redis.Password!),
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
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Proxy_KeepsItsHomeInData_WhenItMust(bool readOnlyRoot, bool clusterChoosesUser)
    {
        var workload = new ConnectWorkloadArgs
        {
            Namespace = "seqera",
            Redis = ConnectSample.Workload().Redis,
            ReadOnlyRootFilesystem = readOnlyRoot,
            ClusterChoosesUser = clusterChoosesUser,
        };

        var variables = ConnectEnvironment.Proxy(ConnectSample.Proxy(workload));

        variables["XDG_CONFIG_HOME"].ShouldBe("/data/config");
        variables["XDG_DATA_HOME"].ShouldBe("/data/lib");
    }

    [Fact]
    public void Extra_IsAdded() => ConnectEnvironment.Server(Server("CONNECT_TELEMETRY_TTL", "168h"))["CONNECT_TELEMETRY_TTL"].ShouldBe("168h");

    [Fact]
    public void Reserved_AreTheNamesThatThePlatformSets() =>
        ConnectEnvironment.Reserved(["PLATFORM_URL", "CONNECT_REDIS_DB", "FREE", "PLATFORM_URL"]).ShouldBe(["CONNECT_REDIS_DB", "PLATFORM_URL"]);

    [Fact]
    public void Rejects_Extra_OverANameInUse() => Should.Throw<ArgumentException>(() => ConnectEnvironment.Server(Server("CONNECT_REDIS_DB", "2")));

    [Property]
    public Property Both_AreToldTheSameAboutRedis() =>
        Prop.ForAll(
                Workloads.ToArbitrary(),
                workload =>
                    AboutRedis(ConnectEnvironment.Proxy(ConnectSample.Proxy(workload)))
                        .SequenceEqual(AboutRedis(ConnectEnvironment.Server(new ConnectServerArgs { Workload = workload }))));

    [Property]
    public Property Everything_ThatIsEverSet_IsReserved() => Prop.ForAll(
        Workloads.ToArbitrary(),
        workload =>
        {
            var names = ConnectEnvironment.Proxy(ConnectSample.Proxy(workload)).Keys
                .Union(ConnectEnvironment.Server(new ConnectServerArgs { Workload = workload }).Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            return ConnectEnvironment.Reserved(names).SequenceEqual(names);
        });

    [Property]
    public Property Secrets_AreNeverTexts() => Prop.ForAll(
        Workloads.ToArbitrary(),
        workload => ConnectEnvironment.Proxy(ConnectSample.Proxy(workload))
            .Where(variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal) || variable.Key.Contains("TOKEN", StringComparison.Ordinal))
            .All(variable => variable.Value is EnvironmentValue.Secret));

    private static IEnumerable<KeyValuePair<string, EnvironmentValue>> AboutRedis(IEnumerable<KeyValuePair<string, EnvironmentValue>> variables) =>
        variables.Where(variable =>
            variable.Key.StartsWith("CONNECT_REDIS_", StringComparison.Ordinal) || variable.Key is "SSL_CERT_DIR" or "CONNECT_LOG_LEVEL");

    private static ConnectServerArgs Server(string name, string value) => new()
    {
        Workload = ConnectSample.Workload(),
        ExtraEnvironment = ImmutableDictionary<string, string>.Empty.Add(name, value),
    };

    private static RedisTls Tls(bool skipVerify, bool authority, bool certificate) => new(
        skipVerify,
        authority ? ConnectSample.Reference("redis-authority", "ca.crt", "1") : null,
        certificate ? ConnectSample.Reference("redis-client", "tls.crt", "1") : null,
        certificate ? ConnectSample.Reference("redis-client", "tls.key", "1") : null);

    private static ConnectWorkloadArgs Workload(
        ConnectSample.Server server,
        int database = 1,
        string prefix = RedisConnection.DefaultPrefix,
        bool homeInData = false
    ) =>
        new()
        {
            Namespace = "seqera",
            Redis = new RedisConnection(server, database, prefix),
            LogLevel = ConnectLogLevel.Warn,
            ReadOnlyRootFilesystem = homeInData,
        };
}
