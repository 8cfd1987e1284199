namespace Stacks.Settings.Declaring;

/// <summary>What the keys of a map may be: the operator's names for its entries.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class EntryRuleAttribute : Attribute
{
    public abstract string Allowed { get; }

    public abstract string Example { get; }

    /// <summary>The form for editors.</summary>
    public abstract string Pattern { get; }

    /// <summary>What is wrong with a name, as a clause that does not repeat it; null if it passes.</summary>
    public abstract string? Violation(string name);
}
