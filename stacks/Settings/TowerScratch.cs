using Infra.Manifests;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A shared work directory.</summary>
public sealed record TowerScratchSettings : IChecked
{
    [Setting("Name of the claim; it goes into the Platform's form as storage claim name.")]
    public KubernetesName ClaimName { get; init; } = KubernetesName.Parse("tower-scratch");

    [Setting("Size of the claim; elastic file systems take it as a label only.")]
    public Quantity Size { get; init; } = Quantity.Parse("10Gi");

    [Setting(
        "Directory of the storage that becomes the root of the claim. On nfs it has to exist before the first pod mounts it.",
        Absent = "the name of the environment; with existingClass or volume its root")]
    [Form(Form.Directory)]
    public string? Directory { get; init; }

    [Setting("Where head jobs and tasks mount the claim.")]
    [Form(Form.AbsolutePath)]
    public string MountPath { get; init; } = "/scratch";

    [Setting("An existing PersistentVolume for this claim, instead of one on platform:storage.", Absent = "a volume on platform:storage")]
    public TowerVolumeSettings? Volume { get; init; }

    /// <summary>The directory in effect for the environment of that name; empty where the claim is no directory of a larger storage.</summary>
    public string DirectoryOn(StorageSettings? storage, string environment) =>
        Volume is not null ? "" : Directory ?? (storage is { HasDirectories: true } ? environment : "");

    /// <summary>Whether a path is the mount path or lies below it.</summary>
    public bool Mounts(string path) =>
        StoragePath.IsDirectory(path.Trim('/')) && (path.TrimEnd('/') == MountPath.TrimEnd('/') || path.StartsWith($"{MountPath.TrimEnd('/')}/"));

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MountPath.Trim('/').Length == 0)
        {
            yield return new(at[nameof(MountPath)], "would hide every file of the container", "a directory below /", "mountPath: /scratch", MountPath);
        }

        if (Directory is not null && Volume is { } volume)
        {
            yield return new(
                at[nameof(Directory)], $"is given, but the volume {volume.Name} decides itself what its root is", "no directory", "remove directory",
                Directory);
        }
        else if (Directory is not null && platform.Storage is ExistingClassStorageSettings provisioned)
        {
            yield return new(
                at[nameof(Directory)], $"is given, but the class {provisioned.StorageClassName} makes an empty volume for every claim", "no directory",
                "remove directory", Directory);
        }

        if (Volume is { } bound && Size.Amount != bound.Size.Amount)
        {
            yield return new(
                at[nameof(Size)],
                Size.Amount < bound.Size.Amount
                    ? $"is smaller than the volume {bound.Name}, which a claim binds whole"
                    : $"is larger than the volume {bound.Name}, which would never be bound",
                $"the size of the volume, {bound.Size}",
                $"size: {bound.Size}",
                Size.Text);
        }
    }
}

/// <summary>A PersistentVolume that exists, with ReadWriteMany among its access modes.</summary>
public sealed record TowerVolumeSettings
{
    [Setting("Name of the PersistentVolume.", Example = "lustre-research")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }

    [Setting("Its capacity; the claim asks for as much.", Example = "4800Gi")]
    public required Quantity Size { get; init; }

    [Setting("The class that it names.", Absent = "none, the empty class", Example = "lustre")]
    [Form(Form.KubernetesSubdomain)]
    public string? StorageClassName { get; init; }
}
