namespace Bench;

/// <summary>One row of the result: a figure, what it may be at most or must be at least, and whether it is.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The measured figure with its unit.</param>
/// <param name="Limit">The budget (docs/performance.md) with its unit.</param>
/// <param name="Held">Whether the figure is inside it; null where nothing could be measured.</param>
internal sealed record Budget(string What, string Figure, string Limit, bool? Held);
