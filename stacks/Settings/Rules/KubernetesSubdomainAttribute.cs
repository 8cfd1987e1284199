using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A name that Kubernetes accepts for most objects, such as Secrets and StorageClasses: RFC 1123 subdomain.</summary>
public sealed partial class KubernetesSubdomainAttribute : PatternRuleAttribute
{
    public override string Allowed => "up to 253 lower-case letters, digits, hyphens and dots, each part starting and ending with a letter or digit (RFC 1123 subdomain)";

    public override string Example => "cr.seqera.io";

    protected override string Noun => "a Kubernetes object name";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
