using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Clusters;

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

    /// <summary>Values of the add-on's configuration schema; null for its defaults.</summary>
    public string? Configuration { get; init; }

    /// <summary>The add-ons of a cluster, in the order in which they are installed.</summary>
    /// <param name="version">Kubernetes version of the cluster.</param>
    /// <param name="lustreEnabled">Nodes mount FSx for Lustre file systems.</param>
    public static ImmutableArray<EksAddon> For(EksVersion version, bool lustreEnabled)
    {
        ImmutableArray<EksAddon> addons =
        [
            new("eks-pod-identity-agent", "v1.3.10-eksbuild.3", BeforeNodes: true),
            new("vpc-cni", "v1.22.4-eksbuild.3", BeforeNodes: true)
            {
                ServiceAccount = "aws-node",
                ManagedPolicy = "AmazonEKS_CNI_Policy",
                // A text, not a boolean: the add-on's schema declares it so.
                Configuration = new JsonObject { ["enableNetworkPolicy"] = "true" }.ToJsonString(),
            },
            new("kube-proxy", version.KubeProxy, BeforeNodes: true),
            new("coredns", version.CoreDns, BeforeNodes: false),
            new("aws-ebs-csi-driver", "v1.63.1-eksbuild.1", BeforeNodes: false)
            {
                ServiceAccount = "ebs-csi-controller-sa",
                ManagedPolicy = "service-role/AmazonEBSCSIDriverPolicy",
                UsesKey = true,
            },
            new("aws-efs-csi-driver", "v3.4.1-eksbuild.1", BeforeNodes: false)
            {
                ServiceAccount = "efs-csi-controller-sa",
                ManagedPolicy = "service-role/AmazonEFSCSIDriverPolicy",
            },
            new("metrics-server", "v0.9.0-eksbuild.7", BeforeNodes: false),
            new("snapshot-controller", "v8.6.0-eksbuild.4", BeforeNodes: false),
        ];

        // Static volumes need the node half of the driver only: no identity.
        return lustreEnabled ? addons.Add(new EksAddon("aws-fsx-csi-driver", "v1.9.0-eksbuild.1", BeforeNodes: false)) : addons;
    }
}
