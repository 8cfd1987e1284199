using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>Entries whose names become part of Kubernetes and Pulumi names.</summary>
public sealed class KubernetesEntryAttribute : EntryRuleAttribute
{
    private static readonly TextType Name = TextType.For(typeof(KubernetesName))!;

    public override string Allowed => Name.Allowed;

    public override string Example => "research";

    public override string Pattern => Name.Pattern;

    public override string? Violation(string name) => Name.Parse(name) is null ? $"is not {Name.Noun}" : null;
}
