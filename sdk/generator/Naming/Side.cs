namespace Generator.Naming;

/// <summary>Which of its several classes a named type shows in a place.</summary>
public enum Side
{
    /// <summary>Arguments of a resource.</summary>
    Args,

    /// <summary>The state by which an existing resource is read.</summary>
    State,

    /// <summary>Arguments of a function that may be outputs.</summary>
    InvokeArgs,

    /// <summary>Arguments of a function that are plain values.</summary>
    PlainArgs,

    /// <summary>An output of a resource.</summary>
    Output,

    /// <summary>A result of a function.</summary>
    Result,
}
