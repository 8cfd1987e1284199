using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Storage;

/// <summary>A <c>ReadWriteMany</c> PersistentVolumeClaim, with the PersistentVolume behind it where none is provisioned.</summary>
public sealed class SharedClaim : ComponentResource
{
    private const string Token = "platform:storage:SharedClaim";
    private const string ReadWriteMany = "ReadWriteMany";

    /// <summary>Marks what must not be mistaken for storage that outlives a node.</summary>
    private const string DemoLabel = "studio-platform/demo";

    /// <summary>Name of the claim in <see cref="Namespace"/>; resolves when the claim exists.</summary>
    [Output("claimName")]
    public Output<string> ClaimName { get; private set; }

    /// <summary>Namespace of the claim; resolves when the claim exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>Capacity that the claim asks for; a plan that would change it on a volume that is not provisioned for it is refused.</summary>
    [Output("size")]
    public Output<string> Size { get; private set; }

    /// <summary>Whether the files lie on the one node of a demonstration.</summary>
    public bool SingleNodeDemo { get; }

    public SharedClaim(string name, SharedClaimArgs args, SharedVolume source, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        SingleNodeDemo = source is SharedVolume.Static { SingleNodeDemo: true };
        var common = new Labels("storage", args.ClaimName.Text).All;
        var labels = SingleNodeDemo ? common.Add(DemoLabel, "single-node") : common;
        // Kubernetes resizes only what a class has provisioned: elsewhere another size is ignored, and refused below.
        var isFixed = source is not SharedVolume.Provisioned;
        var volume = source is SharedVolume.Static existing ? Volume(name, args, existing, labels, Kept(args, isFixed ? ["spec.capacity"] : [])) : null;

        var spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { ReadWriteMany },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = args.Size.Text } },
            StorageClassName = source.StorageClassName,
        };
        if (volume is not null)
        {
            spec.VolumeName = volume.Metadata.Apply(metadata => metadata.Name);
        }
        else if (source is SharedVolume.Existing bound)
        {
            spec.VolumeName = bound.VolumeName;
        }

        var claim = new PersistentVolumeClaim(
            $"{name}-claim",
            new PersistentVolumeClaimArgs
            {
                Metadata = new ObjectMetaArgs { Name = args.ClaimName.Text, Namespace = args.Namespace, Labels = labels },
                Spec = spec,
            },
            Kept(args, isFixed ? ["spec.resources"] : []));

        ClaimName = claim.Metadata.Apply(metadata => metadata.Name);
        Namespace = claim.Metadata.Apply(metadata => metadata.Namespace);
        Size = isFixed
            ? Output.Tuple(claim.Spec, args.Namespace.ToOutput()).Apply(made => Require(made.Item1.Resources.Requests["storage"], args, made.Item2))
            : Output.Create(args.Size.Text);
        RegisterOutputs();
    }

    private CustomResourceOptions Kept(SharedClaimArgs args, List<string> ignored) =>
        new() { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected, IgnoreChanges = ignored };

    private static string Require(string made, SharedClaimArgs args, string namespaceName) => args.Size.Means(made)
        ? made
        : throw new RunException(
            $"PersistentVolumeClaim {namespaceName}/{args.ClaimName} asks for {made} of a volume that no class has provisioned, and Kubernetes refuses to "
                + $"change that to {args.Size}: set {args.SizeSetting}: {made}. The number bounds nothing there: "
                + "make the file system itself larger where it is kept.");

    // The name is left to Pulumi: volumes are cluster-scoped, and a fixed name would collide between namespaces and stacks.
    private static PersistentVolume Volume(
        string name,
        SharedClaimArgs args,
        SharedVolume.Static source,
        ImmutableDictionary<string, string> labels,
        CustomResourceOptions options) => new(
        $"{name}-volume",
        new PersistentVolumeArgs
        {
            Metadata = new ObjectMetaArgs { Labels = labels },
            Spec = new PersistentVolumeSpecArgs
            {
                AccessModes = { ReadWriteMany },
                Capacity = { ["storage"] = args.Size.Text },
                ClaimRef = new ObjectReferenceArgs { Namespace = args.Namespace, Name = args.ClaimName.Text },
                Csi = source.Csi!,
                HostPath = source.HostPath!,
                MountOptions = source.MountOptions,
                Nfs = source.Nfs!,
                NodeAffinity = source.NodeAffinity!,
                PersistentVolumeReclaimPolicy = "Retain",
                StorageClassName = source.StorageClassName,
                VolumeMode = "Filesystem",
            },
        },
        ImmutableFields.Replacing(ImmutableFields.PersistentVolume, options));
}

/// <summary>What a consumer of shared storage asks for.</summary>
public sealed class SharedClaimArgs : ResourceArgs
{
    /// <summary>Physical name of the claim: pod templates and vendors' forms refer to it.</summary>
    public required KubernetesName ClaimName { get; init; }

    /// <summary>Namespace of the pods that mount it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Requested capacity; elastic file systems take it as a label only.</summary>
    public required Quantity Size { get; init; }

    /// <summary>
    /// Directory on the storage that becomes the root of the claim, relative and without "..": two claims with different
    /// directories do not see each other's files. Default: the root of the storage, or a fresh volume where a class provisions one.
    /// </summary>
    public string Directory { get; init; } = "";

    /// <summary>
    /// Permissions of the directory, which belongs to root, where the storage makes one: octal. Default as /tmp, where everybody may make files that only their
    /// owner may delete.
    /// </summary>
    public string Permissions { get; init; } = "1777";

    /// <summary>The key of the stack file that says the size, for refusals. Default <c>scratch.size</c>.</summary>
    public string SizeSetting { get; init; } = "scratch.size";

    /// <summary>Refuse deletion through Pulumi and keep the objects when they leave the program. Default: neither.</summary>
    public bool Protected { get; init; }
}
