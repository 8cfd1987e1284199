using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>What roles of Kubernetes give, and to whom.</summary>
internal static class KubernetesAccessRules
{
    private const string Roles = "kubernetes:rbac.authorization.k8s.io/v1:Role, kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
    private const string ClusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
    private const string Bindings = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding, kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";

    private static readonly string[] Reading = ["get", "list", "watch", "*"];
    private static readonly string[] Writing = ["create", "update", "patch", "*"];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        Rule(
            "wildcard-verbs", Severity.High,
            "The role allows every verb, also those that do not exist yet.",
            "Name the verbs.",
            "Checkov CKV_K8S_49, Kyverno restrict-wildcard-verbs, CIS EKS 4.1.3",
            rule => rule["verbs"].Items.Where(verb => verb.Text == "*")),
        Rule(
            "wildcard-resources", Severity.High,
            "The role reaches every kind of object, also those that do not exist yet.",
            "Name the resources.",
            "Checkov CKV_K8S_49, Kyverno restrict-wildcard-resources, CIS EKS 4.1.3",
            rule => rule["resources"].Items.Concat(rule["apiGroups"].Items).Where(item => item.Text == "*")),
        Rule(
            "escalation", Severity.High,
            "Whoever has the role can give itself any other.",
            "Remove escalate, bind and impersonate.",
            "Checkov CKV_K8S_157, Checkov CKV_K8S_158, Checkov CKV2_K8S_3, Kyverno restrict-escalation-verbs-roles, CIS EKS 4.1.8",
            rule => rule["verbs"].Items.Where(verb => verb.Text is "escalate" or "bind" or "impersonate")),
        Rule(
            "read-all-secrets", Severity.High,
            "The role reads every Secret of its namespace.",
            "List the Secrets under resourceNames.",
            "Checkov CKV2_K8S_5, Kyverno restrict-secret-role-verbs, CIS EKS 4.1.2",
            rule => Allows(rule, Reading, "secrets") && rule["resourceNames"].IsAbsent ? [rule["resources"]] : []),
        Rule(
            "exec", Severity.Medium,
            "The role opens a shell in every pod of its namespace.",
            "Remove pods/exec and pods/attach.",
            "Checkov CKV2_K8S_2, Polaris rolePodExecAttach",
            rule => Allows(rule, Writing, "pods/exec", "pods/attach") && rule["resourceNames"].IsAbsent ? [rule["resources"]] : []),
        Rule(
            "node-proxy", Severity.High,
            "The role reaches the kubelets of all nodes, past the API server's own checks.",
            "Remove nodes/proxy.",
            "CIS Kubernetes 5.1.10",
            rule => Allows(rule, [.. Reading, .. Writing], "nodes/proxy") ? [rule["resources"]] : []),
        Rule(
            "persistent-volumes", Severity.Medium,
            "The role makes volumes, and with them mounts directories of nodes.",
            "Remove create on persistentvolumes.",
            "CIS Kubernetes 5.1.9",
            rule => Allows(rule, ["create", "*"], "persistentvolumes") ? [rule["resources"]] : []),
        Rule(
            "admission-webhooks", Severity.High,
            "The role changes what the API server asks before it admits an object.",
            "Remove the write verbs on webhook configurations.",
            "CIS Kubernetes 5.1.12",
            rule => Allows(rule, Writing, "mutatingwebhookconfigurations", "validatingwebhookconfigurations") ? [rule["resources"]] : []),
        Rule(
            "token-creation", Severity.High,
            "The role makes tokens of other ServiceAccounts.",
            "Remove create on serviceaccounts/token.",
            "CIS Kubernetes 5.1.13",
            rule => Allows(rule, ["create", "*"], "serviceaccounts/token") && rule["resourceNames"].IsAbsent ? [rule["resources"]] : []),
        PolicyRule.Of(
            "kubernetes/nodes-everywhere", Severity.Low,
            "The role changes nodes.",
            "Leave nodes to the control plane.",
            "CIS EKS 4.1.1",
            ClusterRole,
            resource => resource["rules"].Items.Where(rule => Allows(rule, Writing, "nodes")).Select(rule => rule["resources"])),
        PolicyRule.Of(
            "kubernetes/cluster-admin", Severity.High,
            "Somebody is given the whole cluster.",
            "Bind a role that names what is needed.",
            "Polaris clusterrolebindingClusterAdmin, Kyverno restrict-binding-clusteradmin, CIS EKS 4.1.1",
            Bindings,
            resource => resource.At("roleRef", "name").When(role => role.Text == "cluster-admin")),
        PolicyRule.Of(
            "kubernetes/anonymous", Severity.High,
            "People who have not signed in are given a role.",
            "Remove the subject.",
            "Kyverno restrict-binding-system-groups, CIS GKE 4.1.9",
            Bindings,
            resource => resource["subjects"].Items.Select(subject => subject["name"])
                .Where(name => name.Text is "system:anonymous" or "system:unauthenticated" or "system:masters")),
        PolicyRule.Of(
            "kubernetes/default-account", Severity.Medium,
            "Every pod that names no ServiceAccount has this role.",
            "Make a ServiceAccount for it.",
            "Checkov CKV_K8S_42, CIS EKS 4.1.5",
            Bindings,
            resource => resource["subjects"].Items.Where(subject => subject["kind"].Text == "ServiceAccount").Select(subject => subject["name"])
                .Where(name => name.Text == "default")),
        PolicyRule.Of(
            "kubernetes/account-token-secret", Severity.Medium,
            "The token in this Secret never ends.",
            "Ask for tokens with `kubectl create token`.",
            "Kyverno deny-secret-service-account-token-type",
            "kubernetes:core/v1:Secret",
            resource => resource["type"].When(type => type.Text == "kubernetes.io/service-account-token")),
    ];

    private static PolicyRule Rule(
        string name, Severity severity, string sentence, string fix, string same, Func<PropertyPlace, IEnumerable<PropertyPlace>> find) =>
        PolicyRule.Of($"kubernetes/{name}", severity, sentence, fix, same, Roles, resource => resource["rules"].Items.SelectMany(find));

    // A wildcard among the resources has a rule of its own
    private static bool Allows(PropertyPlace rule, string[] verbs, params string[] resources) =>
        rule["verbs"].Texts.Any(verb => verbs.Contains(verb, StringComparer.Ordinal))
        && rule["resources"].Texts.Any(resource => resources.Contains(resource, StringComparer.Ordinal));
}
