using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Stacks.Settings.Reading;

namespace Stacks.Commands;

/// <summary>What a command line that cannot be read was probably meant to say.</summary>
internal static class Misspelling
{
    /// <summary>An option, a command or a value that there is not, with the nearest one; null where there is none such.</summary>
    public static string? Find(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not ParseErrorAction && parsed.Action != command.Action)
        {
            return null;
        }

        var options = Results(parsed.RootCommandResult).OfType<OptionResult>().ToArray();
        var values = options.SelectMany(result => result.Tokens).ToHashSet(ReferenceEqualityComparer.Instance);
        // The library takes a mistyped option for an argument where one is wanted
        if (parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(
            token => token is { Type: TokenType.Argument, Value: ['-', _, ..] } && !values.Contains(token)) is { } option)
        {
            var given = option.Value.Split('=', ':')[0];
            return Said($"There is no option '{given}'.", given, command.Options.Select(known => known.Name).Where(name => name.StartsWith('-')));
        }

        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            return Said($"There is no command '{word}'.", word, command.Subcommands.Select(known => known.Name));
        }

        foreach (var result in options.Where(result => result.Errors.Any()))
        {
            var allowed = result.Option.GetCompletions(CompletionContext.Empty).Select(item => item.Label).ToArray();
            if (allowed.Length > 0 && result.Tokens.FirstOrDefault(token => !allowed.Contains(token.Value, StringComparer.Ordinal)) is { } wrong)
            {
                return Said($"{result.Option.Name} {wrong.Value} is not known.", wrong.Value, allowed);
            }
        }

        return null;
    }

    private static string Said(string problem, string given, IEnumerable<string> known)
    {
        var all = known.ToArray();
        return $"{problem} {(NearestKey.To(given, all) is { } nearest ? $"Did you mean '{nearest}'? " : "")}Allowed are {string.Join(", ", all)}.";
    }

    private static IEnumerable<SymbolResult> Results(SymbolResult result) =>
        result is CommandResult command ? command.Children.SelectMany(Results).Prepend(result) : [result];
}
