using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Operate.Verifying;

/// <summary>Whether SSH into sessions answers with the host key that the stack tracks; nobody signs in.</summary>
internal sealed class SshChecks(VerifyContext context) : ICheckGroup
{
    // The host key that the stack makes is of this kind; a server may have others beside it
    private const string KeyType = "ssh-ed25519";

    public string Name => "ssh";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (context.Targets.Ssh is not { } target)
        {
            yield return new Finding("ssh", Outcome.Skipped, "the host key of SSH", context.Targets.PlatformIsAbsent
                ? "nothing answers before the Platform is installed (studios.platform.state: absent)" : "the stack has no studios.ssh");
            yield break;
        }
        yield return await CheckAsync(target, cancellation);
    }

    private async Task<Finding> CheckAsync(SshTarget target, CancellationToken cancellation)
    {
        var check = $"ssh {target.Endpoint}";
        var expected = target.Fingerprint is { } tracked ? $"the host key {tracked}" : $"a host key of type {KeyType}";
        try
        {
            var found = await context.Reach.PatientlyAsync(patient => HostKeyAsync(target.Endpoint, patient), cancellation);
            return target.Fingerprint is null || target.Fingerprint == found
                ? new Finding(check, Outcome.Passed, expected, target.Fingerprint is null ? $"{found}; the outputs do not say which it should be" : found)
                : new Finding(check, Outcome.Failed, expected, $"the host key {found}",
                    "Somebody else answers there, or connect-proxy runs with an older key: "
                        + "restart it (`kubectl rollout restart deployment/connect-proxy`) and the "
                    + "Platform, or take the new key over with `pulumi up`. Do not sign in before this is clear.");
        }
        catch (Exception e) when (Unreached.Is(e) || e is SshException)
        {
            return new Finding(check, Outcome.Failed, expected, Reason(e),
                target.OwnHost
                    ? "Look at the load balancer of the Service for SSH and its source ranges, and whether this machine may connect."
                    : "Look whether the layer 4 balancer in front of the nodes has a listener for this port, and whether this machine may connect.");
        }
    }

    private static string Reason(Exception e) => e switch
    {
        SshOperationTimeoutException => "no answer in time",
        SshException { InnerException: SocketException or IOException } => Unreached.Reason(e.InnerException),
        SshException => $"no SSH server: {e.Message.TrimEnd('.')}",
        _ => Unreached.Reason(e),
    };

    private async Task<string> HostKeyAsync(HostPort endpoint, CancellationToken cancellation)
    {
        // The library says of a host that nobody reaches only that it cannot
        (await context.Reach.ConnectAsync(endpoint.Host, endpoint.Port, cancellation)).Dispose();
        var target = context.Reach.Override(endpoint.Host, endpoint.Port);
        using var nobody = new NoneAuthenticationMethod("verify");
        var connection = new ConnectionInfo(target is null ? endpoint.Host : $"{target.Address}", target?.Port ?? endpoint.Port, "verify", nobody)
        {
            Timeout = context.Reach.Patience,
        };
        foreach (var other in connection.HostKeyAlgorithms.Keys.Where(type => type != KeyType).ToList())
        {
            connection.HostKeyAlgorithms.Remove(other);
        }
        using var client = new SshClient(connection);
        var fingerprint = "";
        client.HostKeyReceived += (_, received) =>
        {
            fingerprint = $"SHA256:{received.FingerPrintSHA256}";
            // All that is wanted: the connection ends before anybody signs in
            received.CanTrust = false;
        };
        try
        {
            await client.ConnectAsync(cancellation);
        }
        catch (SshException) when (fingerprint.Length > 0)
        {
            return fingerprint;
        }
        return fingerprint.Length > 0 ? fingerprint : throw new SshConnectionException("it shows no host key");
    }
}
