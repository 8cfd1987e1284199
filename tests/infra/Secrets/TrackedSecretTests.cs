using System.Collections.Immutable;
using Infra.Cache;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;
using Pulumi.Tls;
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

// Promise: a value that somebody typed is a secret from the moment it is here.
public sealed class GivenSecretTests
{
    [Fact]
    public async Task Secret_HoldsTheValue_UnderANameThatChangesWithIt()
    {
        GivenSecret? secret = null;
        var deployed = await Deployed.Of(() =>
            secret = new GivenSecret(
                "license",
                new GivenSecretArgs
                {
                    Namespace = "posit-workbench",
                    Key = "license",
                    Value = "marker",
                }));

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
            "license",
            options => new GivenSecret(
                "license",
                new GivenSecretArgs
                {
                    Namespace = "posit-workbench",
                    Key = "license",
                    Value = "marker",
                },
                options));

        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(secret.StringData)).ShouldBeTrue();
    }
}

// Promise: a secret changes when its number does and at no other time; what makes it is never protected, what keeps it is, and says the number.
public sealed class RotationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Keys_AreReplaced_WhenTheNumberChanges(int rotation)
    {
        var signing = await Captured.Options<PrivateKeyArgs>(
            "oidc-pair", options => new OidcSigningKey("oidc", new OidcSigningKeyArgs { Namespace = "seqera", Rotation = rotation }, options));
        var ssh = await Captured.Options<PrivateKeyArgs>(
            "ssh-pair", options => new SshHostKey("ssh", new SshHostKeyArgs { Namespace = "seqera", Rotation = rotation }, options));

        (await Deployed.ValueOf(signing.ReplacementTrigger.ToOutput())).ShouldBe(rotation);
        (await Deployed.ValueOf(ssh.ReplacementTrigger.ToOutput())).ShouldBe(rotation);
    }

    [Fact]
    public async Task TheNumberOfAKey_IsAnInputOfItsComponent()
    {
        var signing = await Deployed.Of(() => new OidcSigningKey("oidc", new OidcSigningKeyArgs { Namespace = "seqera", Rotation = 3 }));
        var ssh = await Deployed.Of(() => new SshHostKey("ssh", new SshHostKeyArgs { Namespace = "seqera", Rotation = 4 }));

        signing.ComponentInputs("platform:secrets:OidcSigningKey").ShouldBe(Deployed.Json("""{ "rotation": 3 }"""));
        ssh.ComponentInputs("platform:secrets:SshHostKey").ShouldBe(Deployed.Json("""{ "rotation": 4 }"""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SecretsOfFixedNames_AreProtected_WhenToldSo_AndTheirGeneratorsNever(bool isProtected)
    {
        void Signing(ComponentResourceOptions options) =>
            new OidcSigningKey("oidc", new OidcSigningKeyArgs { Namespace = "seqera", Protected = isProtected }, options);
        void Ssh(ComponentResourceOptions options) => new SshHostKey("ssh", new SshHostKeyArgs { Namespace = "seqera", Protected = isProtected }, options);
        void Token(ComponentResourceOptions options) =>
            new OidcRegistrationToken("token", new OidcRegistrationTokenArgs { Namespace = "seqera", Protected = isProtected }, options);
        void Server(ComponentResourceOptions options) =>
            new Redis("redis", new RedisArgs { Namespace = "seqera", Clients = [], Protected = isProtected }, options);

        CustomResourceOptions[] kept =
        [
            await Captured.Options<SecretArgs>("oidc", Signing),
            await Captured.Options<SecretArgs>("ssh", Ssh),
            await Captured.Options<SecretArgs>("token-token", Token),
            await Captured.Options<StatefulSetArgs>("redis", Server),
        ];
        CustomResourceOptions[] rotated =
        [
            await Captured.Options<PrivateKeyArgs>("oidc-pair", Signing),
            await Captured.Options<PrivateKeyArgs>("ssh-pair", Ssh),
            await Captured.Options<RandomPasswordArgs>("token-token-value", Token),
            await Captured.Options<RandomPasswordArgs>("redis-password-value", Server),
            await Captured.Options<SecretArgs>("redis-password", Server),
        ];

        kept.ShouldAllBe(options => options.Protect == isProtected);
        rotated.ShouldAllBe(options => options.Protect == null);
    }

    // A Secret that an earlier version made immutable cannot be changed: it goes, and comes back.
    [Fact]
    public async Task ASecretOfAFixedName_IsReplaced_OnlyForTheMarkThatNoServerTakesBack()
    {
        var options = await Captured.Options<SecretArgs>("oidc", given => new OidcSigningKey("oidc", new OidcSigningKeyArgs { Namespace = "seqera" }, given));

        options.ReplaceOnChanges.ShouldBe(["immutable"]);
        options.DeleteBeforeReplace.ShouldBe(true);
    }
}
