using System.Text.Json;

namespace Stacks.Forms;

/// <summary>The value of a field, or the reason why there is none to show.</summary>
/// <param name="Json">The value; null where <paramref name="Placeholder"/> stands for it.</param>
/// <param name="Placeholder">What is shown instead.</param>
public readonly record struct FormValue(JsonElement? Json, string Placeholder)
{
    /// <summary>What Pulumi writes for a value that only a deployment knows (pulumi/pulumi sdk/go/common/resource/plugin/rpc.go).</summary>
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>What Pulumi writes for a secret that nobody asked to see.</summary>
    private const string Masked = "[secret]";

    public static readonly FormValue Missing = new(null, "<not known to this stack>");

    private static readonly FormValue AfterDeployment = new(null, "<known after deployment>");

    private static readonly FormValue Hidden = new(null, "<secret: add --show-secrets>");

    /// <summary>The value on one line, or as many as it has.</summary>
    public string Text => Json switch
    {
        null => Placeholder,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } variables => string.Join('\n', variables.EnumerateArray().Select(Variable)),
        { } other => other.GetRawText(),
    };

    /// <summary>Whether the outputs themselves hide it.</summary>
    public static bool IsMasked(JsonElement json) => json.ValueKind == JsonValueKind.String && json.ValueEquals(Masked);

    public static FormValue Of(JsonElement json, FormField field, bool showSecrets)
    {
        if (json.ValueKind == JsonValueKind.String && json.ValueEquals(Unknown))
        {
            return AfterDeployment;
        }

        return (field.IsSecret && !showSecrets) || IsMasked(json) ? Hidden : new(json, "");
    }

    /// <summary>A variable as <c>tw</c> takes it: <c>both:NXF_OPTS=-Xmx2g</c>.</summary>
    public static string Variable(JsonElement variable)
    {
        var place = (variable.GetProperty("head").GetBoolean(), variable.GetProperty("compute").GetBoolean()) switch
        {
            (true, true) => "both",
            (_, true) => "compute",
            _ => "head",
        };
        return $"{place}:{variable.GetProperty("name").GetString()}={variable.GetProperty("value").GetString()}";
    }
}
