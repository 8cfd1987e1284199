using System.CommandLine;
using System.Globalization;
using Rehearsal;
using Rehearsal.Commands;

namespace Operate.Commands;

/// <summary>Options that mean the same in every command about something that runs, and how their words are read.</summary>
internal static class LiveOptions
{
    private const string TimeoutName = "--timeout";
    private const int SecondsOfADay = 86_400;

    public static Option<string?> From() => new("--from")
    {
        Description = "The outputs, as `pulumi stack output --json` or `pulumi stack export` wrote them; asked of `pulumi` when not given.",
        HelpName = "FILE",
    };

    public static Option<string?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "The kubeconfig of the cluster; kubectl's own when not given.",
        HelpName = "FILE",
    };

    /// <summary>How long all of it may take; <paramref name="description"/> says what becomes of the rest.</summary>
    public static Option<string> Timeout(string description) => new(TimeoutName)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => "120s",
    };

    /// <summary>The whole path of a file that an option names; null where it names none.</summary>
    public static string? PathOf(this ParseResult parsed, Option<string?> option, CommandHost host)
        => parsed.GetValue(option) is { } file ? Path.GetFullPath(file, host.CurrentFolder) : null;

    /// <summary>What a word of time means: 90s, 5m, 1h; a number alone is seconds, as with timeout(1).</summary>
    /// <exception cref="BadInputException">It is no duration, or longer than a day.</exception>
    public static TimeSpan Duration(this ParseResult parsed, Option<string> option)
    {
        var given = parsed.GetRequiredValue(option);
        var unit = given.Length == 0 ? ' ' : given[^1];
        var seconds = unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => char.IsAsciiDigit(unit) ? 1 : 0,
        };
        var digits = char.IsAsciiDigit(unit) ? given : given[..^(given.Length > 0 ? 1 : 0)];
        return seconds > 0 && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * seconds is > 0 and <= SecondsOfADay ? TimeSpan.FromSeconds(number * seconds)
            : throw new BadInputException($"{option.Name} {given} is no duration.", $"For example: {option.Name} 90s, 5m or 1h; at most a day.");
    }
}
