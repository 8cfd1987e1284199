using System.Security.Cryptography;
using System.Text;

namespace Infra.Naming;

/// <summary>Physical names in AWS, for the few resources that others must find by name; all others are named by the provider.</summary>
/// <remarks>
/// A name that had to be changed to fit (too long, other letters, a leading digit) ends in a hash of the original,
/// so that two stacks whose names differ never share a resource.
/// </remarks>
public static class AwsName
{
    private const int HashLength = 8;

    /// <summary>Names the resource <paramref name="role"/> of the stack; both may hold ASCII letters, digits, hyphens, underscores and dots.</summary>
    public static string For(AwsNameRule rule, string stack, string role)
    {
        Demand(rule, stack);
        Demand(rule, role);
        var wanted = role.Length == 0 ? stack : $"{stack}-{role}";
        var fitting = Fitting(rule, wanted);
        return fitting == wanted && fitting.Length <= rule.MaximumLength ? fitting : WithHash(rule, wanted, fitting);
    }

    private static void Demand(AwsNameRule rule, string part)
    {
        if (part.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')) is var wrong and not '\0')
        {
            throw new FormatException(
                $"'{part}' cannot name an {rule.Kind}: '{wrong}' is not allowed; use letters a to z, digits, '-', '_' and '.'.");
        }
    }

    private static string WithHash(AwsNameRule rule, string wanted, string fitting)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..HashLength];
        var room = rule.MaximumLength - HashLength - 1;
        var start = (fitting.Length <= room ? fitting : fitting[..room]).TrimEnd('-');
        return $"{start}-{hash}";
    }

    // Only letters, digits and single inner hyphens are left: every rule allows those.
    private static string Fitting(AwsNameRule rule, string wanted)
    {
        var text = new StringBuilder(wanted.Length + 1);
        foreach (var character in rule.LowerCase ? wanted.ToLowerInvariant() : wanted)
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
        var startsWell = fitting.Length > 0 && (!rule.StartsWithLetter || char.IsAsciiLetter(fitting[0]));
        return startsWell ? fitting : $"x-{fitting}".TrimEnd('-');
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

    /// <summary>ElastiCache API reference, CreateReplicationGroup, <c>ReplicationGroupId</c>: 40 characters, a letter first, no two hyphens in a row, none at the end.</summary>
    public static AwsNameRule ReplicationGroup { get; } = new("ElastiCache replication group", 40, LowerCase: true, StartsWithLetter: true);
}
