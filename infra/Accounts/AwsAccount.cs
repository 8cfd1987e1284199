using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Pulumi;
using Pulumi.Aws;
using Pulumi.Aws.Inputs;

namespace Infra.Accounts;

/// <summary>One region of one AWS account: the provider that everything there is made with.</summary>
public sealed class AwsAccount : ComponentResource
{
    private const string Token = "platform:accounts:AwsAccount";

    /// <summary>The twelve digits of the account whose credentials run the program; resolves in a preview too, at once where only one is allowed.</summary>
    [Output("accountId")]
    public Output<string> AccountId { get; private set; }

    public Pulumi.Aws.Provider Provider { get; }

    /// <summary>ARN of something in the region whose name is known before it exists: policies with it can be read in a plan.</summary>
    /// <param name="service">Service as ARNs spell it: <c>eks</c>, <c>logs</c>.</param>
    /// <param name="resource">The last part: <c>cluster/studio-prod</c>.</param>
    public Output<string> ArnOf(string service, string resource) =>
        AccountId.Apply(account => $"arn:{Region.Partition}:{service}:{Region.Name}:{account}:{resource}");

    /// <summary>The region, which decides the names of zones and services and is therefore a plain value.</summary>
    public AwsRegion Region { get; }

    /// <summary>What every role that is made in the account has.</summary>
    public IamRoleBounds Roles { get; }

    public AwsAccount(string name, AwsAccountArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Region = args.Region;
        Roles = args.Roles;
        Provider = new Pulumi.Aws.Provider(
            $"{name}-provider",
            new Pulumi.Aws.ProviderArgs
            {
                Region = args.Region.Name,
                AllowedAccountIds = args.AllowedAccountIds,
                DefaultTags = new ProviderDefaultTagsArgs { Tags = args.Tags },
            },
            new CustomResourceOptions { Parent = this });
        // With one account allowed the provider refuses every other, and what holds the number can be read before there are credentials.
        AccountId = args.AllowedAccountIds is [var only]
            ? Output.Create(only)
            : GetCallerIdentity.Invoke(null, new InvokeOptions { Provider = Provider }).Apply(identity => identity.AccountId);
        RegisterOutputs();
    }
}

/// <summary>Which AWS region is used, and how its resources are marked.</summary>
public sealed class AwsAccountArgs : ResourceArgs
{
    public required AwsRegion Region { get; init; }

    /// <summary>Accounts in which the program may run; with any other credentials the provider refuses. Default: every account.</summary>
    public ImmutableArray<string> AllowedAccountIds { get; init; } = [];

    /// <summary>Tags of every resource, among them the stack they belong to.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }

    /// <summary>Path and permissions boundary of every role. Default neither.</summary>
    public IamRoleBounds Roles { get; init; } = IamRoleBounds.None;
}

/// <summary>What an account asks of every role in it.</summary>
/// <param name="Path">Path before the names: <c>/teams/research/</c>; null for the root.</param>
/// <param name="PermissionsBoundaryArn">Policy that no role may exceed; null for none.</param>
public sealed record IamRoleBounds(string? Path, string? PermissionsBoundaryArn)
{
    /// <summary>Neither of both.</summary>
    public static IamRoleBounds None { get; } = new(null, null);
}

/// <summary>An AWS region by its name, such as <c>eu-west-1</c>.</summary>
public sealed partial record AwsRegion
{
    private AwsRegion(string name) => Name = name;

    public string Name { get; }

    /// <summary>First part of every ARN in the region. China and the isolated partitions have other endpoints and services and are not accepted.</summary>
    public string Partition => Name.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public static bool TryParse(string? text, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = text is not null && Shape().IsMatch(text) && !Elsewhere().IsMatch(text) ? new AwsRegion(text) : null;
        return region is not null;
    }

    public static AwsRegion Parse(string text) =>
        TryParse(text, out var region)
            ? region
            : throw new FormatException($"'{text}' is not an AWS region of the commercial or GovCloud partition: it must be written as in 'eu-west-1'.");

    /// <summary>The ARN of a policy that AWS manages.</summary>
    /// <param name="name">Name with its path: <c>AmazonEKSClusterPolicy</c> or <c>service-role/AmazonEFSCSIDriverPolicy</c>.</param>
    public string ManagedPolicy(string name) => $"arn:{Partition}:iam::aws:policy/{name}";

    /// <summary>Whether it is the name of a zone here: the region and one letter. Local Zones have longer names, and no EKS control plane.</summary>
    public bool HasZone(string zone) => zone.Length == Name.Length + 1 && zone.StartsWith(Name, StringComparison.Ordinal) && char.IsAsciiLetterLower(zone[^1]);

    public override string ToString() => Name;

    // "eu-west-1", "us-gov-east-1", "ap-southeast-5"; not "eu-west-1a", "EU-WEST-1" or "europe-west1".
    [GeneratedRegex(@"\A[a-z]{2}(-[a-z]{3,9}){1,2}-[1-9][0-9]?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\A(cn-|us-iso|eu-iso|eusc-)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Elsewhere();
}
