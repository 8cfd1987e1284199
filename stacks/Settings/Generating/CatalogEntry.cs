using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Generating;

/// <summary>One key of the stack file with its place: <c>platform:tower.environments.&lt;name&gt;.namespace</c>.</summary>
/// <param name="At">The path, with a placeholder for the operator's own names.</param>
/// <param name="Setting">The declaration.</param>
/// <param name="Owner">The record that it is a key of.</param>
public sealed record CatalogEntry(SettingPath At, SettingDeclaration Setting, RecordDeclaration Owner)
{
    /// <summary>Whether the value is a group of keys, which are listed after it.</summary>
    public bool IsGroup => (Setting.Shape.Item ?? Setting.Shape).Kind == ShapeKind.Record;

    /// <summary>What holds without the key, in the words of the reference page.</summary>
    public string Default => Setting switch
    {
        { IsRequired: true } => "required",
        { Setting.Absent: { } absent } => absent,
        _ when Owner.ExactlyOne.Contains(Setting.Key) => $"one of {string.Join(", ", Owner.ExactlyOne)}",
        _ when Setting.SecretKey is null && Owner.DefaultOf(Setting) is { } value => Setting.Shape.Kind == ShapeKind.Record ? "the defaults of its keys" : SettingText.Of(value),
        _ => "none",
    };
}
