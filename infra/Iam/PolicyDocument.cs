using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Infra.Iam;

/// <summary>An IAM policy document; equal documents have equal text, so that a preview shows only real changes.</summary>
public sealed record PolicyDocument(params ImmutableArray<PolicyStatement> Statements)
{
    /// <summary>The current version of the policy language (IAM user guide, "IAM JSON policy elements: Version").</summary>
    private const string LanguageVersion = "2012-10-17";

    // ARNs and tags hold characters such as '<' and '+' that the default encoder escapes for HTML, where this text never goes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as JSON without white space; actions, resources, operators and keys are in ordinal order.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("Version", LanguageVersion);
            json.WriteStartArray("Statement");
            foreach (var statement in Statements)
            {
                Write(json, statement);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PolicyStatement statement)
    {
        json.WriteStartObject();
        if (statement.Sid is not null)
        {
            json.WriteString("Sid", statement.Sid);
        }

        json.WriteString("Effect", statement.Deny ? "Deny" : "Allow");
        if (statement.Principal is { } principal)
        {
            json.WriteStartObject("Principal");
            WriteValues(json, principal.Kind, principal.Identifiers);
            json.WriteEndObject();
        }

        WriteValues(json, "Action", statement.Actions);
        if (!statement.Resources.IsEmpty)
        {
            WriteValues(json, "Resource", statement.Resources);
        }

        if (!statement.Conditions.IsEmpty)
        {
            WriteConditions(json, statement.Conditions);
        }

        json.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter json, ImmutableArray<PolicyCondition> conditions)
    {
        json.WriteStartObject("Condition");
        foreach (var sameOperator in conditions.GroupBy(condition => condition.Operator, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(sameOperator.Key);
            foreach (var condition in sameOperator.OrderBy(condition => condition.Key, StringComparer.Ordinal))
            {
                WriteValues(json, condition.Key, condition.Values);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // IAM gives a list of one back as a plain string: writing it so keeps refresh quiet.
    private static void WriteValues(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (values is [var single])
        {
            json.WriteString(name, single);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
