using System.Collections.Immutable;
using Infra.Cache;
using k8s.Models;

namespace Operate.Adopting;

/// <summary>Reads which Redis server connect-proxy uses, and which part of it.</summary>
internal static class InstalledRedis
{
    private static readonly string[] Servers = ["redis", "valkey", "redis-stack-server"];

    /// <summary>Writes <c>redis</c> of a draft.</summary>
    /// <param name="live">The namespace.</param>
    /// <param name="proxy">Variables of connect-proxy.</param>
    /// <param name="config">The draft.</param>
    /// <param name="notes">Gets what a reader has to know beyond the draft.</param>
    public static void Describe(LiveNamespace live, ImmutableSortedDictionary<string, string> proxy, DraftSettings config, ICollection<string> notes)
    {
        var redis = config.In("platform:redis");
        var address = proxy.GetValueOrDefault("CONNECT_REDIS_ADDRESS");
        var host = address?.Split("://")[^1].Split(':')[0];
        if (host is not null && Local(live, host) is { } server)
        {
            DescribeLocal(live, server.Workload, server.Service, redis.In("inCluster"), notes);
        }
        else
        {
            DescribeExisting(address, proxy, redis.In("existing"), notes);
        }
    }

    /// <summary>Writes <c>studios.redis</c> of a draft: which part of the server Studios uses.</summary>
    public static void DescribeUse(ImmutableSortedDictionary<string, string> proxy, DraftSettings studios)
    {
        if (int.TryParse(proxy.GetValueOrDefault("CONNECT_REDIS_DB"), out var database) && database != 0)
        {
            studios.In("redis").Set("database", database);
        }

        if (proxy.GetValueOrDefault("CONNECT_REDIS_PREFIX") is { Length: > 0 } prefix && prefix != Infra.Connect.RedisConnection.DefaultPrefix)
        {
            studios.In("redis").Set("prefix", prefix);
        }
    }

    private static void DescribeLocal(LiveNamespace live, LiveWorkload server, V1Service service, DraftSettings inCluster, ICollection<string> notes)
    {
        if (service.Metadata.Name != RedisArgs.DefaultName.Text)
        {
            inCluster.Set("name", service.Metadata.Name);
        }

        var container = server.Containers.First(IsServer);
        inCluster.Set("memory", container.Resources?.Limits is { } limits && limits.TryGetValue("memory", out var memory) ? memory.ToString() : null);
        inCluster.Set("image", container.Image);
        if (server.Kind != "StatefulSet" || server.Name != service.Metadata.Name)
        {
            notes.Add($"{server.Kind} {server.Name} runs Redis, and the stack runs a StatefulSet {service.Metadata.Name}: it begins empty, "
                + $"so sessions register anew. Delete the {server.Kind} once the new one runs.");
            return;
        }

        var claim = live.Claims.FirstOrDefault(item => item.Metadata.Name.EndsWith($"-{server.Name}-0", StringComparison.Ordinal));
        if (claim?.Spec.Resources?.Requests is { } requests && requests.TryGetValue("storage", out var size))
        {
            inCluster.In("persistence").Set("size", size.ToString()).Set("storageClassName", claim.Spec.StorageClassName);
        }
    }

    private static void DescribeExisting(
        string? address, ImmutableSortedDictionary<string, string> proxy, DraftSettings existing, ICollection<string> notes)
    {
        var bare = address?.Split("://")[^1].TrimEnd('/');
        if (bare is null)
        {
            existing.Unknown("address", "redis.example.com:6379", "host and port of Redis, CONNECT_REDIS_ADDRESS, which stands in a Secret or nowhere");
        }

        existing.Set("address", bare is null || bare.Contains(':', StringComparison.Ordinal) ? bare : $"{bare}:6379");
        existing.Set("user", proxy.GetValueOrDefault("CONNECT_REDIS_USER"));
        if (proxy.GetValueOrDefault("CONNECT_REDIS_TLS_ENABLE") == "true")
        {
            existing.In("tls");
        }

        notes.Add("Where Redis asks for a password: `./platform secret NAME redisPassword` seals it into the stack file.");
    }

    private static (LiveWorkload Workload, V1Service Service)? Local(LiveNamespace live, string host)
    {
        var parts = host.Split('.');
        if (parts.Length > 1 && parts[1] != live.Name)
        {
            return null;
        }

        var service = live.Services.FirstOrDefault(candidate => candidate.Metadata.Name == parts[0]);
        var workload = service?.Spec.Selector is { Count: > 0 } selector
            ? live.Workloads.FirstOrDefault(candidate => candidate.Object.Spec.Template?.Metadata?.Labels is { } labels
                && selector.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)
                && candidate.Containers.Any(IsServer))
            : null;
        return workload is null ? null : (workload, service!);
    }

    private static bool IsServer(V1Container container) =>
        Servers.Any(name => LiveWorkload.ImagePath(container.Image).EndsWith($"/{name}", StringComparison.Ordinal));
}
