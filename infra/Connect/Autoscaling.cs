namespace Infra.Connect;

/// <summary>How many pods there may be and when there should be more.</summary>
/// <param name="Minimum">Fewest pods, at least 1; 2 to survive the loss of a node.</param>
/// <param name="Maximum">Most pods, at least <paramref name="Minimum"/>.</param>
/// <param name="CpuPercent">Share of the requested processor time that the pods should use on average, in percent.</param>
public sealed record Autoscaling(int Minimum, int Maximum, int CpuPercent = 70);
