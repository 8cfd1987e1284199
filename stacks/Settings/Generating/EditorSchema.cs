using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Generating;

/// <summary>The JSON Schema with which editors complete and check a stack file (draft 7, the one YAML language servers know best).</summary>
public static class EditorSchema
{
    // "<", "'" and "&" stay readable: the file is for people and editors, not for a web page.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render() => Document().ToJsonString(Indented) + "\n";

    private static JsonObject Document()
    {
        var config = new JsonObject();
        foreach (var concept in SettingsCatalog.Platform.Settings)
        {
            config[SettingPath.Top(concept.Key).Text] = Describe(concept, SettingsCatalog.Platform);
        }

        foreach (var secret in SettingsCatalog.Secrets)
        {
            config[SettingPath.Top(secret.Setting.SecretKey!).Text] = Sealed(secret.Setting.Setting.Meaning);
        }

        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["$comment"] = "Generated from stacks/Settings by ./platform docs.",
            ["title"] = "Stack file of Studio Platform",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["config"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = config,
                    ["patternProperties"] = new JsonObject { [$"^(?!{NearMisses.Of(SettingPath.Namespace)}:)"] = true },
                    ["additionalProperties"] = Others(),
                },
            },
        };
    }

    // A key that is no concept is misspelt, unless it is a secret that some setting refers to by a name of its own: never is it a secret without its value.
    private static JsonNode Others() => SettingsCatalog.NamesSecrets
        ? new JsonObject
        {
            ["if"] = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("secure") },
            ["then"] = Sealed("A secret that some setting refers to by its name."),
            ["else"] = false,
        }
        : JsonValue.Create(false);

    private static JsonObject Describe(SettingDeclaration setting, RecordDeclaration owner)
    {
        var schema = Describe(setting.Shape, setting);
        schema["description"] = setting.Setting.Meaning;
        if (setting.Example is { } example && setting.Shape.Kind is ShapeKind.Text or ShapeKind.WholeNumber or ShapeKind.Boolean)
        {
            schema["examples"] = new JsonArray(Literal(setting.Shape.Kind, setting.Example.Trim('\'', '"')));
        }

        if (owner.DefaultOf(setting) is { } value && setting.Shape.Kind is ShapeKind.Text or ShapeKind.WholeNumber or ShapeKind.Boolean or ShapeKind.Choice)
        {
            schema["default"] = Literal(setting.Shape.Kind, SettingText.Write(value));
        }

        return schema;
    }

    private static JsonObject Describe(SettingShape shape, SettingDeclaration setting)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Record:
                return Describe(shape.Record);
            case ShapeKind.List:
                return Array(shape, setting);
            case ShapeKind.AllowList:
                return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = AllowList.AllKeyword }, Array(shape, setting)) };
            case ShapeKind.Map:
                return Map(shape, setting);
            case ShapeKind.Choice:
                return new JsonObject { ["enum"] = new JsonArray([.. shape.Choices.Select(choice => JsonValue.Create(choice))]) };
            case ShapeKind.Tree:
                return new JsonObject { ["type"] = "object" };
            case ShapeKind.Boolean when setting.Only is { } only:
                return new JsonObject { ["type"] = "boolean", ["const"] = JsonSerializer.SerializeToNode(only) };
            case ShapeKind.Boolean:
                return new JsonObject { ["type"] = "boolean" };
            default:
                return Scalar(shape, setting);
        }
    }

    private static JsonObject Describe(RecordDeclaration record)
    {
        var properties = new JsonObject();
        foreach (var setting in record.Settings.Where(setting => setting.SecretKey is null))
        {
            properties[setting.Key] = Describe(setting, record);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = record.Settings
            .Where(setting => setting.IsRequired && setting.SecretKey is null)
            .Select(setting => JsonValue.Create(setting.Key))
            .ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required]);
        }

        // Without keys beside those of the kinds, counting says the same in words that fit: not one missing key for each of the kinds.
        if (!record.Kinds.IsEmpty && record.Settings.Length == record.Kinds.Length)
        {
            schema["minProperties"] = 1;
            schema["maxProperties"] = 1;
        }
        else if (!record.Kinds.IsEmpty)
        {
            schema["oneOf"] = new JsonArray([.. record.KindKeys.Select(kind => new JsonObject { ["required"] = new JsonArray(kind) })]);
        }

        return schema;
    }

    private static JsonObject Array(SettingShape shape, SettingDeclaration setting)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Describe(shape.Item!, setting) };
        if (setting.Fewest is { } fewest)
        {
            schema["minItems"] = fewest;
        }

        return schema;
    }

    private static JsonObject Map(SettingShape shape, SettingDeclaration setting)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(shape.Item!, setting) };
        if (setting.Entry is { } entry)
        {
            var names = new JsonObject();
            entry.Describe(names);
            schema["propertyNames"] = names;
        }

        if (setting.Fewest is { } fewest)
        {
            schema["minProperties"] = fewest;
        }

        return schema;
    }

    private static JsonObject Scalar(SettingShape shape, SettingDeclaration setting)
    {
        JsonNode type = shape.Kind switch
        {
            ShapeKind.WholeNumber => "integer",
            ShapeKind.Text when setting.Form?.TakesNumbers ?? true => new JsonArray("string", "number"),
            _ => "string",
        };
        var schema = new JsonObject { ["type"] = type };
        setting.Form?.Describe(schema);
        setting.Rule?.Describe(schema);
        return schema;
    }

    private static JsonObject Sealed(string meaning) => new()
    {
        ["description"] = $"{meaning} Set it with pulumi config set --secret.",
        ["type"] = "object",
        ["properties"] = new JsonObject { ["secure"] = new JsonObject { ["type"] = "string" } },
        ["required"] = new JsonArray("secure"),
        ["additionalProperties"] = false,
    };

    private static JsonValue Literal(ShapeKind kind, string text) => kind switch
    {
        ShapeKind.WholeNumber => JsonValue.Create(int.Parse(text)),
        ShapeKind.Boolean => JsonValue.Create(text == "true"),
        _ => JsonValue.Create(text),
    };
}

/// <summary>Texts that are one slip away from a word: a letter too many, too few or another, or two swapped.</summary>
internal static class NearMisses
{
    /// <summary>A regular expression for the word and all of them, without ends.</summary>
    public static string Of(string word)
    {
        var places = Enumerable.Range(0, word.Length).ToList();
        IEnumerable<string> forms =
        [
            word,
            .. places.Select(place => $"{word[..place]}[^:]?{word[(place + 1)..]}"),
            .. places.Append(word.Length).Select(place => $"{word[..place]}[^:]{word[place..]}"),
            .. places.SkipLast(1).Select(place => $"{word[..place]}{word[place + 1]}{word[place]}{word[(place + 2)..]}"),
        ];
        return $"({string.Join('|', forms)})";
    }
}
