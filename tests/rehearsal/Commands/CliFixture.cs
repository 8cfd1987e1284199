using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Events;
using Rehearsal.Rendering;
using Spectre.Console.Testing;
using Tests.Rehearsal.StackFiles;

namespace Tests.Rehearsal.Commands;

/// <summary>A project in a folder of its own, an engine that answers as told, and the command line in front of both.</summary>
internal sealed class CliFixture : IDisposable
{
    public CliFixture()
    {
        Folder.Write("Pulumi.yaml", "name: platform\nruntime: dotnet\nmain: stacks\n");
        Folder.Write("Pulumi.dev.yaml", "config: {size: 3}\n");
        Environment["PLATFORM_PROGRAM"] = Folder.Write("stacks/Stacks.dll", "");
    }

    public TemporaryFolder Folder { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public Func<RehearsalRequest, RehearsalResult> Answer { get; set; } = _ => Results.Empty;

    public RehearsalRequest? Request { get; private set; }

    public string Input { get; set; } = "";

    /// <summary>Whether somebody sits before the terminal, who then types into <see cref="Console"/>.</summary>
    public bool IsInteractive { get; init; }

    public TestConsole Console { get; } = new();

    /// <summary>Runs a command line; a real engine takes the place of the fixture's own when one is given.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, IRehearsalHost? engine = null, string below = "", CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false) { LiveConsole = Console },
            Input = new StringReader(Input),
            AsksForSecrets = IsInteractive,
            Environment = name => Environment.GetValueOrDefault(name),
            CurrentFolder = Folder.At(below),
            OwnFolder = Folder.Path,
            Engine = () => engine ?? new Engine(this),
        };
        var exitCode = await CommandLine.RunAsync(arguments, host, cancellation);
        return (exitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        Folder.Dispose();
        Console.Dispose();
    }

    private sealed class Engine(CliFixture fixture) : IRehearsalHost
    {
        public Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation)
        {
            fixture.Request = request;
            return Task.FromResult(fixture.Answer(request));
        }
    }
}
