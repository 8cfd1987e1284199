using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Code of the program that the engine asks whether to try a failed operation again.</summary>
public class ErrorHook
{
    public ErrorHook(string name, ErrorHookCallback callback)
    {
        Name = name;
        Callback = callback;
        Registered = Deployment.Required.RegisterHook(this);
    }

    /// <summary>A hook that is registered elsewhere.</summary>
    protected ErrorHook(string name, ErrorHookCallback callback, Task registered)
    {
        Name = name;
        Callback = callback;
        Registered = registered;
    }

    /// <summary>The name, which no other hook of the program has.</summary>
    public string Name { get; }

    public ErrorHookCallback Callback { get; }

    /// <summary>Done when the engine knows the hook.</summary>
    internal Task Registered { get; }

    /// <summary>A hook of which the engine told the name only.</summary>
    internal sealed class Named(string name) : ErrorHook(name, static (_, _) => Task.FromResult(false), Task.CompletedTask);
}

/// <summary>Decides whether a failed operation is tried again.</summary>
public delegate Task<bool> ErrorHookCallback(ErrorHookArgs args, CancellationToken cancellationToken = default);

/// <summary>What an error hook is told about the operation that failed.</summary>
public class ErrorHookArgs
{
    public ErrorHookArgs(
        string urn,
        string id,
        string name,
        string type,
        ImmutableDictionary<string, object?>? newInputs = null,
        ImmutableDictionary<string, object?>? oldInputs = null,
        ImmutableDictionary<string, object?>? oldOutputs = null,
        string failedOperation = "",
        IReadOnlyList<string>? errors = null)
    {
        Urn = urn;
        Id = id;
        Name = name;
        Type = type;
        NewInputs = newInputs;
        OldInputs = oldInputs;
        OldOutputs = oldOutputs;
        FailedOperation = failedOperation;
        Errors = errors ?? [];
    }

    public string Urn { get; }

    public string Id { get; }

    public string Name { get; }

    public string Type { get; }

    public ImmutableDictionary<string, object?>? NewInputs { get; }

    public ImmutableDictionary<string, object?>? OldInputs { get; }

    public ImmutableDictionary<string, object?>? OldOutputs { get; }

    /// <summary><c>create</c>, <c>update</c> or <c>delete</c>.</summary>
    public string FailedOperation { get; }

    /// <summary>What went wrong in every attempt so far, the newest first.</summary>
    public IReadOnlyList<string> Errors { get; }
}
