using Operate.Commands;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate;

/// <summary>This repository's project in a folder of its own, with one stack, and the commands of <c>operate/</c> in front of it.</summary>
internal sealed class OperateFixture : IDisposable
{
    public OperateFixture()
    {
        Folder.Write("Pulumi.yaml", File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml")));
        Folder.Write("Pulumi.dev.yaml", """
            config:
              platform:cluster: { existing: { context: kind-studios } }
              platform:redis: { inCluster: {} }
              platform:studios:
                platform: { url: https://platform.studio.test, version: 26.1.3 }
                connectUrl: https://connect.studio.test
                ssh: { workspaces: all }
            """);
    }

    public TemporaryFolder Folder { get; } = new();

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["PLATFORM_TODAY"] = "2026-11-26", ["PATH"] = "" };

    public CommandHost Host(TextWriter output, TextWriter error) => new()
    {
        Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false),
        Input = TextReader.Null,
        Environment = name => Environment.GetValueOrDefault(name),
        CurrentFolder = Folder.Path,
        OwnFolder = Folder.Path,
        Engine = () => throw new InvalidOperationException("Nothing is rehearsed here."),
    };

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, Host(output, error), OperateCommands.Description, OperateCommands.All);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Puts a program called <c>pulumi</c> on the PATH, which a shell runs.</summary>
    public void Pulumi(string script)
    {
        var path = Folder.Write("bin/pulumi", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Environment["PATH"] = Path.GetDirectoryName(path)!;
    }

    public void Dispose() => Folder.Dispose();
}
