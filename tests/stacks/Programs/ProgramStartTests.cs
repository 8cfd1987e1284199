using Tests.Sdk.Core.Support;

namespace Tests.Stacks.Programs;

// Promise: the settings are read while the program connects, and what is said, and in which order, is as if they were read afterwards.
[Collection(RecordingEngine.Collection)]
public sealed class ProgramStartTests
{
    // The engine of these tests refuses programs that ask for its version, as one that is too old.
    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "platform:cluster": "{ \"existing\": { \"context\": \"kind\" } }" }""")]
    [InlineData("""{ "platform:sotting": "1", "platform:cluster": "{}" }""")]
    public async Task AnEngineThatIsTooOld_IsSaidAlone_WhateverTheSettingsAre(string config)
    {
        var run = await RecordingEngine.RunAsync(() => Task.Run(Start), config: config);

        run.ExitCode.ShouldBe(32);
        run.Errors.ShouldHaveSingleItem().ShouldContain("no program here should call RequirePulumiVersion");
        run.Warnings.ShouldBeEmpty();
    }

    private static int Start() => (int)typeof(global::Stacks.Platform).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()])!;
}
