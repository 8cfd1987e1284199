using System.Text.RegularExpressions;

namespace Infra.Accounts;

/// <summary>An AWS region by its name, such as <c>eu-west-1</c>.</summary>
public sealed partial record AwsRegion
{
    private AwsRegion(string name) => Name = name;

    public string Name { get; }

    /// <summary>First part of every ARN in the region. China and the isolated partitions have other endpoints and services and are not accepted.</summary>
    public string Partition => Name.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public static bool TryParse(string? text, out AwsRegion? region)
    {
        region = text is not null && Shape().IsMatch(text) && !Elsewhere().IsMatch(text) ? new AwsRegion(text) : null;
        return region is not null;
    }

    public static AwsRegion Parse(string text) =>
        TryParse(text, out var region)
            ? region!
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
