namespace Tests.Rehearsal.Commands;

// Promise: config starts the program as a tool, with the stack's settings in the environment, and passes its answer on.
public sealed class ConfigCommandTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public ConfigCommandTests()
    {
        // A program that says what it got; `dotnet Stacks.dll config …` is `sh Stacks.dll config …` here
        _cli.Environment["DOTNET_HOST_PATH"] = "/bin/sh";
        _cli.Folder.Write(
            "stacks/Stacks.dll",
            "echo \"$@\"; echo $PULUMI_PROJECT $PULUMI_STACK; echo $PULUMI_CONFIG; echo $PULUMI_CONFIG_SECRET_KEYS; case "
                + "$PULUMI_CONFIG in *bad*) echo 'size: no' >&2; exit 2;; *worse*) exit 9;; esac\n");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Program_GetsTheSettings()
        => (await _cli.RunAsync(["config", "dev"])).ShouldBe((0, "config --format text\nplatform dev\n{\"platform:size\":\"3\"}\n[]\n", ""));

    [Fact]
    public async Task ATool_IsTheProgramsOwnCommand()
        => (await _cli.RunAsync(["tool", "dev", "--", "compose", "--output", "/x", "--dry-run"])).Output
            .ShouldStartWith("compose --output /x --dry-run\nplatform dev\n");

    [Theory]
    [InlineData("--format", "json")]
    [InlineData("--json")]
    public async Task Options_ArePassedOn(params string[] options)
        => (await _cli.RunAsync(["config", "dev", .. options])).Output.ShouldStartWith("config --format json\n");

    [Fact]
    public async Task WhatTheProgramSaysOfASetting_GetsItsPlace()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", "config:\n  platform:size: bad\n");
        _cli.Folder.Write(
            "stacks/Stacks.dll", "printf 'One setting is wrong:\\n\\nplatform:size: is no\\n  given:   bad\\n  fix:     write 3\\n' >&2; exit 2\n");
        _cli.Environment["GITHUB_ACTIONS"] = "true";

        var file = _cli.Folder.At("Pulumi.dev.yaml");
        (await _cli.RunAsync(["tool", "dev", "--", "compose"])).ShouldBe((2, "", $"""
            One setting is wrong:

            {file}:2:3: platform:size: is no
                2 |   platform:size: bad
              given:   bad
              fix:     write 3
            ::error file=Pulumi.dev.yaml,line=2,col=3::platform:size: is no%0Agiven:   bad%0Afix:     write 3

            """));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("config", "--check")]
    [InlineData("config", "--all")]
    [InlineData("config", "dev", "--all", "--check")]
    [InlineData("config", "--all", "--check", "--config-file", "x.yaml")]
    [InlineData("config", "dev", "--format", "github")]
    public async Task Rejects_OptionsThatDoNotBelongTogether(params string[] arguments)
    {
        var run = await _cli.RunAsync(arguments);

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(["error:", "fix:", ""]);
    }

    [Fact]
    public async Task Secrets_AreOpenedAndNamed()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\nconfig: {{token: {{secure: '{Secrets.Sample.Ciphertext}'}}}}\n");
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";

        (await _cli.RunAsync(["config", "dev"])).Output.ShouldEndWith("{\"platform:token\":\"hello wörld\"}\n[\"platform:token\"]\n");
    }

    [Theory]
    [InlineData("bad", 2)]
    [InlineData("worse", 1)]
    public async Task ExitCode_IsTheProgramsOwn_WhenItMeansSomething(string size, int exitCode)
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"config: {{size: {size}}}\n");

        (await _cli.RunAsync(["config", "dev"])).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Problems_GoToTheErrorStream()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", "config: {size: bad}\n");

        (await _cli.RunAsync(["config", "dev"])).Error.ShouldBe("size: no\n");
    }

    [Fact]
    public async Task Rejects_AnUnknownFormat() => (await _cli.RunAsync(["config", "dev", "--format", "xml"])).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Rejects_ARuntimeThatIsNotThere()
    {
        _cli.Environment["DOTNET_HOST_PATH"] = "/nowhere/dotnet";

        var run = await _cli.RunAsync(["config", "dev"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("error: The program '/nowhere/dotnet' cannot be started in '");
    }
}
