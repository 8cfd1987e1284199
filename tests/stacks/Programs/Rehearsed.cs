using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Graph;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

/// <summary>What the whole program registers for a stack file of the repository, as its own process against the embedded engine.</summary>
internal sealed class Rehearsed
{
    private readonly ImmutableDictionary<string, ResourceState> _byUrn;

    private Rehearsed(RehearsalResult result)
    {
        Result = result;
        Resources = [.. result.Plan.Steps.Select(step => step.New!)];
        _byUrn = Resources.ToImmutableDictionary(resource => resource.Urn.ToString());
    }

    public RehearsalResult Result { get; }

    public ImmutableArray<ResourceState> Resources { get; }

    /// <summary>What the program plans once the Platform is installed.</summary>
    /// <param name="file">Path below the repository's root: <c>Pulumi.prod.yaml</c>.</param>
    public static async Task<Rehearsed> Of(string file) =>
        new((await RehearsedStack.Of(StackMoment.IsEarly(file) ? StackMoment.Installed(file) : file)).Result);

    public ResourceState Named(string type, string name) => Resources.Single(resource => resource.Type == type && resource.Urn.Name == name);

    /// <summary>
    /// Everything that exists before the resource and outlives it: what it depends on, its provider, its parent, and theirs.
    /// Pulumi's dependency graph has the same three kinds of edges (pulumi/pulumi pkg/resource/graph): a child is made after its parent and deleted before it.
    /// </summary>
    public ImmutableHashSet<string> Outliving(ResourceState resource)
    {
        var found = ImmutableHashSet.CreateBuilder<string>();
        var next = new Queue<ResourceState>([resource]);
        while (next.TryDequeue(out var current))
        {
            var provider = current.Provider.Length == 0 ? [] : new[] { current.Provider[..current.Provider.LastIndexOf("::", StringComparison.Ordinal)] };
            var parent = current.Parent is { } above ? new[] { above.ToString() } : [];
            foreach (
                var urn in current
                    .Dependencies.Select(urn => urn.ToString())
                    .Concat(provider)
                    .Concat(parent)
                    .Where(urn => _byUrn.ContainsKey(urn) && found.Add(urn)))
            {
                next.Enqueue(_byUrn[urn]);
            }
        }

        return found.ToImmutable();
    }
}
