using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>What every plan is held to: one sentence, and the same rule in the words of other tools.</summary>
/// <param name="Id">Its name in waivers and reports: <c>kubernetes/privileged</c>.</param>
/// <param name="Severity">How much is at stake.</param>
/// <param name="Sentence">What is wrong where it is broken, and why that matters.</param>
/// <param name="Fix">What to write instead.</param>
/// <param name="Same">Ids of Checkov, kube-score, Polaris, Kyverno, CIS and Pod Security Standards, each with the name of its set in front.</param>
/// <param name="Types">Type tokens that it reads.</param>
/// <param name="Find">The places that break it; an absent place is one where something is missing.</param>
internal sealed record PolicyRule(
    string Id,
    Severity Severity,
    string Sentence,
    string Fix,
    ImmutableArray<string> Same,
    ImmutableArray<string> Types,
    Func<PlannedResource, PolicyPlan, IEnumerable<PropertyPlace>> Find)
{
    /// <summary>A rule that needs no other resource.</summary>
    public static PolicyRule Of(
        string id, Severity severity, string sentence, string fix, string same, string types, Func<PlannedResource, IEnumerable<PropertyPlace>> find) =>
        Of(id, severity, sentence, fix, same, types, (resource, _) => find(resource));

    /// <summary>A rule.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="severity">See <see cref="Severity"/>.</param>
    /// <param name="sentence">See <see cref="Sentence"/>.</param>
    /// <param name="fix">See <see cref="Fix"/>.</param>
    /// <param name="same">Ids, divided by commas.</param>
    /// <param name="types">Type tokens, divided by commas.</param>
    /// <param name="find">See <see cref="Find"/>.</param>
    public static PolicyRule Of(
        string id, Severity severity, string sentence, string fix, string same, string types,
        Func<PlannedResource, PolicyPlan, IEnumerable<PropertyPlace>> find) =>
        new(id, severity, sentence, fix, Words(same), Words(types), find);

    private static ImmutableArray<string> Words(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>All rules.</summary>
internal static class PolicyRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        .. PodRules.All, .. ContainerRules.All, .. KubernetesAccessRules.All, .. KubernetesObjectRules.All, .. AwsNetworkRules.All, .. AwsAccessRules.All,
        .. AwsDataRules.All, .. GcpClusterRules.All, .. GcpDataRules.All, .. SecretRules.All,
    ];
}
