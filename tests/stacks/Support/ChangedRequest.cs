using System.Text.Json.Nodes;
using Rehearsal;

namespace Tests.Stacks.Support;

/// <summary>A stack file with one setting changed, as an operator changes it between two updates.</summary>
internal static class ChangedRequest
{
    /// <summary>The same with another value: a concept, a path below it, and JSON; null takes the setting out.</summary>
    public static RehearsalRequest With(this RehearsalRequest request, string concept, string path, string? value)
    {
        var key = $"platform:{concept}";
        var root = request.Config.TryGetValue(key, out var given) ? JsonNode.Parse(given)! : new JsonObject();
        var (node, parts) = (root, path.Split('.'));
        foreach (var part in parts[..^1])
        {
            node = node[part] ??= new JsonObject();
        }

        if (value is null)
        {
            node.AsObject().Remove(parts[^1]);
        }
        else
        {
            node[parts[^1]] = JsonNode.Parse(value);
        }

        return request with { Config = request.Config.SetItem(key, root.ToJsonString()) };
    }

    /// <summary>The same with a whole concept, or without it.</summary>
    public static RehearsalRequest With(this RehearsalRequest request, string concept, string? value) => request with
    {
        Config = value is null ? request.Config.Remove($"platform:{concept}") : request.Config.SetItem($"platform:{concept}", value),
    };
}
