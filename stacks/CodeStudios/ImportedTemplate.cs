using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.CodeStudios;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Reading;

namespace Stacks.CodeStudios;

/// <summary>A template of an archive in the words of a stack file.</summary>
/// <param name="Name">Its name in the stack file.</param>
/// <param name="Settings">What stands under that name.</param>
/// <param name="Resources">Its resources by path.</param>
public sealed record ImportedTemplate(string Name, JsonObject Settings, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Resources)
{
    /// <summary>Name of the file with the lines of a stack file.</summary>
    public const string StackFile = "stack.yaml";

    /// <summary>The stack file, and the resources in a folder of the template's name.</summary>
    public ImmutableSortedDictionary<string, BuiltFile> Files => Resources
        .Select(resource => KeyValuePair.Create($"{Name}/{resource.Key}", new BuiltFile(resource.Value, resource.Value.Span.StartsWith("#!"u8))))
        .Append(KeyValuePair.Create(StackFile, new BuiltFile(Encoding.UTF8.GetBytes(Yaml), false)))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The stack file as text.</summary>
    public string Yaml => StackFileText.Yaml(new JsonObject
    {
        ["config"] = new JsonObject { ["platform:codeStudios"] = Concept },
    });

    /// <summary>What still has to be changed before the template can be built, in the words of a stack's own check.</summary>
    public ImmutableArray<SettingsProblem> Problems => SettingsValidation.Read(
        new RawSettings(new Dictionary<string, string> { ["platform:codeStudios"] = Concept.ToJsonString() }, []), null).Problems;

    private JsonObject Concept => new() { ["templates"] = new JsonObject { [Name] = Settings.DeepClone() } };

    /// <summary>A name for the template of an archive, from that of the file.</summary>
    public static string NameOf(string path) => StudioPath.Word(Path.GetFileNameWithoutExtension(path)) switch
    {
        "" => "imported",
        var word when char.IsAsciiDigit(word[0]) => $"template-{word}",
        var word => word,
    };

    /// <summary>Takes an archive over.</summary>
    /// <exception cref="StudioException">It holds what could not be kept.</exception>
    public static ImportedTemplate Of(TemplateArchive archive, string name)
    {
        var form = NamedForms.For(Form.KubernetesEntry);
        if (form.Parse(name) is null)
        {
            throw new StudioException($"'{name}' is no name of a template: allowed are {form.Allowed}.", "Give another with --name, for example --name notebooks.");
        }

        var lost = new List<string>();
        var kept = new JsonObject();
        var settings = TemplateFields.ToStack(archive.Template, kept, lost);
        settings["blocks"] = Blocks(archive.Template, lost);
        CheckRefs(archive, settings, lost);
        if (lost.Count > 0)
        {
            throw new StudioException(
                $"The archive holds what a stack file has no words for:\n{string.Join('\n', lost.Select(line => $"  {line}"))}",
                "Change that in DSS, or in template.json of the archive, and import it again. Nothing was written.");
        }

        Keep(kept, "manifest", archive.Manifest);
        Keep(kept, "exportSpec", Without(archive.ExportSpec, "usedCodeEnvRefs"));
        if (kept.Count > 0)
        {
            if (settings["dss"] is null)
            {
                settings["dss"] = new JsonObject();
            }

            settings["dss"]!["archive"] = kept;
        }

        if (!archive.Resources.IsEmpty)
        {
            settings["resources"] = name;
        }

        return new ImportedTemplate(name, settings, archive.Resources);
    }

    private static JsonArray Blocks(JsonObject template, List<string> lost)
    {
        var made = new JsonArray();
        if (template["params"] is not JsonObject { Count: 1 } parameters || parameters["blocks"] is not JsonArray blocks)
        {
            lost.Add("params is no object with blocks alone");
            return made;
        }

        for (var position = 0; position < blocks.Count; position++)
        {
            if (blocks[position] is not JsonObject block || block["type"]?.GetValueKind() != JsonValueKind.String
                || block.Any(entry => entry.Key is not ("type" or "params")))
            {
                lost.Add($"blocks[{position}] is no object with type and params alone");
                continue;
            }

            var type = block["type"]!.GetValue<string>();
            var known = ArchiveFields.Blocks.FirstOrDefault(known => known.Type == type);
            if (known.Kind is null)
            {
                lost.Add($"blocks[{position}] is of type {type}, whose form is not public, or which comes with a plugin of the node");
                continue;
            }

            if (ArchiveFields.Object(known.Fields, block["params"] ?? new JsonObject(),
                new ArchiveReading($"blocks[{position}] ({type})", lost)) is { } settings)
            {
                made.Add(new JsonObject { [known.Kind] = settings });
            }
        }

        return made;
    }

