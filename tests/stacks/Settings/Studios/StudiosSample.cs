using System.Text.Json.Nodes;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.Studios;

/// <summary>A valid stack file with Studios, for tests that change one thing in it.</summary>
internal static class StudiosSample
{
    private const string Valid = """
        {
          "cluster": { "existing": { "context": "eks", "kind": "eks" } },
          "redis": { "inCluster": {} },
          "studios": {
            "platform": { "url": "https://platform.example.com", "version": "26.1.3" },
            "connectUrl": "https://connect.example.com"
          }
        }
        """;

    /// <summary>Reads the file after the changes: dotted paths, values as JSON; null removes.</summary>
    public static ReadSettings Read(params (string Path, string? Json)[] changes) => EditorCheck.Agreed(Raw(changes));

    /// <summary>The raw file after the changes.</summary>
    public static RawSettings Raw(params (string Path, string? Json)[] changes)
    {
        var stack = JsonNode.Parse(Valid)!.AsObject();
        foreach (var (path, json) in changes)
        {
            Set(stack, path.Split('.'), json);
        }

        return new RawSettings(stack.ToDictionary(concept => $"platform:{concept.Key}", concept => concept.Value!.ToJsonString()), []);
    }

    /// <summary>What an operator is told to look at twice, of files that can be deployed.</summary>
    public static string[] Warnings(params (string Path, string? Json)[] changes)
    {
        var read = Read(changes);
        read.Problems.ShouldBeEmpty();
        return [.. read.Warnings.Select(warning => warning.ToString())];
    }

    /// <summary>What an operator reads after the changes.</summary>
    public static string[] Messages(params (string Path, string? Json)[] changes) => [.. Read(changes).Problems.Select(problem => problem.ToString())];

    private static void Set(JsonObject node, ReadOnlySpan<string> path, string? json)
    {
        if (path.Length > 1)
        {
            if (node[path[0]] is not JsonObject child)
            {
                node[path[0]] = child = [];
            }

            Set(child, path[1..], json);
            return;
        }

        if (json is null)
        {
            node.Remove(path[0]);
        }
        else
        {
            node[path[0]] = JsonNode.Parse(json);
        }
    }
}
