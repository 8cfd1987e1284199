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

    /// <summary>What resources are asked of, as long as nothing has failed: the run is about to end then.</summary>
    private IMonitor Monitor => _runner.HasFailed
        ? throw new OperationCanceledException("The program has failed: nothing more is registered or read.")
        : _monitor;

    /// <summary>Keeps the run going until the task is done, and ends it if the task fails.</summary>
    internal void Watch(Task task) => _runner.Watch(task);

    private Task<bool> SupportsAsync(string feature) => _features.GetOrAdd(feature, static (field, monitor) => monitor.SupportsFeatureAsync(field), _monitor);
}

/// <summary>The run that a program is part of.</summary>
public sealed class DeploymentInstance
{
    private readonly Deployment _deployment;

    internal DeploymentInstance(Deployment deployment) => _deployment = deployment;

    public string OrganizationName => _deployment.Settings.Organization;

    public string ProjectName => _deployment.Settings.Project;

    public string StackName => _deployment.Settings.Stack;

    public string RootDirectory => _deployment.Settings.RootDirectory;

    /// <summary>Whether the run is a preview: values that only a deployment can know are unknown.</summary>
    public bool IsDryRun => _deployment.Settings.IsDryRun;

    /// <summary>Has the engine apply a transform to every call of a function that is made from now on.</summary>
    public void RegisterInvokeTransform(InvokeTransform transform) => _deployment.RegisterInvokeTransform(transform);

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => Invoke<T>(token, args, options, null);

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Invoke<T>(token, args, options, single: false, registerPackageRequest);

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => Invoke<T>(token, args, options, null);

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Invoke<T>(token, args, options, single: false, registerPackageRequest);

    /// <summary>Calls a function whose result is an object of one property, and gives that property.</summary>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null) => InvokeSingle<T>(token, args, options, null);

    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Invoke<T>(token, args, options, single: true, registerPackageRequest);

    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options) => InvokeSingle<T>(token, args, options, null);

    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Invoke<T>(token, args, options, single: true, registerPackageRequest);

    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => InvokeAsync<T>(token, args, options, null);

    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.InvokeAsync<T>(token, args, options, single: false, registerPackageRequest);

    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => InvokeAsync(token, args, options, null);

    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.InvokeAsync(token, args, options, registerPackageRequest);

    /// <summary>Calls a function whose result is an object of one property, and gives that property.</summary>
    public Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => InvokeSingleAsync<T>(token, args, options, null);

    public Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.InvokeAsync<T>(token, args, options, single: true, registerPackageRequest);

    /// <summary>Calls a method of a resource.</summary>
    public Output<T> Call<T>(string token, CallArgs args, Resource? self = null, CallOptions? options = null) => Call<T>(token, args, self, options, null);

    public Output<T> Call<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Call<T>(token, args, self, options, registerPackageRequest);

    public void Call(string token, CallArgs args, Resource? self = null, CallOptions? options = null) => Call(token, args, self, options, null);

    public void Call(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        _deployment.Call<object?>(token, args, self, options, registerPackageRequest);
}

/// <summary>The ids of features that an engine may lack.</summary>
internal static class Feature
{
    public const string ResourceReferences = "resourceReferences";
    public const string OutputValues = "outputValues";
    public const string AliasSpecs = "aliasSpecs";
    public const string DeletedWith = "deletedWith";
    public const string ReplaceWith = "replaceWith";
    public const string Parameterization = "parameterization";
    public const string Transforms = "transforms";
    public const string InvokeTransforms = "invokeTransforms";
    public const string ResourceHooks = "resourceHooks";
    public const string ErrorHooks = "errorHooks";
}
