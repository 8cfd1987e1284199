using System.Collections.Immutable;
using Rehearsal.Functions;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Execution;

/// <summary>Does planned steps one after another with the providers, and keeps the state up to date; a preview asks providers only what they know
/// beforehand.</summary>
internal sealed class StepExecutor(EngineContext context) : IDisposable
{
    private readonly Places _places = new(context.Request.Parallel);
    private readonly StateSaver _saver = new(context.Request.Save, () => context.Snapshot.Checkpoint(context.Request.State.Secrets));

    /// <summary>Whether a step failed.</summary>
    public bool Failed { get; private set; }

    private bool IsPreview => context.Request.IsPreview;

    // What needs no cloud, where the operator asked for its values.
    private bool IsMadeAnyway(ResourceState state) =>
        context.Request.MakesValues && ResourceMakers.ByType.ContainsKey(state.Type) && !state.Inputs.ContainsUnknowns;

    /// <summary>Does steps in their order.</summary>
    /// <returns>False when one of them failed; the operator has then been told.</returns>
    public bool Run(ImmutableArray<Step> steps)
    {
        var turn = _places.Take();
        try
        {
            foreach (var step in steps)
            {
                if (!Run(step))
                {
                    return false;
                }
            }
        }
        finally
        {
            _places.Give(turn);
        }
        if (!IsPreview)
        {
            _places.AwaitEarlier(turn);
        }
        return true;
    }

    /// <summary>Notes that a component has registered its outputs, with which the hooks run that come after its creation or update.</summary>
    /// <returns>False when a hook failed or the state could not be written; the operator has then been told.</returns>
    public bool Completed(RegisteredResource component)
    {
        if (component.Step is { } step)
        {
            if (step.Operation is Operation.Create or Operation.Update && !RunHooks(step))
            {
                return false;
            }
            context.Steps.Complete(step);
        }
        return Saved(_saver.Changed());
    }

    /// <summary>Writes the state as it is now.</summary>
    public void Flush() => Saved(_saver.Flush());

    public void Dispose() => _places.Dispose();

    private bool Run(Step step)
    {
        context.Steps.Start(step);
        if (!IsPreview)
        {
            context.Snapshot.Begin(step);
        }
        var succeeded = false;
        try
        {
            Apply(step);
            succeeded = true;
        }
        catch (ProviderException e)
        {
            Fail(step, e);
        }
        // What is done is done, and kept, even if a hook that comes afterwards fails
        var continues = succeeded && (step.New is { State.Custom: false } || RunHooks(step));
        if (!IsPreview)
        {
            context.Snapshot.End(step, succeeded);
            succeeded &= Saved(_saver.Changed());
        }
        if (succeeded && step.Operation != Operation.Replace)
        {
            Remember(step);
            // A component is complete when it has registered its outputs
            if (continues && (step.New is null || step.New.State.Custom))
            {
                context.Steps.Complete(step);
            }
        }
        return continues && succeeded;
    }

    private bool RunHooks(Step step)
    {
        try
        {
            context.Hooks.After(step);
            return true;
        }
        catch (ProviderException e)
        {
            Fail(step, e);
            return false;
        }
    }

    private void Fail(Step step, ProviderException problem)
    {
        Failed = true;
        context.Steps.Fail(step);
        if (problem.Logged is { } logged)
        {
            context.Events.Error(logged, step.Urn);
        }
        context.Events.Error(IsPreview ? $"Preview failed: {problem.Message}" : problem.Message, step.Urn);
    }

    // What nobody remembers must not go on: the next update would do all of it again
    private bool Saved(BadInputException? problem)
    {
        if (problem is null)
        {
            return true;
        }
        Failed = true;
        context.Events.Error($"{problem.Message}\n{problem.Fix}");
        return false;
    }

    private void Remember(Step step)
    {
        if (step.New is RegisteredResource registered)
        {
            registered.Step = step;
            context.Secrets.Learn(registered.State.Outputs);
        }
    }

    private void Apply(Step step)
    {
        context.Hooks.Before(step);
        switch (step.Operation)
        {
            case Operation.Same:
                Same(step.Old, step.New!);
                break;
            case Operation.Create or Operation.CreateReplacement:
                Create(step);
                break;
            case Operation.Update:
                Update(step, step.Old!, step.New!);
                break;
            case Operation.Delete or Operation.DeleteReplaced:
                Delete(step);
                break;
            case Operation.Refresh:
                Refresh(step);
                break;
            case Operation.Read or Operation.ReadReplacement or Operation.Import or Operation.ImportReplacement:
                Read(step);
                break;
            default:
                break;
        }
        if (step.New is { State.Custom: true } made && step.Operation is not (Operation.Same or Operation.Replace or Operation.Refresh))
        {
            var kept = Secrecy.Keep(made.State);
            made.State = ReferenceEquals(kept, made.State.Outputs) ? made.State : made.State with { Outputs = kept };
        }
    }

