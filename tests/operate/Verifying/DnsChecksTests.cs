using System.Net;
using System.Net.Sockets;
using Operate.Verifying;

namespace Tests.Operate.Verifying;

// Promise: every name of the platform is asked for, and what DNS lacks is said in the words of whoever keeps the zone.
public sealed class DnsChecksTests : IDisposable
{
    private const string Balancer = "k8s-lb-1.elb.test";

    private readonly DnsDouble _dns = new()
    {
        Records =
        {
            ["platform.studio.test"] = "203.0.113.7", ["connect.studio.test"] = "203.0.113.7", ["*.studio.test"] = "203.0.113.7",
            [Balancer] = "203.0.113.7 203.0.113.8",
        },
    };

    public void Dispose() => _dns.Dispose();

    [Fact]
    public async Task NamesThatLeadToTheBalancer_Pass_TheWildcardBySomeSession()
    {
        (await FindAsync(Outputs(Balancer))).Short().ShouldBe([
            ("dns platform.studio.test", Outcome.Passed, "203.0.113.7"),
            ("dns connect.studio.test", Outcome.Passed, "203.0.113.7"),
            ("dns *.studio.test", Outcome.Passed, "203.0.113.7"),
        ]);
    }

    [Fact]
    public async Task ACName_LeadsToTheBalancer_AndSoDoesItsAddress()
    {
        _dns.Records["connect.studio.test"] = $"CNAME {Balancer}";
        (await ConnectAsync(Outputs(Balancer))).ShouldBe(
            new Finding("dns connect.studio.test", Outcome.Passed, $"an address of {Balancer}", $"{Balancer} -> 203.0.113.7, 203.0.113.8"));
        (await ConnectAsync(Outputs("203.0.113.8"))).Outcome.ShouldBe(Outcome.Passed);
    }

    [Fact]
    public async Task AnotherPlace_Fails_AndSaysWhereTheRecordHasToLead()
    {
        _dns.Records["connect.studio.test"] = "198.51.100.9";
        (await ConnectAsync(Outputs(Balancer))).ShouldBe(new Finding(
            "dns connect.studio.test", Outcome.Failed, $"an address of {Balancer}", "198.51.100.9, which is another place",
            $"Let the record of connect.studio.test lead to {Balancer}: a CNAME for a host name, an alias or A record for an address."));
    }

    [Theory]
    [InlineData(null, "the name does not exist (NXDOMAIN)")]
    [InlineData("", "the name exists and has no address")]
    [InlineData("SERVFAIL", "the DNS server answers ServerFailure (SERVFAIL): a zone is delegated wrongly, or CNAMEs go in a circle")]
    [InlineData("CNAME gone.studio-elsewhere.test", "a CNAME to gone.studio-elsewhere.test, which does not exist (NXDOMAIN)")]
    [InlineData("CNAME round.circle.test",
        "its CNAMEs go round in a circle: connect.studio.test -> round.circle.test -> again.circle.test -> round.circle.test")]
    [InlineData("CNAME connect.studio.test", "its CNAMEs go round in a circle: connect.studio.test -> connect.studio.test")]
    [InlineData("CNAME empty.circle.test", "a CNAME to empty.circle.test, which has no address")]
    public async Task WhatDnsLacks_IsSaid(string? record, string found)
    {
        _dns.Records["round.circle.test"] = "CNAME again.circle.test";
        _dns.Records["again.circle.test"] = "CNAME round.circle.test";
        _dns.Records["empty.circle.test"] = "";
        _dns.Records.Remove("*.studio.test");
        _dns.Records.Remove("connect.studio.test");
        if (record is not null)
        {
            _dns.Records["connect.studio.test"] = record;
        }
        var finding = await ConnectAsync(Checked.Studios);

        (finding.Outcome, finding.Found).ShouldBe((Outcome.Failed, found));
    }

    [Fact]
    public async Task AMissingWildcard_IsFoundBySomeSession()
    {
        _dns.Records.Remove("*.studio.test");

        var finding = (await FindAsync(Checked.Studios))[2];

        finding.Outcome.ShouldBe(Outcome.Failed);
        finding.Found.ShouldMatch(@"\Aof verify-[0-9a-f]{8}\.studio\.test: the name does not exist \(NXDOMAIN\)\z");
    }

    [Fact]
    public async Task AnOwnSshHost_IsAskedForWithItsOwnBalancer()
    {
        _dns.Records["ssh.studio.test"] = "203.0.113.9";
        var outputs = Outputs(Balancer).Replace("connect.studio.test:2222", "ssh.studio.test:22", StringComparison.Ordinal)
            .Replace("\"sshFingerprint\"", "\"sshLoadBalancer\": \"203.0.113.9\", \"sshFingerprint\"", StringComparison.Ordinal);

        (await FindAsync(outputs))[3].ShouldBe(new Finding("dns ssh.studio.test", Outcome.Passed, "an address of 203.0.113.9", "203.0.113.9"));
    }

    [Fact]
    public async Task WhatResolveSays_IsNotAsked()
    {
        var context = Context(Checked.Studios).At(authority: null, "*:443:127.0.0.1");

        (await new DnsChecks(context with { Reach = context.Reach with { DnsServer = _dns.EndPoint } }).FindingsAsync())[1].ShouldBe(
            new Finding("dns connect.studio.test", Outcome.Skipped, "an address", "--resolve says 127.0.0.1 instead of DNS"));
    }

    // Whether the system says that nobody listens there or the time is up: no server
    [Fact]
    public async Task WithoutAServer_EachNameIsAFinding()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var context = Context(Checked.Studios);
        var reach = context.Reach with { DnsServer = (IPEndPoint)silent.Client.LocalEndPoint!, Patience = TimeSpan.FromSeconds(0.3) };

        var findings = await new DnsChecks(context with { Reach = reach }).FindingsAsync();

        findings.Count.ShouldBe(3);
        findings.ShouldAllBe(finding => finding.Outcome == Outcome.Failed);
        findings[0].Found.ShouldStartWith("no DNS server answers: no answer ");
    }

    private static string Outputs(string balancer)
        => Checked.Studios.Replace("\"sshFingerprint\"", $"\"loadBalancer\": \"{balancer}\", \"sshFingerprint\"", StringComparison.Ordinal);

    private VerifyContext Context(string outputs)
    {
        var context = Checked.Context(outputs);
        return context with { Reach = context.Reach with { DnsServer = _dns.EndPoint } };
    }

    private Task<List<Finding>> FindAsync(string outputs) => new DnsChecks(Context(outputs)).FindingsAsync();

    private async Task<Finding> ConnectAsync(string outputs) => (await FindAsync(outputs)).Single(finding => finding.Check == "dns connect.studio.test");
}
