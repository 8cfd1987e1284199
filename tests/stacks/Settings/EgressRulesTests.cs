using Pulumi;
using Stacks;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings.Studios;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: what an operator allows besides is in the policy of the pods that need it, and a rule that would do nothing is refused.
public sealed class EgressRulesTests
{
    private const string Research = "tower.environments.research";

    [Fact]
    public async Task Connect_MayStartWhatItIsAllowed_AndReachItsForwardProxy()
    {
        var deployed = await Deploy(
            ("studios.pods.egress", """[{ "ports": [8080], "namespace": "gateway" }]"""),
            ("studios.proxy.extraEnvironment", """{ "HTTPS_PROXY": "http://squid.example.com:3128" }"""));

        deployed.Inputs("connect-proxy-policy").ShouldContain("\"port\": 3128");
        deployed.Inputs("connect-proxy-policy").ShouldContain("\"kubernetes.io/metadata.name\": \"gateway\"");
        deployed.Inputs("connect-server-policy").ShouldNotContain("\"port\": 3128");
        deployed.Inputs("connect-server-policy").ShouldContain("\"kubernetes.io/metadata.name\": \"gateway\"");
    }

    [Fact]
    public async Task Pipelines_ReachTheApiServerOnThePortThatThePlatformUses()
    {
        var deployed = await Deploy(
            ("tower.server", "\"https://kubernetes.example.com:16443\""), ($"{Research}.egress", """[{ "ports": [30500], "block": "10.0.0.0/8" }]"""));

        deployed.Inputs("tower-research-isolation").ShouldContain("\"port\": 16443");
        deployed.Inputs("tower-research-isolation").ShouldContain("\"port\": 30500");
    }

    [Theory]
    [InlineData("[{ \"ports\": [] }]", "[0].ports", "is empty, so the rule allows nothing", "[]", "one port or more", "ports: [3128], or remove the rule")]
    [InlineData(
        """[{ "ports": [80], "block": "10.0.0.0/8", "namespace": "squid" }]""",
        "[0].block",
        "is given beside namespace, and a rule has one kind of peer",
        "10.0.0.0/8",
        "block or namespace",
        "write two rules, or remove one of the two")]
    public void Rejects_ARuleThatCannotBeMeant(string rules, string key, string what, string given, string allowed, string fix)
    {
        foreach (var path in new[] { "studios.pods.egress", $"{Research}.egress" })
        {
            StackSample.Made.Messages((path, rules)).ShouldBe(
            [
                $"""
                platform:{path}{key}: {what}
                  given:   {given}
                  allowed: {allowed}
                  fix:     {fix}
                """,
            ]);
        }
    }

    [Fact]
    public void Rejects_APortThatThereIsNot() => StackSample.Made.Messages(("studios.pods.egress", """[{ "ports": [70000] }]""")).ShouldBe(
    [
        """
        platform:studios.pods.egress[0].ports[0]: is out of range
          given:   70000
          allowed: a whole number from 1 to 65535
          fix:     for example ports: [3128]
        """,
    ]);

    [Theory]
    [InlineData("studios.pods", "networkPolicies")]
    [InlineData(Research, "networkPolicy")]
    public void Rejects_RulesWithoutAPolicy(string owner, string key) =>
        StackSample.Made.Messages(($"{owner}.egress", """[{ "ports": [3128] }]"""), ($"{owner}.{key}", "false")).ShouldBe(
        [
            $"""
            platform:{owner}.egress: has no meaning with {key}: false, which restricts nothing
              allowed: absent
              fix:     remove egress, or remove {key}: false
            """,
        ]);

    [Theory]
    [InlineData("HTTP_PROXY", "ftp://squid:21")]
    [InlineData("https_proxy", "squid:port")]
    [InlineData("ALL_PROXY", "")]
    public void Rejects_AForwardProxyWithoutAddress(string variable, string address)
    {
        foreach (var workload in new[] { "proxy", "server" })
        {
            StudiosSample.Messages(($"studios.{workload}.extraEnvironment", $$"""{ "{{variable}}": "{{address}}" }""")).ShouldBe(
            [
                $"""
                platform:studios.{workload}.extraEnvironment.{variable}: is not the address of a forward proxy
                  given:   {address}
                  allowed: http, https or socks5, a host and a port
                  fix:     for example {variable}: http://proxy.example.com:3128
                """,
            ]);
        }
    }

    private static async Task<Deployed> Deploy(params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(StackSample.Made.Raw(changes));
        read.Problems.ShouldBeEmpty();
        return await Deployed.Of(() => Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key)));
    }
}
