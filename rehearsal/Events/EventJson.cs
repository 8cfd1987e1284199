using System.Collections.Immutable;
using System.Globalization;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Events;

/// <summary>Events as the official CLI writes them (pulumi/pulumi sdk/go/common/apitype/events.go, 3.x).</summary>
internal static class EventJson
{
    /// <summary>An event as one line of JSON.</summary>
    public static string Line(int sequence, DateTimeOffset time, EngineEvent value)
    {
        var json = new GoJson();
        json.BeginObject().Name("sequence").Number(sequence).Name("timestamp").Number(time.ToUnixTimeSeconds());
        switch (value)
        {
            case PreludeEvent prelude:
                json.Name("preludeEvent").BeginObject().Name("config").BeginObject();
                foreach (var (key, text) in prelude.Config)
                {
                    json.Name(key).Text(text);
                }
                json.EndObject().EndObject();
                break;
            case ResourcePreEvent { Step: { } step } pre:
                json.Name("resourcePreEvent").BeginObject();
                Metadata(json, step, step.Announced);
                Planning(json, pre.Planning);
                json.EndObject();
                break;
            case ResourceOutputsEvent { Step: { } step } outputs:
                json.Name("resOutputsEvent").BeginObject();
                Metadata(json, step, step.New);
                Planning(json, outputs.Planning);
                json.EndObject();
                break;
            case ResourceFailedEvent { Step: { } step }:
                json.Name("resOpFailedEvent").BeginObject();
                Metadata(json, step, step.New);
                json.Name("status").Number(0).Name("steps").Number(0).EndObject();
                break;
            case DiagnosticEvent diagnostic:
                json.Name("diagnosticEvent").BeginObject();
                Diagnostic(json, diagnostic.Diagnostic);
                json.EndObject();
                break;
            case SummaryEvent summary:
                json.Name("summaryEvent").BeginObject();
                Summary(json, summary);
                json.EndObject();
                break;
            case CancelEvent:
                json.Name("cancelEvent").BeginObject().EndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "an event that the log does not know");
        }
        return json.EndObject().ToString();
    }

    private static void Planning(GoJson json, bool planning)
    {
        if (planning)
        {
            json.Name("planning").Flag(value: true);
        }
    }

    private static void Metadata(GoJson json, PlanStep step, ResourceState? @new)
    {
        json.Name("metadata").BeginObject().Name("op").Text(step.Operation.PulumiName()).Name("urn").Text(step.Urn.Value).Name("type").Text(step.Type);
        State(json, "old", step.Old);
        State(json, "new", @new);
        Texts(json, "keys", step.ReplaceReasons);
        Texts(json, "diffs", step.DiffReasons);
        json.Name("detailedDiff");
        if (step.Detailed.IsEmpty)
        {
            json.Null();
        }
        else
        {
            json.BeginObject();
            foreach (var (path, difference) in step.Detailed)
            {
                json.Name(path).BeginObject().Name("diffKind").Text(difference.Kind.PulumiName()).Name("inputDiff").Flag(difference.Inputs).EndObject();
            }
            json.EndObject();
        }
        if (step.IsLogical)
        {
            json.Name("logical").Flag(value: true);
        }
        json.Name("provider").Text(step.Provider).EndObject();
    }

    private static void State(GoJson json, string name, ResourceState? state)
    {
        json.Name(name);
        if (state is null)
        {
            json.Null();
            return;
        }
        json.BeginObject().Name("type").Text(state.Type).Name("urn").Text(state.Urn.Value);
        if (state.Custom)
        {
            json.Name("custom").Flag(value: true);
        }
        if (state.Delete)
        {
            json.Name("delete").Flag(value: true);
        }
        json.Name("id").Text(state.Id ?? "").Name("parent").Text(state.Parent?.Value ?? "");
        if (state.Protect)
        {
            json.Name("protect").Flag(value: true);
        }
        if (state.RetainOnDelete)
        {
            json.Name("retainOnDelete").Flag(value: true);
        }
        json.Name("inputs");
        StateValues.Write(json, state.Inputs, StateValues.Blind);
        json.Name("outputs");
        StateValues.Write(json, state.Outputs, StateValues.Blind);
        json.Name("provider").Text(state.Provider);
        Texts(json, "initErrors", state.InitErrors);
        json.EndObject();
    }

    private static void Diagnostic(GoJson json, Diagnostic diagnostic)
    {
        if (diagnostic.Urn is { } urn)
        {
            json.Name("urn").Text(urn.Value);
        }
        var severity = SeverityNames.Of(diagnostic.Severity);
        if (diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)
        {
            json.Name("prefix").Text($"{severity}: ");
        }
        json.Name("message").Text($"{diagnostic.Message.TrimEnd('\n')}\n").Name("color").Text("never").Name("severity").Text(severity)
            .Name("streamID").Number(diagnostic.StreamId);
        if (diagnostic.Ephemeral)
        {
            json.Name("ephemeral").Flag(value: true);
        }
    }

    private static void Summary(GoJson json, SummaryEvent summary)
    {
        json.Name("maybeCorrupt").Flag(value: false).Name("durationSeconds").Number(Math.Round(summary.Duration.TotalSeconds))
            .Name("resourceChanges").BeginObject();
        foreach (var (operation, count) in summary.ResourceChanges.OrderBy(change => change.Key.PulumiName(), StringComparer.Ordinal))
        {
            json.Name(operation.PulumiName()).Number(count);
        }
        json.EndObject().Name("PolicyPacks").BeginObject().EndObject().Name("isPreview").Flag(summary.IsPreview);
    }

    private static void Texts(GoJson json, string name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }
        json.Name(name).BeginArray();
        foreach (var value in values)
        {
            json.Text(value);
        }
        json.EndArray();
    }
}

/// <summary>The spelling of severities in Pulumi's JSON.</summary>
internal static class SeverityNames
{
    public static string Of(DiagnosticSeverity severity)
        => severity == DiagnosticSeverity.InfoError ? "info#err" : severity.ToString().ToLower(CultureInfo.InvariantCulture);
}
