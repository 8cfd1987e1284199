using System.Collections.Frozen;
using System.Globalization;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Compares the inputs of resources that Pulumi's bridge takes from a Terraform provider, and knows from the schema which changes make a new
/// resource.</summary>
/// <remarks>Rules: pulumi-terraform-bridge, pkg/tfbridge/provider.go and schema.go (<c>nameRequiresDeleteBeforeReplace</c>), 3.x; which properties:
/// sdk/schema/README.md.</remarks>
internal sealed class BridgedDiff(PackageSchema schema)
{
    private const string Name = "name";

    /// <summary>Names that the bridge generates besides <c>name</c> (the calls of AutoName in pulumi-aws and pulumi-gcp).</summary>
    private static readonly FrozenSet<string> Generated =
        FrozenSet.Create(StringComparer.Ordinal, "accountId", "bucket", "creationToken", "nodeGroupName", "replicationGroupId", "secretId");

    /// <summary>Types of which a second one cannot be there beside the first, whatever its name: <c>DeleteBeforeReplace</c> in pulumi-aws.</summary>
    private static readonly FrozenSet<string> Single =
        FrozenSet.Create(StringComparer.Ordinal, "aws:efs/mountTarget:MountTarget", "aws:iam/rolePolicyAttachment:RolePolicyAttachment");

    private static readonly string[] Places = ["project", "region", "zone"];

    // Their order means something; other lists that replace are sets, which the typings do not tell apart
    private static readonly FrozenSet<string> Ordered = FrozenSet.Create(StringComparer.Ordinal, "instanceTypes");

    public DiffResult Compare(DiffRequest request)
    {
        if (schema.Resource(request.Type) is not { } spec)
        {
            return Differ.ByInputs(request, _ => false);
        }
        var old = request.OldInputs;
        // What is given for the first time, and is so already, changes nothing
        foreach (var (key, value) in request.NewInputs.Where(input => !request.OldInputs.ContainsKey(input.Key)))
        {
            old = Differ.Opened(value) is { } given and not UnknownProperty && Differ.Same(request.OldOutputs.Find(key), given) ? old.With(key, value) : old;
        }
        var news = request.NewInputs;
        foreach (var place in Places.Where(place => Moves(spec.Inputs, place, request)))
        {
            (old, news) = (old.With(place, request.OldProvider[place]), news.With(place, request.Provider[place]));
        }
        var diff = Differ.ByInputs(request with { OldInputs = old, NewInputs = news }, path => Replaces(spec.Inputs, path, old, news));
        return diff with { DeleteBeforeReplace = diff.Replaces && (Single.Contains(request.Type) || HasFixedName(spec.Inputs, request.NewInputs)) };
    }

    // Where the resource does not say where it is, its provider does
    private static bool Moves(ObjectSpec spec, string place, DiffRequest request)
        => spec.Properties.GetValueOrDefault(place) is { Replaces: true } && !request.OldInputs.ContainsKey(place) && !request.NewInputs.ContainsKey(place)
        && request.OldProvider.OpenText(place) is { Length: > 0 } was && request.Provider.OpenText(place) is { Length: > 0 } now && was != now;

    private bool Replaces(ObjectSpec inputs, PropertyPath path, PropertyMap old, PropertyMap @new)
    {
        var (spec, type) = ((ObjectSpec?)inputs, (TypeSpec?)null);
        PropertyValue? was = new ObjectProperty(old), now = new ObjectProperty(@new);
        foreach (var part in path.Parts)
        {
            (was, now) = (Member(was, part), Member(now, part));
            if (spec is null)
            {
                type = type?.Element;
            }
            else if (!spec.Properties.TryGetValue(part, out var property))
            {
                return false;
            }
            else if (property.Replaces)
            {
                return Ordered.Contains(part) || !Reordered(was, now);
            }
            else
            {
                type = property.Type;
            }
            spec = Object(type);
        }
        // A block that comes, goes or is not known yet takes its members along
        return Inside(type, was) || Inside(type, now);
    }

