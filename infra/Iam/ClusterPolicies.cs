namespace Infra.Iam;

/// <summary>What the roles of a cluster and its add-ons may do beyond the policies that AWS manages.</summary>
public static class ClusterPolicies
{
    /// <summary>The control plane encrypts Kubernetes Secrets with the key.</summary>
    public static PolicyDocument SecretsEncryption(string keyArn) => new(
        new PolicyStatement("SecretsEncryption", ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"]) { Resources = [keyArn] });

    /// <summary>The EBS CSI driver makes volumes that are encrypted with the key (EKS user guide, "Amazon EBS CSI driver", step for customer keys).</summary>
    public static PolicyDocument VolumeEncryption(string keyArn) => new(
        new PolicyStatement("Grants", ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"])
        {
            Resources = [keyArn],
            Conditions = [new PolicyCondition("Bool", "kms:GrantIsForAWSResource", "true")],
        },
        new PolicyStatement(
            "Volumes",
            ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"])
        {
            Resources = [keyArn],
        });

    /// <summary>Writes VPC flow logs to one log group.</summary>
    public static PolicyDocument FlowLogs(string logGroupArn) => new(
        new PolicyStatement(
            "FlowLogs",
            ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"])
        {
            Resources = [logGroupArn, $"{logGroupArn}:*"],
        });

    /// <summary>Cluster Autoscaler: reads everything it plans with, changes only groups tagged as this cluster's (project documentation, "AWS, full feature policy").</summary>
    public static PolicyDocument ClusterAutoscaler(string clusterName, string clusterArn) => new(
        new PolicyStatement(
            "Read",
            [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "autoscaling:DescribeTags",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements",
            ])
        {
            Resources = ["*"],
        },
        new PolicyStatement("NodeGroups", ["eks:DescribeNodegroup"]) { Resources = [NodeGroupsOf(clusterArn)] },
        new PolicyStatement("Scale", ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"])
        {
            Resources = ["*"],
            Conditions = [new PolicyCondition("StringEquals", $"aws:ResourceTag/k8s.io/cluster-autoscaler/{clusterName}", "owned")],
        });

    // arn:aws:eks:eu-west-1:123456789012:cluster/name -> arn:aws:eks:eu-west-1:123456789012:nodegroup/name/*/*
    private static string NodeGroupsOf(string clusterArn) => $"{clusterArn.Replace(":cluster/", ":nodegroup/", StringComparison.Ordinal)}/*/*";
}
