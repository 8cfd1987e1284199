using Infra.Charts;
using Infra.Clusters;
using Infra.Iam;
using Infra.Routing;
using Pulumi;

namespace Infra.Scaling;

/// <summary>The Kubernetes Cluster Autoscaler, which adds nodes for pods that do not fit and removes idle ones.</summary>
public sealed class ClusterAutoscaler : ComponentResource
{
    private const string Token = "platform:scaling:ClusterAutoscaler";
    private const string ServiceAccount = "cluster-autoscaler";

    /// <summary>Name of the Helm release; resolves when the autoscaler runs.</summary>
    [Output("releaseName")]
    public Output<string> ReleaseName { get; private set; }

    public ClusterAutoscaler(string name, ClusterAutoscalerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var cluster = args.Cluster;
        var role = new ServiceAccountRole(
            $"{name}-identity",
            new ServiceAccountRoleArgs
            {
                Cluster = cluster,
                Namespace = HelmCharts.ClusterAutoscaler.Namespace,
                ServiceAccounts = [ServiceAccount],
                Description = "Cluster Autoscaler",
                Policy = cluster.PolicyArn.Apply(arn => ClusterPolicies.ClusterAutoscaler(arn[(arn.LastIndexOf('/') + 1)..], arn).ToJson()),
            },
            new ComponentResourceOptions { Parent = this });

        var release = ChartRelease.Make(
            name,
            HelmCharts.ClusterAutoscaler,
            args.Chart,
            Spec.From(
                // Without it the names follow the release's, and Pod Identity looks for a fixed service account.
                ("fullnameOverride", ServiceAccount),
                ("autoDiscovery", Spec.From(("clusterName", cluster.Name.Apply(clusterName => (object)clusterName)))),
                ("awsRegion", cluster.Account.Region.Name),
                ("image", Spec.From(("tag", ClusterAutoscalerChart.ImageTag(args.Version)))),
                ("rbac", Spec.From(("serviceAccount", Spec.From(("create", true), ("name", ServiceAccount))))),
                ("extraArgs", Spec.From(
                    // Pools differ in labels and price, not in kind: those that are alike are kept alike in size, zone by zone.
                    ("balance-similar-node-groups", true),
                    ("skip-nodes-with-system-pods", false)))),
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { role } });

        ReleaseName = release.Name;
        RegisterOutputs();
    }
}

/// <summary>Which cluster is scaled.</summary>
public sealed class ClusterAutoscalerArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    /// <summary>Kubernetes version: the autoscaler simulates the scheduler of the same minor version.</summary>
    public required EksVersion Version { get; init; }

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}

/// <summary>The images of the Cluster Autoscaler: its chart installs any of the last releases.</summary>
public static class ClusterAutoscalerChart
{
    /// <summary>Last patch release for each Kubernetes version (kops, August 2026): the autoscaler simulates the scheduler of its own minor version.</summary>
    public static string ImageTag(EksVersion version) => version.Name switch
    {
        "1.32" => "v1.32.7",
        "1.33" => "v1.33.5",
        "1.34" => "v1.34.4",
        "1.35" => "v1.35.1",
        "1.36" => "v1.36.1",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version.Name, "There is no Cluster Autoscaler for this Kubernetes version in the table."),
    };
}
