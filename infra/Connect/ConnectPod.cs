using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Connect;

/// <summary>The pod template that proxy and server share: placement, security, environment and the reason to roll.</summary>
internal sealed class ConnectPod(ConnectWorkloadArgs workload, PodOptions options, Labels labels)
{
    private const string TlsVolume = "redis-tls";
    private const string AuthorityVolume = "authority";

    // What Kubernetes leaves a container after SIGTERM by default.
    private const int OwnGraceSeconds = 30;

    // 0440: root owns the files of a Secret, the container's group is fsGroup.
    public const int SecretFileMode = 288;
    public required Input<string> Account { get; init; }
    public required ContainerArgs Container { get; init; }

    public required ImmutableSortedDictionary<string, EnvironmentValue> Environment { get; init; }

    /// <summary>The registration token among the variables; null for none.</summary>
    public SecretKeyRef? RegistrationToken { get; init; }

    /// <summary>The SSH host key among the volumes; null for none.</summary>
    public SecretKeyRef? SshHostKey { get; init; }

    /// <summary>Hash of the quota policy among the volumes; null for none.</summary>
    public string? QuotaPolicy { get; init; }

    /// <summary>The operator's own variables that are secret; null for none.</summary>
    public SecretVariables? SecretVariables { get; init; }

    public ImmutableArray<VolumeArgs> Volumes { get; init; } = [];

    /// <summary>Seconds for which a pod that goes answers on. Default none.</summary>
    public int DrainSeconds { get; init; }

    public PodTemplateSpecArgs Template()
    {
        foreach (var (name, value) in Environment)
        {
            Container.Env.Add(Variable(name, value));
        }

        ConnectGuards.Declare(workload, Container);
        var spec = new PodSpecArgs
        {
            AutomountServiceAccountToken = false,
            Containers = { Container },
            EnableServiceLinks = false,
            SecurityContext = ConnectSecurity.Pod(workload),
            ServiceAccountName = Account,
            TopologySpreadConstraints = { Spread("kubernetes.io/hostname"), Spread("topology.kubernetes.io/zone") },
        };
        PullSecrets.Add(spec, workload.PullSecrets);
        foreach (var volume in Volumes)
        {
            spec.Volumes.Add(volume);
        }

        MountTls(spec);
        MountAuthority(spec);
        Drain(spec);

        return options.Template(
            new ObjectMetaArgs { Labels = labels.All, Annotations = { [ConfigHash.Annotation] = Hash() } },
            spec,
            // Seqera builds the images for one architecture only.
            workload.NodeSelector.SetItems(options.NodeSelector).SetItem("kubernetes.io/arch", "amd64"));
    }

    // Kubernetes' own sleep: the images have no shell that could. What the container itself needs to stop comes on top.
    private void Drain(PodSpecArgs spec)
    {
        if (DrainSeconds > 0)
        {
            Container.Lifecycle = new LifecycleArgs { PreStop = new LifecycleHandlerArgs { Sleep = new SleepActionArgs { Seconds = DrainSeconds } } };
            spec.TerminationGracePeriodSeconds = DrainSeconds + OwnGraceSeconds;
        }
    }

    private IEnumerable<(string Name, SecretKeyRef Reference)> Secrets()
    {
        (string Name, SecretKeyRef? Reference)[] all =
        [
            ("registration-token", RegistrationToken),
            ("ssh-host-key", SshHostKey),
            ("redis-password", workload.Redis.Password),
            (ConnectFiles.Authority, workload.Redis.Tls?.CertificateAuthority),
            (ConnectFiles.ClientCertificate, workload.Redis.Tls?.ClientCertificate),
            (ConnectFiles.ClientKey, workload.Redis.Tls?.ClientKey),
        ];
        return
        [
            .. all.Where(secret => secret.Reference is not null).Select(secret => (secret.Name, secret.Reference!)),
            .. SecretVariables?.References.Select(variable => (variable.Key, variable.Value)) ?? [],
        ];
    }

    private Output<string> Hash()
    {
        var plain = Environment.SelectMany(variable =>
            variable.Value is EnvironmentValue.Text text ? [KeyValuePair.Create(variable.Key, text.Value)] : Array.Empty<KeyValuePair<string, string>>());
        if (QuotaPolicy is { } policy)
        {
            plain = plain.Append(KeyValuePair.Create("quota-policy", policy));
        }

        if (workload.Authority is { } authority)
        {
            plain = plain.Append(KeyValuePair.Create(AuthorityVolume, authority.Hash));
        }

        var secrets = Secrets().ToImmutableArray();
        return Output.All(secrets.Select(secret => secret.Reference.Version).Append(workload.Redis.Address)).Apply(versions =>
            ConfigHash.Compute(plain.Concat(secrets.Select(secret => secret.Name).Append("redis-address").Zip(versions, KeyValuePair.Create))));
    }

