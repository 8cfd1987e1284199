using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A class whose marked members are inputs.</summary>
public abstract class InputArgs
{
    protected InputArgs()
    {
    }

    /// <summary>The members with their names on the wire, and what they hold.</summary>
    internal virtual KeyValuePair<string, object?>[] Members() => InputMembers.Read(this);
}

/// <summary>The arguments of a resource, or of an object inside them.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly ResourceArgs Empty = new NoArgs();

    protected ResourceArgs()
    {
    }

    private sealed class NoArgs : ResourceArgs;
}

/// <summary>Arguments given by their names on the wire.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes arguments by their names on the wire.</summary>
    /// <exception cref="InvalidOperationException">A value is of a type that no answer of the engine converts to either.</exception>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        ValueConverter.CheckValues(nameof(dictionary), dictionary.Values);
        _dictionary = dictionary;
    }

    internal override KeyValuePair<string, object?>[] Members() => [.. _dictionary];
}

/// <summary>The arguments of a provider's function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly InvokeArgs Empty = new NoArgs();

    protected InvokeArgs()
    {
    }

    private sealed class NoArgs : InvokeArgs;
}

/// <summary>Arguments given by their names on the wire.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes arguments by their names on the wire.</summary>
    /// <exception cref="InvalidOperationException">A value is of a type that no answer of the engine converts to either.</exception>
    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary)
    {
        ValueConverter.CheckValues(nameof(dictionary), dictionary.Values);
        _dictionary = dictionary;
    }

    internal override KeyValuePair<string, object?>[] Members() => [.. _dictionary];
}

/// <summary>The arguments of a resource's method.</summary>
public abstract class CallArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly CallArgs Empty = new NoArgs();

    protected CallArgs()
    {
    }

    private sealed class NoArgs : CallArgs;
}
