using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An id that the vendor's database counts: a Platform workspace, for one.</summary>
public sealed partial class NumericIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "1 to 18 digits";

    public override string Example => "123456789";

    protected override string Noun => "a numeric id";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^[0-9]{1,18}$", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
