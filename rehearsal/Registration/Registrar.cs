using System.Collections.Concurrent;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Takes in the resources that a program registers: names, checks, inherits, and works out what each will be.</summary>
internal sealed class Registrar(EngineContext context, ProviderResolver resolver, ProviderRegistry providers)
{
    private readonly ConcurrentDictionary<string, bool> _unchecked = new(StringComparer.Ordinal);

    /// <summary>Registers a resource.</summary>
    /// <exception cref="Protocol.GrpcException">It cannot be registered; the operator has been told why.</exception>
    public RegisteredResource Register(ResourceGoal goal)
    {
        context.Secrets.Learn(goal.Properties);
        var parent = Parent(goal);
        var urn = context.UrnOf(parent?.Urn, goal.Type, goal.Name);
        var package = PackageOf(goal.Type, urn);
        var isProvider = ProviderReference.IsProviderType(goal.Type);
        var provider = goal.Custom && !isProvider ? resolver.Resolve(urn, package, goal.Provider, parent, goal.Version, goal.PluginDownloadUrl) : "";
        var state = Planned(goal, urn, parent, provider, isProvider ? ProviderReference.PackageOf(goal.Type) : package);
        var resource = new RegisteredResource(goal, state) { Providers = Providers(goal, parent) };
        if (context.Graph.Add(resource) is { } present)
        {
            throw context.Events.Refuse(Duplicate(present, goal, parent), urn);
        }
        var operation = goal.ImportId.Length > 0 ? Operation.Import : Operation.Create;
        context.Steps.Start(operation, resource);
        if (goal.Custom)
        {
            context.Steps.Complete(operation, resource);
        }
        return resource;
    }

    /// <summary>Completes a component; the outputs of the root stack are what the stack exports.</summary>
    /// <exception cref="Protocol.GrpcException">There is no such component, or it is complete already.</exception>
    public void RegisterOutputs(Urn urn, PropertyMap outputs)
    {
        context.Secrets.Learn(outputs);
        var resource = context.Graph.Find(urn) ?? throw context.Events.Refuse($"outputs came for '{urn}', which is not registered", urn);
        if (resource.State.Custom)
        {
            throw context.Events.Refuse($"outputs came for '{urn}', which is not a component: its provider gives its outputs", urn);
        }
        lock (resource)
        {
            if (resource.OutputsRegistered)
            {
                throw context.Events.Refuse($"the outputs of '{urn}' came twice: call RegisterOutputs once, at the end of the component", urn);
            }
            resource.OutputsRegistered = true;
        }
        resource.State = resource.State with { Outputs = outputs };
        context.Steps.Complete(Operation.Create, resource);
    }

    private RegisteredResource? Parent(ResourceGoal goal)
    {
        if (goal.Parent is null)
        {
            return goal.Type == Urn.RootType ? null : context.Graph.Root;
        }
        return context.Graph.Find(goal.Parent)
            ?? throw context.Events.Refuse(
                $"the parent '{goal.Parent}' of '{goal.Name}' ({goal.Type}) is not registered: create it first, with the same stack and project");
    }

    private string PackageOf(string type, Urn urn)
    {
        var end = type.IndexOf(':', StringComparison.Ordinal);
        return end > 0 ? type[..end] : throw context.Events.Refuse($"'{type}' is not a type token: expected <package>:<module>:<Type>", urn);
    }

    private ResourceState Planned(ResourceGoal goal, Urn urn, RegisteredResource? parent, string provider, string package)
    {
        var (inputs, outputs) = (goal.Properties, PropertyMap.Empty);
        if (goal.Custom)
        {
            var plugin = providers.For(package);
            var (taken, failures) = plugin.Check(urn, goal.Type, inputs);
            foreach (var failure in failures)
            {
                context.Events.Error($"{goal.Type} '{goal.Name}': {failure.Path} {failure.Reason}", urn);
            }
            if (!plugin.Knows(goal.Type) && _unchecked.TryAdd(goal.Type, value: true))
            {
                context.Events.Warning(
                    $"{goal.Type} is not in the schema of '{package}', so its properties are not checked: "
                    + "add the token to sdk/schema/tokens.txt and run './platform sdk schema'", urn);
            }
            inputs = taken;
            outputs = plugin.Preview(goal.Type, inputs).Hide(goal.AdditionalSecretOutputs);
            context.Secrets.Learn(outputs);
        }
        return new ResourceState
        {
            Urn = urn,
            Type = goal.Type,
            Custom = goal.Custom,
            Id = ProviderReference.IsProviderType(goal.Type) ? ProviderReference.UnknownId : goal.ImportId.Length > 0 ? goal.ImportId : null,
            Inputs = inputs,
            Outputs = outputs,
            Parent = parent?.Urn,
            Protect = goal.Protect ?? parent?.State.Protect ?? false,
            RetainOnDelete = goal.RetainOnDelete ?? parent?.State.RetainOnDelete ?? false,
            Dependencies = goal.Dependencies,
            PropertyDependencies = goal.PropertyDependencies,
            Provider = provider,
            AdditionalSecretOutputs = goal.AdditionalSecretOutputs,
            Aliases = AliasResolver.Resolve(urn, goal.Type, goal.Aliases, parent?.Urn, parent?.State.Aliases ?? []),
            CustomTimeouts = goal.CustomTimeouts,
            ImportId = goal.ImportId,
            DeletedWith = goal.DeletedWith ?? parent?.State.DeletedWith,
            ReplaceWith = goal.ReplaceWith,
            IgnoreChanges = goal.IgnoreChanges,
            ReplaceOnChanges = goal.ReplaceOnChanges,
            HideDiffs = goal.HideDiffs,
        };
    }

    private static ImmutableSortedDictionary<string, string> Providers(ResourceGoal goal, RegisteredResource? parent)
    {
        var inherited = parent?.Providers ?? ImmutableSortedDictionary<string, string>.Empty;
        return goal.Custom || goal.Providers.IsEmpty ? inherited : inherited.SetItems(goal.Providers);
    }

    private static string Duplicate(RegisteredResource present, ResourceGoal goal, RegisteredResource? parent)
        => $"Duplicate resource URN '{present.Urn}'; try giving it a unique name. "
            + $"Registered first as '{present.Goal.Name}'{Under(present.State.Parent)}, then again as '{goal.Name}'{Under(parent?.Urn)}.";

    private static string Under(Urn? parent) => parent is null ? " without a parent" : $" under '{parent}'";
}
