using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Compose;

/// <summary>One variable as a line of an env file: the only place where such a line is spelled.</summary>
/// <remarks>
/// Docker Compose reads env files by rules of its own, a shell that sources them by its, and dotenv libraries by a third set. Single quotes mean the same to
/// all of them, so they are taken wherever the value lets them; otherwise Compose and shells agree, and some dotenv libraries keep the backslashes. What no
/// spelling carries through both Compose and a shell is refused. (Docker documentation, "Interpolation", env file syntax; compose-go, dotenv/parser.go;
/// POSIX, Quoting; read 2026-11-26.)
/// </remarks>
public static partial class EnvText
{
    /// <summary>The line, with its end.</summary>
    /// <exception cref="FormatException">Name or value cannot be written; the message holds no value.</exception>
    public static string Line(string name, string value) => $"{Checked(name)}={Spell(name, value)}\n";

    /// <summary>Lines in the order of the variables.</summary>
    public static string Lines(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
        {
            text.Append(Line(name, value));
        }

        return text.ToString();
    }

    /// <summary>Whether a shell can hold a variable of this name; Compose would take hyphens and dots as well.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Why a value cannot be written, as a clause that does not repeat it; null if it can.</summary>
    public static string? Problem(string value)
    {
        if (value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')))
        {
            return "holds a control character";
        }

        return NeedsDoubleQuotes(value) && value.Contains('`', StringComparison.Ordinal)
            ? "holds a backtick beside a single quote or before a backslash at its end, which Docker Compose and a shell do not read alike in any spelling"
            : null;
    }

    // To Compose a backslash before the closing quote takes that quote into the value, unless another stands before it.
    private static bool NeedsDoubleQuotes(string value) =>
        value.Contains('\'', StringComparison.Ordinal) || (value.Length - value.TrimEnd('\\').Length) % 2 == 1;

    private static string Checked(string name) => IsName(name)
        ? name
        : throw new FormatException(
            $"'{name}' is no name of an environment variable: it must have letters, digits and underscores, and start with no digit.");

    private static string Spell(string name, string value)
    {
        if (Problem(value) is { } problem)
        {
            throw new FormatException($"The value of {name} {problem}.");
        }

        if (Bare().IsMatch(value))
        {
            return value;
        }

        return NeedsDoubleQuotes(value) ? $"\"{Escaped().Replace(value, @"\$0")}\"" : $"'{value}'";
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"[\\""$]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();

    // What nobody reads anything into; no tilde, which a shell expands behind an equals sign.
    [GeneratedRegex(@"\A[A-Za-z0-9_./:@%+,=-]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bare();
}
