using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Accounts;
using Infra.Charts;
using Infra.Iam;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Storage.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Storage.V1;

namespace Infra.Clusters;

/// <summary>EKS add-ons at pinned versions, each with the IAM role that it needs and no other.</summary>
public sealed class EksAddons : ComponentResource
{
    private const string Token = "platform:clusters:EksAddons";
    private const string SystemNamespace = "kube-system";

    public EksAddons(string name, EksAddonsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        foreach (var addon in args.Addons)
        {
            Install($"{name}-{addon.Name}", addon, args);
        }

        RegisterOutputs();
    }

    private void Install(string name, EksAddon addon, EksAddonsArgs args)
    {
        var install = new AddonArgs
        {
            ClusterName = args.ClusterName,
            AddonName = addon.Name,
            AddonVersion = addon.Version,
            // Nothing was there before the add-on on a new cluster.
            ResolveConflictsOnCreate = "OVERWRITE",
            ResolveConflictsOnUpdate = addon.OnConflict.ToString().ToUpperInvariant(),
        };
        if (addon.Configuration is { } configuration)
        {
            install.ConfigurationValues = configuration;
        }

        var before = new List<Resource>();
        if (addon.ServiceAccount is { } account)
        {
            var role = MakeRole(name, addon, account, args, before);
            install.PodIdentityAssociations.Add(new AddonPodIdentityAssociationArgs { RoleArn = role.Arn, ServiceAccount = account });
        }

        // A controller that starts before its role may do anything crashes until it may.
        new Addon(name, install, new CustomResourceOptions { Parent = this, DependsOn = before });
    }

    private Role MakeRole(string name, EksAddon addon, string account, EksAddonsArgs args, List<Resource> permissions)
    {
        var role = AccountRole.Make(
            $"{name}-role",
            args.Account,
            args.ClusterArn.Apply(arn => TrustPolicies.PodIdentity(arn, SystemNamespace, account).ToJson()),
            $"EKS add-on {addon.Name}",
            this);
        if (addon.ManagedPolicy is { } managed)
        {
            permissions.Add(new RolePolicyAttachment(
                $"{name}-policy",
                new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = args.Account.Region.ManagedPolicy(managed) },
                new CustomResourceOptions { Parent = this }));
        }

        if (addon.UsesKey)
        {
            permissions.Add(new RolePolicy(
                $"{name}-encryption-policy",
                new RolePolicyArgs { Role = role.Name, Policy = args.KeyArn.Apply(arn => ClusterPolicies.VolumeEncryption(arn).ToJson()) },
                new CustomResourceOptions { Parent = this }));
        }

        return role;
    }
}

/// <summary>Which add-ons a cluster gets.</summary>
public sealed class EksAddonsArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }
    public required Input<string> ClusterName { get; init; }
    public required Input<string> ClusterArn { get; init; }
    public required ImmutableArray<EksAddon> Addons { get; init; }

    /// <summary>Key of the volumes that add-ons write.</summary>
    public required Input<string> KeyArn { get; init; }
}

/// <summary>One EKS add-on: its pinned version, its place in the order, and what it may do in AWS.</summary>
/// <param name="Name">Name in <c>aws eks describe-addon-versions</c>.</param>
/// <param name="Version">Pinned version.</param>
/// <param name="BeforeNodes">Nodes do not become ready without it; the others need a ready node themselves and would time out before there is one.</param>
public sealed record EksAddon(string Name, string Version, bool BeforeNodes)
{
    /// <summary>Service account that calls AWS; null for add-ons that call nothing.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Policy that AWS manages for it, with its path; null for none.</summary>
    public string? ManagedPolicy { get; init; }

    /// <summary>The add-on writes volumes that the cluster's key encrypts.</summary>
    public bool UsesKey { get; init; }

    /// <summary>Values of the add-on's configuration schema, as JSON; null for its defaults.</summary>
    public string? Configuration { get; init; }

    /// <summary>Paths in the configuration that the program relies on, so that nobody may change them.</summary>
    public ImmutableArray<string> Owned { get; init; } = [];

    /// <summary>Default what was tuned by hand stays.</summary>
    public EksAddonConflict OnConflict { get; init; } = EksAddonOptions.DefaultOnConflict;

    /// <summary>Names of all add-ons that some cluster gets.</summary>
    public static ImmutableArray<string> Names { get; } = [.. For(EksVersion.All[^1], lustreEnabled: true).Select(addon => addon.Name)];

    /// <summary>The add-on as a stack wants it.</summary>
    public EksAddon With(EksAddonOptions? options) => options is null ? this : this with
    {
        Version = options.Version ?? Version,
        Configuration = options.Configuration.IsEmpty ? Configuration : new ValueTree(Configuration ?? ValueTree.Empty.Text).Under(options.Configuration).Text,
        OnConflict = options.OnConflict,
    };

