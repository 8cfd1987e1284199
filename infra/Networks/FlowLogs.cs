using Infra.Accounts;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;

namespace Infra.Networks;

/// <summary>A record of every connection in a VPC, in CloudWatch.</summary>
public sealed class FlowLogs : ComponentResource
{
    private const string Token = "platform:networks:FlowLogs";

    // Ten minutes is the provider's default; one shows a scan while it happens.
    private const int AggregationSeconds = 60;

    public FlowLogs(string name, FlowLogsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var group = new LogGroup(
            $"{name}-group",
            new LogGroupArgs { Name = LogGroupName(args.DisplayName), RetentionInDays = args.RetentionInDays, KmsKeyId = args.KeyArn! },
            new CustomResourceOptions { Parent = this });
        var role = AccountRole.Make($"{name}-role", args.Account, TrustPolicies.FlowLogs().ToJson(), "VPC flow logs write to CloudWatch", this);
        var write = new RolePolicy(
            $"{name}-policy",
            new RolePolicyArgs
            {
                Role = role.Name,
                Policy = args.Account.ArnOf("logs", $"log-group:{LogGroupName(args.DisplayName)}").Apply(arn => ClusterPolicies.FlowLogs(arn).ToJson()),
            },
            new CustomResourceOptions { Parent = this });
        new FlowLog(
            name,
            new FlowLogArgs
            {
                VpcId = args.VpcId,
                TrafficType = args.Traffic is FlowLogTraffic.Rejected ? "REJECT" : "ALL",
                LogDestinationType = "cloud-watch-logs",
                LogDestination = group.Arn,
                IamRoleArn = role.Arn,
                MaxAggregationInterval = AggregationSeconds,
            },
            // Without the permission the flow log is made, fails, and stays failed.
            new CustomResourceOptions { Parent = this, DependsOn = { write } });
        RegisterOutputs();
    }

    /// <summary>The name of the log group, which the policy of the encrypting key has to name.</summary>
    public static string LogGroupName(string displayName) => $"/aws/vpc/{displayName}/flow-logs";
}

/// <summary>Which VPC is recorded, and for how long.</summary>
public sealed class FlowLogsArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }
    public required Input<string> VpcId { get; init; }

    /// <summary>Last part of the log group's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Key that encrypts the log group; null for CloudWatch's own.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Which connections are recorded. Default all.</summary>
    public FlowLogTraffic Traffic { get; init; } = FlowLogTraffic.All;

    /// <summary>Days, one of CloudWatch's values.</summary>
    public required int RetentionInDays { get; init; }
}

/// <summary>Which connections of a VPC are recorded.</summary>
public enum FlowLogTraffic
{
    All,

    /// <summary>What security groups and network ACLs refuse: a small part of all.</summary>
    Rejected,

    None,
}
