using System.Diagnostics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Compose;
using Tests.Support;

namespace Tests.Infra.Compose;

// Promise: whatever a value holds, whoever reads the env file reads the value: Docker Compose, a shell, and the merge of this program.
public sealed class EnvTextTests
{
    // The letters that somebody reads something into, and some that nobody does.
    private static readonly Gen<string> Pieces = Gen.Elements(
        "'", "\"", "\\", "$", "`", "#", " #", " ", "\n", "\t", "=", ":", "!", "~", "*", "&", ";", "(", "{",
        "$HOME", "${HOME}", "$(id)", "\\n", "\\'", "a", "Ä", "0", "07");

    private static readonly Gen<string> Values =
        from pieces in Gen.ListOf(Pieces).Resize(12)
        let value = string.Concat(pieces)
        where EnvText.Problem(value) is null
        select value;

    [Property(MaxTest = 500)]
    public Property Compose_ReadsTheValue() => Prop.ForAll(Arb.From(Values), value =>
        ComposeRules.Read($"{EnvText.Line("A", value)}B=1\n") is { Count: 2 } read && read["A"] == value && read["B"] == "1");

    [Property(MaxTest = 500)]
    public Property TheMerge_ReadsTheValue_AndWritesItNoSecondTime() => Prop.ForAll(Arb.From(Values), value =>
    {
        var file = $"# first\n{EnvText.Line("A", value)}B=1 # last\n";
        var read = EnvFile.Read(file);
        return read.Value("A") == value && read.With("A", value).ToString() == file && read.NotForShells.IsEmpty;
    });

    // One process for all of them: a shell takes longer to start than to read.
    [Fact]
    public async Task AShell_ReadsTheValues()
    {
        string[] values = [.. Gen.Sample(Values, 12, 300).Concat(Committed)];
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, EnvText.Lines(values.Select((value, index) => KeyValuePair.Create($"V{index}", value))));
            var read = await ShellAsync($". '{file}'; for ((i = 0; i < {values.Length}; i++)); do name=V$i; printf '%s\\0' \"${{!name}}\"; done");

            read.Split('\0')[..^1].ShouldBe(values);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // What .ci/run gives a dotenv library of npm to read.
    [Fact]
    public void EnvFile_DoesNotChange() =>
        Snapshot.ShouldMatch("env-file", EnvText.Lines(Committed.Select((value, index) => KeyValuePair.Create($"V{index}", value))).TrimEnd('\n').Split('\n'));

    [Theory]
    [InlineData("https://example.com:8443/a_b-c.d,e+f@g%h", "A=https://example.com:8443/a_b-c.d,e+f@g%h\n")]
    [InlineData("", "A=\n")]
    [InlineData("pa$$ #1 \"x\"", "A='pa$$ #1 \"x\"'\n")]
    [InlineData("two\nlines", "A='two\nlines'\n")]
    [InlineData("it's", "A=\"it's\"\n")]
    [InlineData("it's $5\\", "A=\"it's \\$5\\\\\"\n")]
    [InlineData("C:\\", "A=\"C:\\\\\"\n")]
    [InlineData("~", "A='~'\n")]
    public void Spells(string value, string line) => EnvText.Line("A", value).ShouldBe(line);

    [Theory]
    [InlineData("A", "x'`", "The value of A holds a backtick beside a single quote or before a backslash at its end, which Docker Compose and a shell do not read alike in any spelling.")]
    [InlineData("A", "`\\", "The value of A holds a backtick beside a single quote or before a backslash at its end, which Docker Compose and a shell do not read alike in any spelling.")]
    [InlineData("A", "x\r\ny", "The value of A holds a control character.")]
    [InlineData("A", "x\0", "The value of A holds a control character.")]
    [InlineData("A-B", "x", "'A-B' is no name of an environment variable: it must have letters, digits and underscores, and start with no digit.")]
    [InlineData("1A", "x", "'1A' is no name of an environment variable: it must have letters, digits and underscores, and start with no digit.")]
    public void Rejects_WhatCannotBeSpelled_WithoutSayingIt(string name, string value, string message) =>
        Should.Throw<FormatException>(() => EnvText.Line(name, value)).Message.ShouldBe(message);

    private static string[] Committed =>
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(Repository.Root, "tests", "infra", "Compose", "env-values.json")))!;

    private static async Task<string> ShellAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["--noprofile", "--norc", "-euc", script])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }
}
