using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>What the operator asked of a plan: the flags of the official CLI.</summary>
public sealed record PlanOptions
{
    public static readonly PlanOptions None = new();

    /// <summary>Only these resources may change; a star stands for a part of a URN, two stars for any text.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>These resources may not change.</summary>
    public ImmutableArray<string> Excludes { get; init; } = [];

    /// <summary>These resources are replaced, whether they changed or not.</summary>
    public ImmutableArray<string> Replaces { get; init; } = [];

    /// <summary>Whether what depends on a target is one, too.</summary>
    public bool TargetDependents { get; init; }

    /// <summary>Whether the state is read anew before anything is planned.</summary>
    public bool Refresh { get; init; }
}

/// <summary>Sets of resources that the command line names by URN or pattern.</summary>
internal sealed class UrnPatterns
{
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly List<Regex> _patterns = [];

    public UrnPatterns(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Contains('*', StringComparison.Ordinal))
            {
                // Linear in the URN's length, whatever the pattern
                _patterns.Add(new Regex(Expression(text), RegexOptions.NonBacktracking | RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
            }
            else
            {
                _literals.Add(text);
            }
        }
    }

    public bool IsEmpty => _literals.Count == 0 && _patterns.Count == 0;

    public IEnumerable<string> Literals => _literals;

    public bool Contains(Urn urn) => _literals.Contains(urn.Value) || _patterns.Exists(pattern => pattern.IsMatch(urn.Value));

    public void Add(Urn urn) => _literals.Add(urn.Value);

    // A star stays within a part of a URN, which colons bound
    private static string Expression(string text)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '*')
            {
                expression.Append(Regex.Escape(text[i].ToString()));
            }
            else if (i + 1 < text.Length && text[i + 1] == '*')
            {
                expression.Append(".*");
                i++;
            }
            else
            {
                expression.Append("[^:]*");
            }
        }
        return expression.Append(@"\z").ToString();
    }
}
