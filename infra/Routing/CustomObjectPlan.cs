using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>An object of a kind that the controller brings itself.</summary>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name, which annotations refer to.</param>
/// <param name="Spec">Its specification: texts, numbers, truth values, lists and further maps.</param>
public sealed record CustomObjectPlan(string ApiVersion, string Kind, string Name, ImmutableDictionary<string, object> Spec);
