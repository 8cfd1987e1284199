using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.CodeStudios;

/// <summary>A zone of files and the claim that holds it.</summary>
/// <param name="Zone">The zone, where it is mounted, and whether pods write it.</param>
/// <param name="ClaimName">The claim.</param>
public sealed record ZoneVolume(SyncedZone Zone, Input<string> ClaimName)
{
    /// <summary>Its name among the volumes of a pod.</summary>
    public string Name => FileZones.Id(Zone.Zone).Replace('_', '-');
}

/// <summary>The pod template of a studio or webapp: its image under the Pod Security Standard <c>restricted</c>, zones, and starter files beforehand.</summary>
internal sealed class StudioPod(StudioLaunch launch, Labels labels, PodOptions options)
{
    private const string ExclusionsVolume = "exclusions";
    private const string ExclusionsFolder = "/etc/code-studio";
    private const string ExclusionsFile = $"{ExclusionsFolder}/{ExclusionsKey}";
    private const string Zones = "/zones";

    // A place of its own for what is being uploaded, compiled or unpacked; the rest of the home directory is the image's writable layer.
    private static readonly ResourceAmounts StudioResources = new(Quantity.Parse("500m"), Quantity.Parse("2Gi"), Quantity.Parse("4Gi"));
    private static readonly ResourceAmounts WebappResources = new(Quantity.Parse("250m"), Quantity.Parse("1Gi"), Quantity.Parse("1Gi"));
    private static readonly ResourceAmounts StarterResources = new(Quantity.Parse("50m"), Quantity.Parse("128Mi"), Quantity.Parse("64Mi"));

    /// <summary>Key of the patterns in their ConfigMap.</summary>
    public const string ExclusionsKey = "exclusions";

    public required ImageReference Image { get; init; }

    public required Input<string> Account { get; init; }

    /// <summary>ConfigMap with patterns of gitignore; a change of them rolls the pods by <see cref="ExclusionsHash"/>.</summary>
    public required Input<string> Exclusions { get; init; }

    public required string ExclusionsHash { get; init; }

    public required ImmutableArray<ZoneVolume> Volumes { get; init; }

    public required ImmutableSortedDictionary<string, string> Variables { get; init; }

    public required ImmutableArray<Input<string>> PullSecrets { get; init; }

    public PodTemplateSpecArgs Template()
    {
        var spec = new PodSpecArgs
        {
            AutomountServiceAccountToken = false,
            Containers = { Container() },
            EnableServiceLinks = false,
            SecurityContext = RestrictedSecurity.Pod(CodeStudioPins.UserId),
            ServiceAccountName = Account,
            TerminationGracePeriodSeconds = CodeStudioImage.GraceSeconds + 10,
        };
        if (launch.Kind is LaunchKind.Webapp)
        {
            spec.TopologySpreadConstraints.Add(new TopologySpreadConstraintArgs
            {
                LabelSelector = new LabelSelectorArgs { MatchLabels = labels.Selector },
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
            });
        }

        if (Laid.Any())
        {
            spec.InitContainers.Add(Starter());
        }

        Manifests.PullSecrets.Add(spec, PullSecrets);
        AddVolumes(spec);
        var metadata = new ObjectMetaArgs { Labels = labels.All, Annotations = { [ConfigHash.Annotation] = ExclusionsHash } };
        // What the stack file says of the pods wins over what the template says.
        foreach (var (key, value) in launch.State.Annotations.Where(entry => !options.Annotations.ContainsKey(entry.Key)))
        {
            metadata.Annotations.Add(key, value);
        }

        foreach (var (key, value) in launch.State.Labels.Where(entry => !options.Labels.ContainsKey(entry.Key)))
        {
            metadata.Labels.Add(key, value);
        }

        // The packages of the editors are those of one architecture.
        return options.Template(metadata, spec, ImmutableDictionary<string, string>.Empty.Add("kubernetes.io/arch", "amd64"));
    }

    // Where a pod is the first to see a zone: folders have to be there before they are mounted, or they would be root's; files before servers look for
    // them.
    private IEnumerable<ZoneVolume> Laid => Volumes.Where(volume => !IsPersonal(volume)
        && (volume.Zone is { Subpath.Length: > 0, OneWay: false } || launch.State.StarterFiles.Any(file => file.Zone == volume.Zone.Zone)));

    // What is the user's own is nothing for visitors of a webapp, and its servers find an empty folder in its place.
    private bool IsPersonal(ZoneVolume volume) =>
        launch.Kind is LaunchKind.Webapp && volume.Zone.Zone is (FileZone.UserVersioned or FileZone.UserResources);

