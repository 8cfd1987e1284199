using System.CommandLine;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary>A command that rehearses an operation on a stack's state; its derived classes say which.</summary>
internal abstract class UpdateCommand : PlanCommand
{
    /// <summary>How a command with <c>--expect-no-changes</c> may end.</summary>
    protected static readonly (int Code, string When) ChangesPending = (ExitCodes.ChangesPending, "There are changes, and --expect-no-changes was given.");

    protected UpdateOptions Options { get; } = new();

    private readonly Option<string> _format = SharedOptions.Format(
        "How to write the plan; json has the shape of `pulumi preview --json`.", "text", "json");
    private readonly Option<bool> _diff = new("--diff") { Description = "Show what changes, property by property." };

    /// <summary>Completes a command with the options of all operations before its own.</summary>
    protected Command Build(CommandHost host, Command command, IEnumerable<Option> own, OperationKind kind) => Build(
        host, command, [_format, _diff, .. own],
        (parsed, target, request, cancellation) => AnnouncedAsync(parsed, host, target, request with { Kind = kind }, cancellation));

    // Nobody is to think that something was deployed, however it ended
    private async Task<int> AnnouncedAsync(ParseResult parsed, CommandHost host, StackTarget target, RehearsalRequest request, CancellationToken cancellation)
    {
        if (request.IsPreview)
        {
            return await RehearseAsync(parsed, host, target, request, cancellation);
        }
        var (json, real) = (IsJson(parsed), Options.RealCommand(parsed, host, target, Verb(request.Kind)));
        Say(host.Terminal, json, new StyledText(
            $"Rehearsing `{Verb(request.Kind)}` of {target.Stack} ({target.Project.Name}): nothing is deployed. `{real}` does it.", TextStyle.Strong));
        var exitCode = await CommandLine.ExplainedAsync(
            host, parsed.IsVerbose(), () => RehearseAsync(parsed, host, target, request, cancellation));
        Say(host.Terminal, json, new StyledText($"This was a rehearsal: nothing was deployed. `{real}` does it.", TextStyle.Strong));
        return exitCode;
    }

    private bool IsJson(ParseResult parsed) => parsed.GetValue(_format) == "json";

    /// <summary>Rehearses an operation and shows what came of it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The outside.</param>
    /// <param name="target">The stack.</param>
    /// <param name="request">What to rehearse.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<int> RehearseAsync(ParseResult parsed, CommandHost host, StackTarget target, RehearsalRequest request, CancellationToken cancellation)
    {
        var (json, verbose) = (IsJson(parsed), parsed.IsVerbose());
        request = Options.Apply(parsed, request);
        var folder = Options.Folder(parsed, host, target);
        using var held = request.IsPreview ? null : folder.Lock($"{Verb(request.Kind)} {target.Stack}");
        var state = request.IsPreview && Options.Against(parsed) is { } against
            ? await Against.ReadAsync(host, target, request, against, cancellation)
            : folder.Read(StateSealing.Opener(host));
        if (!request.IsPreview)
        {
            var secrets = StateSealing.For(host, target, state);
            if (secrets.Provider == StateSecrets.PassphraseProvider && Passphrase.Find(host.Environment) is null)
            {
                // As with the official CLI, before anything is done: a state that is half written helps nobody
                throw secrets.Unsealable();
            }
            state = state with { Secrets = secrets };
            if (Options.ClearsPendingCreates(parsed) && state.Pending.Any(operation => operation.IsCreation))
            {
                state = state with { Pending = state.Pending.RemoveAll(operation => operation.IsCreation) };
                folder.Write(CheckpointWriter.Write(state));
            }
            request = request with
            {
                Save = checkpoint =>
                {
                    held!.Require();
                    folder.Write(CheckpointWriter.Write(checkpoint));
                },
            };
        }
        request = request with { State = state };
        if (request.IsPreview && !json && !host.Terminal.IsLive)
        {
            host.Terminal.Write(new StyledText($"Previewing {target.Stack} ({target.Project.Name})", TextStyle.Strong));
        }
        if (verbose)
        {
            host.Terminal.WriteError(new StyledText($"+ {target.Program.Command} {string.Join(' ', target.Program.Arguments)}", TextStyle.Faint));
        }
        var result = await RehearseAsync(host, request, live: !json, cancellation, next => Options.Log(parsed, host, next));
        Show(host.Terminal, request, result, json, parsed.GetValue(_diff), verbose);
        if (!request.IsPreview && state.Pending.Any(operation => operation.IsCreation))
        {
            Say(host.Terminal, json,
                $"`./platform refresh {target.Stack} --clear-pending-creates` takes the pending creations out of the rehearsed state.");
        }
        return result.Outcome == RehearsalOutcome.Succeeded && Options.ExpectsNoChanges(parsed) && result.Plan.HasChanges ? Unexpected(host.Terminal)
            : ExitCodes.From(result.Outcome);
    }

