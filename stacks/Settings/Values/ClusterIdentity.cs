using System.Text.RegularExpressions;
using Infra.Clusters;

namespace Stacks.Settings.Values;

/// <summary>What a cloud calls a cluster and where it has it, as the kubeconfig contexts of <c>aws</c> and <c>gcloud</c> spell it.</summary>
public sealed partial record ClusterIdentity(string Name, string Location)
{
    /// <summary>Reads <c>arn:aws:eks:region:account:cluster/NAME</c> or <c>gke_project_location_NAME</c>; null for any other text or another cloud's.</summary>
    public static ClusterIdentity? Of(string? text, ClusterKind kind)
    {
        var match = kind switch
        {
            ClusterKind.Eks => Arn().Match(text ?? ""),
            ClusterKind.Gke => Context().Match(text ?? ""),
            _ => Match.Empty,
        };
        return match.Success ? new ClusterIdentity(match.Groups["name"].Value, match.Groups["location"].Value) : null;
    }

    [GeneratedRegex(
        @"\Aarn:aws(-us-gov)?:eks:(?<location>[a-z0-9-]+):[0-9]{12}:cluster/(?<name>[A-Za-z0-9][A-Za-z0-9_-]{0,99})\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Arn();

    // Project ids may begin with a domain: example.com:project.
    [GeneratedRegex(
        @"\Agke_(?<project>[a-z0-9.:-]+)_(?<location>[a-z]+-[a-z]+[0-9]{1,2}(-[a-z])?)_(?<name>[a-z]([a-z0-9-]{0,38}[a-z0-9])?)\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Context();
}
