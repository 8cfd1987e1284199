using System.Security.Cryptography;
using System.Text;

namespace Infra.Naming;

/// <summary>What the names of both clouds have in common: only letters, digits and single inner hyphens, which every kind of resource takes.</summary>
/// <remarks>
/// A name that had to be changed to fit (too long, too short, other characters, a leading digit) ends in a hash of the original,
/// so that two stacks whose names differ never share a resource.
/// </remarks>
internal static class PhysicalName
{
    private const int HashLength = 8;

    public static string Fit(string wanted, int minimumLength, int maximumLength, bool lowerCase, bool startsWithLetter)
    {
        var fitting = Fold(lowerCase ? wanted.ToLowerInvariant() : wanted, startsWithLetter);
        if (fitting == wanted && fitting.Length >= minimumLength && fitting.Length <= maximumLength)
        {
            return fitting;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..HashLength];
        var room = maximumLength - HashLength - 1;
        var start = (fitting.Length <= room ? fitting : fitting[..room]).TrimEnd('-');
        return $"{start}-{hash}";
    }

    private static string Fold(string wanted, bool startsWithLetter)
    {
        var text = new StringBuilder(wanted.Length + 1);
        foreach (var character in wanted)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                text.Append(character);
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var fitting = text.ToString().TrimEnd('-');
        var startsWell = fitting.Length > 0 && (!startsWithLetter || char.IsAsciiLetter(fitting[0]));
        return startsWell ? fitting : $"x-{fitting}".TrimEnd('-');
    }
}

/// <summary>Physical names in AWS, for the few resources that others must find by name; all others are named by the provider.</summary>
public static class AwsName
{
    /// <summary>Names the resource <paramref name="role"/> of the stack; both may hold ASCII letters, digits, hyphens, underscores and dots.</summary>
    public static string For(AwsNameRule rule, string stack, string role)
    {
        Demand(rule, stack);
        Demand(rule, role);
        var wanted = role.Length == 0 ? stack : $"{stack}-{role}";
        return PhysicalName.Fit(wanted, 1, rule.MaximumLength, rule.LowerCase, rule.StartsWithLetter);
    }

    private static void Demand(AwsNameRule rule, string part)
    {
        if (part.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')) is var wrong and not '\0')
        {
            throw new FormatException(
                $"'{part}' cannot name an {rule.Kind}: '{wrong}' is not allowed; use letters a to z, digits, '-', '_' and '.'.");
        }
    }
}

/// <summary>What AWS demands of the name of one kind of resource.</summary>
/// <param name="Kind">The kind in AWS's words, for messages.</param>
/// <param name="MaximumLength">Longest name in characters.</param>
/// <param name="LowerCase">Capital letters are refused or folded.</param>
/// <param name="StartsWithLetter">A leading digit is refused.</param>
public sealed record AwsNameRule(string Kind, int MaximumLength, bool LowerCase, bool StartsWithLetter)
{
    /// <summary>EKS API reference, CreateCluster, <c>name</c>: 100 characters. A third of them is left for what is derived from the name.</summary>
    public static AwsNameRule EksCluster { get; } = new("EKS cluster", 64, LowerCase: false, StartsWithLetter: false);

    /// <summary>
    /// S3 user guide, "General purpose bucket naming rules": 63 characters, of which a hyphen and the number of the account take 13.
    /// </summary>
    public static AwsNameRule BucketOfAccount { get; } = new("S3 bucket", 50, LowerCase: true, StartsWithLetter: false);

    /// <summary>
    /// ElastiCache API reference, CreateReplicationGroup, <c>ReplicationGroupId</c>: 40 characters, a letter first, no two hyphens in a row, none at the end.
    /// </summary>
    public static AwsNameRule ReplicationGroup { get; } = new("ElastiCache replication group", 40, LowerCase: true, StartsWithLetter: true);

    /// <summary>
    /// RDS API reference, CreateDBInstance, <c>DBInstanceIdentifier</c>: 63 letters, digits and hyphens, a letter first, no two hyphens in a row, none at the
    /// end; stored in lower case.
    /// </summary>
    public static AwsNameRule DatabaseInstance { get; } = new("RDS DB instance", 63, LowerCase: true, StartsWithLetter: true);

    /// <summary>SQS API reference, CreateQueue, <c>QueueName</c>: 80 letters, digits, hyphens and underscores.</summary>
    public static AwsNameRule Queue { get; } = new("SQS queue", 80, LowerCase: false, StartsWithLetter: false);
}

/// <summary>Physical names in Google Cloud, for the resources that others must find by name; all others are named by the provider.</summary>
public static class GcpName
{
    // Google Cloud, "Requirements for labels": 63 characters, lower-case letters, digits, hyphens and underscores.
    private const int LongestLabel = 63;

    /// <summary>Names the resource <paramref name="role"/> of the stack; an empty role is the stack's primary resource of the kind.</summary>
    public static string For(GcpNameRule rule, string stack, string role)
    {
        var wanted = role.Length == 0 ? stack : $"{stack}-{role}";
        return PhysicalName.Fit(wanted, rule.MinimumLength, rule.MaximumLength, lowerCase: true, startsWithLetter: true);
    }

    /// <summary>The text as the value of a label; labels are for people and bills, so that two texts may have the same.</summary>
    public static string Label(string text)
    {
        var allowed = text.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '_');
        var label = string.Concat(allowed);
        return label.Length <= LongestLabel ? label : label[..LongestLabel];
    }
}

/// <summary>
/// What Google Cloud demands of the name of one kind of resource, beyond what it demands of all: lower-case letters, digits and inner hyphens, a letter first.
/// </summary>
/// <param name="Kind">The kind in Google's words, for messages.</param>
/// <param name="MinimumLength">Shortest name in characters.</param>
/// <param name="MaximumLength">Longest name in characters.</param>
public sealed record GcpNameRule(string Kind, int MinimumLength, int MaximumLength)
{
    /// <summary>Kubernetes Engine API reference, <c>projects.locations.clusters</c>, <c>name</c>: 40 characters.</summary>
    public static GcpNameRule GkeCluster { get; } = new("GKE cluster", 1, 40);

    /// <summary>IAM API reference, <c>projects.serviceAccounts.create</c>, <c>accountId</c>: 6 to 30 characters.</summary>
    public static GcpNameRule ServiceAccount { get; } = new("service account", 6, 30);

    /// <summary>Compute Engine, "Naming resources": 63 characters (RFC 1035), for networks, subnetworks and addresses alike.</summary>
    public static GcpNameRule Compute { get; } = new("Compute Engine resource", 1, 63);

    /// <summary>Memorystore for Redis API reference, <c>instanceId</c>: 40 characters.</summary>
    public static GcpNameRule RedisInstance { get; } = new("Memorystore instance", 1, 40);

    /// <summary>Filestore API reference, <c>instanceId</c>: 63 characters.</summary>
    public static GcpNameRule FilestoreInstance { get; } = new("Filestore instance", 1, 63);

    /// <summary>Cloud SQL, "Instance settings", Instance ID: 98 characters together with the project's id and a colon, of which those take up to 31.</summary>
    public static GcpNameRule SqlInstance { get; } = new("Cloud SQL instance", 1, 67);
}
