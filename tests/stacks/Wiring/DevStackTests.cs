using Pulumi;
using Stacks;
using Stacks.Settings.Declaring;
using Tests.Stacks.Settings;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: the dev stack is made of these resources under these names; a renamed one would be destroyed and made anew on a running platform.
// It does not prove what the objects hold: that is the components' own tests.
public sealed class DevStackTests
{
    [Fact]
    public async Task DevResources_DoNotChange() =>
        Snapshot.ShouldMatch("dev-resources", (await Deployed.Of(() => Platform.Define(StackFilesTests.Read("Pulumi.dev.yaml").Settings, NoSecret))).Plan.Keys);

    [Fact]
    public async Task WithoutConcepts_NothingIsMade()
    {
        var deployed = await Deployed.Of(() => Platform.Define(new global::Stacks.Settings.PlatformSettings(), NoSecret).Exported().ShouldBeEmpty());

        deployed.Plan.Keys.Where(key => !key.StartsWith("pulumi:pulumi:Stack::", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static Output<string> NoSecret(SecretSetting secret) =>
        throw new InvalidOperationException($"The dev stack has no secret, and '{secret.Key}' was asked for.");
}