    /// <summary>The add-ons of a cluster, in the order in which they are installed.</summary>
    /// <remarks>
    /// Versions: what <c>aws eks describe-addon-versions</c> gave as the default on 2026-09-20 and what clusters ran on that day (public repositories, read
    /// 2026-11-26); the FSx driver is that of August 2026. The node agent of Pod Identity and the EFS driver are offered for every Kubernetes version.
    /// </remarks>
    /// <param name="version">Kubernetes version of the cluster.</param>
    /// <param name="lustreEnabled">Nodes mount FSx for Lustre file systems.</param>
    /// <param name="isAutoMode">The cluster is in Auto Mode, which has some of them as parts of its own.</param>
    public static ImmutableArray<EksAddon> For(EksVersion version, bool lustreEnabled, bool isAutoMode = false)
    {
        ImmutableArray<EksAddon> addons =
        [
            new("eks-pod-identity-agent", "v1.4.0-eksbuild.2", BeforeNodes: true),
            new("vpc-cni", "v1.22.4-eksbuild.3", BeforeNodes: true)
            {
                ServiceAccount = "aws-node",
                ManagedPolicy = "AmazonEKS_CNI_Policy",
                Owned = ["enableNetworkPolicy"],
                // A text, not a boolean: the add-on's schema declares it so.
                Configuration = new JsonObject { ["enableNetworkPolicy"] = "true" }.ToJsonString(),
            },
            new("kube-proxy", version.KubeProxy, BeforeNodes: true),
            new("coredns", version.CoreDns, BeforeNodes: false),
            new("aws-ebs-csi-driver", "v1.66.0-eksbuild.1", BeforeNodes: false)
            {
                ServiceAccount = "ebs-csi-controller-sa",
                // Only what the driver made and tagged (aws-ebs-csi-driver #2918); the policy before it reached every volume of the account.
                ManagedPolicy = "AmazonEBSCSIDriverPolicyV2",
                UsesKey = true,
            },
            new("aws-efs-csi-driver", "v3.4.2-eksbuild.1", BeforeNodes: false)
            {
                ServiceAccount = "efs-csi-controller-sa",
                ManagedPolicy = "service-role/AmazonEFSCSIDriverPolicy",
            },
            new("metrics-server", version.MetricsServer, BeforeNodes: false),
            new("snapshot-controller", "v8.6.0-eksbuild.8", BeforeNodes: false),
        ];

        // Static volumes need the node half of the driver only: no identity.
        addons = lustreEnabled ? addons.Add(new EksAddon("aws-fsx-csi-driver", "v1.9.0-eksbuild.1", BeforeNodes: false)) : addons;
        return isAutoMode ? addons.RemoveAll(addon => EksAutoMode.OwnAddons.Contains(addon.Name)) : addons;
    }
}

/// <summary>What a stack wants of an add-on in another way than the program has it.</summary>
public sealed record EksAddonOptions
{
    public const EksAddonConflict DefaultOnConflict = EksAddonConflict.Preserve;

    /// <summary>Another version; null for the pinned one.</summary>
    public string? Version { get; init; }

    /// <summary>Values of the add-on's configuration schema that are laid over the program's. Default none.</summary>
    public ValueTree Configuration { get; init; } = ValueTree.Empty;

    /// <summary>Default what was tuned by hand stays.</summary>
    public EksAddonConflict OnConflict { get; init; } = DefaultOnConflict;
}

/// <summary>What an update of an add-on does with fields that somebody changed in its objects.</summary>
public enum EksAddonConflict
{
    /// <summary>They stay as they are.</summary>
    Preserve,

    /// <summary>They become what the add-on says.</summary>
    Overwrite,

    /// <summary>The update fails, and names them.</summary>
    None,
}

/// <summary>The StorageClass of claims that name none: encrypted gp3 disks, each for one node at a time.</summary>
public sealed class DefaultStorageClass : ComponentResource
{
    /// <summary>Name of the class; stack files refer to it.</summary>
    public const string ClassName = "gp3";

    /// <summary>The driver that the add-on installs.</summary>
    internal const string AddonProvisioner = "ebs.csi.aws.com";

    /// <summary>The driver of EKS Auto Mode, which mounts no volume of the other (EKS user guide, "Create a storage class").</summary>
    internal const string AutoModeProvisioner = "ebs.csi.eks.amazonaws.com";

    private const string Token = "platform:clusters:DefaultStorageClass";

    public DefaultStorageClass(string name, Input<string> keyArn, string provisioner, ComponentResourceOptions? options = null)
        : base(Token, name, options)
    {
        new StorageClass(
            name,
            new StorageClassArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = ClassName,
                    Annotations = { ["storageclass.kubernetes.io/is-default-class"] = "true" },
                },
                Provisioner = provisioner,
                Parameters = { ["type"] = "gp3", ["encrypted"] = "true", ["kmsKeyId"] = keyArn },
                // A disk lies in one zone: it is made where the pod that wants it has been scheduled.
                VolumeBindingMode = "WaitForFirstConsumer",
                AllowVolumeExpansion = true,
                ReclaimPolicy = "Delete",
            },
            // Nothing in a class can be changed but its annotations, and the fixed name cannot exist twice.
            ImmutableFields.Replacing(ImmutableFields.StorageClass, new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true }));
        RegisterOutputs();
    }
}
