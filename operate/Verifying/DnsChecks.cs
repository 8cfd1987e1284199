using System.Net;
using System.Runtime.CompilerServices;
using DnsClient;
using DnsClient.Protocol;

namespace Operate.Verifying;

/// <summary>Whether the names of the platform lead to where the stack says, the wildcard of the sessions included.</summary>
internal sealed class DnsChecks(VerifyContext context) : ICheckGroup
{
    private const int Tries = 2;

    // A machine without any DNS server is told so by the check, and not by a program that cannot begin
    private readonly Lazy<LookupClient> _client = new(() => new LookupClient(Options(context.Reach)));

    public string Name => "dns";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var hosts = Hosts().DistinctBy(host => host.Name).ToList();
        if (hosts.Count == 0)
        {
            yield return new Finding("dns", Outcome.Skipped, "hosts that resolve", "the stack exports no host");
        }
        // All at once: a server that does not answer costs its time once
        foreach (var check in hosts.Select(host => CheckAsync(host, cancellation)).ToList())
        {
            yield return await check;
        }
    }

    private IEnumerable<NamedHost> Hosts()
    {
        var targets = context.Targets;
        foreach (var web in targets.Web.Concat(targets.Workbench is { } workbench ? [workbench] : []))
        {
            yield return new NamedHost(web.Host, web.Label, web.Url.Port, web.Balancer);
        }
        if (targets.Ssh is { } ssh)
        {
            yield return new NamedHost(ssh.Endpoint.Host, ssh.Endpoint.Host, ssh.Endpoint.Port, ssh.Balancer);
        }
    }

    private async Task<Finding> CheckAsync(NamedHost host, CancellationToken cancellation)
    {
        var check = $"dns {host.Label}";
        var expected = host.Balancer is { } balancer ? $"an address of {balancer}" : "an address";
        if (IPAddress.TryParse(host.Name, out _))
        {
            return new Finding(check, Outcome.Skipped, expected, "it is an address already");
        }
        if (context.Reach.Override(host.Name, host.Port) is { } target)
        {
            return new Finding(check, Outcome.Skipped, expected, $"--resolve says {target.Address} instead of DNS");
        }
        var found = await LookUpAsync(host.Name, cancellation);
        if (found.Problem is { } problem)
        {
            return new Finding(check, Outcome.Failed, expected, host.Name == host.Label ? problem : $"of {host.Name}: {problem}", Fix(host));
        }
        return host.Balancer is null || await LeadsToAsync(found, host.Balancer, cancellation)
            ? new Finding(check, Outcome.Passed, expected, found.Text)
            : new Finding(check, Outcome.Failed, expected, $"{found.Text}, which is another place", Fix(host));
    }

    private static string Fix(NamedHost host) => host.Balancer is { } balancer
        ? $"Let the record of {host.Label} lead to {balancer}: a CNAME for a host name, an alias or A record for an address."
        : $"Make the record of {host.Label}, or wait until what was made has spread (the TTL of the zone's SOA for a name that did not exist).";

    // A CNAME to the balancer says it; an alias of Route 53 has the addresses of the balancer
    private async Task<bool> LeadsToAsync(Answer found, string balancer, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(balancer, out var address))
        {
            return found.Addresses.Contains(address);
        }
        return found.Aliases.Contains(balancer.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
            || (await LookUpAsync(balancer, cancellation)).Addresses.Intersect(found.Addresses).Any();
    }

    private async Task<Answer> LookUpAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var answers = await context.Reach.PatientlyAsync(
                patient => Task.WhenAll(
                    _client.Value.QueryAsync(name, QueryType.A, QueryClass.IN, patient),
                    _client.Value.QueryAsync(name, QueryType.AAAA, QueryClass.IN, patient)),
                cancellation);
            return Read(name, answers);
        }
        catch (Exception e) when (e is DnsResponseException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return Answer.Of($"no DNS server answers: {Reason(e)}");
        }
        catch (Exception e) when (!_client.IsValueCreated)
        {
            return Answer.Of($"this machine knows no DNS server: {e.Message}");
        }
    }

    private static Answer Read(string name, IDnsQueryResponse[] answers)
    {
        var records = answers.SelectMany(answer => answer.Answers).ToList();
        var next = records.OfType<CNameRecord>().DistinctBy(record => Plain(record.DomainName))
            .ToDictionary(record => Plain(record.DomainName), record => Plain(record.CanonicalName), StringComparer.OrdinalIgnoreCase);
        var aliases = new List<string>();
        for (var at = name.TrimEnd('.'); next.TryGetValue(at, out var alias); at = alias)
        {
            if (aliases.Contains(alias, StringComparer.OrdinalIgnoreCase) || alias.Equals(name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            {
                return Answer.Of($"its CNAMEs go round in a circle: {string.Join(" -> ", [name, .. aliases, alias])}");
            }
            aliases.Add(alias);
        }
        List<IPAddress> addresses = [.. records.OfType<AddressRecord>().Select(record => record.Address).Distinct()];
        if (addresses.Count > 0)
        {
            return new Answer(addresses, aliases, null);
        }
        var codes = answers.Select(answer => answer.Header.ResponseCode).ToList();
        return Answer.Of(codes switch
        {
            _ when codes.Contains(DnsHeaderResponseCode.NotExistentDomain) => aliases.Count > 0
                ? $"a CNAME to {aliases[^1]}, which does not exist (NXDOMAIN)" : "the name does not exist (NXDOMAIN)",
            _ when codes.Find(code => code != DnsHeaderResponseCode.NoError) is var code and not DnsHeaderResponseCode.NoError =>
                $"the DNS server answers {code}"
                    + (code == DnsHeaderResponseCode.ServerFailure ? " (SERVFAIL): a zone is delegated wrongly, or CNAMEs go in a circle" : ""),
            _ when aliases.Count > 0 => $"a CNAME to {aliases[^1]}, which has no address",
            _ => "the name exists and has no address",
        });
    }

    private static string Reason(Exception e) => e switch
    {
        DnsResponseException { InnerException: System.Net.Sockets.SocketException inner } => Unreached.Reason(inner),
        DnsResponseException { InnerException: OperationCanceledException or TimeoutException } => "no answer in time",
        _ => Unreached.Reason(e),
    };

    private static string Plain(DnsString name) => name.Value.TrimEnd('.');

    private static LookupClientOptions Options(NetworkReach reach)
    {
        var options = reach.DnsServer is { } server ? new LookupClientOptions(new NameServer(server)) : new LookupClientOptions();
        options.UseCache = false;
        options.Retries = Tries - 1;
        options.Timeout = reach.Patience / (Tries + 1);
        options.ThrowDnsErrors = false;
        return options;
    }

    /// <summary>A name that has to resolve.</summary>
    private sealed record NamedHost(string Name, string Label, int Port, string? Balancer);

    /// <summary>What DNS says of a name; <paramref name="Problem"/> is null where there are addresses.</summary>
    private sealed record Answer(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Aliases, string? Problem)
    {
        public string Text => string.Join(" -> ", [.. Aliases, string.Join(", ", Addresses)]);

        public static Answer Of(string problem) => new([], [], problem);
    }
}
