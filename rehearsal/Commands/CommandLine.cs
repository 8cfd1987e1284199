using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary>The commands behind <c>./platform</c>, and what becomes of their errors.</summary>
public static class CommandLine
{
    private const string Description = "Rehearse a Pulumi program without a cloud and without the Pulumi CLI.";

    /// <summary>The commands of this program.</summary>
    public static IReadOnlyList<ICommand> Commands { get; } =
    [
        new PreviewCommand(), new UpCommand(), new DestroyCommand(), new RefreshCommand(), new ExportCommand(), new ImportCommand(), new CancelCommand(),
        new DiffCommand(), new AuditCommand(), new ApprovedPlanCommand(), new PolicyCommand(), new GraphCommand(), new ReportCommand(),
        new ManifestsCommand(), new OutputsCommand(), new ConfigCommand(), new SecretCommand(), new ToolCommand(), new VersionCommand(),
    ];

    /// <summary>Runs one command line of this program.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CommandHost host, CancellationToken cancellation = default)
        => RunAsync(arguments, host, Description, Commands, cancellation);

    /// <summary>Runs one command line of a program with other commands.</summary>
    /// <param name="arguments">The words.</param>
    /// <param name="host">The outside.</param>
    /// <param name="description">What the program is for, as its <c>--help</c> begins.</param>
    /// <param name="commands">What it can do.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, CommandHost host, string description, IReadOnlyList<ICommand> commands, CancellationToken cancellation = default)
    {
        try
        {
            var exitCode = await AnsweredAsync(arguments, host, description, commands, cancellation);
            host.Terminal.Flush();
            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk below the output, or none at all: whoever reads the exit code must not take a part for the whole
            Complain(host.Terminal.Error, e);
            return ExitCodes.Failure;
        }
    }

    private static async Task<int> AnsweredAsync(
        IReadOnlyList<string> arguments, CommandHost host, string description, IReadOnlyList<ICommand> commands, CancellationToken cancellation)
    {
        var root = Root(host, description, commands);
        var typed = root.Parse(arguments);
        return await ExplainedAsync(host, typed.IsVerbose(), async () =>
        {
            Refusals.CheckOptions(typed);
            var parsed = ShortForms.WriteOut(root, typed, arguments, host);
            Refusals.Check(parsed);
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Who calls knows of signals, and of more than two of them
                ProcessTerminationTimeout = null,
                Output = host.Terminal.Output,
                Error = host.Terminal.Error,
            };
            return await parsed.InvokeAsync(invocation, cancellation);
        });
    }

    /// <summary>Runs a part of a command, and says in the operator's words how it failed.</summary>
    internal static async Task<int> ExplainedAsync(CommandHost host, bool verbose, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (BadInputException e)
        {
            ErrorRenderer.Write(host.Terminal, e, verbose);
            host.Annotate(e.Problems.Select(problem => problem with { Fix = problem.Fix ?? e.Fix }));
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            ErrorRenderer.Write(host.Terminal, "Cancelled.", null, null);
            return ExitCodes.Cancelled;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not LostOutputException)
        {
            ErrorRenderer.Write(host.Terminal, e.Message, "Check that the file or folder is there and that you may read and write it.", verbose ? e : null);
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or LostOutputException))
        {
            ErrorRenderer.Write(
                host.Terminal, $"This is a defect of the rehearsal engine: {e.Message}", "Run it again with --verbose and report what it says.",
                verbose ? e : null);
            return ExitCodes.Failure;
        }
    }

    /// <summary>What reads the words of a program with these commands, each with what all of them have.</summary>
    public static RootCommand Root(CommandHost host, string description, IReadOnlyList<ICommand> commands)
    {
        var root = new RootCommand(description) { SharedOptions.Verbose() };
        foreach (var command in commands.Select(command => command.Build(host)))
        {
            ShortForms.AddTo(command);
            command.WithExitCodes((ExitCodes.Cancelled, ExitCodes.Meanings[ExitCodes.Cancelled]));
            root.Add(command);
        }
        return root;
    }

    private static void Complain(TextWriter error, Exception cause)
    {
        try
        {
            error.Write($"error: What this command has to say cannot be written: {cause.Message.TrimEnd('.')}.\n");
            error.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to tell
        }
    }
}

