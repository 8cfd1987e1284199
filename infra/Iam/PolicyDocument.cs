using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Iam;

/// <summary>An IAM policy document; equal documents have equal text, so that a preview shows only real changes.</summary>
public sealed record PolicyDocument(params ImmutableArray<PolicyStatement> Statements)
{
    /// <summary>The current version of the policy language (IAM user guide, "IAM JSON policy elements: Version").</summary>
    private const string LanguageVersion = "2012-10-17";

    // ARNs and tags hold characters such as '<' and '+' that the default encoder escapes for HTML, where this text never goes.
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as JSON without white space; actions, resources, operators and keys are in ordinal order.</summary>
    public string ToJson() =>
        new JsonObject { ["Version"] = LanguageVersion, ["Statement"] = new JsonArray([.. Statements.Select(Statement)]) }.ToJsonString(Format);

    private static JsonObject Statement(PolicyStatement statement)
    {
        var json = new JsonObject();
        if (statement.Sid is not null)
        {
            json["Sid"] = statement.Sid;
        }

        json["Effect"] = statement.Denies ? "Deny" : "Allow";
        if (statement.Principal is { } principal)
        {
            json["Principal"] = new JsonObject { [principal.Kind] = Values(principal.Identifiers) };
        }

        json["Action"] = Values(statement.Actions);
        if (!statement.Resources.IsEmpty)
        {
            json["Resource"] = Values(statement.Resources);
        }

        if (!statement.Conditions.IsEmpty)
        {
            json["Condition"] = Conditions(statement.Conditions);
        }

        return json;
    }

    private static JsonObject Conditions(ImmutableArray<PolicyCondition> conditions)
    {
        var operators = new JsonObject();
        var sorted = conditions.OrderBy(condition => condition.Operator, StringComparer.Ordinal).ThenBy(condition => condition.Key, StringComparer.Ordinal);
        foreach (var condition in sorted)
        {
            var keys = operators[condition.Operator] as JsonObject;
            if (keys is null)
            {
                operators[condition.Operator] = keys = [];
            }

            keys[condition.Key] = Values(condition.Values);
        }

        return operators;
    }

    // IAM gives a list of one back as a plain string: writing it so keeps refresh quiet.
    private static JsonNode Values(ImmutableArray<string> values) => values is [var single]
        ? JsonValue.Create(single)
        : new JsonArray([.. values.Order(StringComparer.Ordinal).Select(value => (JsonNode)value)]);
}

/// <summary>One statement of an IAM policy.</summary>
/// <param name="Sid">Statement id of letters and digits, unique in its document; null where the vendor gives none.</param>
/// <param name="Actions">Actions, each as <c>service:Name</c>.</param>
public sealed record PolicyStatement(string? Sid, ImmutableArray<string> Actions)
{
    /// <summary>ARNs or patterns. Default none, as trust policies have it.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Who it speaks about. Default null, as policies of an identity have it.</summary>
    public PolicyPrincipal? Principal { get; init; }

    /// <summary>Whether it forbids what others may allow. Default false: it allows.</summary>
    public bool Denies { get; init; }

    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];
}

/// <summary>Who a resource policy or trust policy speaks about.</summary>
public sealed record PolicyPrincipal
{
    private PolicyPrincipal(string kind, ImmutableArray<string> identifiers)
    {
        Kind = kind;
        Identifiers = identifiers;
    }

    /// <summary><c>AWS</c>, <c>Service</c> or <c>Federated</c>.</summary>
    public string Kind { get; }

    public ImmutableArray<string> Identifiers { get; }

    public static PolicyPrincipal Service(params ImmutableArray<string> names) => new("Service", names);

    /// <summary>Accounts, users and roles by ARN.</summary>
    public static PolicyPrincipal Aws(params ImmutableArray<string> arns) => new("AWS", arns);

    /// <summary>An identity provider by ARN.</summary>
    public static PolicyPrincipal Federated(string providerArn) => new("Federated", [providerArn]);
}

/// <summary>One condition of a policy statement, such as <c>StringEquals sts:ExternalId</c>.</summary>
/// <param name="Operator">Condition operator, in IAM's spelling.</param>
/// <param name="Key">Condition key.</param>
/// <param name="Values">Values of which one must match.</param>
public sealed record PolicyCondition(string Operator, string Key, params ImmutableArray<string> Values)
{
    public bool Equals(PolicyCondition? other) => other is not null && Operator == other.Operator && Key == other.Key && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Operator, Key, Values.Length);
}
