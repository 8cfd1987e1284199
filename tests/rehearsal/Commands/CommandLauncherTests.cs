using System.Collections.Immutable;
using Rehearsal.Commands;
using Rehearsal.Programs;
using Rehearsal.StackFiles;
using Tests.Rehearsal.StackFiles;

namespace Tests.Rehearsal.Commands;

// Promise: `node index.js` and `python3 main.py` are started as Pulumi's own hosts would, and no other command is touched.
public sealed class CommandLauncherTests : IDisposable
{
    private static readonly ImmutableDictionary<string, string> TypeScript = ImmutableDictionary<string, string>.Empty.Add("PULUMI_NODEJS_TYPESCRIPT", "true");

    private readonly TemporaryFolder _folder = new();

    public CommandLauncherTests() => _folder.Write("node_modules/@pulumi/pulumi/cmd/run/index.js", "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("node index.js", "exec node '{0}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" index.js")]
    [InlineData("node index.ts", "exec node '{0}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" index.ts")]
    [InlineData("node --enable-source-maps bin/main.js one",
        "exec node --enable-source-maps '{0}' --monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" bin/main.js one")]
    [InlineData("node node_modules/@pulumi/pulumi/cmd/run --monitor=x .", "node node_modules/@pulumi/pulumi/cmd/run --monitor=x .")]
    public void NodePrograms_GetTheRunnerWhereItIsMissing_AndTypeScript(string command, string expected)
    {
        var (line, variables) = CommandLauncher.WithRunner(command, _folder.Path, ProjectRuntime.None);

        line.ShouldBe(expected.Replace("{0}", _folder.At("node_modules/@pulumi/pulumi/cmd/run"), StringComparison.Ordinal));
        variables.ShouldBe(TypeScript);
    }

    [Theory]
    [InlineData("python3 __main__.py", "exec python3 -c \"$REHEARSAL_PYTHON_RUNNER\" __main__.py")]
    [InlineData("venv/bin/python -u main.py one", "exec venv/bin/python -u -c \"$REHEARSAL_PYTHON_RUNNER\" main.py one")]
    [InlineData("python .", "exec python -c \"$REHEARSAL_PYTHON_RUNNER\" .")]
    public void PythonPrograms_GetTheRunner(string command, string expected)
    {
        var (line, variables) = CommandLauncher.WithRunner(command, _folder.Path, ProjectRuntime.None);

        line.ShouldBe(expected);
        variables.ShouldBe(ImmutableDictionary<string, string>.Empty.Add("REHEARSAL_PYTHON_RUNNER", PythonStart.Runner));
    }

    [Theory]
    [InlineData("node index.js | tee log")]
    [InlineData("node 'my index.js'")]
    [InlineData("dotnet run")]
    [InlineData("python3 -m program")]
    [InlineData("python3 -c 'print(1)'")]
    [InlineData("pythonic main.py")]
    public void OtherCommands_StayAsTheyAre(string command)
        => CommandLauncher.WithRunner(command, _folder.Path, ProjectRuntime.None).ShouldBe((command, ImmutableDictionary<string, string>.Empty));

    [Fact]
    public void Command_StaysAsItIs_WhereTheSdkIsNotInstalled()
        => CommandLauncher.WithRunner("node index.js", Path.GetTempPath(), ProjectRuntime.None)
            .ShouldBe(("node index.js", ImmutableDictionary<string, string>.Empty));
}
