namespace Rehearsal.Providers;

/// <summary>Something wrong with an input.</summary>
/// <param name="Path">Where: <c>metadata.labels["app"]</c>, <c>rules[0].host</c>.</param>
/// <param name="Reason">What, in words, with the value unless it is secret, and what is allowed.</param>
internal sealed record CheckFailure(string Path, string Reason);
