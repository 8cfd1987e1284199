using System.Text.RegularExpressions;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Rehearsal.Commands;

// Promise: what is sealed here opens with the stack's passphrase, and nothing that is typed is seen.
public sealed class SecretCommandTests : IDisposable
{
    private const string Salted = "encryptionsalt: " + Secrets.Sample.Salt + "\n";

    private readonly CliFixture _cli = new() { Input = "s3cr3t-marker\n" };

    public SecretCommandTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Print_WritesTheLinesForTheStackFile_AndLeavesIt()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\n");

        var run = await _cli.RunAsync(["secret", "dev", "token", "--print"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith("config:\n  platform:token:\n    secure: v1:");
        run.Output.ShouldNotContain("s3cr3t-marker");
        PassphraseSealer.Open("test", Secrets.Sample.Salt).TryOpen(run.Output.Split("secure: ")[1].Trim()).ShouldBe("s3cr3t-marker");
    }

    [Fact]
    public async Task OnATerminal_TheValueIsAskedFor_AndNotShown()
    {
        using var cli = new CliFixture { IsInteractive = true };
        cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";
        cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\n");
        cli.Console.Profile.Capabilities.Interactive = true;
        cli.Console.Input.PushTextWithEnter("typed-marker");

        var run = await cli.RunAsync(["secret", "dev", "token", "--print"]);

        PassphraseSealer.Open("test", Secrets.Sample.Salt).TryOpen(run.Output.Split("secure: ")[1].Trim()).ShouldBe("typed-marker");
        cli.Console.Output.ShouldStartWith("Value of platform:token:");
        cli.Console.Output.ShouldNotContain("marker");
    }

    [Theory]
    [InlineData("redisPasword", "Did you mean 'redisPassword'? Keys of secrets are redisPassword, token.")]
    [InlineData("platform:workbench", "Keys of secrets are redisPassword, token.")]
    [InlineData("plattform:token", "Did you mean 'token'? Keys of secrets are redisPassword, token.")]
    public async Task Rejects_AKeyThatNothingReads(string key, string fix)
    {
        Declare();
        _cli.Folder.Write("Pulumi.dev.yaml", Salted);

        var run = await _cli.RunAsync(["secret", "dev", key]);

        run.ShouldBe((2, "", $"""
            error: Nothing reads {(key.Contains(':', StringComparison.Ordinal) ? key : $"platform:{key}")}: Pulumi.yaml declares no such key.
            fix:   {fix}

            """));
        File.ReadAllText(_cli.Folder.At("Pulumi.dev.yaml")).ShouldBe(Salted);
    }

    [Theory]
    [InlineData("token", false, "")]
    [InlineData("platform:redisPassword", false, "")]
    [InlineData("aws:secretKey", false, "")]
    [InlineData("kubernetes:token", false, "")]
    [InlineData("redis.users[0].password", true, "")]
    [InlineData("redis", false,
        "warning: Pulumi.yaml does not declare platform:redis as a secret: it is sealed, and what the program makes of it may be shown.\n")]
    public async Task AKeyThatIsRead_IsTaken(string key, bool isPath, string warning)
    {
        Declare();
        _cli.Folder.Write("Pulumi.dev.yaml", Salted);

        var run = await _cli.RunAsync(isPath ? ["secret", "dev", key, "--path"] : ["secret", "dev", key]);

        run.ShouldBe((0, "", $"{(key.Contains(':', StringComparison.Ordinal) ? key : $"platform:{key}")} is sealed in Pulumi.dev.yaml.\n{warning}"));
    }

    private void Declare() => _cli.Folder.Write("Pulumi.yaml", """
        name: platform
        runtime: dotnet
        main: stacks
        config:
          platform:redis: {default: ""}
          platform:redisPassword: {default: "", secret: true}
          platform:token: {default: "", secret: true}
          aws:region: {value: eu-west-1}
        """);

    [Theory]
    [InlineData("size.a", "error: platform:size has another kind of value on the way to that place.")]
    [InlineData("zones[2]", "error: platform:zones has another kind of value on the way to that place.")]
    [InlineData("zones[", "error: 'zones[' is not a path into a setting.")]
    [InlineData("[0]", "error: '[0]' is not a path into a setting.")]
    public async Task Rejects_APathThatLeadsNowhere(string path, string problem)
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\nconfig:\n  size: 3\n  zones: [a]\n");

        var run = await _cli.RunAsync(["secret", "dev", path, "--path"]);

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith(problem);
    }

    [Fact]
    public async Task WithoutPath_DotsAndBracketsAreTheNames()
        => (await _cli.RunAsync(["secret", "dev", "a.b[0]", "--print"])).Output.ShouldContain("  platform:a.b[0]:\n    secure: v1:");

    [Fact]
    public async Task Rejects_AnEmptyValue()
    {
        _cli.Input = "\n";

        (await _cli.RunAsync(["secret", "dev", "token"])).Error.ShouldBe(
            "error: The value is empty.\nfix:   Type it when it is asked for, or give it on the standard input.\n");
    }

    [Fact]
    public async Task Rejects_AMissingPassphrase()
    {
        _cli.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");

        (await _cli.RunAsync(["secret", "dev", "token"])).ShouldBe((2, "", """
            error: No passphrase is set to seal a value of stack 'dev' with.
            fix:   Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it; whoever types the value at a terminal is asked for it.

            """));
    }

