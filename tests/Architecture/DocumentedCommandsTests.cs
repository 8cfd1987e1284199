using System.CommandLine;
using System.Text.RegularExpressions;
using Operate.Describing;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a command line of ./platform that a page shows is one that the program takes, and an option that a page names is an option of some command.
public sealed partial class DocumentedCommandsTests
{
    private static readonly Command Root = Defined();

    // What else a page of this repository tells people to run
    private static readonly string Behind = string.Concat(
        new[] { ".ci/run", ".ci/compose", ".ci/unchanged", ".ci/interrupt", "tests/e2e/run" }
            .Select(file => File.ReadAllText(Path.Combine(Repository.Root, file))));

    private const string Others = "(pulumi|kubectl|helm|aws|gcloud|docker|git|terraform|npm|dotnet)";

    // Of other programs, which the same sentence names
    private static readonly string[] Foreign = ["--region", "--gateway-api"];

    [Fact]
    public void CommandLines_ThatPagesShow_AreTaken() => Page.All
        .SelectMany(page => CommandLines(page).Select(line => (line.At, Fault: Fault(line.Words))))
        .Where(line => line.Fault is not null)
        .Select(line => $"{line.At}: {line.Fault}")
        .ShouldBeEmpty();

    [Fact]
    public void Options_ThatPagesName_AreDefined() => Page.All.SelectMany(UnknownOptions).ShouldBeEmpty();

    [Theory]
    [InlineData("./platform preview dev --diff", null)]
    [InlineData("./platform -v preview dev", null)]
    [InlineData("./platform", null)]
    [InlineData("./platform preview", null)]
    [InlineData("./platform preview <stack> --diff", null)]
    [InlineData("./platform preview dev --diffs", "'--diffs' is no option of ./platform preview")]
    [InlineData("./platform preveiw dev", "there is no command 'preveiw'")]
    [InlineData("./platform audit OLD [NEW] --format text|json|markdown|html|sarif [-o FILE] [--fail-on SEVERITY]", null)]
    [InlineData("./platform config dev --format text|yaml", "./platform config dev --format yaml is refused")]
    [InlineData("./platform preview dev prod", "./platform preview dev prod is refused")]
    [InlineData("./platform config dev --format yaml", "./platform config dev --format yaml is refused")]
    [InlineData("./platform tower dev --format tw --config-file FILE", null)]
    [InlineData("./platform tower dev --formats tw", "'--formats' is no option of ./platform tower")]
    [InlineData("./platform studio build-context dev jupyter -o context", null)]
    [InlineData("./platform studio build-contexts dev jupyter", "'build-contexts' is no command of ./platform studio")]
    [InlineData("./platform studio import template.zip -o out", null)]
    [InlineData("./platform compose studios -o /opt/seqera --dry-run", null)]
    [InlineData("./platform test Redis --no-build", null)]
    [InlineData("./platform test Redis --no-builds", "'--no-builds' is no option of ./platform test")]
    [InlineData("./platform sdk schema", null)]
    [InlineData("./platform sdk schemata", "./platform sdk schemata is refused")]
    [InlineData("pulumi preview --stack prod && ./platform preview prod | less", null)]
    [InlineData("./platform preview dev --program 'node index.js'", null)]
    [InlineData("./platform export dev > state.json", null)]
    [InlineData("./platform secret dev kubeconfig < kubeconfig.yaml", null)]
    [InlineData("./platform policy prod --rules          every rule", null)]
    public void FaultyCommandLines_AreFound(string line, string? fault) =>
        CommandLines(Page.Parse("docs/x.md", $"`` {line} ``")).Select(found => Fault(found.Words)).OfType<string>().ShouldBe(fault is null ? [] : [fault]);

    [Theory]
    [InlineData("`--diff` and `--answers FILE`", null)]
    [InlineData("`--diffs`", "docs/x.md(1): --diffs")]
    [InlineData("`--set-file` of `helm upgrade --set-file`", null)]
    public void UnknownOptions_AreFound(string text, string? fault) => UnknownOptions(Page.Parse("docs/x.md", text)).ShouldBe(fault is null ? [] : [fault]);

    /// <summary>Every command line of <c>./platform</c> on a page, as words.</summary>
    internal static IEnumerable<(PageLine At, string[] Words)> CommandLines(Page page)
    {
        var code = page.Lines.Where(line => line.Language is "" or "console" or "sh" or "bash").Select(line => (At: line, line.Text));
        return from line in code.Concat(page.Spans.Select(span => (span.At, span.Text)))
               from Match match in Call().Matches(line.Text)
               select (line.At, Words(match.Groups["rest"].Value));
    }

