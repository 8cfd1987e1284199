using System.Collections.Immutable;

namespace Infra.Iam;

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
