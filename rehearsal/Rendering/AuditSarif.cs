using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Comparing;

namespace Rehearsal.Rendering;

/// <summary>Writes findings for code scanning: SARIF 2.1.0 (OASIS, sarif-v2.1.0-os), with the fields that GitHub reads.</summary>
internal static class AuditSarif
{
    public static string Text(Audit audit) => SarifLog.Text(
        "Studio Platform audit",
        json =>
        {
            foreach (var rule in Rules.All)
            {
                Write(json, rule);
            }
        },
        json =>
        {
            foreach (var finding in audit.Findings)
            {
                Write(json, finding, Rules.All.IndexOf(finding.Rule), Place(audit.Comparison.New));
            }
        }) + "\n";

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        SarifLog.Message(json, "shortDescription", rule.Title);
        SarifLog.Message(json, "fullDescription", rule.Reason);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifLog.Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("security-severity", rule.Severity switch
        {
            Severity.Critical => "9.5",
            Severity.High => "8.0",
            Severity.Medium => "5.5",
            _ => "3.0",
        });
        json.WriteStrings("tags", ["infrastructure", "security"]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, int index, string place)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", SarifLog.Level(finding.Severity));
        var detail = finding.Detail.Length == 0 ? "" : $", {finding.Detail}";
        SarifLog.Message(json, "message", $"{finding.Rule.Title}: {finding.Change.Type} {finding.Change.Name}{detail}. {finding.Rule.Reason}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", place);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", finding.Change.Name);
        json.WriteString("fullyQualifiedName", finding.Change.Urn.Value);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("finding/v1", Fingerprint(finding));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A finding of a resource is about its stack's file, which is what a reviewer of a pull request has before them
    private static string Place(Side side)
        => SarifLog.Uri(side.File ?? (side.Kind == SideKind.Rehearsal ? $"Pulumi.{side.Stack}.yaml" : Path.GetFileName(side.Name)));

    private static string Fingerprint(Finding finding)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Rule.Id}\n{finding.Change.Urn}\n{finding.Detail}")))[..32];
}
