using System.Security.Cryptography;
using System.Text;

namespace Infra.Naming;

/// <summary>Physical names in Google Cloud, for the resources that others must find by name; all others are named by the provider.</summary>
/// <remarks>
/// A name that had to be changed to fit (too long, too short, other characters, a leading digit) ends in a hash of the original,
/// so that two stacks whose names differ never share a resource.
/// </remarks>
public static class GcpName
{
    // Google Cloud, "Requirements for labels": 63 characters, lower-case letters, digits, hyphens and underscores.
    private const int LongestLabel = 63;

    private const int HashLength = 8;

    /// <summary>Names the resource <paramref name="role"/> of the stack; an empty role is the stack's primary resource of the kind.</summary>
    public static string For(GcpNameRule rule, string stack, string role)
    {
        var wanted = role.Length == 0 ? stack : $"{stack}-{role}";
        var fitting = Fitting(wanted);
        if (fitting == wanted && fitting.Length >= rule.MinimumLength && fitting.Length <= rule.MaximumLength)
        {
            return fitting;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..HashLength];
        var room = rule.MaximumLength - HashLength - 1;
        var start = (fitting.Length <= room ? fitting : fitting[..room]).TrimEnd('-');
        return $"{start}-{hash}";
    }

    /// <summary>The text as the value of a label; labels are for people and bills, so that two texts may have the same.</summary>
    public static string Label(string text)
    {
        var allowed = text.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '_');
        var label = string.Concat(allowed);
        return label.Length <= LongestLabel ? label : label[..LongestLabel];
    }

    // Letters, digits and single inner hyphens: what every kind of resource takes.
    private static string Fitting(string wanted)
    {
        var text = new StringBuilder(wanted.Length + 1);
        foreach (var character in wanted.ToLowerInvariant())
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
        return fitting.Length > 0 && char.IsAsciiLetter(fitting[0]) ? fitting : $"x-{fitting}".TrimEnd('-');
    }
}

/// <summary>What Google Cloud demands of the name of one kind of resource, beyond what it demands of all: lower-case letters, digits and inner hyphens, a letter first.</summary>
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
}
