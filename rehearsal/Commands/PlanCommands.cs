using System.Collections.Immutable;
using System.CommandLine;
using Rehearsal.Events;
using Rehearsal.Functions;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Planning;
using Rehearsal.Policies;
using Rehearsal.Rendering;
using Rehearsal.Schemas;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary>A command that rehearses a program and shows what came of it; its derived classes say what they show.</summary>
internal abstract class PlanCommand : ICommand
{
    private readonly Argument<string> _stack = SharedOptions.Stack();
    private readonly Option<string?> _program = SharedOptions.Program();
    private readonly Option<string?> _configFile = SharedOptions.ConfigFile();
    private readonly Option<string[]> _stackOutputs = SharedOptions.StackOutputs();
    private readonly Option<string?> _answers = SharedOptions.Answers();

    public abstract Command Build(CommandHost host);

    /// <summary>Completes a command with the stack before its own options, the options of all plans after them, and its action.</summary>
    protected Command Build(
        CommandHost host, Command command, IReadOnlyList<Option> own, Func<ParseResult, StackTarget, RehearsalRequest, CancellationToken, Task<int>> run)
    {
        command.Add(_stack);
        foreach (var option in own.Concat([_program, _configFile, _stackOutputs, _answers]))
        {
            command.Add(option);
        }
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Find(host, parsed.GetRequiredValue(_stack), parsed.GetValue(_program), parsed.GetValue(_configFile));
            var answers = parsed.GetValue(_answers) is { } file
                ? AnswersFile.Read(Path.GetFullPath(file, host.CurrentFolder), SchemaStore.Bundled) : Answers.None;
            var request = target.Request(target.Config(host), StackOutputFiles.Read(parsed.GetRequiredValue(_stackOutputs), host.CurrentFolder))
                with
            { Answers = answers };
            return run(parsed, target, request, cancellation);
        });
        return command;
    }

    /// <summary>Runs the engine, with the growing plan on the terminal where there is one.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="request">What to rehearse.</param>
    /// <param name="live">Whether the growing plan may be shown.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="log">Puts a log of events in front of whoever watches.</param>
    protected static async Task<RehearsalResult> RehearseAsync(
        CommandHost host, RehearsalRequest request, bool live, CancellationToken cancellation, Func<IProgress<EngineEvent>, EventLog?>? log = null)
    {
        var progress = live && host.Terminal.IsLive ? new LivePlan(host.Terminal, request.Stack, request.Project) : null;
        IProgress<EngineEvent> watcher = progress is null ? Unwatched.Instance : progress;
        using var file = log?.Invoke(watcher);
        // The program starts first: the library that draws is loaded while it does.
        var running = host.Engine().RunAsync(request, file ?? watcher, cancellation);
        if (progress is not null)
        {
            await progress.ShowAsync(running);
        }
        var result = await running;
        file?.Finish(result.Secrets);
        return result with { Plan = result.Plan.WithoutDefaultProviders().Ordered(), Diagnostics = Placed(host, result.Diagnostics, request.Places) };
    }

    // The program knows the keys of its settings, and not where they stand
    private static ImmutableArray<Diagnostic> Placed(CommandHost host, ImmutableArray<Diagnostic> diagnostics, ConfigPlaces places)
    {
        var found = new List<FileProblem>();
        ImmutableArray<Diagnostic> placed = [.. diagnostics.Select(diagnostic =>
        {
            if (diagnostic.Severity is not (DiagnosticSeverity.Error or DiagnosticSeverity.Warning))
            {
                return diagnostic;
            }
            var (text, problems) = PlacedLines.In(diagnostic.Message, places, diagnostic.Severity == DiagnosticSeverity.Warning);
            found.AddRange(problems);
            return diagnostic with { Message = text };
        })];
        host.Annotate(found.Distinct());
        return placed;
    }

    /// <summary>What is waived in the stack file, see <see cref="PolicyCommand"/>.</summary>
    /// <exception cref="BadInputException">It has another form.</exception>
    protected static ImmutableArray<Waiver> WaiversOf(StackTarget target, RehearsalRequest request)
    {
        var key = KeyOfWaivers(target);
        return Waiver.Read(request.Config.GetValueOrDefault(key), key, request.Places);
    }

    protected static string KeyOfWaivers(StackTarget target) => $"{target.Project.Name}:{Waiver.Setting}";

    /// <summary>What a plan leaves behind and manages, which is what rules speak of.</summary>
    protected static IEnumerable<ResourceState> Kept(RehearsalResult result) => result.Plan.Steps
        .Where(step => step.Operation is not (Operation.Delete or Operation.Read)).Select(step => step.New).OfType<ResourceState>();
}

