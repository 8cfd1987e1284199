using Infra.Manifests;
using Infra.Namespaces;
using Tests.Support;

namespace Tests.Infra.Namespaces;

// Promise: a namespace of the platform holds its pods to a Pod Security Standard.
public sealed class PlatformNamespaceTests
{
    [Fact]
    public async Task Labels_EnforceAndWarn()
    {
        PlatformNamespace? space = null;
        var deployed = await Deployed.Of(options =>
            space = new PlatformNamespace(
                "launcher-namespace",
                new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse("tower-nf"), Enforce = PodSecurityLevel.Baseline },
                options));

        deployed
            .Inputs("launcher-namespace")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "apiVersion": "v1", "kind": "Namespace",
                      "metadata": {
                        "name": "tower-nf",
                        "labels": {
                          "app.kubernetes.io/name": "namespace", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "tower-nf",
                          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform",
                          "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/enforce-version": "latest",
                          "pod-security.kubernetes.io/audit": "restricted", "pod-security.kubernetes.io/audit-version": "latest",
                          "pod-security.kubernetes.io/warn": "restricted", "pod-security.kubernetes.io/warn-version": "latest"
                        }
                      }
                    }
                    """));
        deployed.Lineages.ShouldBe([
            "platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::launcher-namespace",
            "platform:namespaces:PlatformNamespace::launcher-namespace",
        ]);
        (await Deployed.ValueOf(space!.NamespaceName)).ShouldBe("tower-nf");
    }

    [Fact]
    public async Task Rejects_AWarningBelowWhatIsEnforced() =>
        (
            await Deployed.Refusal(() =>
                new PlatformNamespace("n", new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse("seqera"), Warn = PodSecurityLevel.Baseline }))
        ).ShouldContain("Namespace 'seqera' would enforce Restricted and warn only about Baseline: warn must be the same level or a stricter one.");
}
