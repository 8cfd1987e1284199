using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Protocol;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>The exit code of a program whose error was reported to the engine already.</summary>
    private const int ReportedFailure = 32;

    /// <summary>The exit code of a program that said <see cref="Log.Error"/> and went on.</summary>
    private const int LoggedFailure = 1;

    public static Task<int> RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return Task.CompletedTask;
    });

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RunAsync(() => Task.FromResult(func()));

    public static Task<int> RunAsync(Func<Task> func) => RunAsync(async () =>
    {
        await func();
        return (IDictionary<string, object?>)new Dictionary<string, object?>();
    });

    /// <summary>Runs a program whose result is the stack's outputs.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) =>
        HostAsync(() => Stack.OfProgram(func, options));

    /// <summary>Runs a program that is the constructor of a stack class.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => HostAsync(() => Stack.OfClass(() => new TStack()));

    /// <summary>Runs a program that is the constructor of a stack class whose parameters are services.</summary>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack =>
        HostAsync(() =>
            Stack.OfClass(() =>
                (TStack)(
                    serviceProvider.GetService(typeof(TStack))
                    ?? throw new InvalidOperationException(
                        $"Failed to resolve instance of type {typeof(TStack)} from service provider. Register the type with the service provider before calling {nameof(RunAsync)}."))));

    /// <summary>Ends the run unless the Pulumi CLI's version is in the range, for example <c>&gt;=3.100.0</c>.</summary>
    public static async Task RequirePulumiVersionAsync(string pulumiVersionRange)
    {
        using var engine = new GrpcEngine(DeploymentSettings.Required(ProgramVariables.Engine));
        await engine.RequirePulumiVersionAsync(pulumiVersionRange);
    }

    private static async Task<int> HostAsync(Func<Task> program)
    {
        if (Current is not null)
        {
            throw new InvalidOperationException("Deployment.RunAsync can only be called once: a program is running already.");
        }
        var (monitorAddress, engineAddress) = (DeploymentSettings.Required(ProgramVariables.Monitor), DeploymentSettings.Required(ProgramVariables.Engine));
        var settings = DeploymentSettings.FromEnvironment();
        using var monitor = new GrpcMonitor(monitorAddress, settings.Parallel);
        using var engine = new GrpcEngine(engineAddress);
        var deployment = new Deployment(settings, monitor, engine);
        await using var callbacks = deployment._callbacks;
        var code = await deployment.RunToEndAsync(program);
        if (code == 0)
        {
            await monitor.SignalAndWaitForShutdownAsync();
        }
        return code;
    }

    private async Task<int> RunToEndAsync(Func<Task> program)
    {
        try
        {
            await _runner.DrainAsync(async () =>
            {
                Running.Value = this;
                await program();
            });
            await Logger.Sent;
            return Logger.HasErrors ? LoggedFailure : 0;
        }
        catch (Exception e) when (e is not LogException)
        {
            return await ReportAsync(e);
        }
        catch (LogException e)
        {
            return await SayThatLoggingFailedAsync(e);
        }
    }

    private async Task<int> ReportAsync(Exception exception)
    {
        var (message, resource) = exception switch
        {
            RunException run => (run.Message, null),
            ResourceException about => (about.HideStack ? about.Message : about.ToString(), about.Resource),
            _ => ($"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{exception}", null),
        };
        try
        {
            Logger.Write(Severity.Error, message, resource, streamId: null, ephemeral: null);
            await Logger.Sent;
            return ReportedFailure;
        }
        catch (LogException e)
        {
            return await SayThatLoggingFailedAsync(e);
        }
    }

    /// <summary>An engine that takes no messages leaves the console as the only way to say anything.</summary>
    private static async Task<int> SayThatLoggingFailedAsync(LogException exception)
    {
        await Console.Error.WriteLineAsync($"Error occurred trying to send logging message to engine:\n{exception.InnerException?.Message}");
        return LoggedFailure;
    }
}

/// <summary>What a program is told about its surroundings.</summary>
internal sealed record DeploymentSettings(string Organization, string Project, string Stack, string RootDirectory, bool IsDryRun)
{
    /// <summary>How many resources the engine works on at once.</summary>
    public int Parallel { get; init; }

    /// <summary>Configuration by full key, for example <c>aws:region</c>.</summary>
    public ImmutableDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which full keys are secret.</summary>
    public ImmutableHashSet<string> SecretKeys { get; init; } = [];

    /// <summary>What the Pulumi CLI leaves in the environment; as much of it is asked for as by the official package: both refuse the same engines.</summary>
    /// <exception cref="InvalidOperationException">Something is missing.</exception>
    public static DeploymentSettings FromEnvironment()
    {
        _ = Flag(ProgramVariables.QueryMode);
        if (!int.TryParse(Required(ProgramVariables.Parallel), out var parallel))
        {
            throw NoEngine(ProgramVariables.Parallel, "is no whole number");
        }
        return new DeploymentSettings(
            Optional(ProgramVariables.Organization) ?? "organization",
            Required(ProgramVariables.Project),
            Required(ProgramVariables.Stack),
            Optional(ProgramVariables.RootDirectory) ?? "",
            Flag(ProgramVariables.DryRun))
        {
            Parallel = parallel,
            Config = Pulumi.Config.Parse(Optional(ProgramVariables.Config)),
            SecretKeys = Optional(ProgramVariables.ConfigSecretKeys) is { Length: > 0 } keys
                ? [.. JsonDocument.Parse(keys).RootElement.EnumerateArray().Select(element => element.GetString()!)]
                : [],
        };
    }

    public static string Required(string variable) => Optional(variable) is { Length: > 0 } value ? value : throw NoEngine(variable, "is not set");

    private static bool Flag(string variable) => bool.TryParse(Required(variable), out var flag) ? flag : throw NoEngine(variable, "is neither true nor false");

    private static InvalidOperationException NoEngine(string variable, string problem) =>
        new($"Program run without the Pulumi engine available; re-run using the `pulumi` CLI (the environment variable {variable} {problem})");

    private static string? Optional(string variable) => Environment.GetEnvironmentVariable(variable);
}

/// <summary>Knows what is still under way in a run, and what went wrong first.</summary>
internal sealed class Runner
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending;

    /// <summary>Whether something has failed, so that the run is about to end.</summary>
    public bool HasFailed => _ended.Task.IsFaulted;

    /// <summary>Keeps the run going until work that tells of its own end has done so.</summary>
    public void Begin() => Interlocked.Increment(ref _pending);

    /// <summary>Tells that such work is done.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Ends the run since such work has failed.</summary>
    public void Fail(Exception problem) => _ended.TrySetException(problem is OperationCanceledException ? new TaskCanceledException() : problem);

    /// <summary>Keeps the run going until the task is done, and ends it if the task fails.</summary>
    public void Watch(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }
        Begin();
        _ = task.ContinueWith(
            static (done, self) => ((Runner)self!).Finish(done),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Runs the program and waits for everything that it started; returns as soon as something fails, even if the rest never ends.</summary>
    /// <exception cref="Exception">What failed first.</exception>
    public async Task DrainAsync(Func<Task> program)
    {
        Begin();
        Watch(program());
        End();
        await _ended.Task;
    }

    private void Finish(Task done)
    {
        if (done.IsCompletedSuccessfully)
        {
            End();
            return;
        }
        _ended.TrySetException(done.Exception?.InnerException ?? new TaskCanceledException(done));
    }
}
