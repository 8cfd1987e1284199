using System.Collections.Immutable;
using Infra.Iam;

namespace Infra.Scaling;

/// <summary>What Karpenter may do: its vendor's statements, as data, bound to one cluster by the tags that Karpenter gives to all it makes.</summary>
/// <remarks>
/// Source: aws/karpenter-provider-aws, website/content/en/v1.14/getting-started/getting-started-with-karpenter/cloudformation.yaml, six policies whose
/// statements are one document here. Left out are the three statements with which it would make instance profiles: this program makes the one there is.
/// A new chart version means comparing this file with the same file of that version (<see cref="AppVersion"/> ties the two).
/// </remarks>
public static class KarpenterPolicy
{
    /// <summary>Version of the controller that the statements belong to; the charts of the same version install it.</summary>
    public const string AppVersion = "1.14.0";

    private static readonly ImmutableArray<string> Everything = ["*"];

    /// <summary>Everything but handing a role to instances.</summary>
    /// <param name="place">Where the cluster stands.</param>
    /// <param name="clusterName">Name of the cluster.</param>
    /// <param name="queueArn">Queue with what happens to instances.</param>
    public static PolicyDocument Document(KarpenterPlace place, string clusterName, string queueArn) => new(
        [.. Instances(place, clusterName), .. Discovery(place, clusterName), Interruptions(queueArn)]);

    /// <summary>Hands the nodes' role to instances. A document of its own, because only AWS knows the role's ARN and the rest can be read in a plan.</summary>
    public static PolicyDocument PassRole(string nodeRoleArn) => new(
        new PolicyStatement("AllowPassingInstanceRole", ["iam:PassRole"])
        {
            Resources = [nodeRoleArn],
            Conditions = [new PolicyCondition("StringEquals", "iam:PassedToService", "ec2.amazonaws.com")],
        });

