using System.Collections.Immutable;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Support;

namespace Tests.Infra.Secrets;

// Promise: the keys of the platform are tracked resources in the vendor's own form, and only their public halves are shown.
public sealed class SigningKeysTests
{
    [Fact]
    public async Task SshHostKey_HasTheseChildren() =>
        (await Deployed.Of(options => new SshHostKey("ssh-key", new SshHostKeyArgs { Namespace = "seqera" }, options))).Lineages.ShouldBe([
            "platform:secrets:SshHostKey$kubernetes:core/v1:Secret::ssh-key",
            "platform:secrets:SshHostKey$tls:index/privateKey:PrivateKey::ssh-key-pair",
            "platform:secrets:SshHostKey::ssh-key",
        ]);

    [Fact]
    public async Task OidcRegistrationToken_HasTheseChildren() =>
        (await Deployed.Of(options => new OidcRegistrationToken("oidc", new OidcRegistrationTokenArgs { Namespace = "seqera" }, options))).Lineages.ShouldBe([
            "platform:secrets:OidcRegistrationToken$platform:secrets:TrackedSecret$kubernetes:core/v1:Secret::oidc-token",
            "platform:secrets:OidcRegistrationToken$platform:secrets:TrackedSecret$random:index/randomPassword:RandomPassword::oidc-token-value",
            "platform:secrets:OidcRegistrationToken$platform:secrets:TrackedSecret::oidc-token",
            "platform:secrets:OidcRegistrationToken::oidc",
        ]);

    [Fact]
    public async Task OidcSigningKey_IsOneFile_PrivateBlockFirst()
    {
        OidcSigningKey? key = null;
        var deployed = await Deployed.Of(options => key = new OidcSigningKey("oidc-key", new OidcSigningKeyArgs { Namespace = "seqera" }, options));

        deployed.Inputs("oidc-key-pair").ShouldBe(Deployed.Json("""{ "algorithm": "RSA", "rsaBits": 4096 }"""));
        deployed
            .Inputs("oidc-key")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                      "metadata": {
                        "name": "platform-oidc-certs", "namespace": "seqera",
                        "labels": {
                          "app.kubernetes.io/name": "secret", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "oidc-key",
                          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                        }
                      },
                      "stringData": {
                        "oidc.pem": "-----BEGIN PRIVATE KEY-----\noidc-key-pair\n-----END PRIVATE KEY-----\n-----BEGIN PUBLIC KEY-----\noidc-key-pair\n-----END PUBLIC KEY-----\n"
                      }
                    }
                    """));
        deployed.Lineages.ShouldBe([
            "platform:secrets:OidcSigningKey$kubernetes:core/v1:Secret::oidc-key",
            "platform:secrets:OidcSigningKey$tls:index/privateKey:PrivateKey::oidc-key-pair",
            "platform:secrets:OidcSigningKey::oidc-key",
        ]);
        deployed.OutputNames("OidcSigningKey::oidc-key").ShouldBe(["fingerprint", "secretName"]);
        (await Deployed.ValueOf(key!.Reference.Version)).ShouldBe("SHA256:oidc-key-pair");
        (await Output.IsSecretAsync(key.Reference.Version)).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_AreSecret_InTheirSecrets()
    {
        var signing = await Captured.Of<SecretArgs>(
            "oidc-key",
            options => new OidcSigningKey("oidc-key", new OidcSigningKeyArgs { Namespace = "seqera" }, options));
        var ssh = await Captured.Of<SecretArgs>("ssh-key", options => new SshHostKey("ssh-key", new SshHostKeyArgs { Namespace = "seqera" }, options));

        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(signing.StringData)).ShouldBeTrue();
        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(ssh.StringData)).ShouldBeTrue();
    }

    [Fact]
    public async Task Rejects_AWeakSigningKey() =>
        (await Deployed.Refusal(() => new OidcSigningKey("oidc-key", new OidcSigningKeyArgs { Namespace = "seqera", RsaBits = 1024 }))).ShouldContain(
            "OIDC signing key 'oidc-key' would have 1024 bits: it must have at least 2048.");

    [Fact]
    public async Task SshHostKey_IsEd25519_InOpenSshForm()
    {
        SshHostKey? key = null;
        var deployed = await Deployed.Of(() => key = new SshHostKey("ssh-key", new SshHostKeyArgs { Namespace = "seqera" }));

        deployed.Inputs("ssh-key-pair").ShouldBe(Deployed.Json("""{ "algorithm": "ED25519" }"""));
        deployed.Inputs("ssh-key").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
              "metadata": {
                "name": "connect-ssh-key", "namespace": "seqera",
                "labels": {
                  "app.kubernetes.io/name": "secret", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "ssh-key",
                  "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                }
              },
              "stringData": { "ssh-key": "-----BEGIN OPENSSH PRIVATE KEY-----\nssh-key-pair\n-----END OPENSSH PRIVATE KEY-----\n" }
            }
            """));
        deployed.OutputNames("SshHostKey::ssh-key").ShouldBe(["fingerprint", "secretName"]);
        (await Deployed.ValueOf(key!.Fingerprint)).ShouldBe("SHA256:ssh-key-pair");
    }

    [Fact]
    public async Task RegistrationToken_IsThirtyTwoLettersAndDigits_UnderTheVendorsKey()
    {
        OidcRegistrationToken? token = null;
        var deployed = await Deployed.Of(() => token = new OidcRegistrationToken("oidc", new OidcRegistrationTokenArgs { Namespace = "seqera", Rotation = 2 }));

        deployed.Inputs("oidc-token-value").ShouldBe(Deployed.Json("""{ "keepers": { "rotation": "2" }, "length": 32, "special": false }"""));
        deployed.Inputs("oidc-token").ShouldContain("\"OIDC_CLIENT_REGISTRATION_TOKEN\": \"password-of-oidc-token-value\"");
        token!.Reference.Key.ShouldBe("OIDC_CLIENT_REGISTRATION_TOKEN");
        (await Deployed.ValueOf(token.Reference.SecretName)).ShouldBe("platform-oidc-registration");
        (await Deployed.ValueOf(token.Reference.Version)).ShouldBe("32.2");
    }

    [Theory]
    [InlineData("a\nb\n", "c\n", "a\nb\nc\n")]
    [InlineData("a\r\nb", "\nc\n\n", "a\nb\nc\n")]
    public void Pem_StartsEveryBlockOnItsOwnLine(string first, string second, string expected) => Pem.Concatenate(first, second).ShouldBe(expected);
}
