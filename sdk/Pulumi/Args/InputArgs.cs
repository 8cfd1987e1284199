using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A class whose marked members are inputs.</summary>
public abstract class InputArgs
{
    protected InputArgs()
    {
    }

    /// <summary>The members with their names on the wire, and what they hold.</summary>
    internal virtual IReadOnlyList<KeyValuePair<string, object?>> Members() => InputMembers.Read(this);
}
