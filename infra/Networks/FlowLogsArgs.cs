using Pulumi;

namespace Infra.Networks;

/// <summary>Which VPC is recorded, and for how long.</summary>
public sealed class FlowLogsArgs : ResourceArgs
{
    public required Input<string> VpcId { get; init; }

    /// <summary>Last part of the log group's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Key that encrypts the log group; null for CloudWatch's own.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Days, one of CloudWatch's values.</summary>
    public required int RetentionInDays { get; init; }
}
