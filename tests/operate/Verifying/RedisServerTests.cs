using Operate.Verifying;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate.Verifying;

/// <summary>A Redis server with TLS and users of several rights, and one that asks nobody for a password.</summary>
public sealed class RedisServers : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackServer? _guarded;
    private readonly LoopbackServer? _open;

    public RedisServers()
    {
        Missing = LoopbackServer.Missing("redis-server", "redis-server") ?? LoopbackServer.Missing("redis-cli", "redis-tools");
        if (Missing is not null)
        {
            return;
        }
        var (certificate, key) = ServerCertificates.Write(_folder, "redis", Authority, 90, "redis.studio.test");
        _folder.Write("users.acl", """
            user default on >hunter-default ~* &* +@all
            user studios on >hunter-studios ~connect:* &* +@all -@admin -@dangerous +info
            user reader on >hunter-reader ~connect:* &* +@read +@connection +eval +info
            user noscript on >hunter-noscript ~connect:* &* +@all -@scripting
            """ + "\n");
        _guarded = LoopbackServer.Start("redis-server",
        [
            "--port", "0", "--tls-port", $"{Guarded}", "--bind", "127.0.0.1", "--tls-cert-file", certificate, "--tls-key-file", key,
            "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no", "--aclfile", _folder.At("users.acl"), "--save", "", "--dir", _folder.Path,
        ], Guarded);
        _open = LoopbackServer.Start("redis-server",
            ["--port", $"{Open}", "--bind", "127.0.0.1", "--save", "", "--dir", _folder.Path, "--rename-command", "HSETNX", ""], Open);
    }

    public string? Missing { get; }

    public System.Security.Cryptography.X509Certificates.X509Certificate2 Authority { get; } = ServerCertificates.Authority("Tests of Redis");

    public int Guarded { get; } = LoopbackServer.FreePort();

    public int Open { get; } = LoopbackServer.FreePort();

    /// <summary>Every key that the servers hold.</summary>
    public string Keys() => LoopbackServer.Run("redis-cli", "-p", $"{Open}", "KEYS", "*")
        + LoopbackServer.Run("redis-cli", "--tls", "--insecure", "--no-auth-warning", "-a", "hunter-default", "-p", $"{Guarded}", "KEYS", "*");

    public void Dispose()
    {
        _guarded?.Dispose();
        _open?.Dispose();
        Authority.Dispose();
        _folder.Dispose();
    }
}

