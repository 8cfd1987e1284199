using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>Writes a resource in the fields of Pulumi's deployment format, version 3, secrets hidden.</summary>
internal static class ResourceJson
{
    public static void Write(Utf8JsonWriter json, string name, ResourceState state)
    {
        json.WriteStartObject(name);
        json.WriteString("urn", state.Urn.Value);
        json.WriteBoolean("custom", state.Custom);
        Flag(json, "delete", state.Delete);
        Text(json, "id", state.Id);
        json.WriteString("type", state.Type);
        Properties(json, "inputs", state.Inputs);
        Properties(json, "outputs", state.Outputs);
        Text(json, "parent", state.Parent?.Value);
        Flag(json, "protect", state.Protect);
        Flag(json, "external", state.External);
        Urns(json, "dependencies", state.Dependencies);
        json.WriteStrings("initErrors", state.InitErrors);
        Text(json, "provider", state.Provider);
        PropertyDependencies(json, state);
        Flag(json, "pendingReplacement", state.PendingReplacement);
        json.WriteStrings("additionalSecretOutputs", state.AdditionalSecretOutputs);
        json.WriteStrings("aliases", state.Aliases);
        Timeouts(json, state.CustomTimeouts);
        Text(json, "importID", state.ImportId);
        Flag(json, "retainOnDelete", state.RetainOnDelete);
        Text(json, "deletedWith", state.DeletedWith?.Value);
        Urns(json, "replaceWith", state.ReplaceWith);
        Text(json, "created", state.Created);
        Text(json, "modified", state.Modified);
        json.WriteStrings("ignoreChanges", state.IgnoreChanges);
        json.WriteStrings("replaceOnChanges", state.ReplaceOnChanges);
        json.WriteStrings("hideDiff", state.HideDiffs);
        if (state.ReplacementTrigger is { } trigger)
        {
            json.WritePropertyName("replacementTrigger");
            PropertyJson.Write(json, trigger);
        }
        if (!state.Hooks.IsEmpty)
        {
            json.WriteStartObject("resourceHooks");
            foreach (var (kind, names) in state.Hooks)
            {
                json.WriteStrings(kind, names);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>A list of texts; left out when it is empty.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        var started = false;
        foreach (var value in values)
        {
            if (!started)
            {
                json.WriteStartArray(name);
            }
            started = true;
            json.WriteStringValue(value);
        }
        if (started)
        {
            json.WriteEndArray();
        }
    }

    /// <inheritdoc cref="WriteStrings(Utf8JsonWriter, string, IEnumerable{string})"/>
    public static void WriteStrings(this Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (!values.IsDefaultOrEmpty)
        {
            json.WriteStrings(name, values.AsEnumerable());
        }
    }

    private static void Urns(Utf8JsonWriter json, string name, ImmutableArray<Urn> urns)
    {
        if (!urns.IsDefaultOrEmpty)
        {
            json.WriteStrings(name, urns.Select(urn => urn.Value));
        }
    }

    private static void Properties(Utf8JsonWriter json, string name, PropertyMap properties)
    {
        if (properties.Count == 0)
        {
            return;
        }
        json.WritePropertyName(name);
        PropertyJson.Write(json, properties);
    }

    private static void PropertyDependencies(Utf8JsonWriter json, ResourceState state)
    {
        if (state.PropertyDependencies.IsEmpty)
        {
            return;
        }
        json.WriteStartObject("propertyDependencies");
        foreach (var (property, urns) in state.PropertyDependencies)
        {
            json.WriteStartArray(property);
            foreach (var urn in urns.IsDefault ? [] : urns)
            {
                json.WriteStringValue(urn.Value);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    // Seconds, as the field is a Go float64
    private static void Timeouts(Utf8JsonWriter json, CustomTimeouts timeouts)
    {
        if (timeouts == CustomTimeouts.None)
        {
            return;
        }
        json.WriteStartObject("customTimeouts");
        foreach (var (name, text) in new[] { ("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete) })
        {
            if (GoDuration.Seconds(text) is > 0 and var seconds)
            {
                json.WriteNumber(name, seconds);
            }
        }
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
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

/// <summary>Durations as Go and Pulumi write them: <c>30m</c>, <c>1h30m</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
public static partial class GoDuration
{
    /// <summary>The duration in seconds; null when the text is none.</summary>
    public static double? Seconds(string text)
    {
        if (!Whole().IsMatch(text))
        {
            return null;
        }
        return (double)Parts().Matches(text).Sum(part
            => decimal.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * Unit(part.Groups["unit"].Value));
    }

    private static decimal Unit(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3m,
        "ns" => 1e-9m,
        _ => 1e-6m,
    };

    [GeneratedRegex(@"^(0|(\d{1,15}(\.\d{1,9})?(h|ms|m|s|us|µs|ns))+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>h|ms|m|s|us|µs|ns)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
