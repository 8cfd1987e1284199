using System.Collections.Immutable;
using System.Globalization;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>A place among the properties of a resource, and what is there: nothing, something unknown, or a value.</summary>
/// <param name="Path">The way to it.</param>
/// <param name="Found">What is there as the program gave it; null when nothing is.</param>
internal readonly record struct PropertyPlace(string Path, PropertyValue? Found)
{
    private PropertyValue? Value => Differ.Opened(Found);

    public bool IsAbsent => Value is null;

    /// <summary>Whether only a deployment knows what is there; no rule is broken by that.</summary>
    public bool IsUnknown => Value is UnknownProperty;

    public string? Text => (Value as StringProperty)?.Value;

    public bool? Flag => Value switch
    {
        BooleanProperty flag => flag.Value,
        StringProperty { Value: "true" } => true,
        StringProperty { Value: "false" } => false,
        _ => null,
    };

    public double? Number => Value switch
    {
        NumberProperty number => number.Value,
        StringProperty text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The items of a list, or the single object where the provider takes one; none when nothing is there.</summary>
    public IEnumerable<PropertyPlace> Items
    {
        get
        {
            var path = Path;
            return Value switch
            {
                ListProperty list => list.Items.Select((item, index) => new PropertyPlace($"{path}[{index}]", item)),
                null or UnknownProperty => [],
                _ => [this],
            };
        }
    }

    /// <summary>The entries of a map by name.</summary>
    public IEnumerable<(string Name, PropertyPlace Place)> Entries
    {
        get
        {
            var place = this;
            return Value is ObjectProperty map ? map.Properties.Keys.Select(name => (name, place[name])) : [];
        }
    }

    /// <summary>The places here and below that the program marked secret.</summary>
    public IEnumerable<PropertyPlace> Secrets => Found switch
    {
        { ContainsSecrets: false } or null => [],
        SecretProperty or OutputProperty { Secret: true } => [this],
        ListProperty => Items.SelectMany(item => item.Secrets),
        _ => Entries.SelectMany(entry => entry.Place.Secrets),
    };

    /// <summary>The texts of a list, or the single one.</summary>
    public IEnumerable<string> Texts => Items.Select(item => item.Text).OfType<string>();

    /// <summary>The place below it; absent below what is absent, unknown below what is unknown.</summary>
    public PropertyPlace this[string name] => new(
        PropertyPath.Join(Path, name), Value switch
        {
            ObjectProperty map => map.Properties.Find(name),
            UnknownProperty unknown => unknown,
            _ => null,
        });

    /// <summary>The place below it, by a way of simple names.</summary>
    public PropertyPlace At(params ReadOnlySpan<string> names)
    {
        var place = this;
        foreach (var name in names)
        {
            place = place[name];
        }
        return place;
    }

    /// <summary>Itself where it is not as it should be; nothing else.</summary>
    public IEnumerable<PropertyPlace> When(Func<PropertyPlace, bool> isBroken) => isBroken(this) ? [this] : [];

    /// <summary>Itself where nothing, or another thing than <c>true</c>, is there.</summary>
    public IEnumerable<PropertyPlace> UnlessTrue() => When(place => !place.IsUnknown && place.Flag != true);

    public IEnumerable<PropertyPlace> IfTrue() => When(place => place.Flag == true);

    public IEnumerable<PropertyPlace> IfAbsent() => When(place => place.IsAbsent);
}

/// <summary>A resource of a plan as rules read it.</summary>
internal sealed class PlannedResource(ResourceState state)
{
    public ResourceState State => state;

    public Urn Urn => state.Urn;

    public string Type => state.Type;

    public string Name => state.Urn.Name;

    /// <summary>All its inputs.</summary>
    public PropertyPlace Inputs { get; } = new("", new ObjectProperty(state.Inputs));

    public PropertyPlace this[string name] => Inputs[name];

    public PropertyPlace At(params ReadOnlySpan<string> names) => Inputs.At(names);
}

/// <summary>All resources that a plan leaves behind and that its program manages.</summary>
internal sealed class PolicyPlan
{
    private readonly ILookup<string, PlannedResource> _byType;

    public PolicyPlan(IEnumerable<ResourceState> states)
    {
        Resources = [.. states.Where(state => state is { Custom: true, External: false, Delete: false }).Select(state => new PlannedResource(state))];
        _byType = Resources.ToLookup(resource => resource.Type, StringComparer.Ordinal);
    }

    public ImmutableArray<PlannedResource> Resources { get; }

    public IEnumerable<PlannedResource> OfType(params ReadOnlySpan<string> types)
    {
        IEnumerable<PlannedResource> found = [];
        foreach (var type in types)
        {
            found = found.Concat(_byType[type]);
        }
        return found;
    }
}
