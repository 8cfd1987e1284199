using Infra.Studios;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>Keys of studio templates, which become the middle of variable names that the Platform splits at underscores.</summary>
public sealed class TemplateKeyAttribute : EntryRuleAttribute
{
    public override string Allowed => "upper-case letters and digits, parts joined by single hyphens, starting with a letter, without underscores";

    public override string Example => "JUPYTER-GPU";

    public override string Pattern => "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$";

    public override string? Violation(string name) => (name.Contains('_'), StudioTemplate.IsKey(name)) switch
    {
        (true, _) => "is not free of underscores",
        (_, false) => "is not the key of a template",
        _ => null,
    };
}
