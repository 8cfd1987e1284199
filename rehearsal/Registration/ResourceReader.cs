using System.Collections.Immutable;
using Protocol;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Answers for resources that the program reads but does not manage: other stacks, and things that exist already.</summary>
internal sealed class ResourceReader(EngineContext context, ProviderResolver resolver)
{
    /// <summary>Reads a resource.</summary>
    /// <exception cref="Protocol.GrpcException">It cannot be read; the operator has been told why.</exception>
    public RegisteredResource Read(ResourceGoal goal, string id)
    {
        context.Secrets.Learn(goal.Properties);
        var parent = goal.Parent is null
            ? context.Graph.Root
            : context.Graph.Find(goal.Parent) ?? throw context.Events.Refuse($"the parent '{goal.Parent}' of '{goal.Name}' is not registered");
        var package = TypeTokens.Package(context.Events, goal);
        var urn = context.UrnOf(parent?.Urn, goal.Type, goal.Name);
        if (id.Length == 0 || WireSignatures.IsUnknown(id))
        {
            throw context.Events.Refuse($"Expected an ID for {urn}", urn);
        }
        var provider = resolver.Resolve(urn, package, goal.Provider, parent, goal.Version, goal.PluginDownloadUrl);
        RegisteredResource resource;
        ImmutableArray<Step> steps;
        try
        {
            lock (context.Planner)
            {
                var (old, former) = context.Planner.Claim(urn, parent?.Urn, goal);
                resource = new RegisteredResource(goal,
                    Registrar.Wanted(goal, urn, parent, provider, former) with { Id = id, External = true, Protect = false, RetainOnDelete = false })
                {
                    Providers = ImmutableSortedDictionary<string, string>.Empty,
                };
                context.Graph.Add(resource);
                steps = context.Planner.Read(resource, old);
            }
        }
        catch (PlanningException e)
        {
            throw context.End(e);
        }
        return context.Executor.Run(steps) ? resource : throw context.End();
    }
}

/// <summary>Reads the outputs of other stacks.</summary>
internal static class StackReferences
{
    public const string Type = "pulumi:pulumi:StackReference";

    /// <summary>What a stack reference knows of its stack.</summary>
    /// <exception cref="ProviderException">The stack is not known here.</exception>
    public static ReadResult Read(RehearsalRequest request, ResourceState state)
    {
        var name = state.Inputs.Find("name") is StringProperty given ? given.Value : state.Id!;
        var outputs = request.StackOutputs(name)
            ?? throw new ProviderException($"unknown stack \"{name}\": a rehearsal knows another stack's outputs from --stack-outputs {name}=FILE");
        var secrets = outputs.Where(output => output.Value.ContainsSecrets).Select(output => (PropertyValue)new StringProperty(output.Key));
        return new ReadResult(state.Id!, state.Inputs,
            PropertyMap.Create(("name", new StringProperty(name)), ("outputs", new ObjectProperty(outputs)),
            ("secretOutputNames", new ListProperty([.. secrets]))));
    }
}
