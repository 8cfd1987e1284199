using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text.Json;
using Infra.Quotas;
using StackExchange.Redis;

namespace Operate.Verifying;

/// <summary>Whether the Redis server speaks TLS and asks for its password, is new enough, and lets Connect do what quotas need; nothing is written.</summary>
internal sealed class RedisChecks(VerifyContext context) : ICheckGroup
{
    // What quotas need (Seqera Enterprise 26.1, traffic quotas), each with arguments on a key as Connect has them
    private static readonly string[][] QuotaCommands =
    [
        ["incrby", "$key", "1"], ["expire", "$key", "60"], ["ttl", "$key"], ["mget", "$key"], ["hincrby", "$key", "field", "1"], ["hset", "$key", "field", "1"],
        ["hsetnx", "$key", "field", "1"], ["evalsha", "0000000000000000000000000000000000000000", "1", "$key"],
    ];

    // Keys of the counters: connect:telemetry:…
    private const string CounterKey = "connect:telemetry:verify";

    // Redis 7 asks its own lists whether this user may run a command: nothing is run. A command that was renamed or switched off is an error there.
    private const string AskScript = """
        local lacking = {}
        for _, words in ipairs(cjson.decode(ARGV[1])) do
          local known, may = pcall(redis.acl_check_cmd, unpack(words))
          if not known then
            table.insert(lacking, words[1] .. ' (no such command)')
          elseif not may then
            table.insert(lacking, words[1] .. ' (refused to this user)')
          end
        end
        return lacking
        """;

