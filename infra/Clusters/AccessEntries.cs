using System.Security.Cryptography;
using System.Text;
using Infra.Accounts;

namespace Infra.Clusters;

/// <summary>Names around EKS access entries.</summary>
public static class AccessEntries
{
    private const int HashLength = 6;

    /// <summary>Part of a logical name for a principal: the last part of its ARN, and a hash because roles with different paths or accounts may share that.</summary>
    public static string Key(string principalArn)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(principalArn)))[..HashLength];
        var last = principalArn[(principalArn.LastIndexOfAny(['/', ':']) + 1)..];
        return $"{last.ToLowerInvariant()}-{hash}";
    }

    /// <summary>ARN of an access policy that AWS defines.</summary>
    public static string Policy(AwsRegion region, string name) => $"arn:{region.Partition}:eks::aws:cluster-access-policy/{name}";
}
