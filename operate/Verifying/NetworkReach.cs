using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Rehearsal;

namespace Operate.Verifying;

/// <summary>How the checks reach hosts: what <c>--resolve</c> says instead of DNS, whom <c>--ca-file</c> trusts, and how long one step may take.</summary>
public sealed partial record NetworkReach
{
    /// <summary>What one connection, handshake or answer may take.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);

    public TimeSpan Patience { get; init; } = DefaultPatience;

    /// <summary>Where hosts are, instead of what DNS says.</summary>
    public ImmutableArray<ResolvedHost> Resolved { get; init; } = [];

    /// <summary>DNS server to ask instead of this machine's; null for those.</summary>
    public IPEndPoint? DnsServer { get; init; }

    /// <summary>Authorities that are trusted beside this machine's.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>What <c>--resolve</c> says of a host; null where it says nothing.</summary>
    public IPEndPoint? Override(string host, int port) => Resolved.FirstOrDefault(entry => entry.Port == port && (entry.Host == "*"
        || entry.Host.Equals(host, StringComparison.OrdinalIgnoreCase)))?.Target;

    /// <summary>Opens a connection, within <see cref="Patience"/>.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellation) => PatientlyAsync(async patient =>
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await (Override(host, port) is { } target ? socket.ConnectAsync(target, patient) : socket.ConnectAsync(host, port, patient));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }, cancellation);

    /// <summary>A client for HTTP that follows no redirect, keeps no cookie and goes through no proxy: what answers is the host itself.</summary>
    public HttpMessageInvoker HttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (context, cancellation) =>
            new NetworkStream(await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation), ownsSocket: true),
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None
                || (certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
                    && CertificateChain.Judge(certificate, chain, Authorities).IsTrusted),
        },
    });

    /// <summary>Runs one step of a check no longer than <see cref="Patience"/>.</summary>
    /// <exception cref="TimeoutException">It takes longer.</exception>
    public async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            // Not every library looks at the token
            return await step(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Patience.TotalSeconds:0.#} s", e);
        }
    }

    /// <summary>Reads <c>HOST:PORT:ADDRESS</c> as curl takes it, with another port behind it where a tunnel has one.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public static ResolvedHost Parse(string given)
    {
        var match = Shape().Match(given);
        if (match.Success && int.TryParse(match.Groups["port"].Value, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            && IPAddress.TryParse(match.Groups["address"].Value.Trim('[', ']'), out var address))
        {
            var to = match.Groups["to"] is { Success: true, Value: var other } ? int.Parse(other) : port;
            if (to is > 0 and <= IPEndPoint.MaxPort)
            {
                return new ResolvedHost(match.Groups["host"].Value, port, new IPEndPoint(address, to));
            }
        }
        throw new BadInputException(
            $"--resolve {given} is not HOST:PORT:ADDRESS.",
            "For example: --resolve connect.example.com:443:203.0.113.7, *:443:203.0.113.7 for every host, or *:443:127.0.0.1:8443 through a tunnel.");
    }

    // Connect.example.com:443:203.0.113.7, *:443:[2001:db8::1], connect.example.com:443:127.0.0.1:8443
    [GeneratedRegex(@"\A(?<host>\*|[A-Za-z0-9.*-]+):(?<port>[0-9]{1,5}):(?<address>\[[0-9A-Fa-f:.]+\]|[0-9.]+)(:(?<to>[0-9]{1,5}))?\z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>Where a host is, by <c>--resolve</c>.</summary>
/// <param name="Host">Its name; <c>*</c> for every one.</param>
/// <param name="Port">The port for which this holds.</param>
/// <param name="Target">Where to go instead.</param>
public sealed record ResolvedHost(string Host, int Port, IPEndPoint Target);

/// <summary>What went wrong on the way to a host, in plain words.</summary>
public static class Unreached
{
    /// <summary>Whether an exception tells of the host or the way to it, and not of a defect of this program.</summary>
    public static bool Is(Exception e) => e is SocketException or IOException or TimeoutException or HttpRequestException
        or System.Security.Authentication.AuthenticationException or System.Net.WebSockets.WebSocketException;

    /// <summary>The reason as the end of a sentence.</summary>
    public static string Reason(Exception e) => Innermost(e) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection is refused: nothing listens there",
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted } => "the connection is reset",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "the name does not resolve",
        SocketException { SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable } => "there is no way to the host from here",
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException => e is TimeoutException ? e.Message : "no answer in time",
        EndOfStreamException or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection is closed before an answer",
        IOException io when io.Message.Contains("EOF", StringComparison.Ordinal) => "the connection is closed in the handshake",
        System.Security.Authentication.AuthenticationException refused when refused.Message.Contains("rejected", StringComparison.Ordinal) =>
            "its certificate is refused: see `tls`",
        System.Security.Authentication.AuthenticationException other => $"no TLS: {other.Message}",
        var other => other.Message,
    };

    private static Exception Innermost(Exception e)
    {
        while (e is not TimeoutException && e.InnerException is { } inner)
        {
            e = inner;
        }
        return e;
    }
}
