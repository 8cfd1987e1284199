using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A machine type of Compute Engine.</summary>
public sealed partial class MachineTypeAttribute : PatternRuleAttribute
{
    public override string Allowed => "a machine type of Compute Engine: series, kind and size";

    public override string Example => "n2-standard-4";

    protected override string Noun => "a machine type of Compute Engine";

    protected override Regex Pattern => Form();

    // "e2-standard-4", "n2-custom-4-8192", "a2-highgpu-1g", "e2-medium", "c3-standard-8-lssd".
    [GeneratedRegex("^[a-z][a-z0-9]{1,3}-[a-z]+(-[a-z0-9]+){0,4}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
