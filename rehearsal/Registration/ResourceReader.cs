using System.Collections.Immutable;
using Protocol;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Answers for resources that the program reads but does not manage: other stacks, and things that exist already.</summary>
internal sealed class ResourceReader(EngineContext context, ProviderResolver resolver, ProviderRegistry providers)
{
    private const string StackReferenceType = "pulumi:pulumi:StackReference";

    /// <summary>Reads a resource.</summary>
    /// <exception cref="Protocol.GrpcException">It cannot be read; the operator has been told why.</exception>
    public RegisteredResource Read(ResourceGoal goal, string id)
    {
        context.Secrets.Learn(goal.Properties);
        var parent = goal.Parent is null
            ? context.Graph.Root
            : context.Graph.Find(goal.Parent) ?? throw context.Events.Refuse($"the parent '{goal.Parent}' of '{goal.Name}' is not registered");
        var urn = context.UrnOf(parent?.Urn, goal.Type, goal.Name);
        if (id.Length == 0 || WireSignatures.IsUnknown(id))
        {
            throw context.Events.Refuse($"Expected an ID for {urn}", urn);
        }
        var package = goal.Type.Split(':')[0];
        var provider = resolver.Resolve(urn, package, goal.Provider, parent, goal.Version, goal.PluginDownloadUrl);
        var outputs = goal.Type == StackReferenceType ? StackOutputs(urn, goal.Properties, id) : providers.For(package).Preview(goal.Type, goal.Properties);
        outputs = outputs.Hide(goal.AdditionalSecretOutputs);
        context.Secrets.Learn(outputs);
        var state = new ResourceState
        {
            Urn = urn,
            Type = goal.Type,
            Custom = true,
            External = true,
            Id = id,
            Inputs = goal.Properties,
            Outputs = outputs,
            Parent = parent?.Urn,
            Dependencies = goal.Dependencies,
            Provider = provider,
            AdditionalSecretOutputs = goal.AdditionalSecretOutputs,
        };
        var resource = new RegisteredResource(goal, state) { Providers = ImmutableSortedDictionary<string, string>.Empty };
        if (context.Graph.Add(resource) is not null)
        {
            throw context.Events.Refuse(
                $"Duplicate resource URN '{urn}'; try giving it a unique name. '{goal.Name}' is read twice, or read and registered.", urn);
        }
        context.Steps.Start(Operation.Read, resource);
        context.Steps.Complete(Operation.Read, resource);
        return resource;
    }

    private PropertyMap StackOutputs(Urn urn, PropertyMap properties, string id)
    {
        var name = properties.Find("name") is StringProperty given ? given.Value : id;
        var outputs = context.Request.StackOutputs(name)
            ?? throw context.Events.Refuse(
                $"the stack '{name}' that '{urn.Name}' refers to is not known here: rehearse it first, or give its outputs with --stack-outputs", urn);
        var secrets = outputs.Where(o => o.Value.ContainsSecrets).Select(o => (PropertyValue)new StringProperty(o.Key));
        return PropertyMap.Create(
            ("name", new StringProperty(name)), ("outputs", new ObjectProperty(outputs)), ("secretOutputNames", new ListProperty([.. secrets])));
    }
}
