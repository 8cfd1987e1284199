using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;

namespace Infra.Charts;

/// <summary>Values that a stack file hands on to a chart or an add-on as they are: maps, lists, texts, numbers and truth values.</summary>
/// <param name="Text">The same as JSON, keys in ordinal order.</param>
public sealed record ValueTree(string Text)
{
    public static ValueTree Empty { get; } = new("{}");

    public bool IsEmpty => Text == Empty.Text;

    /// <summary>The values as a JSON object of the caller's own.</summary>
    public JsonObject Root => JsonNode.Parse(Text)!.AsObject();

    /// <summary>Every path that has a value, with it; a list is one value, and so is an empty map.</summary>
    public IEnumerable<(string Path, JsonNode? Value)> Leaves => LeavesOf(Root, "");

    /// <summary>The tree of a JSON object.</summary>
    public static ValueTree Of(JsonElement element) => new(Sorted(JsonNode.Parse(element.GetRawText()))!.ToJsonString());

    /// <summary>The tree with another laid over it: maps are merged key by key, everything else is replaced.</summary>
    public ValueTree Under(ValueTree other)
    {
        var merged = Root;
        Lay(merged, other.Root);
        return new(Sorted(merged)!.ToJsonString());
    }

    /// <summary>Whether a value at one path decides about the other: they are the same, or one lies in the other.</summary>
    public static bool Overlaps(string path, string other) =>
        path == other || path.StartsWith($"{other}.", StringComparison.Ordinal) || other.StartsWith($"{path}.", StringComparison.Ordinal);

    public override string ToString() => Text;

    private static void Lay(JsonObject under, JsonObject over)
    {
        foreach (var (key, value) in over)
        {
            if (value is JsonObject map && under[key] is JsonObject inner)
            {
                Lay(inner, map);
            }
            else
            {
                under[key] = value?.DeepClone();
            }
        }
    }

    private static IEnumerable<(string Path, JsonNode? Value)> LeavesOf(JsonObject map, string before) => map.SelectMany(member =>
        member.Value is JsonObject { Count: > 0 } inner ? LeavesOf(inner, $"{before}{member.Key}.") : [($"{before}{member.Key}", member.Value)]);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

/// <summary>The values of a release: those of the program, and over them what the stack file says.</summary>
internal static class ChartValues
{
    /// <summary>
    /// Puts the values together: the program's, the stack's, its secrets; the later ones win. The registry is for images that the program leaves to the chart.
    /// </summary>
    /// <param name="chart">The chart.</param>
    /// <param name="ours">The program's values: maps, lists, texts, numbers, truth values, and outputs of them.</param>
    /// <param name="options">What the stack says.</param>
    /// <returns>The values; null where there are none.</returns>
    public static InputMap<object>? Of(HelmChart chart, ImmutableDictionary<string, object> ours, ChartOptions options)
    {
        var values = Copy(ours);
        if (options.ImageRegistry is { } registry)
        {
            foreach (var image in chart.Images.Where(image =>
                !Has(values, image.Value) && (image.OnlyWith is not { } other || Has(values, other) || Has(options.Values, other))))
            {
                Set(values, image.Value, $"{registry}/{image.Path}");
            }
        }

        Lay(values, options.Values.Root);
        foreach (var (path, secret) in options.SecretValues)
        {
            Set(values, path, Output.CreateSecret(secret).Apply(text => (object)text));
        }

        return values.Count == 0 ? null : Inputs(values);
    }

    private static Dictionary<string, object> Copy(IEnumerable<KeyValuePair<string, object>> map) => map.ToDictionary(
        member => member.Key, member => member.Value is ImmutableDictionary<string, object> inner ? Copy(inner) : member.Value, StringComparer.Ordinal);

    private static void Lay(Dictionary<string, object> under, JsonObject over)
    {
        foreach (var (key, value) in over)
        {
            if (value is JsonObject map && under.GetValueOrDefault(key) is Dictionary<string, object> inner)
            {
                Lay(inner, map);
            }
            else
            {
                under[key] = Plain(value!);
            }
        }
    }

    private static bool Has(ValueTree values, string path) => values.Leaves.Any(leaf => ValueTree.Overlaps(leaf.Path, path));

    private static bool Has(Dictionary<string, object> values, string path)
    {
        object? found = values;
        foreach (var part in path.Split('.'))
        {
            found = (found as Dictionary<string, object>)?.GetValueOrDefault(part);
        }

        return found is not null;
    }

    private static void Set(Dictionary<string, object> values, string path, object value)
    {
        var parts = path.Split('.');
        var map = values;
        foreach (var part in parts.SkipLast(1))
        {
            if (map.GetValueOrDefault(part) is not Dictionary<string, object> inner)
            {
                map[part] = inner = new(StringComparer.Ordinal);
            }

            map = inner;
        }

        map[parts[^1]] = value;
    }

    private static object Plain(JsonNode node) => node switch
    {
        JsonObject map => map.ToDictionary(member => member.Key, member => Plain(member.Value!), StringComparer.Ordinal),
        JsonArray list => list.Select(item => Plain(item!)).ToImmutableArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number(node.ToJsonString()),
            _ => node.GetValue<string>(),
        },
    };

    private static object Number(string text) => int.TryParse(text, out var whole) ? whole : double.Parse(text, CultureInfo.InvariantCulture);

    private static InputMap<object> Inputs(Dictionary<string, object> values)
    {
        var inputs = new InputMap<object>();
        foreach (var (key, value) in values)
        {
            inputs[key] = value is Output<object> later ? later : Output.Create(Written(value));
        }

        return inputs;
    }

    private static object Written(object value) => value switch
    {
        Dictionary<string, object> map => Inputs(map),
        ImmutableArray<object> list => list.Select(Written).ToImmutableArray(),
        _ => value,
    };
}
