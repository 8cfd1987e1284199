using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>What the AWS Load Balancer Controller may do: its vendor's statements, as data.</summary>
/// <remarks>
/// Source: kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json at tag v3.5.0: sixteen statements without ids.
/// A new chart version means comparing this file with the policy at the chart's tag (<see cref="AppVersion"/> ties the two).
/// </remarks>
public static class LoadBalancerControllerPolicy
{
    /// <summary>Version of the controller that the statements belong to; the chart of the same version installs it.</summary>
    public const string AppVersion = "3.5.0";

    private const string ClusterTagOfRequest = "aws:RequestTag/elbv2.k8s.aws/cluster";
    private const string ClusterTagOfResource = "aws:ResourceTag/elbv2.k8s.aws/cluster";

    private static readonly ImmutableArray<string> Everything = ["*"];
    private static readonly PolicyCondition TaggedResource = new("Null", ClusterTagOfResource, "false");
    private static readonly PolicyCondition TaggedRequest = new("Null", ClusterTagOfRequest, "false");
    private static readonly PolicyCondition UntouchedTag = new("Null", ClusterTagOfRequest, "true");

    public static PolicyDocument Document(string partition) => new([.. Reading(), .. SecurityGroups(partition), .. LoadBalancers(partition)]);

    private static IEnumerable<PolicyStatement> Reading() =>
    [
        new(null, ["iam:CreateServiceLinkedRole"])
        {
            Resources = Everything,
            Conditions = [new PolicyCondition("StringEquals", "iam:AWSServiceName", "elasticloadbalancing.amazonaws.com")],
        },
        new(
            null,
            [
                "ec2:DescribeAccountAttributes",
                "ec2:DescribeAddresses",
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeCoipPools",
                "ec2:DescribeInstances",
                "ec2:DescribeInternetGateways",
                "ec2:DescribeIpamPools",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeTags",
                "ec2:DescribeVpcPeeringConnections",
                "ec2:DescribeVpcs",
                "ec2:GetCoipPoolUsage",
                "ec2:GetSecurityGroupsForVpc",
                "elasticloadbalancing:DescribeCapacityReservation",
                "elasticloadbalancing:DescribeListenerAttributes",
                "elasticloadbalancing:DescribeListenerCertificates",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeSSLPolicies",
                "elasticloadbalancing:DescribeTags",
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
                "elasticloadbalancing:DescribeTrustStores",
            ])
        {
            Resources = Everything,
        },
        new(
            null,
            [
                "acm:DescribeCertificate",
                "acm:ListCertificates",
                "cognito-idp:DescribeUserPoolClient",
                "iam:GetServerCertificate",
                "iam:ListServerCertificates",
                "shield:CreateProtection",
                "shield:DeleteProtection",
                "shield:DescribeProtection",
                "shield:GetSubscriptionState",
                "waf-regional:AssociateWebACL",
                "waf-regional:DisassociateWebACL",
                "waf-regional:GetWebACL",
                "waf-regional:GetWebACLForResource",
                "wafv2:AssociateWebACL",
                "wafv2:DisassociateWebACL",
                "wafv2:GetWebACL",
                "wafv2:GetWebACLForResource",
            ])
        {
            Resources = Everything,
        },
    ];

    private static IEnumerable<PolicyStatement> SecurityGroups(string partition)
    {
        ImmutableArray<string> groups = [$"arn:{partition}:ec2:*:*:security-group/*"];
        return
        [
            new(null, ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]) { Resources = Everything },
            new(null, ["ec2:CreateSecurityGroup"]) { Resources = Everything },
            new(null, ["ec2:CreateTags"])
            {
                Resources = groups,
                Conditions = [new PolicyCondition("StringEquals", "ec2:CreateAction", "CreateSecurityGroup"), TaggedRequest],
            },
            new(null, ["ec2:CreateTags", "ec2:DeleteTags"]) { Resources = groups, Conditions = [UntouchedTag, TaggedResource] },
            new(null, ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"])
            {
                Resources = Everything,
                Conditions = [TaggedResource],
            },
        ];
    }

    private static IEnumerable<PolicyStatement> LoadBalancers(string partition)
    {
        var balancing = $"arn:{partition}:elasticloadbalancing:*:*";
        ImmutableArray<string> balancers = [$"{balancing}:targetgroup/*/*", $"{balancing}:loadbalancer/net/*/*", $"{balancing}:loadbalancer/app/*/*"];
        ImmutableArray<string> listeners =
        [
            $"{balancing}:listener/net/*/*/*", $"{balancing}:listener/app/*/*/*",
            $"{balancing}:listener-rule/net/*/*/*", $"{balancing}:listener-rule/app/*/*/*",
        ];

        return
        [
            new(null, ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"])
            {
                Resources = Everything,
                Conditions = [TaggedRequest],
            },
            new(
                null,
                [
                    "elasticloadbalancing:CreateListener",
                    "elasticloadbalancing:CreateRule",
                    "elasticloadbalancing:DeleteListener",
                    "elasticloadbalancing:DeleteRule",
                ])
            {
                Resources = Everything,
            },
            new(null, ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"])
            {
                Resources = balancers,
                Conditions = [UntouchedTag, TaggedResource],
            },
            new(null, ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]) { Resources = listeners },
            new(
                null,
                [
                    "elasticloadbalancing:DeleteLoadBalancer",
                    "elasticloadbalancing:DeleteTargetGroup",
                    "elasticloadbalancing:ModifyCapacityReservation",
                    "elasticloadbalancing:ModifyIpPools",
                    "elasticloadbalancing:ModifyListenerAttributes",
                    "elasticloadbalancing:ModifyLoadBalancerAttributes",
                    "elasticloadbalancing:ModifyTargetGroup",
                    "elasticloadbalancing:ModifyTargetGroupAttributes",
                    "elasticloadbalancing:SetIpAddressType",
                    "elasticloadbalancing:SetSecurityGroups",
                    "elasticloadbalancing:SetSubnets",
                ])
            {
                Resources = Everything,
                Conditions = [TaggedResource],
            },
            new(null, ["elasticloadbalancing:AddTags"])
            {
                Resources = balancers,
                Conditions =
                [
                    new PolicyCondition("StringEquals", "elasticloadbalancing:CreateAction", "CreateTargetGroup", "CreateLoadBalancer"),
                    TaggedRequest,
                ],
            },
            new(null, ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"]) { Resources = [$"{balancing}:targetgroup/*/*"] },
            new(
                null,
                [
                    "elasticloadbalancing:AddListenerCertificates",
                    "elasticloadbalancing:ModifyListener",
                    "elasticloadbalancing:ModifyRule",
                    "elasticloadbalancing:RemoveListenerCertificates",
                    "elasticloadbalancing:SetRulePriorities",
                    "elasticloadbalancing:SetWebAcl",
                ])
            {
                Resources = Everything,
            },
        ];
    }
}
