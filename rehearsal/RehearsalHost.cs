using System.Collections.Immutable;
using System.Diagnostics;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Programs;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Services;
using Rehearsal.Wire;

namespace Rehearsal;

/// <summary>An engine that lives as long as one run of one program.</summary>
public sealed class RehearsalHost : IRehearsalHost
{
    private readonly SchemaStore _schemas;

    /// <summary>A host that checks inputs against the schemas beside this assembly.</summary>
    public RehearsalHost()
        : this(SchemaStore.Bundled)
    {
    }

    internal RehearsalHost(SchemaStore schemas) => _schemas = schemas;

    public async Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var secrets = new SecretFilter();
        string[] sealedTexts = [.. request.SecretKeys.Where(request.Config.ContainsKey).Select(key => request.Config[key])];
        foreach (var text in sealedTexts)
        {
            secrets.LearnText(text);
            secrets.LearnText(ConfigSecrets.Base64(text));
        }

        var configSecrets = new ConfigSecrets(sealedTexts);
        var stream = new EventStream(events, secrets);
        var context = new EngineContext(request, new ResourceGraph(), stream, secrets, new StepRecorder(stream));
        stream.Report(new PreludeEvent(Masked(request)));
        var engineFailed = false;
        await using var server = Verbs.Server(context, _schemas, (failure, cause) =>
        {
            engineFailed = true;
            stream.Error(failure);
            stream.Report(new Diagnostic(DiagnosticSeverity.Debug, cause.ToString()));
        });
        try
        {
            await server.StartAsync(cancellation);
            var exit = await new ProgramProcess(request.Program, ProgramEnvironment.For(request, server.Address), stream).RunAsync(cancellation);
            if (exit is { } code && ProgramExit.Problem(code, context.Graph.Root is not null, context.Graph.Root?.OutputsRegistered ?? false, stream.Failed) is { } problem) stream.Error(problem);
            return Finish(engineFailed ? RehearsalOutcome.EngineFailed : stream.Failed ? RehearsalOutcome.ProgramFailed : RehearsalOutcome.Succeeded, exit);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            stream.Report(new CancelEvent());
            return Finish(RehearsalOutcome.Cancelled, exit: null);
        }

        RehearsalResult Finish(RehearsalOutcome outcome, int? exit)
        {
            var plan = Hidden(context.Steps.Plan, configSecrets);
            stream.Report(new SummaryEvent(IsPreview: true, clock.Elapsed, plan.Changes));
            return new RehearsalResult
            {
                Outcome = outcome,
                Plan = plan,
                Outputs = configSecrets.Mark(context.Graph.Root?.State.Outputs ?? PropertyMap.Empty),
                Diagnostics = stream.Diagnostics,
                Duration = clock.Elapsed,
                ProgramExitCode = exit,
            };
        }
    }

    private static Plan Hidden(Plan plan, ConfigSecrets secrets) => secrets.IsEmpty ? plan : new([.. plan.Steps.Select(step => step with
    {
        Old = step.Old is { } old ? old with { Inputs = secrets.Mark(old.Inputs), Outputs = secrets.Mark(old.Outputs) } : null,
        New = step.New is { } @new ? @new with { Inputs = secrets.Mark(@new.Inputs), Outputs = secrets.Mark(@new.Outputs) } : null,
    })]);

    private static ImmutableSortedDictionary<string, string> Masked(RehearsalRequest request)
        => request.Config.ToImmutableSortedDictionary(c => c.Key, c => request.SecretKeys.Contains(c.Key) ? PropertyMask.Text : c.Value, StringComparer.Ordinal);
}
