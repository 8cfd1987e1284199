using System.Collections.Immutable;

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
            [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ])
        {
            Resources = [keyArn],
        });

    /// <summary>
    /// The control plane makes no log group: it writes for a while after its group was deleted, and would make another, which is kept for ever
    /// (terraform-aws-eks #920).
    /// </summary>
    public static PolicyDocument NoLogGroup() => new(new PolicyStatement("NoLogGroup", ["logs:CreateLogGroup"]) { Denies = true, Resources = ["*"] });

    /// <summary>
    /// EKS Auto Mode gives tags of ours to what it launches: the managed policies admit its own alone (EKS user guide, "Custom AWS tags for EKS Auto
    /// resources").
    /// </summary>
    public static PolicyDocument AutoModeTags()
    {
        var ofCluster = new PolicyCondition("StringEquals", "aws:RequestTag/eks:eks-cluster-name", "${aws:PrincipalTag/eks:eks-cluster-name}");
        return new PolicyDocument(
            new PolicyStatement("Compute", ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"])
            {
                Resources = ["*"],
                Conditions =
                [
                    ofCluster,
                    new PolicyCondition("StringLike", "aws:RequestTag/eks:kubernetes-node-class-name", "*"),
                    new PolicyCondition("StringLike", "aws:RequestTag/eks:kubernetes-node-pool-name", "*"),
                ],
            },
            new PolicyStatement("Networking", ["ec2:CreateNetworkInterface"])
            {
                Resources = ["*"],
                Conditions = [ofCluster, new PolicyCondition("StringLike", "aws:RequestTag/eks:kubernetes-cni-node-name", "*")],
            });
    }

    /// <summary>Writes VPC flow logs to one log group.</summary>
    public static PolicyDocument FlowLogs(string logGroupArn) => new(
        new PolicyStatement(
            "FlowLogs",
            ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"])
        {
            Resources = [logGroupArn, $"{logGroupArn}:*"],
        });

    /// <summary>
    /// Cluster Autoscaler: reads everything it plans with, changes only groups tagged as this cluster's (project documentation, "AWS, full feature policy").
    /// </summary>
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

/// <summary>Who may use buckets, and how.</summary>
public static class StoragePolicies
{
    /// <summary>What Fusion does in the buckets of work directories (Seqera docs 26.1, "Amazon EKS", Fusion).</summary>
    /// <param name="bucketArns">The buckets.</param>
    public static PolicyDocument WorkDirectories(ImmutableArray<string> bucketArns) => new(
        new PolicyStatement("List", ["s3:ListBucket"]) { Resources = bucketArns },
        new PolicyStatement("Objects", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging"])
        {
            Resources = [.. bucketArns.Select(arn => $"{arn}/*")],
        });
}

/// <summary>What the Seqera Platform's own credentials may do in AWS.</summary>
public static class TowerPolicies
{
    /// <summary>
    /// Finds the cluster and connects to it. The vendor's statement <c>TowerEks0</c> allows both actions on everything;
    /// listing cannot be narrowed, describing can (Seqera docs 26.1, "Amazon EKS", required permissions).
    /// </summary>
    public static PolicyDocument Clusters(string clusterArn) => new(
        new PolicyStatement("TowerEks0", ["eks:ListClusters"]) { Resources = ["*"] },
        new PolicyStatement("TowerEks1", ["eks:DescribeCluster"]) { Resources = [clusterArn] });

    /// <summary>As <see cref="Clusters"/>, and browses the buckets of work directories in the Platform's forms.</summary>
    public static PolicyDocument ClustersAndBuckets(string clusterArn, ImmutableArray<string> bucketArns) => bucketArns.IsEmpty
        ? Clusters(clusterArn)
        : new PolicyDocument(
        [
            .. Clusters(clusterArn).Statements,
            new PolicyStatement("TowerS3List", ["s3:ListAllMyBuckets"]) { Resources = ["*"] },
            new PolicyStatement("TowerS3Buckets", ["s3:GetBucketLocation", "s3:ListBucket"]) { Resources = bucketArns },
            new PolicyStatement("TowerS3Objects", ["s3:GetObject"]) { Resources = [.. bucketArns.Select(arn => $"{arn}/*")] },
        ]);
}
