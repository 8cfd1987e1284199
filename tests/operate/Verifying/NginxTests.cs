using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Operate.Verifying;
using Tests.Support;

namespace Tests.Operate.Verifying;

// Promise: against a real ingress controller, what is right passes and each thing that is wrong is named: certificates, redirects, upgrades, silent hosts.
[Trait(Long.Category, Long.Name)]
public sealed class NginxTests(NginxPlatform nginx) : IClassFixture<NginxPlatform>
{
    private const string Template = """
        {
          "platform": { "url": "https://platform.studio.test", "version": "25.3.6" }, "connectUrl": "https://connect.studio.test", "defaultTemplates": false,
          "templates": { "JUPYTER": { "repository": "registry.studio.test/jupyter:4.2.5-0.11", "tool": "jupyter" } }
        }
        """;

    [SkippableFact]
    public async Task ACertificateOfTheGivenAuthority_Passes()
    {
        var findings = await Tls(nginx.Good);

        findings.ShouldAllBe(finding => finding.Outcome == Outcome.Passed);
        findings.Take(3).Short().ShouldBe([
            ("tls platform.studio.test issuer", Outcome.Passed, "platform.studio.test <- Tests of verify"),
            ("tls platform.studio.test dates", Outcome.Passed, $"until {DateTime.UtcNow.AddDays(90):yyyy-MM-dd}, 89 days are left"),
            ("tls platform.studio.test names", Outcome.Passed, "platform.studio.test, connect.studio.test, *.studio.test, workbench.studio.test"),
        ]);
        findings.Select(finding => finding.Check).Skip(6).ShouldBe(["tls *.studio.test issuer", "tls *.studio.test dates", "tls *.studio.test names"]);
    }

