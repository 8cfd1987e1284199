using Rehearsal.Commands;
using Tests.Rehearsal.StackFiles;

namespace Tests.Rehearsal.Commands;

// Promise: `node index.js` is started as Pulumi's own Node host would, and no other command is touched.
public sealed class NodeLauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NodeLauncherTests() => _folder.Write("node_modules/@pulumi/pulumi/cmd/run/index.js", "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("node index.js", "exec node '{0}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" index.js")]
    [InlineData("node --enable-source-maps bin/main.js one",
        "exec node --enable-source-maps '{0}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" bin/main.js one")]
    [InlineData("node index.js | tee log", "node index.js | tee log")]
    [InlineData("node 'my index.js'", "node 'my index.js'")]
    [InlineData("dotnet run", "dotnet run")]
    public void Runner_IsPutIn_OnlyWhereItIsMissing(string command, string expected)
        => NodeLauncher.WithRunner(command, _folder.Path).ShouldBe(
            expected.Replace("{0}", _folder.At("node_modules/@pulumi/pulumi/cmd/run"), StringComparison.Ordinal));

    [Fact]
    public void Command_StaysAsItIs_WhereTheSdkIsNotInstalled() => NodeLauncher.WithRunner("node index.js", Path.GetTempPath()).ShouldBe("node index.js");
}
