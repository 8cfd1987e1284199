using Pulumi;

namespace Infra.InstalledPlatform;

/// <summary>How cron is replaced: the old pod must be gone before the new one starts, because two would run every job twice.</summary>
public static class CronStrategy
{
    /// <summary>The only strategy of Kubernetes that waits for the old pod's end.</summary>
    public const string Recreate = "Recreate";

    /// <summary>Lets a cron pass that has no rolling strategy, and tells what to do about one that has.</summary>
    /// <remarks>
    /// The API server refuses <c>Recreate</c> beside the numbers of a rolling update, which it fills in itself, and server-side apply cannot remove a field that
    /// nobody applied: only a patch of the whole strategy can (kubernetes/kubernetes#24198, pulumi/pulumi-kubernetes#2843).
    /// </remarks>
    /// <param name="current">Strategy of the Deployment as it is; null where it is unknown.</param>
    /// <param name="space">Namespace of the Platform.</param>
    /// <param name="deployment">Name of cron's Deployment.</param>
    public static string Require(string? current, string space, string deployment) => current is null or Recreate
        ? Recreate
        : throw new RunException(
            $"Deployment {space}/{deployment} replaces its pods by {current}, so that two crons would run for a while and do every job twice. It must be {Recreate}, which cannot be "
            + $"patched in from here. Run once: kubectl --namespace {space} patch deployment {deployment} --type json "
            + """--patch '[{"op": "replace", "path": "/spec/strategy", "value": {"type": "Recreate"}}]'""");
}
