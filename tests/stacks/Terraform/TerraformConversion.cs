using System.Text.Json.Nodes;
using Protocol;

namespace Tests.Stacks.Terraform;

/// <summary>
/// Turns the resources of one cloud in the JSON of a preview into a configuration of Terraform in JSON, so that the real provider says what it thinks of them.
/// What the plan does not know is the id of a resource that is not there yet, which Terraform does not know either.
/// </summary>
/// <param name="schema">Types by name, as <c>terraform providers schema -json</c> prints them under <c>resource_schemas</c>.</param>
internal sealed class TerraformConversion(JsonObject schema)
{
    private const string Late = "${terraform_data.late.id}";

    /// <summary>What has no counterpart, in words.</summary>
    public List<TerraformProblem> Problems { get; } = [];

    /// <summary>The configuration with every resource of the package, under a name made of its own.</summary>
    public JsonObject Convert(JsonArray steps, string package)
    {
        var resources = new JsonObject { ["terraform_data"] = new JsonObject { ["late"] = new JsonObject() } };
        foreach (var state in steps.Select(step => step!["newState"]).OfType<JsonObject>())
        {
            var token = (string)state["type"]!;
            if (!token.StartsWith($"{package}:", StringComparison.Ordinal) || (bool?)state["external"] == true)
            {
                continue;
            }

            if (TerraformTypes.Of(token, schema.ContainsKey) is not { } type)
            {
                Problems.Add(new(token, "", (string)state["urn"]!));
                continue;
            }

            var urn = (string)state["urn"]!;
            var name = urn[(urn.LastIndexOf("::", StringComparison.Ordinal) + 2)..];
            var block = schema[type]!["block"]!.AsObject();
            var converted = Block(state["inputs"] as JsonObject ?? [], block, $"{type} {name}");
            // Pulumi names what the program does not, from the logical name and seven digits.
            if (!converted.ContainsKey("name") && (bool?)block["attributes"]?["name"]?["required"] == true)
            {
                converted["name"] = $"{name}-0123456";
            }

            resources[type] ??= new JsonObject();
            resources[type]![Identifier(name)] = converted;
        }

        return new JsonObject { ["resource"] = resources };
    }

    // Names of Terraform have letters, digits, hyphens and underscores, and start with no digit.
    private static string Identifier(string name) => $"r_{string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'))}";

    private JsonObject Block(JsonObject given, JsonObject block, string at)
    {
        var attributes = block["attributes"] as JsonObject ?? [];
        var blocks = block["block_types"] as JsonObject ?? [];
        var converted = new JsonObject();
        foreach (var (key, value) in given)
        {
            if (key.StartsWith("__", StringComparison.Ordinal) || value is null)
            {
                continue;
            }

            if (TerraformTypes.PropertyOf(key, name => attributes.ContainsKey(name) || blocks.ContainsKey(name)) is not { } name)
            {
                Problems.Add(new(at.Split(' ')[0], key, at));
                continue;
            }

            converted[name] = blocks[name] is JsonObject nested
                ? Blocks(value, nested, $"{at}.{name}")
                : Attribute(value, attributes[name]!.AsObject(), $"{at}.{name}");
        }

        return converted;
    }

    // A block that may be there once is an object to Pulumi, others are lists; Terraform takes lists of both.
    private JsonArray Blocks(JsonNode value, JsonObject nested, string at)
    {
        var block = nested["block"]!.AsObject();
        return IsUnknown(value)
            ? new JsonArray()
            : new JsonArray([.. Items(value).Select(item => item is JsonObject members ? Block(members, block, at) : new JsonObject())]);
    }

    private JsonNode Attribute(JsonNode value, JsonObject attribute, string at) => attribute switch
    {
        // Providers on the newer protocol nest attributes where others have blocks.
        _ when attribute["nested_type"] is JsonObject nested => (string)nested["nesting_mode"]! is "single"
            ? Block(value.AsObject(), nested, at)
            : new JsonArray([.. Items(value).Select(item => Block(item!.AsObject(), nested, at))]),
        _ => Typed(value, attribute["type"]!, at),
    };

    // "string", ["list", "string"], ["set", ["object", {...}]], ["map", "string"], ["object", {...}].
    private JsonNode Typed(JsonNode value, JsonNode type, string at)
    {
        if (type is not JsonArray composite)
        {
            return IsUnknown(value) ? Late : Plain(value);
        }

        var inner = composite[1]!;
        return (string)composite[0]! switch
        {
            "list" or "set" => IsUnknown(value) ? new JsonArray(Late) : new JsonArray([.. Items(value).Select(item => Typed(item!, inner, at))]),
            "map" => IsUnknown(value)
                ? new JsonObject()
                : new JsonObject(value.AsObject().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Typed(entry.Value!, inner, at)))),
            "object" => Members(value, inner.AsObject(), at),
            var other => throw new NotSupportedException($"{at} is a {other}."),
        };
    }

    private JsonObject Members(JsonNode value, JsonObject members, string at)
    {
        var given = value.AsObject();
        // An object of an attribute has every member, if only as null.
        var converted = new JsonObject(members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, null)));
        foreach (var (key, item) in given.Where(entry => entry.Value is not null))
        {
            if (TerraformTypes.PropertyOf(key, members.ContainsKey) is { } name)
            {
                converted[name] = Typed(item!, members[name]!, at);
            }
            else
            {
                Problems.Add(new(at.Split(' ')[0], key, at));
            }
        }

        return converted;
    }

    private static JsonArray Items(JsonNode value) => value as JsonArray ?? [value.DeepClone()];

    // Braces after a dollar or percent sign are Terraform's own, and the plan's text is nobody's template.
    private static JsonNode Plain(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var given)
        ? given.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)
        : value.DeepClone();

    private static bool IsUnknown(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var given) && WireSignatures.IsUnknown(given);
}

/// <summary>A type or property of a plan that the provider does not have.</summary>
/// <param name="Type">Its type in Terraform, or its token where it has none.</param>
/// <param name="Property">The property as Pulumi calls it; empty where the type itself has no counterpart.</param>
/// <param name="At">Where it stands.</param>
internal sealed record TerraformProblem(string Type, string Property, string At);