// Promise: against real servers, TLS, password, version and what quotas need are told apart from what is wrong with them, and nothing is written.
[Trait(Long.Category, Long.Name)]
public sealed class RedisServerTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private const string Quotas = """
        { "buckets": [{ "name": "user_id", "quotas": [{ "bytes": "1TB", "window": "720h" }],
            "extractors": [{ "protocol": "http", "source": "header", "header": "X-Connect-Sub" }] }] }
        """;

    [SkippableFact]
    public async Task AUserWithItsRights_PassesEverything()
    {
        var findings = await Find(servers.Guarded, "studios", "hunter-studios");

        findings.Select(finding => (finding.Check[$"redis redis.studio.test:{servers.Guarded} ".Length..], finding.Outcome)).ShouldBe([
            ("without a password", Outcome.Passed), ("sign-in", Outcome.Passed), ("version", Outcome.Passed), ("commands of quotas", Outcome.Passed),
        ]);
        findings[0].Found.ShouldStartWith("refused: ");
        findings[1].Found.ShouldBe("PONG by TLS");
        findings[2].Found.ShouldStartWith("Redis 7.");
        servers.Keys().Trim().ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("reader", "hunter-reader", "lacking: incrby (refused to this user), expire (refused to this user), hincrby (refused to this user), "
        + "hset (refused to this user), hsetnx (refused to this user), evalsha (refused to this user)")]
    [InlineData("noscript", "hunter-noscript", "eval: NOPERM this user has no permissions to run the 'eval' command")]
    public async Task AUserWithoutThem_IsToldWhatItLacks(string user, string password, string found)
    {
        var finding = (await Find(servers.Guarded, user, password))[3];

        (finding.Outcome, finding.Found).ShouldBe((Outcome.Failed, found));
    }

    [SkippableFact]
    public async Task AWrongPassword_IsAFinding_AndIsNotShown()
    {
        var (context, findings) = await FindIn(servers.Guarded, "studios", "hunter-wrong");

        (findings[1].Outcome, findings.Count).ShouldBe((Outcome.Failed, 2));
        findings[1].Found.ShouldBe("user or password are refused");
        findings.ShouldAllBe(finding => !$"{finding}".Contains("hunter", StringComparison.Ordinal));
        context.Filter.Apply("hunter-wrong").ShouldBe("[secret]");
    }

    [SkippableFact]
    public async Task AnUnknownPassword_IsSaid_WithTheVariableForIt()
    {
        var findings = await Find(servers.Guarded, "studios", password: null);

        (findings[1].Outcome, findings.Count).ShouldBe((Outcome.Skipped, 2));
        findings[1].Found.ShouldContain(RedisTarget.PasswordVariable);
    }

    [SkippableFact]
    public async Task ACertificateOfAnUnknownAuthority_IsRefused()
    {
        var findings = await Find(servers.Guarded, "studios", "hunter-studios", authority: false);

        findings[1].Found.ShouldBe(
            "its certificate is refused: the certificate of its authority 'Tests of Redis' is neither sent by the server nor trusted here");
    }

    [SkippableFact]
    public async Task ACertificateForAnotherName_IsRefused()
        => (await Find(servers.Guarded, "studios", "hunter-studios", host: "other.studio.test"))[1].Found
            .ShouldBe("its certificate is for another name than other.studio.test");

    [SkippableFact]
    public async Task AServerThatAsksNobody_IsAFinding_WhereAPasswordIsExpected()
    {
        var finding = (await Find(servers.Open, user: null, "hunter-studios", tls: false))[0];

        (finding.Outcome, finding.Found).ShouldBe((Outcome.Failed, "it answers PONG: whoever reaches it reads and writes every session"));
    }

    [SkippableFact]
    public async Task ACommandThatIsSwitchedOff_IsNamed()
    {
        var findings = await Find(servers.Open, user: null, password: null, tls: false, expectsPassword: false);

        findings.Select(finding => finding.Outcome).ShouldBe([Outcome.Passed, Outcome.Passed, Outcome.Failed]);
        findings[2].Found.ShouldBe("lacking: hsetnx (no such command)");
    }

    [SkippableFact]
    public async Task PlainTcpWhereTlsIsSpoken_IsAFinding_InTime()
    {
        var findings = await Find(servers.Guarded, "studios", "hunter-studios", tls: false, patience: 1.5);

        findings[1].Outcome.ShouldBe(Outcome.Failed);
        findings[1].Found.ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task TlsWherePlainTcpIsSpoken_IsAFinding_InTime()
        => (await Find(servers.Open, user: null, "hunter-studios", patience: 1.5))[1].Outcome.ShouldBe(Outcome.Failed);

    [Fact]
    public async Task AServerThatIsNotReached_IsSkipped_UnlessItWasSaidToBe()
    {
        var context = Checked.Context(
            "{}", ("redis", """{"existing": {"address": "redis.studio.test:6379"}}"""), ("cluster", """{"existing": {"context": "c"}}"""))
            .At(authority: null, "*:6379:127.0.0.1:1");

        var untold = (await new RedisChecks(context).FindingsAsync()).Single();
        var told = (await new RedisChecks(context with { Redis = new HostPort("127.0.0.1", 1) }).FindingsAsync()).Single();

        untold.Outcome.ShouldBe(Outcome.Skipped);
        untold.Found.ShouldBe(
            "from here the connection is refused: nothing listens there; run verify where it can be reached, or through a tunnel with --redis HOST:PORT");
        (told.Outcome, told.Found).ShouldBe((Outcome.Failed, "the connection is refused: nothing listens there"));
    }

    [Fact]
    public async Task AServerInTheCluster_SaysHowItIsReached()
    {
        var context = Checked.Context("{}", ("redis", """{"inCluster": {"namespace": "seqera"}}"""), ("cluster", """{"existing": {"context": "c"}}"""));

        (await new RedisChecks(context).FindingsAsync()).Single().Found.ShouldBe("it is reached inside the cluster only: "
            + "`kubectl port-forward --namespace seqera service/connect-redis 6379` and give --redis localhost:6379");
    }

    private async Task<List<Finding>> Find(
        int port, string? user, string? password, bool tls = true, bool authority = true, bool expectsPassword = true, string host = "redis.studio.test",
        double patience = 5)
        => (await FindIn(port, user, password, tls, authority, expectsPassword, host, patience)).Findings;

    private async Task<(VerifyContext Context, List<Finding> Findings)> FindIn(
        int port, string? user, string? password, bool tls = true, bool authority = true, bool expectsPassword = true, string host = "redis.studio.test",
        double patience = 5)
    {
        Skip.If(servers.Missing is not null, servers.Missing);
        var pem = System.Text.Json.JsonSerializer.Serialize(servers.Authority.ExportCertificatePem());
        var given = authority ? $$""", "tls": { "certificateAuthority": {{pem}} }""" : """, "tls": {}""";
        var name = user is null ? "" : $", \"user\": \"{user}\"";
        List<(string, string)> config =
        [
            ("cluster", """{"existing": {"context": "c"}}"""),
            ("redis", $$"""{ "existing": { "address": "{{host}}:{{port}}" {{name}} {{(tls ? given : "")}} } }"""),
            ("studios", $$"""
                { "platform": { "url": "https://platform.studio.test", "version": "26.1.3" }, "connectUrl": "https://connect.studio.test", "connectVersion": "0.12.1",
                  "quotas": {{Quotas}} }
                """),
        ];
        if (expectsPassword)
        {
            config.Add(("redisPassword", "unknown-to-the-test"));
        }
        var context = Checked.Context("{}", [.. config]).At(authority: null, $"*:{port}:127.0.0.1") with
        {
            Environment = variable => variable == RedisTarget.PasswordVariable ? password : null,
        };
        context = context with { Reach = context.Reach with { Patience = TimeSpan.FromSeconds(patience) } };
        return (context, await new RedisChecks(context).FindingsAsync());
    }
}
