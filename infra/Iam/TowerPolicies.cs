using System.Collections.Immutable;

namespace Infra.Iam;

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
