using System.Collections.Immutable;
using Pulumi;

namespace Infra.Accounts;

/// <summary>Which AWS region is used, and how its resources are marked.</summary>
public sealed class AwsAccountArgs : ResourceArgs
{
    public required AwsRegion Region { get; init; }

    /// <summary>Accounts in which the program may run; with any other credentials the provider refuses. Default: every account.</summary>
    public ImmutableArray<string> AllowedAccountIds { get; init; } = [];

    /// <summary>Tags of every resource, among them the stack they belong to.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }
}
