namespace Stacks.Settings.Declaring;

/// <summary>
/// Declares a property of a settings record as a key of the stack file. The property says the rest: its type is the type, <c>required</c> means required,
/// its initializer is the default, the rule attributes beside it are what is allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>One sentence for the reference page and the editor.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>A value to copy, as it is written in the stack file.</summary>
    public string? Example { get; set; }

    /// <summary>What happens without a value, where the default is behaviour and no value.</summary>
    public string? Absent { get; set; }
}
