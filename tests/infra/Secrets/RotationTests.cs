using Infra.Cache;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Random;
using Pulumi.Tls;
using Tests.Support;

namespace Tests.Infra.Secrets;

// Promise: a secret changes when its number does and at no other time, and a protected one not even when it leaves the program.
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generators_AreProtected_WhenToldSo(bool isProtected)
    {
        var signing = await Captured.Options<PrivateKeyArgs>(
            "oidc-pair", options => new OidcSigningKey("oidc", new OidcSigningKeyArgs { Namespace = "seqera", Protected = isProtected }, options));
        var ssh = await Captured.Options<PrivateKeyArgs>(
            "ssh-pair", options => new SshHostKey("ssh", new SshHostKeyArgs { Namespace = "seqera", Protected = isProtected }, options));
        var token = await Captured.Options<RandomPasswordArgs>(
            "token-token-value", options => new OidcRegistrationToken("token", new OidcRegistrationTokenArgs { Namespace = "seqera", Protected = isProtected }, options));
        var redis = new RedisArgs { Namespace = "seqera", Clients = [], Protected = isProtected };
        var password = await Captured.Options<RandomPasswordArgs>("redis-password-value", options => new Redis("redis", redis, options));
        var server = await Captured.Options<StatefulSetArgs>("redis", options => new Redis("redis", redis, options));

        new[] { signing.Protect, ssh.Protect, token.Protect, password.Protect, server.Protect }.ShouldAllBe(protect => protect == isProtected);
    }
}