    private ContainerArgs Container()
    {
        var container = new ContainerArgs
        {
            Name = launch.Name,
            Command = { CodeStudioImage.Supervisor },
            Image = Image.ToString(),
            ImagePullPolicy = "IfNotPresent",
            Resources = (launch.Kind is LaunchKind.Studio ? StudioResources : WebappResources).With(options.Size).ToRequirements(),
            SecurityContext = RestrictedSecurity.Container(CodeStudioPins.UserId, readOnlyRootFilesystem: false),
        };
        foreach (var variable in launch.Variables(Variables))
        {
            container.Env.Add(variable.FieldPath is { } field
                ? new EnvVarArgs { Name = variable.Name, ValueFrom = new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = field } } }
                : new EnvVarArgs { Name = variable.Name, Value = variable.Value! });
        }

        foreach (var (name, value) in GitVariables)
        {
            container.Env.Add(new EnvVarArgs { Name = name, Value = value });
        }

        foreach (var port in launch.Ports)
        {
            container.Ports.Add(new ContainerPortArgs { Name = PortNames.Of(port), ContainerPortValue = port.Port, Protocol = "TCP" });
        }

        foreach (var volume in Volumes)
        {
            container.VolumeMounts.Add(Mount(volume));
        }

        container.VolumeMounts.Add(ExclusionsMount());
        if (launch.Readiness is { } readiness)
        {
            container.ReadinessProbe = Probe(readiness);
        }

        return container;
    }

    // Git in the pod leaves out what the template leaves out, in every repository below the zones (git 2.31, "GIT_CONFIG_COUNT").
    private static IEnumerable<(string Name, string Value)> GitVariables =>
        [("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.excludesFile"), ("GIT_CONFIG_VALUE_0", ExclusionsFile)];

    private VolumeMountArgs Mount(ZoneVolume volume)
    {
        var mount = new VolumeMountArgs { Name = volume.Name, MountPath = volume.Zone.Path };
        if (!IsPersonal(volume) && (volume.Zone.OneWay || launch.Kind is LaunchKind.Webapp))
        {
            mount.ReadOnly = true;
        }

        if (volume.Zone.Subpath.Length > 0)
        {
            mount.SubPath = volume.Zone.Subpath;
        }

        return mount;
    }

    private static VolumeMountArgs ExclusionsMount() => new() { Name = ExclusionsVolume, MountPath = ExclusionsFolder, ReadOnly = true };

    private ContainerArgs Starter()
    {
        var laid = Laid.ToImmutableArray();
        var folders = laid.Where(volume => volume.Zone.Subpath.Length > 0).Select(volume => $"{FileZones.Id(volume.Zone.Zone)}/{volume.Zone.Subpath}");
        var container = new ContainerArgs
        {
            Name = "starter-files",
            // The script comes with the pod, so that an image of before has it too.
            Command = { "/bin/bash", "-c", CodeStudioImage.Script("starter-files").Text!, "starter-files", CodeStudioImage.Starter, Zones },
            Env = { new EnvVarArgs { Name = "STARTER_EXCLUSIONS", Value = ExclusionsFile } },
            Image = Image.ToString(),
            ImagePullPolicy = "IfNotPresent",
            Resources = StarterResources.ToRequirements(),
            SecurityContext = RestrictedSecurity.Container(CodeStudioPins.UserId, readOnlyRootFilesystem: false),
            VolumeMounts = { ExclusionsMount() },
        };
        foreach (var folder in folders)
        {
            container.Command.Add(folder);
        }

        foreach (var volume in laid)
        {
            container.VolumeMounts.Add(new VolumeMountArgs { Name = volume.Name, MountPath = $"{Zones}/{FileZones.Id(volume.Zone.Zone)}" });
        }

        return container;
    }

    private void AddVolumes(PodSpecArgs spec)
    {
        foreach (var volume in Volumes)
        {
            spec.Volumes.Add(IsPersonal(volume)
                ? new VolumeArgs { Name = volume.Name, EmptyDir = new EmptyDirVolumeSourceArgs() }
                : new VolumeArgs
                {
                    Name = volume.Name,
                    PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = volume.ClaimName },
                });
        }

        spec.Volumes.Add(new VolumeArgs { Name = ExclusionsVolume, ConfigMap = new ConfigMapVolumeSourceArgs { Name = Exclusions } });
    }

    private static ProbeArgs Probe(LaunchProbe probe)
    {
        var args = new ProbeArgs { PeriodSeconds = 5, FailureThreshold = 3, TimeoutSeconds = 3 };
        if (probe.Path is not { } path)
        {
            args.TcpSocket = new TCPSocketActionArgs { Port = probe.Port };
            return args;
        }

        var get = new HTTPGetActionArgs { Path = path, Port = probe.Port, Scheme = probe.Scheme };
        foreach (var (name, value) in probe.Headers)
        {
            get.HttpHeaders.Add(new HTTPHeaderArgs { Name = name, Value = value });
        }

        args.HttpGet = get;
        return args;
    }
}
