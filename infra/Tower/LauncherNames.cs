using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.Tower;

/// <summary>
/// Names of what the launcher's Role is bound with. They follow from the name of the Role, which no binding can change (<c>roleRef</c> is immutable):
/// a renamed Role comes with new bindings beside the old ones, and launchers keep access throughout.
/// </summary>
public sealed record LauncherNames
{
    /// <summary>
    /// The Role of Seqera's <c>tower-launcher.yml</c> (26.1): its instructions and support staff refer to it and to the names derived from it.
    /// </summary>
    public static readonly KubernetesName OfficialRole = KubernetesName.Parse("tower-launcher-role");

    /// <summary>The account of head jobs in the same manifest; the Platform's form suggests it.</summary>
    public static readonly KubernetesName OfficialAccount = KubernetesName.Parse("tower-launcher-sa");

    /// <summary>Names for one Role.</summary>
    /// <param name="role">Name of the Role.</param>
    public LauncherNames(KubernetesName role)
    {
        Role = role.Text;
        (AccountBinding, UserBinding) = role == OfficialRole
            ? ("tower-launcher-rolebind", "tower-launcher-userbind")
            : ($"{role}-account-bind", $"{role}-user-bind");
    }

    public string Role { get; }

    /// <summary>
    /// Name of the Secret with the token of an account. Another account gets another Secret: Kubernetes deletes a Secret whose account is gone, whatever it
    /// says since.
    /// </summary>
    public static string TokenSecret(KubernetesName account) => account == OfficialAccount ? "tower-launcher-token" : $"{account}-api-token";

    /// <summary>Binding of the head service account.</summary>
    public string AccountBinding { get; }

    /// <summary>Binding of everybody that the Platform signs in as.</summary>
    public string UserBinding { get; }
}

/// <summary>
/// What the account that launches Nextflow may do in its namespace: the rules of Seqera's <c>tower-launcher.yml</c>,
/// the same in every version from 22.4 to 26.1. Each line says what the launcher does with it.
/// </summary>
public static class LauncherRules
{
    /// <summary>
    /// The verbs of every rule: <c>create</c> to start work, <c>get</c>, <c>list</c> and <c>watch</c> to follow it, <c>delete</c> to clean up or cancel.
    /// Nothing is ever changed in place, so neither <c>patch</c> nor <c>update</c> is granted.
    /// </summary>
    public static readonly ImmutableArray<string> Verbs = ["create", "delete", "get", "list", "watch"];

    /// <summary>Sorted by API group, resources sorted within, so that the Role never differs for the order alone.</summary>
    public static readonly ImmutableArray<LauncherRule> All =
    [
        new("", ["configmaps"], "Nextflow hands its configuration and scripts to the head job"),
        new("", ["persistentvolumeclaims"], "Nextflow checks that the scratch claim exists before it mounts it"),
        new("", ["pods", "pods/status"], "each head job and each task runs as a pod and is followed to its end"),
        new("", ["pods/exec"], "commands are opened in a running pod, to look into a run that hangs"),
        new("", ["pods/log"], "logs of the head job and of tasks are shown in the Platform"),
        new("apps", ["deployments"], "auxiliary services of a compute environment run as deployments"),
        new("batch", ["jobs", "jobs/log", "jobs/status"], "head jobs, and tasks where Nextflow is told to use jobs"),
    ];

    /// <summary>The rules as the Role states them: one per API group, with all of its resources in order.</summary>
    public static ImmutableSortedDictionary<string, string[]> ByApiGroup { get; } = All
        .GroupBy(rule => rule.ApiGroup, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(
            group => group.Key,
            group => group.SelectMany(rule => rule.Resources).Order(StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
}

/// <summary>One permission of the launcher: resources of one API group and why the launcher needs them.</summary>
public sealed record LauncherRule(string ApiGroup, ImmutableArray<string> Resources, string Reason);
