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
                    ["patternProperties"] = new JsonObject { [$"^(?!{SettingPath.Namespace}:)"] = true },
                    ["additionalProperties"] = Sealed("A secret that some setting refers to by its name."),
                },
            },
        };
    }

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
                return new JsonObject { ["type"] = "array", ["items"] = Describe(shape.Item!, setting) };
            case ShapeKind.AllowList:
                return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = AllowList.AllKeyword }, Array(shape, setting)) };
            case ShapeKind.Map:
                return Map(shape, setting);
            case ShapeKind.Choice:
                return new JsonObject { ["enum"] = new JsonArray([.. shape.Choices.Select(choice => JsonValue.Create(choice))]) };
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

        if (!record.Kinds.IsEmpty)
        {
            schema["oneOf"] = new JsonArray([.. record.KindKeys.Select(kind => new JsonObject { ["required"] = new JsonArray(kind) })]);
        }

        return schema;
    }

    private static JsonObject Array(SettingShape shape, SettingDeclaration setting) =>
        new() { ["type"] = "array", ["items"] = Describe(shape.Item!, setting) };

    private static JsonObject Map(SettingShape shape, SettingDeclaration setting)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(shape.Item!, setting) };
        if (setting.Entry is { } entry)
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = entry.Pattern };
        }

        return schema;
    }

    private static JsonObject Scalar(SettingShape shape, SettingDeclaration setting)
    {
        var schema = new JsonObject { ["type"] = shape.Kind == ShapeKind.WholeNumber ? "integer" : new JsonArray("string", "number") };
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
