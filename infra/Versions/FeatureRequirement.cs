namespace Infra.Versions;

/// <summary>The oldest versions that have a feature; null where the component plays no part in it.</summary>
/// <param name="Title">What an operator calls the feature.</param>
/// <param name="Platform">Oldest Seqera Platform.</param>
/// <param name="Connect">Oldest connect-proxy and connect-server.</param>
/// <param name="Client">Oldest connect-client in a session image.</param>
/// <param name="ExcludedTools">Tools whose sessions cannot use it, whatever their version.</param>
public sealed record FeatureRequirement(
    string Title,
    SemanticVersion? Platform,
    SemanticVersion? Connect,
    SemanticVersion? Client,
    IReadOnlyList<string> ExcludedTools)
{
    /// <summary>Whether both server sides have the feature; session images are looked at one by one.</summary>
    public bool IsMetBy(SemanticVersion platform, SemanticVersion connect) =>
        (Platform is null || platform >= Platform) && (Connect is null || connect >= Connect);

    /// <summary>What is needed, for messages: <c>Platform 25.3.3 and connect 0.10.0 or newer</c>.</summary>
    public string Needs
    {
        get
        {
            List<string> parts = [];
            if (Platform is not null)
            {
                parts.Add($"Platform {Platform}");
            }

            if (Connect is not null)
            {
                parts.Add($"connect {Connect}");
            }

            return $"{string.Join(" and ", parts)} or newer";
        }
    }
}
