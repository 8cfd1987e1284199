using System.Text.Json;
using System.Xml.Linq;
using Operate.Deployed;
using Operate.Verifying;
using Rehearsal.Wire;
using Stacks.Settings;

namespace Tests.Operate.Commands;

// Promise: verify says what is wrong with its command line before it asks anybody, and ends with 1 when a check fails.
public sealed class VerifyCommandTests : IDisposable
{
    private readonly OperateFixture _operate = new();

    public VerifyCommandTests() => _operate.Folder.Write("outputs.json", "{}");

    public void Dispose() => _operate.Dispose();

    [Fact]
    public void Names_AreThoseOfTheGroups() => CheckGroups.All(new VerifyContext
    {
        Stack = "dev",
        Settings = new PlatformSettings(),
        Outputs = new DeployedOutputs("outputs.json", PropertyMap.Empty),
        Environment = _ => null,
        Reach = new NetworkReach(),
    }).Select(group => group.Name).ShouldBe(CheckGroups.Names);

    [Fact]
    public async Task AStackThatExportsNothing_HasNothingToCheck_AndSaysWhy()
    {
        var (code, output, error) = await _operate.RunAsync("verify", "dev", "--from", "outputs.json", "--only", "dns", "--only", "http", "--only", "ssh");

        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith("""
            dns
              skipped  dns: the stack exports no host
            http
              skipped  http: the stack exports no address of Studios
            ssh
              skipped  ssh: the stack has no studios.ssh
            Checks of dev: 0 passed, 0 failed, 3 skipped (
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task AFailedCheck_EndsWith1_AndEveryFormatIsWritten()
    {
        // Nothing listens there
        _operate.Folder.Write("outputs.json", """
            {"studios": {"connectUrl": "https://connect.studio.test", "expected": {"hosts": ["connect.studio.test"], "healthUrl": "https://platform.studio.test/health"}}}
            """);
        string[] line = ["verify", "dev", "--from", "outputs.json", "--only", "tls", "--resolve", "*:443:127.0.0.1:1"];

        var (code, output, _) = await _operate.RunAsync([.. line, "--json"]);
        var (_, summary, _) = await _operate.RunAsync([.. line, "--format", "junit", "-o", "verify.xml"]);

        code.ShouldBe(1);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("groups")[0].GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("found").GetString()).ShouldBe([
            "no handshake with platform.studio.test:443: the connection is refused: nothing listens there",
            "no handshake with connect.studio.test:443: the connection is refused: nothing listens there",
        ]);
        summary.ShouldStartWith("Checks of dev: 0 passed, 2 failed, 0 skipped (");
        summary.ShouldEndWith("; written to verify.xml.\n");
        XDocument.Load(_operate.Folder.At("verify.xml")).Descendants("failure").Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("--format yaml", "", "yaml")]
    [InlineData("--only dsn", "--only dsn is no group of checks.", "Did you mean 'dns'?")]
    [InlineData("--skip https", "--skip https is no group of checks.", "Did you mean 'http'?")]
    [InlineData("--only dns --skip dns", "--only and --skip leave no check.", "There are: dns, tls, http, workbench, redis, ssh")]
    [InlineData("--timeout soon", "--timeout soon is no duration.", "90s, 5m or 1h")]
    [InlineData("--timeout 0", "--timeout 0 is no duration.", "90s, 5m or 1h")]
    [InlineData("--timeout -5s", "--timeout -5s is no duration.", "90s, 5m or 1h")]
    [InlineData("--timeout 2000h", "--timeout 2000h is no duration.", "at most a day")]
    [InlineData(
        "--resolve connect.studio.test:443", "--resolve connect.studio.test:443 is not HOST:PORT:ADDRESS.", "--resolve connect.example.com:443:203.0.113.7")]
    [InlineData("--resolve a:443:300.1.1.1", "--resolve a:443:300.1.1.1 is not HOST:PORT:ADDRESS.", "*:443:203.0.113.7")]
    [InlineData("--resolve a:99999:1.1.1.1", "--resolve a:99999:1.1.1.1 is not HOST:PORT:ADDRESS.", "*:443:203.0.113.7")]
    [InlineData("--redis localhost", "--redis localhost is not HOST:PORT.", "--redis localhost:6379")]
    [InlineData("--redis localhost:0", "--redis localhost:0 is not HOST:PORT.", "--redis localhost:6379")]
    [InlineData("--dns-server resolver", "--dns-server resolver is no address.", "127.0.0.1:5353")]
    [InlineData("--ca-file outputs.json", "--ca-file outputs.json holds no certificate in PEM.", "-----BEGIN CERTIFICATE-----")]
    public async Task Rejects_WhatTheCommandLineHasWrong(string options, string problem, string fix)
    {
        var (code, output, error) = await _operate.RunAsync(["verify", "dev", "--from", "outputs.json", .. options.Split(' ')]);

        (code, output).ShouldBe((2, ""));
        error.ShouldStartWith($"error: {problem}");
        error.ShouldContain(fix);
    }

    [Fact]
    public async Task Rejects_SettingsThatAreWrong()
    {
        _operate.Folder.Write("Pulumi.dev.yaml", "config:\n  platform:redis: { inCluster: { memory: none } }\n");

        var (code, output, error) = await _operate.RunAsync("verify", "dev", "--from", "outputs.json");

        (code, output).ShouldBe((2, ""));
        error.ShouldContain("platform:redis.inCluster.memory");
        error.ShouldContain("./platform config dev --check");
    }

    [Theory]
    [InlineData("connect.studio.test:443:203.0.113.7", "connect.studio.test", 443, "203.0.113.7:443")]
    [InlineData("*:80:127.0.0.1:8080", "*", 80, "127.0.0.1:8080")]
    [InlineData("*:443:[2001:db8::1]", "*", 443, "[2001:db8::1]:443")]
    [InlineData("*:443:[::1]:8443", "*", 443, "[::1]:8443")]
    public void Resolve_IsReadAsCurlDoes(string given, string host, int port, string target)
        => NetworkReach.Parse(given).ShouldBe(new ResolvedHost(host, port, System.Net.IPEndPoint.Parse(target)));

    [Theory]
    [InlineData("localhost:6379", "localhost", 6379)]
    [InlineData("[::1]:22", "::1", 22)]
    public void Endpoints_AreReadWithTheirPort(string text, string host, int port) => HostPort.TryParse(text).ShouldBe(new HostPort(host, port));

    [Theory]
    [InlineData("")]
    [InlineData(":22")]
    [InlineData("::1:22")]
    [InlineData("host:70000")]
    [InlineData("host:+22")]
    public void Rejects_EndpointsWithoutOne(string text) => HostPort.TryParse(text).ShouldBeNull();
}
