using System.Collections;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;

namespace Rehearsal.Commands;

/// <summary>The help of a command: what <c>--help</c> prints, and what <c>docs/cli.md</c> says of it.</summary>
public static class HelpText
{
    private const int Width = 100;
    private const int WidestLabel = 32;

    /// <summary>The words that call a command: <c>studio export</c>.</summary>
    public static string Path(Command command)
        => command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>What it does, without the examples that a description may end with.</summary>
    public static string Summary(Command command) => Divided(command).Summary;

    /// <summary>Its examples: a command line each, with what it is for behind it.</summary>
    public static IReadOnlyList<string> Examples(Command command) => Divided(command).Examples is { Count: > 0 } own ? own : Notes(command)?.Examples ?? [];

    /// <summary>The options that people may give, those of its parents included, <c>--help</c> last.</summary>
    public static IReadOnlyList<Option> Options(Command command) =>
    [
        .. command.Options.Where(option => option is not HelpOption && !option.Hidden),
        .. Parents(command).SelectMany(parent => parent.Options).Where(option => option.Recursive && option is not HelpOption && !option.Hidden),
        new HelpOption { Description = "Print this help, and do nothing else." },
    ];

    /// <summary>The values that an option or argument takes, where it takes no others.</summary>
    public static IReadOnlyList<string> Values(Symbol symbol)
    {
        if (symbol is Option { Arity.MaximumNumberOfValues: 0 } or Option<bool>)
        {
            return [];
        }
        string[] values = [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
        // The library sorts them; their own order says more
        var named = (symbol as Option)?.HelpName?.Split('|') ?? [];
        return values.ToHashSet(StringComparer.Ordinal).SetEquals(named) ? named : values;
    }

    /// <summary>The whole text.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder();
        Paragraphs(text, Summary(command));
        text.Append("\nUsage:\n");
        foreach (var usage in Usages(command))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {usage}\n");
        }
        Section(text, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, Summary(sub))));
        Section(text, "Arguments", command.Arguments.Where(argument => !argument.Hidden).Select(argument => (argument.Name, Described(argument))));
        Section(text, "Options", Options(command).Select(option => (Label(option), Described(option))));
        if (Examples(command) is { Count: > 0 } examples)
        {
            text.Append("\nExamples:\n");
            foreach (var example in examples)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {example}\n");
            }
        }
        Section(text, "Exit codes", ExitCodesOf(command).Select(code => (code.Code.ToString(CultureInfo.InvariantCulture), code.When)));
        return text.ToString();
    }

    /// <summary>How it may end.</summary>
    public static IReadOnlyList<(int Code, string When)> ExitCodesOf(Command command)
    {
        int[] always = [ExitCodes.Success, ExitCodes.Failure, ExitCodes.BadInput];
        var own = Notes(command)?.ExitCodes ?? [];
        return
        [
            .. always.Where(code => !own.Any(entry => entry.Code == code)).Select(code => (code, ExitCodes.Meanings[code])).Concat(own)
                .OrderBy(entry => entry.Item1),
        ];
    }

    // A command with commands below it and an action of its own can be called both ways
    private static IEnumerable<string> Usages(Command command)
    {
        var path = $"./platform {Path(command)}";
        if (command.Subcommands.Any(sub => !sub.Hidden))
        {
            yield return $"{path} COMMAND [options]";
        }
        if (command.Subcommands.Count == 0 || command.Action is not null)
        {
            var words = command.Arguments.Where(argument => !argument.Hidden).Select(Word);
            var required = command.Options.Where(option => option.Required).Select(option => $"{Shortest(option)} {ValueName(option)}");
            yield return string.Join(' ', [path, .. words, .. required, "[options]"]);
        }
    }

    private static string Word(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name} ..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{name}]" : name;
    }

    private static string Shortest(Option option) => option.Aliases.FirstOrDefault(alias => alias.StartsWith('-')) ?? option.Name;

    private static string Label(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(IsShort).Order(StringComparer.Ordinal).Append(option.Name));
        return ValueName(option) is { Length: > 0 } value ? $"{names} {value}" : option.Aliases.Any(IsShort) ? names : $"{names}";
    }

    // /h and -? are the library's, for people of another shell
    private static bool IsShort(string alias) => alias.StartsWith('-') && alias != "-?";

    private static string ValueName(Option option)
    {
        if (option is HelpOption || option.ValueType == typeof(bool))
        {
            return "";
        }
        return option.HelpName ?? (Values(option) is { Count: > 0 } values ? string.Join('|', values)
            : option.ValueType == typeof(int) || option.ValueType == typeof(int?) ? "N" : "VALUE");
    }

    private static string Described(Argument argument)
        => $"{argument.Description}{(Values(argument) is { Count: > 0 } values ? $" One of {string.Join(", ", values)}." : "")}";

    private static string Described(Option option)
    {
        var value = option.HasDefaultValue && option.ValueType != typeof(bool) ? option.GetDefaultValue() : null;
        var text = value is null or IEnumerable and not string ? "" : string.Create(CultureInfo.InvariantCulture, $" (default: {value})");
        return $"{option.Description}{(option.Required ? " (required)" : "")}{text}";
    }

    private static IEnumerable<Command> Parents(Command command)
        => command.Parents.OfType<Command>().SelectMany(parent => Parents(parent).Prepend(parent));

    private static HelpWithNotes? Notes(Command command) => command.Options.OfType<HelpOption>().FirstOrDefault()?.Action as HelpWithNotes;

    // The program's own commands hold their examples in the description, where the library prints them
    private static (string Summary, IReadOnlyList<string> Examples) Divided(Command command)
    {
        var parts = (command.Description ?? "").Split("\n\nExamples:\n");
        return (parts[0], parts.Length == 1 ? [] : [.. parts[1].Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)]);
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Label, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }
        var indent = Math.Min(all.Max(row => row.Label.Length), WidestLabel) + 4;
        text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        foreach (var (label, said) in all)
        {
            var lines = Wrapped(said, Width - indent).ToList();
            // A label that is too long has a line of its own
            var own = label.Length + 4 > indent;
            text.Append(own ? $"  {label}\n{new string(' ', indent)}" : $"  {label}".PadRight(indent)).Append(lines[0]).Append('\n');
            foreach (var line in lines.Skip(1))
            {
                text.Append(' ', indent).Append(line).Append('\n');
            }
        }
    }

    private static void Paragraphs(StringBuilder text, string said)
    {
        foreach (var line in said.Split('\n').SelectMany(paragraph => Wrapped(paragraph, Width)))
        {
            text.Append(line).Append('\n');
        }
    }

    /// <summary>A text in lines of at most so many letters, where its words are not longer.</summary>
    public static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }

    /// <summary>The action of <c>--help</c>, with what the library knows nothing of.</summary>
    internal sealed class HelpWithNotes(IReadOnlyList<string> examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public IReadOnlyList<string> Examples => examples;

        public IReadOnlyList<(int Code, string When)> ExitCodes { get; set; } = [];

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.Write(Of(parseResult.CommandResult.Command));
            return Commands.ExitCodes.Success;
        }
    }
}

/// <summary>What a command says of itself beyond its arguments and options.</summary>
public static class CommandNotes
{
    /// <summary>Adds examples to a command's help.</summary>
    public static Command WithExamples(this Command command, params string[] lines)
    {
        command.Add(new HelpOption { Action = new HelpText.HelpWithNotes(lines) });
        return command;
    }

    /// <summary>Says of further exit codes, or of those that every command has, when they come.</summary>
    public static Command WithExitCodes(this Command command, params (int Code, string When)[] codes)
    {
        if (!command.Options.OfType<HelpOption>().Any())
        {
            command.WithExamples();
        }
        var notes = (HelpText.HelpWithNotes)command.Options.OfType<HelpOption>().First().Action!;
        notes.ExitCodes = [.. notes.ExitCodes.Where(entry => !codes.Any(code => code.Code == entry.Code)), .. codes];
        return command;
    }
}
