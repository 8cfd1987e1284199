using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Pulumirpc;
using Rehearsal.Graph;
using Rehearsal.Wire;
using GraphTimeouts = Rehearsal.Graph.CustomTimeouts;

namespace Rehearsal.Registration;

/// <summary>Reads a registration from the wire.</summary>
internal static class GoalDecoder
{
    public static ResourceGoal Decode(RegisterResourceRequest request) => new()
    {
        Type = KeyPool.Shared(request.Type),
        Name = request.Name,
        Parent = OptionalUrn(request.Parent),
        Custom = request.Custom,
        Properties = WithoutDependencies(PropertyDecoder.Decode(request.Object)),
        Protect = request.HasProtect ? request.Protect : null,
        RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : null,
        DeleteBeforeReplace = request.DeleteBeforeReplaceDefined ? request.DeleteBeforeReplace : null,
        Dependencies = Urns(request.Dependencies),
        PropertyDependencies = PropertyDependencies(request.PropertyDependencies),
        Provider = request.Provider,
        Providers = request.Providers.Count == 0 ? ImmutableSortedDictionary<string, string>.Empty : request.Providers.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Version = request.Version,
        PluginDownloadUrl = request.PluginDownloadURL,
        IgnoreChanges = [.. request.IgnoreChanges],
        ReplaceOnChanges = [.. request.ReplaceOnChanges],
        HideDiffs = [.. request.HideDiffs],
        AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
        Aliases = [.. request.AliasURNs.Select(a => new AliasSpec(Urn: Urn.Parse(a))), .. request.Aliases.Select(Alias)],
        ImportId = request.ImportId,
        CustomTimeouts = request.CustomTimeouts is { } t ? new GraphTimeouts(t.Create, t.Update, t.Delete) : GraphTimeouts.None,
        DeletedWith = OptionalUrn(request.DeletedWith),
        ReplaceWith = Urns(request.ReplaceWith),
    };

    /// <summary>The same values with every output value reduced to its value, secret or unknown: an engine keeps no others.</summary>
    public static PropertyMap WithoutDependencies(PropertyMap properties) => properties.Select(WithoutDependencies);

    public static Urn? OptionalUrn(string urn) => urn.Length == 0 ? null : Urn.Parse(urn);

    public static ImmutableArray<Urn> Urns(RepeatedField<string> urns) => urns.Count == 0 ? [] : [.. urns.Select(Urn.Parse)];

    private static PropertyValue WithoutDependencies(PropertyValue value) => value switch
    {
        OutputProperty output => WithoutDependencies(output.WithoutDependencies),
        SecretProperty secret when WithoutDependencies(secret.Value) is var inner && !ReferenceEquals(inner, secret.Value) => inner is SecretProperty ? inner : new SecretProperty(inner),
        ListProperty list when list.Items.Any(i => !ReferenceEquals(WithoutDependencies(i), i)) => new ListProperty([.. list.Items.Select(WithoutDependencies)]),
        ObjectProperty map when map.Properties.Select(WithoutDependencies) is var inner && !ReferenceEquals(inner, map.Properties) => new ObjectProperty(inner),
        _ => value,
    };

    private static ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies(MapField<string, Pulumirpc.Urns> dependencies)
    {
        if (dependencies.Count == 0) return ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty;
        var builder = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Urn>>(StringComparer.Ordinal);
        foreach (var (key, urns) in dependencies)
            if (urns.Urns_.Count > 0) builder.Add(KeyPool.Shared(key), Urns(urns.Urns_));
        return builder.ToImmutable();
    }

    private static AliasSpec Alias(Alias alias) => alias.AliasCase == Pulumirpc.Alias.AliasOneofCase.Urn
        ? new AliasSpec(Urn: Urn.Parse(alias.Urn))
        : new AliasSpec(
            Name: Said(alias.Spec.Name), Type: Said(alias.Spec.Type), Stack: Said(alias.Spec.Stack), Project: Said(alias.Spec.Project),
            Parent: OptionalUrn(alias.Spec.ParentUrn), NoParent: alias.Spec is { ParentCase: Pulumirpc.Alias.Types.Spec.ParentOneofCase.NoParent, NoParent: true });

    private static string? Said(string text) => text.Length == 0 ? null : text;
}
