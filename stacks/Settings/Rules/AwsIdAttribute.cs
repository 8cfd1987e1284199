using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The id of an AWS resource of one kind: its prefix and 8 or 17 hexadecimal digits.</summary>
public sealed class AwsIdAttribute(string prefix) : PatternRuleAttribute
{
    public string Prefix { get; } = prefix;

    public override string Allowed => $"{Prefix}- and 8 or 17 hexadecimal digits";

    public override string Example => $"{Prefix}-0123456789abcdef0";

    protected override string Noun => "an id of this kind";

    protected override Regex Pattern => new($"^{Prefix}-([0-9a-f]{{8}}|[0-9a-f]{{17}})$", RegexOptions.NonBacktracking);
}
