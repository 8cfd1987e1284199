using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Storage;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The claims of Workbench.</summary>
public sealed record WorkbenchStorageSettings
{
    [Setting("Home directories; server and sessions mount them at /home.")]
    public WorkbenchHomeSettings Home { get; init; } = new();

    [Setting("What all server pods know; they mount it at /var/lib/rstudio-server.")]
    public WorkbenchSharedSettings Shared { get; init; } = new();

    // What names of classes are put together of where one node mounts a disk at a time: those of EKS, GKE and AKS, their drivers' examples, OpenShift, Rook,
    // Ceph, OpenStack, kind and k3s. StorageSettings has four of them as whole names.
    private static readonly ImmutableArray<string> BlockWords =
    [
        "block", "cinder", "disk", "disks", "ebs", "gp2", "gp3", "hyperdisk", "io1", "io2", "iscsi", "local", "managed", "pd", "rbd", "rwo", "st1",
        "sc1", "standard",
    ];

    // And where files have no owners or links of their own: shares of SMB, and buckets that look like directories.
    private static readonly ImmutableArray<string> OwnerlessWords =
        ["azurefile", "blobfuse", "cifs", "fuse", "gcs", "gcsfuse", "geesefs", "mountpoint", "s3", "s3fs", "smb"];

    private static readonly ImmutableArray<string> SharedWords = ["cephfs", "filestore", "gluster", "netapp", "nfs", "nfs4", "rwx"];

    /// <summary>The claims as the component takes them.</summary>
    internal (WorkbenchClaim Home, WorkbenchClaim Shared) Claims(StorageSettings? storage) => (
        new(WorkbenchClaim.HomeRole, Home.ClaimName, Home.Size, DirectoryOn(storage, Home.Directory, WorkbenchClaim.HomeRole)),
        new("shared", Shared.ClaimName, Shared.Size, DirectoryOn(storage, Shared.Directory, "shared")));

    /// <summary>Whether the storage can carry the claims, and keeps them apart from everything else.</summary>
    internal IEnumerable<SettingsProblem> CheckBeside(PlatformSettings platform, SettingPath at) =>
        [.. CheckKind(platform, at), .. platform.Storage is { HasDirectories: true } ? CheckApart(platform, at) : CheckWhole(platform, at)];

    private static string DirectoryOn(StorageSettings? storage, string? directory, string role) =>
        directory ?? (storage is { HasDirectories: true } ? $"workbench/{role}" : "");