    private static void Show(Terminal terminal, RehearsalRequest request, RehearsalResult result, bool json, bool diff, bool verbose)
    {
        if (!json)
        {
            PreviewRenderer.Write(terminal, result, verbose, diff, request.Kind);
            return;
        }
        PreviewJson.Write(terminal.Output, request, result);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            DiagnosticRenderer.Write(terminal, result.Diagnostics, verbose, toError: true);
        }
    }

    // JSON stays alone on the output
    private static void Say(Terminal terminal, bool json, StyledText line)
    {
        if (json)
        {
            terminal.WriteError(line);
        }
        else
        {
            terminal.Write(line);
        }
    }

    private static string Verb(OperationKind kind) => kind switch
    {
        OperationKind.Update => "up",
        OperationKind.Destroy => "destroy",
        OperationKind.Refresh => "refresh",
        _ => "preview",
    };

    private static int Unexpected(Terminal terminal)
    {
        ErrorRenderer.Write(terminal, "No changes were expected, and there are some.", null, null);
        return ExitCodes.ChangesPending;
    }
}

/// <summary><c>preview STACK</c>: what the program would change.</summary>
internal sealed class PreviewCommand : UpdateCommand
{
    public override Command Build(CommandHost host) => Build(
        host,
        new Command("preview", "Show what the program would change, without a cloud."),
        Options.OfPreviews,
        OperationKind.Preview).WithExamples(
        "./platform preview dev                              the plan of Pulumi.dev.yaml as a tree",
        "./platform preview dev --diff                       with what changes in each resource",
        "pulumi stack export --stack dev > dev.json",
        "./platform preview dev --diff --against dev.json    what it would do to the real stack",
        "./platform preview dev --verbose                    with the inputs of every resource",
        "./platform preview prod --json > plan.json          for other tools",
        "./platform preview dev --program 'node index.js'    another Pulumi program, in the current folder")
        .WithExitCodes(ChangesPending);
}

/// <summary><c>up STACK</c>: an update, rehearsed.</summary>
internal sealed class UpCommand : UpdateCommand
{
    public override Command Build(CommandHost host) => Build(
        host,
        new Command("up", "Rehearse an update: the state changes as if it were deployed, and nothing is."),
        Options.OfUpdates,
        OperationKind.Update).WithExamples(
        "./platform up dev                     rehearse the first deployment",
        "./platform preview dev --diff         then what a change of the stack file would do to it",
        "./platform up dev --target '**::x'    only one resource")
        .WithExitCodes(ChangesPending);
}

/// <summary><c>destroy STACK</c>: the end of a stack, rehearsed.</summary>
internal sealed class DestroyCommand : UpdateCommand
{
    public override Command Build(CommandHost host) => Build(
        host,
        new Command("destroy", "Rehearse the deletion of all resources, in the order in which they would go."),
        Options.OfDestroy,
        OperationKind.Destroy).WithExamples(
        "./platform destroy dev                     all of it",
        "./platform destroy dev --target '**::x'    one resource");
}

/// <summary><c>refresh STACK</c>: the state read anew, rehearsed.</summary>
internal sealed class RefreshCommand : UpdateCommand
{
    public override Command Build(CommandHost host) => Build(
        host,
        new Command("refresh", "Rehearse a refresh: every resource is read anew, and found as the state has it."),
        Options.OfRefresh,
        OperationKind.Refresh).WithExamples(
        "./platform refresh dev",
        "./platform refresh dev --clear-pending-creates    when a killed `up` left creations of which nobody knows the end")
        .WithExitCodes(ChangesPending);
}
