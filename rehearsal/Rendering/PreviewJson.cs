using System.Buffers;
using System.Text;
using System.Text.Json;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes a preview with the field names, order and omissions of <c>pulumi preview --json</c> (sdk/go/common/display/json.go, 3.x).</summary>
public static class PreviewJson
{
    /// <summary>How much is gathered before it goes out: a plan of 20,000 resources is 40 MB.</summary>
    private const int BufferBytes = 1 << 16;

    public static void Write(TextWriter output, RehearsalRequest request, RehearsalResult result)
    {
        var (buffer, text) = (new ArrayBufferWriter<byte>(BufferBytes), Array.Empty<char>());
        using var json = new Utf8JsonWriter(buffer, JsonText.WideLines);
        Write(json, request, result, () =>
        {
            if (buffer.WrittenCount + json.BytesPending > BufferBytes)
            {
                Send();
            }
        });
        Send();
        output.Write('\n');

        void Send()
        {
            json.Flush();
            // No text of its own: so long a one would be collected only with all that the plan consists of
            text = text.Length >= buffer.WrittenCount ? text : new char[buffer.Capacity];
            output.Write(text, 0, Encoding.UTF8.GetChars(buffer.WrittenSpan, text));
            buffer.ResetWrittenCount();
        }
    }

    private static void Write(Utf8JsonWriter json, RehearsalRequest request, RehearsalResult result, Action written)
    {
        json.WriteStartObject();
        if (!request.Config.IsEmpty)
        {
            json.WriteStartObject("config");
            foreach (var (key, value) in request.Config)
            {
                json.WriteString(key, request.SecretKeys.Contains(key) ? PropertyMask.Text : value);
            }
            json.WriteEndObject();
        }
        if (!result.Plan.Steps.IsEmpty)
        {
            json.WriteStartArray("steps");
            foreach (var step in result.Plan.Steps.Where(Shown))
            {
                Step(json, step);
                written();
            }
            json.WriteEndArray();
        }
        Diagnostics(json, result.Diagnostics.Where(diagnostic => !diagnostic.Ephemeral && diagnostic.Severity != DiagnosticSeverity.Debug));
        json.WriteNumber("duration", (long)result.Duration.TotalNanoseconds);
        var changes = result.Plan.Changes;
        if (!changes.IsEmpty)
        {
            json.WriteStartObject("changeSummary");
            foreach (var (operation, count) in changes.OrderBy(change => change.Key.PulumiName(), StringComparer.Ordinal))
            {
                json.WriteNumber(operation.PulumiName(), count);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, PlanStep step)
    {
        json.WriteStartObject();
        json.WriteString("op", step.Operation.PulumiName());
        json.WriteString("urn", step.Urn.Value);
        if (step.Provider.Length > 0)
        {
            json.WriteString("provider", step.Provider);
        }
        if (step.Old is { } old)
        {
            ResourceJson.Write(json, "oldState", old);
        }
        if ((step.Announced ?? step.New) is { } @new)
        {
            // The official CLI shows what is known before the step: only a replacement comes after what makes the new resource
            ResourceJson.Write(json, "newState", @new);
        }
        json.WriteStrings("diffReasons", step.DiffReasons);
        json.WriteStrings("replaceReasons", step.ReplaceReasons);
        Details(json, step);
        if (Restarts.Of(step) is { } restart)
        {
            // Pulumi's own output has no such field
            json.WriteString("restarts", restart);
        }
        json.WriteEndObject();
    }

    // What stays the same is left out, but for the stack itself and what is protected anew or no more
    private static bool Shown(PlanStep step) => step.Operation switch
    {
        Operation.Refresh => false,
        Operation.Same => step.Type == Graph.Urn.RootType || step.Old?.Protect != step.New?.Protect,
        _ => step.IsLogical,
    };

    // Always there in Pulumi's own output, null without details
    private static void Details(Utf8JsonWriter json, PlanStep step)
    {
        if (step.Detailed.IsEmpty)
        {
            json.WriteNull("detailedDiff");
            return;
        }
        json.WriteStartObject("detailedDiff");
        foreach (var (path, difference) in step.Detailed)
        {
            json.WriteStartObject(path);
            json.WriteString("kind", difference.Kind.PulumiName());
            json.WriteBoolean("inputDiff", difference.Inputs);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Diagnostics(Utf8JsonWriter json, IEnumerable<Diagnostic> diagnostics)
    {
        var started = false;
        foreach (var diagnostic in diagnostics)
        {
            if (!started)
            {
                json.WriteStartArray("diagnostics");
            }
            started = true;
            json.WriteStartObject();
            if (diagnostic.Urn is { } urn)
            {
                json.WriteString("urn", urn.Value);
            }
            json.WriteString("message", $"{Prefix(diagnostic.Severity)}{diagnostic.Message.TrimEnd('\n')}\n");
            json.WriteString("severity", SeverityNames.Of(diagnostic.Severity));
            json.WriteEndObject();
        }
        if (started)
        {
            json.WriteEndArray();
        }
    }

    private static string Prefix(DiagnosticSeverity severity)
        => severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning ? $"{SeverityNames.Of(severity)}: " : "";
}
