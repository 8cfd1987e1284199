using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Rehearsal.StackFiles;

namespace Rehearsal.Commands;

/// <summary>What commands take beside their own words: <c>-s STACK</c> where they take a stack, and <c>--json</c> where one of their formats is JSON.</summary>
/// <remarks>Commands know only the argument and <c>--format</c>: what was typed is written out before it is read.</remarks>
public static class ShortForms
{
    private const string StackArgument = "STACK";
    private const string FormatName = "--format";
    private const string JsonName = "--json";
    private const string Json = "json";

    private static readonly (string Name, string Alias) StackName = ("--stack", "-s");

    /// <summary>Adds the options to a command and all below it.</summary>
    public static void AddTo(Command command)
    {
        foreach (var below in command.Subcommands)
        {
            AddTo(below);
        }
        if (command.Arguments.Any(argument => argument.Name == StackArgument) && !Has(command, StackName.Name))
        {
            command.Options.Insert(0, new Option<string?>(StackName.Name, Free(command, StackName.Alias))
            {
                Description = "The stack, or its file, in place of the argument.",
                HelpName = StackArgument,
            });
        }
        var index = IndexOf(command, FormatName);
        if (index >= 0 && HelpText.Values(command.Options[index]).Contains(Json) && !Has(command, JsonName))
        {
            foreach (var alias in Free(command, "-f"))
            {
                command.Options[index].Aliases.Add(alias);
            }
            command.Options.Insert(index + 1, new Option<bool>(JsonName, Free(command, "-j")) { Description = $"Short for {FormatName} {Json}." });
        }
        if (!command.Options.OfType<HelpOption>().Any())
        {
            command.WithExamples();
        }
    }

    /// <summary>The command line with its short forms written out.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="parsed">The command line as the library reads it.</param>
    /// <param name="arguments">Its words.</param>
    /// <param name="host">The outside.</param>
    /// <exception cref="BadInputException">Two words of it contradict each other.</exception>
    public static ParseResult WriteOut(Command root, ParseResult parsed, IReadOnlyList<string> arguments, CommandHost host)
    {
        if (!Refusals.Applies(parsed))
        {
            return parsed;
        }
        parsed = WithFormat(root, parsed, ref arguments);
        return WithStack(root, parsed, arguments, host);
    }

    private static ParseResult WithFormat(Command root, ParseResult parsed, ref IReadOnlyList<string> arguments)
    {
        var command = parsed.CommandResult.Command;
        if (Find(command, FormatName) is not { } format || Find(command, JsonName) is not { } json
            || Given(parsed, json) is not { Tokens: [] or [{ Value: "true" }] })
        {
            return parsed;
        }
        if (Given(parsed, format) is not { } given)
        {
            arguments = Behind(command, arguments, FormatName, Json);
            return root.Parse(arguments);
        }
        return given.Tokens is [{ Value: Json }] or [] ? parsed : throw new BadInputException(
            $"{JsonName} and {FormatName} {given.Tokens[^1].Value} are given together.", $"Give one of them: {JsonName} is short for {FormatName} {Json}.");
    }

    private static ParseResult WithStack(Command root, ParseResult parsed, IReadOnlyList<string> arguments, CommandHost host)
    {
        var command = parsed.CommandResult.Command;
        if (command.Arguments.FirstOrDefault(argument => argument.Name == StackArgument) is not { } argument
            || Find(command, StackName.Name) is not { } option || Given(parsed, option) is not { Tokens: [{ Value: var stack }] })
        {
            return parsed;
        }
        var positional = parsed.GetResult(argument) is { Tokens: [{ Value: var word }] } ? word : null;
        if (positional is not null && parsed.Errors.Count == 0 && AreSame(host, positional, stack))
        {
            return parsed;
        }
        // The words behind it are those of the other arguments, if there are any
        var alone = root.Parse(Behind(command, arguments, stack));
        return positional is null || alone.UnmatchedTokens.Count <= parsed.UnmatchedTokens.Count ? alone : throw new BadInputException(
            $"The stack is given twice: {positional}, and {StackName.Name} {stack}.", "Give it once.");
    }

    // Dev, Pulumi.dev.yaml and its whole path are one stack
    private static bool AreSame(CommandHost host, string first, string second)
    {
        if (first == second || (ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder)) is not { } folder)
        {
            return first == second;
        }
        var project = ProjectFile.Read(folder);
        return FileOf(first) is { } file && file == FileOf(second);

