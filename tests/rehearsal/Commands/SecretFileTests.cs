using System.Text;
using System.Text.RegularExpressions;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.Commands;

// Promise: a sealed value changes nothing in the stack's file but that setting, in the style that the file has; or the file stays as it is.
public sealed class SecretFileTests : IDisposable
{
    private const string Salted = "encryptionsalt: " + Secrets.Sample.Salt + "\n";

    private readonly CliFixture _cli = new() { Input = "s3cr3t-marker\n" };

    public SecretFileTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";

    public void Dispose() => _cli.Dispose();

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
        new StackSecrets("dev", stack, _cli.Environment.GetValueOrDefault).Open(stack.Config["platform:token"].Text, new KeyPlace(null, "")).ShouldBe("s3cr3t-marker");
        File.ReadAllText(path).ShouldStartWith("# my stack\nencryptionsalt: v1:");
        foreach (var comment in new[] { "# my stack\n", " # three\n" })
        {
            File.ReadAllText(path).ShouldContain(comment);
        }
        _cli.Folder.Files().ShouldNotContain(name => name.EndsWith(".new", StringComparison.Ordinal));
    }

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
        var lineEnd = text.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n";
        text = (text.StartsWith("config", StringComparison.Ordinal) ? Salted.ReplaceLineEndings(lineEnd) : "") + text;
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
        Sealed(Regex.Replace(written, "\"?encryptionsalt\"?: ?(\"v1:[^\"]+\"|v1:\\S+)(\r?\n|, )?", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Replace(", }", "}", StringComparison.Ordinal).ShouldBe(expected);
        var stack = StackFile.Read(path, "platform");
        new StackSecrets("dev", stack, _cli.Environment.GetValueOrDefault).Open(stack.Config["platform:token"].Text, new KeyPlace(null, "")).ShouldBe("s3cr3t-marker");
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

    private static string Sealed(string text) => Regex.Replace(text, "v1:[^\"\\s}]*", "*", RegexOptions.None, TimeSpan.FromSeconds(1));
}
