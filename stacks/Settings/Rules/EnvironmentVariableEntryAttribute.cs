using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>Entries that are environment variables.</summary>
public sealed partial class EnvironmentVariableEntryAttribute : EntryRuleAttribute
{
    public override string Allowed => "letters, digits and underscores, not starting with a digit";

    public override string Example => "NXF_OPTS";

    public override string Pattern => "^[A-Za-z_][A-Za-z0-9_]{0,127}$";

    public override string? Violation(string name) => Form().IsMatch(name) ? null : "is not the name of an environment variable";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
