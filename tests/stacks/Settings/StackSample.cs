using System.Text.Json.Nodes;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

/// <summary>Valid stack files, for tests that change one thing in them.</summary>
internal sealed record StackSample(string Config, params (string Key, string Value)[] Secrets)
{
    /// <summary>Texts that no message may hold.</summary>
    public static readonly string[] Markers = ["marker-kubeconfig", "marker-redis-password"];

    /// <summary>Everything that this program makes itself, on a cluster reached by context.</summary>
    public static StackSample Made { get; } =
        new(
            """
            {
              "cluster": { "existing": { "context": "kind-studios", "kind": "kubernetes" } },
              "storage": { "nfs": { "server": "10.0.0.5", "path": "/exports", "mountOptions": ["hard"] } },
              "redis": { "inCluster": { "memory": "1Gi", "passwordRotation": 2, "persistence": { "size": "10Gi", "storageClassName": "fast" } } },
              "tower": { "environments": { "research": { "namespace": "tower-research", "token": true, "users": ["someone"], "scratch": { "claimName": "work", "size": "5Gi" } } } },
              "studios": {
                "platform": { "url": "https://platform.example.com", "version": "26.1.3", "namespace": "seqera", "createNamespace": true },
                "connectUrl": "https://connect.example.com",
                "logLevel": "debug",
                "imagePullSecret": "registry",
                "server": { "replicas": 3 },
                "proxy": { "replicas": 3, "maxReplicas": 6, "cacheTtl": "90s" },
                "redis": { "database": 1, "prefix": "studios", "sharedWithPlatform": true },
                "registrationToken": { "rotation": 2 },
                "signingKey": { "bits": 3072, "rotation": 2 }
              }
            }
            """);

    /// <summary>Everything made outside this stack, with its secrets.</summary>
    public static StackSample Existing { get; } = new(
        """
        {
          "production": "true",
          "cluster": { "existing": { "name": "studios", "context": "admin" } },
          "storage": { "existingClass": { "storageClassName": "efs-sc" } },
          "redis": { "existing": { "address": "redis.example.com:6379", "user": "studios", "tls": { "skipVerify": false } } },
          "studios": { "platform": { "url": "https://platform.example.com", "version": "26.1.3" }, "connectUrl": "https://connect.example.com" }
        }
        """,
        ("kubeconfig", Markers[0]),
        ("redisPassword", Markers[1]));

    /// <summary>The file after the changes: dotted paths, values as JSON; null removes.</summary>
    public RawSettings Raw(params (string Path, string? Json)[] changes)
    {
        var config = JsonNode.Parse(Config)!.AsObject();
        foreach (var (path, json) in changes)
        {
            Change(config, path.Split('.'), json);
        }

        return Raw(config);
    }

    public RawSettings Raw(JsonObject config) => new(
        config.Select(concept => (concept.Key, Value: concept.Value is JsonValue ? concept.Value.ToString() : concept.Value?.ToJsonString() ?? "null"))
            .Concat(Secrets)
            .ToDictionary(entry => $"platform:{entry.Item1}", entry => entry.Item2, StringComparer.Ordinal),
        Secrets.Select(secret => $"platform:{secret.Key}"));

    /// <summary>What an operator reads after the changes.</summary>
    public string[] Messages(params (string Path, string? Json)[] changes) => Messages(Raw(changes));

    public static string[] Messages(RawSettings raw) =>
        [.. EditorCheck.Agreed(raw).Problems.Select(problem => problem.ToString().ReplaceLineEndings("\n"))];

    private static void Change(JsonObject node, ReadOnlySpan<string> path, string? json)
    {
        if (path.Length > 1)
        {
            if (node[path[0]] is not JsonObject child)
            {
                node[path[0]] = child = [];
            }

            Change(child, path[1..], json);
        }
        else if (json is null)
        {
            node.Remove(path[0]);
        }
        else
        {
            node[path[0]] = JsonNode.Parse(json);
        }
    }
}
