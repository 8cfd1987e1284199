using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Registration;
using Rehearsal.State;

namespace Rehearsal.Execution;

/// <summary>What an operation does besides answering the program: it reads the state anew, deletes what is left over, and says at its end whether it
/// failed.</summary>
internal sealed class Operations(EngineContext context)
{
    private bool _refused;

    /// <summary>Deletes all resources, or those that the operator names and what cannot stay without them.</summary>
    public void Destroy()
    {
        Begin();
        if (!MissingTargets() && !HasDeleteHooks() && Delete() is { } steps)
        {
            // What stays is said, too
            if (context.Plan.IsConstrained)
            {
                var gone = steps.Select(step => step.Old!).ToHashSet<TrackedResource>(ReferenceEqualityComparer.Instance);
                Run([.. context.Plan.Olds.Where(old => !gone.Contains(old) && !old.State.Delete)
                    .Select(old => new Step { Operation = Operation.Same, Old = old, New = new TrackedResource(old.State) })]);
            }
            Run(steps);
        }
    }

    /// <summary>Reads every resource anew and keeps what it found.</summary>
    public void Refresh()
    {
        if (!MissingTargets())
        {
            RefreshFirst();
        }
    }

    /// <summary>Reads every resource anew where the operator wants that before anything is planned; else says what an earlier run left unfinished.</summary>
    public void Begin()
    {
        if (context.Request.Options.Refresh)
        {
            RefreshFirst();
        }
        else if (!context.Request.IsPreview && !context.Request.State.Pending.IsEmpty)
        {
            context.Events.Warning(Unfinished(context.Request.State.Pending));
        }
    }

    private void RefreshFirst() => Run([.. context.Plan.Olds
        .Where(old => !old.State.Delete && (!context.Plan.IsConstrained || context.Plan.IsTarget(old.Urn)))
        .Select(old => new Step { Operation = Operation.Refresh, Old = old, New = old })]);

    /// <summary>Deletes what was replaced and what the program no longer has.</summary>
    public void DeleteTheRest()
    {
        if (!MissingTargets() && Delete() is { } steps)
        {
            Run(steps);
        }
    }

    /// <summary>Writes what is not written yet, and says whether the operation failed.</summary>
    public void Finish()
    {
        context.Executor.Flush();
        if (context.Executor.Failed || context.SawErrors > 0 || _refused)
        {
            context.Events.Error(context.Request.IsPreview ? "preview failed" : "update failed");
        }
    }

    private ImmutableArray<Step>? Delete()
    {
        try
        {
            lock (context.Planner)
            {
                return new Deletions(context.Plan, context.Planner.Notes).Steps();
            }
        }
        catch (PlanningException e)
        {
            _refused = true;
            context.End(e);
            return null;
        }
    }

    // Pulumi's own words (pulumi/pulumi pkg/resource/deploy/deployment_executor.go, 3.x)
    private static string Unfinished(ImmutableArray<PendingOperation> pending)
        => $"Attempting to deploy or update resources with {pending.Length} pending operations from previous deployment.\n"
            + string.Concat(pending.Select(operation => $"  * {operation.Resource.Urn}, interrupted while {operation.Kind}\n"))
            + "These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these resources to complete. "
            + "You should confirm whether or not the operations listed completed successfully by checking the state of the appropriate provider. "
            + "For example, if you are using AWS, you can confirm using the AWS Console.\n\n"
            + "Once you have confirmed the status of the interrupted operations, you can repair your stack using `pulumi refresh` "
            + "which will refresh the state from the provider you are using and clear the pending operations if there are any.\n\n"
            + "Note that `pulumi refresh` will need to be run interactively to clear pending CREATE operations.";

    // A name that stands for nothing is more likely a mistake than a wish
    private bool MissingTargets()
    {
        var known = context.Plan.Olds.Select(old => old.Urn.Value).Concat(context.Planner.Notes.Urns).ToHashSet(StringComparer.Ordinal);
        var missing = context.Plan.MissingTargets.Where(urn => !known.Contains(urn)).Order(StringComparer.Ordinal).ToArray();
        foreach (var urn in missing)
        {
            // Where a $ arrived, the shell did not take it
            var hint = urn.Contains('$', StringComparison.Ordinal) ? "" : " Did you forget to escape $ in your shell?";
            context.Events.Error($"Target '{urn}' could not be found in the stack.{hint}");
        }
        return missing.Length > 0;
    }

    // Without the program there is nobody to run them
    private bool HasDeleteHooks()
    {
        var found = false;
        foreach (var state in context.Plan.Olds.Select(old => old.State))
        {
            string[] names =
            [
                .. state.Hooks.GetValueOrDefault(nameof(HookKind.BeforeDelete), []), .. state.Hooks.GetValueOrDefault(nameof(HookKind.AfterDelete), []),
            ];
            if (names.Length > 0)
            {
                found = true;
                context.Events.Error($"Resource has delete hooks registered, but the program is not running. Hooks: {string.Join(", ", names)}", state.Urn);
            }
        }
        if (found)
        {
            context.Events.Error("You must run with the `--run-program` flag to use delete hooks during destroy. "
                + "A rehearsal of `destroy` runs no program: take the hooks out of the program and `up` first, or destroy with the Pulumi CLI.");
        }
        return found;
    }

    private void Run(ImmutableArray<Step> steps)
    {
        foreach (var step in steps)
        {
            if (!context.Executor.Run([step]))
            {
                return;
            }
        }
    }
}
