using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Manifests;
using Rehearsal.Manifests;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Operate.Adopting;

/// <summary>A field that the stack says otherwise than the object on the cluster has it.</summary>
/// <param name="Path">The field; items of lists by their names: <c>spec.template.spec.containers[redis].image</c>.</param>
/// <param name="Live">What it is; empty where the object lacks it.</param>
/// <param name="Planned">What the stack says.</param>
/// <param name="Replaces">Whether the object has to be made anew for it.</param>
public sealed record FieldDifference(string Path, string Live, string Planned, bool Replaces);

/// <summary>Compares what a stack says of an object with the object, field by field of the stack.</summary>
/// <remarks>
/// Fields that only the object has are defaults of the API server or belong to other managers, and server-side apply leaves both alone. Secrets are not
/// compared: the stack makes their values itself.
/// </remarks>
internal static class LiveDifference
{
    // By which member the API server tells the items of a list apart, in the order in which they are tried
    private static readonly string[] Keys = ["name", "mountPath", "containerPort", "port", "ip", "key", "topologyKey"];

    private static readonly string[] Quantities = ["limits", "requests", "capacity", "hard"];

    /// <summary>The fields that differ, in the order of the stack.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="planned">The object of the plan.</param>
    /// <param name="live">The object on the cluster.</param>
    public static ImmutableArray<FieldDifference> Between(string type, KubernetesObject planned, JsonObject live)
    {
        var replacing = KubernetesDiff.Replacing(type, planned.Body, PropertyMap.Empty);
        var differences = ImmutableArray.CreateBuilder<FieldDifference>();
        foreach (var (key, value) in planned.Body)
        {
            // Which object it is says nothing of how it is
            if (key is not ("apiVersion" or "kind" or "status") && !(planned.Kind == "Secret" && key is "data" or "stringData"))
            {
                Compare(key, key, value, live[key]);
            }
        }

        return differences.ToImmutable();

        void Compare(string shown, string place, PropertyValue value, JsonNode? found)
        {
            switch (value)
            {
                case ObjectProperty { Properties: var members }:
                    foreach (var (key, member) in members)
                    {
                        Compare(PropertyPath.Join(shown, key), PropertyPath.Join(place, key), member, (found as JsonObject)?[key]);
                    }

                    break;
                case ListProperty { Items: var items }:
                    for (var index = 0; index < items.Length; index++)
                    {
                        var (name, match) = Item(items[index], found as JsonArray, index);
                        Compare($"{shown}[{name}]", $"{place}[{index}]", items[index], match);
                    }

                    break;
                case StringProperty { Value: Markers.Secret or Markers.Unknown }:
                    break;
                default:
                    var (wanted, has) = (Text(value), Text(found));
                    if (!Same(shown, wanted, has))
                    {
                        differences.Add(new(shown, has ?? "", wanted, PropertyPath.Parse(place) is { } path && replacing.Any(field => field.Contains(path))));
                    }

                    break;
            }
        }
    }

    private static (string Name, JsonNode? Match) Item(PropertyValue item, JsonArray? found, int index)
    {
        if (item is ObjectProperty { Properties: var members })
        {
            foreach (var key in Keys)
            {
                if (members.TryGetValue(key, out var value) && value is StringProperty or NumberProperty && Text(value) is var name)
                {
                    // One port may be there for two protocols
                    var alike = found?.OfType<JsonObject>().Where(candidate => Text(candidate[key]) == name).ToArray() ?? [];
                    return (name, alike.MaxBy(candidate => members.Count(member => Text(candidate[member.Key]) == Text(member.Value))));
                }
            }
        }

        return (index.ToString(CultureInfo.InvariantCulture), found is not null && index < found.Count ? found[index] : null);
    }

    private static bool Same(string path, string wanted, string? has) => wanted == has
        || (has is null && wanted is "" or "false")
        || (has is not null && Quantities.Any(part => path.Contains($".{part}", StringComparison.Ordinal))
            && Quantity.TryParse(wanted, out var quantity) && quantity.Means(has));

    private static string Text(PropertyValue value) => value switch
    {
        StringProperty text => text.Value,
        NumberProperty number => number.Value.ToString(CultureInfo.InvariantCulture),
        BooleanProperty { Value: var flag } => flag ? "true" : "false",
        _ => value.ToString(),
    };

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag ? "true" : "false",
        JsonValue value when value.TryGetValue(out double number) => number.ToString(CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };
}
