using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Takes in the resources that a program registers: names them, gives them what they inherit, has their steps planned and done.</summary>
internal sealed class Registrar
{
    private readonly EngineContext _context;
    private readonly ProviderResolver _resolver;
    private readonly ConcurrentDictionary<string, bool> _unchecked = new(StringComparer.Ordinal);

    public Registrar(EngineContext context)
    {
        _context = context;
        _resolver = new ProviderResolver(context, goal => Register(goal, parent: null));
    }

    public ProviderResolver Providers => _resolver;

    /// <summary>Registers a resource.</summary>
    /// <exception cref="Protocol.GrpcException">It cannot be registered; the operator has been told why.</exception>
    public RegisteredResource Register(ResourceGoal goal) => Register(goal, Parent(goal));

    /// <summary>Completes a component; the outputs of the root stack are what the stack exports.</summary>
    /// <exception cref="Protocol.GrpcException">There is no such component, or it is complete already.</exception>
    public void RegisterOutputs(Urn urn, PropertyMap outputs)
    {
        _context.Secrets.Learn(outputs);
        var resource = _context.Graph.Find(urn) ?? throw _context.Events.Refuse($"outputs came for '{urn}', which is not registered", urn);
        if (resource.State.Custom)
        {
            throw _context.Events.Refuse($"outputs came for '{urn}', which is not a component: its provider gives its outputs", urn);
        }
        lock (resource)
        {
            if (resource.OutputsRegistered)
            {
                throw _context.Events.Refuse($"the outputs of '{urn}' came twice: call RegisterOutputs once, at the end of the component", urn);
            }
            resource.OutputsRegistered = true;
        }
        resource.State = resource.State with { Outputs = outputs };
        if (!_context.Executor.Completed(resource))
        {
            throw _context.End();
        }
    }

    /// <summary>What a resource is before its steps are planned: what the program gave, and what it inherits.</summary>
    public static ResourceState Wanted(ResourceGoal goal, Urn urn, RegisteredResource? parent, string provider, Urn? former) => new()
    {
        Urn = urn,
        Type = goal.Type,
        Custom = goal.Custom,
        Inputs = goal.Properties,
        Parent = parent?.Urn,
        Protect = goal.Protect ?? parent?.State.Protect ?? false,
        RetainOnDelete = goal.RetainOnDelete ?? parent?.State.RetainOnDelete ?? false,
        Dependencies = goal.Dependencies,
        PropertyDependencies = goal.PropertyDependencies,
        Provider = KeyPool.Shared(provider),
        AdditionalSecretOutputs = goal.AdditionalSecretOutputs,
        Aliases = former is null ? [] : [former.Value],
        CustomTimeouts = goal.CustomTimeouts,
        DeletedWith = goal.DeletedWith ?? parent?.State.DeletedWith,
        ReplaceWith = goal.ReplaceWith,
        IgnoreChanges = goal.IgnoreChanges,
        ReplaceOnChanges = goal.ReplaceOnChanges,
        HideDiffs = goal.HideDiffs,
        ReplacementTrigger = goal.ReplacementTrigger,
        Hooks = goal.Hooks,
    };

    private RegisteredResource Register(ResourceGoal goal, RegisteredResource? parent)
    {
        _context.Secrets.Learn(goal.Properties);
        var package = TypeTokens.Package(_context.Events, goal);
        var urn = _context.UrnOf(parent?.Urn, goal.Type, goal.Name);
        if (AssetPaths.Problem(goal, _context.Request.Program.WorkingDirectory) is { } problem)
        {
            throw _context.Events.Refuse(problem, urn);
        }
        GoalChecks.Check(_context, goal, urn);
        var isProvider = ProviderReference.IsProviderType(goal.Type);
        if (isProvider)
        {
            goal = goal with { Properties = ProviderResources.Inputs(goal) };
        }
        var provider = goal.Custom && !isProvider
            ? _resolver.Resolve(urn, package, goal.Provider, goal.ProviderSettled ? null : parent, goal.Version, goal.PluginDownloadUrl)
            : "";
        var plugin = goal.Custom ? _context.Providers.Managing(goal.Type) : null;
        Warn(goal, plugin, package, urn);
        RegisteredResource resource;
        ImmutableArray<Step> steps;
        try
        {
            lock (_context.Planner)
            {
                if (_context.Ended.IsCancellationRequested)
                {
                    throw _context.End();
                }
                var (old, former) = _context.Planner.Claim(urn, parent?.Urn, goal);
                resource = new RegisteredResource(goal, Wanted(goal, urn, parent, provider, former)) { Providers = Inherited(goal, parent) };
                _context.Graph.Add(resource);
                steps = _context.Planner.Register(resource, old, plugin);
            }
        }
        catch (PlanningException e)
        {
            throw _context.End(e);
        }
        if (!_context.Executor.Run(steps))
        {
            throw _context.End();
        }
        resource.Planned();
        return resource;
    }

    private void Warn(ResourceGoal goal, IProvider? plugin, string package, Urn urn)
    {
        if (plugin?.Knows(goal.Type) == false && _unchecked.TryAdd(goal.Type, value: true))
        {
            _context.Events.Warning(
                $"{goal.Type} is not in the schema of '{package}', so its properties are not checked: "
                + "add the token to sdk/schema/tokens.txt and run './platform sdk schema'", urn);
        }
    }

    private RegisteredResource? Parent(ResourceGoal goal)
    {
        if (goal.Parent is null)
        {
            return goal.Type == Urn.RootType ? null : _context.Graph.Root;
        }
        return _context.Graph.Find(goal.Parent)
            ?? throw _context.Events.Refuse(
                $"the parent '{goal.Parent}' of '{goal.Name}' ({goal.Type}) is not registered: create it first, with the same stack and project");
    }

    private static ImmutableSortedDictionary<string, string> Inherited(ResourceGoal goal, RegisteredResource? parent)
    {
        var inherited = parent?.Providers ?? ImmutableSortedDictionary<string, string>.Empty;
        return goal.Custom || goal.Providers.IsEmpty ? inherited : inherited.SetItems(goal.Providers);
    }
}

/// <summary>What a type may look like: a component's as it likes, a provider's resource's in three parts, of which the first is its package.</summary>
internal static class TypeTokens
{
    /// <summary>The package of a type; of a component's what stands before its first colon, or nothing.</summary>
    /// <exception cref="Protocol.GrpcException">It is no type token; the operator has been told.</exception>
    public static string Package(EventStream events, ResourceGoal goal)
    {
        var parts = goal.Type.Split(':');
        if (goal.Custom && parts.Length != 3)
        {
            throw events.Refuse($"Type '{goal.Type}' is not a valid type token (must have format '*:*:*')");
        }
        // Two colons end a part of a URN, so the name would take in what follows them
        if (goal.Type.Length == 0 || goal.Type.Contains("::", StringComparison.Ordinal))
        {
            throw events.Refuse($"'{goal.Name}' has the type '{goal.Type}', which cannot stand in a URN: it must be no empty text and have no '::'");
        }
        return parts.Length > 1 ? parts[0] : "";
    }
}
