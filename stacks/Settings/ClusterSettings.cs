using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>Where the cluster comes from.</summary>
[ExactlyOne(nameof(Existing))]
public sealed record ClusterSettings
{
    [Setting("A cluster that somebody else made and looks after.")]
    public ExistingClusterSettings? Existing { get; init; }
}

/// <summary>How to reach a cluster that exists.</summary>
public sealed record ExistingClusterSettings : IChecked
{
    [Setting("Context in the kubeconfig file of whoever deploys; no secret is needed then.", Example = "kind-studios")]
    public string? Context { get; init; }

    [Setting("The whole text of a kubeconfig for the cluster, for deployments from CI.")]
    [Secret("kubeconfig")]
    public SecretSetting? Kubeconfig { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => (Context, Kubeconfig) switch
    {
        (null, null) =>
        [
            new(at[nameof(Context)], "is missing, and there is no platform:kubeconfig either", "the name of a kubeconfig context, or the secret platform:kubeconfig", "add context: <name>; kubectl config get-contexts lists the names"),
        ],
        ({ }, { }) =>
        [
            new(at[nameof(Context)], "is given together with platform:kubeconfig", "one of the two", "remove context to use the secret, or remove the secret", Context),
        ],
        ("", _) => [new(at[nameof(Context)], "is empty", "the name of a kubeconfig context", "kubectl config get-contexts lists the names", Context)],
        _ => [],
    };
}
