using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Operate.Adopting;
using Operate.Clusters;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Operate.Commands;

/// <summary><c>adopt NAME</c>: takes over what kubectl or Helm made: writes the stack file that describes it, and the file for <c>pulumi import</c>.</summary>
internal sealed class AdoptCommand : ICommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The stack: Pulumi.NAME.yaml is written beside Pulumi.yaml." };

    private readonly Option<string> _context = new("--context")
    {
        Description = "The context of the cluster in the kubeconfig.",
        HelpName = "CONTEXT",
        Required = true,
    };

    private readonly Option<string[]> _namespaces = new("--namespace", "-n")
    {
        Description = "A namespace of the installation: that of Seqera Platform and Studios, that of a compute environment; may be repeated.",
        HelpName = "NAMESPACE",
        Required = true,
    };

    private readonly Option<string?> _kubeconfig = LiveOptions.Kubeconfig();

    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the stack file as it is, and write the file for the import anew." };

    private readonly Option<bool> _force = new("--force") { Description = "Write over a stack file that is there." };

    private readonly Option<string> _format = SharedOptions.Format("How to say what was found.", "text", "json");

    public Command Build(CommandHost host)
    {
        var command = new Command(
            "adopt", "Describe an installation that kubectl or Helm made as a stack, and write the file for `pulumi import`; nothing is changed on it.")
        {
            _name, _context, _namespaces, _kubeconfig, _keep, _force, _format,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, host, cancellation));
        return command.WithExamples(
            "./platform adopt prod --context prod-admin --namespace seqera-platform",
            "./platform adopt prod --context prod-admin -n seqera-platform -n tower-nf    Studios and a compute environment in one stack",
            "./platform adopt prod --context prod-admin -n seqera-platform --keep         once you have corrected Pulumi.prod.yaml");
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandHost host, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        var project = StackTarget.OwnProjectFile(host);
        var (files, keep) = (AdoptedFiles.For(project, name), parsed.GetValue(_keep));
        files.Check(keep, parsed.GetValue(_force));
        var context = parsed.GetRequiredValue(_context);
        var access = new ClusterAccess
        {
            File = parsed.PathOf(_kubeconfig, host),
            Context = context,
            Environment = host.Environment,
        };
        try
        {
            using var reader = await access.OpenAsync(cancellation);
            var namespaces = ImmutableArray.CreateBuilder<LiveNamespace>();
            foreach (var place in parsed.GetRequiredValue(_namespaces).Distinct(StringComparer.Ordinal))
            {
                namespaces.Add(await LiveNamespace.ReadAsync(reader, place, cancellation));
            }

            var draft = AdoptionDraft.Write(name, context, namespaces);
            if (draft.IsEmpty && !keep)
            {
                throw new BadInputException(
                    $"There is nothing in {string.Join(", ", namespaces.Select(live => live.Name))} that this program knows: "
                    + "no connect-proxy, and no launcher of Seqera Platform.",
                    $"{string.Join(" ", draft.Notes)} Name the namespace of the installation: kubectl get deployments --all-namespaces.".TrimStart())
                { ExitCode = ExitCodes.Failure };
            }

            files.WriteStack(draft, keep);
            return await ImportAsync(host, files, draft, reader, parsed.GetRequiredValue(_format) == "json", cancellation);
        }
        catch (ClusterException trouble)
        {
            throw new BadInputException(trouble.Message, trouble.Fix, trouble) { ExitCode = ExitCodes.Failure };
        }
    }

    private static async Task<int> ImportAsync(
        CommandHost host, AdoptedFiles files, AdoptionDraft draft, ClusterReader reader, bool json, CancellationToken cancellation)
    {
        var target = StackTarget.Find(host, files.Name, null, files.Stack);
        var result = await host.Engine().RunAsync(target.Request(target.Config(host), _ => null), Unwatched.Instance, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose: false);
            Notes(host.Terminal, draft.Notes);
            host.Terminal.WriteError($"{Path.GetFileName(files.Stack)} is written, and needs you: correct it, then run adopt again with --keep.");
            return ExitCodes.From(result.Outcome);
        }

        var objects = new LiveObjects(reader);
        var found = await objects.FindAsync(result.Plan, cancellation);
        var (text, before) = ImportFile.Render(result.Plan, found.ToDictionary(item => item.Urn, item => item.Id));
        files.WriteImport(text);
        var created = result.Plan.Steps.Count(step => step.New is { Custom: true, External: false } state && !ProviderReference.IsProviderType(state.Type)
            && found.All(item => item.Urn != state.Urn));
        var notes = draft.Notes.AddRange(objects.Unseen);
        if (json)
        {
            host.Terminal.Write(Json(files, found, created, notes));
        }
        else
        {
            Text(host.Terminal, files, found, created, before, notes);
        }

        return objects.Unseen.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Text(
        Terminal terminal, AdoptedFiles files, ImmutableArray<FoundObject> found, int created, ImmutableArray<Urn> before, ImmutableArray<string> notes)
    {
        foreach (var item in found)
        {
            var (sign, style) = item.IsReplaced ? ("+-", TextStyle.Replaced) : item.Differences.IsEmpty ? ("= ", TextStyle.Faint) : ("~ ", TextStyle.Updated);
            terminal.Write(new StyledText($" {sign} ", style), $"{item.Kind} {Terminal.OneLine(item.Id)}");
            foreach (var difference in item.Differences)
            {
                terminal.Write(
                    $"      {Terminal.OneLine(difference.Path)}: {Short(difference.Live)} -> {Short(difference.Planned)}",
                    new StyledText(difference.Replaces ? "  (makes it anew)" : "", TextStyle.Replaced));
            }
        }

        var (replaced, changed) = (found.Count(item => item.IsReplaced), found.Count(item => !item.IsReplaced && !item.Differences.IsEmpty));
        terminal.Write($"{found.Length} objects are there and imported: {found.Length - replaced - changed} as they are, {changed} to change, "
            + $"{replaced} to make anew; {created} resources are new.");
        Notes(terminal, notes);
        string[] written = [files.Stack, files.Import, .. before.IsEmpty ? Array.Empty<string>() : [files.ClusterOnly]];
        terminal.Write($"Written: {string.Join(", ", written.Select(Path.GetFileName))}. Next:");
        string[] steps =
        [
            $"./platform config {files.Name} --check",
            $"pulumi stack init {files.Name}",
            .. before.IsEmpty ? Array.Empty<string>() : [$"pulumi up --stack {files.Name} --config-file {Path.GetFileName(files.ClusterOnly)}"],
            $"pulumi import --stack {files.Name} --file {Path.GetFileName(files.Import)} --generate-code=false --protect=false",
            $"pulumi preview --stack {files.Name} --diff",
        ];
        foreach (var step in steps)
        {
            terminal.Write($"  {step}");
        }
    }

    private static void Notes(Terminal terminal, ImmutableArray<string> notes)
    {
        foreach (var note in notes)
        {
            terminal.Write(new StyledText("note: ", TextStyle.Strong), Terminal.OneLine(note));
        }
    }

    private static string Json(AdoptedFiles files, ImmutableArray<FoundObject> found, int created, ImmutableArray<string> notes) => new JsonObject
    {
        ["stack"] = files.Name,
        ["stackFile"] = files.Stack,
        ["importFile"] = files.Import,
        ["imported"] = new JsonArray([.. found.Select(item => new JsonObject
        {
            ["urn"] = item.Urn.Value,
            ["kind"] = item.Kind,
            ["id"] = item.Id,
            ["replaced"] = item.IsReplaced,
            ["differences"] = new JsonArray([.. item.Differences.Select(difference => new JsonObject
            {
                ["path"] = difference.Path, ["live"] = difference.Live, ["planned"] = difference.Planned, ["replaces"] = difference.Replaces,
            })]),
        })]),
        ["created"] = created,
        ["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]),
    }.ToJsonString(JsonText.Indented);

    private static string Short(string value)
    {
        const int Most = 80;
        var line = Terminal.OneLine(value);
        return line.Length == 0 ? "(absent)" : line.Length <= Most ? line : $"{line[..Most]}…";
    }
}