    private IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at)
    {
        const string Classes = "a class whose driver supports ReadWriteMany with owners and symbolic links (Filestore, NFS, CephFS)";
        if (platform.Storage is ExistingClassStorageSettings { StorageClassName: var name })
        {
            var here = At.Storage["existingClass"][nameof(ExistingClassStorageSettings.StorageClassName)];
            var words = name.Split('-', '.', '_');
            if (words.Contains("efs"))
            {
                yield return new(
                    here,
                    "is by its name a class of EFS, which forces one owner on all files of a claim, so that home directories cannot belong to their users",
                    Classes, "describe storage.efs, which binds volumes without an owner, or nfs", name);
            }
            else if (words.Intersect(SharedWords, StringComparer.Ordinal).Any())
            {
                yield break;
            }
            else if (words.Intersect(BlockWords, StringComparer.Ordinal).Any() && !ExistingClassStorageSettings.BlockStorageClasses.Contains(name))
            {
                yield return new(
                    here, "is by its name a class for disks that one node mounts at a time, and server and sessions of Workbench mount the same claims",
                    Classes, "kubectl get storageclass lists the classes", name);
            }
            else if (words.Intersect(OwnerlessWords, StringComparer.Ordinal).Any())
            {
                yield return new(
                    here,
                    "is by its name a class whose files have no owners or symbolic links of their own, so that home directories cannot belong to their users",
                    Classes, "kubectl get storageclass lists the classes", name);
            }
        }
        else if (platform.Storage is FsxLustreStorageSettings)
        {
            yield return new(
                At.Storage["fsxLustre"], "gives every claim the whole file system, so that home directories and the server's state would lie in one directory",
                "efs, filestore, nfs or existingClass", "describe one of them beside workbench");
        }
        else if (platform.Storage is FilestoreStorageSettings { InstancePerClaim: false })
        {
            yield return new(
                At.Storage["filestore"][nameof(FilestoreStorageSettings.InstancePerClaim)],
                "leaves home directories and the server's state one share, so that each sees the other's files", "true beside workbench",
                "instancePerClaim: true", "false");
        }
        else if (platform.Storage is FilestoreStorageSettings filestore)
        {
            var claims = new[] { (Role: nameof(Home), Home.Size), (Role: nameof(Shared), Shared.Size) };
            foreach (var (role, size) in claims.Where(claim => !filestore.Offered.Offers(FilestoreClassStorage.GibibytesOf(claim.Size))))
            {
                yield return new(
                    at[role][nameof(Home.Size)], $"is no size that Filestore's tier {SettingPath.KeyFor($"{filestore.Tier}")} has",
                    $"{filestore.Offered.Sizes}, in GiB", $"size: {filestore.Offered.SmallestGiB}Gi", size.Text);
            }
        }
    }

    private IEnumerable<SettingsProblem> CheckWhole(PlatformSettings platform, SettingPath at)
    {
        if (platform.Storage is not (ExistingClassStorageSettings or FilestoreStorageSettings))
        {
            yield break;
        }

        var claims = new[] { (Role: nameof(Home), Home.Directory), (Role: nameof(Shared), Shared.Directory) };
        foreach (var (role, directory) in claims.Where(claim => claim.Directory is not null))
        {
            yield return new(
                at[role][nameof(Home.Directory)], "is given, but every claim gets an empty volume of its own here", "no directory", "remove directory",
                directory);
        }
    }

    // A directory inside another one would show its files to whoever mounts that.
    private IEnumerable<SettingsProblem> CheckApart(PlatformSettings platform, SettingPath at)
    {
        var (home, shared) = Claims(platform.Storage);
        List<(SettingPath At, string Directory, string Owner)> others =
        [
            .. platform.Tower?.Environments.Where(environment => environment.Value.Scratch is { Volume: null })
                .Select(environment => (
                    At.Environment(environment.Key), environment.Value.Scratch!.DirectoryOn(platform.Storage, environment.Key),
                    $"the work directory of tower.environments.{environment.Key}")) ?? [],
        ];
        foreach (var (role, directory, beside) in new[]
        {
            (nameof(Home), home.Directory, others),
            (nameof(Shared), shared.Directory, [.. others, (at, home.Directory, "the home directories")]),
        })
        {
            foreach (var other in beside.Where(other => Overlaps(directory, other.Directory)))
            {
                yield return new(
                    at[role][nameof(Home.Directory)], $"and {other.Owner}, {(other.Directory.Length == 0 ? "the root" : other.Directory)}, lie in each other",
                    "a directory of its own", $"for example directory: workbench/{SettingPath.KeyFor(role)}", directory);
            }
        }
    }

    private static bool Overlaps(string directory, string other) =>
        directory.Length == 0 || other.Length == 0 || $"{directory}/".StartsWith($"{other}/", StringComparison.Ordinal)
        || $"{other}/".StartsWith($"{directory}/", StringComparison.Ordinal);
}

/// <summary>The claim of the home directories.</summary>
public sealed record WorkbenchHomeSettings
{
    [Setting("Name of the claim.")]
    public KubernetesName ClaimName { get; init; } = WorkbenchClaim.DefaultHomeName;

    [Setting("Size of the claim; elastic file systems take it as a label only. Posit asks for 100 GB or more together with the shared claim.")]
    [Least("1Gi")]
    public Quantity Size { get; init; } = Quantity.Parse("100Gi");

    [Setting(
        "Directory of the storage that becomes /home. On nfs it has to exist before the first pod mounts it.",
        Absent = "workbench/home; with existingClass a volume of its own")]
    [Form(Form.Directory)]
    public string? Directory { get; init; }
}

/// <summary>The claim of the server's shared state.</summary>
public sealed record WorkbenchSharedSettings
{
    [Setting("Name of the claim.")]
    public KubernetesName ClaimName { get; init; } = WorkbenchClaim.DefaultSharedName;

    [Setting("Size of the claim; elastic file systems take it as a label only.")]
    [Least("1Gi")]
    public Quantity Size { get; init; } = Quantity.Parse("10Gi");

    [Setting(
        "Directory of the storage that holds it. On nfs it has to exist before the first pod mounts it.",
        Absent = "workbench/shared; with existingClass a volume of its own")]
    [Form(Form.Directory)]
    public string? Directory { get; init; }
}
