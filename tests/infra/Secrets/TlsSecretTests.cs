using Infra.Manifests;
using Infra.Secrets;
using Tests.Support;

namespace Tests.Infra.Secrets;

// Promise: a certificate from outside stands in one Secret of the kind that ingress controllers read, and its successor takes its place under the same name.
public sealed class TlsSecretTests
{
    [Fact]
    public async Task ACertificate_IsASecretOfItsKind()
    {
        var deployed = await Deployed.Of(options => new TlsSecret(
            "tls",
            new TlsSecretArgs
            {
                Certificate = "marker-certificate",
                Key = "marker-key",
                Namespace = "posit-workbench",
                SecretName = KubernetesName.Parse("given"),
            },
            options));

        deployed.Lineages.ShouldBe(["platform:secrets:TlsSecret$kubernetes:core/v1:Secret::tls", "platform:secrets:TlsSecret::tls"]);
        deployed.Inputs("tls").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
              "metadata": {
                "name": "given", "namespace": "posit-workbench",
                "labels": {
                  "app.kubernetes.io/name": "secret", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "tls",
                  "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                }
              },
              "stringData": { "tls.crt": "marker-certificate", "tls.key": "marker-key" }
            }
            """));
    }
}
