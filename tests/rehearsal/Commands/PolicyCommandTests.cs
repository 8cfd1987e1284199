using System.Text.Json;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Policies;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Commands;

// Promise: policy says what is against a rule and how to change it, ends with 5 then, and waivers of the stack file are honoured and looked after.
public sealed class PolicyCommandTests : IDisposable
{
    private static readonly Urn Key = Urn.Create("dev", "platform", Results.Cache, "tls:index/privateKey:PrivateKey", "host-key");

    private readonly CliFixture _cli = new();

    public PolicyCommandTests()
    {
        _cli.Environment["PLATFORM_TODAY"] = "2026-11-26";
        _cli.Answer = request => Results.Empty with
        {
            Plan = new Plan([Results.Step(Operation.Create, new ResourceState
            {
                Urn = Key,
                Type = Key.Type,
                Custom = true,
                Inputs = PropertyMap.Create(("algorithm", new StringProperty("RSA")), ("rsaBits", new NumberProperty(1024))),
            })]),
        };
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Text_NamesRulePlaceAndFix_AndEndsWithFive()
    {
        var run = await _cli.RunAsync(["policy", "dev"]);

        run.ShouldBe((5, """
            high    secrets/short-key  The key can be broken.
                      tls:index/privateKey:PrivateKey (host-key): rsaBits is 1024
                      fix: Use ED25519, ECDSA on P256 or larger, or RSA of 2048 bits or more. (NIST SP 800-57)

            1 place is against the rules in the plan of dev: 1 resources, RULES rules, 0 waived.

            """.Replace("RULES", $"{PolicyRules.All.Length}").ReplaceLineEndings("\n"), ""));
    }

    [Theory]
    [InlineData("2026-11-26", 0)]
    [InlineData("2026-11-25", 5)]
    public async Task AWaiver_HoldsUntilItsDay(string expires, int exitCode)
    {
        Waive($"{{rule: secrets/short-key, resources: [host-*], reason: a device that takes no more, expires: '{expires}'}}");

        var run = await _cli.RunAsync(["policy", "dev", "--verbose"]);

        run.ExitCode.ShouldBe(exitCode);
        run.Output.Contains("waived until 2026-11-26: a device that takes no more", StringComparison.Ordinal).ShouldBe(exitCode == 0);
        run.Output.Contains("policy/expired-waiver", StringComparison.Ordinal).ShouldBe(exitCode != 0);
    }

    [Theory]
    [InlineData("{rule: secrets/shrt-key, resources: [a], reason: because, expires: '2027-01-01'}", "there is no such rule. Did you mean 'secrets/short-key'?")]
    [InlineData("{rule: secrets/short-key, resources: [], reason: because, expires: '2027-01-01'}", "resources has to list names")]
    [InlineData("{rule: secrets/short-key, resources: [a], reason: because, expires: '2027-02-30'}", "expires has to be a day")]
    public async Task Rejects_AWaiverThatSaysNothing(string waiver, string problem)
    {
        Waive(waiver);

        var run = await _cli.RunAsync(["policy", "dev"]);

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldContain(problem);
    }

    [Theory]
    [InlineData("json", "findings")]
    [InlineData("sarif", "runs")]
    public async Task OtherPrograms_GetJson(string format, string name)
    {
        var run = await _cli.RunAsync(["policy", "dev", "--format", format]);

        run.ExitCode.ShouldBe(5);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty(name).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Rules_AreListed_WithoutAPlan()
    {
        var run = await _cli.RunAsync(["policy", "dev", "--rules"]);

        (run.ExitCode, _cli.Request).ShouldBe((0, null));
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(PolicyRules.All.Length);
    }

    [Fact]
    public async Task AFailedProgram_IsNotHeldToRules()
    {
        _cli.Answer = _ => Results.Result(RehearsalOutcome.ProgramFailed);

        var run = await _cli.RunAsync(["policy", "dev"]);

        (run.ExitCode, run.Output).ShouldBe((1, ""));
    }

    [Fact]
    public async Task AWaiverThatIsNotNeeded_IsFoundAtItsLine()
    {
        Waive("{rule: secrets/short-key, resources: [host-*], reason: because, expires: '2027-01-01'}\n      - rule: kubernetes/exec\n        "
            + "resources: [gone]\n        reason: because\n        expires: '2027-01-01'");
        _cli.Environment["GITHUB_ACTIONS"] = "true";

        var text = await _cli.RunAsync(["policy", "dev"]);
        text.Output.ShouldContain($"          {_cli.Folder.At("Pulumi.dev.yaml")}:5:9: waivers[1] of kubernetes/exec for gone is needed by nothing\n");
        text.Error.ShouldBe("::warning file=Pulumi.dev.yaml,line=5,col=9::platform:policy.waivers[1]: of kubernetes/exec for gone is needed by nothing\n");
        using var json = JsonDocument.Parse((await _cli.RunAsync(["policy", "dev", "--format", "json"])).Output);
        json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.TryGetProperty("line", out var line) ? line.GetInt32() : 0)
            .ShouldBe([0, 5]);
        using var sarif = JsonDocument.Parse((await _cli.RunAsync(["policy", "dev", "--format", "sarif"])).Output);
        sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[1].GetProperty("locations")[0].GetProperty("physicalLocation").ToString()
            .ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"artifactLocation":{"uri":"Pulumi.dev.yaml"},"region":{"startLine":5,"startColumn":9}}""");
    }

    [Fact]
    public async Task Rejects_AWaiver_AtItsLine()
    {
        Waive("{rule: secrets/shrt-key, resources: [a], reason: because, expires: '2027-01-01'}");

        (await _cli.RunAsync(["policy", "dev"])).Error.ShouldStartWith(
            $"error: {_cli.Folder.At("Pulumi.dev.yaml")}:4:10: platform:policy.waivers[0].rule is 'secrets/shrt-key', and there is no such rule. Did you mean "
                + "'secrets/short-key'?\n    4 | … rule: …\nfix:   A waiver is ");
    }

    private void Waive(string waiver) => _cli.Folder.Write("Pulumi.dev.yaml", $"config:\n  platform:policy:\n    waivers:\n      - {waiver}\n");
}
