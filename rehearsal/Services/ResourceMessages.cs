using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;
using Rehearsal.Execution;
using Rehearsal.Graph;
using Rehearsal.Wire;
using GraphTimeouts = Rehearsal.Graph.CustomTimeouts;

namespace Rehearsal.Services;

/// <summary>Reads registrations from the wire, and writes properties in the forms that the asking program said it understands.</summary>
internal static class ResourceMessages
{
    /// <summary>What a program registers.</summary>
    public static ResourceGoal Goal(RegisterResourceRequest request) => new()
    {
        Type = KeyPool.Shared(request.Type),
        Name = request.Name,
        Parent = OptionalUrn(request.Parent),
        Custom = request.Custom,
        Properties = Decode(request.Object),
        Protect = request.HasProtect ? request.Protect : null,
        RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : null,
        DeleteBeforeReplace = request.DeleteBeforeReplaceDefined ? request.DeleteBeforeReplace : null,
        Dependencies = Urns(request.Dependencies),
        PropertyDependencies = PropertyDependencies(request.PropertyDependencies),
        Provider = request.Provider,
        Providers = request.Providers.Count == 0
            ? ImmutableSortedDictionary<string, string>.Empty
            : request.Providers.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Version = request.Version,
        PluginDownloadUrl = request.PluginDownloadURL,
        IgnoreChanges = [.. request.IgnoreChanges],
        ReplaceOnChanges = [.. request.ReplaceOnChanges],
        HideDiffs = [.. request.HideDiffs],
        AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
        Aliases = request.AliasURNs.Count + request.Aliases.Count == 0
            ? [] : [.. request.AliasURNs.Select(argument => new AliasSpec(Urn: Urn.Parse(argument))), .. request.Aliases.Select(Alias)],
        ImportId = request.ImportId,
        CustomTimeouts = request.CustomTimeouts is { } t ? new GraphTimeouts(t.Create, t.Update, t.Delete) : GraphTimeouts.None,
        DeletedWith = OptionalUrn(request.DeletedWith),
        ReplaceWith = Urns(request.ReplaceWith),
        ReplacementTrigger = request.ReplacementTrigger is { } trigger && PropertyDecoder.Decode(trigger) is var value and not NullProperty
            ? WithoutDependencies(value) : null,
        Hooks = Hooks(request.Hooks),
    };

    /// <summary>What a program asks a function: the token as the type, the arguments as the properties.</summary>
    public static ResourceGoal Goal(ResourceInvokeRequest request) => new()
    {
        Type = request.Tok,
        Name = "",
        Parent = OptionalUrn(request.Parent),
        Properties = Decode(request.Args),
        Provider = request.Provider,
        Version = request.Version,
        PluginDownloadUrl = request.PluginDownloadURL,
    };

    /// <summary>What a program reads and does not manage.</summary>
    public static ResourceGoal Goal(ReadResourceRequest request) => new()
    {
        Type = request.Type,
        Name = request.Name,
        Parent = OptionalUrn(request.Parent),
        Custom = true,
        Properties = Decode(request.Properties),
        Dependencies = Urns(request.Dependencies),
        Provider = request.Provider,
        Version = request.Version,
        PluginDownloadUrl = request.PluginDownloadURL,
        AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
    };

    /// <summary>Properties with every output value reduced to its value, secret or unknown: an engine keeps no others.</summary>
    public static PropertyMap Decode(Struct? properties) => PropertyDecoder.Decode(properties).Select(static property => WithoutDependencies(property));

    /// <summary>The properties as a message.</summary>
    /// <param name="properties">What to send.</param>
    /// <param name="acceptSecrets">Whether the program knows secret values; otherwise it gets them open, as from Pulumi's engine.</param>
    /// <param name="acceptResources">Whether it knows resource references; otherwise it gets ids, or URNs of components.</param>
    public static Struct Encode(PropertyMap properties, bool acceptSecrets, bool acceptResources) =>
        PropertyEncoder.Encode(acceptSecrets && acceptResources ? properties : properties.Select(property => Reduce(property, acceptSecrets, acceptResources)));

