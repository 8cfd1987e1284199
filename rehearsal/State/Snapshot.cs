using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.State;

/// <summary>The stack's state while an operation changes it: what the steps have made so far, and behind it what they have not touched.</summary>
internal sealed class Snapshot
{
    private readonly Checkpoint _start;
    private readonly List<TrackedResource> _made = [];
    private readonly HashSet<TrackedResource> _done = new(ReferenceEqualityComparer.Instance);
    private readonly List<PendingOperation> _pending = [];
    private readonly Dictionary<string, Urn> _renamed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public Snapshot(Checkpoint start)
    {
        _start = start;
        Olds = [.. start.Resources.Select(state => new TrackedResource(state))];
    }

    /// <summary>The resources of the state before, in its order.</summary>
    public ImmutableArray<TrackedResource> Olds { get; }

    /// <summary>Notes that a step begins; an engine that ends now leaves it as a pending operation.</summary>
    public void Begin(Step step)
    {
        if (Kind(step.Operation) is { } kind && (step.New ?? step.Old) is { } resource)
        {
            lock (_lock)
            {
                _pending.Add(new PendingOperation(kind, resource.State));
            }
        }
    }

    /// <summary>Takes over what a step has done.</summary>
    public void End(Step step, bool succeeded)
    {
        lock (_lock)
        {
            if (Kind(step.Operation) is { } kind)
            {
                _pending.RemoveAll(property => property.Kind == kind && property.Resource.Urn == step.Urn);
            }
            if (succeeded)
            {
                Apply(step);
            }
        }
    }

    /// <summary>Replaces or removes a resource of the state before, as a refresh does.</summary>
    public void Refresh(TrackedResource resource, ResourceState? state)
    {
        lock (_lock)
        {
            if (state is null)
            {
                _done.Add(resource);
            }
            else
            {
                resource.State = state;
            }
        }
    }

    /// <summary>The state as it is now.</summary>
    public Checkpoint Checkpoint(StateSecrets secrets)
    {
        lock (_lock)
        {
            IEnumerable<ResourceState> resources = [.. _made.Select(made => made.State), .. Olds.Where(old => !_done.Contains(old)).Select(old => old.State)];
            return _start with
            {
                Resources = [.. resources.Select(Renamed)],
                // Of what an earlier run left unfinished only a creation has no entry of its own in the state: nobody but the operator knows what became of it
                Pending = [
                    .. _pending.Select(property => property with { Resource = Renamed(property.Resource) }),
                    .. _start.Pending.Where(operation => operation.IsCreation),
                ],
                Secrets = secrets,
                Manifest = "",
                SecretsState = ReferenceEquals(secrets, _start.Secrets) ? _start.SecretsState : "",
            };
        }
    }

    private void Apply(Step step)
    {
        switch (step.Operation)
        {
            case Operation.Same or Operation.Update or Operation.Read or Operation.Create or Operation.Import when step.New is { } made:
                if (made is RegisteredResource { Skipped: true })
                {
                    break;
                }
                if (step.Old is { } old)
                {
                    _done.Add(old);
                    if (old.Urn != made.Urn)
                    {
                        _renamed[old.Urn.Value] = made.Urn;
                    }
                }
                _made.Add(made);
                break;
            case Operation.CreateReplacement or Operation.ImportReplacement or Operation.ReadReplacement:
                if (step.Old is { State.PendingReplacement: true } pending)
                {
                    _done.Add(pending);
                }
                if (step.Old is { } replaced && replaced.Urn != step.New!.Urn)
                {
                    _renamed[replaced.Urn.Value] = step.New.Urn;
                }
                _made.Add(step.New!);
                break;
            case Operation.Delete or Operation.DeleteReplaced or Operation.Discard or Operation.DiscardReplaced or Operation.RemovePendingReplace:
                if (step.Operation == Operation.RemovePendingReplace || !step.Old!.State.PendingReplacement)
                {
                    _done.Add(step.Old!);
                    _made.Remove(step.Old!);
                }
                break;
            default:
                break;
        }
    }

    // Whatever is not touched yet still names a renamed resource by its former URN
    private ResourceState Renamed(ResourceState state)
    {
        if (state.Aliases.Length > 0)
        {
            state = state with { Aliases = [] };
        }
        if (_renamed.Count == 0)
        {
            return state;
        }
        return state with
        {
            Parent = state.Parent is { } parent ? New(parent) : null,
            Dependencies = [.. state.Dependencies.Select(New)],
            PropertyDependencies = state.PropertyDependencies.ToImmutableSortedDictionary(
                dependency => dependency.Key,
                dependency => dependency.Value.IsDefault ? dependency.Value : [.. dependency.Value.Select(New)],
                StringComparer.Ordinal),
            DeletedWith = state.DeletedWith is { } with ? New(with) : null,
            ReplaceWith = [.. state.ReplaceWith.Select(New)],
            Provider = state.Provider.Length > 0 && ProviderReference.Parse(state.Provider) is var provider
                ? (provider with { Urn = New(provider.Urn) }).ToString() : "",
        };

        Urn New(Urn urn) => _renamed.GetValueOrDefault(urn.Value, urn);
    }

    private static string? Kind(Operation operation) => operation switch
    {
        Operation.Create or Operation.CreateReplacement => PendingOperation.Creating,
        Operation.Update => "updating",
        Operation.Delete or Operation.DeleteReplaced => "deleting",
        Operation.Read or Operation.ReadReplacement => "reading",
        Operation.Import or Operation.ImportReplacement => "importing",
        _ => null,
    };
}