    [SkippableFact]
    public async Task AnAuthorityThatNobodyTrusts_Fails()
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);

        var findings = await new TlsChecks(Checked.Context(Checked.Studios).At(authority: null, $"*:443:127.0.0.1:{nginx.Good}")).FindingsAsync();

        findings[0].ShouldBe(findings[0] with
        {
            Outcome = Outcome.Failed,
            Found = "'platform.studio.test': the certificate of its authority 'Tests of verify' is neither sent by the server nor trusted here",
        });
        findings[2].Outcome.ShouldBe(Outcome.Passed);
    }

    [SkippableFact]
    public async Task ASelfSignedCertificate_Fails() => Failed(await Tls(nginx.SelfSigned)).ShouldBe(
        [.. new[] { "platform.studio.test", "connect.studio.test", "*.studio.test" }.Select(host =>
            ($"tls {host} issuer", "'platform.studio.test': it is self-signed, and --ca-file does not hold it either"))]);

    [SkippableFact]
    public async Task AnExpiredCertificate_Fails_ByItsDateOnly()
        => Failed(await Tls(nginx.Expired))[0].ShouldBe(("tls platform.studio.test dates", $"expired on {DateTime.UtcNow.AddDays(-2):yyyy-MM-dd}"));

    [SkippableFact]
    public async Task ACertificateThatEndsInDays_Fails()
        => Failed(await Tls(nginx.Expiring))[0].ShouldBe(("tls platform.studio.test dates", $"until {DateTime.UtcNow.AddDays(3):yyyy-MM-dd}, 2 days are left"));

    [SkippableFact]
    public async Task ACertificateWhoseRenewalIsDue_Passes_AndSaysSo() => (await Tls(nginx.Due)).Short().ElementAt(1)
        .ShouldBe(("tls platform.studio.test dates", Outcome.Passed, $"until {DateTime.UtcNow.AddDays(12):yyyy-MM-dd}, 11 days are left: its renewal is due"));

    // A wildcard is good for one label, and not for the name that it stands for
    [SkippableFact]
    public async Task ACertificateForOtherNames_Fails_AtEachHost() => Failed(await Tls(nginx.WrongName)).ShouldBe(
        [.. new[] { "platform.studio.test", "connect.studio.test", "*.studio.test" }.Select(host =>
            ($"tls {host} names", "studio.test, *.connect.studio.test"))]);

    [SkippableFact]
    public async Task APlatformThatAnswers_PassesEverything_WebSocketsIncluded() => (await Http(nginx.Good)).Short().ShouldBe([
        ("http platform.studio.test redirect", Outcome.Passed, "HTTP 301 to https://platform.studio.test/"),
        ("http connect.studio.test redirect", Outcome.Passed, "HTTP 301 to https://connect.studio.test/"),
        ("http health https://platform.studio.test/health", Outcome.Passed, "HTTP 200, UP"),
        ("http templates https://platform.studio.test/api/studios/templates?workspaceId=", Outcome.Passed,
            "HTTP 401; with PLATFORM_TOKEN and --workspace its templates are compared"),
        ("http connect.studio.test", Outcome.Passed, "HTTP 200"),
        ("http connect.studio.test websocket", Outcome.Passed, "HTTP 101"),
        ("http *.studio.test", Outcome.Passed, "HTTP 200"),
        ("http *.studio.test websocket", Outcome.Passed, "HTTP 101"),
    ]);

    [SkippableFact]
    public async Task AControllerThatLosesUpgrades_IsNamed() => Failed(await Http(nginx.WithoutUpgrade)).ShouldBe([
        ("http connect.studio.test websocket", "HTTP 426"), ("http *.studio.test websocket", "HTTP 426"),
    ]);

    // What connect-proxy does with whoever is not signed in
    [SkippableFact]
    public async Task ARedirectToTheSignIn_IsAnAnswer_AndSaysWhatItDoesNotProve() => (await Http(nginx.Due)).Short().ElementAt(5).ShouldBe((
        "http connect.studio.test websocket", Outcome.Passed, "HTTP 302: the request came through, and only a session that somebody opened would upgrade it"));

    [SkippableFact]
    public async Task AServiceWithoutEndpoints_AndAHealthThatIsDown_AreNamed() => Failed(await Http(nginx.WithoutEndpoints)).ShouldBe([
        ("http health https://platform.studio.test/health", "HTTP 503, DOWN"),
        ("http connect.studio.test", "HTTP 502 of the load balancer or ingress controller itself"),
        ("http connect.studio.test websocket", "HTTP 502"),
        ("http *.studio.test", "HTTP 502 of the load balancer or ingress controller itself"),
        ("http *.studio.test websocket", "HTTP 502"),
    ]);

    [SkippableFact]
    public async Task AHostWithoutARule_IsTheControllersOwnAnswer() => Failed(await Http(nginx.NoRule))[0]
        .ShouldBe(("http connect.studio.test", "HTTP 404 of the load balancer or ingress controller itself"));

    [SkippableFact]
    public async Task PlainHttpThatStays_Fails() => Failed(await Http(nginx.Good, nginx.NotRedirecting)).ShouldBe([
        ("http platform.studio.test redirect", "HTTP 200"), ("http connect.studio.test redirect", "HTTP 200"),
    ]);

    [SkippableFact]
    public async Task ACertificateThatIsRefused_FailsTheAnswersToo()
        => Failed(await Http(nginx.SelfSigned)).ShouldContain(("http health https://platform.studio.test/health",
            "its certificate is refused: see `tls`"));

    [SkippableTheory]
    [InlineData("1", Outcome.Passed, "HTTP 200 with 1 templates")]
    [InlineData("2", Outcome.Failed, "registry.studio.test/jupyter:4.2.5-0.11 is missing")]
    public async Task WithAToken_TemplatesAreCompared(string workspace, Outcome outcome, string found)
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);
        var context = Checked.Context(
            Checked.Studios, ("cluster", """{"existing": {"context": "c"}}"""), ("redis", """{"inCluster": {}}"""), ("studios", Template))
            .At(nginx.Authority, $"*:443:127.0.0.1:{nginx.Good}", $"*:80:127.0.0.1:{nginx.Redirecting}") with
        {
            Workspace = workspace,
            Environment = name => name == HttpChecks.TokenVariable ? "hunter-token" : null,
        };

        var finding = (await new HttpChecks(context).FindingsAsync()).Single(finding => finding.Check.StartsWith("http templates", StringComparison.Ordinal));

        (finding.Outcome, finding.Found).ShouldBe((outcome, found));
        context.Filter.Apply("hunter-token").ShouldBe("[secret]");
    }

    [SkippableFact]
    public async Task WorkbenchLeadsToItsSignInPage_AndNotToPlainHttp()
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);

        (await Workbench(nginx.Good)).Short().ShouldBe([
            ("workbench workbench.studio.test sign-in page", Outcome.Passed, "HTTP 200 at https://workbench.studio.test/auth-sign-in?appUri=%2F"),
            ("code studio jupyter/alice jupyter", Outcome.Passed, "HTTP 200"),
        ], ignoreOrder: false);
        (await Workbench(nginx.WithoutEndpoints))[0].Found
            .ShouldBe("HTTP 302 to http://workbench.studio.test/auth-sign-in?appUri=%2F at https://workbench.studio.test/: "
                + "Workbench takes the request for plain HTTP");
    }

    [Theory]
    [InlineData("silent", "no answer within 0.5 s")]
    [InlineData("closing", "the connection is closed in the handshake")]
    [InlineData("resetting", "the connection is reset")]
    [InlineData("plain", "no TLS: Cannot determine the frame size or a corrupted frame was received.")]
    public async Task AHostThatSpeaksNoTls_IsAFinding_InTime(string kind, string reason)
    {
        using var host = new BadHost(kind);
        var context = Checked.Context(Checked.Studios).At(authority: null, $"*:443:127.0.0.1:{host.Port}", $"*:80:127.0.0.1:{host.Port}",
            $"*:2222:127.0.0.1:{host.Port}");
        context = context with { Reach = context.Reach with { Patience = TimeSpan.FromSeconds(0.5) } };
        var started = Stopwatch.StartNew();

        var tls = await new TlsChecks(context).FindingsAsync();
        var others = (await new HttpChecks(context).FindingsAsync()).Concat(await new SshChecks(context).FindingsAsync()).ToList();

        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        tls.Count.ShouldBe(3);
        tls.ShouldAllBe(finding => finding.Outcome == Outcome.Failed);
        tls[0].Found.ShouldBe($"no handshake with platform.studio.test:443: {reason}");
        others.ShouldAllBe(finding => finding.Outcome == Outcome.Failed && finding.Found.Length > 0 && finding.Fix.Length > 0);
    }

    // What the CLI takes is part of the time, and a host that says nothing costs no more than what is left
    [Fact]
    public async Task TheWholeCommand_TakesNoLongerThanItMay()
    {
        using var host = new BadHost("silent");
        using var operate = new OperateFixture();
        operate.Folder.Write("outputs.json", Checked.Studios);
        operate.Pulumi("/bin/sleep 1; /bin/cat outputs.json");
        var started = Stopwatch.StartNew();

        var (code, output, _) = await operate.RunAsync(
            "verify", "dev", "--timeout", "6s", "--resolve", $"*:443:127.0.0.1:{host.Port}", "--only", "tls", "--only", "http");

        code.ShouldBe(1);
        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        // On a busy machine the time may be up before the first of them has said so
        output.ShouldMatch("FAILED   tls( platform.studio.test)?\\b");
        output.ShouldContain("FAILED   http");
    }

    [SkippableFact]
    public async Task TheWholeCommand_SaysAllOfIt_AndEndsWith0()
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);
        using var operate = new OperateFixture();
        operate.Folder.Write("outputs.json", Checked.Studios);
        var authority = operate.Folder.Write("ca.pem", await File.ReadAllTextAsync(nginx.AuthorityFile));

        var (code, output, error) = await operate.RunAsync(
            "verify", "dev", "--from", "outputs.json", "--ca-file", authority, "--resolve", $"*:443:127.0.0.1:{nginx.Good}", "--resolve",
            $"*:80:127.0.0.1:{nginx.Redirecting}", "--only", "dns", "--only", "tls", "--only", "http", "--only",
            "redis", "--format", "json");

        (code, error).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("passed").GetInt32().ShouldBe(17);
        json.RootElement.GetProperty("failed").GetInt32().ShouldBe(0);
    }

    private static List<(string Check, string Found)> Failed(IEnumerable<Finding> findings)
        => [.. findings.Where(finding => finding.Outcome == Outcome.Failed).Select(finding => (finding.Check, finding.Found))];

    private Task<List<Finding>> Tls(int port)
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);
        return new TlsChecks(Checked.Context(Checked.Studios).At(nginx.Authority, $"*:443:127.0.0.1:{port}")).FindingsAsync();
    }

    private Task<List<Finding>> Http(int port, int? plain = null)
    {
        Skip.If(nginx.Missing is not null, nginx.Missing);
        return new HttpChecks(Checked.Context(Checked.Studios).At(nginx.Authority, $"*:443:127.0.0.1:{port}", $"*:80:127.0.0.1:{plain ?? nginx.Redirecting}"))
            .FindingsAsync();
    }

    private async Task<List<Finding>> Workbench(int port) => (await new WorkbenchHttpChecks(Checked.Context("""
        {
          "workbench": { "url": "https://workbench.studio.test", "namespace": "posit-workbench", "serviceName": "workbench" },
          "codeStudios": { "jupyter/alice": { "namespace": "studios", "urls": { "jupyter": "https://alice.studio.test/jupyter" } } }
        }
        """).At(nginx.Authority, $"*:443:127.0.0.1:{port}", $"*:80:127.0.0.1:{nginx.Redirecting}")).FindingsAsync()).Skip(1).ToList();

    /// <summary>A port behind which something else is than a web server.</summary>
    private sealed class BadHost : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _held = [];

        public BadHost(string kind)
        {
            _listener.Start();
            _ = AcceptAsync(kind);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose()
        {
            _listener.Dispose();
            _held.ForEach(socket => socket.Dispose());
        }

        private async Task AcceptAsync(string kind)
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptSocketAsync();
                    _held.Add(socket);
                    _ = TreatAsync(kind, socket);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The end of the test
            }
        }

        private static async Task TreatAsync(string kind, Socket socket)
        {
            if (kind == "silent")
            {
                return;
            }
            await socket.ReceiveAsync(new byte[4096], SocketFlags.None);
            if (kind == "plain")
            {
                await socket.SendAsync("SSH-1.0-old\r\nHTTP/0.9 what is this\r\n\r\n"u8.ToArray(), SocketFlags.None);
            }
            // Zero seconds to linger: a reset instead of an end
            socket.LingerState = new LingerOption(enable: kind == "resetting", seconds: 0);
            socket.Close();
        }
    }
}
