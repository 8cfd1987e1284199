using System.Collections.Immutable;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Support;

namespace Tests.Infra.Secrets;

// Promise: a value that somebody typed is a secret from the moment it is here.
public sealed class GivenSecretTests
{
    [Fact]
    public async Task Secret_HoldsTheValue_UnderANameThatChangesWithIt()
    {
        GivenSecret? secret = null;
        var deployed = await Deployed.Of(() => secret = new GivenSecret("license", new GivenSecretArgs { Namespace = "posit-workbench", Key = "license", Value = "marker" }));

        deployed.Inputs("license").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "v1", "kind": "Secret", "immutable": true, "type": "Opaque",
              "metadata": {
                "namespace": "posit-workbench",
                "labels": {
                  "app.kubernetes.io/name": "secret", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "license",
                  "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                }
              },
              "stringData": { "license": "marker" }
            }
            """));
        (await Deployed.ValueOf(secret!.Reference.Version)).ShouldBe("license-1a2b3c4d");
        deployed.OutputNames("GivenSecret::license").ShouldBe(["secretName"]);
    }

    [Fact]
    public async Task Value_IsSecret_EvenIfItWasGivenPlain()
    {
        var secret = await Captured.Of<SecretArgs>(
            "license", options => new GivenSecret("license", new GivenSecretArgs { Namespace = "posit-workbench", Key = "license", Value = "marker" }, options));

        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(secret.StringData)).ShouldBeTrue();
    }
}
