using System.Text;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Events;
using Rehearsal.Rendering;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Commands;

// Promise: where something cannot be written, an operation says what and where, ends with a code that nobody takes for success, and leaves nothing
// half-written.
public sealed class StorageFailureTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public StorageFailureTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "pass";

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task AStateThatCannotBeWritten_EndsTheOperation_AtItsFirstStep()
    {
        // A folder stands where the new state would be written
        Directory.CreateDirectory(_cli.Folder.At(".platform/state/platform/dev.new"));
        var program = new EngineOf(_ => { });

        var run = await _cli.RunAsync(["up", "dev"], program);

        (run.ExitCode, program.Registered).ShouldBe((1, 1));
        run.Error.ShouldContain($"  error: The state {_cli.Folder.At(".platform/state/platform/dev.json")} cannot be written: ");
        run.Error.ShouldContain("         Check the folder's permissions and free space, or give another one with --state FOLDER.\n");
        _cli.Folder.Files().Where(file => file.StartsWith(".platform", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AStateFolderThatIsAFile_IsRefused_BeforeAnythingIsDone()
    {
        _cli.Folder.Write("taken", "");

        var run = await _cli.RunAsync(["up", "dev", "--state", "taken"]);

        (run.ExitCode, run.Output.Split('\n').Length, _cli.Request).ShouldBe((1, 3, null));
        run.Error.ShouldStartWith($"error: The state {_cli.Folder.At("taken/platform/dev.json")} cannot be locked: ");
    }

    [Fact]
    public async Task AnOperationThatWasCancelled_WritesNoMore()
    {
        var program = new EngineOf(folder =>
        {
            File.Delete(Path.Combine(folder, ".platform/state/platform/dev.lock"));
            File.WriteAllText(Path.Combine(folder, ".platform/state/platform/dev.lock"), "another's");
        }, _cli.Folder.Path);

        var run = await _cli.RunAsync(["up", "dev"], program);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("error: Somebody cancelled this operation while it ran, so its state is no longer written.");
        // What is another's stays
        File.ReadAllText(_cli.Folder.At(".platform/state/platform/dev.lock")).ShouldBe("another's");
    }

    [Theory]
    [InlineData("/dev/full", 1, "error: The event log /dev/full cannot be written: ")]
    [InlineData("gone/events.json", 2, "error: The event log ")]
    [InlineData(".", 2, "error: The event log ")]
    public async Task AnEventLogThatCannotBeWritten_IsNamed(string file, int exitCode, string problem)
    {
        if (file == "/dev/full" && !File.Exists(file))
        {
            return;
        }
        var run = await _cli.RunAsync(["preview", "dev", "--event-log", file], new EngineOf(_ => { }));

        run.ExitCode.ShouldBe(exitCode);
        run.Error.ShouldStartWith(problem);
    }

    [Theory]
    [InlineData("preview", "dev")]
    [InlineData("export", "dev")]
    [InlineData("preview", "nosuch")]
    [InlineData("--help", "")]
    public async Task AnOutputOnAFullDisk_IsAFailure_WithoutAStackTrace(params string[] arguments)
    {
        using var full = new FullDisk();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Terminal = new Terminal(full, error, colouredOutput: false, colouredError: false),
            Input = TextReader.Null,
            Environment = name => _cli.Environment.GetValueOrDefault(name),
            CurrentFolder = _cli.Folder.Path,
            OwnFolder = _cli.Folder.Path,
            Engine = () => new EngineOf(_ => { }),
        };

        (await CommandLine.RunAsync([.. arguments.Where(argument => argument.Length > 0)], host)).ShouldBeInRange(1, 2);

        error.ToString().ShouldContain("No space left");
        error.ToString().ShouldNotContain("   at ");
    }

    /// <summary>Runs the real engine's steps of a program with a few resources, without a process.</summary>
    private sealed class EngineOf(Action<string> between, string folder = "") : IRehearsalHost
    {
        public int Registered { get; private set; }

        public Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation)
        {
            using var run = new Rehearsed(request, events);
            try
            {
                Registered++;
                run.Register(new global::Rehearsal.Graph.ResourceGoal { Type = global::Rehearsal.Graph.Urn.RootType, Name = "platform-dev" });
                between(folder);
                for (var i = 0; i < 3; i++)
                {
                    Registered++;
                    run.Register(Rehearsed.Follower($"r{i}", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty));
                }
                run.End();
            }
            catch (Protocol.GrpcException)
            {
                run.Finish();
            }
            return Task.FromResult(Results.Result(run.Events.Failed ? RehearsalOutcome.ProgramFailed : RehearsalOutcome.Succeeded) with
            {
                Diagnostics = run.Events.Diagnostics,
                Plan = run.Plan,
            });
        }
    }

    private sealed class FullDisk : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Flush() => throw new IOException("No space left on device");
    }
}
