using System.Collections.Immutable;
using System.Globalization;
using Infra.Clusters;
using Infra.Workbench;
using Stacks.Settings.Crossing;

namespace Stacks.Settings;

/// <summary>Whether profiles name what there is, and allow what they give.</summary>
internal static class WorkbenchProfileRules
{
    private const string Everybody = "everybody";

    // What is compared: the names for messages, and where a section says it.
    private static readonly ImmutableArray<(string Least, string Most, Read LeastOf, Read MostOf)> Bounds =
        [
            (nameof(WorkbenchProfileSettings.DefaultCpus), nameof(WorkbenchProfileSettings.MaxCpus),
                profile => Amount.Of(profile.DefaultCpus), profile => Amount.Of(profile.MaxCpus)),
            (nameof(WorkbenchProfileSettings.DefaultMemMb), nameof(WorkbenchProfileSettings.MaxMemMb),
                profile => Amount.Of(profile.DefaultMemMb), profile => Amount.Of(profile.MaxMemMb)),
            (nameof(WorkbenchProfileSettings.DefaultCpusRequest), nameof(WorkbenchProfileSettings.MaxCpusRequest),
                profile => Amount.Of(profile.DefaultCpusRequest), profile => Amount.Of(profile.MaxCpusRequest)),
            (nameof(WorkbenchProfileSettings.DefaultMemMbRequest), nameof(WorkbenchProfileSettings.MaxMemMbRequest),
                profile => Amount.Of(profile.DefaultMemMbRequest), profile => Amount.Of(profile.MaxMemMbRequest)),
            (nameof(WorkbenchProfileSettings.DefaultNvidiaGpus), nameof(WorkbenchProfileSettings.MaxNvidiaGpus),
                profile => Amount.Of(profile.DefaultNvidiaGpus), profile => Amount.Of(profile.MaxNvidiaGpus)),
            // What is kept for a session is part of what it may use.
            (nameof(WorkbenchProfileSettings.DefaultCpusRequest), nameof(WorkbenchProfileSettings.DefaultCpus),
                profile => Amount.Of(profile.DefaultCpusRequest), profile => Amount.Of(profile.DefaultCpus)),
            (nameof(WorkbenchProfileSettings.DefaultMemMbRequest), nameof(WorkbenchProfileSettings.DefaultMemMb),
                profile => Amount.Of(profile.DefaultMemMbRequest), profile => Amount.Of(profile.DefaultMemMb)),
        ];

    /// <summary>Everything that is wrong with sections and resource profiles.</summary>
    /// <param name="settings">Workbench.</param>
    /// <param name="platform">The whole stack, for its node pools.</param>
    /// <param name="at">Where Workbench stands.</param>
    public static IEnumerable<SettingsProblem> Check(WorkbenchSettings settings, PlatformSettings platform, SettingPath at)
    {
        var nodes = new Nodes(NodePools.Of(platform.Cluster), HasGpus(platform.Cluster));
        return
        [
            .. settings.Profiles.SelectMany(profile =>
                CheckSection(profile.Key, profile.Value, settings, nodes, at[nameof(settings.Profiles)].Entry(profile.Key))),
            .. settings.ResourceProfiles.SelectMany(profile =>
                CheckAmounts(profile.Value, nodes, at[nameof(settings.ResourceProfiles)].Entry(profile.Key))),
        ];
    }

