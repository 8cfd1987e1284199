using System.Collections.Immutable;
using Infra.Accounts;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Where in AWS things are made.</summary>
public sealed record AwsSettings
{
    [Setting("Region of everything that this stack makes in AWS.", Example = "eu-west-1")]
    public required AwsRegion Region { get; init; }

    [Setting("Accounts in which this stack may be deployed; with credentials of any other, nothing is touched.", Absent = "every account", Example = "[\"123456789012\"]")]
    [AwsAccountId]
    public ImmutableArray<string> AccountIds { get; init; } = [];

    [Setting("Tags of every AWS resource, beside those that name the project and the stack.", Absent = "none", Example = "{ costCenter: research }")]
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