    private static string[] Words(string rest) => [.. Word().Matches(Comment().Replace(rest, "")).Select(word => word.Value.Trim('\''))];

    private static string? Fault(string[] line)
    {
        string[] words =
        [
            .. line.SkipWhile(word => word == "-v").TakeWhile(word => word != "<").Select(word => Optional().Replace(word, ""))
                .Where(word => word is not ("…" or "...")),
        ];
        if (words is [] or ["COMMAND", ..] or ["help" or "--help", ..])
        {
            return null;
        }
        return Fault(Root, [], words);
    }

    private static string? Fault(Command command, string[] path, string[] words)
    {
        var name = $"./platform {string.Join(' ', path)}".TrimEnd();
        if (words is [var next, ..] && command.Subcommands.FirstOrDefault(inner => inner.Name == next) is { } below)
        {
            return Fault(below, [.. path, next], words[1..]);
        }
        if (command.Subcommands.Count > 0 && command.Arguments.Count == 0)
        {
            return words.Length == 0 ? null : path.Length == 0 ? $"there is no command '{words[0]}'" : $"'{words[0]}' is no command of {name}";
        }

        // Words behind "--" are the program's own
        var own = words.TakeWhile(word => word != "--").Where(word => word is not ("--verbose" or "-v" or "--help" or "-h")).ToArray();
        if (own.Where(word => word.StartsWith('-') && word.Length > 1).Select(word => word.Split('=')[0])
            .FirstOrDefault(option => !command.Options.Any(known => known.Name == option || known.Aliases.Contains(option))) is { } unknown)
        {
            return $"'{unknown}' is no option of {name}";
        }

        // "text|json" stands for a line with each of them
        var most = own.Max(word => (int?)word.Split('|').Length) ?? 0;
        return Enumerable.Range(0, most).Select(choice => own.Select(word => word.Split('|')).Select(word => word[Math.Min(choice, word.Length - 1)]).ToArray())
            .Where(choice => !Parses(command, choice))
            .Select(choice => $"{name} {string.Join(' ', choice)} is refused")
            .FirstOrDefault();
    }

    // A sentence that names a command need not name everything that it needs
    private static bool Parses(Command command, string[] words) => command.Parse(Concrete(words)).Errors.All(error =>
        error.Message.StartsWith("Required argument", StringComparison.Ordinal) || error.Message.EndsWith("is required.", StringComparison.Ordinal));

    // A placeholder stands for any word: that of a severity for one of them
    private static string[] Concrete(string[] words) => [.. words.Select(word => word switch
    {
        "SEVERITY" => "high",
        "NUMBER" or "SECONDS" => "10",
        "NAME=FILE" or "NAME=STATE" => "name=file",
        _ => word,
    })];

    private static IEnumerable<string> UnknownOptions(Page page) =>
        from span in page.Spans
        let option = BareOption().Match(span.Text)
        where option.Success && !Foreign.Contains(option.Value) && !IsDefined(option.Value)
        // Another program's option stands behind its name on the same line
        where !Regex.IsMatch(span.At.Text, $@"\b{Others}\b[^`]* {Regex.Escape(option.Value)}", RegexOptions.None, TimeSpan.FromSeconds(1))
        select $"{span.At}: {option.Value}";

    private static bool IsDefined(string option) =>
        Regex.IsMatch(Behind, $@"{Regex.Escape(option)}(?![\w-])", RegexOptions.None, TimeSpan.FromSeconds(1))
        || CommandTable.WithThoseBelow(Root).SelectMany(command => command.Options).Any(known => known.Name == option || known.Aliases.Contains(option));

    private static RootCommand Defined()
    {
        var host = new CommandHost
        {
            Terminal = new Terminal(TextWriter.Null, TextWriter.Null, colouredOutput: false, colouredError: false),
            Input = TextReader.Null,
            Environment = _ => null,
            CurrentFolder = Repository.Root,
            OwnFolder = Repository.Root,
            Engine = () => new RehearsalHost(),
        };
        var root = new RootCommand();
        foreach (var command in CommandTable.All(host).SelectMany(group => group.Commands))
        {
            root.Add(command);
        }
        return root;
    }

    // Up to what a shell reads as the end of a command
    [GeneratedRegex(@"\./platform(?<rest>( ('[^']*'|<\w+>|[^|&;>`]|(?<=\w)\|(?=\w))*)?)(?=$|[|&;>` ])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"( {2,}|\s#).*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"'[^']*'|<[^>]+>|[^\s]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\[|\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"^--[a-z][\w-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareOption();
}
