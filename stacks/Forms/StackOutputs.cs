using System.Collections.Immutable;
using System.Text.Json;

namespace Stacks.Forms;

/// <summary>Reads the outputs of a stack, as <c>pulumi stack output --json</c> and <c>./platform outputs --json</c> write them.</summary>
public static class StackOutputs
{
    private const string Environments = "towerEnvironments";

    /// <summary>The forms of all compute environments, by name.</summary>
    /// <param name="json">Outputs.</param>
    /// <param name="showSecrets">Whether secrets are to be readable.</param>
    /// <exception cref="FormatException">The text is something else, or hides what is to be shown.</exception>
    public static ImmutableArray<EnvironmentForm> Forms(string json, bool showSecrets)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
            {
                throw new FormatException("The outputs are not a JSON object: give what `pulumi stack output --json` writes.");
            }

            if (!root.TryGetProperty(Environments, out var environments) || environments.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"The outputs hold no '{Environments}': the stack has no platform:tower, or it was not deployed since it has.");
            }

            return [.. environments.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => Form(entry.Name, entry.Value.Clone(), showSecrets))];
        }
        catch (JsonException exception)
        {
            throw new FormatException("The outputs are not JSON: give what `pulumi stack output --json` writes.", exception);
        }
    }

    private static EnvironmentForm Form(string name, JsonElement outputs, bool showSecrets)
    {
        if (outputs.ValueKind != JsonValueKind.Object || !outputs.TryGetProperty("platform", out var kind) || kind.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"The outputs of the compute environment '{name}' do not say which kind it is: another version of this program wrote them.");
        }

        var platform = kind.GetString()!;
        var fields = ImmutableArray.CreateBuilder<(FormField, FormValue)>();
        foreach (var field in FormField.All)
        {
            if (outputs.TryGetProperty(field.Key, out var value))
            {
                fields.Add((field, Value(name, field, value, showSecrets)));
            }
            else if (field.RequiredBy == platform)
            {
                fields.Add((field, FormValue.Missing));
            }
        }

        return new EnvironmentForm(name, platform, fields.ToImmutable(), outputs.TryGetProperty("warning", out var warning) ? warning.GetString() : null);
    }

    private static FormValue Value(string name, FormField field, JsonElement value, bool showSecrets) => showSecrets && FormValue.IsMasked(value)
        ? throw new FormatException($"The outputs hide '{field.Key}' of '{name}', and --show-secrets asks for it: write them with --show-secrets as well.")
        : FormValue.Of(value, field, showSecrets);
}
