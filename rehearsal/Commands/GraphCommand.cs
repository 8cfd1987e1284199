using System.CommandLine;
using Rehearsal.Comparing;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>graph STACK</c>: a picture of the plan.</summary>
internal sealed class GraphCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var format = SharedOptions.Format("How to draw it; dot is for Graphviz, mermaid for Markdown.", "svg", "dot", "mermaid");
        var output = new OutputFile();
        return Build(
            host,
            new Command("graph", "Draw the plan: components as boxes, resources inside, and what needs what."),
            [format, output.Option],
            (parsed, target, request, cancellation) => RunAsync(
                host, target, request, parsed.GetRequiredValue(format), output, output.Path(parsed, host),
                    parsed.IsVerbose(), cancellation)).WithExamples(
            "./platform graph prod -o prod.svg                      for a browser; point at a line to read what needs what",
            "./platform graph dev --format mermaid                  for a Markdown file, between ```mermaid and ```",
            "./platform graph dev --format dot | dot -Tpdf > dev.pdf",
            "./platform graph dev --program 'node index.js'         of any other Pulumi program");
    }

    private static async Task<int> RunAsync(CommandHost host, StackTarget target, RehearsalRequest request, string format, OutputFile output, string? file,
        bool verbose, CancellationToken cancellation)
    {
        var result = await RehearseAsync(host, request, live: file is not null, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        var graph = PlanGraph.Of(SideSecrets.Mark(SideRehearsal.Planned(result, "the program", target.Stack, target.Project.Name)), _ => null);
        var (text, warning) = format switch
        {
            "dot" => (GraphDot.Text(graph), null),
            "mermaid" => GraphMermaid.Text(graph),
            _ => (GraphSvg.File(graph), null),
        };
        await output.WriteAsync(host, file, text, graph.Title, cancellation);
        if (warning is not null)
        {
            host.Terminal.WriteError(new StyledText("warning: ", TextStyle.Warning), warning);
        }
        return ExitCodes.Success;
    }
}

/// <summary>Where a command puts the one text that it makes: into the file that <c>-o</c> names, whole or not at all, or on the output.</summary>
internal sealed class OutputFile
{
    public Option<string?> Option { get; } = new("--output", "-o") { Description = "Write it to this file instead of the output.", HelpName = "FILE" };

    /// <summary>The file's path; null without one.</summary>
    /// <exception cref="BadInputException">It is a folder.</exception>
    public string? Path(ParseResult parsed, CommandHost host)
    {
        if (parsed.GetValue(Option) is not { } given)
        {
            return null;
        }
        var path = given.Length == 0 ? "" : System.IO.Path.GetFullPath(given, host.CurrentFolder);
        return path.Length > 0 && !Directory.Exists(path) && System.IO.Path.GetFileName(path).Length > 0 ? path
            : throw new BadInputException($"--output '{given}' is no file that could be written.", "Give the name of a file: -o report.html");
    }

    /// <summary>Writes the text.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="path">The file; null for the output.</param>
    /// <param name="text">All of it.</param>
    /// <param name="summary">What is told instead where a file takes it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WriteAsync(CommandHost host, string? path, string text, string summary, CancellationToken cancellation)
    {
        if (path is null)
        {
            await host.Terminal.Output.WriteAsync(text.AsMemory(), cancellation);
            return;
        }
        AtomicFile.Write(path, text);
        host.Terminal.Write($"{summary}; written to {System.IO.Path.GetRelativePath(host.CurrentFolder, path)}.");
    }
}
