using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The id of a Google Cloud project (Resource Manager API reference, <c>projectId</c>); old domain-scoped ones have the domain in front.</summary>
public sealed partial class GcpProjectIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "6 to 30 lower-case letters, digits and inner hyphens, a letter first";

    public override string Example => "example-research";

    protected override string Noun => "the id of a Google Cloud project";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^([a-z0-9.-]+\.[a-z]{2,}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