    private static IEnumerable<SettingsProblem> CheckSection(
        string section, WorkbenchProfileSettings profile, WorkbenchSettings settings, Nodes nodes, SettingPath here)
    {
        // A group's or user's section takes from that of everybody what it does not say itself.
        var wider = section == WorkbenchProfile.Everybody ? null : settings.Profiles.GetValueOrDefault(WorkbenchProfile.Everybody);
        foreach (var (least, most, leastOf, mostOf) in Bounds)
        {
            var (own, limit) = (leastOf(profile), mostOf(profile));
            // Two numbers of everybody are told where everybody stands.
            var (given, bound) = (own ?? Of(wider, leastOf), limit ?? Of(wider, mostOf));
            if ((own ?? limit) is not null && given is not null && bound is not null && given.Number > bound.Number)
            {
                yield return Above(here, own is null, least, most, given.Text, bound.Text);
            }
        }

        foreach (var (index, id) in profile.ResourceProfiles.Index())
        {
            var named = here[nameof(profile.ResourceProfiles)][index];
            if (!settings.ResourceProfiles.TryGetValue(id.Text, out var amounts))
            {
                yield return new(
                    named, "names a resource profile that there is not",
                    settings.ResourceProfiles.IsEmpty
                        ? "an id in workbench.resourceProfiles, which is empty"
                        : string.Join(", ", settings.ResourceProfiles.Keys),
                    $"add {id} to workbench.resourceProfiles, or remove it", id.Text);
            }
            else if (TooMuch(amounts, profile, wider) is var (amount, most, limit))
            {
                yield return new(
                    named, $"names a resource profile with {amount}, above {SettingPath.KeyFor(most)}, {limit}: a session of it could not start",
                    "resource profiles within the bounds of the section", $"raise {SettingPath.KeyFor(most)}, or remove {id}", id.Text);
            }
        }

        if (profile.DefaultContainerImage is { } image && !profile.ContainerImages.IsEmpty && !profile.ContainerImages.Contains(image))
        {
            yield return new(
                here[nameof(profile.DefaultContainerImage)], "is not among containerImages of the same section, from which users choose",
                string.Join(", ", profile.ContainerImages), "add it to containerImages, or name one of them", $"{image}");
        }

        // Each label is a choice of its own.
        foreach (var (index, label) in profile.PlacementConstraints.Index())
        {
            if (NoPool([label], nodes.Pools, here[nameof(profile.PlacementConstraints)][index]) is { } problem)
            {
                yield return problem;
            }
        }

        var gpus = profile.MaxNvidiaGpus > 0 ? nameof(profile.MaxNvidiaGpus) : profile.DefaultNvidiaGpus > 0 ? nameof(profile.DefaultNvidiaGpus) : null;
        if (gpus is not null && NoGpus(nodes, here[gpus], profile.MaxNvidiaGpus ?? profile.DefaultNvidiaGpus) is { } without)
        {
            yield return without;
        }
    }

    private static IEnumerable<SettingsProblem> CheckAmounts(WorkbenchResourceProfileSettings profile, Nodes nodes, SettingPath here)
    {
        if (Amount.Of(profile.CpusRequest) is { } cpus && cpus.Number > Amount.Of(profile.Cpus)!.Number)
        {
            yield return KeptTooMuch(here[nameof(profile.CpusRequest)], nameof(profile.Cpus), cpus.Text, profile.Cpus);
        }

        if (profile.MemMbRequest > profile.MemMb)
        {
            yield return KeptTooMuch(here[nameof(profile.MemMbRequest)], nameof(profile.MemMb), $"{profile.MemMbRequest}", $"{profile.MemMb}");
        }

        // All of them hold for the one node of the session.
        if (NoPool(profile.PlacementConstraints, nodes.Pools, here[nameof(profile.PlacementConstraints)]) is { } problem)
        {
            yield return problem;
        }

        if (profile.NvidiaGpus is not null && NoGpus(nodes, here[nameof(profile.NvidiaGpus)], profile.NvidiaGpus) is { } without)
        {
            yield return without;
        }
    }

    // Labels become the node selector of a session's pod (rstudio/helm, charts/rstudio-workbench/files/job.tpl).
    private static SettingsProblem? NoPool(ImmutableArray<string> labels, ImmutableSortedDictionary<string, NodePool> pools, SettingPath at)
    {
        var wanted = labels.Select(label => label.Split(':')).Where(label => !NodePools.IsWellKnown(label[0])).ToImmutableArray();
        return pools.IsEmpty || wanted.IsEmpty || pools.Values.Any(pool => wanted.All(label => pool.Labels.GetValueOrDefault(label[0]) == label[1]))
            ? null
            : new(
                at, "asks for labels that no node pool of platform:cluster has, and sessions would wait for ever", "labels of one of the pools",
                $"add them to the labels of a pool ({string.Join(", ", pools.Keys)}), or remove them", string.Join(", ", labels));
    }