    /// <summary>Who may write into the queue: rules of EventBridge in the account, and nobody without TLS.</summary>
    /// <remarks>The rule of EventBridge's user guide, "Using resource-based policies", in place of the vendor's statement without a condition.</remarks>
    public static PolicyDocument Queue(KarpenterPlace place, string queueArn) => new(
        new PolicyStatement("Events", ["sqs:SendMessage"])
        {
            Principal = PolicyPrincipal.Service("events.amazonaws.com"),
            Resources = [queueArn],
            Conditions = [new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:{place.Partition}:events:{place.Region}:{place.AccountId}:rule/*")],
        },
        new PolicyStatement("DenyHTTP", ["sqs:*"])
        {
            Denies = true,
            Principal = PolicyPrincipal.Aws("*"),
            Resources = [queueArn],
            Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
        });

    private static IEnumerable<PolicyStatement> Instances(KarpenterPlace place, string clusterName)
    {
        ImmutableArray<string> launch = ["ec2:RunInstances", "ec2:CreateFleet"];
        ImmutableArray<string> made = place.Ec2("fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request");
        var owned = new PolicyCondition("StringEquals", $"aws:ResourceTag/kubernetes.io/cluster/{clusterName}", "owned");
        var ofPool = new PolicyCondition("StringLike", "aws:ResourceTag/karpenter.sh/nodepool", "*");
        ImmutableArray<PolicyCondition> asked =
        [
            new("StringEquals", $"aws:RequestTag/kubernetes.io/cluster/{clusterName}", "owned"),
            new("StringEquals", "aws:RequestTag/eks:eks-cluster-name", clusterName),
            new("StringLike", "aws:RequestTag/karpenter.sh/nodepool", "*"),
        ];
        return
        [
            new("AllowScopedEC2InstanceAccessActions", launch)
            {
                Resources =
                [
                    .. place.PublicEc2("image", "snapshot"),
                    .. place.Ec2("security-group", "subnet", "capacity-reservation", "placement-group"),
                ],
            },
            new("AllowScopedEC2LaunchTemplateAccessActions", launch) { Resources = place.Ec2("launch-template"), Conditions = [owned, ofPool] },
            new("AllowScopedEC2InstanceActionsWithTags", [.. launch, "ec2:CreateLaunchTemplate"]) { Resources = made, Conditions = asked },
            new("AllowScopedResourceCreationTagging", ["ec2:CreateTags"])
            {
                Resources = made,
                Conditions = [.. asked, new("StringEquals", "ec2:CreateAction", "RunInstances", "CreateFleet", "CreateLaunchTemplate")],
            },
            new("AllowScopedResourceTagging", ["ec2:CreateTags"])
            {
                Resources = place.Ec2("instance"),
                Conditions =
                [
                    owned,
                    ofPool,
                    new("StringEqualsIfExists", "aws:RequestTag/eks:eks-cluster-name", clusterName),
                    new("ForAllValues:StringEquals", "aws:TagKeys", "eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"),
                ],
            },
            new("AllowScopedDeletion", ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"])
            {
                Resources = place.Ec2("instance", "launch-template"),
                Conditions = [owned, ofPool],
            },
        ];
    }

    private static IEnumerable<PolicyStatement> Discovery(KarpenterPlace place, string clusterName)
    {
        var clusterArn = $"arn:{place.Partition}:eks:{place.Region}:{place.AccountId}:cluster/{clusterName}";
        return
        [
            new("AllowAPIServerEndpointDiscovery", ["eks:DescribeCluster"]) { Resources = [clusterArn] },
            new("AllowZonalShiftStatusReadOnly", ["arc-zonal-shift:GetManagedResource"])
            {
                Resources = Everything,
                Conditions = [new PolicyCondition("StringEquals", "arc-zonal-shift:ResourceIdentifier", clusterArn)],
            },
            new(
                "AllowRegionalReadActions",
                [
                    "ec2:DescribeCapacityReservations",
                    "ec2:DescribeImages",
                    "ec2:DescribeInstances",
                    "ec2:DescribeInstanceStatus",
                    "ec2:DescribeInstanceTypeOfferings",
                    "ec2:DescribeInstanceTypes",
                    "ec2:DescribeLaunchTemplates",
                    "ec2:DescribePlacementGroups",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSpotPriceHistory",
                    "ec2:DescribeSubnets",
                ])
            {
                Resources = Everything,
                Conditions = [new PolicyCondition("StringEquals", "aws:RequestedRegion", place.Region)],
            },
            new("AllowSSMReadActions", ["ssm:GetParameter"]) { Resources = [$"arn:{place.Partition}:ssm:{place.Region}::parameter/aws/service/*"] },
            new("AllowPricingReadActions", ["pricing:GetProducts"]) { Resources = Everything },
            new("AllowUnscopedInstanceProfileListAction", ["iam:ListInstanceProfiles"]) { Resources = Everything },
            new("AllowInstanceProfileReadActions", ["iam:GetInstanceProfile"])
            {
                Resources = [$"arn:{place.Partition}:iam::{place.AccountId}:instance-profile/*"],
            },
        ];
    }

    private static PolicyStatement Interruptions(string queueArn) =>
        new("AllowInterruptionQueueActions", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]) { Resources = [queueArn] };
}

/// <summary>Where a cluster stands, as ARNs spell it.</summary>
/// <param name="Partition">Partition of the region.</param>
/// <param name="Region">Region.</param>
/// <param name="AccountId">Twelve digits.</param>
public sealed record KarpenterPlace(string Partition, string Region, string AccountId)
{
    internal ImmutableArray<string> Ec2(params ImmutableArray<string> kinds) => [.. kinds.Select(kind => $"arn:{Partition}:ec2:{Region}:*:{kind}/*")];

    // Images and snapshots of Amazon belong to no account.
    internal ImmutableArray<string> PublicEc2(params ImmutableArray<string> kinds) => [.. kinds.Select(kind => $"arn:{Partition}:ec2:{Region}::{kind}/*")];
}
