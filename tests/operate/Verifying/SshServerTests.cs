using Operate.Verifying;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate.Verifying;

/// <summary>sshd with an ed25519 host key, and with an RSA one beside it.</summary>
public sealed class SshServer : IDisposable
{
    // Where sshd of Debian wants an empty folder, whatever its configuration says
    private const string Separation = "/run/sshd";

    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackServer? _both;
    private readonly LoopbackServer? _rsa;

    public SshServer()
    {
        Missing = LoopbackServer.Missing("sshd", "openssh-server") ?? LoopbackServer.Missing("ssh-keygen", "openssh-client");
        if (Missing is null && Environment.UserName == "root")
        {
            Directory.CreateDirectory(Separation);
        }
        if (Missing is not null)
        {
            return;
        }
        foreach (var (type, bits) in new[] { ("ed25519", "256"), ("rsa", "2048") })
        {
            LoopbackServer.Run("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", _folder.At(type));
        }
        // 256 SHA256:2EQxl91RipVhnrGO2yNO8h4yqxnZrNDLzwvIzgZPEag root@host (ED25519)
        Fingerprint = LoopbackServer.Run("ssh-keygen", "-l", "-f", _folder.At("ed25519.pub")).Split(' ')[1];
        _both = Start(Both, "rsa", "ed25519");
        _rsa = Start(Rsa, "rsa");
    }

    public string? Missing { get; }

    public string Fingerprint { get; } = "";

    public int Both { get; } = LoopbackServer.FreePort();

    public int Rsa { get; } = LoopbackServer.FreePort();

    public void Dispose()
    {
        _both?.Dispose();
        _rsa?.Dispose();
        _folder.Dispose();
    }

    private LoopbackServer Start(int port, params string[] keys)
    {
        var lines = string.Concat(keys.Select(key => $"HostKey {_folder.At(key)}\n"));
        return LoopbackServer.Start(
            "sshd", ["-D", "-e", "-f", _folder.Write($"{port}.conf", $"ListenAddress 127.0.0.1:{port}\nPidFile none\n{lines}")], port);
    }
}

// Promise: the host key of SSH is compared with the tracked one before anybody signs in, and a wrong one is named beside the right one.
[Trait(Long.Category, Long.Name)]
public sealed class SshServerTests(SshServer server) : IClassFixture<SshServer>
{
    [SkippableFact]
    public async Task TheTrackedKey_Passes_AlsoBesideAnRsaKey()
    {
        var finding = await Find(() => server.Both, server.Fingerprint);

        finding.ShouldBe(new Finding("ssh connect.studio.test:2222", Outcome.Passed, $"the host key {server.Fingerprint}", server.Fingerprint));
    }

    [SkippableFact]
    public async Task AnotherKey_Fails_WithBothFingerprints()
    {
        var finding = await Find(() => server.Both, "SHA256:Yj6IRC9zs+1EyipiUiIO2NPA0LdIBOeazQVgdFN4+Sc");

        (finding.Outcome, finding.Expected, finding.Found).ShouldBe((
            Outcome.Failed, "the host key SHA256:Yj6IRC9zs+1EyipiUiIO2NPA0LdIBOeazQVgdFN4+Sc", $"the host key {server.Fingerprint}"));
        finding.Fix.ShouldContain("Do not sign in before this is clear.");
    }

    [SkippableFact]
    public async Task AServerWithoutAKeyOfItsKind_Fails()
    {
        var finding = await Find(() => server.Rsa, server.Fingerprint);

        finding.Outcome.ShouldBe(Outcome.Failed);
        finding.Found.ShouldStartWith("no SSH server: ");
    }

    [SkippableFact]
    public async Task NobodyWhoListens_IsAFinding()
        => (await Find(() => 1, server.Fingerprint)).Found.ShouldBe("the connection is refused: nothing listens there");

    private async Task<Finding> Find(Func<int> port, string fingerprint)
    {
        Skip.If(server.Missing is not null, server.Missing);
        var outputs = Checked.Studios.Replace("SHA256:abc", fingerprint, StringComparison.Ordinal);
        return (await new SshChecks(Checked.Context(outputs).At(authority: null, $"*:2222:127.0.0.1:{port()}")).FindingsAsync()).ShouldHaveSingleItem();
    }
}