/// <summary><c>outputs STACK</c>: what the program would export.</summary>
internal sealed class OutputsCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var format = SharedOptions.Format("How to write them; json has the shape of `pulumi stack output --json`.", "text", "json");
        var (showSecrets, state) = (SharedOptions.ShowSecrets(), SharedOptions.State());
        return Build(
            host,
            new Command("outputs", "Show what the program would export, without a cloud; what was rehearsed with `up` is known."),
            [format, showSecrets, state],
            (parsed, target, request, cancellation) => RunAsync(
                host, request with
                {
                    State = SharedOptions.StateFolder(host, target.Project, target.Stack,
                    parsed.GetValue(state)).Read(StateSealing.Opener(host))
                }, parsed.GetValue(format) == "json", parsed.GetValue(showSecrets), parsed.IsVerbose(),
                    cancellation)).WithExamples(
            "./platform outputs dev                     values that only a deployment knows read [unknown], secrets [secret]",
            "./platform outputs dev --json              for other tools, with the same two words",
            "pulumi stack output --json --stack dev     the same of a stack that is deployed");
    }

    private static async Task<int> RunAsync(
        CommandHost host, RehearsalRequest request, bool json, bool showSecrets, bool verbose, CancellationToken cancellation)
    {
        var result = await RehearseAsync(host, request, live: false, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        DiagnosticRenderer.Write(host.Terminal, result.Diagnostics, verbose, toError: true);
        var outputs = showSecrets ? PropertyMask.Reveal(result.Outputs) : PropertyMask.Mask(result.Outputs);
        var readable = PropertyText.Readable(outputs);
        foreach (var line in json ? [JsonText.Write(JsonText.Lines, writer => PropertyJson.Write(writer, readable))] : PropertyText.Lines(outputs))
        {
            host.Terminal.Write(line);
        }
        return ExitCodes.Success;
    }
}

/// <summary><c>manifests STACK -o DIR</c>: the plan's Kubernetes objects as files.</summary>
internal sealed class ManifestsCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "The folder to write to; made when it is not there.",
            HelpName = "DIR",
            Required = true,
        };
        var showSecrets = SharedOptions.ShowSecrets();
        return Build(
            host,
            new Command("manifests", "Write one YAML file for every Kubernetes object of the plan."),
            [output, showSecrets],
            (parsed, target, request, cancellation) =>
            {
                var folder = Path.GetFullPath(parsed.GetRequiredValue(output), host.CurrentFolder);
                // Who shows secrets wants to use them.
                var made = request with { MakesValues = parsed.GetValue(showSecrets) };
                return RunAsync(host, target.Stack, made, folder, parsed.GetValue(showSecrets), parsed.IsVerbose(), cancellation);
            }).WithExamples(
            "./platform manifests dev -o out                  out/README.md says which files are whole, which patch and which lack something",
            "./platform manifests dev -o out --show-secrets   for a cluster without Pulumi, with passwords and keys of their own: keep the folder safe",
            "kubectl apply --dry-run=server -f out            what a cluster thinks of the whole ones");
    }

    private static async Task<int> RunAsync(
        CommandHost host, string stack, RehearsalRequest request, string folder, bool showSecrets, bool verbose, CancellationToken cancellation)
    {
        var result = await RehearseAsync(host, request, live: true, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        DiagnosticRenderer.Write(host.Terminal, result.Diagnostics, verbose);
        var objects = KubernetesObjects.Find(result.Plan, showSecrets);
        var files = ManifestFile.All(stack, objects, ExportedFile.Find(showSecrets ? PropertyMask.Reveal(result.Outputs) : PropertyMask.Mask(result.Outputs)));
        ManifestFolder.Write(folder, stack, files, @private: showSecrets);
        foreach (var file in verbose ? files : [])
        {
            host.Terminal.Write($"  {file.Name}");
        }
        host.Terminal.Write($"{ManifestFile.Summary(objects)} of {stack} in {folder}");
        foreach (var urn in KubernetesObjects.WithoutManifest(result.Plan))
        {
            host.Terminal.Write($"No manifest for {Terminal.OneLine(urn.Type)} ({Terminal.OneLine(urn.Name)}): it is not a single object.");
        }
        return ExitCodes.Success;
    }
}
