using System.Collections.Immutable;
using Pulumi;

namespace Infra.Charts;

/// <summary>A Helm chart that this program installs: where it comes from, and which of its values the program relies on.</summary>
/// <param name="Name">Name in its repository.</param>
/// <param name="Version">Pinned version.</param>
/// <param name="Repository">Where its publisher keeps it.</param>
/// <param name="Namespace">Namespace of the release.</param>
public sealed record HelmChart(string Name, string Version, string Repository, string Namespace)
{
    /// <summary>The values that are images: a mirror holds each under the path that it has at its publisher's.</summary>
    public ImmutableArray<ChartImage> Images { get; init; } = [];

    /// <summary>Paths of values that what stands beside the release is made for, so that nobody may change them: <c>serviceAccount.name</c>.</summary>
    public ImmutableArray<string> Owned { get; init; } = [];

    /// <summary>
    /// Paths of values that the chart writes into files of a program. Helm has every number from Pulumi as a fraction, and writes 1.0 as 1 and 1234567 as
    /// 1.234567e+06 there.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];
}

/// <summary>An image among the values of a chart.</summary>
/// <param name="Value">Path of the value: <c>webhook.image.repository</c>.</param>
/// <param name="Path">Path in a registry, without its host.</param>
public sealed record ChartImage(string Value, string Path)
{
    /// <summary>Path of a value without which the chart does not use the image; null for one that it always uses.</summary>
    public string? OnlyWith { get; init; }
}

/// <summary>What a stack wants of a chart in another way than the program has it.</summary>
public sealed record ChartOptions
{
    /// <summary>Everything as the program has it.</summary>
    public static ChartOptions None { get; } = new();

    /// <summary>Another version; null for the pinned one.</summary>
    public string? Version { get; init; }

    /// <summary>A mirror of the repository, <c>https://</c> or <c>oci://</c>; null for the publisher's.</summary>
    public string? Repository { get; init; }

    /// <summary>A registry with copies of the images; null for the publisher's.</summary>
    public string? ImageRegistry { get; init; }

    /// <summary>Values that are laid over those of the program. Default none.</summary>
    public ValueTree Values { get; init; } = ValueTree.Empty;

    /// <summary>Secret values by their paths; laid over everything else. Default none.</summary>
    public ImmutableSortedDictionary<string, Output<string>> SecretValues { get; init; } = ImmutableSortedDictionary<string, Output<string>>.Empty;
}

/// <summary>The charts that this program installs. What is pinned, from which source and when it was read, stands here and nowhere else.</summary>
/// <remarks>
/// A newer version: read the chart's values and release notes at its tag for every path in <see cref="HelmChart.Owned"/> and
/// <see cref="HelmChart.Images"/>, and apply what its <c>crds/</c> folder has, which Helm does not update.
/// </remarks>
public static class HelmCharts
{
    /// <summary>
    /// AWS Load Balancer Controller. Chart and controller have one version since 3.0, and the IAM policy of this program belongs to exactly this one: 3.6.0 was
    /// published since, but its policy is in no source that could be compared (read 2026-11-26).
    /// </summary>
    public static HelmChart AwsLoadBalancerController { get; } =
        new("aws-load-balancer-controller", Iam.LoadBalancerControllerPolicy.AppVersion, "https://aws.github.io/eks-charts", "kube-system")
        {
            Images = [new("image.repository", "eks/aws-load-balancer-controller")],
            Owned =
            [
                "clusterName", "region", "vpcId", "serviceAccount", "webhookTLS", "enableCertManager", "nameOverride", "fullnameOverride",
                "ingressClass", "createIngressClassResource",
            ],
        };

    /// <summary>Cluster Autoscaler: 9.59.1, kubernetes/autoscaler, cluster-autoscaler/charts/cluster-autoscaler/Chart.yaml (read 2026-11-26).</summary>
    public static HelmChart ClusterAutoscaler { get; } =
        new("cluster-autoscaler", "9.59.1", "https://kubernetes.github.io/autoscaler", "kube-system")
        {
            Images = [new("image.repository", "autoscaling/cluster-autoscaler")],
            Owned = ["autoDiscovery.clusterName", "awsRegion", "cloudProvider", "rbac.serviceAccount", "nameOverride", "fullnameOverride"],
        };

    /// <summary>
    /// cert-manager: v1.21.2, as its users install it since September 2026 (`oci://…/charts/cert-manager:v1.21.2` in public repositories, read 2026-11-26).
    /// </summary>
    public static HelmChart CertManager { get; } = new("cert-manager", "v1.21.2", "https://charts.jetstack.io", "cert-manager")
    {
        Images =
        [
            new("image.repository", "jetstack/cert-manager-controller"),
            new("webhook.image.repository", "jetstack/cert-manager-webhook"),
            new("cainjector.image.repository", "jetstack/cert-manager-cainjector"),
            new("acmesolver.image.repository", "jetstack/cert-manager-acmesolver"),
            new("startupapicheck.image.repository", "jetstack/cert-manager-startupapicheck"),
        ],
        Owned = ["crds", "installCRDs", "namespace", "serviceAccount", "nameOverride", "fullnameOverride", "global.leaderElection.namespace"],
    };