    private static PropertyValue Reduce(PropertyValue value, bool secrets, bool resources) => value switch
    {
        SecretProperty secret when !secrets => Reduce(secret.Value, secrets, resources),
        SecretProperty secret => new SecretProperty(Reduce(secret.Value, secrets, resources)),
        ReferenceProperty reference when !resources => reference.Plain,
        ListProperty list => new ListProperty(list.Items.Select(item => Reduce(item, secrets, resources)).ToImmutableArray()),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(property => Reduce(property, secrets, resources))),
        _ => value,
    };

    private static PropertyValue WithoutDependencies(PropertyValue value) => value switch
    {
        OutputProperty output => WithoutDependencies(output.WithoutDependencies),
        SecretProperty secret when WithoutDependencies(secret.Value) is var inner && !ReferenceEquals(inner, secret.Value)
            => inner is SecretProperty ? inner : new SecretProperty(inner),
        ListProperty list => list.Select(static item => WithoutDependencies(item)),
        ObjectProperty map when map.Properties.Select(static property => WithoutDependencies(property)) is var inner && !ReferenceEquals(inner, map.Properties)
            => new ObjectProperty(inner),
        _ => value,
    };

    private static Urn? OptionalUrn(string urn) => urn.Length == 0 ? null : Urn.Parse(urn);

    private static ImmutableArray<Urn> Urns(RepeatedField<string> urns)
    {
        if (urns.Count == 0)
        {
            return [];
        }
        var all = ImmutableArray.CreateBuilder<Urn>(urns.Count);
        foreach (var urn in urns)
        {
            all.Add(Urn.Parse(urn));
        }
        return all.MoveToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies(MapField<string, Pulumirpc.Urns> dependencies)
    {
        if (dependencies.Count == 0)
        {
            return ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;
        }
        var all = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Urn>>(StringComparer.Ordinal);
        foreach (var (name, urns) in dependencies)
        {
            all.Add(KeyPool.Shared(name), Urns(urns.Urns_));
        }
        return all.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Hooks(RegisterResourceRequest.Types.ResourceHooksBinding? hooks)
    {
        if (hooks is null)
        {
            return ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        }
        (HookKind Kind, RepeatedField<string> Names)[] all =
        [
            (HookKind.BeforeCreate, hooks.BeforeCreate), (HookKind.AfterCreate, hooks.AfterCreate), (HookKind.BeforeUpdate, hooks.BeforeUpdate),
            (HookKind.AfterUpdate, hooks.AfterUpdate), (HookKind.BeforeDelete, hooks.BeforeDelete), (HookKind.AfterDelete, hooks.AfterDelete),
            (HookKind.OnError, hooks.OnError),
        ];
        return all.Where(hook => hook.Names.Count > 0)
            .ToImmutableSortedDictionary(hook => hook.Kind.ToString(), hook => hook.Names.ToImmutableArray(), StringComparer.Ordinal);
    }

    // An alias with nothing in it stands for the resource itself, as with Pulumi's engine
    private static AliasSpec Alias(Alias alias) => alias switch
    {
        { AliasCase: Pulumirpc.Alias.AliasOneofCase.Urn, Urn.Length: > 0 } => new AliasSpec(Urn: Urn.Parse(alias.Urn)),
        { Spec: { } spec } => new AliasSpec(
            Name: NullIfEmpty(spec.Name), Type: NullIfEmpty(spec.Type), Stack: NullIfEmpty(spec.Stack), Project: NullIfEmpty(spec.Project),
            Parent: OptionalUrn(spec.ParentUrn), NoParent: spec is { ParentCase: Pulumirpc.Alias.Types.Spec.ParentOneofCase.NoParent, NoParent: true }),
        _ => new AliasSpec(),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
