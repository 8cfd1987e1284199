using System.Collections.Immutable;
using System.Globalization;
using Infra.Clusters;
using Operate.Commands;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Stacks.Commands;
using Stacks.Settings;
using Stacks.Settings.Generating;
using Tests.Rehearsal.StackFiles;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Architecture;

// Promise: the README leaves out no concept and no output.
public sealed class ReadmeTests
{
    private static readonly Page Readme = Page.Of("README.md");

    [Fact]
    public void EveryConcept_IsNamed() => SettingsCatalog.Platform.Settings
        .Select(concept => $"`{SettingPath.Top(concept.Key)}`")
        .Where(name => !Readme.Lines.Any(line => line.Text.Contains(name, StringComparison.Ordinal)))
        .ShouldBeEmpty();

    [Fact]
    public void EveryOutput_HasItsLine()
    {
        var table = Readme.Lines.SkipWhile(line => line.Text != "## Outputs").Skip(1).TakeWhile(line => !line.Text.StartsWith('#'))
            .Where(line => line.Text.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Text.Split('`')[1]);

        table.Order(StringComparer.Ordinal).ShouldBe(
            typeof(global::Stacks.PlatformOutputs).GetProperties().Select(output => SettingPath.KeyFor(output.Name)).Order(StringComparer.Ordinal));
    }
}

// Promise: what the README tells people to type works as it stands there, on a machine without a cloud.
[Trait(Long.Category, Long.Name)]
public sealed class ReadmeCommandsTests : IDisposable
{
    private const string Passphrase = "PULUMI_CONFIG_PASSPHRASE";

    // With the context that the dev stack names
    private const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        clusters: [{ name: c, cluster: { server: "https://203.0.113.1", certificate-authority-data: LS0tLS1CRUdJTg== } }]
        contexts: [{ name: kind-studios, context: { cluster: c, user: u } }]
        current-context: kind-studios
        users: [{ name: u, user: { token: of-the-test } }]
        """;

    private static readonly Page Readme = Page.Of("README.md");

    // What needs more than a rehearsal: a build of another revision, another language's programs, what is deployed, the tests themselves
    private static readonly string[] Elsewhere =
    [
        "diff main --stack prod", "preview dev --program node index.js", "verify prod", "diagnose prod",
        "adopt prod --context prod-admin --namespace seqera-platform", "test", "help", "sdk", "doctor",
    ];

    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["STACK"] = "data-studios-compose",
        ["DIR"] = "compose-files",
    };

    private readonly TemporaryFolder _clone = new();

    public ReadmeCommandsTests()
    {
        string[] copied = ["Pulumi.", "stacks/examples/", "stacks/plans/"];
        foreach (var file in Page.Files.Where(file => Array.Exists(copied, beginning => file.StartsWith(beginning, StringComparison.Ordinal))))
        {
            _clone.Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
        }
        _clone.Write("kubeconfig.yaml", Kubeconfig);
    }

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task EveryCommandOfTheReadme_Works()
    {
        var lines = DocumentedCommandsTests.CommandLines(Readme).Select(line => line.Words).Where(words => words.Length > 1).ToList();
        lines.Count.ShouldBeGreaterThan(15);
        foreach (var (file, stack) in new[] { ("state.json", "prod"), ("before.json", "dev") })
        {
            (await RunAsync("up", stack)).ExitCode.ShouldBe(0);
            _clone.Write(file, (await RunAsync("export", stack)).Output);
        }
        _clone.Write("after.json", File.ReadAllText(_clone.At("before.json")));

        foreach (var words in lines.Where(words => !Elsewhere.Contains(string.Join(' ', words))))
        {
            string[] meant = [.. words.Select(word => Meant.GetValueOrDefault(word, word))];
            var (exitCode, output, error) = await RunAsync(meant);

            exitCode.ShouldBe(0, $"./platform {string.Join(' ', words)} of README.md ends so:\n{output}\n{error}");
        }
        foreach (var words in Elsewhere.Where(words => words.Contains(' ', StringComparison.Ordinal)))
        {
            lines.Select(line => string.Join(' ', line)).ShouldContain(words, "no longer in README.md: take it out of the list");
        }
    }

    [Fact]
    public async Task TheFirstPreview_LooksAsTheReadmeShowsIt()
    {
        var shown = Readme.Blocks.First(block => block.Text.StartsWith("$ ./platform preview dev", StringComparison.Ordinal)).Text.Split('\n')
            .Skip(1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal)).Where(line => line.Trim() != "...").Select(Squeezed).ToList();

        var (_, output, _) = await RunAsync("preview", "dev");

        shown.Count.ShouldBeGreaterThan(4);
        shown.Except(output.Split('\n').Select(Squeezed)).ShouldBeEmpty();

        // Columns are as wide as the longest name, and no two machines are equally fast
        static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Split(" (")[0];
    }

    // As the script divides the line between the engine and the program's own commands
    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] words) => words switch
    {
        ["tower", var stack, .. var more] => TowerAsync(stack, more),
        ["studio", var command, var stack, .. var more] => EngineAsync(["tool", stack, "--", "studio", command, .. more], ""),
        ["compose", var stack, .. var more] => EngineAsync(["tool", stack, "--", "compose", .. more.Select(Placed)], ""),
        [.. var command, "<", var file] => EngineAsync(command, File.ReadAllText(_clone.At(file))),
        _ => EngineAsync(words, ""),
    };

    private string Placed(string word) => word == Meant["DIR"] ? _clone.At(word) : word;

    private async Task<(int ExitCode, string Output, string Error)> TowerAsync(string stack, string[] more)
    {
        var (exitCode, outputs, error) = await EngineAsync(["outputs", stack, "--json"], "");
        using var printed = new StringWriter(CultureInfo.InvariantCulture);
        using var complained = new StringWriter(CultureInfo.InvariantCulture);
        return exitCode != 0 ? (exitCode, outputs, error)
            : (ToolCommands.Run(["tower", .. more], _ => null, printed, complained, new StringReader(outputs)), printed.ToString(), complained.ToString());
    }

    private async Task<(int ExitCode, string Output, string Error)> EngineAsync(string[] words, string input)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PLATFORM_PROGRAM"] = Repository.Built("stacks", "Stacks.dll"),
            ["PLATFORM_TODAY"] = $"{EksVersion.AsOf:yyyy-MM-dd}",
            [Passphrase] = "of the test",
        };
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false),
            Input = new StringReader(input),
            Environment = name => environment.GetValueOrDefault(name),
            CurrentFolder = _clone.Path,
            OwnFolder = _clone.Path,
            Engine = () => new RehearsalHost { Run = WarmProgram.RunAsync },
        };
        var exitCode = await CommandLine.RunAsync(words, host, "", [.. CommandLine.Commands, .. OperateCommands.All]);
        return (exitCode, output.ToString(), error.ToString());
    }
}
