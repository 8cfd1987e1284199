using System.Collections.Immutable;

namespace Operate.Clusters;

/// <summary>A kind of objects as the API server serves it.</summary>
/// <param name="Group">API group; empty for the core.</param>
/// <param name="Version">Version that is asked for.</param>
/// <param name="Plural">Name in paths and in RBAC rules.</param>
/// <param name="Kind">Name in manifests.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
public sealed record ApiKind(string Group, string Version, string Plural, string Kind, bool IsNamespaced = true)
{
    public static ApiKind Pods { get; } = new("", "v1", "pods", "Pod");

    public static ApiKind Services { get; } = new("", "v1", "services", "Service");

    public static ApiKind Claims { get; } = new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");

    public static ApiKind Volumes { get; } = new("", "v1", "persistentvolumes", "PersistentVolume", IsNamespaced: false);

    public static ApiKind ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static ApiKind Secrets { get; } = new("", "v1", "secrets", "Secret");

    public static ApiKind ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    public static ApiKind Events { get; } = new("", "v1", "events", "Event");

    public static ApiKind Namespaces { get; } = new("", "v1", "namespaces", "Namespace", IsNamespaced: false);

    public static ApiKind Nodes { get; } = new("", "v1", "nodes", "Node", IsNamespaced: false);

    public static ApiKind Quotas { get; } = new("", "v1", "resourcequotas", "ResourceQuota");

    public static ApiKind LimitRanges { get; } = new("", "v1", "limitranges", "LimitRange");

    public static ApiKind Endpoints { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");

    public static ApiKind Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    public static ApiKind StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    public static ApiKind DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    public static ApiKind ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    public static ApiKind Jobs { get; } = new("batch", "v1", "jobs", "Job");

    public static ApiKind CronJobs { get; } = new("batch", "v1", "cronjobs", "CronJob");

    public static ApiKind Ingresses { get; } = new("networking.k8s.io", "v1", "ingresses", "Ingress");

    public static ApiKind NetworkPolicies { get; } = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");

    public static ApiKind IngressClasses { get; } = new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", IsNamespaced: false);

    public static ApiKind StorageClasses { get; } = new("storage.k8s.io", "v1", "storageclasses", "StorageClass", IsNamespaced: false);

    public static ApiKind DisruptionBudgets { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");

    public static ApiKind Scalers { get; } = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");

    public static ApiKind Roles { get; } = new("rbac.authorization.k8s.io", "v1", "roles", "Role");

    public static ApiKind RoleBindings { get; } = new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");

    /// <summary>Gateways are a kind that a cluster may lack: the answer is then that it is missing.</summary>
    public static ApiKind Gateways { get; } = new("gateway.networking.k8s.io", "v1", "gateways", "Gateway");

    public static ApiKind Routes { get; } = new("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute");

    /// <summary>Kinds whose objects run pods for as long as they are there.</summary>
    public static ImmutableArray<ApiKind> Workloads { get; } = [Deployments, StatefulSets, DaemonSets];

    /// <summary>As manifests name group and version.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path of its objects.</summary>
    /// <param name="ofNamespace">Their namespace; null for those of the cluster, or of all namespaces.</param>
    /// <param name="name">One of them; null for all.</param>
    public string Path(string? ofNamespace = null, string? name = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var place = ofNamespace is null ? "" : $"/namespaces/{Uri.EscapeDataString(ofNamespace)}";
        return $"{root}{place}/{Plural}{(name is null ? "" : $"/{Uri.EscapeDataString(name)}")}";
    }
}
