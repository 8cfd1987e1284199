using System.Collections.Immutable;
using System.Text.Json;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>A statement of an IAM policy document.</summary>
/// <param name="Allows">Whether its effect is Allow.</param>
/// <param name="Actions">Actions; empty where it excludes some (NotAction).</param>
/// <param name="Resources">Resources; empty where it excludes some (NotResource), or has none.</param>
/// <param name="Principals">Who, without the kind: <c>*</c>, an account, a role, a service.</param>
/// <param name="HasCondition">Whether it holds under conditions only.</param>
internal sealed record IamStatement(
    bool Allows, ImmutableArray<string> Actions, ImmutableArray<string> Resources, ImmutableArray<string> Principals, bool HasCondition)
{
    /// <summary>The statements of a policy document; none when nothing, or nothing known, or no document is there.</summary>
    public static ImmutableArray<IamStatement> Of(PropertyPlace document)
    {
        if (document.Text is not { } text)
        {
            return [];
        }
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("Statement", out var statements)
                ? [.. Many(statements).Where(statement => statement.ValueKind == JsonValueKind.Object).Select(Read)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IamStatement Read(JsonElement json) => new(
        json.TryGetProperty("Effect", out var effect) && effect.ValueEquals("Allow"),
        Texts(json, "Action"),
        Texts(json, "Resource"),
        [.. Principal(json)],
        json.TryGetProperty("Condition", out var condition) && condition.ValueKind == JsonValueKind.Object && condition.EnumerateObject().Any());

    private static IEnumerable<string> Principal(JsonElement json)
    {
        if (!json.TryGetProperty("Principal", out var principal))
        {
            return [];
        }
        return principal.ValueKind == JsonValueKind.Object
            ? principal.EnumerateObject().SelectMany(kind => Many(kind.Value)).Select(item => item.ToString())
            : Many(principal).Select(item => item.ToString());
    }

    private static ImmutableArray<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? [.. Many(value).Select(item => item.ToString())] : [];

    private static ImmutableArray<JsonElement> Many(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
}
