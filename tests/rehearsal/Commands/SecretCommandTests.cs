using System.Text;
using System.Text.RegularExpressions;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Rehearsal.Commands;

// Promise: what is sealed here opens with the stack's passphrase, nothing in the stack's file changes but that setting, and nothing that is typed is seen.
public sealed class SecretCommandTests : IDisposable
{
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
    [InlineData("# my stack\nconfig:\n  # how many\n  size: 3 # three\n\n  token: old # was plain\n  zones:\n    - a\n")]
    [InlineData("# my stack\nconfig:\n  size: 3 # three\n  zones:\n    - a # last\n")]
    [InlineData(
        "# my stack\nencryptionsalt: "
            + Secrets.Sample.Salt
            + "\nconfig:\n    size: 3 # three\n    platform:token:\n        secure: v1:AAAA:AAAA # old\n    zones: [a]\n"
    )]
    [InlineData("# my stack\nencryptionsalt: " + Secrets.Sample.Salt + "\nconfig:\n  size: 3 # three\n  token: {secure: 'v1:AAAA:AAAA'}\n  zones: [a]")]
    public async Task TheFile_ChangesInThatSettingOnly(string text)
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);

        // An option of before, which asks for what is done anyway
        var run = await _cli.RunAsync(["secret", "dev", "token", "--write"]);

        run.ShouldBe((0, "", "platform:token is sealed in Pulumi.dev.yaml.\n"));
        var stack = StackFile.Read(path, "platform");
        stack.Config.Keys.ShouldBe(["platform:size", "platform:token", "platform:zones"], ignoreOrder: true);
        (stack.Config["platform:size"].Text, stack.Config["platform:zones"].Text).ShouldBe(("3", """["a"]"""));
        new StackSecrets("dev", stack, _cli.Environment.GetValueOrDefault).Open(stack.Config["platform:token"].Text, "").ShouldBe("s3cr3t-marker");
        File.ReadAllText(path).ShouldStartWith("# my stack\nencryptionsalt: v1:");
        foreach (var comment in new[] { "# my stack\n", " # three\n" })
        {
            File.ReadAllText(path).ShouldContain(comment);
        }
        _cli.Folder.Files().ShouldNotContain(name => name.EndsWith(".new", StringComparison.Ordinal));
    }

    private const string Salted = "encryptionsalt: " + Secrets.Sample.Salt + "\n";

    // What is written to the character, with the sealed text as * and the new salt as $
    [Theory]
    [InlineData("", "config:\n  platform:token:\n    secure: *\n")]
    [InlineData("# mine", "# mine\nconfig:\n  platform:token:\n    secure: *\n")]
    [InlineData("config:\n", "config:\n  platform:token:\n    secure: *\n")]
    [InlineData("config: {}\n", "config:\n  platform:token:\n    secure: *\n")]
    [InlineData("config: {} # none\n# end\n", "config: # none\n  platform:token:\n    secure: *\n# end\n")]
    [InlineData("config: # mine\n", "config: # mine\n  platform:token:\n    secure: *\n")]
    [InlineData("config:\n  size: 3", "config:\n  size: 3\n  platform:token:\n    secure: *\n")]
    [InlineData("config:\r\n  size: 3 # c\r\n\r\n", "config:\r\n  size: 3 # c\r\n  platform:token:\r\n    secure: *\r\n\r\n")]
    [InlineData("config:\r\n  token: a # c\r\n  size: 3", "config:\r\n  token:\r\n    secure: * # c\r\n  size: 3")]
    [InlineData("config:\n  token:\n  size: 3\n", "config:\n  token:\n    secure: *\n  size: 3\n")]
    [InlineData("config:\n  token: # c\n    # d\n    secure: v1:AAAA:AAAA # e\n", "config:\n  token: # c\n    # d\n    secure: * # e\n")]
    [InlineData("config:\n  token: { secure: 'v1:AAAA:AAAA' } # e\n", "config:\n  token: { secure: * } # e\n")]
    [InlineData("config: {size: 3}\n", "config: {size: 3, \"platform:token\": {\"secure\":\"*\"}}\n")]
    [InlineData("config: {\n  size: 3, # c\n}\n", "config: {\n  size: 3, \"platform:token\": {\"secure\":\"*\"} # c\n}\n")]
    [InlineData("config: {token: old, zones: [a]}\n", "config: {token: {\"secure\":\"*\"}, zones: [a]}\n")]
    [InlineData("{\"config\": {\"size\": 3}}\n", "{\"config\": {\"size\": 3, \"platform:token\": {\"secure\":\"*\"}}}\n")]
    [InlineData("config:\n  pem: |\n    a\n    b\n\n# end\nenvironment: []\n",
        "config:\n  pem: |\n    a\n    b\n  platform:token:\n    secure: *\n\n# end\nenvironment: []\n")]
    [InlineData("config:\n  token: >-\n    a\n    b\n  size: 3\n", "config:\n  token:\n    secure: *\n  size: 3\n")]
    [InlineData("config:\n  zones: &z [a]\n  token: *z # c\n", "config:\n  zones: &z [a]\n  token:\n    secure: * # c\n")]
    [InlineData("x: &x\n  token: a\nconfig:\n  <<: *x\n", null)]
    [InlineData("config:\n  token: &t old\n  size: *t\n", null)]
    [InlineData("config: &c\n  size: 3\n...\n", "config: &c\n  size: 3\n  platform:token:\n    secure: *\n...\n")]
    [InlineData("config:\n  token:\n    # why\n    a: b # c\n", null)]
    [InlineData("\uFEFFconfig:\n  ü: \"🙂\" # ü\n", "\uFEFFconfig:\n  ü: \"🙂\" # ü\n  platform:token:\n    secure: *\n")]
    public async Task TheFile_IsChangedInItsOwnStyle_OrNotAtAll(string text, string? expected)
    {
        // A salt that is there saves the quarter of a second that a new one takes
        var salt = text.StartsWith("config", StringComparison.Ordinal) ? Salted.ReplaceLineEndings(text.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n") : "";
        text = salt + text;
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);

        var run = await _cli.RunAsync(["secret", "dev", "token"]);

        if (expected is null)
        {
            run.ExitCode.ShouldBe(2);
            File.ReadAllText(path).ShouldBe(text);
            return;
        }
        run.ShouldBe((0, "", "platform:token is sealed in Pulumi.dev.yaml.\n"));
        var written = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path));
        Sealed(Regex.Replace(written, "\"?encryptionsalt\"?: ?(\"v1:[^\"]+\"|v1:\\S+)(\r?\n|, )?", "", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Replace(", }", "}", StringComparison.Ordinal).ShouldBe(expected);
        var stack = StackFile.Read(path, "platform");
        new StackSecrets("dev", stack, _cli.Environment.GetValueOrDefault).Open(stack.Config["platform:token"].Text, "").ShouldBe("s3cr3t-marker");
    }

    [Fact]
    public async Task ASaltThatIsEmpty_IsFilled()
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", "encryptionsalt: # none yet\nconfig:\n  size: 3\n");

        (await _cli.RunAsync(["secret", "dev", "token"])).ExitCode.ShouldBe(0);

        File.ReadAllText(path).ShouldMatch("^encryptionsalt: v1:\\S+ # none yet\nconfig:\n  size: 3\n  platform:token:\n    secure: v1:\\S+\n$");
    }

    [Fact]
    public async Task TheFile_KeepsItsPermissions_AndALinkToItStays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var real = _cli.Folder.Write("real/settings.yaml", Salted);
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.Delete(_cli.Folder.At("Pulumi.dev.yaml"));
        File.CreateSymbolicLink(_cli.Folder.At("Pulumi.dev.yaml"), "real/settings.yaml");

        (await _cli.RunAsync(["secret", "dev", "token"])).ExitCode.ShouldBe(0);

        File.ResolveLinkTarget(_cli.Folder.At("Pulumi.dev.yaml"), returnFinalTarget: false)!.FullName.ShouldBe(real);
        File.GetUnixFileMode(real).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.ReadAllText(real).ShouldContain("secure: v1:");
        _cli.Folder.Files().ShouldNotContain(name => name.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rejects_AFileThatIsReadOnly()
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", Salted);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var run = await _cli.RunAsync(["secret", "dev", "token"]);

        run.ShouldBe((2, "", """
            error: Pulumi.dev.yaml is read-only.
            fix:   Make it writable, or run it with --print and put the lines where they belong.

            """));
        File.ReadAllText(path).ShouldBe(Salted);
    }

    [Fact]
    public async Task Rejects_AFileThatIsNoText()
    {
        var path = _cli.Folder.At("Pulumi.dev.yaml");
        await File.WriteAllBytesAsync(path, [.. "# "u8, 0xE9, .. "\nconfig: {}\n"u8]);

        (await _cli.RunAsync(["secret", "dev", "token"])).Error.ShouldStartWith("error: Pulumi.dev.yaml is not text in UTF-8");

        (await File.ReadAllBytesAsync(path))[2].ShouldBe((byte)0xE9);
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

    private static string Sealed(string text) => Regex.Replace(text, "v1:[^\"\\s}]*", "*", RegexOptions.None, TimeSpan.FromSeconds(1));

    // Without --path dots and brackets are part of the name, as with `pulumi config set`
    [Theory]
    [InlineData("", "users[0].password", "platform:users", """[{"password":{"secure":"*"}}]""")]
    [InlineData("  users:\n    - name: ann\n      on: true\n      ports: [1, 2.5]\n", "users[0].password", "platform:users",
        """[{"name":"ann","on":true,"password":{"secure":"*"},"ports":[1,2.5]}]""")]
    [InlineData("  users: [{name: 'yes'}]\n", "users[1]", "platform:users", """[{"name":"yes"},{"secure":"*"}]""")]
    [InlineData("  redis: {\"a.b\": {secure: 'v1:AAAA:AAAA'}, none: null, empty: {}, list: []}\n", "redis[\"a.b\"]", "platform:redis",
        """{"a.b":{"secure":"*"},"empty":{},"list":[],"none":null}""")]
    [InlineData("  aws:x:\n    deep: [[{a: '1: 2 # 3'}]]\n", "aws:x.deep[0][0].b", "aws:x", """{"deep":[[{"a":"1: 2 # 3","b":{"secure":"*"}}]]}""")]
    public async Task APath_LeadsIntoAStructuredValue(string before, string path, string key, string expected)
    {
        var file = _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\nconfig:\n  size: 3 # three\n{before}  zones: [a]\n");
        var printed = await _cli.RunAsync(["secret", "dev", path, "--path", "--print"]);

        var written = await _cli.RunAsync(["secret", "dev", path, "--path"]);

        var other = _cli.Folder.Write("Pulumi.other.yaml", printed.Output);
        Sealed(StackFile.Read(other, "platform").Config[key].Text).ShouldBe(expected);
        written.ShouldBe((0, "", $"{(path.Contains(':', StringComparison.Ordinal) ? path : $"platform:{path}")} is sealed in Pulumi.dev.yaml.\n"));
        Sealed(StackFile.Read(file, "platform").Config[key].Text).ShouldBe(expected);
        File.ReadAllText(file).ShouldContain("size: 3 # three\n");
        StackFile.Read(file, "platform").Config["platform:zones"].Text.ShouldBe("""["a"]""");
    }

    [Theory]
    [InlineData("a.b", "  a: # one\n    # two\n    c: 1 # three\n", "  a: # one\n    # two\n    c: 1 # three\n    b:\n      secure: *\n")]
    [InlineData("a.b", "  a: # one\n    b: x # two\n    c: 1\n", "  a: # one\n    b:\n      secure: * # two\n    c: 1\n")]
    [InlineData("a[1]", "  a:\n  - x # one\n  # two\n", "  a:\n  - x # one\n  - secure: *\n  # two\n")]
    [InlineData("a[0]", "  a:\n    - x # one\n    - y\n", "  a:\n    - secure: * # one\n    - y\n")]
    [InlineData("a[0].b", "  a:\n    - c: d # one\n", "  a:\n    - c: d # one\n      b:\n        secure: *\n")]
    [InlineData("a[0].b", "  a: [{c: d}] # one\n", "  a: [{c: d, \"b\": {\"secure\":\"*\"}}] # one\n")]
    [InlineData("a[1].b", "  a: [{c: d}] # one\n", "  a: [{c: d}, {\"b\":{\"secure\":\"*\"}}] # one\n")]
    [InlineData("a.b.c", "  a: {}\n", "  a: {\"b\": {\"c\":{\"secure\":\"*\"}}}\n")]
    [InlineData("a.b", "  x: &x {c: d}\n  a: *x\n", null)]
    public async Task APath_ChangesTheLineThatItLeadsTo(string path, string before, string? after)
    {
        var file = _cli.Folder.Write("Pulumi.dev.yaml", $"{Salted}config:\n{before}");

        var run = await _cli.RunAsync(["secret", "dev", path, "--path"]);

        run.ExitCode.ShouldBe(after is null ? 2 : 0);
        Sealed(File.ReadAllText(file)[Salted.Length..]).ShouldBe($"config:\n{after ?? before}");
    }

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

        (await _cli.RunAsync(["secret", "dev", "token"])).Error.ShouldBe("error: The value is empty.\nfix:   Type it when it is asked for, or give it on the standard input.\n");
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
        var named = Regex.Matches(help + readme, "\\./platform secret (?<stack>[a-z][\\w-]*) (?<key>[\\w:]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => (Stack: match.Groups["stack"].Value, Key: ConfigReader.FullKey(match.Groups["key"].Value, project.Name)!)).Distinct().ToArray();

        named.Length.ShouldBeGreaterThan(2);
        foreach (var (stack, key) in named)
        {
            var file = StackFile.Read(StackFinder.Find(project, stack), project.Name);
            var config = StackConfig.Read(project, stack, file, (_, _) => null);
            var read = SettingsValidation.Read(new RawSettings(config.Values.SetItem(key, SettingsReader.Unknown), [key]));
            read.Problems.Concat(read.Warnings).Select(problem => problem.ToString()).Where(text => !key.StartsWith("kubernetes:", StringComparison.Ordinal))
                .ShouldBeEmpty(key);
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
