using System.Collections.Immutable;
using Pulumi;

namespace Infra.Accounts;

/// <summary>Which Google Cloud project and region are used, and how their resources are marked.</summary>
public sealed class GcpProjectArgs : ResourceArgs
{
    /// <summary>Id of the project, not its name or number.</summary>
    public required string ProjectId { get; init; }

    public required GcpRegion Region { get; init; }

    /// <summary>APIs that must be on, as <c>container.googleapis.com</c>; they stay on when the stack goes, because others may use them.</summary>
    public required ImmutableSortedSet<string> Services { get; init; }

    /// <summary>Labels of every resource, among them the stack they belong to.</summary>
    public required ImmutableDictionary<string, string> Labels { get; init; }
}
