using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Operate.Commands;
using Operate.Describing;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Stacks.Commands;
using Tests.Support;
using ExitCodes = Rehearsal.Commands.ExitCodes;

namespace Tests.Operate.Describing;

// Promise: docs/cli.md, help and completion say what the command lines are read by, and nothing else.
public sealed partial class CliPageTests
{
    private static readonly string Page = Committed("cli.md");

    /// <summary>Every command, those below others included.</summary>
    internal static IReadOnlyList<Command> Commands { get; } =
        [.. CommandTable.All(Host()).SelectMany(group => group.Commands).SelectMany(CommandTable.WithThoseBelow)];

    [Theory]
    [InlineData("cli.md")]
    [InlineData("completion/platform.bash")]
    [InlineData("completion/platform.zsh")]
    [InlineData("completion/platform.fish")]
    [InlineData("completion/platform.powershell")]
    public void TheDocument_IsUpToDate(string name)
        => CliDocsCommand.Documents(Host()).Single(document => document.Name == name).Text.ShouldBe(Committed(name), "./platform docs writes it anew.");

    // The texts of the page are read as people read them, the parsers are those that run.
    [Fact]
    public void EveryOptionOfThePage_IsRead()
    {
        var readers = (Command[])[
            CommandLine.Root(Host(), "", CommandLine.Commands), CommandLine.Root(Host(), "", OperateCommands.All), Program(),
        ];
        var unread = new List<string>();
        foreach (var (path, help) in Sections().Where(section => !IsOfTheScript(section.Path)))
        {
            var options = help[help.IndexOf("\nOptions:\n", StringComparison.Ordinal)..];
            foreach (var name in OptionName().Matches(options).SelectMany(match => match.Value.Split(", ")))
            {
                // What the script takes out before the program sees the line
                var isTakenOut = name.Trim() is "-s" or "--stack" or "--config-file" && path.Split(' ')[0] is "tower" or "studio" or "compose";
                if (!isTakenOut && !readers.Any(reader => Reads(reader, path, name.Trim())))
                {
                    unread.Add($"{path} {name}");
                }
            }
        }

        unread.ShouldBeEmpty();
        Sections().Sum(section => OptionName().Count(section.Help)).ShouldBeGreaterThan(150);
    }

    [Fact]
    public void EveryOptionThatIsRead_StandsOnThePage()
    {
        var sections = Sections().ToDictionary(section => section.Path, section => section.Help, StringComparer.Ordinal);
        foreach (var root in (Command[])[CommandLine.Root(Host(), "", CommandLine.Commands), CommandLine.Root(Host(), "", OperateCommands.All), Program()])
        {
            foreach (var command in root.Subcommands.Where(command => !command.Hidden).SelectMany(CommandTable.WithThoseBelow))
            {
                var names = OptionName().Matches(sections[HelpText.Path(command)]).SelectMany(match => match.Value.Trim().Split(", ")).ToHashSet();
                command.Options.Where(option => !option.Hidden).Select(option => option.Name).ShouldBeSubsetOf(names, HelpText.Path(command));
            }
        }
    }

    [Fact]
    public void EveryCommand_HasAnExampleOfItsOwn_AndItsExitCodes()
    {
        foreach (var command in Commands)
        {
            CliPage.Example(command).ShouldContain($"./platform {HelpText.Path(command).Split(' ')[0]}");
            HelpText.ExitCodesOf(command).Select(code => code.Code).ShouldBeSubsetOf(ExitCodes.Meanings.Keys);
            HelpText.ExitCodesOf(command).Select(code => code.Code).ShouldContain(ExitCodes.BadInput);
        }
    }

    [Theory]
    [InlineData("preview", "text", "json")]
    [InlineData("up", "text", "json")]
    [InlineData("destroy", "text", "json")]
    [InlineData("refresh", "text", "json")]
    [InlineData("outputs", "text", "json")]
    [InlineData("config", "text", "json", "github", "azure", "gitlab")]
    [InlineData("policy", "text", "json", "sarif")]
    [InlineData("diff", "text", "json")]
    [InlineData("plan", "text", "json")]
    [InlineData("audit", "text", "json", "markdown", "html", "sarif")]
    [InlineData("tower", "table", "json", "tw")]
    public void Formats_AreChosenAlike(string command, params string[] formats)
    {
        var options = Commands.Single(known => HelpText.Path(known) == command).Options.ToDictionary(option => option.Name);

        HelpText.Values(options["--format"]).ShouldBe(formats);
        options["--format"].Aliases.ShouldBe(["-f"]);
        options["--json"].Aliases.ShouldBe(["-j"]);
    }

    // The measuring program reads them itself.
    [Fact]
    public void Bench_HasTheOptionsThatAreDeclared()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "bench", "Program.cs"));

        Declared().Matches(source).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal).ShouldBe(
            Commands.Single(command => command.Name == "bench").Options.Select(option => option.Name).Where(name => name is not ("--help" or "--verbose"))
                .Order(StringComparer.Ordinal));
    }

    /// <summary>What stands in for the outside while nothing runs.</summary>
    internal static CommandHost Host() => new()
    {
        Terminal = new Terminal(TextWriter.Null, TextWriter.Null, colouredOutput: false, colouredError: false),
        Input = TextReader.Null,
        Environment = _ => null,
        CurrentFolder = Repository.Root,
        OwnFolder = Repository.Root,
        Engine = () => throw new InvalidOperationException("Help rehearses nothing."),
    };

    private static RootCommand Program()
    {
        var root = new RootCommand();
        foreach (var command in ToolCommands.All(_ => null, TextWriter.Null, TextWriter.Null, TextReader.Null))
        {
            // What the engine has a command of its own for is called by that
            if (CommandLine.Commands.All(known => known.Build(Host()).Name != command.Name))
            {
                root.Add(command);
            }
        }
        return root;
    }

    private static bool Reads(Command reader, string path, string option)
    {
        var parsed = reader.Parse([.. path.Split(' '), option]);
        return HelpText.Path(parsed.CommandResult.Command) == path
            && parsed.Tokens.Any(token => token.Type == TokenType.Option && token.Value == option);
    }

    private static bool IsOfTheScript(string path)
        => ScriptCommands.OfWork().Concat(ScriptCommands.OfHelp()).Any(command => command.Name == path.Split(' ')[0]);

    private static IEnumerable<(string Path, string Help)> Sections()
        => Section().Matches(Page).Select(match => (match.Groups["path"].Value, match.Groups["help"].Value));

    private static string Committed(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));

    [GeneratedRegex("""(?ms)^## (?<path>[a-z][-a-z ]*)\n\n```text\n(?<help>.*?)^```""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Section();

    [GeneratedRegex("""^  (-\w, )*--[-a-z]+""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex OptionName();

    [GeneratedRegex("""new Option<\w+>\("(?<name>[-a-z]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declared();
}
