using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Protocol;

namespace Rehearsal.Graph;

/// <summary>Pulumi's name of a resource: <c>urn:pulumi:stack::project::parentType$type::name</c>.</summary>
/// <remarks>The name may hold <c>::</c>, so parts are split from the left. The root stack's type never enters the chain of types. One text is one object:
/// the state, the program and what depends on a resource name it many times.</remarks>
public sealed record Urn
{
    public const string RootType = "pulumi:pulumi:Stack";

    private const string Prefix = "urn:pulumi:";
    private const string Separator = "::";
    private const char TypeSeparator = '$';

    // More than any stack has; a process that meets more makes the others anew
    private const int MostKept = 100_000;

    private static readonly ConcurrentDictionary<string, Urn> Kept = new(StringComparer.Ordinal);
    private static int _kept;

    private readonly int _project;
    private readonly int _type;
    private readonly int _name;

    private Urn(string value, int project, int type, int name)
    {
        Value = value;
        (_project, _type, _name) = (project, type, name);
    }

    public string Value { get; }

    public string Stack => Value[Prefix.Length..(_project - Separator.Length)];

    public string Project => Value[_project..(_type - Separator.Length)];

    /// <summary>The types of the ancestors and the own one, joined by <c>$</c>.</summary>
    public string QualifiedType => Value[_type..(_name - Separator.Length)];

    /// <summary>Whether the type token begins so; asked of every resource many times.</summary>
    internal bool HasTypePrefix(string prefix) => TypeSpan.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Whether it is the stack itself.</summary>
    internal bool IsRoot => Types.SequenceEqual(RootType);

    /// <summary>The type token.</summary>
    public string Type => QualifiedType is var types && types.LastIndexOf(TypeSeparator) is >= 0 and var last ? types[(last + 1)..] : QualifiedType;

    private ReadOnlySpan<char> Types => Value.AsSpan(_type..(_name - Separator.Length));

    private ReadOnlySpan<char> TypeSpan => Types[(Types.LastIndexOf(TypeSeparator) + 1)..];

    /// <summary>The logical name.</summary>
    public string Name => Value[_name..];

    /// <summary>The URN of a resource below a parent.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="parent">The parent, or null; a root stack adds nothing.</param>
    /// <param name="type">The resource's type token.</param>
    /// <param name="name">The resource's logical name.</param>
    public static Urn Create(string stack, string project, Urn? parent, string type, string name)
    {
        return Parse(parent is null || parent.IsRoot
            ? $"{Prefix}{stack}{Separator}{project}{Separator}{type}{Separator}{name}"
            : $"{Prefix}{stack}{Separator}{project}{Separator}{parent.Types}{TypeSeparator}{type}{Separator}{name}");
    }

    /// <summary>Reads a URN.</summary>
    /// <exception cref="FormatException">The text is no URN.</exception>
    public static Urn Parse(string text) => TryParse(text, out var urn)
        ? urn
        : throw new FormatException($"'{text}' is not a URN: expected urn:pulumi:<stack>::<project>::<type>::<name>");

    public static bool TryParse(string? text, [NotNullWhen(true)] out Urn? urn)
    {
        urn = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }
        if (Kept.TryGetValue(text, out urn))
        {
            return true;
        }
        var project = Next(text, Prefix.Length);
        var type = project < 0 ? -1 : Next(text, project);
        var name = type < 0 ? -1 : Next(text, type);
        if (name < 0 || name - Separator.Length == type)
        {
            return false;
        }
        urn = new Urn(text, project, type, name);
        if (Volatile.Read(ref _kept) < MostKept && Kept.TryAdd(text, urn))
        {
            Interlocked.Increment(ref _kept);
        }
        return true;
    }

    public bool Equals(Urn? other) => ReferenceEquals(this, other) || (other is not null && Value == other.Value);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static int Next(string text, int from)
        => text.IndexOf(Separator, from, StringComparison.Ordinal) is >= 0 and var found ? found + Separator.Length : -1;
}

/// <summary>A provider resource as others name it: its URN and id, joined by <c>::</c>.</summary>
public sealed record ProviderReference(Urn Urn, string Id)
{
    public const string TypePrefix = "pulumi:providers:";

    /// <summary>The id of a provider that does not exist yet.</summary>
    public const string UnknownId = WireSignatures.UnknownString;

    private const string Separator = "::";

    public static bool IsProviderType(string type) => type.StartsWith(TypePrefix, StringComparison.Ordinal);

    public static string PackageOf(string providerType) => providerType[TypePrefix.Length..];

    /// <summary>Whether the engine made this provider itself, as <c>default</c> or <c>default_4_34_2</c>; Pulumi neither shows nor counts those.</summary>
    public static bool IsDefaultProvider(Urn urn)
        => urn.HasTypePrefix(TypePrefix) && (urn.Name == "default" || urn.Name.StartsWith("default_", StringComparison.Ordinal));

    /// <summary>Reads a reference.</summary>
    /// <exception cref="FormatException">The text is no provider reference.</exception>
    public static ProviderReference Parse(string text) => TryParse(text, out var reference)
        ? reference
        : throw new FormatException($"'{text}' is not a provider reference: expected <URN of a {TypePrefix}… resource>::<id>");

    public static bool TryParse(string text, [NotNullWhen(true)] out ProviderReference? reference)
    {
        var last = text.LastIndexOf(Separator, StringComparison.Ordinal);
        reference = last > 0 && Urn.TryParse(text[..last], out var urn) && IsProviderType(urn.Type)
            ? new ProviderReference(urn, text[(last + Separator.Length)..])
            : null;
        return reference is not null;
    }

    public override string ToString() => $"{Urn}{Separator}{Id}";
}
