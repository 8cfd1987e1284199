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

    /// <summary>Refuses parts that contradict each other.</summary>
    /// <exception cref="ArgumentException">Two of them do.</exception>
    internal void Check()
    {
        if (Urn is not null && Others().FirstOrDefault(o => o.IsGiven).Name is { } other) throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Urn)} and {other}");
        var parents = (Parent is null ? 0 : 1) + (ParentUrn is null ? 0 : 1) + (NoParent ? 1 : 0);
        if (parents > 1) throw new ArgumentException($"Only specify one of '{nameof(Parent)}', '{nameof(ParentUrn)}' or '{nameof(NoParent)}' in an {nameof(Alias)}");
    }

    private IEnumerable<(string? Name, bool IsGiven)> Others() =>
    [
        (nameof(Name), Name is not null), (nameof(Type), Type is not null), (nameof(Project), Project is not null), (nameof(Stack), Stack is not null),
        (nameof(Parent), Parent is not null), (nameof(ParentUrn), ParentUrn is not null), (nameof(NoParent), NoParent),
    ];
}
