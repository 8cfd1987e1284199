using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>Containers: what they may do to their node, what they promise to take, and how they are watched.</summary>
/// <remarks>Names of the checks: Checkov 3.3, kube-score 1.20, Polaris 10, Kyverno's policies and the Pod Security Standards of Kubernetes 1.36.</remarks>
internal static partial class ContainerRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        Rule(
            "privileged", Severity.High,
            "The container is root on its node.",
            "Remove securityContext.privileged.",
            "Checkov CKV_K8S_16, kube-score container-security-context-privileged, "
                + "Polaris runAsPrivileged, Kyverno disallow-privileged-containers, PSS baseline",
            (_, container) => container.At("securityContext", "privileged").IfTrue()),
        Rule(
            "privilege-escalation", Severity.Medium,
            "A process of the container may gain more rights than the one that started it.",
            "Set securityContext.allowPrivilegeEscalation: false.",
            "Checkov CKV_K8S_20, Polaris privilegeEscalationAllowed, Kyverno disallow-privilege-escalation, PSS restricted",
            (_, container) => container.At("securityContext", "allowPrivilegeEscalation").When(
                place => !place.IsUnknown && place.Flag != false)),
        Rule(
            "run-as-non-root", Severity.Medium,
            "The container may run as root.",
            "Set securityContext.runAsNonRoot: true for the pod or the container.",
            "Checkov CKV_K8S_23, Polaris runAsRootAllowed, Kyverno require-run-as-nonroot, PSS restricted",
            (pod, container) => Either(pod, container, "runAsNonRoot").UnlessTrue()),
        Rule(
            "run-as-user-zero", Severity.High,
            "The container is told to run as root.",
            "Give another runAsUser.",
            "Kyverno require-run-as-non-root-user, PSS restricted",
            (pod, container) => Either(pod, container, "runAsUser").When(user => user.Number == 0)),
        Rule(
            "capabilities-dropped", Severity.Medium,
            "The container keeps capabilities of the kernel that it was not given by name.",
            "Set securityContext.capabilities.drop: [ALL].",
            "Checkov CKV_K8S_37, Polaris insecureCapabilities, Kyverno disallow-capabilities-strict, PSS restricted",
            (_, container) => container.At("securityContext", "capabilities",
                "drop").When(drop => !drop.IsUnknown && !drop.Texts.Contains("ALL", StringComparer.OrdinalIgnoreCase))),
        Rule(
            "capabilities-added", Severity.High,
            "The container is given a capability of the kernel.",
            "Remove it; NET_BIND_SERVICE alone does not count.",
            "Checkov CKV_K8S_25, Checkov CKV_K8S_28, Polaris dangerousCapabilities, Kyverno disallow-capabilities-strict, PSS restricted",
            (_, container) => container.At("securityContext", "capabilities", "add").Items .Where(item => item.Text is { } name && name != "NET_BIND_SERVICE")),
        Rule(
            "seccomp", Severity.Medium,
            "The container may make every system call.",
            "Set securityContext.seccompProfile.type: RuntimeDefault.",
            "Checkov CKV_K8S_31, kube-score container-seccomp-profile, Polaris linuxHardening, Kyverno restrict-seccomp-strict, PSS restricted",
            (pod, container) => Either(pod, container, "seccompProfile")["type"].When(type => !type.IsUnknown
                && type.Text is not ("RuntimeDefault" or "Localhost"))),
        Rule(
            "read-only-root", Severity.Low,
            "Whoever breaks into the container can change its programs.",
            "Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes.",
            "Checkov CKV_K8S_22, kube-score container-security-context-readonlyrootfilesystem, Polaris notReadOnlyRootFilesystem, Kyverno require-ro-rootfs",
            (_, container) => container.At("securityContext", "readOnlyRootFilesystem").UnlessTrue()),
        Rule(
            "proc-mount", Severity.High,
            "The container sees the parts of /proc that are hidden from containers.",
            "Remove securityContext.procMount.",
            "Kyverno disallow-proc-mount, PSS baseline",
            (_, container) => container.At("securityContext", "procMount").When(mount => mount.Text is { } text && text != "Default")),
        Rule(
            "host-port", Severity.Medium,
            "The container takes a port of its node, past Services and their policies.",
            "Use a Service.",
            "Checkov CKV_K8S_26, Polaris hostPortSet, Kyverno disallow-host-ports, PSS baseline",
            (_, container) => container["ports"].Items.Select(port => port["hostPort"]).Where(port => port.Number > 0)),
        Rule(
            "cpu-request", Severity.Medium,
            "The container gets what processor time others leave.",
            "Set resources.requests.cpu.",
            "Checkov CKV_K8S_10, kube-score container-resources, Polaris cpuRequestsMissing, Kyverno require-pod-requests-limits",
            (_, container) => container.At("resources", "requests", "cpu").IfAbsent()),
        Rule(
            "memory-request", Severity.Medium,
            "The container is placed without regard to its memory, and the first to be evicted.",
            "Set resources.requests.memory.",
            "Checkov CKV_K8S_12, kube-score container-resources, Polaris memoryRequestsMissing, Kyverno require-pod-requests-limits",
            (_, container) => container.At("resources", "requests", "memory").IfAbsent()),
        Rule(
            "memory-limit", Severity.Medium,
            "The container can take all the memory of its node.",
            "Set resources.limits.memory.",
            "Checkov CKV_K8S_13, kube-score container-resources, Polaris memoryLimitsMissing, Kyverno require-pod-requests-limits",
            (_, container) => container.At("resources", "limits", "memory").IfAbsent()),
        Rule(
            "image-tag", Severity.High,
            "Which image runs depends on the day.",
            "Name a version or a digest.",
            "Checkov CKV_K8S_14, kube-score container-image-tag, Polaris tagNotSpecified, Kyverno disallow-latest-tag",
            (_, container) => container["image"].When(image => image.Text is { } text && !Pinned().IsMatch(text))),
        Served(
            "readiness-probe", Severity.Medium,
            "Requests come before the container can answer.",
            "Add a readinessProbe.",
            "Checkov CKV_K8S_9, kube-score pod-probes, Polaris readinessProbeMissing, Kyverno require-probes",
            container => container["readinessProbe"].IfAbsent()),
        Served(
            "liveness-probe", Severity.Low,
            "A container that hangs is never started again.",
            "Add a livenessProbe, or a startupProbe.",
            "Checkov CKV_K8S_8, kube-score pod-probes, Polaris livenessProbeMissing, Kyverno require-probes",
            container => container["livenessProbe"].IfAbsent()),
    ];

    private static PolicyRule Rule(
        string name, Severity severity, string sentence, string fix, string same, Func<PropertyPlace, PropertyPlace, IEnumerable<PropertyPlace>> find) =>
        PolicyRule.Of($"kubernetes/{name}", severity, sentence, fix, same, PodRules.Workloads, resource =>
        {
            var pod = PodRules.Spec(resource);
            return pod["initContainers"].Items.Concat(pod["containers"].Items).SelectMany(container => find(pod, container));
        });

    // Containers that people wait for: those with a port
    private static PolicyRule Served(
        string name, Severity severity, string sentence, string fix, string same, Func<PropertyPlace, IEnumerable<PropertyPlace>> find) =>
        PolicyRule.Of(
            $"kubernetes/{name}", severity,
            sentence,
            fix,
            same,
            "kubernetes:apps/v1:Deployment, kubernetes:apps/v1:StatefulSet, kubernetes:apps/v1:DaemonSet",
            resource => PodRules.Spec(resource)["containers"].Items.Where(container => container["ports"].Items.Any()).SelectMany(find));

    // What the container says counts before what the pod says
    private static PropertyPlace Either(PropertyPlace pod, PropertyPlace container, string name) =>
        container.At("securityContext", name) is { IsAbsent: false } own ? own
            : pod.At("securityContext", name) is { IsAbsent: false } shared ? shared : container.At("securityContext", name);

    // registry:port/name:tag or …@sha256:…; the tag latest is none
    [GeneratedRegex("(@sha256:[0-9a-f]{64}|:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();
}
