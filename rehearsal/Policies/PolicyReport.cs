using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>Writes what came of a check for people, for programs, and for code scanning.</summary>
internal static class PolicyReport
{
    /// <summary>Findings below their resources, worst first.</summary>
    public static void WriteText(Terminal terminal, string stack, PolicyResult result, bool verbose)
    {
        var shown = result.Findings.Where(finding => finding.IsOpen || verbose).ToArray();
        foreach (var rule in shown.GroupBy(finding => finding.Id, StringComparer.Ordinal).OrderByDescending(group => group.First().Severity)
            .ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            Write(terminal, [.. rule]);
        }
        var open = result.Open.Count();
        var waived = result.Findings.Count(finding => finding.Waiver is not null);
        var count = open == 0 ? "Nothing is against the rules" : $"{open} {(open == 1 ? "place is" : "places are")} against the rules";
        terminal.Write(
            new StyledText($"{count} in the plan of {stack}", open == 0 ? TextStyle.Strong : TextStyle.Error),
            $": {result.Resources} resources, {PolicyRules.All.Length} rules, {waived} waived"
                + (result.Unknown == 0 ? "." : $"; {result.Unknown} resources have properties that only a deployment knows."));
    }

    public static string Json(string stack, PolicyResult result) => JsonText.Write(JsonText.Lines, json =>
    {
        json.WriteStartObject();
        json.WriteString("stack", stack);
        json.WriteNumber("resources", result.Resources);
        json.WriteNumber("rules", PolicyRules.All.Length);
        json.WriteNumber("open", result.Open.Count());
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Id);
            json.WriteString("severity", finding.Severity.Word());
            if (finding.Urn is { } urn)
            {
                json.WriteString("urn", urn.Value);
            }
            json.WriteString("path", finding.Path);
            json.WriteString("found", finding.Found);
            if (finding.Rule is { } rule)
            {
                json.WriteString("sentence", rule.Sentence);
                json.WriteString("fix", rule.Fix);
                json.WriteStrings("same", rule.Same);
            }
            if (finding.Waiver is { } waiver)
            {
                json.WriteStartObject("waiver");
                json.WriteString("reason", waiver.Reason);
                json.WriteString("expires", $"{waiver.Expires:yyyy-MM-dd}");
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>SARIF 2.1.0: a result for each finding, at the stack file that the plan comes from; waived ones are suppressed.</summary>
    public static string Sarif(string file, PolicyResult result) => SarifLog.Text(
        "Studio Platform policy",
        json =>
        {
            foreach (var rule in result.Findings.Select(finding => finding.Rule).OfType<PolicyRule>().DistinctBy(rule => rule.Id)
                .OrderBy(rule => rule.Id, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("id", rule.Id);
                SarifLog.Message(json, "shortDescription", rule.Sentence);
                SarifLog.Message(json, "help", $"{rule.Fix} {string.Join(", ", rule.Same)}".TrimEnd());
                json.WriteEndObject();
            }
        },
        json =>
        {
            foreach (var finding in result.Findings)
            {
                Result(json, file, finding);
            }
        });

    private static void Result(Utf8JsonWriter json, string file, PolicyFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Id);
        json.WriteString("level", SarifLog.Level(finding.Severity));
        SarifLog.Message(
            json, "message", $"{finding.Rule?.Sentence} {finding.Urn?.Type} {finding.Urn?.Name}: {finding.Path} {finding.Found}.".TrimStart(' ', ':'));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", SarifLog.Uri(file));
        json.WriteEndObject();
        json.WriteEndObject();
        if (finding.Urn is { } urn)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", urn.Value);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        // What makes two findings of two runs the same one
        json.WriteStartObject("partialFingerprints");
        json.WriteString("place/v1", $"{finding.Id} {finding.Urn?.Value} {finding.Path}");
        json.WriteEndObject();
        if (finding.Waiver is { } waiver)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("justification", $"{waiver.Reason} (until {waiver.Expires:yyyy-MM-dd})");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Write(Terminal terminal, PolicyFinding[] findings)
    {
        var (first, style) = (findings[0], findings[0].Severity == Severity.High ? TextStyle.Error : TextStyle.Warning);
        terminal.Write(
            new StyledText($"{first.Severity.Word(),-6}  ", style), new StyledText(first.Id, TextStyle.Strong),
                first.Rule is { } rule ? $"  {rule.Sentence}" : "");
        foreach (var finding in findings)
        {
            var where = finding.Urn is { } urn ? $"{Terminal.OneLine(urn.Type)} ({Terminal.OneLine(urn.Name)}): {Terminal.OneLine(finding.Path)}"
                : finding.Path;
            terminal.Write($"          {where} {Terminal.OneLine(finding.Found)}", new StyledText(
                finding.Waiver is { } waiver ? $"  waived until {waiver.Expires:yyyy-MM-dd}: {Terminal.OneLine(waiver.Reason)}" : "", TextStyle.Faint));
        }
        if (first.Rule is { } known)
        {
            terminal.Write(new StyledText(
                $"          fix: {known.Fix}{(known.Same.IsEmpty ? "" : $" ({string.Join(", ", known.Same)})")}", TextStyle.Faint));
        }
        terminal.Write();
    }
}
