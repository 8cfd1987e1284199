using System.Text;
using System.Text.Json.Nodes;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>An IAM policy computed from its statements as the real provider computes it, without asking AWS.</summary>
/// <remarks>Rules: aws_iam_policy_document of the Terraform AWS provider 6.x: one value is text, several a list sorted by input;
/// no effect means Allow; no version means 2012-10-17.</remarks>
internal static class PolicyDocument
{
    private const string DefaultVersion = "2012-10-17";

    /// <summary>The answer of <c>aws:iam/getPolicyDocument</c>.</summary>
    public static PropertyMap Answer(FunctionCall call)
    {
        var document = new JsonObject { ["Version"] = call.Find("version") ?? DefaultVersion };
        if (call["policyId"] is { Length: > 0 } id)
        {
            document["Id"] = id;
        }
        var statements = new PolicyStatements();
        foreach (var source in Documents(call, "sourceJson", "sourcePolicyDocuments"))
        {
            statements.AddSource(source);
        }
        foreach (var statement in Objects(call.Arguments, "statements"))
        {
            statements.Add(PolicyStatement.ToJson(statement));
        }
        foreach (var source in Documents(call, "overrideJson", "overridePolicyDocuments"))
        {
            statements.AddOverride(source);
        }
        document["Statement"] = statements.ToJson();
        var pretty = document.ToJsonString(JsonText.Indented);
        return Known.Of(("json", pretty), ("minifiedJson", document.ToJsonString(JsonText.Compact)), ("id", $"{Checksum(pretty)}"));
    }

    // CRC-32 as of zip files, by which the provider names a document
    private static uint Checksum(string text)
    {
        var sum = uint.MaxValue;
        foreach (var entry in Encoding.UTF8.GetBytes(text))
        {
            sum ^= entry;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }
        return ~sum;
    }

    private static IEnumerable<PropertyMap> Objects(PropertyMap arguments, string key)
        => arguments.Find(key) is ListProperty list ? list.Items.OfType<ObjectProperty>().Select(item => item.Properties) : [];

    private static IEnumerable<JsonObject> Documents(FunctionCall call, string single, string several)
    {
        var texts = new List<string>();
        if (call.Find(single) is { Length: > 0 } text)
        {
            texts.Add(text);
        }
        if (call.Arguments.Find(several) is ListProperty list)
        {
            texts.AddRange(list.Items.OfType<StringProperty>().Select(item => item.Value));
        }
        return texts.Select(type =>
            JsonNode.Parse(type) as JsonObject ?? throw new FormatException($"{several}: a policy document has to be a JSON object, '{type}' is not one"));
    }
}

/// <summary>One statement of a policy document in IAM's JSON.</summary>
internal static class PolicyStatement
{
    public static JsonObject ToJson(PropertyMap statement)
    {
        var json = new JsonObject();
        if (statement.OpenText("sid") is { Length: > 0 } sid)
        {
            json["Sid"] = sid;
        }
        json["Effect"] = statement.OpenText("effect") ?? "Allow";
        Put("Action", Many(Texts(statement, "actions")));
        Put("NotAction", Many(Texts(statement, "notActions")));
        Put("Resource", Many(Texts(statement, "resources")));
        Put("NotResource", Many(Texts(statement, "notResources")));
        Put("Principal", Principals(statement, "principals"));
        Put("NotPrincipal", Principals(statement, "notPrincipals"));
        Put("Condition", Conditions(statement));
        return json;

        void Put(string key, JsonNode? value)
        {
            if (value is not null)
            {
                json[key] = value;
            }
        }
    }

    // The provider keeps sets: duplicates go, the order is descending as in its own output
    private static List<string> Texts(PropertyMap from, string key) => from.Find(key) is ListProperty list
        ? [.. list.Items.OfType<StringProperty>().Select(item => item.Value).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal)]
        : [];

    private static JsonNode? Many(List<string> values) => values.Count switch
    {
        0 => null,
        1 => JsonValue.Create(values[0]),
        _ => new JsonArray([.. values.Select(value => (JsonNode)value)]),
    };

    private static JsonNode? Principals(PropertyMap statement, string key)
    {
        if (statement.Find(key) is not ListProperty { Items.IsEmpty: false } list)
        {
            return null;
        }
        var principals = list
            .Items.OfType<ObjectProperty>()
            .Select(item => (Type: item.Properties.OpenText("type") ?? "", Ids: Texts(item.Properties, "identifiers")))
            .ToList();
        if (principals is [{ Type: "*", Ids: ["*"] }])
        {
            return JsonValue.Create("*");
        }
        return new JsonObject(
            principals
                .GroupBy(principal => principal.Type, StringComparer.Ordinal)
                .OrderBy(principal => principal.Key, StringComparer.Ordinal)
                .Select(principal =>
                    KeyValuePair.Create(principal.Key, Many([.. principal.SelectMany(property => property.Ids).Distinct(StringComparer.Ordinal)]))));
    }

    private static JsonObject? Conditions(PropertyMap statement)
    {
        if (statement.Find("conditions") is not ListProperty { Items.IsEmpty: false } list)
        {
            return null;
        }
        var conditions = new JsonObject();
        foreach (var condition in list.Items.OfType<ObjectProperty>().Select(item => item.Properties))
        {
            var (test, variable) = (condition.OpenText("test") ?? "", condition.OpenText("variable") ?? "");
            if (conditions[test] is not JsonObject variables)
            {
                conditions[test] = variables = [];
            }
            // Values keep the order in which they were given
            var values = condition.Find("values") is ListProperty given ? given.Items.OfType<StringProperty>().Select(item => item.Value).ToList() : [];
            variables[variable] = Many(values) ?? new JsonArray();
        }
        return conditions;
    }
}

/// <summary>The statements of a policy document, of which a later one with the same Sid takes the place of an earlier.</summary>
internal sealed class PolicyStatements
{
    private readonly List<JsonObject> _statements = [];

    /// <summary>Adds the statements of another document.</summary>
    /// <exception cref="FormatException">A Sid occurs twice among the sources.</exception>
    public void AddSource(JsonObject document)
    {
        foreach (var statement in StatementsOf(document))
        {
            if (SidOf(statement) is { Length: > 0 } sid && _statements.Exists(step => SidOf(step) == sid))
            {
                throw new FormatException($"duplicate Sid '{sid}' among the source policy documents");
            }
            _statements.Add(statement);
        }
    }

    /// <summary>Adds a statement, or puts it where its Sid is already.</summary>
    public void Add(JsonObject statement)
    {
        var index = SidOf(statement) is { Length: > 0 } sid ? _statements.FindIndex(step => SidOf(step) == sid) : -1;
        if (index < 0)
        {
            _statements.Add(statement);
        }
        else
        {
            _statements[index] = statement;
        }
    }

    /// <summary>Lets the statements of another document win.</summary>
    public void AddOverride(JsonObject document)
    {
        foreach (var statement in StatementsOf(document))
        {
            Add(statement);
        }
    }

    public JsonArray ToJson() => new([.. _statements]);

    private static IEnumerable<JsonObject> StatementsOf(JsonObject document) => document["Statement"] switch
    {
        JsonArray several => several.OfType<JsonObject>().Select(step => (JsonObject)step.DeepClone()),
        JsonObject one => [(JsonObject)one.DeepClone()],
        _ => [],
    };

    private static string? SidOf(JsonObject statement) => statement["Sid"]?.GetValue<string>();
}
