using System.Diagnostics;
using System.Text;
using Rehearsal;
using Rehearsal.StackFiles;
using Tests.Rehearsal.Commands;

namespace Tests.Rehearsal.StackFiles;

// Promise: no stack file can hang, exhaust or crash the engine, or write to the terminal what it likes: it is read, or refused with line and column.
public sealed class HostileStackFileTests : IDisposable
{
    private const string Escape = "\u001b";

    // Milliseconds each on an idle machine; what is not linear takes minutes
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(10);

    private readonly CliFixture _cli = new();

    private ProjectFile Project => ProjectFile.WithoutFile(_cli.Folder.Path) with { Name = "platform" };

    public void Dispose() => _cli.Dispose();

    public static TheoryData<string, string> Cases =>
        new()
        {
            { "config:\n  a: &a [1, *a]\n", "2:13: the alias '*a' stands inside the value that it repeats, which would never end." },
            { "config: &c\n  a:\n    b: *c\n", "3:8: the alias '*c' stands inside the value that it repeats, which would never end." },
            { "config:\n  a: *gone\n", "2:6: the alias '*gone' has no anchor before it." },
            { "config:\n  a:\n    <<: *gone\n", "3:9: the alias '*gone' has no anchor before it." },
            { "config:\n  a: &a\n    <<: *a\n", "3:9: the alias '*a' stands inside the value that it repeats, which would never end." },
            { "config:\n  a: &a 3\n  b:\n    <<: *a\n", "2:6: '<<' takes over the keys of a mapping, and this is none." },
            { "config:\n  a:\n    <<: [{b: 1}, 2]\n", "3:18: '<<' takes over the keys of a mapping, and this is none." },
            { Bomb("[*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}]"), "100,000 values, each counted as often as aliases repeat it." },
            { Bomb("{{<<: *{0}, x{1}: *{0}, y: *{0}, z: *{0}, u: *{0}, v: *{0}, w: *{0}}}"), "100,000 values, each counted as often as aliases repeat it." },
            { $"config:\n  a: {new string('[', 20_000)}\n", "2:68: lists and mappings are nested deeper than 64 levels here." },
            {
                $"config:\n  a: {new string('[', 20_000)}{new string(']', 20_000)}\n",
                "2:68: lists and mappings are nested deeper than 64 levels here."
            },
            { Maps(65), "65:65: lists and mappings are nested deeper than 64 levels here." },
            { "config:\n  a: &a {b: {c: 1}}\n  d: " + Nested(61, "*a") + "\n", "lists and mappings are nested deeper than 64 levels here." },
            {
                $"config:\n  a: 1\n  b: {new string('x', 140_000)}\n",
                "3:3: platform:b has 140,000 bytes; with it the settings are 140,034, and a program can get 131,057."
            },
            { $"config:\n  a: [{string.Join(", ", Enumerable.Repeat(new string('é', 1000), 70))}]\n", "2:3: platform:a has 140,211 bytes;" },
            {
                $"config:\n  a: 1{Escape}[31m\n",
                "2:6: this text holds the control character U+001B, which no setting needs and a terminal could obey."
            },
            {
                "config:\n  a: \"\\e]0;title\\a\"\n",
                "2:6: this text holds the control character U+001B, which no setting needs and a terminal could obey."
            },
            {
                "config:\n  \"a\\u009b31m\": 1\n",
                "2:3: this text holds the control character U+009B, which no setting needs and a terminal could obey."
            },
            { "config:\n  a: \"\\uD800\"\n", "Pulumi.dev.yaml:2:6: this is not valid YAML: " },
            { "config:\n  a: \"\\0\"\n", "2:6: this text holds the control character U+0000, which no setting needs and a terminal could obey." },
            { "config:\n  a: \"\\UFFFFFFFF\"\n", ": this is not valid YAML" },
            { "config:\n  \"a\\nerror: b\": 1\n", "2:3: 'a error: b' is not a configuration key." },
            { $"config:\n  'a {new string('b', 500)}': 1\n", $"2:3: 'a {new string('b', 78)}…' is not a configuration key." },
            { "\"x\\nerror: all is lost\": 1\n", "1:1: 'x error: all is lost' is not a key of a stack file." },
            { "config:\n  ? [a]\n  : 1\n", "2:5: a key has to be plain text." },
            { "config: {}\n---\nconfig: {}\n", "2:1: a second document begins here; the file has to hold one." },
            { "config:\n  a: 1\n  a: 2\n", "3:3: this is not valid YAML: Duplicate key a." },
            { "config:\n  a:b:c: 1\n", "2:3: 'a:b:c' is not a configuration key." },
            { "environment:\n  - team/prod\n", "2:3: `environment` takes settings from Pulumi ESC, which only the official CLI can open." },
            { new string('#', (1 << 20) + 1), "has more than 1,048,576 bytes, which no stack file needs." },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Rejects_WithPlace_AndExitCode2(string text, string expected)
    {
        _cli.Folder.Write("Pulumi.dev.yaml", text);

        var run = await _cli.RunAsync(["preview", "dev"]);

        (run.ExitCode, run.Output, _cli.Request).ShouldBe((2, "", null));
        run.Error.ShouldContain(expected);
        run.Error.Split('\n').Length.ShouldBeLessThanOrEqualTo(4);
        run.Error.ShouldNotContain(Escape);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rejects_InBoundedTimeAndMemory(string text, string expected)
    {
        var path = _cli.Folder.Write("Pulumi.dev.yaml", text);
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());

        Should
            .Throw<BadInputException>(() => StackConfig.Read(Project, "dev", StackFile.Read(path, "platform"), (_, _) => null))
            .Message.ShouldContain(expected);

        clock.Elapsed.ShouldBeLessThan(Enough);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public async Task Rejects_AFileWithoutEnd() => (await _cli.RunAsync(["preview", "dev", "--config-file", "/dev/zero"])).ShouldBe((2, "", """
        error: /dev/zero has more than 1,048,576 bytes, which no stack file needs.
        fix:   Check that it is the right file.

        """));

    [Fact]
    public void AliasesAndMerges_WithinMeasure_AreFollowed()
    {
        var file = Read("""
            config:
              small: &small {cpu: 1, memory: 2Gi}
              large: &large {<<: *small, memory: 8Gi}
              both: {<<: [*large, *small], name: x}
              list: [*small, *small]
              "<<": text
            """);

        file.Config.ToDictionary(entry => entry.Key, entry => entry.Value.Text).ShouldBe(
            new Dictionary<string, string>
            {
                ["platform:small"] = """{"cpu":1,"memory":"2Gi"}""",
                ["platform:large"] = """{"cpu":1,"memory":"8Gi"}""",
                ["platform:both"] = """{"cpu":1,"memory":"8Gi","name":"x"}""",
                ["platform:list"] = """[{"cpu":1,"memory":"2Gi"},{"cpu":1,"memory":"2Gi"}]""",
                ["platform:<<"] = "text",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task SixtyTwoNestedMaps_ReachTheProgram()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", Maps(62));

        (await _cli.RunAsync(["preview", "dev"])).ExitCode.ShouldBe(0);

        _cli.Request!.Config["platform:k2"].Count(letter => letter == '{').ShouldBe(62);
    }

    // Every mutant is read or refused in time; a different exception, an endless loop or a control character in the message fails.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MutatedFiles_AreReadOrRefused(int seed) => Fuzz(seed, 150);

    // So with the project's file, whose keys are paths and whose defaults meet what the stack says
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void MutatedProjects_AreReadOrRefused(int seed)
    {
        var random = new Random(seed);
        var stack = StackFile.Read(_cli.Folder.Write("Pulumi.dev.yaml", "config:\n  redis: {users: [a]}\n  size: 3\n  token: {secure: x}\n"), "p");
        for (var i = 0; i < 150; i++)
        {
            var mutant = Mutant(random, [OrdinaryProject]);
            File.WriteAllBytes(_cli.Folder.At(ProjectFile.FileName), mutant);
            try
            {
                StackConfig.Read(ProjectFile.Read(_cli.Folder.Path), "dev", stack, (_, _) => null);
            }
            catch (BadInputException e)
            {
                $"{e.Message.Replace('\n', ' ')}{e.Fix}".ShouldAllBe(letter => !char.IsControl(letter));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, file {i}: {Convert.ToBase64String(mutant)}", e);
            }
        }
    }

    [Fact]
    public void ManyMutatedFiles_AreReadOrRefused()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_NIGHTLY") == "1")
        {
            Fuzz(seed: 20_261_125, 10_000);
        }
    }

    private void Fuzz(int seed, int files)
    {
        var random = new Random(seed);
        var path = _cli.Folder.At("Pulumi.fuzz.yaml");
        string[] seeds = [.. Cases.Select(row => (string)row[0]).Where(text => text.Length < 5_000), Maps(62), Ordinary];
        for (var i = 0; i < files; i++)
        {
            var mutant = Mutant(random, seeds);
            File.WriteAllBytes(path, mutant);
            var clock = Stopwatch.StartNew();
            try
            {
                var config = StackConfig.Read(Project, "fuzz", StackFile.Read(path, "platform"), (_, _) => null);
                config.Values.Values.ShouldAllBe(value => YamlText.Forbidden(value) == null);
            }
            catch (BadInputException e)
            {
                $"{e.Message}{e.Fix}".ShouldAllBe(letter => !char.IsControl(letter));
                e.Message.ShouldContain("Pulumi.fuzz.yaml");
                e.Message.ShouldContain(".yaml:");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, file {i}: {Convert.ToBase64String(mutant)}", e);
            }
            clock.Elapsed.ShouldBeLessThan(Enough, $"seed {seed}, file {i}: {Convert.ToBase64String(mutant)}");
        }
    }

    private const string Ordinary = """
        # A stack
        encryptionsalt: v1:1uVIZmwn/8s=:v1:QJEdbPgtblAVnZ7G:2QDdtOezR+O8XgZvXNzSGlC2LLAPaQ==
        config:
          aws:region: eu-west-1
          platform:cluster: &cluster
            eks: {version: "1.35", zones: [a, b], when: 2026-01-31, ratio: 1.5e3, hex: 0x1F, none: ~}
          other:
            <<: *cluster
            text: |
              line one
              line two
            folded: >-
              some
              text
          token:
            secure: v1:9yCmf9d4Ga6jsCT4:FY2XPfPy7tHuayap5r8vwN0dkxPCb3PgyhPZUg==
          users:
            - name: 'it''s'
              password: {secure: v1:9yCmf9d4Ga6jsCT4:FY2XPfPy7tHuayap5r8vwN0dkxPCb3PgyhPZUg==}
        """;

    private const string OrdinaryProject = """
        name: p
        runtime: {name: dotnet, options: {binary: x}}
        main: stacks
        config:
          size: {type: integer, default: 3, description: "how many"}
          redis.users[1].name: {type: string, default: ann}
          redis.users[7]: {default: far}
          redis["a.b"].c: 1.50
          zones: {type: array, items: {type: array, items: {type: string}}, default: [[a]]}
          token: {type: string, secret: true}
          aws:region: {value: eu-west-1}
          on: true
        """;

    private static byte[] Mutant(Random random, string[] seeds)
    {
        byte[][] pieces =
        [
            .. new[]
            {
                "*a",
                "&a ",
                "<<: *a",
                "<<: ",
                "[",
                "]",
                "{",
                "}",
                "? ",
                ": ",
                "- ",
                "|\n",
                ">+2\n",
                "\"",
                "'",
                "#",
                "---\n",
                "...\n",
                "%YAML 1.2\n",
                "!!str ",
                "!<x> ",
                "\t",
                "\n",
                "\r",
                "\u001b[2J",
                "\\x1b",
                "\\U0010FFFF",
                "\\uD800",
                "\0",
                "é",
                "🙂",
                "\u2028",
                "secure: ",
                "config:\n",
                "0x",
                "1e999",
                "9999999999999999999",
                "2026-13-45",
                "~",
                "environment: ",
                "\ufeff",
                "@",
                "`",
                ",",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        var bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]).ToList();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes.InsertRange(at, pieces[random.Next(pieces.Length)]);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat(pieces[random.Next(pieces.Length)], random.Next(1, 40)).SelectMany(piece => piece));
                    break;
            }
        }
        return [.. bytes];
    }

    private StackFile Read(string text) => StackFile.Read(_cli.Folder.Write("Pulumi.dev.yaml", text), "platform");

    // Nine levels, each nine times the one before
    private static string Bomb(string item)
    {
        var text = new StringBuilder("config:\n  a0: &a0 {x: 1}\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append("  a").Append(i).Append(": &a").Append(i).Append(' ')
                .AppendFormat(System.Globalization.CultureInfo.InvariantCulture, item, $"a{i - 1}", i).Append('\n');
        }
        return text.ToString();
    }

    private static string Maps(int depth) =>
        $"config:\n{string.Concat(Enumerable.Range(2, depth).Select(level => $"{new string(' ', level - 1)}k{level}:\n"))}{new string(' ', depth + 2)}end: 1\n";

    private static string Nested(int depth, string inner) => $"{new string('[', depth)}{inner}{new string(']', depth)}";
}
