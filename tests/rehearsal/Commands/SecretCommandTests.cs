using System.Text.RegularExpressions;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.Commands;

// Promise: what is sealed here opens with the stack's passphrase, and --write changes nothing but that setting.
public sealed class SecretCommandTests : IDisposable
{
    private readonly CliFixture _cli = new() { Input = "s3cr3t-marker\n" };

    public SecretCommandTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Output_IsTheLinesForTheStackFile()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\n");

        var run = await _cli.RunAsync(["secret", "dev", "token"]);

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

        var run = await cli.RunAsync(["secret", "dev", "token"]);

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
    public async Task Write_ChangesOnlyThatSetting(string text)
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);

        var run = await _cli.RunAsync(["secret", "dev", "token", "--write"]);

        run.ShouldBe((0, "", "platform:token is sealed in Pulumi.dev.yaml.\n"));
        var stack = StackFile.Read(path, "platform");
        stack.Config.Keys.ShouldBe(["platform:size", "platform:token", "platform:zones"], ignoreOrder: true);
        (stack.Config["platform:size"].Text, stack.Config["platform:zones"].Text).ShouldBe(("3", """["a"]"""));
        new StackSecrets("dev", stack, _cli.Environment.GetValueOrDefault).Open(stack.Config["platform:token"].Text, new(null, "")).ShouldBe("s3cr3t-marker");
        File.ReadAllText(path).ShouldStartWith("# my stack\nencryptionsalt: v1:");
        foreach (var comment in new[] { "# my stack\n", " # three\n" })
        {
            File.ReadAllText(path).ShouldContain(comment);
        }
        _cli.Folder.Files().ShouldNotContain(name => name.EndsWith(".new", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("config:\n")]
    [InlineData("config: {}\n")]
    public async Task Write_AddsTheSection_WhenThereIsNone(string text)
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);

        (await _cli.RunAsync(["secret", "dev", "token", "--write"])).ExitCode.ShouldBe(0);

        StackFile.Read(path, "platform").Config.Keys.ShouldBe(["platform:token"]);
    }

    [Fact]
    public async Task Write_RefusesAFileThatItCannotChangeSafely()
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", "config: {size: 3}\n");

        var run = await _cli.RunAsync(["secret", "dev", "token", "--write"]);

        (run.ExitCode, run.Error).ShouldBe(
            (
                2,
                "error: Pulumi.dev.yaml is written in a way that cannot be changed without risk.\n"
                    + "fix:   Run it without --write and put the lines in by hand.\n"));
        File.ReadAllText(path).ShouldBe("config: {size: 3}\n");
    }

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
        var printed = await _cli.RunAsync(["secret", "dev", path, "--path"]);

        // A value with comments, or one that looks as if, is left for the operator's own hands
        var written = await _cli.RunAsync(["secret", "dev", path, "--path", "--write"]);

        var other = _cli.Folder.Write("Pulumi.other.yaml", printed.Output);
        Sealed(StackFile.Read(other, "platform"), key).ShouldBe(expected);
        if (before.Contains('#', StringComparison.Ordinal))
        {
            written.ExitCode.ShouldBe(2);
            return;
        }
        written.ShouldBe((0, "", $"{key} is sealed in Pulumi.dev.yaml.\n"));
        Sealed(StackFile.Read(file, "platform"), key).ShouldBe(expected);
        File.ReadAllText(file).ShouldContain("size: 3 # three\n");
        StackFile.Read(file, "platform").Config["platform:zones"].Text.ShouldBe("""["a"]""");

        static string Sealed(StackFile file, string key)
            => Regex.Replace(file.Config[key].Text, "v1:[^\"]*", "*", RegexOptions.None, TimeSpan.FromSeconds(1));
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
        => (await _cli.RunAsync(["secret", "dev", "a.b[0]"])).Output.ShouldContain("  platform:a.b[0]:\n    secure: v1:");

    [Fact]
    public async Task Rejects_AnEmptyValue()
    {
        _cli.Input = "\n";

        (await _cli.RunAsync(["secret", "dev", "token"])).Error.ShouldBe("error: The value is empty.\nfix:   Give it on the standard input.\n");
    }

    [Fact]
    public async Task Rejects_AMissingPassphrase()
    {
        _cli.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");

        (await _cli.RunAsync(["secret", "dev", "token"])).ExitCode.ShouldBe(2);
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

        (await _cli.RunAsync(["secret", "dev", "token", "--write"])).ShouldBe((2, "", $"""
            error: The secrets of stack 'dev' cannot be sealed here: {reason}.
            fix:   Use the official CLI: `pulumi config set --secret --stack dev KEY`.

            """));
        File.ReadAllText(path).ShouldBe(text);
    }
}
