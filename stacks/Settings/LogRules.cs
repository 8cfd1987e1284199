using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;

namespace Stacks.Settings;

/// <summary>What logs and metrics must be to each other, and what a production stack should not be without.</summary>
internal static class LogRules
{
    public static IEnumerable<SettingsProblem> Eks(EksClusterSettings settings, PlatformSettings platform, SettingPath at)
    {
        var here = at[nameof(settings.LogTypes)];
        foreach (var problem in Twice(settings.LogTypes, here))
        {
            yield return problem;
        }

        if (platform.Production && !settings.LogTypes.Contains(EksLogType.Audit))
        {
            yield return SettingsProblem.Warning(
                here, "leaves nobody able to tell who did what on a production cluster", "audit, and authenticator for who signed in",
                "logTypes: [audit, authenticator], with fewer logRetentionDays where they cost too much", List(settings.LogTypes));
        }
    }

    public static IEnumerable<SettingsProblem> Vpc(CreatedNetworkSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.FlowLogs is FlowLogTraffic.None && settings.FlowLogRetentionDays is { } days)
        {
            yield return new(
                at[nameof(settings.FlowLogRetentionDays)], "is for records that flowLogs: none does not make", "absent with flowLogs: none",
                "remove flowLogRetentionDays, or flowLogs", $"{days}");
        }

        if (platform.Production && settings.FlowLogs is FlowLogTraffic.None)
        {
            yield return SettingsProblem.Warning(
                at[nameof(settings.FlowLogs)],
                "leaves a production network without a record of its connections",
                "all, or rejected for a small part of the price",
                "flowLogs: rejected",
                "none");
        }
    }

    public static IEnumerable<SettingsProblem> Gke(GkeClusterSettings settings, SettingPath at)
    {
        (string Key, string Given, bool Empty, bool HasSystem)[] lists =
        [
            (nameof(settings.Logs), List(settings.Logs), settings.Logs.IsEmpty, settings.Logs.Contains(GkeLog.SystemComponents)),
            (nameof(settings.Metrics), List(settings.Metrics), settings.Metrics.IsEmpty, settings.Metrics.Contains(GkeMetric.SystemComponents)),
        ];
        foreach (var (key, given, _, _) in lists.Where(list => list is { Empty: false, HasSystem: false }))
        {
            yield return new(
                at[key], "lacks systemComponents, without which GKE takes none of the others", "[] for nothing, or a list with systemComponents",
                $"{SettingPath.KeyFor(key)}: [systemComponents]", given);
        }

        if (settings.Metrics.IsEmpty && settings.ManagedPrometheus)
        {
            yield return new(
                at[nameof(settings.ManagedPrometheus)], "needs the metrics of GKE's own components, and metrics is empty", "false with metrics: []",
                "managedPrometheus: false, or metrics: [systemComponents]", "true");
        }

        foreach (var problem in Twice(settings.Logs, at[nameof(settings.Logs)]).Concat(Twice(settings.Metrics, at[nameof(settings.Metrics)])))
        {
            yield return problem;
        }
    }

    private static IEnumerable<SettingsProblem> Twice<T>(ImmutableArray<T> given, SettingPath at)
        where T : struct, Enum =>
        given.GroupBy(entry => entry).Where(same => same.Count() > 1).Select(same => new SettingsProblem(
            at, $"names {SettingPath.KeyFor($"{same.Key}")} twice", "every one once", "remove one of them", List(given)));

    private static string List<T>(ImmutableArray<T> given)
        where T : struct, Enum =>
        $"[{string.Join(", ", given.Select(entry => SettingPath.KeyFor($"{entry}")))}]";
}
