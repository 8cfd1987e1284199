using System.Collections.Immutable;
using Infra.Iam;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Tower;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>One namespace in which Seqera Platform launches Nextflow.</summary>
public sealed record TowerEnvironmentSettings : IChecked
{
    [Setting("Namespace of head jobs and tasks.")]
    [Form(Form.KubernetesNamespace)]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("tower-nf");

    [Setting(
        "Make the namespace. False where it exists, as a project of Rancher, Capsule or OpenShift: "
        + "it keeps its own labels, its Pod Security Standard among them.")]
    public bool CreateNamespace { get; init; } = TowerComputeEnvironmentArgs.DefaultCreatesNamespace;

    [Setting("ServiceAccount that head jobs run as.")]
    public KubernetesName HeadServiceAccount { get; init; } = LauncherNames.OfficialAccount;

    [Setting("ServiceAccount that tasks run as; it may do nothing on the cluster.")]
    public KubernetesName ComputeServiceAccount { get; init; } = TowerComputeEnvironmentArgs.DefaultComputeServiceAccount;

    [Setting("Name of the Role of the head account; a new name brings new bindings, made before the old ones go.")]
    public KubernetesName Role { get; init; } = LauncherNames.OfficialRole;

    [Setting("Users that Seqera Platform signs in as; on GKE also the e-mail address of an IAM service account.")]
    [Form(Form.RbacSubject)]
    public ImmutableArray<string> Users { get; init; } = [TowerLauncherArgs.DefaultUser];

    [Setting("Groups that Seqera Platform signs in with: those of an EKS access entry.")]
    [Form(Form.RbacSubject)]
    public ImmutableArray<string> Groups { get; init; } = [];

    [Setting("Work directories in S3 on EKS, or in Cloud Storage on GKE, through Fusion.", Absent = "none")]
    public FusionSettings? Fusion { get; init; }

    [Setting("Make a token that does not expire, for a Platform that reaches a plain Kubernetes API with it. EKS and GKE sign in otherwise.")]
    public bool Token { get; init; }

    [Setting(
        "Pod Security Standard of the namespace.",
        Absent = "baseline, because most pipelines run as root inside their containers; privileged with fusion, which mounts file systems in them",
        Example = "baseline")]
    public PodSecurityLevel? PodSecurity { get; init; }

    [Setting("Keep other pods away from those of the runs, and those away from the node's credentials. The network plugin has to enforce network policies.")]
    public bool NetworkPolicy { get; init; } = TowerComputeEnvironmentArgs.DefaultIsolated;

    [Setting("Traffic that the runs may start besides: to nodes, which some network plugins leave out of every block of addresses.")]
    public ImmutableArray<EgressSettings> Egress { get; init; } = [];

    [Setting("The claim that head jobs and tasks share.", Absent = "no claim: work directories lie in object storage, through Fusion")]
    public TowerScratchSettings? Scratch { get; init; }

    [Setting(
        "Work directory of runs: the mount path of scratch or a directory below it, or a bucket of fusion with or without a path.",
        Absent = "the mount path of scratch; with fusion the first bucket",
        Example = "/scratch/research")]
    public string? WorkDir { get; init; }

    [Setting(
        "Node pool of platform:cluster, one of Karpenter or of EKS Auto Mode as well, that runs are meant for: its labels and taints go into Nextflow's "
            + "configuration, and into the spec of head pods unless the pool has accelerators.",
        Absent = "any node that takes every pod",
        Example = "pipelines")]
    public KubernetesName? NodePool { get; init; }

    [Setting("Bounds of what the runs take.", Absent = "no bounds")]
    public TowerLimitsSettings? Limits { get; init; }

    [Setting("What the Platform adds to every run.")]
    public TowerLaunchSettings Launch { get; init; } = new();

    /// <summary>The work directory in effect on a cluster; null only in settings that are not valid.</summary>
    public string? WorkDirOn(ClusterSettings? cluster) => WorkDir ?? Fusion?.AddressesOn(cluster).FirstOrDefault() ?? Scratch?.MountPath;

