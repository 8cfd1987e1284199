using System.Text.RegularExpressions;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>What EKS and Kubernetes refuse of node groups, beyond the single values.</summary>
internal static partial class EksPoolRules
{
    // EKS user guide, "Managed node group capacity types": 20 at most.
    private const int MostInstanceTypes = 20;

    // Kubernetes documentation, "Labels and Selectors".
    private const int LongestValue = 63;

    public static IEnumerable<SettingsProblem> Broken(EksNodePoolSettings pool, SettingPath at)
    {
        if (pool.InstanceTypes.Length > MostInstanceTypes)
        {
            yield return new(
                at[nameof(pool.InstanceTypes)], "has more entries than EKS takes", $"1 to {MostInstanceTypes} instance types", "keep those with the most spare capacity, or make a second pool", $"{pool.InstanceTypes.Length}");
        }

        foreach (var (key, value) in pool.Labels)
        {
            if (!Key().IsMatch(key) || IsReserved(key))
            {
                yield return new(
                    at[nameof(pool.Labels)].Entry(key),
                    IsReserved(key) ? "has a prefix that Kubernetes keeps for itself, and the nodes would never join" : "is no key of a Kubernetes label",
                    "up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain of your own and a slash before them",
                    "for example workload, or example.com/workload");
            }
            else if (value.Length > LongestValue || !Value().IsMatch(value))
            {
                yield return new(
                    at[nameof(pool.Labels)].Entry(key), "is no value of a Kubernetes label", "up to 63 letters, digits, inner hyphens, dots and underscores", "for example pipelines", value);
            }
        }

        foreach (var (taint, index) in pool.Taints.Select((taint, index) => (taint, index)))
        {
            var place = at[nameof(pool.Taints)][index];
            if (!Key().IsMatch(taint.Key))
            {
                yield return new(place[nameof(taint.Key)], "is no key of a Kubernetes taint", "up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain and a slash before them", "for example workload", taint.Key);
            }

            if (taint.Value.Length > LongestValue || !Value().IsMatch(taint.Value))
            {
                yield return new(place[nameof(taint.Value)], "is no value of a Kubernetes taint", "up to 63 letters, digits, inner hyphens, dots and underscores", "for example pipelines", taint.Value);
            }
        }
    }

    // kubelet refuses its own domains in --node-labels, but for these two prefixes (Kubernetes documentation, "Well-Known Labels"; KEP 279); EKS refuses its domain.
    private static bool IsReserved(string key)
    {
        var prefix = key.Contains('/', StringComparison.Ordinal) ? key[..key.IndexOf('/', StringComparison.Ordinal)] : "";
        return prefix is not ("node.kubernetes.io" or "kubelet.kubernetes.io")
            && new[] { "kubernetes.io", "k8s.io", "eks.amazonaws.com" }.Any(domain => prefix == domain || prefix.EndsWith($".{domain}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\A([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
