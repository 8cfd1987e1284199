using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>Pods as a whole: what they share with their node, who may talk to them, and what becomes of them when a node goes.</summary>
internal static class PodRules
{
    internal const string Workloads =
        "kubernetes:apps/v1:Deployment, kubernetes:apps/v1:StatefulSet, kubernetes:apps/v1:DaemonSet, kubernetes:batch/v1:Job, kubernetes:batch/v1:CronJob, "
            + "kubernetes:core/v1:Pod";

    private const string Replicated = "kubernetes:apps/v1:Deployment, kubernetes:apps/v1:StatefulSet";

    // kubernetes.io, Pod Security Standards, restricted
    private static readonly ImmutableHashSet<string> Volumes =
    [
        "name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret",
    ];

    // kubernetes.io, Pod Security Standards, baseline
    private static readonly ImmutableHashSet<string> Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
    ];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "kubernetes/host-namespaces", Severity.High,
            "The pod shares a namespace of its node, and sees or reaches what other pods do.",
            "Remove hostPID, hostIPC and hostNetwork.",
            "Checkov CKV_K8S_17, Checkov CKV_K8S_18, Checkov CKV_K8S_19, Polaris hostNetworkSet, Kyverno disallow-host-namespaces, PSS baseline",
            Workloads,
            resource => new[] { "hostPID", "hostIPC", "hostNetwork" }.SelectMany(name => Spec(resource)[name].IfTrue())),
        PolicyRule.Of(
            "kubernetes/host-path", Severity.High,
            "The pod mounts a directory of its node.",
            "Use a claim, a ConfigMap or an emptyDir.",
            "Checkov CKV_K8S_27, Polaris hostPathSet, Kyverno disallow-host-path, PSS baseline",
            Workloads,
            resource => Spec(resource)["volumes"].Items.Select(volume => volume["hostPath"]).Where(path => !path.IsAbsent && !path.IsUnknown)),
        PolicyRule.Of(
            "kubernetes/volume-types", Severity.Medium,
            "The pod mounts a kind of volume that reaches past the cluster's own storage.",
            "Use a claim; a PersistentVolume may name the server.",
            "Kyverno restrict-volume-types, PSS restricted",
            Workloads,
            resource => Spec(resource)["volumes"].Items.SelectMany( volume =>
                volume.Entries.Where(entry => !Volumes.Contains(entry.Name) && entry.Name != "hostPath").Select(entry => entry.Place))),
        PolicyRule.Of(
            "kubernetes/sysctls", Severity.High,
            "The pod sets a kernel parameter that its node does not keep apart.",
            "Remove the parameter.",
            "Kyverno restrict-sysctls, PSS baseline",
            Workloads,
            resource => Spec(resource).At("securityContext", "sysctls").Items.Select(item => item["name"])
                .Where(name => name.Text is { } text && !Sysctls.Contains(text))),
        PolicyRule.Of(
            "kubernetes/service-account-token", Severity.Medium,
            "The pod holds a token of the API server, and no role of this plan says that it needs one.",
            "Set automountServiceAccountToken: false, or bind a role to its ServiceAccount.",
            "Checkov CKV_K8S_38, Polaris automountServiceAccountToken, Kyverno restrict-automount-sa-token, CIS GKE 4.1.6",
            Workloads,
            Token),
        PolicyRule.Of(
            "kubernetes/network-policy", Severity.Medium,
            "No NetworkPolicy of this plan selects the pod, so that every pod of the cluster may talk to it.",
            "Select it in a NetworkPolicy.",
            "Checkov CKV2_K8S_6, kube-score pod-networkpolicy, Polaris missingNetworkPolicy, Kyverno require-netpol, CIS GKE 4.3.2",
            Workloads,
            Policy),
        PolicyRule.Of(
            "kubernetes/disruption-budget", Severity.Low,
            "Draining nodes may take all replicas at once.",
            "Add a PodDisruptionBudget that selects them.",
            "kube-score deployment-has-poddisruptionbudget, kube-score statefulset-has-poddisruptionbudget, "
                + "Polaris missingPodDisruptionBudget, Kyverno require-pdb",
            Replicated,
            (resource, plan) => IsReplicated(resource) && !plan.OfType("kubernetes:policy/v1:PodDisruptionBudget")
                .Any(budget => Selects(budget.At("spec", "selector"), resource)) ? [resource.At("spec", "replicas")] : []),
        PolicyRule.Of(
            "kubernetes/spread", Severity.Low,
            "All replicas may be on one node, and go with it.",
            "Add topologySpreadConstraints or a podAntiAffinity.",
            "kube-score deployment-has-host-podantiaffinity, kube-score pod-topology-spread-constraints, Polaris topologySpreadConstraint",
            Replicated,
            resource => IsReplicated(resource) && Spec(resource)["topologySpreadConstraints"].IsAbsent
                && Spec(resource).At("affinity", "podAntiAffinity").IsAbsent ? [Spec(resource)["topologySpreadConstraints"]] : []),
    ];

    /// <summary>The specification of the pods that a workload starts.</summary>
    public static PropertyPlace Spec(PlannedResource resource) => Template(resource)["spec"];

    private static PropertyPlace Template(PlannedResource resource) => resource.Type switch
    {
        "kubernetes:core/v1:Pod" => resource.Inputs,
        "kubernetes:batch/v1:CronJob" => resource.At("spec", "jobTemplate", "spec", "template"),
        _ => resource.At("spec", "template"),
    };

    private static bool IsReplicated(PlannedResource resource) => resource.At("spec", "replicas").Number > 1;

    private static IEnumerable<PropertyPlace> Token(PlannedResource resource, PolicyPlan plan)
    {
        var mounted = Spec(resource)["automountServiceAccountToken"];
        var account = Spec(resource)["serviceAccountName"];
        if (mounted.IsUnknown || mounted.Flag == false || account.IsUnknown)
        {
            return [];
        }
        var name = account.Text ?? "default";
        if (mounted.IsAbsent && plan.OfType("kubernetes:core/v1:ServiceAccount").Any(
            own => own.At("metadata", "name").Text == name && IsBeside(own, resource) && own["automountServiceAccountToken"].Flag == false))
        {
            return [];
        }
        var isBound = plan.OfType("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding")
            .SelectMany(binding => binding["subjects"].Items).Any(subject => subject["name"].IsUnknown || subject["name"].Text == name);
        return isBound ? [] : [mounted];
    }

    private static IEnumerable<PropertyPlace> Policy(PlannedResource resource, PolicyPlan plan) =>
        Spec(resource)["hostNetwork"].Flag == true
            || plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
                .Any(policy => IsBeside(policy, resource) && Selects(policy.At("spec", "podSelector"), resource))
            ? []
            : [Template(resource).At("metadata", "labels")];

    // What only a deployment knows is taken for the same
    private static bool IsBeside(PlannedResource one, PlannedResource other)
    {
        var (a, b) = (one.At("metadata", "namespace"), other.At("metadata", "namespace"));
        return a.IsUnknown || b.IsUnknown || a.Text == b.Text;
    }

    // kubernetes.io, Labels and Selectors: all of matchLabels and of matchExpressions have to hold; an empty selector selects everything
    private static bool Selects(PropertyPlace selector, PlannedResource resource)
    {
        var labels = Template(resource).At("metadata", "labels");
        if (selector.IsUnknown || labels.IsUnknown)
        {
            return true;
        }
        return selector["matchLabels"].Entries.All(entry => Same(entry.Place, labels[entry.Name]))
            && selector["matchExpressions"].Items.All(expression => Holds(expression, labels[expression["key"].Text ?? ""]));
    }

    private static bool Holds(PropertyPlace expression, PropertyPlace label) => expression["operator"].Text switch
    {
        "In" => expression["values"].Texts.Contains(label.Text, StringComparer.Ordinal),
        "NotIn" => !expression["values"].Texts.Contains(label.Text, StringComparer.Ordinal),
        "Exists" => !label.IsAbsent,
        "DoesNotExist" => label.IsAbsent,
        _ => true,
    };

    private static bool Same(PropertyPlace wanted, PropertyPlace label) => wanted.IsUnknown || label.IsUnknown || wanted.Text == label.Text;
}