    /// <summary>
    /// external-dns: 1.23.0 with version 0.23.0 of the controller (tag `external-dns-helm-chart-1.23.0` as public repositories use it since October 2026, read
    /// 2026-11-26).
    /// </summary>
    public static HelmChart ExternalDns { get; } = new("external-dns", "1.23.0", "https://kubernetes-sigs.github.io/external-dns/", "external-dns")
    {
        Images = [new("image.repository", "external-dns/external-dns")],
        Owned =
        [
            "provider", "policy", "registry", "txtOwnerId", "domainFilters", "serviceAccount", "nameOverride", "fullnameOverride", "namespaceOverride",
            "extraArgs.zone-id-filter",
        ],
    };

    /// <summary>
    /// Kinds of Karpenter, which Helm would never upgrade in the controller's own chart (Karpenter documentation, "CRD Upgrades"). They have the controller's
    /// version.
    /// </summary>
    public static HelmChart KarpenterKinds { get; } =
        new("karpenter-crd", Scaling.KarpenterPolicy.AppVersion, "oci://public.ecr.aws/karpenter", "kube-system")
        {
            Owned = ["nameOverride", "fullnameOverride"],
        };

    /// <summary>Karpenter. The IAM policy of this program belongs to exactly this version (read 2026-11-26).</summary>
    public static HelmChart Karpenter { get; } = new("karpenter", Scaling.KarpenterPolicy.AppVersion, "oci://public.ecr.aws/karpenter", "kube-system")
    {
        Images = [new("controller.image.repository", "karpenter/controller")],
        Owned = ["replicas", "settings.clusterName", "settings.interruptionQueue", "serviceAccount", "nameOverride", "fullnameOverride"],
    };

    /// <summary>
    /// Device plugin of NVIDIA: last patch of 0.19 (NVIDIA/k8s-device-plugin, June 2026); 0.20.0 is from August 2026, and a site went back from it (read
    /// 2026-11-26).
    /// </summary>
    public static HelmChart NvidiaDevicePlugin { get; } =
        new("nvidia-device-plugin", "0.19.3", "https://nvidia.github.io/k8s-device-plugin", "kube-system")
        {
            Images = [new("image.repository", "nvidia/k8s-device-plugin")],
            Owned = ["nodeSelector", "nameOverride", "fullnameOverride"],
        };

    /// <summary>
    /// Device plugin of Neuron: the chart beside Neuron SDK 2.32 (aws-neuron/neuron-helm-charts, read 2026-11-26). Its images are texts with their tags, which
    /// a mirror gives as values.
    /// </summary>
    public static HelmChart Neuron { get; } =
        new("neuron-helm-chart", "1.10.0", "oci://public.ecr.aws/neuron", "kube-system") { Owned = ["nameOverride", "fullnameOverride"] };

    /// <summary>
    /// Posit Workbench: 0.22.0 with Workbench 2026.08.1 (rstudio/helm, charts/rstudio-workbench/Chart.yaml at f163d4f of 2026-08-20). It has no schema, and
    /// what is owned here is what stands beside the release or decides where people's files are.
    /// </summary>
    public static HelmChart PositWorkbench { get; } = new("rstudio-workbench", "0.22.0", "https://helm.rstudio.com", "posit-workbench")
    {
        Images =
        [
            new("image.repository", "posit/workbench"),
            new("session.image.repository", "posit/workbench-session"),
            new("components.sessionInit.image.repository", "posit/workbench-session-init"),
            new("components.positron.image.repository", "posit/workbench-positron-init") { OnlyWith = "components.positron.version" },
        ],
        Files = ["chronicle", "config"],
        Owned =
        [
            "replicas", "homeStorage", "sharedStorage", "launcherPem", "secureCookieKey", "global.secureCookieKey", "license", "userCreate", "userName",
            "userPassword", "pod.env", "pod.volumes", "pod.volumeMounts", "pod.runAsRoot", "config.database", "config.existingSecrets", "config.secret",
            "config.profiles", "config.sssd", "config.userProvisioning", "service", "ingress", "strategy", "launcher.namespace",
            "dangerRegenerateAutomatedValues", "nameOverride", "fullnameOverride",
            // What the network policies name, and what Chronicle does not start without.
            "pod.port", "prometheus", "serviceMonitor", "config.server.rserver.conf.www-port", "config.server.rserver.conf.metrics-enabled",
        ],
    };

    /// <summary>
    /// Traefik: 41.6.1 with Traefik 3.7.13 (a cluster's list of releases in a public repository, read 2026-11-26). Only values that have one meaning in all
    /// versions since 23.2 are used (traefik/traefik-helm-chart, traefik/VALUES.md); the rest are arguments of Traefik itself.
    /// </summary>
    public static HelmChart Traefik { get; } = new("traefik", "41.6.1", "https://traefik.github.io/charts", "traefik")
    {
        // Registry and repository are two values, and the publisher's repository is one without a path.
        Images = [new("image.registry", "library")],
        Owned =
        [
            "service", "ingressClass", "providers.kubernetesIngress", "providers.kubernetesCRD", "additionalArguments", "nameOverride", "fullnameOverride",
            "namespaceOverride", "instanceLabelOverride",
        ],
    };

    /// <summary>Every one of them.</summary>
    public static ImmutableArray<HelmChart> All { get; } =
    [
        AwsLoadBalancerController, ClusterAutoscaler, KarpenterKinds, Karpenter, NvidiaDevicePlugin, Neuron, CertManager, ExternalDns, Traefik, PositWorkbench,
    ];

    /// <summary>The chart of a name; null for one that this program does not install.</summary>
    public static HelmChart? Find(string name) => All.FirstOrDefault(chart => chart.Name == name);
}
