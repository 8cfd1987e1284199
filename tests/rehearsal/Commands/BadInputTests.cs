namespace Tests.Rehearsal.Commands;

// Promise: whatever is wrong with what was given is said in one or two lines, with exit code 2, and nothing is written.
public sealed class BadInputTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Rejects_AnUnknownStack() => (await _cli.RunAsync(["preview", "de"])).ShouldBe((2, "", """
        error: There is no stack 'de': Pulumi.de.yaml is missing.
        fix:   There are: dev.

        """));

    [Fact]
    public async Task Rejects_AnUnknownStack_WithAProgramOfItsOwnToo()
        => (await _cli.RunAsync(["preview", "de", "--program", "true"])).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Rejects_InvalidYaml_WithLineAndColumn()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", "config:\n  a: 1\n   b: 2\n");

        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Pulumi.dev.yaml, line 3, column 5: this is not valid YAML: ");
        (run.Output, _cli.Request).ShouldBe(("", null));
    }

    [Fact]
    public async Task Rejects_TwoEntriesOfOneName()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", "config:\n  tower:\n    environments:\n      research: {}\n      research: {}\n");

        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Pulumi.dev.yaml, line 5, column 7: this is not valid YAML: Duplicate key research.");
    }

    [Fact]
    public async Task SealedValues_WithoutPassphrase_AreUnknownSecrets_AndSaidOnce()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\nconfig: {{token: {{secure: '{Secrets.Sample.Ciphertext}'}}}}\n");

        var run = await _cli.RunAsync(["preview", "dev"]);

        (run.ExitCode, run.Error).ShouldBe(
            (0, "warning: sealed values of stack 'dev' stay unknown (platform:token): no passphrase is set, in PULUMI_CONFIG_PASSPHRASE or "
                + "PULUMI_CONFIG_PASSPHRASE_FILE.\n"));
        (_cli.Request!.Config["platform:token"], string.Join(' ', _cli.Request.SecretKeys)).ShouldBe(
            ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", "platform:token"));
    }

    [Fact]
    public async Task Rejects_AMissingArgument() => (await _cli.RunAsync(["preview"])).ShouldBe((2, "", """
        error: Required argument 'STACK' missing for command: 'preview'.
        fix:   See `./platform preview --help`.

        """));

    [Fact]
    public async Task Rejects_AnUnknownOption() => (await _cli.RunAsync(["preview", "dev", "--jsn"])).Error.ShouldContain("--jsn");

    [Fact]
    public async Task Rejects_AnUnknownCommand_WithTheNearest() => (await _cli.RunAsync(["preveiw", "dev"])).ShouldBe((2, "", """
        error: There is no command 'preveiw'.
        fix:   Did you mean 'preview'? See `./platform --help`.

        """));

    [Fact]
    public async Task Rejects_AProgramThatIsNotBuilt()
    {
        File.Delete(_cli.Folder.At("stacks/Stacks.dll"));

        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ShouldBe(
            (2, "", $"error: The program is not built: {_cli.Folder.At("stacks/Stacks.dll")} is missing.\nfix:   Build it with `./platform build`.\n"));
    }

    [Fact]
    public async Task Rejects_AMissingConfigFile()
        => (await _cli.RunAsync(["preview", "dev", "--config-file", "gone.yaml"])).Error.ShouldContain("gone.yaml cannot be read: ");

    [Fact]
    public async Task Rejects_AnEmptyProgram()
        => (await _cli.RunAsync(["preview", "dev", "--program", " "])).Error.ShouldStartWith("error: --program is empty.");

    [Fact]
    public async Task Cancelled_EndsWith8()
    {
        _cli.Answer = _ => throw new OperationCanceledException();

        (await _cli.RunAsync(["preview", "dev"])).ShouldBe((8, "Previewing dev (platform)\n", "error: Cancelled.\n"));
    }

    [Fact]
    public async Task Defects_EndWith1_AndShowTheirStackTraceOnlyOnRequest()
    {
        _cli.Answer = _ => throw new InvalidOperationException("broken");

        var run = await _cli.RunAsync(["preview", "dev"]);

        (run.ExitCode, run.Error).ShouldBe(
            (1, "error: This is a defect of the rehearsal engine: broken\nfix:   Run it again with --verbose and report what it says.\n"));
        (await _cli.RunAsync(["preview", "dev", "-v"])).Error.ShouldContain("System.InvalidOperationException: broken");
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("manifests")]
    [InlineData("config")]
    [InlineData("secret")]
    [InlineData("version")]
    [InlineData("audit")]
    public async Task Help_HasExamples_AndExitCodes(string command)
    {
        var run = await _cli.RunAsync([command, "--help"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain($"Usage:\n  ./platform {command}");
        run.Output.ShouldContain($"\nExamples:\n  ./platform {command}");
        run.Output.ShouldContain("\nExit codes:\n  0  Done as asked.\n");
    }
}
