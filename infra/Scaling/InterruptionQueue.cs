using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Accounts;
using Infra.Manifests;
using Infra.Naming;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Sqs;

namespace Infra.Scaling;

/// <summary>A queue that hears what AWS is about to do to instances, so that Karpenter drains a node before it is taken away.</summary>
public sealed class InterruptionQueue : ComponentResource
{
    private const string Token = "platform:scaling:InterruptionQueue";

    // Five minutes, as the vendor has it: a warning is about the next two.
    private const int RetentionSeconds = 300;

    // Rules of Karpenter's CloudFormation template, version 1.14.
    private static readonly ImmutableArray<(string Role, string Source, string DetailType)> Events =
    [
        ("scheduled-change", "aws.health", "AWS Health Event"),
        ("spot-interruption", "aws.ec2", "EC2 Spot Instance Interruption Warning"),
        ("rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"),
        ("state-change", "aws.ec2", "EC2 Instance State-change Notification"),
        ("capacity-reservation", "aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"),
    ];

    /// <summary>Name of the queue; resolves when it hears everything.</summary>
    [Output("queueName")]
    public Output<string> QueueName { get; private set; }

    /// <summary>Its ARN, put together from account, region and name: for policies, which a plan can then show.</summary>
    public Output<string> PolicyArn { get; }

    public InterruptionQueue(string name, InterruptionQueueArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        PolicyArn = args.Account.ArnOf("sqs", args.QueueName);
        var queue = new Queue(
            name,
            new QueueArgs { Name = args.QueueName, MessageRetentionSeconds = RetentionSeconds, SqsManagedSseEnabled = true },
            new CustomResourceOptions { Parent = this });
        List<Output<string>> ready =
        [
            new QueuePolicy(
                $"{name}-policy",
                new QueuePolicyArgs
                {
                    QueueUrl = queue.Url,
                    Policy = Output.Tuple(args.Place, PolicyArn).Apply(known => KarpenterPolicy.Queue(known.Item1, known.Item2).ToJson()),
                },
                new CustomResourceOptions { Parent = this }).Id,
        ];
        foreach (var (role, source, detailType) in Events)
        {
            var rule = new EventRule(
                $"{name}-{role}",
                new EventRuleArgs { Description = $"{detailType}, for Karpenter", EventPattern = Pattern(source, detailType) },
                new CustomResourceOptions { Parent = this });
            ready.Add(new EventTarget(
                $"{name}-{role}-target", new EventTargetArgs { Rule = rule.Name, Arn = queue.Arn }, new CustomResourceOptions { Parent = this }).Id);
        }

        // The name is known before; what reads it waits for the rules all the same.
        QueueName = queue.Name.After(Output.All(ready));
        RegisterOutputs();
    }

    /// <summary>The name of a cluster's queue, which tells clusters of the region apart as the cluster's own name does.</summary>
    public static string NameFor(string clusterName) => AwsName.For(AwsNameRule.Queue, clusterName, "karpenter");

    private static string Pattern(string source, string detailType) =>
        new JsonObject { ["detail-type"] = new JsonArray(detailType), ["source"] = new JsonArray(source) }.ToJsonString();
}

/// <summary>Where the queue stands and what it is called.</summary>
public sealed class InterruptionQueueArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>The account as ARNs spell it.</summary>
    public required Output<KarpenterPlace> Place { get; init; }

    /// <summary>Physical name, which Karpenter is told.</summary>
    public required string QueueName { get; init; }
}
