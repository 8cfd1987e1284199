using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An absolute path on a node or an exported file system.</summary>
public sealed partial class AbsolutePathAttribute : PatternRuleAttribute
{
    public override string Allowed => "a path that starts with / and has no .. in it";

    public override string Example => "/exports/studios";

    protected override string Noun => "an absolute path";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^(?!.*/\.\.(/|$))/[^\s:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
