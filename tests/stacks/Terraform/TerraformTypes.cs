using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Tests.Stacks.Terraform;

/// <summary>What the Terraform providers call the types and properties that Pulumi bridged.</summary>
internal static partial class TerraformTypes
{
    // Modules that Pulumi spells in one word and Terraform in several, or not at all (pulumi-aws and pulumi-gcp, provider/resources.go).
    private static readonly ImmutableDictionary<string, string> Modules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["aws:ec2transitgateway"] = "ec2_transit_gateway",
        ["aws:rds"] = "db",
        ["gcp:certificatemanager"] = "certificate_manager",
        ["gcp:projects"] = "project",
        ["gcp:secretmanager"] = "secret_manager",
        ["gcp:serviceaccount"] = "service_account",
        ["gcp:servicenetworking"] = "service_networking",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Types whose name follows from no rule.
    private static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["aws:iam/openIdConnectProvider:OpenIdConnectProvider"] = "aws_iam_openid_connect_provider",
        ["aws:lb/loadBalancer:LoadBalancer"] = "aws_lb",
        ["gcp:serviceaccount/account:Account"] = "google_service_account",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The type's name among those that the provider has; null if it is none of them.</summary>
    public static string? Of(string token, Func<string, bool> exists)
    {
        if (Types.TryGetValue(token, out var known))
        {
            return exists(known) ? known : null;
        }

        var (package, module, type) = token.Split(':') is [var first, var second, var third]
            ? (first, second.Split('/')[0], Snake(third))
            : throw new FormatException($"'{token}' is no token of a resource.");
        var prefix = package == "gcp" ? "google" : package;
        var spelled = Modules.GetValueOrDefault($"{package}:{module}", module);
        // EC2 and its parts stand without their module in Terraform, but for those that have it.
        return new[] { $"{prefix}_{spelled}_{type}", $"{prefix}_{module}_{type}", $"{prefix}_{type}" }.FirstOrDefault(exists);
    }

    /// <summary>The property's name among those of the block: Pulumi gives lists a plural that Terraform's may not have.</summary>
    public static string? PropertyOf(string name, Func<string, bool> exists)
    {
        var snake = Snake(name);
        return Singulars(snake).Prepend(snake).FirstOrDefault(exists);
    }

    // "policies", "aliases", "rules".
    private static IEnumerable<string> Singulars(string plural) =>
        from ending in new[] { ("ies", "y"), ("es", ""), ("s", "") }
        where plural.EndsWith(ending.Item1, StringComparison.Ordinal)
        select plural[..^ending.Item1.Length] + ending.Item2;

    // "kmsKeyId", "vpcId", "IAMMember", "SSLPolicy", "serviceIpv4Cidr", "cidrIpv4"; Terraform puts no underscore before digits here.
    public static string Snake(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])", RegexOptions.None, 1000)]
    private static partial Regex WordStart();
}
