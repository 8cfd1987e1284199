namespace Pulumi;

/// <summary>A name that a resource had before: a whole URN, or the parts that differ from today's.</summary>
public sealed class Alias
{
    /// <summary>The whole former URN; excludes every other part.</summary>
    public string? Urn { get; set; }

    public Input<string>? Name { get; set; }

    public Input<string>? Type { get; set; }

    public Input<string>? Stack { get; set; }

    public Input<string>? Project { get; set; }

    public Resource? Parent { get; set; }

    public Input<string>? ParentUrn { get; set; }

    /// <summary>Whether the resource had no parent but the stack.</summary>
    public bool NoParent { get; set; }
}
