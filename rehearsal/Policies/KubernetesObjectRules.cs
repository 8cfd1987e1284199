using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>Namespaces, and the objects that open a cluster to the outside.</summary>
internal static class KubernetesObjectRules
{
    private const string Ingress = "kubernetes:networking.k8s.io/v1:Ingress";
    private const string Service = "kubernetes:core/v1:Service";
    private const string NetworkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    private const string Namespaced =
        $"{PodRules.Workloads}, {Service}, {Ingress}, kubernetes:core/v1:Secret, kubernetes:core/v1:ConfigMap, kubernetes:core/v1:ServiceAccount, "
            + "kubernetes:core/v1:PersistentVolumeClaim";

    private const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "kubernetes/default-namespace", Severity.Low,
            "The object lies in the namespace that everybody shares.",
            "Give metadata.namespace.",
            "Checkov CKV_K8S_21, Kyverno disallow-default-namespace, CIS Kubernetes 5.7.4",
            Namespaced,
            resource => resource.At("metadata", "namespace").When(place => place.IsAbsent || place.Text == "default")),
        PolicyRule.Of(
            "kubernetes/pod-security", Severity.Medium,
            "The namespace takes any pod, privileged ones too.",
            $"Label it {EnforceLabel}: baseline or restricted.",
            "CIS EKS 4.2.1, Kyverno add-psa-labels",
            "kubernetes:core/v1:Namespace",
            resource => resource.At("metadata", "labels", EnforceLabel).When(level => !level.IsUnknown && level.Text is not ("baseline" or "restricted"))),
        PolicyRule.Of(
            "kubernetes/node-port", Severity.Medium,
            "The Service opens a port of every node.",
            "Use ClusterIP behind an Ingress.",
            "kube-score service-type, Kyverno restrict-node-port",
            Service,
            resource => resource.At("spec", "type").When(type => type.Text == "NodePort")),
        PolicyRule.Of(
            "kubernetes/external-ips", Severity.High,
            "The Service takes traffic to an address that others may own (CVE-2020-8554).",
            "Remove externalIPs.",
            "Kyverno restrict-external-ips",
            Service,
            resource => resource.At("spec", "externalIPs").Items),
        PolicyRule.Of(
            "kubernetes/open-load-balancer", Severity.Medium,
            "The Service puts a balancer on the internet for everybody.",
            "List spec.loadBalancerSourceRanges, or make the balancer internal by its annotation.",
            "",
            Service,
            OpenBalancer),
        PolicyRule.Of(
            "kubernetes/ingress-tls", Severity.High,
            "The Ingress answers without TLS.",
            "Give spec.tls, or the certificate by the controller's annotation.",
            "Polaris tlsSettingsMissing, Kyverno require-ingress-https",
            Ingress,
            WithoutTls),
        PolicyRule.Of(
            "kubernetes/ingress-snippets", Severity.High,
            "The annotation puts text of its own into the controller's configuration, which holds all its secrets.",
            "Remove the snippet.",
            "Checkov CKV_K8S_152, Checkov CKV_K8S_153, Checkov CKV_K8S_154, Kyverno disallow-ingress-nginx-custom-snippets",
            Ingress,
            resource => resource.At("metadata", "annotations").Entries
                .Where(entry => entry.Name.StartsWith("nginx.ingress.kubernetes.io/", StringComparison.Ordinal)
                    && entry.Name.EndsWith("-snippet", StringComparison.Ordinal)) .Select(entry => entry.Place)),
        PolicyRule.Of(
            "kubernetes/gateway-tls", Severity.High,
            "No listener of the Gateway speaks TLS.",
            "Add a listener with protocol HTTPS or TLS.",
            "Polaris tlsSettingsMissing",
            "kubernetes:gateway.networking.k8s.io/v1:Gateway",
            resource => resource.At("spec", "listeners").When(listeners => !listeners.IsUnknown
                && !listeners.Items .Any(listener => listener["protocol"].Text is "HTTPS" or "TLS" or "TCP" || listener["protocol"].IsUnknown))),
        PolicyRule.Of(
            "kubernetes/policy-lets-all-in", Severity.Medium,
            "The NetworkPolicy lets everybody in at every port, which is none.",
            "Name the sources or the ports.",
            "Kyverno require-netpol",
            NetworkPolicy,
            resource => resource.At("spec", "ingress").Items.Where(rule => !rule.IsUnknown && rule["from"].IsAbsent && rule["ports"].IsAbsent)),
        PolicyRule.Of(
            "kubernetes/policy-lets-internet-in", Severity.Low,
            "The NetworkPolicy lets every address of the internet in at every port.",
            "Name the ports.",
            "Checkov CKV2_K8S_6",
            NetworkPolicy,
            resource => resource.At("spec", "ingress").Items.Where(rule => rule["ports"].IsAbsent).SelectMany(rule => rule["from"].Items)
                .Select(source => source.At("ipBlock", "cidr")).Where(cidr => cidr.Text is "0.0.0.0/0" or "::/0")),
        PolicyRule.Of(
            "kubernetes/unencrypted-volumes", Severity.High,
            "Volumes of this class are not encrypted.",
            "Set the class's parameter encrypted: \"true\".",
            "Checkov CKV_AWS_3",
            "kubernetes:storage.k8s.io/v1:StorageClass",
            resource => resource["provisioner"].Text == "ebs.csi.aws.com" ? resource.At("parameters", "encrypted").UnlessTrue() : []),
        PolicyRule.Of(
            "kubernetes/volume-of-a-node", Severity.High,
            "The volume is a directory of a node.",
            "Use a CSI driver.",
            "CIS Kubernetes 5.1.9",
            "kubernetes:core/v1:PersistentVolume",
            resource => resource.At("spec", "hostPath").When(path => !path.IsAbsent && !path.IsUnknown)),
    ];

    private static IEnumerable<PropertyPlace> OpenBalancer(PlannedResource resource)
    {
        var (type, ranges) = (resource.At("spec", "type"), resource.At("spec", "loadBalancerSourceRanges"));
        var isInternal = resource.At("metadata", "annotations").Entries.Any(
            entry => entry.Place.IsUnknown || (entry.Name, entry.Place.Text?.ToLowerInvariant()) is
                ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal")
                or ("service.beta.kubernetes.io/aws-load-balancer-internal", "true")
                or ("networking.gke.io/load-balancer-type", "internal")
                or ("cloud.google.com/load-balancer-type", "internal"));
        return type.Text != "LoadBalancer" || isInternal || ranges.IsUnknown
            || (ranges.Items.Any() && !ranges.Texts.Contains("0.0.0.0/0")) ? [] : [ranges.IsAbsent ? type : ranges];
    }

    // Controllers of clouds take certificates by annotation
    private static IEnumerable<PropertyPlace> WithoutTls(PlannedResource resource)
    {
        var annotations = resource.At("metadata", "annotations");
        string[] certificates =
        [
            "alb.ingress.kubernetes.io/certificate-arn", "ingress.gcp.kubernetes.io/pre-shared-cert", "networking.gke.io/managed-certificates",
            "networking.gke.io/certmap",
        ];
        return resource.At("spec", "tls").IsAbsent && certificates.All(name => annotations[name].IsAbsent)
            && annotations["traefik.ingress.kubernetes.io/router.tls"].Flag != true
            && annotations["alb.ingress.kubernetes.io/listen-ports"].Text?.Contains("HTTPS", StringComparison.Ordinal) != true
            ? [resource.At("spec", "tls")]
            : [];
    }
}
