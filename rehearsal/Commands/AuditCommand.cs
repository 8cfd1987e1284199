using System.CommandLine;
using Rehearsal.Auditing;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>audit OLD [NEW]</c>: what of a comparison is worth a second look, for people, pull requests and other programs.</summary>
internal sealed class AuditCommand : ICommand
{
    private readonly Option<string> _format = SharedOptions.Format(
        "How to write it; markdown is a comment of a pull request, html one page, sarif for code scanning.", "text", "json", "markdown", "html", "sarif");

    private readonly OutputFile _output = new();

    private readonly Option<string?> _failOn = new("--fail-on")
    {
        Description = "Exit with code 5 when a finding is as grave as this, or graver.",
        HelpName = string.Join('|', Severities.Words),
    };

    private readonly Option<string?> _artefact = new("--artefact")
    {
        Description = "Where the whole report will be: markdown links to it.",
        HelpName = "URL",
    };

    public Command Build(CommandHost host)
    {
        var sides = new Sides();
        var command = new Command("audit", "Say what is risky in what lies between two revisions, stack files, plans or states of a stack.");
        sides.AddTo(command);
        command.Add(_format);
        command.Add(_output.Option);
        _failOn.AcceptOnlyFromAmong([.. Severities.Words]);
        command.Add(_failOn);
        command.Add(_artefact);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, host, sides, cancellation));
        return command.WithExamples(
            "./platform audit main --stack prod                                  what this branch risks",
            "./platform audit before.json after.json --format html -o audit.html a page for who was not there",
            "./platform audit main --stack prod --format markdown -o comment.md  a comment of a pull request",
            "./platform audit state.json plan.json --fail-on high                exit code 5 when something is high or critical")
            .WithExitCodes((ExitCodes.PolicyViolation, "A finding is as grave as --fail-on says, or graver."));
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandHost host, Sides sides, CancellationToken cancellation)
    {
        var format = parsed.GetRequiredValue(_format);
        Severity? limit = parsed.GetValue(_failOn) is { } given ? (Severity)Severities.Words.IndexOf(given) : null;
        var artefact = parsed.GetValue(_artefact);
        var file = _output.Path(parsed, host);
        var audit = Audit.Of(await sides.CompareAsync(parsed, host, cancellation));
        if (format == "text" && file is null)
        {
            AuditText.Write(host.Terminal, audit);
        }
        else
        {
            var text = format switch
            {
                "json" => AuditJson.Text(audit),
                "markdown" => AuditMarkdown.Text(audit, artefact),
                "html" => AuditHtml.Text(audit),
                "sarif" => AuditSarif.Text(audit),
                _ => PlainText(audit),
            };
            await _output.WriteAsync(host, file, text, audit.Summary, cancellation);
        }
        if (!audit.Reaches(limit))
        {
            return ExitCodes.Success;
        }
        var grave = audit.Findings.Count(finding => finding.Severity >= limit);
        var reach = limit == Severity.Critical ? "critical" : $"{limit!.Value.Word()} or graver";
        host.Terminal.WriteError(
            new StyledText("error: ", TextStyle.Error), $"{grave} finding{(grave == 1 ? " is" : "s are")} {reach}, which --fail-on refuses.");
        return ExitCodes.PolicyViolation;
    }

    private static string PlainText(Audit audit)
    {
        using var text = new StringWriter { NewLine = "\n" };
        AuditText.Write(new Terminal(text, TextWriter.Null, colouredOutput: false, colouredError: false), audit);
        return text.ToString();
    }
}
