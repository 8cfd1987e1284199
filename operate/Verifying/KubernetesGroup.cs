using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Checks that ask the cluster. Where it does not answer, one group says so and the others skip.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
public abstract class KubernetesGroup(ClusterSight sight) : ICheckGroup
{
    public abstract string Name { get; }

    protected ClusterSight Sight => sight;

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (sight.Parts.IsEmpty)
        {
            yield return new Finding(Name, Outcome.Skipped, "a stack with something on a cluster", "the stack file describes nothing there");
            yield break;
        }

        if (await TroubleAsync(cancellation) is { } trouble)
        {
            yield return Unreached(trouble);
            yield break;
        }

        await using var checks = CheckAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(checks) is var (finding, ended) && finding is not null)
        {
            yield return finding;
            if (ended)
            {
                yield break;
            }
        }
    }

    /// <summary>The checks of a cluster that answers.</summary>
    protected abstract IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellation);

    /// <summary>What is said of a cluster that does not.</summary>
    protected virtual Finding Unreached(ClusterException trouble) =>
        new(Name, Outcome.Skipped, "an answer of the API server", $"not asked: the API server was not reached, see {KubernetesServer.GroupName}");

    /// <summary>Lists that could not be had, each a finding.</summary>
    protected static IEnumerable<Finding> Unread(ImmutableArray<Listing> failed) => failed.Select(list => Unread(list.What, list.Trouble!));

    /// <summary>Something that could not be had.</summary>
    protected static Finding Unread(string what, ClusterException trouble) => new(what, Outcome.Failed, "they can be read", trouble.Message, trouble.Fix);

    // An object that cannot be read, credentials that end meanwhile: the rest of the group has no answer
    private async Task<(Finding? Finding, bool Ended)> NextAsync(IAsyncEnumerator<Finding> checks)
    {
        try
        {
            return await checks.MoveNextAsync() ? (checks.Current, false) : (null, true);
        }
        catch (ClusterException trouble)
        {
            return (Unread(Name, trouble), true);
        }
    }

    private async Task<ClusterException?> TroubleAsync(CancellationToken cancellation)
    {
        try
        {
            await sight.ReaderAsync(cancellation);
            return null;
        }
        catch (ClusterException trouble)
        {
            return trouble;
        }
    }
}

/// <summary>Whether the API server answers, to whom, and whether the stack's namespaces are there.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
public sealed class KubernetesServer(ClusterSight sight) : KubernetesGroup(sight)
{
    internal const string GroupName = "kubernetes";

    public override string Name => GroupName;

    protected override Finding Unreached(ClusterException trouble) =>
        new("API server", Outcome.Failed, "answers to the credentials of the kubeconfig", trouble.Message, trouble.Fix);

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = await Sight.ReaderAsync(cancellation);
        yield return new Finding(
            "API server",
            Outcome.Passed,
            "answers to the credentials of the kubeconfig",
            $"{Sight.Version!["gitVersion"]} at {reader.Server} ({reader.Context})");
        foreach (var name in Sight.Namespaces)
        {
            yield return await NamespaceAsync(reader, name, cancellation);
        }
    }

    private async Task<Finding> NamespaceAsync(ClusterReader reader, string name, CancellationToken cancellation)
    {
        var (check, expected) = (
            $"namespace {name}",
            $"is there, for {string.Join(", ", Sight.Parts.Where(part => part.Namespace == name).Select(part => part.Concept))}");
        try
        {
            var phase = $"{(await reader.GetAsync(ApiKind.Namespaces.Path(null, name), cancellation))["status"]?["phase"]}";
            return phase == "Terminating"
                ? new(
                    check,
                    Outcome.Failed,
                    expected,
                    "it is being deleted",
                    "Look what holds it: kubectl get namespace -o yaml shows its conditions; then deploy again.")
                : new(check, Outcome.Passed, expected, phase.Length == 0 ? "it is" : phase);
        }
        catch (ClusterException trouble) when (trouble.Fault == ClusterFault.Missing)
        {
            return new(
                check, Outcome.Failed, expected, $"there is none on {reader.Server}", "Deploy the stack, or give the context of its cluster with --context.");
        }
        catch (ClusterException trouble) when (trouble.Fault == ClusterFault.Forbidden)
        {
            // Somebody who may read inside a namespace need not see namespaces: what is inside is asked by the other groups
            return new(check, Outcome.Skipped, expected, trouble.Message);
        }
        catch (ClusterException trouble)
        {
            return new(check, Outcome.Failed, expected, trouble.Message, trouble.Fix);
        }
    }
}
