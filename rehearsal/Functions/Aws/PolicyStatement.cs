using System.Text.Json.Nodes;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>One statement of a policy document in IAM's JSON.</summary>
internal static class PolicyStatement
{
    public static JsonObject Of(PropertyMap statement)
    {
        var json = new JsonObject();
        if (statement.TextOf("sid") is { Length: > 0 } sid) json["Sid"] = sid;
        json["Effect"] = statement.TextOf("effect") ?? "Allow";
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
            if (value is not null) json[key] = value;
        }
    }

    // the provider keeps sets: duplicates go, the order is descending as in its own output
    private static List<string> Texts(PropertyMap from, string key) => from.Find(key) is ListProperty list
        ? [.. list.Items.OfType<StringProperty>().Select(s => s.Value).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal)]
        : [];

    private static JsonNode? Many(List<string> values) => values.Count switch
    {
        0 => null,
        1 => JsonValue.Create(values[0]),
        _ => new JsonArray([.. values.Select(v => (JsonNode)v)]),
    };

    private static JsonNode? Principals(PropertyMap statement, string key)
    {
        if (statement.Find(key) is not ListProperty { Items.IsEmpty: false } list) return null;
        var principals = list.Items.OfType<ObjectProperty>().Select(p => (Type: p.Properties.TextOf("type") ?? "", Ids: Texts(p.Properties, "identifiers"))).ToList();
        if (principals is [{ Type: "*", Ids: ["*"] }]) return JsonValue.Create("*");
        return new JsonObject(principals.GroupBy(p => p.Type, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, Many([.. g.SelectMany(p => p.Ids).Distinct(StringComparer.Ordinal)]))));
    }

    private static JsonObject? Conditions(PropertyMap statement)
    {
        if (statement.Find("conditions") is not ListProperty { Items.IsEmpty: false } list) return null;
        var conditions = new JsonObject();
        foreach (var condition in list.Items.OfType<ObjectProperty>().Select(c => c.Properties))
        {
            var (test, variable) = (condition.TextOf("test") ?? "", condition.TextOf("variable") ?? "");
            if (conditions[test] is not JsonObject variables) conditions[test] = variables = [];
            // values keep the order in which they were given
            var values = condition.Find("values") is ListProperty given ? given.Items.OfType<StringProperty>().Select(v => v.Value).ToList() : [];
            variables[variable] = Many(values) ?? new JsonArray();
        }
        return conditions;
    }
}
