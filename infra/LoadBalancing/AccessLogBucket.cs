using Infra.Accounts;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.S3;
using Pulumi.Aws.S3.Inputs;

namespace Infra.LoadBalancing;

/// <summary>
/// A bucket into which Application Load Balancers of the account write a line for each request. It honours <see cref="AccessLogBucketArgs.Kept"/>.
/// </summary>
public sealed class AccessLogBucket : ComponentResource
{
    private const string Token = "platform:loadBalancing:AccessLogBucket";

    /// <summary>Name of the bucket; resolves when balancers may write into it, which they try as soon as they are told its name.</summary>
    [Output("bucketName")]
    public Output<string> BucketName { get; private set; }

    public AccessLogBucket(string name, AccessLogBucketArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var physicalName = args.Account.AccountId.Apply(account => $"{args.NamePrefix}-{account}");
        var bucket = new Bucket(
            name,
            new BucketArgs { BucketName = physicalName, ForceDestroy = !args.Kept },
            Child(args));
        var closed = new BucketPublicAccessBlock(
            $"{name}-closed",
            new BucketPublicAccessBlockArgs
            {
                Bucket = bucket.BucketName,
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            Child(args));
        new BucketServerSideEncryptionConfiguration(
            $"{name}-encryption",
            new Pulumi.Aws.S3.BucketServerSideEncryptionConfigurationArgs
            {
                Bucket = bucket.BucketName,
                Rules =
                {
                    new BucketServerSideEncryptionConfigurationRuleArgs
                    {
                        // The only encryption that balancers can write with (Elastic Load Balancing user guide, "Enable access logs").
                        ApplyServerSideEncryptionByDefault =
                            new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs { SseAlgorithm = "AES256" },
                    },
                },
            },
            Child(args));
        new BucketLifecycleConfiguration($"{name}-lifecycle", Lifecycle(bucket, args.RetentionInDays), Child(args));
        var policy = new BucketPolicy(
            $"{name}-policy",
            new BucketPolicyArgs
            {
                Bucket = bucket.BucketName,
                Policy = Output.Tuple(physicalName, args.Account.AccountId).Apply(known =>
                    AccessLogPolicies.Bucket(args.Account.Region.Partition, known.Item1, args.Prefix, known.Item2).ToJson()),
            },
            // S3 takes one change of what a bucket lets in at a time.
            new CustomResourceOptions { Parent = this, RetainOnDelete = args.Kept, DependsOn = { closed } });
        BucketName = policy.Bucket;
        RegisterOutputs();
    }

    // Logs are kept, and stand in nobody's way: who wants no more of them leaves the bucket behind. What makes it what it is stays with it.
    private CustomResourceOptions Child(AccessLogBucketArgs args) => new() { Parent = this, RetainOnDelete = args.Kept };

    private static BucketLifecycleConfigurationArgs Lifecycle(Bucket bucket, int days) => new()
    {
        Bucket = bucket.BucketName,
        Rules =
        {
            new BucketLifecycleConfigurationRuleArgs
            {
                Id = "expire",
                Status = "Enabled",
                Filter = new BucketLifecycleConfigurationRuleFilterArgs(),
                Expiration = new BucketLifecycleConfigurationRuleExpirationArgs { Days = days },
                AbortIncompleteMultipartUpload = new BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs { DaysAfterInitiation = 1 },
            },
        },
    };
}

/// <summary>What the bucket is called, and how long it keeps what is written.</summary>
public sealed class AccessLogBucketArgs : ResourceArgs
{
    public const int DefaultRetentionInDays = 90;
    public required AwsAccount Account { get; init; }

    /// <summary>What its name begins with; the number of the account follows, because buckets of all accounts share one space of names.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>What the names of the files begin with, before <c>AWSLogs</c>. Default nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Days that files are kept. Default 90.</summary>
    public int RetentionInDays { get; init; } = DefaultRetentionInDays;

    /// <summary>Keep the bucket when it leaves the program; otherwise it goes with all that is in it. Default false.</summary>
    public bool Kept { get; init; }
}

/// <summary>Where a balancer writes its log.</summary>
/// <param name="Bucket">A bucket whose policy lets balancers write, in their region.</param>
/// <param name="Prefix">What the names of the files begin with, before <c>AWSLogs</c>; empty for nothing.</param>
public sealed record AccessLogs(Output<string> Bucket, string Prefix);

/// <summary>Who writes into a bucket of access logs.</summary>
public static class AccessLogPolicies
{
    // The accounts of single regions that older policies name are not needed any more, and newer regions never had one
    // (Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer", read 2026-11-26).
    private const string Writer = "logdelivery.elasticloadbalancing.amazonaws.com";

    public static PolicyDocument Bucket(string partition, string bucket, string prefix, string accountId)
    {
        var arn = $"arn:{partition}:s3:::{bucket}";
        var below = prefix.Length == 0 ? "" : $"{prefix}/";
        return new PolicyDocument(
            new PolicyStatement("BalancersWrite", ["s3:PutObject"])
            {
                Principal = PolicyPrincipal.Service(Writer),
                // With the account's number, so that balancers of others cannot fill the bucket.
                Resources = [$"{arn}/{below}AWSLogs/{accountId}/*"],
            },
            new PolicyStatement("EncryptedTransport", ["s3:*"])
            {
                Denies = true,
                Principal = PolicyPrincipal.Aws("*"),
                Resources = [arn, $"{arn}/*"],
                Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
            });
    }
}
