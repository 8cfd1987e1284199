using System.CommandLine;
using Rehearsal.Events;
using Rehearsal.Policies;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;

namespace Rehearsal.Commands;

/// <summary><c>report STACK</c>: the plan as a page, for people who would rather look than read.</summary>
internal sealed class ReportCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var output = new OutputFile();
        var docs = new Option<string?>("--docs")
        {
            Description = "Where the project's folder docs is on the web; without it links lead to the files, from where the page is written to.",
            HelpName = "URL",
        };
        return Build(
            host,
            new Command("report", "Write what a stack has as one page: by concept, with its inputs, a picture and what is against the rules."),
            [output.Option, docs],
            (parsed, target, request, cancellation) => RunAsync(
                host, target, request, output, output.Path(parsed, host), Address(parsed.GetValue(docs)), parsed.IsVerbose(), cancellation)).WithExamples(
            "./platform report prod -o prod.html        then open it: it needs no network",
            "./platform report prod --docs https://git.example.com/platform/blob/main/docs -o prod.html",
            "./platform report dev --program ../other   of any other Pulumi program; its docs/concepts.yaml says what links where");
    }

    private static async Task<int> RunAsync(CommandHost host, StackTarget target, RehearsalRequest request, OutputFile output, string? file, string? docs,
        bool verbose, CancellationToken cancellation)
    {
        // What is wrong with these files is said before the program runs
        var (waivers, pages) = (WaiversOf(target, request), ConceptPages.Read(target.Project));
        var result = await RehearseAsync(host, request, live: file is not null, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        var report = PlanReport.Of(
            SideRehearsal.Planned(result, "the program", target.Stack, target.Project.Name), PolicyCheck.Run(Kept(result), waivers, host.Today()), pages);
        report = report with
        {
            Notes =
            [
                .. report.Notes, .. result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error)
                    .Select(diagnostic => diagnostic.Message.Trim()).Distinct(StringComparer.Ordinal).Take(20),
            ],
        };
        var folder = Path.GetRelativePath(file is null ? host.CurrentFolder : Path.GetDirectoryName(file)!, pages.Folder);
        var text = ReportHtml.Text(report, page => Link(docs, folder, page));
        await output.WriteAsync(host, file, text, $"{report.Links.Count} resources and components of {target.Stack}", cancellation);
        return ExitCodes.Success;
    }

    // Each part on its own, so that no name is taken for something else
    private static string Link(string? docs, string folder, string page)
    {
        var (path, anchor) = page.Split('#', 2) is [var before, var after] ? (before, $"#{Uri.EscapeDataString(after)}") : (page, "");
        var escaped = string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return docs is not null ? $"{docs}/{escaped}{anchor}"
            : $"{string.Join('/', folder.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString))}/{escaped}{anchor}";
    }

    private static string? Address(string? docs) => docs is null ? null
        : Uri.TryCreate(docs, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address.AbsoluteUri.TrimEnd('/')
            : throw new BadInputException($"--docs {docs} is no address of a folder.", "Give one that begins with https:// and has neither ? nor #.");
}
