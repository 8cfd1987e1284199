using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Operate.Verifying;

/// <summary>The certificates of the web hosts: who issued them, until when they hold, and for which names.</summary>
internal sealed class TlsChecks(VerifyContext context) : ICheckGroup
{
    /// <summary>Days before its end on which a certificate that nobody renewed fails the run.</summary>
    internal const int FewestDays = 7;

    /// <summary>Days before its end on which that is said: renewals of ACM, Google and cert-manager are done by then.</summary>
    internal const int RenewalDays = 21;

    public string Name => "tls";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<WebTarget> hosts =
        [
            .. context.Targets.Web.Concat(context.Targets.Workbench is { } workbench ? [workbench] : []).Where(web => web.Url.Scheme == Uri.UriSchemeHttps)
                .DistinctBy(web => (web.Host, web.Url.Port)),
        ];
        if (hosts.Count == 0)
        {
            yield return new Finding("tls", Outcome.Skipped, "certificates", "the stack exports no https address");
        }
        foreach (var check in hosts.Select(host => CheckAsync(host, cancellation)).ToList())
        {
            foreach (var finding in await check)
            {
                yield return finding;
            }
        }
    }

    private async Task<Finding[]> CheckAsync(WebTarget target, CancellationToken cancellation)
    {
        var check = $"tls {target.Label}";
        const string Expected = "a certificate of a trusted authority";
        if (context.Targets.PlatformIsAbsent && target.Balancer is null)
        {
            return [new Finding(check, Outcome.Skipped, Expected, "nothing answers there before the Platform is installed (studios.platform.state: absent)")];
        }
        try
        {
            using var socket = await context.Reach.ConnectAsync(target.Host, target.Url.Port, cancellation);
            return await context.Reach.PatientlyAsync(patient => HandshakeAsync(target, socket, patient), cancellation);
        }
        catch (Exception e) when (Unreached.Is(e))
        {
            return
            [
                new Finding(check, Outcome.Failed, Expected, $"no handshake with {target.Host}:{target.Url.Port}: {Unreached.Reason(e)}",
                    "Look at `dns` above first, then whether the load balancer or ingress controller listens there and its security group lets this "
                    + "machine in."),
            ];
        }
    }

    private async Task<Finding[]> HandshakeAsync(WebTarget target, Socket socket, CancellationToken cancellation)
    {
        CertificateChain? chain = null;
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await using (tls.ConfigureAwait(false))
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = target.Host,
                    // The handshake goes on whatever it is, so that all that is wrong is said
                    RemoteCertificateValidationCallback = (_, shown, sent, _) =>
                    {
                        chain = shown is null ? null : CertificateChain.Judge(shown, sent, context.Reach.Authorities);
                        return chain is not null;
                    },
                },
                cancellation);
            using var certificate = new X509Certificate2(tls.RemoteCertificate!);
            return [Trust(target, chain!, certificate), Dates(target, certificate), Names(target, certificate)];
        }
    }

    private static Finding Trust(WebTarget target, CertificateChain chain, X509Certificate2 certificate)
    {
        var (check, expected) = ($"tls {target.Label} issuer", "a certificate of an authority that is trusted here");
        return chain.IsTrusted
            ? new Finding(check, Outcome.Passed, expected, chain.Path)
            : new Finding(check, Outcome.Failed, expected, $"'{CertificateChain.Name(certificate)}': {chain.Reason}",
                "Use a certificate of a public authority, with its intermediate certificates; of a private one give its certificates with --ca-file, "
                + "and to Connect by studios.certificateAuthority.");
    }

    private Finding Dates(WebTarget target, X509Certificate2 certificate)
    {
        var (now, start, end) = (context.Time.GetUtcNow(), certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var days = (end - now.UtcDateTime).TotalDays;
        var (check, expected) = ($"tls {target.Label} dates", $"valid for {FewestDays} days or more");
        var text = $"until {end:yyyy-MM-dd}, {Math.Floor(Math.Abs(days)):0} days";
        const string Renew = "See why it was not renewed: the records that prove the domain (ACM, Certificate Manager), or cert-manager's Certificate and its "
            + "events.";
        return now.UtcDateTime < start
            ? new Finding(check, Outcome.Failed, expected, $"not valid before {start:yyyy-MM-dd}", "Look at the clocks of issuer and of this machine.")
            : days < 0 ? new Finding(check, Outcome.Failed, expected, $"expired on {end:yyyy-MM-dd}", Renew)
            : days < FewestDays ? new Finding(check, Outcome.Failed, expected, $"{text} are left", Renew)
            : new Finding(check, Outcome.Passed, expected, days < RenewalDays ? $"{text} are left: its renewal is due" : $"{text} are left");
    }

    private static Finding Names(WebTarget target, X509Certificate2 certificate)
    {
        // Only alternative names count: clients do not look at the subject any more (RFC 6125)
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => $"{address}"))).ToList();
        var covers = certificate.MatchesHostname(target.Host, allowWildcards: true, allowCommonName: false);
        var expected = $"a certificate for {target.Label}";
        return covers
            ? new Finding($"tls {target.Label} names", Outcome.Passed, expected, string.Join(", ", names))
            : new Finding($"tls {target.Label} names", Outcome.Failed, expected, names.Count > 0 ? string.Join(", ", names) : "no name at all",
                target.Role == "session"
                    ? "Use a certificate with the wildcard of the sessions; a wildcard is good for one label only."
                    : $"Use a certificate with the name {target.Label}.");
    }
}
