using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Providers;

namespace Rehearsal.Planning;

/// <summary>Turns what a program wants and what the state before has into steps, by the rules of Pulumi's engine (pulumi/pulumi
/// pkg/resource/deploy/step_generator.go, 3.x).</summary>
/// <remarks>It changes nothing but its own notes of what it has planned; one thread at a time.</remarks>
internal sealed class StepGenerator
{
    private readonly PlanContext _context;
    private readonly Replacements _replacements;
    private readonly GoalInputs _inputs;
    private readonly GoalDifferences _differences;
    private readonly Dictionary<string, TrackedResource> _olds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Urn> _former = new(StringComparer.Ordinal);

    public StepGenerator(PlanContext context)
    {
        _context = context;
        foreach (var old in context.Olds.Where(old => !old.State.Delete))
        {
            _olds[old.Urn.Value] = old;
        }
        (_replacements, _inputs, _differences) = (new Replacements(context, Notes), new GoalInputs(context, Old), new GoalDifferences(context, Notes, Old));
    }

    /// <summary>What has been planned so far.</summary>
    public PlanNotes Notes { get; } = new();

    public TrackedResource? Old(Urn urn) => _olds.GetValueOrDefault(urn.Value);

    /// <summary>Takes it that a resource of the state before is gone.</summary>
    public void Forget(TrackedResource old)
    {
        _olds.Remove(old.Urn.Value);
        Notes.Gone.Add(old);
    }

    /// <summary>Finds the resource's entry in the state before, by its URN and then by its former ones.</summary>
    /// <exception cref="PlanningException">Two resources claim the same entry.</exception>
    public (TrackedResource? Old, Urn? Former) Claim(Urn urn, Urn? parent, ResourceGoal goal)
    {
        if (!Notes.Urns.Add(urn.Value))
        {
            throw new PlanningException($"Duplicate resource URN '{urn}'; try giving it a unique name", urn);
        }
        if (Notes.Aliased.TryGetValue(urn.Value, out var claimed))
        {
            throw new PlanningException($"Duplicate resource URN '{urn}' conflicting with alias on resource with URN '{claimed}'", urn);
        }
        if (_olds.TryGetValue(urn.Value, out var old))
        {
            return (old, null);
        }
        if (goal.Aliases.IsEmpty && (parent is null || (!Notes.FormerUrns.ContainsKey(parent) && !_former.ContainsKey(parent.Value))))
        {
            return (null, null);
        }
        var named = AliasResolver.Resolve(urn, goal.Type, goal.Aliases, parent, parent is null ? [] : Notes.FormerUrns.GetValueOrDefault(parent, []), Former);
        if (!named.IsEmpty)
        {
            Notes.FormerUrns[urn] = named;
        }
        foreach (var alias in AliasResolver.Resolve(urn, goal.Type, goal.Aliases, parent, parent is not null
            && _former.TryGetValue(parent.Value, out var formerParent) ? [formerParent.Value] : [], Former))
        {
            if (!_olds.TryGetValue(alias, out old))
            {
                continue;
            }
            if (Notes.Aliased.TryGetValue(alias, out var other) || Notes.Urns.Contains(alias))
            {
                throw new PlanningException(
                    $"Duplicate resource alias '{alias}' applied to resource with URN '{urn}' conflicting with resource with URN '{other ?? urn}'", urn);
            }
            Notes.Aliased[alias] = urn;
            _former[urn.Value] = old.Urn;
            return (old, old.Urn);
        }
        return (null, null);

        Urn Former(Urn present) => _former.GetValueOrDefault(present.Value, present);
    }

    /// <summary>The steps for a resource that the program registers.</summary>
    /// <param name="new">The resource with what the program gave.</param>
    /// <param name="old">Its entry in the state before.</param>
    /// <param name="provider">Its provider; null for a component.</param>
    /// <exception cref="PlanningException">It cannot be planned; the whole operation ends.</exception>
    public ImmutableArray<Step> Register(RegisteredResource @new, TrackedResource? old, IProvider? provider)
    {
        var (goal, urn) = (@new.Goal, @new.Urn);
        var recreating = old is not null && (Notes.Deletes.Contains(old.Urn.Value) || old.State.PendingReplacement);
        var inputs = old is null ? goal.Properties : GoalInputs.Ignoring(goal, old.State.Inputs, urn);
        @new.Take(inputs);
        if (IsImport(goal, old))
        {
            return Import(@new, old, recreating);
        }
        var targeted = IsImplicitTarget(urn) || _context.IsTargeted(@new.State, Notes);
        if (!targeted)
        {
            return Untargeted(@new, old);
        }
        _context.NoteTarget(@new.State);
        var afresh = recreating || old is null or { State.External: true } || _context.IsReplaced(urn);
        @new.Take(_inputs.Checked(@new, provider, afresh ? null : old!.State, afresh ? goal.Properties : inputs));
        var steps = Planned(@new, old, provider, recreating);
        Validate(steps);
        return steps;
    }

    /// <summary>The steps for a resource that the program reads and does not manage.</summary>
    public ImmutableArray<Step> Read(RegisteredResource @new, TrackedResource? old)
    {
        Notes.Reads.Add(@new.Urn.Value);
        if (old is { State.External: false })
        {
            return [
                new Step { Operation = Operation.ReadReplacement, Old = old, New = @new, DeletesLater = true },
                new Step { Operation = Operation.Replace, Old = old, New = @new, DeletesLater = true },
            ];
        }
        return [new Step { Operation = Operation.Read, Old = old, New = @new }];
    }

