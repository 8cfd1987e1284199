namespace Infra.Networks;

/// <summary>One thing that is wrong with the addresses of a GKE cluster.</summary>
/// <param name="Range">Which of <see cref="GkeAddressPlan"/>'s ranges, by property name.</param>
/// <param name="What">What is wrong, one clause without the value.</param>
/// <param name="Allowed">What the range may be.</param>
/// <param name="Fix">A value that would do.</param>
public sealed record GkeAddressProblem(string Range, string What, string Allowed, string Fix);
