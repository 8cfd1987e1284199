using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A user or group as Kubernetes RBAC knows it; with an @ the e-mail address of a Google Cloud principal.</summary>
public sealed partial class RbacSubjectAttribute : RuleAttribute
{
    public override string Allowed => "1 to 253 characters without spaces, not starting with system:; with an @ an e-mail address";

    public override string Example => "tower-launcher-user";

    public override string? Violation(object value) => (string)value switch
    {
        { Length: 0 or > 253 } => "is too short or too long",
        { } name when name.Any(char.IsWhiteSpace) => "contains spaces",
        { } name when name.StartsWith("system:") => "is reserved by Kubernetes",
        { } name when name.Contains('@') && !Email().IsMatch(name) => "is not an e-mail address",
        _ => null,
    };

    public override void Describe(JsonObject schema) => schema["pattern"] = @"^(?!system:)\S{1,253}$";

    // "seqera@project.iam.gserviceaccount.com" and the domain-scoped "seqera@project.example.com.iam.gserviceaccount.com".
    [GeneratedRegex(@"^[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();
}
