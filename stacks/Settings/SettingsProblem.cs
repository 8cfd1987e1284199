using System.Text;
using System.Text.Json;

namespace Stacks.Settings;

/// <summary>
/// Where a setting stands in the stack file, written as an operator would say it: <c>platform:redis.inCluster.persistence.size</c>. A key with dots in it
/// is written as in Pulumi's property paths: <c>labels["app.kubernetes.io/name"]</c>.
/// </summary>
public sealed record SettingPath(string Text)
{
    /// <summary>The project name in Pulumi.yaml, which is the namespace of every key.</summary>
    public const string Namespace = "platform";

    /// <summary>The child named by a property or by its key in the file; both spell <c>connectUrl</c>.</summary>
    public SettingPath this[string name] => Entry(KeyFor(name));

    public SettingPath this[int index] => new($"{Text}[{index}]");

    /// <summary>The last part, as it is written in the file.</summary>
    public string Key => Text.EndsWith("\"]", StringComparison.Ordinal)
        ? Text[(LastQuote() + 2)..^2].Replace("\\\"", "\"", StringComparison.Ordinal)
        : Text[(Text.LastIndexOfAny([':', '.']) + 1)..];

    public static SettingPath Top(string key) => Of($"{Namespace}:{KeyFor(key)}");

    /// <summary>A key of any namespace, as it is written in the file.</summary>
    public static SettingPath Of(string fullKey) => fullKey.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && NeedsQuotes(fullKey[(colon + 1)..])
        ? new($"{fullKey[..(colon + 1)]}{Quoted(fullKey[(colon + 1)..])}") : new(fullKey);

    public static string KeyFor(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>An entry of a map, whose key is the operator's own word and keeps its spelling.</summary>
    public SettingPath Entry(string key) => new(NeedsQuotes(key) ? Text + Quoted(key) : $"{Text}.{key}");

    // Without them nobody could tell where a step of the path ends, or the path itself.
    private static bool NeedsQuotes(string key) =>
        key.Length == 0 || key.Any(character => character is '.' or '[' or ']' or '"' or ':' || char.IsWhiteSpace(character));

    // From the front: a quoted key may hold what looks like the beginning of one.
    private int LastQuote()
    {
        var start = Text.IndexOf("[\"", StringComparison.Ordinal);
        while (true)
        {
            var end = start + 2;
            while (end < Text.Length && Text[end] != '"')
            {
                end += Text[end] == '\\' && end + 1 < Text.Length && Text[end + 1] == '"' ? 2 : 1;
            }

            if (Text.IndexOf("[\"", Math.Min(Text.Length, end + 2), StringComparison.Ordinal) is not (>= 0 and var next))
            {
                return start;
            }

            start = next;
        }
    }

    private static string Quoted(string key) => $"[\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    public override string ToString() => Text;
}

/// <summary>One thing that is wrong with a stack file, in the operator's words.</summary>
/// <param name="Path">The key to change.</param>
/// <param name="What">What is wrong, one clause without the value.</param>
/// <param name="Allowed">What the key may hold.</param>
/// <param name="Fix">The line to write or the command to run.</param>
/// <param name="Given">The value found; null where there is none to show or it is secret.</param>
public sealed record SettingsProblem(SettingPath Path, string What, string Allowed, string Fix, string? Given = null)
{
    /// <summary>Whether the stack can be deployed all the same, and the operator should look twice.</summary>
    public bool IsWarning { get; private init; }

    /// <summary>What can be deployed all the same; the parameters are those of a problem.</summary>
    public static SettingsProblem Warning(SettingPath path, string what, string allowed, string fix, string? given = null) =>
        new(path, what, allowed, fix, given) { IsWarning = true };

    /// <summary>Stands where a secret value would.</summary>
    public const string Hidden = "[secret]";

    /// <summary>The problem as one paragraph.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Path.Text).Append(": ").Append(What).Append('\n');
        if (Given is not null)
        {
            text.Append("  given:   ").Append(Given).Append('\n');
        }

        return text.Append("  allowed: ").Append(Allowed).Append('\n').Append("  fix:     ").Append(Fix).ToString();
    }
}

/// <summary>Every problem of a stack file as one readable block of plain text.</summary>
public static class SettingsReport
{
    public static string Render(IReadOnlyCollection<SettingsProblem> problems)
    {
        var heading = problems.Count == 1 ? "One setting of the stack is wrong:" : $"{problems.Count} settings of the stack are wrong:";
        return Render(heading, problems);
    }

    /// <summary>The same of what is worth a second look; empty without any.</summary>
    public static string RenderWarnings(IReadOnlyCollection<SettingsProblem> warnings) => warnings.Count switch
    {
        0 => "",
        1 => Render("One setting of the stack is worth a second look:", warnings),
        var several => Render($"{several} settings of the stack are worth a second look:", warnings),
    };

    private static string Render(string heading, IReadOnlyCollection<SettingsProblem> problems)
    {
        var paragraphs = problems.OrderBy(problem => problem.Path.Text, StringComparer.Ordinal).Select(problem => problem.ToString());
        return $"{heading}\n\n{string.Join("\n\n", paragraphs)}\n";
    }
}
