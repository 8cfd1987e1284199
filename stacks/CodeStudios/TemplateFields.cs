using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.CodeStudios;
using Stacks.Settings;

namespace Stacks.CodeStudios;

/// <summary>What an archive says of a template as a whole (facts of Dataiku, §1).</summary>
internal static class TemplateFields
{
    private const string BlockBased = "block_based";

    private static readonly ArchiveField[] Own = [new("label", "label", ""), new("shortDesc", "description", "")];

    private static readonly ArchiveField[] OfDss =
    [
        new("icon", "icon", CodeStudioTemplate.DefaultIcon), new("tags", "tags", new JsonArray()), new("isEditor", "isEditor", true),
        new("reattachOnRestart", "reattachOnRestart", false), new("allowContainerConfOverride", "allowContainerConfOverride", true),
        new("allContainerConfs", "allContainerConfs", true), new("containerConfs", "containerConfs", new JsonArray()),
        new("inheritGlobalCodeEnvsExtraSettings", "inheritGlobalCodeEnvsExtraSettings", true),
    ];

    private static readonly ArchiveField[] Options =
    [
        new("pipInstallExtraOptions", "pipOptions", new JsonArray()), new("virtualenvCreateExtraOptions", "venvOptions", new JsonArray()),
        new("cranMirrorURL", "cranMirror", ""), new("condaInstallExtraOptions", "", new JsonArray()) { ToStack = NoConda },
        new("condaCreateExtraOptions", "", new JsonArray()) { ToStack = NoConda }, new("useConda", "", false) { ToStack = NoConda },
    ];

    // Kept as they are: who made it when, and grants, whose form is not public.
    private static readonly string[] Kept = ["creationTag", "permissions", "versionTag"];

    /// <summary>The template without its blocks.</summary>
    /// <param name="archive">What template.json says.</param>
    /// <param name="kept">Gets what a stack file keeps as it is.</param>
    /// <param name="lost">Gets what cannot be kept.</param>
    public static JsonObject ToStack(JsonObject archive, JsonObject kept, List<string> lost)
    {
        var at = new ArchiveReading("template", lost);
        var (own, dss) = (new JsonObject(), new JsonObject());
        JsonObject? options = null;
        foreach (var (key, value) in archive)
        {
            if (key == "params")
            {
                continue;
            }

            if (key == "type")
            {
                if (value?.GetValueKind() != JsonValueKind.String || value.GetValue<string>() != BlockBased)
                {
                    at[key].Lose($"is not {BlockBased}");
                }
            }
            else if (key == "codeEnvsExtraSettings")
            {
                options = ArchiveFields.Object(Options, value, at[key]);
            }
            else if (Kept.Contains(key))
            {
                if (value is not (null or JsonArray { Count: 0 }))
                {
                    kept[key] = value.DeepClone();
                }
            }
            else if (Own.FirstOrDefault(field => field.Archive == key) is { } ownField)
            {
                Put(own, ownField, value);
            }
            else if (OfDss.FirstOrDefault(field => field.Archive == key) is { } field)
            {
                Put(dss, field, value);
            }
            else
            {
                at[key].Lose("is a field that this program does not know");
            }
        }

        if (options is { Count: > 0 })
        {
            own["codeEnvsExtraSettings"] = options;
        }

        if (dss.Count > 0)
        {
            own["dss"] = dss;
        }

        return own;
    }

    /// <summary>What template.json says.</summary>
    public static JsonObject ToArchive(string name, CodeStudioTemplateSettings settings, JsonObject archived, JsonArray blocks)
    {
        var stack = SettingsJson.Of(settings);
        stack["label"] ??= name;
        var template = new JsonObject { ["type"] = BlockBased };
        foreach (var part in new[] { ArchiveFields.Object(Own, stack), ArchiveFields.Object(OfDss, stack["dss"]?.AsObject() ?? []) })
        {
            foreach (var (key, value) in part.ToList())
            {
                template[key] = value?.DeepClone();
            }
        }

        template["permissions"] = archived["permissions"]?.DeepClone() ?? new JsonArray();
        template["codeEnvsExtraSettings"] = ArchiveFields.Object(Options, stack["codeEnvsExtraSettings"]?.AsObject() ?? []);
        template["params"] = new JsonObject { ["blocks"] = blocks };
        foreach (var key in Kept.Where(key => key != "permissions" && archived[key] is not null))
        {
            template[key] = archived[key]!.DeepClone();
        }

        return template;
    }

    /// <summary>The code environments that blocks of a stack file use, as exportSpec.json lists them.</summary>
    public static JsonArray CodeEnvRefs(JsonArray blocks) =>
    [
        .. blocks.Select(block => block?[CodeEnvironment.KindName]).OfType<JsonObject>().Select(environment => (JsonNode)new JsonObject
        {
            ["envLang"] = environment["language"]?.GetValue<string>().ToUpperInvariant() ?? "PYTHON",
            ["envName"] = environment["name"]?.DeepClone(),
        }),
    ];

    private static void Put(JsonObject into, ArchiveField field, JsonNode? value)
    {
        if (value is not null && !JsonNode.DeepEquals(value, field.Default))
        {
            into[field.Stack] = value.DeepClone();
        }
    }

    private static JsonNode? NoConda(JsonNode node, ArchiveReading reading)
    {
        reading.Lose("speaks of conda, and images here have environments of venv");
        return null;
    }
}