    public string Name => "redis";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string Expected = "an answer of the Redis server";
        if (RedisTarget.Of(context) is not { } target)
        {
            yield return new Finding("redis", Outcome.Skipped, Expected, "the stack file has no redis");
            yield break;
        }
        if (target.Password is { } password)
        {
            context.Filter.LearnText(password);
        }
        if (target.Address is not { } address)
        {
            yield return new Finding("redis", Outcome.Skipped, Expected, target.HowToReach);
            yield break;
        }
        var name = $"redis {address}";
        if (await UnreachedAsync(target, cancellation) is { } reason)
        {
            // Somebody who says where it is means that it answers there; most servers are not to be reached from everywhere
            yield return target.IsTold
                ? new Finding(name, Outcome.Failed, Expected, reason, "Look whether the tunnel of --redis is up, and leads to the server.")
                : new Finding(name, Outcome.Skipped, Expected, $"from here {reason}; {target.HowToReach}");
            yield break;
        }
        if (target.HasPassword)
        {
            yield return await AnonymousAsync(name, target, cancellation);
        }
        if (target is { HasPassword: true, Password: null })
        {
            yield return new Finding($"{name} sign-in", Outcome.Skipped, "its password is taken",
                $"nobody here knows its password: give it in {RedisTarget.PasswordVariable}, or an export that can be opened with --from");
            yield break;
        }
        await foreach (var finding in SignedInAsync(name, target, cancellation))
        {
            yield return finding;
        }
    }

    private async Task<string?> UnreachedAsync(RedisTarget target, CancellationToken cancellation)
    {
        try
        {
            (await context.Reach.ConnectAsync(target.Address!.Host, target.Address.Port, cancellation)).Dispose();
            return null;
        }
        catch (Exception e) when (Unreached.Is(e))
        {
            return Unreached.Reason(e);
        }
    }

    private async Task<Finding> AnonymousAsync(string name, RedisTarget target, CancellationToken cancellation)
    {
        const string Expected = "it refuses whoever gives no password";
        var (connection, reason) = await ConnectAsync(target with { User = null, Password = null }, cancellation);
        await using var closing = connection;
        return connection is null || await ErrorOfAsync(connection, "PING", cancellation) is { } error && (reason = error) is not null
            ? new Finding($"{name} without a password", Outcome.Passed, Expected, $"refused: {reason}")
            : new Finding($"{name} without a password", Outcome.Failed, Expected, "it answers PONG: whoever reaches it reads and writes every session",
                "Set a password at the server (requirepass, or an ACL without `nopass` for the default user), and the same in the stack file.");
    }

    private async IAsyncEnumerable<Finding> SignedInAsync(string name, RedisTarget target, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var how = target.Tls ? "TLS" : "plain TCP";
        var signIn = target.HasPassword ? " and the password" : "";
        var expected = $"it answers by {how}{signIn}";
        var (connection, reason) = await ConnectAsync(target, cancellation);
        await using var closing = connection;
        if (connection is null || (await ErrorOfAsync(connection, "PING", cancellation) is { } error && (reason = error) is not null))
        {
            yield return new Finding($"{name} sign-in", Outcome.Failed, expected, reason!,
                "Look whether user, password and TLS at the server are those of the stack file; for a certificate of a private authority see "
                + "redis.existing.tls.certificateAuthority.");
            yield break;
        }
        yield return new Finding($"{name} sign-in", Outcome.Passed, expected, $"PONG by {how}");
        yield return await VersionAsync(name, connection, cancellation);
        yield return await CommandsAsync(name, connection, cancellation);
    }

    private async Task<Finding> VersionAsync(string name, ConnectionMultiplexer connection, CancellationToken cancellation)
    {
        var (check, expected) = ($"{name} version", $"Redis {QuotaPolicy.OldestRedis} or Valkey {QuotaPolicy.OldestRedis}, or newer");
        try
        {
            var answer = await ExecuteAsync(connection, ["INFO", "server"], cancellation);
            var fields = ((string?)answer ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var valkey = fields.GetValueOrDefault("valkey_version");
            var version = valkey ?? fields.GetValueOrDefault("redis_version") ?? "";
            var found = $"{(valkey is null ? "Redis" : "Valkey")} {version}";
            return !Version.TryParse(version, out var parsed)
                ? new Finding(check, Outcome.Skipped, expected, "the server does not say its version")
                : parsed.Major >= QuotaPolicy.OldestRedis ? new Finding(check, Outcome.Passed, expected, found)
                : new Finding(check, Outcome.Failed, expected, found, "Upgrade the server: Connect's counters need it (docs/studios.md).");
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return new Finding(check, Outcome.Skipped, expected, $"this user may not ask for it: {e.Message}");
        }
    }

    private async Task<Finding> CommandsAsync(string name, ConnectionMultiplexer connection, CancellationToken cancellation)
    {
        var (check, expected) = ($"{name} commands of quotas", "eval, and " + string.Join(", ", QuotaCommands.Select(words => words[0])));
        if (context.Settings.Studios?.Quotas is null)
        {
            return new Finding(check, Outcome.Skipped, expected, "the stack has no studios.quotas");
        }
        const string Fix = "Allow this user the commands on the keys connect:* (ACL SETUSER, or the access control of the cloud), and take back renames.";
        try
        {
            var words = JsonSerializer.Serialize(QuotaCommands.Select(command => command.Select(word => word == "$key" ? CounterKey : word)));
            var lacking = (string?[]?)await ExecuteAsync(connection, ["EVAL", AskScript, "0", words], cancellation) ?? [];
            return lacking.Length == 0 ? new Finding(check, Outcome.Passed, expected, "all are there and allowed")
                : new Finding(check, Outcome.Failed, expected, $"lacking: {string.Join(", ", lacking)}", Fix);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return new Finding(check, Outcome.Failed, expected, $"eval: {e.Message}", Fix);
        }
    }

    private async Task<string?> ErrorOfAsync(ConnectionMultiplexer connection, string command, CancellationToken cancellation)
    {
        try
        {
            await ExecuteAsync(connection, [command], cancellation);
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return e.Message;
        }
    }

    private Task<RedisResult> ExecuteAsync(ConnectionMultiplexer connection, string[] words, CancellationToken cancellation)
        => context.Reach.PatientlyAsync(_ => connection.GetDatabase().ExecuteAsync(words[0], [.. words.Skip(1)]), cancellation);

    private async Task<(ConnectionMultiplexer? Connection, string? Reason)> ConnectAsync(RedisTarget target, CancellationToken cancellation)
    {
        string? certificate = null;
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = true,
            // The library's own guard, before INFO as well; what is asked is in this file
            AllowAdmin = true,
            AsyncTimeout = (int)context.Reach.Patience.TotalMilliseconds,
            ClientName = "platform-verify",
            // Neither is asked for nor announced: the run leaves no key and no message behind
            ConfigurationChannel = "",
            TieBreaker = "",
            ConnectRetry = 1,
            ConnectTimeout = (int)context.Reach.Patience.TotalMilliseconds,
            DefaultDatabase = context.Settings.Studios?.Redis.Database ?? 0,
            Password = target.Password,
            User = target.User,
            Ssl = target.Tls,
            SslHost = target.Name ?? target.Address!.Host,
            SslProtocols = SslProtocols.None,
        };
        EndPoint endpoint = context.Reach.Override(target.Address!.Host, target.Address.Port) is { } other ? other
            : new DnsEndPoint(target.Address.Host, target.Address.Port);
        options.EndPoints.Add(endpoint);
        options.CertificateValidation += (_, shown, chain, errors) => (certificate = Refusal(target, shown, chain, errors)) is null;
        if (target.ClientCertificate is { } own)
        {
            options.CertificateSelection += (_, _, _, _, _) => own;
        }
        try
        {
            var connection = await context.Reach.PatientlyAsync(_ => ConnectionMultiplexer.ConnectAsync(options), cancellation);
            return (connection, null);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return (null, certificate ?? Reason(e));
        }
    }

    private string? Refusal(RedisTarget target, System.Security.Cryptography.X509Certificates.X509Certificate? shown,
        System.Security.Cryptography.X509Certificates.X509Chain? chain, SslPolicyErrors errors)
    {
        if (target.SkipVerify || errors == SslPolicyErrors.None)
        {
            return null;
        }
        if (shown is null)
        {
            return "it shows no certificate";
        }
        if (CertificateChain.Judge(shown, chain, [.. target.Authorities, .. context.Reach.Authorities]) is { IsTrusted: false, Reason: var reason })
        {
            return $"its certificate is refused: {reason}";
        }
        // A tunnel has another name than the server, whose own is not always known
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && target.Name is not null
            ? $"its certificate is for another name than {target.Name}" : Expired(shown);
    }

    private string? Expired(System.Security.Cryptography.X509Certificates.X509Certificate shown)
    {
        using var certificate = new System.Security.Cryptography.X509Certificates.X509Certificate2(shown);
        return certificate.NotAfter.ToUniversalTime() < context.Time.GetUtcNow().UtcDateTime
            ? $"its certificate expired on {certificate.NotAfter:yyyy-MM-dd}" : null;
    }

    // "It was not possible to connect to the redis server(s). …": what is behind it says more
    private static string Reason(Exception e) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => "user or password are refused",
        RedisConnectionException { InnerException: RedisServerException inner } => inner.Message,
        RedisConnectionException { InnerException: { } inner } when Unreached.Is(inner) => Unreached.Reason(inner),
        RedisConnectionException { InnerException: RedisException inner } => Reason(inner),
        _ => e.Message.Split('\n')[0],
    };
}