    private static void Same(TrackedResource? old, TrackedResource @new)
    {
        if (old is { State: var was })
        {
            @new.State = was.OrEqual(@new.State with
            {
                Id = was.Id,
                Outputs = was.Outputs,
                Created = was.Created,
                Modified = was.Modified,
                InitErrors = was.InitErrors,
                ImportId = was.ImportId
            });
        }
    }

    private void Create(Step step)
    {
        var @new = step.New!;
        var state = @new.State;
        if (state.Custom)
        {
            var (id, outputs) = context.Hooks.Retried(step,
                () => context.Providers.Managing(state.Type).Create(state.Urn, state.Type, state.Inputs, IsPreview && !IsMadeAnyway(state)));
            state = state with { Id = id, Outputs = outputs };
        }
        @new.State = Dated(state);
        MarkReplaced(step);
    }

    private void Update(Step step, TrackedResource old, TrackedResource @new)
    {
        var (was, state) = (old.State, @new.State);
        var outputs = state.Custom
            ? context.Hooks.Retried(step, () => context.Providers.Managing(state.Type).Update(state.Urn, was, state.Inputs, IsPreview))
            : was.Outputs;
        @new.State = Dated(state with { Id = was.Id, Outputs = outputs, ImportId = was.ImportId }) with { Created = was.Created };
    }

    private void Delete(Step step)
    {
        var old = step.Old!;
        var state = old.State;
        if (step.Operation == Operation.Delete && state.Protect)
        {
            throw new ProviderException(
                $"resource \"{state.Urn}\" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the `protect` flag "
                + "from the resource in your Pulumi program and run `pulumi up`, "
                + $"or use the command:\n`pulumi state unprotect '{state.Urn}'`");
        }
        if (!IsPreview && state is { Custom: true, RetainOnDelete: false, External: false })
        {
            context.Hooks.Retried(step, () =>
            {
                context.Providers.Managing(state.Type).Delete(state);
                return true;
            });
        }
        if (step.PendingReplacement)
        {
            old.State = state with { PendingReplacement = true };
        }
    }

    private void Read(Step step)
    {
        var @new = step.New!;
        var state = @new.State;
        var id = state.Id!;
        // What was read before is still there as it was
        var known = step.Old is { State: { External: true } was } && was.Id == id && !was.Outputs.ContainsUnknowns ? was.Outputs : PropertyMap.Empty;
        if (context.Request.Answers.Resource(state.Type, id) is { } answer)
        {
            known = answer.State ?? throw new ProviderException($"resource '{id}' does not exist");
        }
        var import = step.Operation is Operation.Import or Operation.ImportReplacement;
        var read = state.Type == StackReferences.Type
            ? StackReferences.Read(context.Request, state)
            : context.Providers.Managing(state.Type).Read(state.Urn, state.Type, id, state.Inputs, known, IsPreview)
            ?? throw new ProviderException($"resource '{id}' does not exist");
        @new.State = Dated(state with { Id = read.Id, Outputs = read.Outputs, Inputs = import ? read.Inputs : state.Inputs });
        if (!import)
        {
            @new.State = @new.State with { Created = "", Modified = "" };
        }
        MarkReplaced(step);
    }

    // Of most resources nobody says that they are not as they were
    private void Refresh(Step step)
    {
        var (old, state) = (step.Old!, step.Old!.State);
        if (!state.Custom || ProviderReference.IsProviderType(state.Type) || context.Request.Answers.Resource(state.Type, state.Id) is not { } answer)
        {
            return;
        }
        if (answer.State is not { } now)
        {
            step.Found = Operation.Delete;
            context.Snapshot.Refresh(old, state: null);
            context.Planner.Forget(old);
            return;
        }
        var read = state with { Outputs = ResourceAnswer.Over(state.Outputs, now), Inputs = ResourceAnswer.Given(state.Inputs, now) };
        if (!Differ.Same(state.Outputs, read.Outputs))
        {
            step.Found = Operation.Update;
            context.Snapshot.Refresh(old, Dated(read) with { Created = state.Created });
        }
    }

    // A resource that was replaced stays until the end, when nothing depends on it any more
    private static void MarkReplaced(Step step)
    {
        if (step is { DeletesLater: true, Old: { } old })
        {
            old.State = old.State with { Delete = true };
        }
    }

    private ResourceState Dated(ResourceState state)
    {
        if (IsPreview)
        {
            return state;
        }
        var now = CheckpointWriter.Time(DateTimeOffset.UtcNow);
        return state with { Created = now, Modified = now };
    }
}