    private bool Inside(TypeSpec? type, PropertyValue? value) => (type, Differ.Opened(value)) switch
    {
        ({ Element: { } element }, ListProperty list) => list.Items.Any(item => Inside(element, item)),
        ({ Element: { } element }, ObjectProperty map) => map.Properties.Values.Any(item => Inside(element, item)),
        ({ } declared, ObjectProperty map) when Object(declared) is { } spec => map.Properties.Any(member => Differ.Opened(member.Value) is not null
            && spec.Properties.TryGetValue(member.Key, out var property) && (property.Replaces || Inside(property.Type, member.Value))),
        _ => false,
    };

    private ObjectSpec? Object(TypeSpec? type) => type is { Kind: TypeKind.Object } ? schema.Type(type.Token)?.Object : null;

    private static PropertyValue? Member(PropertyValue? value, string part) => Differ.Opened(value) switch
    {
        ObjectProperty map => map.Properties.Find(part),
        ListProperty list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length
            => list.Items[index],
        _ => null,
    };

    private static bool Reordered(PropertyValue? was, PropertyValue? now) =>
        (Differ.Opened(was), Differ.Opened(now)) is (ListProperty old, ListProperty @new) && old.Items.Length == @new.Items.Length
        && !old.ContainsUnknowns && !@new.ContainsUnknowns
        && old.Items.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(@new.Items.Select(Text).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Text(PropertyValue item) => PropertyJson.Text(PropertyMask.Reveal(item));

    // A name that the bridge has generated is among the defaults
    private static bool HasFixedName(ObjectSpec spec, PropertyMap inputs) =>
        inputs.Any(input => (input.Key == Name || Generated.Contains(input.Key)) && Differ.Opened(input.Value) is not null
            && spec.Properties.ContainsKey(input.Key) && !spec.Required.Contains(input.Key) && !PriorDefaults.Of(inputs).Contains(input.Key));
}

/// <summary>Values that a provider filled in, in the state that it wrote: they stay for as long as the program gives no others.</summary>
internal static class PriorDefaults
{
    private const string Key = "__defaults";

    /// <summary>The properties of these inputs that the program did not give.</summary>
    public static IEnumerable<string> Of(PropertyMap inputs)
        => inputs.Find(Key) is ListProperty list ? list.Items.OfType<StringProperty>().Select(name => name.Value) : [];

    /// <summary>The new inputs with the defaults of the old ones, also inside of objects and lists.</summary>
    public static PropertyMap Keep(PropertyMap? old, PropertyMap @new)
    {
        if (old is null)
        {
            return @new;
        }
        var kept = new List<PropertyValue>();
        foreach (var name in Of(old))
        {
            if (@new.Find(name) is null or NullProperty && old.Find(name) is { } value)
            {
                @new = @new.With(name, value);
                kept.Add(new StringProperty(name));
            }
        }
        foreach (var (key, value) in @new)
        {
            if (old.Find(key) is { } was && Keep(was, value) is var complete && !ReferenceEquals(complete, value))
            {
                @new = @new.With(key, complete);
            }
        }
        return old.ContainsKey(Key) ? @new.With(Key, new ListProperty([.. kept])) : @new;
    }

    private static PropertyValue Keep(PropertyValue old, PropertyValue @new) => (old, @new) switch
    {
        (SecretProperty was, SecretProperty now) => Keep(was.Value, now.Value) is var kept && ReferenceEquals(kept, now.Value) ? now : new SecretProperty(kept),
        (ObjectProperty was, ObjectProperty now) => Keep(was.Properties, now.Properties) is var kept && ReferenceEquals(kept, now.Properties) ? now
            : new ObjectProperty(kept),
        (ListProperty was, ListProperty now) when was.Items.Length == now.Items.Length
            => new ListProperty([.. now.Items.Select((item, index) => Keep(was.Items[index], item))]) is var kept && kept.Equals(now) ? now : kept,
        _ => @new,
    };
}
