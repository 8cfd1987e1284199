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
        if (Urn is not null && Others().FirstOrDefault(option => option.IsGiven).Name is { } other)
        {
            throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Urn)} and {other}");
        }
        var parents = (Parent is null ? 0 : 1) + (ParentUrn is null ? 0 : 1) + (NoParent ? 1 : 0);
        if (parents > 1)
        {
            throw new ArgumentException($"Only specify one of '{nameof(Parent)}', '{nameof(ParentUrn)}' or '{nameof(NoParent)}' in an {nameof(Alias)}");
        }
    }

    internal static Alias OfMessage(Pulumirpc.Alias message)
    {
        if (message.AliasCase != Pulumirpc.Alias.AliasOneofCase.Spec)
        {
            return new Alias { Urn = message.Urn };
        }
        var spec = message.Spec;
        return new Alias
        {
            Name = Given(spec.Name),
            Type = Given(spec.Type),
            Stack = Given(spec.Stack),
            Project = Given(spec.Project),
            ParentUrn = Given(spec.ParentUrn),
            NoParent = spec.NoParent,
        };
    }

    internal async ValueTask<Pulumirpc.Alias> ToMessageAsync()
    {
        Check();
        if (Urn is not null)
        {
            return new Pulumirpc.Alias { Urn = Urn };
        }
        var spec = new Pulumirpc.Alias.Types.Spec
        {
            Name = await TextAsync(Name),
            Type = await TextAsync(Type),
            Stack = await TextAsync(Stack),
            Project = await TextAsync(Project),
        };
        if (Parent is not null)
        {
            spec.ParentUrn = (await Parent.Urn.Data).Value;
        }
        else if (ParentUrn is not null)
        {
            spec.ParentUrn = await TextAsync(ParentUrn);
        }
        else if (NoParent)
        {
            spec.NoParent = true;
        }
        return new Pulumirpc.Alias { Spec = spec };
    }

    private static Input<string>? Given(string text) => text.Length == 0 ? null : (Input<string>)text;

    private static async ValueTask<string> TextAsync(Input<string>? input)
    {
        if (input is null)
        {
            return "";
        }
        var data = await input.ToOutput().Data;
        return data.IsKnown ? data.Value ?? "" : "";
    }

    private IEnumerable<(string? Name, bool IsGiven)> Others() =>
    [
        (nameof(Name), Name is not null), (nameof(Type), Type is not null), (nameof(Project), Project is not null), (nameof(Stack), Stack is not null),
        (nameof(Parent), Parent is not null), (nameof(ParentUrn), ParentUrn is not null), (nameof(NoParent), NoParent),
    ];
}
