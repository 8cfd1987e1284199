using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stacks.Forms;

/// <summary>Forms as bodies of the Platform's <c>POST /compute-envs</c>; the caller adds <c>credentialsId</c>.</summary>
public static class FormJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One body.</summary>
    public static JsonObject Body(EnvironmentForm form) => new()
    {
        ["computeEnv"] = new JsonObject
        {
            ["name"] = form.Name,
            ["platform"] = form.Platform,
            ["config"] = Config(form),
        },
    };

    /// <summary>The part that the kind of environment decides, which is also what <c>tw compute-envs import</c> reads.</summary>
    public static JsonObject Config(EnvironmentForm form)
    {
        var config = new JsonObject { ["discriminator"] = form.Platform };
        foreach (var (field, value) in form.Config)
        {
            config[field.Key] = value.Json is { } json ? JsonNode.Parse(json.GetRawText()) : JsonValue.Create(value.Placeholder);
        }

        return config;
    }

    public static string Text(JsonNode node) => node.ToJsonString(Indented) + "\n";
}
