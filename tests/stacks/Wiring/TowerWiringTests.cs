using Pulumi;
using Stacks;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: every compute environment has storage of its own.
public sealed class TowerWiringTests
{
    private const string Others = """
        {
          "research": { "namespace": "tower-research", "token": true, "scratch": {} },
          "clinical": { "namespace": "tower-clinical", "scratch": {} },
          "shared": { "namespace": "tower-shared", "scratch": { "directory": "common/work" } }
        }
        """;

    [Theory]
    [InlineData("research", "/exports/research")]
    [InlineData("clinical", "/exports/clinical")]
    [InlineData("shared", "/exports/common/work")]
    public async Task ScratchClaims_HaveADirectoryOfTheirOwn(string environment, string directory)
    {
        var deployed = await Define(("tower.environments", Others));

        deployed.Inputs($"tower-{environment}-scratch-volume").ShouldContain($"\"path\": \"{directory}\"");
    }

    [Fact]
    public async Task ScratchClaims_OfAStorageClass_TakeItsVolumes()
    {
        var deployed = await Define(
            ("tower.environments", Others.Replace("{ \"directory\": \"common/work\" }", "{}", StringComparison.Ordinal)),
            ("storage.nfs", null),
            ("storage.existingClass", """{ "storageClassName": "efs-sc" }"""));

        deployed.Has("tower-research-scratch-volume").ShouldBeFalse();
        deployed.Inputs("tower-research-scratch-claim").ShouldContain("\"storageClassName\": \"efs-sc\"");
    }

    private static async Task<Deployed> Define(params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(StackSample.Made.Raw(changes));
        read.Problems.ShouldBeEmpty();
        return await Deployed.Of(() => Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key)));
    }
}
