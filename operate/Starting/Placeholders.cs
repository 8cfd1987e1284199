using System.Text;
using System.Text.RegularExpressions;

namespace Operate.Starting;

/// <summary>Values of an example that stand for somebody's own: each gets a line above it that a search for <see cref="Mark"/> finds.</summary>
/// <remarks>They are well-formed, so that the file can be checked and rehearsed from the first minute.</remarks>
internal static partial class Placeholders
{
    public const string Mark = "# REPLACE:";

    private static readonly (Regex Value, string What)[] Known =
    [
        (Account(), "the number of your AWS account, and what is named in it"),
        (Addresses(), "the addresses from which the cluster's API server may be reached"),
        (Network(), "the id of yours: aws ec2 describe-vpcs, aws ec2 describe-subnets"),
        (Context(), "the context of your kubeconfig: kubectl config get-contexts"),
        (Region(), "where it is to be"),
        (Name(), "the name of your cluster"),
        (Services(), "a range of addresses that nothing uses"),
        (Workspaces(), "the ids of your workspaces in Seqera Platform"),
        (Export(), "the directory that your server exports"),
        (Example(), "yours"),
    ];

    /// <summary>The text with a line above each value that is to be replaced, and how many there are.</summary>
    /// <param name="text">A stack file.</param>
    /// <param name="given">Lines, by what they hold, that the operator gave.</param>
    public static (string Text, int Count) Marked(string text, IReadOnlyCollection<string> given)
    {
        var (result, count, block) = (new StringBuilder(), 0, int.MaxValue);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            var depth = line.Length - line.TrimStart().Length;
            // Inside a text of several lines a comment would be a part of it
            if (line.Trim().Length > 0 && depth <= block)
            {
                block = Block().IsMatch(line) ? depth : int.MaxValue;
                if (What(line, given) is { } what)
                {
                    result.Append(' ', depth).Append(Mark).Append(' ').Append(what).Append('\n');
                    count++;
                }
            }
            result.Append(line).Append('\n');
        }
        return (result.ToString(), count);
    }

    private static string? What(string line, IReadOnlyCollection<string> given)
    {
        var foreign = given.Aggregate(line, (left, value) => left.Replace(value, "", StringComparison.Ordinal));
        return line.TrimStart().StartsWith('#') ? null : Known.FirstOrDefault(known => known.Value.IsMatch(foreign)).What;
    }

    [GeneratedRegex("123456789012", RegexOptions.None, 1000)]
    private static partial Regex Account();

    [GeneratedRegex(@"203\.0\.113\.", RegexOptions.None, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex("(vpc|subnet|sg|tgw|fs)-0[0-9a-f]{8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Network();

    [GeneratedRegex(@"^\s+context: \w", RegexOptions.None, 1000)]
    private static partial Regex Context();

    [GeneratedRegex(@"^\s+(region|location): \w{3}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s+name: shared-", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s+managedServices:", RegexOptions.None, 1000)]
    private static partial Regex Services();

    [GeneratedRegex(@"^\s+allowedWorkspaces:", RegexOptions.None, 1000)]
    private static partial Regex Workspaces();

    [GeneratedRegex(@"^\s+path: /exports", RegexOptions.None, 1000)]
    private static partial Regex Export();

    [GeneratedRegex(@"\bexample\b|\bexample-|-example", RegexOptions.None, 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@":\s[|>][-+0-9]*\s*$", RegexOptions.None, 1000)]
    private static partial Regex Block();
}