    private ImmutableArray<Step> Planned(RegisteredResource @new, TrackedResource? old, IProvider? provider, bool recreating)
    {
        var urn = @new.Urn;
        if (old is null)
        {
            return [new Step { Operation = Operation.Create, New = @new }];
        }
        if (recreating)
        {
            Notes.Deletes.Remove(old.Urn.Value);
            Notes.Replaces.Add(urn.Value);
            return [
                new Step { Operation = Operation.Replace, Old = old, New = @new },
                new Step { Operation = Operation.CreateReplacement, Old = old, New = @new,
                    ReplaceReasons = Notes.DependentKeys.GetValueOrDefault(old.Urn.Value, []) },
            ];
        }
        if (old.State.External)
        {
            Notes.Replaces.Add(urn.Value);
            return [
                new Step { Operation = Operation.CreateReplacement, Old = old, New = @new, DeletesLater = true },
                new Step { Operation = Operation.Replace, Old = old, New = @new, DeletesLater = true },
            ];
        }
        var diff = _differences.Of(@new, old, provider);
        if (diff.Changes && diff.Replaces)
        {
            return Replace(@new, old, provider, diff);
        }
        if (diff.Changes || !old.State.InitErrors.IsEmpty)
        {
            Notes.Updates.Add(urn.Value);
            return [new Step { Operation = Operation.Update, Old = old, New = @new, DiffReasons = diff.ChangedKeys, Detailed = diff.Detailed }];
        }
        Notes.Sames.Add(urn.Value);
        return [new Step { Operation = Operation.Same, Old = old, New = @new }];
    }

    private ImmutableArray<Step> Replace(RegisteredResource @new, TrackedResource old, IProvider? provider, DiffResult diff)
    {
        var (goal, urn) = (@new.Goal, @new.Urn);
        if (@new.State.Protect && old.State.Protect)
        {
            var problem = $"unable to replace resource \"{urn}\"\nas it is currently marked for protection. "
                + "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
            // A preview goes on, so that the operator sees what causes it
            _context.Report(problem, urn);
        }
        if (goal.ImportId.Length > 0)
        {
            const string imported = "previously-imported resources that still specify an ID may not be replaced; "
                + "please remove the `import` declaration from your program";
            if (!_context.IsPreview)
            {
                throw new PlanningException(imported, urn);
            }
            _context.Warn(imported, urn);
        }
        Notes.Replaces.Add(urn.Value);
        if (provider is not null && !_context.IsReplaced(urn))
        {
            @new.State = @new.State with { Inputs = _inputs.Checked(@new, provider, null, goal.Properties, old.State) };
        }
        var create = new Step
        {
            Operation = Operation.CreateReplacement,
            Old = old,
            New = @new,
            ReplaceReasons = diff.ReplaceKeys,
            DiffReasons = diff.ChangedKeys,
            Detailed = diff.Detailed,
            DeletesLater = true
        };
        var replace = new Step
        {
            Operation = Operation.Replace,
            Old = old,
            New = @new,
            ReplaceReasons = diff.ReplaceKeys,
            DiffReasons = diff.ChangedKeys,
            Detailed = diff.Detailed,
            DeletesLater = true
        };
        if (!(goal.DeleteBeforeReplace ?? diff.DeleteBeforeReplace))
        {
            return [create, replace];
        }
        var steps = _replacements.DeleteFirst(old, urn);
        return [.. steps, replace,
            new Step { Operation = Operation.CreateReplacement, Old = old, New = @new, ReplaceReasons = diff.ReplaceKeys, DiffReasons = diff.ChangedKeys,
            Detailed = diff.Detailed }];
    }

    private static bool IsImport(ResourceGoal goal, TrackedResource? old) => goal.Custom && goal.ImportId.Length > 0
        && (old is null || old.State.External || (old.State.ImportId.Length > 0 ? old.State.ImportId : old.State.Id) != goal.ImportId);

    private ImmutableArray<Step> Import(RegisteredResource @new, TrackedResource? old, bool recreating)
    {
        @new.State = @new.State with { Id = @new.Goal.ImportId, ImportId = @new.Goal.ImportId };
        if (old is null || recreating)
        {
            return [new Step { Operation = Operation.Import, New = @new }];
        }
        Notes.Replaces.Add(@new.Urn.Value);
        return [
            new Step { Operation = Operation.ImportReplacement, Old = old, New = @new, DeletesLater = true },
            new Step { Operation = Operation.Replace, Old = old, New = @new, DeletesLater = true },
        ];
    }

    private ImmutableArray<Step> Untargeted(RegisteredResource @new, TrackedResource? old)
    {
        Notes.Sames.Add(@new.Urn.Value);
        if (old is null)
        {
            @new.Skipped = true;
            Notes.Skipped.Add(@new.Urn.Value);
            return [new Step { Operation = Operation.Same, New = @new }];
        }
        @new.State = old.State with { Urn = @new.Urn };
        return [new Step { Operation = Operation.Same, Old = old, New = @new }];
    }

    // Providers and the stack are the engine's own business
    private static bool IsImplicitTarget(Urn urn) => urn.HasTypePrefix(ProviderReference.TypePrefix) || urn.IsRoot;

    // A target cannot be made from what the targets leave out
    private void Validate(ImmutableArray<Step> steps)
    {
        if (Notes.Skipped.Count == 0)
        {
            return;
        }
        foreach (var step in steps)
        {
            if (step.New is not { } @new || @new is RegisteredResource { Skipped: true })
            {
                continue;
            }
            foreach (var urn in DependencyGraph.References(@new.State, children: true).Distinct().Where(urn => Notes.Skipped.Contains(urn.Value)))
            {
                _context.Report(
                    $"Resource '{step.Urn}' depends on '{urn}' which was was not specified in --target list.\n"
                    + "Either include resource in --target list or pass --target-dependents to proceed.", step.Urn);
            }
        }
    }
}
