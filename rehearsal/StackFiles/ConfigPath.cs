using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.StackFiles;

/// <summary>A configuration key as <c>Pulumi.yaml</c> may declare it: a place inside a structured value, <c>redis.users[0].name</c> or
/// <c>a["b.c"]</c>.</summary>
/// <remarks>Only there: a key of a stack file is never a path, dots and brackets are part of its name (sdk/go/common/workspace/config.go, 3.x).</remarks>
/// <param name="Root">The full key of the whole value.</param>
/// <param name="Steps">What leads into it: names (text) and indexes (numbers); none when the key is the whole value.</param>
internal sealed record ConfigPath(string Root, IReadOnlyList<object> Steps)
{
    /// <summary>The path as it is typed.</summary>
    public string Text => Root + string.Concat(Steps.Select(step => step switch
    {
        string name when name.AsSpan().ContainsAny(".[") => $"[\"{name}\"]",
        string name => $".{name}",
        _ => $"[{step}]",
    }));

    /// <summary>The path that a full key spells, or null when it cannot be read.</summary>
    public static ConfigPath? Parse(string fullKey)
    {
        var colon = fullKey.IndexOf(':', StringComparison.Ordinal);
        var (@namespace, rest) = (fullKey[..colon], fullKey[(colon + 1)..]);
        var steps = new List<object>();
        while (rest.Length > 0)
        {
            if (Step(rest, isFirst: steps.Count == 0) is not { } step)
            {
                return null;
            }
            steps.Add(step.Value);
            rest = rest[step.Length..];
        }
        return steps is [string { Length: > 0 } first, ..] ? new ConfigPath($"{@namespace}:{first}", [.. steps.Skip(1)]) : null;
    }

    /// <summary>The value at this place, or null when there is none.</summary>
    public ConfigValue? Find(IReadOnlyDictionary<string, ConfigValue> config)
    {
        if (!config.TryGetValue(Root, out var root) || Steps.Count == 0)
        {
            return root;
        }
        var node = root.IsObject ? JsonNode.Parse(root.Text) : null;
        foreach (var step in Steps)
        {
            node = step switch
            {
                string name when node is JsonObject map => map[name],
                int index when node is JsonArray list && index < list.Count => list[index],
                _ => null,
            };
        }
        return node is null ? null : ConfigValue.From(node, root.Place);
    }

    /// <summary>Puts a value at this place; lists and mappings on the way to it are made.</summary>
    /// <returns>Whether it could be put there: nothing of another kind is in the way.</returns>
    public bool Set(IDictionary<string, ConfigValue> config, ConfigValue value)
    {
        if (Steps.Count == 0)
        {
            config[Root] = value;
            return true;
        }
        var present = config.TryGetValue(Root, out var root) && root.IsObject ? JsonNode.Parse(root.Text) : null;
        var whole = Put(present, Steps, value.ToJson());
        if (whole is null)
        {
            return false;
        }
        config[Root] = ConfigValue.From(whole, root?.Place ?? value.Place);
        return true;
    }

    /// <summary>A value inside the lists and mappings that lead to it.</summary>
    public static JsonNode Around(JsonNode value, IEnumerable<object> steps) => steps.Reverse().Aggregate(
        value.DeepClone(), (inner, step) => step is string name ? new JsonObject { [name] = inner } : new JsonArray(inner));

    private static JsonNode? Put(JsonNode? node, IEnumerable<object> steps, JsonNode? value)
    {
        if (steps.FirstOrDefault() is not { } step)
        {
            return value;
        }
        var rest = steps.Skip(1);
        if (step is string name && (node ?? new JsonObject()) is JsonObject map)
        {
            var changed = Put(map[name]?.DeepClone(), rest, value);
            map[name] = changed;
            return changed is null ? null : map;
        }
        if (step is not int index || (node ?? new JsonArray()) is not JsonArray list || index > list.Count)
        {
            return null;
        }
        var item = Put(index < list.Count ? list[index]?.DeepClone() : null, rest, value);
        if (index == list.Count)
        {
            list.Add(item);
        }
        else
        {
            list[index] = item;
        }
        return item is null ? null : list;
    }

    // Name, .name, [3], ["any text"]
    private static (object Value, int Length)? Step(string text, bool isFirst)
    {
        if (text.StartsWith("[\"", StringComparison.Ordinal))
        {
            var end = text.IndexOf("\"]", 2, StringComparison.Ordinal);
            return end < 0 ? null : (text[2..end].Replace("\\\"", "\"", StringComparison.Ordinal), end + 2);
        }
        if (text[0] == '[')
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && int.TryParse(text.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (index, end + 1) : null;
        }
        var start = text[0] == '.' ? 1 : 0;
        if (start == 1 == isFirst)
        {
            return null;
        }
        var stop = text.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var at ? at + start : text.Length;
        return stop == start ? null : (text[start..stop], stop);
    }
}
