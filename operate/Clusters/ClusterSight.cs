using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Operate.Clusters;

/// <summary>What can be seen of a stack's parts on its cluster. Each list is asked for once, however many look at it.</summary>
/// <param name="open">Gives somebody to ask.</param>
/// <param name="parts">The parts.</param>
public sealed class ClusterSight(Func<CancellationToken, Task<ClusterReader>> open, ImmutableArray<StackPart> parts) : IDisposable
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<(ApiKind Kind, string? Namespace), Lazy<Task<Listing>>> _lists = new();
    private readonly SemaphoreSlim _room = new(AtOnce);
    private readonly SemaphoreSlim _opening = new(1);
    private ClusterReader? _reader;
    private ClusterException? _trouble;

    public ImmutableArray<StackPart> Parts => parts;

    /// <summary>Namespaces of the parts, in order.</summary>
    public ImmutableArray<string> Namespaces { get; } =
    [.. parts.Select(part => part.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Somebody to ask, who has answered once.</summary>
    /// <exception cref="ClusterException">The cluster cannot be reached; the same for everybody who asks again.</exception>
    public async Task<ClusterReader> ReaderAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_trouble is not null)
            {
                throw _trouble;
            }

            if (_reader is null)
            {
                var reader = await open(cancellation);
                Version = await reader.GetAsync("version", cancellation);
                _reader = reader;
            }

            return _reader;
        }
        catch (ClusterException trouble)
        {
            _trouble = trouble;
            throw;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>What the API server says of its version; null before it has answered.</summary>
    public JsonObject? Version { get; private set; }

    /// <summary>The objects of a kind in a namespace, or why they cannot be had.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="ofNamespace">Their namespace; null for those of the cluster.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Listing> ListAsync(ApiKind kind, string? ofNamespace, CancellationToken cancellation) =>
        _lists.GetOrAdd((kind, ofNamespace), key => new(() => FreshAsync(key.Kind, key.Namespace, cancellation))).Value;

    /// <summary>The objects of a kind that belong to the parts, and why those of a namespace cannot be had.</summary>
    public async Task<(ImmutableArray<T> Items, ImmutableArray<Listing> Failed)> HeldAsync<T>(ApiKind kind, CancellationToken cancellation)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var lists = await Task.WhenAll(Namespaces.Select(name => ListAsync(kind, name, cancellation)));
        return (
            [.. lists.SelectMany(list => list.Items.Where(item => Holds(list.Namespace!, item))).Select(ClusterReader.Typed<T>)],
            [.. lists.Where(list => list.Trouble is not null)]);
    }

    /// <summary>The part that an object belongs to; null where it is somebody else's.</summary>
    public bool Holds(string ofNamespace, JsonObject item) => parts.Any(part => part.Namespace == ofNamespace && part.Holds(item));

    public void Dispose()
    {
        _reader?.Dispose();
        _room.Dispose();
        _opening.Dispose();
    }

    private async Task<Listing> FreshAsync(ApiKind kind, string? ofNamespace, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        try
        {
            var reader = await ReaderAsync(cancellation);
            return new Listing(kind, ofNamespace, await reader.ListAsync(kind, ofNamespace, cancellation, metadataOnly: kind == ApiKind.Secrets), null);
        }
        catch (ClusterException trouble)
        {
            return new Listing(kind, ofNamespace, [], trouble);
        }
        finally
        {
            _room.Release();
        }
    }
}

/// <summary>The objects of a kind, or why there are none.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Namespace">Their namespace; null for those of the cluster.</param>
/// <param name="Items">The objects; of Secrets only their metadata.</param>
/// <param name="Trouble">Why they cannot be had; null where they are all there are.</param>
public sealed record Listing(ApiKind Kind, string? Namespace, ImmutableArray<JsonObject> Items, ClusterException? Trouble)
{
    /// <summary>What was asked for, as a sentence has it.</summary>
    public string What => Namespace is null ? Kind.Plural : $"{Kind.Plural} in {Namespace}";
}