/// <summary>One word behind <c>./platform</c>.</summary>
public interface ICommand
{
    /// <summary>The word with its arguments, options, examples and action.</summary>
    Command Build(CommandHost host);
}

/// <summary>A program of this repository that takes commands: how its process meets the terminal and the signals of the system.</summary>
public static class CommandProcess
{
    /// <summary>Runs a command line to its end.</summary>
    /// <param name="run">Runs it with the outside of this process; the token is cancelled by the first signal.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(Func<CommandHost, CancellationToken, Task<int>> run)
    {
        // The first of these ends the program that runs and keeps the state whole; a second one ends everything at once
        using var ended = new CancellationTokenSource();
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var registrations = signals.Select(signal => PosixSignalRegistration.Create(signal, End)).ToList();
        var host = new CommandHost
        {
            Terminal = Terminal.ForProcess(Environment.GetEnvironmentVariable),
            Input = Console.In,
            AsksForSecrets = !Console.IsInputRedirected,
            Environment = Environment.GetEnvironmentVariable,
            CurrentFolder = Environment.CurrentDirectory,
            OwnFolder = AppContext.BaseDirectory,
            Engine = () => new RehearsalHost(),
        };
        try
        {
            return await run(host, ended.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && ended.IsCancellationRequested)
        {
            // The terminal is gone, so there is nobody to tell
            return ExitCodes.Cancelled;
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = !ended.IsCancellationRequested;
            ended.Cancel();
        }
    }
}

/// <summary>Everything outside that a command may touch, so that tests can stand in for it.</summary>
public sealed record CommandHost
{
    public required Terminal Terminal { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>Whether somebody sits before it: a secret is then asked for, without echo.</summary>
    public bool AsksForSecrets { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    public required string CurrentFolder { get; init; }

    /// <summary>The folder of this program's own file.</summary>
    public required string OwnFolder { get; init; }

    public required Func<IRehearsalHost> Engine { get; init; }

    /// <summary>The day on which waivers have to hold: that of <c>PLATFORM_TODAY</c>, as the program reads it, or the clock's.</summary>
    public DateOnly Today() => DateOnly.TryParseExact(Environment("PLATFORM_TODAY"), "yyyy-MM-dd", out var day) ? day : DateOnly.FromDateTime(DateTime.UtcNow);
}

/// <summary>What a command's exit code means: the Pulumi CLI's own codes (ADR 14).</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command, the program or the operation failed.</summary>
    public const int Failure = 1;

    /// <summary>A wrong command line, or a stack file that cannot be read.</summary>
    public const int BadInput = 2;

    /// <summary>Something is against a rule, or a finding that is refused.</summary>
    public const int PolicyViolation = 5;

    /// <summary>There are changes where none were expected.</summary>
    public const int ChangesPending = 7;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Cancelled = 8;

    /// <summary>The time that a command was given was up.</summary>
    public const int TimedOut = 9;

    /// <summary>Each code in words.</summary>
    public static IReadOnlyDictionary<int, string> Meanings { get; } = new SortedDictionary<int, string>
    {
        [Success] = "Done as asked.",
        [Failure] = "The command, or the program that it runs, failed.",
        [BadInput] = "A wrong command line, or a stack file that cannot be read or used.",
        [PolicyViolation] = "Something is against a rule, or a finding that is refused.",
        [ChangesPending] = "There are changes where none were expected.",
        [Cancelled] = "Cancelled, by Ctrl-C or by a signal.",
        [TimedOut] = "The time that the command was given was up.",
    };

    public static int From(RehearsalOutcome outcome) => outcome switch
    {
        RehearsalOutcome.Succeeded => Success,
        RehearsalOutcome.Cancelled => Cancelled,
        _ => Failure,
    };
}

/// <summary><c>version</c>: which build this is.</summary>
internal sealed class VersionCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var command = new Command("version", "Say which version this is, and which .NET runs it.");
        command.SetAction(_ =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            host.Terminal.Write($"Studio Platform rehearsal {version}, {RuntimeInformation.FrameworkDescription}");
            return ExitCodes.Success;
        });
        return command.WithExamples("./platform version");
    }
}