    private static EnvVarArgs Variable(string name, EnvironmentValue value) => value switch
    {
        EnvironmentValue.Text text => new EnvVarArgs { Name = name, Value = text.Value },
        EnvironmentValue.RedisAddress address => new EnvVarArgs { Name = name, Value = address.Value },
        EnvironmentValue.Secret secret => new EnvVarArgs { Name = name, ValueFrom = secret.Reference.ToEnvironment() },
        _ => throw new InvalidOperationException($"Variable {name} of Connect has no value."),
    };

    // Preferred, not required: a cluster with one node runs all pods on it rather than leaving some pending.
    private TopologySpreadConstraintArgs Spread(string topologyKey) => new()
    {
        LabelSelector = new LabelSelectorArgs { MatchLabels = labels.Selector },
        MaxSkew = 1,
        TopologyKey = topologyKey,
        WhenUnsatisfiable = "ScheduleAnyway",
    };

    private void MountAuthority(PodSpecArgs spec)
    {
        if (workload.Authority is { } authority)
        {
            spec.Volumes.Add(new VolumeArgs { Name = AuthorityVolume, ConfigMap = new ConfigMapVolumeSourceArgs { Name = authority.ConfigMapName } });
            Container.VolumeMounts.Add(new VolumeMountArgs { Name = AuthorityVolume, MountPath = ConnectFiles.Trusted, ReadOnly = true });
        }
    }

    private void MountTls(PodSpecArgs spec)
    {
        var files = Secrets()
            .Where(secret => secret.Name is ConnectFiles.Authority or ConnectFiles.ClientCertificate or ConnectFiles.ClientKey)
            .ToImmutableArray();
        if (files.IsEmpty)
        {
            return;
        }

        spec.Volumes.Add(new VolumeArgs
        {
            Name = TlsVolume,
            Projected = new ProjectedVolumeSourceArgs
            {
                DefaultMode = SecretFileMode,
                Sources = files.Select(file => new VolumeProjectionArgs
                {
                    Secret = new SecretProjectionArgs
                    {
                        Name = file.Reference.SecretName,
                        Items = { new KeyToPathArgs { Key = file.Reference.Key, Path = file.Name } },
                    },
                }).ToImmutableArray(),
            },
        });
        Container.VolumeMounts.Add(new VolumeMountArgs { Name = TlsVolume, MountPath = ConnectFiles.RedisTls, ReadOnly = true });
    }
}

/// <summary>The security contexts of Connect: restricted, except for the versions whose images know no user but root.</summary>
internal static class ConnectSecurity
{
    // Seqera's manifests and chart add it to proxy and server alike, though neither listens below 1024 any more:
    // a binary that carries it as a file capability does not start without it.
    private const string Capability = "NET_BIND_SERVICE";

    public static PodSecurityContextArgs Pod(ConnectWorkloadArgs workload) => workload.Profile.RunsAsRoot
        ? new() { SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" } }
        : RestrictedSecurity.Pod(UserId(workload));

    public static SecurityContextArgs Container(ConnectWorkloadArgs workload)
    {
        var context = RestrictedSecurity.Container(UserId(workload), workload.ReadOnlyRootFilesystem, Capability);
        if (workload.Profile.RunsAsRoot)
        {
            context.RunAsNonRoot = false;
        }

        return context;
    }

    private static int? UserId(ConnectWorkloadArgs workload) => workload.ClusterChoosesUser || workload.Profile.RunsAsRoot ? null : ConnectImages.UserId;
}

/// <summary>The probes of Connect: an open port, asked for often to route to it and seldom to restart it.</summary>
internal static class ConnectProbes
{
    public static ProbeArgs Readiness(string port) => new()
    {
        TcpSocket = new TCPSocketActionArgs { Port = port },
        PeriodSeconds = 5,
        FailureThreshold = 2,
    };

    public static ProbeArgs Liveness(string port) => new()
    {
        TcpSocket = new TCPSocketActionArgs { Port = port },
        InitialDelaySeconds = 10,
        PeriodSeconds = 20,
        FailureThreshold = 3,
    };
}