    // What the export says of code environments follows from the blocks; what does not would be lost.
    private static void CheckRefs(TemplateArchive archive, JsonObject settings, List<string> lost)
    {
        if (archive.ExportSpec["usedCodeEnvRefs"] is JsonArray refs && !JsonNode.DeepEquals(refs, TemplateFields.CodeEnvRefs(settings["blocks"]!.AsArray())))
        {
            lost.Add("usedCodeEnvRefs of exportSpec.json are not those of the blocks");
        }
    }

    private static void Keep(JsonObject kept, string key, JsonObject value)
    {
        if (value.Count > 0)
        {
            kept[key] = value.DeepClone();
        }
    }

    private static JsonObject Without(JsonObject value, string key)
    {
        var copy = value.DeepClone().AsObject();
        copy.Remove(key);
        return copy;
    }
}

/// <summary>A template of a stack in the words of an archive.</summary>
internal static class ExportedTemplate
{
    /// <summary>Makes the archive.</summary>
    /// <exception cref="StudioException">The template has what archives have no words for, and it is not to be left out.</exception>
    public static TemplateArchive Of(
        string name, CodeStudioTemplateSettings settings, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> resources,
            IReadOnlyCollection<string> leftOut)
    {
        var stack = SettingsJson.Of(settings);
        var archived = settings.Dss.Archive?.Root ?? new JsonObject();
        var lost = Lost(settings, stack, archived).Where(entry => !leftOut.Contains(entry.Name)).ToList();
        if (lost.Count > 0)
        {
            throw new StudioException(
                $"The template {name} has what archives of DSS have no words for:\n{string.Join('\n', lost.Select(entry => $"  {entry.Where}: {entry.Why}"))}",
                $"Leave it out knowingly with {string.Join(' ',
                lost.Select(entry => $"--leave-out {entry.Name}").Distinct(StringComparer.Ordinal))}, and add it in DSS.");
        }

        var blocks = new JsonArray();
        foreach (var (kind, block) in stack["blocks"]!.AsArray().Select(block => block!.AsObject().Single()))
        {
            var known = ArchiveFields.Blocks.FirstOrDefault(known => known.Kind == kind);
            if (known.Kind is not null)
            {
                blocks.Add(new JsonObject { ["type"] = known.Type, ["params"] = ArchiveFields.Object(known.Fields, WithZones(kind, block!.AsObject())) });
            }
        }

        var spec = (archived["exportSpec"] as JsonObject)?.DeepClone().AsObject() ?? new JsonObject { ["resourcesMap"] = new JsonObject() };
        spec["usedCodeEnvRefs"] = TemplateFields.CodeEnvRefs(stack["blocks"]!.AsArray());
        return new TemplateArchive(
            TemplateFields.ToArchive(name, settings, archived, blocks),
            (archived["manifest"] as JsonObject)?.DeepClone().AsObject() ?? new JsonObject { ["templateDataModelVersion"] = "1" },
            spec,
            resources);
    }

    // What is absent in a stack file stands for every zone at its usual place, and archives name them all.
    private static JsonObject WithZones(string kind, JsonObject block)
    {
        if (kind != FileSynchronization.KindName)
        {
            return block;
        }

        var zones = block["zones"]?.AsArray()
            ?? new JsonArray([.. FileZones.All.Select(zone => (JsonNode)new JsonObject { ["zone"] = FileZones.Key(zone) })]);
        var whole = block.DeepClone().AsObject();
        whole["zones"] = new JsonArray([.. zones.Select(zone =>
        {
            var copy = zone!.DeepClone().AsObject();
            copy["path"] ??= FileZones.DefaultPath(Enum.Parse<FileZone>(copy["zone"]!.GetValue<string>(), ignoreCase: true));
            return (JsonNode)copy;
        })]);
        return whole;
    }

    private static IEnumerable<(string Where, string Name, string Why)> Lost(CodeStudioTemplateSettings settings, JsonObject stack, JsonObject archived)
    {
        if (settings.Permissions is not null && archived["permissions"] is null)
        {
            yield return ("permissions", "permissions", "how they write grants of groups is not public");
        }

        if (settings.BaseImage != CodeStudioPins.BaseImage)
        {
            yield return ("baseImage", "baseImage", "images of DSS start from that of its node");
        }

        var blocks = stack["blocks"]!.AsArray();
        for (var position = 0; position < blocks.Count; position++)
        {
            var (kind, block) = blocks[position]!.AsObject().Single();
            var fields = ArchiveFields.Blocks.FirstOrDefault(known => known.Kind == kind).Fields;
            if (fields is null)
            {
                yield return ($"blocks[{position}].{kind}", kind, "the name and the fields of this type are not public");
                continue;
            }

            var known = fields.SelectMany(field => field.Inner.Select(inner => inner.Stack).Append(field.Stack)).ToHashSet(StringComparer.Ordinal);
            foreach (var (key, _) in block!.AsObject().Where(entry => !known.Contains(entry.Key)))
            {
                yield return (
                    $"blocks[{position}].{kind}.{key}", key,
                    kind == CodeEnvironment.KindName ? "DSS keeps packages on its node" : "the name of this field is not public");
            }
        }
    }
}
