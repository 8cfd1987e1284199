namespace Pulumi;

/// <summary>An input whose type of value is not known at compile time.</summary>
internal interface IInput
{
    /// <summary>What was given, as it travels: a plain value, an output, or the elements of a list or a map as inputs of their own.</summary>
    object? Content { get; }

    /// <summary>The whole value as one output.</summary>
    IOutput Flatten();
}
