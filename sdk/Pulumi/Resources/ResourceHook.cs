using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Code of the program that the engine runs before or after it creates, updates or deletes a resource.</summary>
public class ResourceHook
{
    private static readonly ResourceHookOptions Defaults = new();

    public ResourceHook(string name, ResourceHookCallback callback, ResourceHookOptions? options = null)
    {
        Name = name;
        Callback = callback;
        Options = options ?? new ResourceHookOptions();
        Registered = Deployment.Required.RegisterHook(this);
    }

    /// <summary>A hook that is registered elsewhere.</summary>
    protected ResourceHook(string name, ResourceHookCallback callback, ResourceHookOptions options, Task registered)
    {
        Name = name;
        Callback = callback;
        Options = options ?? new ResourceHookOptions();
        Registered = registered;
    }

    /// <summary>The name, which no other hook of the program has.</summary>
    public string Name { get; }

    public ResourceHookCallback Callback { get; }

    public ResourceHookOptions Options { get; }

    /// <summary>Done when the engine knows the hook: a resource that names it must not come first.</summary>
    internal Task Registered { get; }

    /// <summary>A hook of which the engine told the name only, as it does to transforms.</summary>
    internal sealed class Named(string name) : ResourceHook(name, static (_, _) => Task.CompletedTask, Defaults, Task.CompletedTask);
}

/// <summary>What a hook does; an exception makes the operation fail if it comes before it, and is a warning after it.</summary>
public delegate Task ResourceHookCallback(ResourceHookArgs args, CancellationToken cancellationToken = default);

/// <summary>When a hook runs.</summary>
public class ResourceHookOptions
{
    /// <summary>Whether it also runs in a preview; not unless given.</summary>
    public bool? OnDryRun { get; set; }

    /// <summary>Whether its failure is only a warning, before an operation too; not unless given.</summary>
    public bool? IgnoreErrors { get; set; }
}

/// <summary>What a hook is told about a resource: new values where it is created or updated, old ones where updated or deleted, new outputs only
/// afterwards.</summary>
public class ResourceHookArgs
{
    public ResourceHookArgs(
        string urn,
        string id,
        string name,
        string type,
        ImmutableDictionary<string, object?>? newInputs = null,
        ImmutableDictionary<string, object?>? oldInputs = null,
        ImmutableDictionary<string, object?>? newOutputs = null,
        ImmutableDictionary<string, object?>? oldOutputs = null)
    {
        Urn = urn;
        Id = id;
        Name = name;
        Type = type;
        NewInputs = newInputs;
        OldInputs = oldInputs;
        NewOutputs = newOutputs;
        OldOutputs = oldOutputs;
    }

    public string Urn { get; }

    public string Id { get; }

    public string Name { get; }

    public string Type { get; }

    public ImmutableDictionary<string, object?>? NewInputs { get; }

    public ImmutableDictionary<string, object?>? OldInputs { get; }

    public ImmutableDictionary<string, object?>? NewOutputs { get; }

    public ImmutableDictionary<string, object?>? OldOutputs { get; }
}
