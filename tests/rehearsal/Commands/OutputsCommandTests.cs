using Rehearsal;

namespace Tests.Rehearsal.Commands;

// Promise: outputs shows what a program exports, in the shape of `pulumi stack output`, and secrets only on demand.
public sealed class OutputsCommandTests : IDisposable
{
    private readonly CliFixture _cli = new() { Answer = _ => Results.Redis };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Text_HidesSecretsAndNamesWhatIsUnknown() => (await _cli.RunAsync(["outputs", "dev"])).ShouldBe(
        (0, "address: \"redis.cache:6379\"\nip: [unknown]\npassword: [secret]\nusers:\n- \"a\"\n- [secret]\n", ""));

    [Fact]
    public async Task Json_HasPulumisShape_AndTheWordOfTheTextForWhatIsUnknown() => (await _cli.RunAsync(["outputs", "dev", "--json"])).Output.ShouldBe("""
        {
          "address": "redis.cache:6379",
          "ip": "[unknown]",
          "password": "[secret]",
          "users": [
            "a",
            "[secret]"
          ]
        }

        """.ReplaceLineEndings("\n"));

    [Fact]
    public async Task Secrets_AreShown_OnDemand()
    {
        var (_, output, _) = await _cli.RunAsync(["outputs", "dev", "--json", "--show-secrets"]);

        output.ShouldContain($"\"password\": \"{Results.Marker}\"");
        output.ShouldNotContain("[secret]");
    }

    [Fact]
    public async Task AFailedProgram_HasNoOutputs()
    {
        _cli.Answer = _ => Results.Result(RehearsalOutcome.ProgramFailed);

        var (code, output, error) = await _cli.RunAsync(["outputs", "dev", "--json"]);

        (code, output).ShouldBe((1, ""));
        error.ShouldStartWith("The preview failed");
    }
}