    [Fact]
    public async Task ANewPassphrase_IsAskedForTwice_UntilBothAreTheSame()
    {
        using var cli = Interactive("", "one-marker", "other-marker", "", "new-marker", "new-marker", "value-marker");

        var run = await cli.RunAsync(["secret", "dev", "token"]);

        run.ShouldBe((0, "", """
            The two passphrases differ.
            An empty passphrase protects nothing. Who means it sets PULUMI_CONFIG_PASSPHRASE to nothing.
            platform:token is sealed in Pulumi.dev.yaml.

            """));
        Opened(cli, "new-marker").ShouldBe("value-marker");
        cli.Console.Output.ShouldNotContain("marker");
        cli.Console.Output.ShouldStartWith("New passphrase for the secrets of dev:");
    }

    [Fact]
    public async Task Rejects_ANewPassphraseThatNeverIsTheSame()
    {
        using var cli = Interactive("", "a", "b", "c", "d", "e", "f");

        var run = await cli.RunAsync(["secret", "dev", "token"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldEndWith("""
            error: No passphrase was chosen for stack 'dev', so nothing is sealed.
            fix:   Run it again, and type the same passphrase twice.

            """);
        File.ReadAllText(cli.Folder.At("Pulumi.dev.yaml")).ShouldBe("");
    }

    [Fact]
    public async Task AnExistingPassphrase_IsAskedForOnce_AndAgainWhenItIsWrong()
    {
        using var cli = Interactive(Salted, "wrong-marker", "test", "value-marker");

        var run = await cli.RunAsync(["secret", "dev", "token"]);

        run.Error.ShouldBe("That passphrase does not open the stack's secrets.\nplatform:token is sealed in Pulumi.dev.yaml.\n");
        Opened(cli, "test").ShouldBe("value-marker");
        cli.Console.Output.ShouldNotContain("marker");
    }

    [Fact]
    public async Task Rejects_AValueOfSeveralLines_ThatIsPasted()
    {
        using var cli = Interactive(Salted, "test", "-----BEGIN", "MIIB", "-----END");

        var run = await cli.RunAsync(["secret", "dev", "token"]);

        run.ShouldBe((2, "", """
            error: The value of platform:token has more than one line, so nothing is sealed.
            fix:   Give it on the standard input: `./platform secret STACK KEY < FILE`.

            """));
        cli.Console.Input.IsKeyAvailable().ShouldBeFalse();
    }

    // Keys of the examples in its help are read by the stacks that stand beside them
    [Fact]
    public async Task Help_NamesKeysThatAreRead()
    {
        var help = (await _cli.RunAsync(["secret", "--help"])).Output;
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var project = ProjectFile.Read(Repository.Root);
        var named = Regex.Matches(
            help + readme, "\\./platform secret (?<stack>[a-z][\\w-]*) (?<key>[\\w:]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => (Stack: match.Groups["stack"].Value, Key: ConfigReader.FullKey(match.Groups["key"].Value, project.Name)!)).Distinct().ToArray();

        named.Length.ShouldBeGreaterThan(2);
        foreach (var (stack, key) in named)
        {
            var file = StackFile.Read(StackFinder.Find(project, stack), project.Name);
            var config = StackConfig.Read(project, stack, file, (_, _) => null);
            var read = SettingsValidation.Read(new RawSettings(config.Values.SetItem(key, SettingsReader.Unknown), [key]));
            read.Problems.Concat(read.Warnings).Select(problem => problem.ToString()).Where(text => text.StartsWith(key, StringComparison.Ordinal)
                && !key.StartsWith("kubernetes:", StringComparison.Ordinal)).ShouldBeEmpty(key);
        }
    }

    private static CliFixture Interactive(string file, params string[] typed)
    {
        var cli = new CliFixture { IsInteractive = true };
        cli.Folder.Write("Pulumi.dev.yaml", file);
        cli.Console.Profile.Capabilities.Interactive = true;
        foreach (var line in typed)
        {
            cli.Console.Input.PushTextWithEnter(line);
        }
        return cli;
    }

    private static string? Opened(CliFixture cli, string passphrase)
    {
        var file = StackFile.Read(cli.Folder.At("Pulumi.dev.yaml"), "platform");
        return PassphraseSealer.Open(passphrase, file.EncryptionSalt!).TryOpen(file.Config["platform:token"].Text);
    }

    [Theory]
    [InlineData(
        "secretsprovider: awskms://alias/key?region=eu\nencryptedkey: AQI=\nconfig:\n  old:\n    secure: v1:AAAA:AAAA\n",
        "'awskms' seals them, which only the official CLI can open")]
    [InlineData("secretsprovider: gcpkms://projects/p\n", "'gcpkms' seals them, which only the official CLI can open")]
    [InlineData("config:\n  old:\n    secure: AAABAK5x\n", "Pulumi Cloud seals them, which only the official CLI can open")]
    [InlineData(
        "config:\n  old:\n    secure: v1:AAAA:AAAA\n",
        "the line `encryptionsalt`, or `secretsprovider` and `encryptedkey`, with which they were sealed is missing: the file's history has it")]
    public async Task Rejects_AStackThatAnotherProviderSeals_AndLeavesItsFile(string text, string reason)
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);

        (await _cli.RunAsync(["secret", "dev", "token"])).ShouldBe((2, "", $"""
            error: The secrets of stack 'dev' cannot be sealed here: {reason}.
            fix:   Use the official CLI: `pulumi config set --secret --stack dev KEY`.

            """));
        File.ReadAllText(path).ShouldBe(text);
    }
}
