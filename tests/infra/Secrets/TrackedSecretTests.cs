using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Support;

namespace Tests.Infra.Secrets;

// Promise: a generated secret lives in the state and in one Kubernetes Secret, and its readers learn of a new value by its reference.
public sealed class TrackedSecretTests
{
    private const string Labels = """
        "labels": {
          "app.kubernetes.io/name": "secret", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "token",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        }
        """;

    [Fact]
    public async Task Value_IsLettersAndDigits_KeptUntilTheRotationChanges()
    {
        var deployed = await Deployed.Of(options => new TrackedSecret("token", Args(rotation: 3), options));

        deployed.Inputs("token-value").ShouldBe(Deployed.Json("""{ "keepers": { "rotation": "3" }, "length": 32, "special": false }"""));
        deployed.Lineages.ShouldBe([
            "platform:secrets:TrackedSecret$kubernetes:core/v1:Secret::token",
            "platform:secrets:TrackedSecret$random:index/randomPassword:RandomPassword::token-value",
            "platform:secrets:TrackedSecret::token",
        ]);
    }

    [Fact]
    public async Task Secret_HoldsTheValue_AndWhatIsRenderedFromIt()
    {
        var args = new TrackedSecretArgs
        {
            Namespace = "seqera",
            Key = "password",
            Renderings = TrackedSecretArgs.NoRenderings.Add("auth.conf", value => $"requirepass {value}"),
        };
        var deployed = await Deployed.Of(() => new TrackedSecret("token", args));

        deployed.Inputs("token").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Secret", "immutable": true, "type": "Opaque",
              "metadata": { "namespace": "seqera", {{Labels}} },
              "stringData": { "password": "password-of-token-value", "auth.conf": "requirepass password-of-token-value" }
            }
            """));
    }

    [Fact]
    public async Task Value_IsSecret_AndNotAmongTheOutputs()
    {
        var secret = await Captured.Of<SecretArgs>("token", options => new TrackedSecret("token", Args(), options));
        var deployed = await Deployed.Of(() => new TrackedSecret("token", Args()));

        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(secret.StringData)).ShouldBeTrue();
        deployed.OutputNames("TrackedSecret::token").ShouldBe(["secretName"]);
    }

    [Fact]
    public async Task Version_IsTheName_WhenPulumiChoosesIt()
    {
        TrackedSecret? secret = null;
        await Deployed.Of(() => secret = new TrackedSecret("token", Args()));

        (await Deployed.ValueOf(secret!.Reference.SecretName)).ShouldBe("token-1a2b3c4d");
        (await Deployed.ValueOf(secret.Reference.Version)).ShouldBe("token-1a2b3c4d");
        secret.Reference.Key.ShouldBe("password");
        (await Output.IsSecretAsync(secret.Reference.Version)).ShouldBeFalse();
    }

    [Fact]
    public async Task Version_FollowsTheRotation_WhenTheNameIsFixed()
    {
        var versions = new List<string>();
        foreach (var rotation in new[] { 1, 1, 2 })
        {
            TrackedSecret? secret = null;
            await Deployed.Of(() => secret = new TrackedSecret("token", Args(rotation, KubernetesName.Parse("fixed"))));
            (await Deployed.ValueOf(secret!.SecretName)).ShouldBe("fixed");
            versions.Add(await Deployed.ValueOf(secret.Reference.Version));
        }

        versions.ShouldBe(["32.1", "32.1", "32.2"]);
    }

    [Fact]
    public async Task Rejects_AShortValue() =>
        (await Deployed.Refusal(() => new TrackedSecret("token", new TrackedSecretArgs { Namespace = "seqera", Key = "password", Length = 19 }))).ShouldContain(
            "Secret 'token' would have 19 characters: it must have at least 20.");

    private static TrackedSecretArgs Args(int rotation = 1, KubernetesName? name = null) => new()
    {
        Namespace = "seqera",
        Key = "password",
        Rotation = rotation,
        SecretName = name,
    };
}
