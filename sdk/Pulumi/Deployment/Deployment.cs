using System.Collections.Concurrent;

namespace Pulumi;

/// <summary>Runs a program against an engine.</summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<Deployment?> Running = new();

    private readonly IMonitor _monitor;
    private readonly Runner _runner;
    private readonly DeploymentInstance _instance;
    private readonly ConcurrentDictionary<string, Task<bool>> _features = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<string>> _packages = new(StringComparer.Ordinal);
    private readonly Callbacks _callbacks = new();
    private Stack? _stack;

    internal Deployment(DeploymentSettings settings, IMonitor monitor, IEngine engine)
    {
        Settings = settings;
        _monitor = monitor;
        Logger = new Logger(engine);
        _runner = new Runner();
        _instance = new DeploymentInstance(this);
    }

    /// <summary>The run that the calling code is part of.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static DeploymentInstance Instance => Required._instance;

    internal static Deployment? Current => Running.Value;

    internal static Deployment Required =>
        Running.Value
        ?? throw new InvalidOperationException(
            "Trying to acquire Deployment.Instance before 'Run' was called: outside of Deployment.RunAsync and Deployment.TestAsync there is no engine to talk to.");

    internal DeploymentSettings Settings { get; }

    internal Logger Logger { get; }

    internal Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }

    internal Stack? StackOrNone => _stack;

    /// <summary>Keeps the run going until the task is done, and ends it if the task fails.</summary>
    internal void Watch(Task task) => _runner.Watch(task);

    private Task<bool> SupportsAsync(string feature) => _features.GetOrAdd(feature, static (field, monitor) => monitor.SupportsFeatureAsync(field), _monitor);
}