    /// <summary>The Pod Security Standard in effect.</summary>
    public PodSecurityLevel EffectivePodSecurity => PodSecurity ?? (Fusion is null ? PodSecurityLevel.Baseline : PodSecurityLevel.Privileged);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!CreateNamespace && PodSecurity is { } standard)
        {
            yield return new(
                at[nameof(PodSecurity)],
                $"is a label of the namespace {Namespace}, which createNamespace: false leaves as it is",
                "absent with createNamespace: false",
                "remove podSecurity, and have the owner of the namespace label it", SettingPath.KeyFor($"{standard}"));
        }

        if (HeadServiceAccount == ComputeServiceAccount)
        {
            yield return new(
                at[nameof(ComputeServiceAccount)], "is the head service account as well, and tasks would launch pods and read configuration like it",
                "an account of its own", $"computeServiceAccount: {TowerComputeEnvironmentArgs.DefaultComputeServiceAccount}", ComputeServiceAccount.Text);
        }

        if (Token && platform.Cluster is not null and not ExistingClusterSettings)
        {
            yield return new(
                at[nameof(Token)], "is true, and the Platform signs in to EKS and GKE with cloud credentials, which expire", "false",
                "remove token, and describe platform:tower eks or gke", "true");
        }

        if (Scratch is { Volume: null } && platform.Storage is null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Storage)),
                $"is missing, and {at[nameof(Scratch)]} needs it",
                "efs, filestore, nfs or another kind of storage",
                "describe platform:storage in the stack file, name a volume in scratch, or remove scratch");
        }

        foreach (var problem in EgressSettings.CheckUse(Egress, NetworkPolicy, SettingPath.KeyFor(nameof(NetworkPolicy)), at[nameof(Egress)]))
        {
            yield return problem;
        }

        foreach (var problem in SecretVariableRules.Check(Launch.Environment.Keys, at[nameof(Launch)][nameof(Launch.Environment)]))
        {
            yield return problem;
        }

        foreach (var problem in (IEnumerable<SettingsProblem>)[.. CheckWorkDirectory(platform.Cluster, at), .. EnvironmentBounds.Check(this, at)])
        {
            yield return problem;
        }
    }

    private IEnumerable<SettingsProblem> CheckWorkDirectory(ClusterSettings? cluster, SettingPath at)
    {
        if (WorkDir is null)
        {
            if (Scratch is null && Fusion is null)
            {
                yield return new(at[nameof(Scratch)], "is missing, and so is fusion: runs have no work directory", "scratch, or fusion", "add scratch: {}");
            }
        }
        else if (WorkDir.Contains("://"))
        {
            ImmutableArray<string> buckets = [.. Fusion?.AddressesOn(cluster) ?? []];
            if (!buckets.Any(bucket => WorkDir == bucket || WorkDir.StartsWith($"{bucket}/")))
            {
                yield return Wrong(
                    "lies in no bucket of fusion", buckets.IsEmpty ? "a path on scratch" : $"{string.Join(" or ", buckets)}, with or without a path");
            }
        }
        else if (!WorkDir.StartsWith('/'))
        {
            yield return Wrong("is not an absolute path", "a path that starts with /, or a bucket of fusion");
        }
        else if (Scratch is null)
        {
            yield return Wrong("is a path, and there is no scratch claim that it could lie on", "scratch with this path as its mountPath or above it");
        }
        else if (!Scratch.Mounts(WorkDir))
        {
            yield return Wrong(
                $"lies outside {at[nameof(Scratch)][nameof(Scratch.MountPath)]}, {Scratch.MountPath}", $"{Scratch.MountPath} or a directory below it");
        }

        SettingsProblem Wrong(string what, string allowed) => new(
            at[nameof(WorkDir)], what, allowed, $"for example workDir: {(this with { WorkDir = null }).WorkDirOn(cluster) ?? "/scratch"}", WorkDir);
    }
}

/// <summary>Work directories in S3 on an EKS cluster, or in Cloud Storage on a GKE cluster.</summary>
public sealed record FusionSettings : IChecked
{
    [Setting("Names of the buckets with work directories; head jobs and tasks may read and write them.", Example = "[example-work]")]
    [Form(Form.S3BucketName)]
    [Fewest(1)]
    public required ImmutableArray<string> Buckets { get; init; }

    [Setting("On EKS: how pods come by the role for the buckets: irsa is what Seqera documents.")]
    public WorkloadIdentity Identity { get; init; } = EksFusionRoleArgs.DefaultIdentity;

    /// <summary>The buckets as the Platform's forms write them: <c>s3://example-work</c>, on GKE <c>gs://example-work</c>.</summary>
    public IEnumerable<string> AddressesOn(ClusterSettings? cluster)
    {
        var scheme = cluster?.BucketScheme ?? "s3";
        return Buckets.Select(bucket => $"{scheme}://{bucket}");
    }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Buckets.IsEmpty)
        {
            yield return new(at[nameof(Buckets)], "is empty", "one bucket or more", "buckets: [example-work], or remove fusion");
        }

        if (platform.Cluster is { BucketScheme: null })
        {
            yield return new(
                at,
                "is given for a cluster that is not described as EKS or GKE",
                "a cluster of the kind eks, adoptedEks, gke or adoptedGke",
                "describe the cluster as adoptedEks or adoptedGke, or remove fusion");
        }
    }
}
