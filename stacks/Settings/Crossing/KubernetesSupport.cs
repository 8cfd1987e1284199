using Infra.Clusters;

namespace Stacks.Settings.Crossing;

/// <summary>
/// Kubernetes versions near or past their standard support. What the tables of this program know is an error; what only the calendar tells is a warning, so
/// that no stack file becomes invalid overnight.
/// </summary>
internal static class KubernetesSupport
{
    // EKS user guide, "Kubernetes version lifecycle": the end is announced 60 days before.
    private const int NoticeDays = 60;

    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings, DateOnly today) => settings.Cluster switch
    {
        EksClusterSettings eks => CheckEks(eks, settings.Production, today),
        GkeClusterSettings gke => CheckGke(gke, today),
        _ => [],
    };

    private static IEnumerable<SettingsProblem> CheckEks(EksClusterSettings eks, bool production, DateOnly today)
    {
        var version = eks.Version;
        var staying = eks.SupportAfterStandard(production) is EksSupport.Extended;
        var at = At.Cluster["eks"];
        var longer = Longer(EksVersion.All.Where(other => IsLong(other.StandardUntil, today)).Select(other => other.Name), EksVersion.All[^1].Name);
        if (version.Support is EksSupport.Extended && !staying)
        {
            yield return new(
                at[nameof(eks.Version)],
                $"is past its standard support, which ended on {version.StandardUntil:yyyy-MM-dd}, and without extendedSupport AWS upgrades the cluster by itself",
                $"{longer}, or extendedSupport: true at {EksVersion.ExtendedPrice} instead of {EksVersion.StandardPrice} an hour for the control plane",
                $"version: \"{EksVersion.Default}\", one minor version at a time (docs/addons.md, Kubernetes versions)",
                version.Name);
        }
        else if (!IsLong(version.StandardUntil, today))
        {
            yield return SettingsProblem.Warning(at[nameof(eks.Version)], What(version, staying, today), longer, Fix(version.Name), version.Name);
        }
    }

    private static string What(EksVersion version, bool staying, DateOnly today) => (today > version.StandardUntil, staying) switch
    {
        _ when today > version.ExtendedUntil =>
            $"is supported no more since {version.ExtendedUntil:yyyy-MM-dd}: AWS has upgraded the cluster, which cannot go back",
        (true, true) => $"is past its standard support since {version.StandardUntil:yyyy-MM-dd}: the control plane costs {EksVersion.ExtendedPrice} an hour "
            + $"instead of {EksVersion.StandardPrice}, until AWS upgrades it by itself after {version.ExtendedUntil:yyyy-MM-dd}",
        (true, false) => $"is past its standard support since {version.StandardUntil:yyyy-MM-dd}: AWS upgrades the cluster by itself, which cannot go back",
        (_, true) => $"leaves standard support after {version.StandardUntil:yyyy-MM-dd}, and the control plane then costs {EksVersion.ExtendedPrice} an hour "
            + $"instead of {EksVersion.StandardPrice}",
        _ => $"leaves standard support after {version.StandardUntil:yyyy-MM-dd}, and AWS then upgrades the cluster by itself, at a time of its choice",
    };

    private static string Fix(string name) => int.Parse(name.Split('.')[1]) + 1 is var next && EksVersion.Find($"1.{next}") is { } known
        ? $"version: \"{known.Name}\" (docs/addons.md, Kubernetes versions)"
        : "update this program, whose table knows no newer version";

    private static IEnumerable<SettingsProblem> CheckGke(GkeClusterSettings gke, DateOnly today)
    {
        var version = gke.Version;
        if (IsLong(version.StandardUntil, today) || (version.StandardUntil < GkeVersion.AsOf && gke.Channel is not GkeReleaseChannel.Extended))
        {
            // The channel does not offer it any more, which is an error of its own.
            yield break;
        }

        var ended = today > version.StandardUntil;
        var what = gke.Channel is GkeReleaseChannel.Extended
            ? $"{(ended ? "is past its standard support since" : "leaves standard support after")} {version.StandardUntil:yyyy-MM-dd}: the control plane "
                + $"{(ended ? "costs" : "then costs")} {GkeVersion.ExtendedPrice} an hour instead of {GkeVersion.StandardPrice}, until GKE moves it on after "
                + $"{version.ExtendedUntil:yyyy-MM-dd}"
            : $"{(ended ? "left" : "leaves")} standard support after {version.StandardUntil:yyyy-MM-dd}: the channel {(ended ? "has moved" : "moves")} the cluster "
                + "on, and a new one cannot begin with it";
        yield return SettingsProblem.Warning(
            At.Cluster["gke"][nameof(gke.Version)],
            what,
            Longer(GkeVersion.All.Where(other => IsLong(other.StandardUntil, today)).Select(other => other.Name), GkeVersion.All[^1].Name),
            $"version: '{GkeVersion.All[^1].Name}', or the version that the cluster has (docs/addons.md, Kubernetes versions)",
            version.Name);
    }

    private static bool IsLong(DateOnly end, DateOnly today) => end > today.AddDays(NoticeDays);

    private static string Longer(IEnumerable<string> names, string newest) =>
        string.Join(", ", names) is { Length: > 0 } list ? list : $"versions newer than {newest}, the last one that this program knows";
}