    private static SettingsProblem? NoGpus(Nodes nodes, SettingPath at, int? given) =>
        nodes.HaveGpus
            ? null
            : new(
                at, "asks for GPUs, and no node pool of platform:cluster has any: sessions would wait for ever", "given beside a pool with GPUs",
                "add a pool whose machines have GPUs, or remove it", $"{given}");

    private static (string Amount, string Most, string Limit)? TooMuch(
        WorkbenchResourceProfileSettings amounts, WorkbenchProfileSettings profile, WorkbenchProfileSettings? wider)
    {
        (string Unit, string Most, Amount? Given, Amount? Limit)[] compared =
        [
            ("cores", nameof(profile.MaxCpus), Amount.Of(amounts.Cpus), Amount.Of(profile.MaxCpus ?? wider?.MaxCpus)),
            ("MB", nameof(profile.MaxMemMb), Amount.Of(amounts.MemMb), Amount.Of(profile.MaxMemMb ?? wider?.MaxMemMb)),
            ("GPUs", nameof(profile.MaxNvidiaGpus), Amount.Of(amounts.NvidiaGpus), Amount.Of(profile.MaxNvidiaGpus ?? wider?.MaxNvidiaGpus)),
        ];
        return compared.Where(entry => entry.Given?.Number > entry.Limit?.Number)
            .Select(entry => ((string, string, string)?)($"{entry.Given!.Text} {entry.Unit}", entry.Most, entry.Limit!.Text))
            .FirstOrDefault();
    }

    private static Amount? Of(WorkbenchProfileSettings? profile, Read amount) => profile is null ? null : amount(profile);

    // The number that the section says itself is the one to change; the other may be that of everybody.
    private static SettingsProblem Above(SettingPath here, bool isDefaultWider, string least, string most, string given, string limit) => isDefaultWider
        ? new(
            here[most], $"is below {SettingPath.KeyFor(least)} of {Everybody}, {given}: a session that asks for nothing could not start", $"{given} or more",
            $"raise it, or give {SettingPath.KeyFor(least)} in this section", limit)
        : new(
            here[least], $"is above {SettingPath.KeyFor(most)}, {limit}: a session that asks for nothing could not start", $"up to {limit}",
            $"lower it, or raise {SettingPath.KeyFor(most)}", given);

    private static SettingsProblem KeptTooMuch(SettingPath at, string most, string given, string limit) => new(
        at, $"is above {SettingPath.KeyFor(most)}, {limit}, and Kubernetes takes no pod for which more is kept than it may use", $"up to {limit}",
        $"lower it, or raise {SettingPath.KeyFor(most)}", given);

    // Nodes that come one by one may be of any type of instance, and what others look after is not known.
    private static bool HasGpus(ClusterSettings? cluster) => cluster switch
    {
        EksClusterSettings eks => !eks.Provisioned.Pools.IsEmpty || eks.NodePools.Values.Any(pool => pool.NodeImage.Accelerator is Accelerator.Nvidia),
        GkeClusterSettings gke => gke.AutoProvisioning is { Enabled: true, Gpus.IsEmpty: false }
            || gke.NodePools.Values.Any(pool => pool.EffectiveAccelerator is not null),
        _ => true,
    };

    private sealed record Nodes(ImmutableSortedDictionary<string, NodePool> Pools, bool HaveGpus);

    private delegate Amount? Read(WorkbenchProfileSettings profile);

    private sealed record Amount(decimal Number, string Text)
    {
        public static Amount? Of(string? text) =>
            text is null ? null : new(decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), text);

        public static Amount? Of(int? number) => number is { } whole ? new(whole, $"{whole}") : null;
    }
}