        string? FileOf(string text) => StackReference.Read(text, project, host.CurrentFolder) is { Path: var path, Name: var name }
            ? path ?? StackFinder.TryFind(project, name) : null;
    }

    private static string[] Behind(Command command, IReadOnlyList<string> arguments, params string[] words)
    {
        var at = 0;
        foreach (var name in HelpText.Path(command).Split(' '))
        {
            at = Enumerable.Range(at, arguments.Count - at).First(index => arguments[index] == name) + 1;
        }
        return [.. arguments.Take(at), .. words, .. arguments.Skip(at)];
    }

    private static OptionResult? Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false } result ? result : null;

    private static Option? Find(Command command, string name) => IndexOf(command, name) is >= 0 and var index ? command.Options[index] : null;

    private static int IndexOf(Command command, string name)
    {
        for (var index = 0; index < command.Options.Count; index++)
        {
            if (command.Options[index].Name == name)
            {
                return index;
            }
        }
        return -1;
    }

    private static bool Has(Command command, string name) => command.Options.Any(option => option.Name == name || option.Aliases.Contains(name));

    private static string[] Free(Command command, string alias) => Has(command, alias) ? [] : [alias];
}

/// <summary>Says what is wrong with a command line that cannot be read, with the word that was probably meant.</summary>
internal static class Refusals
{
    /// <summary>Whether a command is to run: help and the version are printed whatever else is there.</summary>
    public static bool Applies(ParseResult parsed) => parsed.Action is ParseErrorAction || parsed.Action == parsed.CommandResult.Command.Action;

    /// <summary>Ends with what is wrong, if anything is.</summary>
    /// <exception cref="BadInputException">Something is.</exception>
    public static void Check(ParseResult parsed)
    {
        if (!Applies(parsed))
        {
            return;
        }
        var command = parsed.CommandResult.Command;
        CheckOptions(parsed);
        if ((UnknownCommand(parsed, command) ?? ForbiddenValue(parsed)) is var (problem, meant))
        {
            throw new BadInputException(problem, $"{meant}See `{Line(command)} --help`.");
        }
        if (parsed.Errors.Count > 0)
        {
            throw new BadInputException(
                string.Join('\n', parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)), $"See `{Line(command)} --help`.");
        }
    }

    /// <summary>Ends with the option that there is not.</summary>
    /// <exception cref="BadInputException">There is one.</exception>
    public static void CheckOptions(ParseResult parsed)
    {
        if (Applies(parsed) && UnknownOption(parsed, parsed.CommandResult.Command) is var (problem, meant))
        {
            throw new BadInputException(problem, $"{meant}See `{Line(parsed.CommandResult.Command)} --help`.");
        }
    }

    private static string Line(Command command) => command is RootCommand ? "./platform" : $"./platform {HelpText.Path(command)}";

    // The library takes a mistyped option for an argument where one is wanted
    private static (string Problem, string Meant)? UnknownOption(ParseResult parsed, Command command)
    {
        var values = Results(parsed.RootCommandResult).OfType<OptionResult>().SelectMany(result => result.Tokens).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            if (token.Type == TokenType.Argument && token.Value is ['-', _, ..] && !values.Contains(token))
            {
                var given = token.Value.Split('=', ':')[0];
                return ($"There is no option '{given}' of `{Line(command)}`.", Nearest.DidYouMean(given, Alike(given, command)));
            }
        }
        return null;
    }

    // Any two letters are near each other
    private static IEnumerable<string> Alike(string given, Command command)
    {
        var names = HelpText.Options(command).SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith('-'));
        return given.Length > 2 ? names.Where(name => name.StartsWith("--", StringComparison.Ordinal))
            : names.Where(name => string.Equals(name, given, StringComparison.OrdinalIgnoreCase));
    }

    private static (string Problem, string Meant)? UnknownCommand(ParseResult parsed, Command command)
    {
        var known = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
        return known.Count == 0 || parsed.UnmatchedTokens is not [var word, ..] ? null
            : ($"There is no command '{(command is RootCommand ? word : $"{HelpText.Path(command)} {word}")}'.", Nearest.DidYouMean(word, known));
    }

    private static (string Problem, string Meant)? ForbiddenValue(ParseResult parsed)
    {
        foreach (var result in Results(parsed.RootCommandResult).OfType<OptionResult>())
        {
            var allowed = HelpText.Values(result.Option);
            if (allowed.Count > 0 && result.Errors.Any() && result.Tokens.FirstOrDefault(token => !allowed.Contains(token.Value)) is { } wrong)
            {
                return ($"{result.Option.Name} {wrong.Value} is not known.",
                    $"{Nearest.DidYouMean(wrong.Value, allowed)}Allowed are {string.Join(", ", allowed)}. ");
            }
        }
        return null;
    }

    private static IEnumerable<SymbolResult> Results(SymbolResult result)
        => result is CommandResult command ? command.Children.SelectMany(Results).Prepend(result) : [result];
}
