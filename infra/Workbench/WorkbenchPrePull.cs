using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workbench;

/// <summary>
/// A pod on every node that pulls the images of sessions before the first session does: they have many gigabytes. One container after the other does nothing
/// and ends, the last one sleeps.
/// </summary>
public sealed record WorkbenchPrePull
{
    private const string PhysicalName = "workbench-pre-pull";

    // Nobody: the containers read and write nothing.
    private const int User = 65534;

    private static readonly Labels PodLabels = new("workbench", "pre-pull");

    /// <summary>Labels of the nodes. Default all Linux nodes.</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints of nodes that do not keep the pods away. Default none.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary>Images that no profile names. Default none.</summary>
    public ImmutableArray<string> Images { get; init; } = [];

    /// <summary>Whether sessions have the images of the pinned chart, where no profile names others. Default true.</summary>
    public bool ChartImages { get; init; } = true;

    /// <summary>The images, each once, the one that every session starts with first.</summary>
    /// <param name="plan">Whose sessions.</param>
    /// <param name="registry">A registry with copies of the chart's images; null for the publisher's.</param>
    public ImmutableArray<string> ImagesFor(WorkbenchPlan plan, string? registry)
    {
        var named = plan.Profiles.Values.SelectMany(profile => profile.ContainerImages.Append(profile.DefaultContainerImage)).OfType<string>();
        return [.. Of(plan, registry).Concat(named).Concat(Images).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Makes the DaemonSet.</summary>
    /// <param name="name">Logical name of Workbench.</param>
    /// <param name="args">Workbench.</param>
    /// <param name="parent">Workbench.</param>
    internal void Make(string name, PositWorkbenchArgs args, Resource parent)
    {
        var images = ImagesFor(args.Plan, args.Chart.ImageRegistry);
        var spec = new PodSpecArgs
        {
            AutomountServiceAccountToken = false,
            Containers = { Container("images-are-here", images[0], "exec sleep infinity") },
            EnableServiceLinks = false,
            SecurityContext = RestrictedSecurity.Pod(User),
            // The first process of a container does not hear a polite signal, and there is nothing to finish.
            TerminationGracePeriodSeconds = 1,
        };
        foreach (var secret in args.Plan.Images.PullSecrets)
        {
            spec.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = secret });
        }

        foreach (var (index, image) in images.Index().Skip(1))
        {
            spec.InitContainers.Add(Container($"pull-{index}", image, "exit 0"));
        }

        new DaemonSet(
            $"{name}-pre-pull",
            new DaemonSetArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = PhysicalName,
                    Namespace = args.Namespace,
                    Labels = PodLabels.All,
                    // An update does not wait for gigabytes on every node, nor fail because one node lacks the room.
                    Annotations = { ["pulumi.com/skipAwait"] = "true" },
                },
                Spec = new DaemonSetSpecArgs
                {
                    Selector = new LabelSelectorArgs { MatchLabels = PodLabels.Selector },
                    Template = new PodOptions { NodeSelector = ImmutableDictionary.CreateRange(NodeSelector), Tolerations = Tolerations }.Template(
                        new ObjectMetaArgs { Labels = PodLabels.All },
                        spec,
                        ImmutableDictionary<string, string>.Empty.Add("kubernetes.io/os", "linux")),
                    // Nobody misses the pods: all nodes may pull at once.
                    UpdateStrategy = new DaemonSetUpdateStrategyArgs
                    {
                        Type = "RollingUpdate",
                        RollingUpdate = new RollingUpdateDaemonSetArgs { MaxUnavailable = "100%" },
                    },
                },
            },
            new CustomResourceOptions { Parent = parent });
    }

    // The chart offers everybody its own image, unless the section of everybody names a default and a list (rstudio-library, _profiles.tpl).
    private IEnumerable<string> Of(WorkbenchPlan plan, string? registry)
    {
        var images = plan.Images;
        if (images.SessionInitFrom(registry) is { } init && (ChartImages || images.SessionInit is not null))
        {
            yield return init;
        }

        if (plan.Profiles.GetValueOrDefault(WorkbenchProfile.Everybody) is not { DefaultContainerImage: not null, ContainerImages.IsEmpty: false }
            && (ChartImages || images.Session is not null))
        {
            yield return images.SessionFrom(registry);
        }
    }

    // A shell is what the launcher starts in these images, too (files/job.tpl).
    private static ContainerArgs Container(string name, string image, string command) => new()
    {
        Name = name,
        Image = image,
        Command = { "/bin/sh", "-c", command },
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "1m", ["memory"] = "16Mi" },
            Limits = { ["memory"] = "16Mi" },
        },
        SecurityContext = RestrictedSecurity.Container(User, readOnlyRootFilesystem: true),
    };
}
