using System.Collections.Immutable;

namespace Infra.Tower;

/// <summary>One permission of the launcher: resources of one API group and why the launcher needs them.</summary>
public sealed record LauncherRule(string ApiGroup, ImmutableArray<string> Resources, string Reason);
