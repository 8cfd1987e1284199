using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes an audit for other programs; the form is in docs/audit.md.</summary>
internal static class AuditJson
{
    private const int Version = 1;

    public static string Text(Audit audit) => JsonText.Write(JsonText.Lines, json => Write(json, audit.Comparison, audit)) + "\n";

    /// <summary>What lies between two sides, without what is risky in it.</summary>
    public static string Text(Comparison comparison) => JsonText.Write(JsonText.Lines, json => Write(json, comparison, audit: null)) + "\n";

    private static void Write(Utf8JsonWriter json, Comparison comparison, Audit? audit)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        Write(json, "old", comparison.Old);
        Write(json, "new", comparison.New);
        json.WriteStrings("notes", comparison.Notes);
        json.WriteStartObject("summary");
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            json.WriteNumber(kind.Word(), comparison.Counts.GetValueOrDefault(kind));
        }
        json.WriteNumber("restarts", comparison.Changes.Count(change => change.Restarts is not null));
        json.WriteNumber("unchanged", comparison.Unchanged);
        json.WriteEndObject();
        if (audit is not null)
        {
            Write(json, audit.Findings);
        }
        json.WriteStartArray("changes");
        foreach (var change in comparison.Changes)
        {
            Write(json, change);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("severity", finding.Severity.Word());
            json.WriteString("title", finding.Rule.Title);
            json.WriteString("reason", finding.Rule.Reason);
            json.WriteString("urn", finding.Change.Urn.Value);
            Optional(json, "detail", finding.Detail.Length == 0 ? null : finding.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Side side)
    {
        json.WriteStartObject(name);
        json.WriteString("name", side.Name);
        json.WriteString("kind", side.Kind.ToString().ToLowerInvariant());
        json.WriteString("project", side.Project);
        json.WriteString("stack", side.Stack);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ResourceChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.Word());
        json.WriteString("urn", change.Urn.Value);
        json.WriteString("type", change.Type);
        json.WriteString("name", change.Name);
        Optional(json, "parent", change.State.Parent?.Value);
        Optional(json, "former", change.Former?.Value);
        json.WriteStrings("replaceReasons", change.Reasons);
        Optional(json, "restarts", change.Restarts);
        if (change.IsByProgram is { } byProgram)
        {
            json.WriteBoolean("byProgram", byProgram);
        }
        json.WriteStartArray("properties");
        foreach (var property in change.Properties)
        {
            json.WriteStartObject();
            json.WriteString("path", property.Path);
            json.WriteString("kind", (property.Replaces ? property.Kind.Replacing() : property.Kind).PulumiName());
            Optional(json, "old", property.Old);
            Optional(json, "new", property.New);
            Flag(json, "secret", property.IsSecret);
            Flag(json, "option", property.IsOption);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Flag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }
}
