using System.Text.Json.Nodes;
using Infra.CodeStudios;

namespace Stacks.CodeStudios;

/// <summary>Where a value stands in an archive and in a stack file.</summary>
/// <param name="Archive">Its key in the archive.</param>
/// <param name="Stack">Its key in the stack file.</param>
/// <param name="Default">What the archive has without a value.</param>
internal sealed record ArchiveField(string Archive, string Stack, JsonNode? Default)
{
    /// <summary>The value of a stack file; null for none. Complains of what cannot be kept.</summary>
    public Func<JsonNode, ArchiveReading, JsonNode?> ToStack { get; init; } = (node, _) => node.DeepClone();

    /// <summary>The value of an archive.</summary>
    public Func<JsonNode, JsonNode?> ToArchive { get; init; } = node => node.DeepClone();

    /// <summary>The fields that stand one level deeper in archives than in stack files.</summary>
    public ArchiveField[] Inner { get; init; } = [];
}

/// <summary>Where in an archive is read, and what could not be kept.</summary>
/// <param name="At">The place, as <c>blocks[2] (entrypoint).exposedPort</c>.</param>
/// <param name="Lost">What could not be kept, a sentence each.</param>
internal sealed record ArchiveReading(string At, List<string> Lost)
{
    public ArchiveReading this[string key] => this with { At = $"{At}.{key}" };

    public void Lose(string what) => Lost.Add($"{At} {what}");
}

/// <summary>The blocks whose form in archives is public, field by field (facts of Dataiku, §3; the names of other types are not published).</summary>
internal static class ArchiveFields
{
    private static readonly ArchiveField[] Resource = [Required("src", "source"), Required("dest", "destination")];

    private static readonly ArchiveField[] ExposedPort =
    [
        Text("label", "label"), Required("port", "port"), Flag("exposeHtml", "exposeHtml", true), Text("proxiedUrlSuffix", "proxiedUrlSuffix", "/"),
        new("exposition", "exposition", new JsonObject { ["type"] = StudioExposedPort.DefaultExposition, ["params"] = new JsonObject() })
        {
            ToStack = Exposition,
            ToArchive = node => new JsonObject { ["type"] = node.DeepClone(), ["params"] = new JsonObject() },
        },
        Flag("allowExpositionOverride", "allowExpositionOverride"), new("containerPort", "containerPort", null),
    ];

    private static readonly ArchiveField[] Zone =
    [
        new("zone", "zone", null) { ToStack = ZoneName, ToArchive = node => FileZones.Id(Enum.Parse<FileZone>(node.GetValue<string>(), ignoreCase: true)) },
        Required("subpath", "subpath"), Required("pathInContainer", "path"), Flag("oneWay", "oneWay"),
    ];

    private static readonly ArchiveField[] EditorFields =
    [
        Flag("useInWebapps", "useInWebapps"), Text("settingsPath", "settingsPath", VisualStudioCode.DefaultSettingsPath),
        Text("extensionsPath", "extensionsPath", VisualStudioCode.DefaultExtensionsPath),
        Text("machineSettingsPath", "machineSettingsPath", VisualStudioCode.DefaultMachineSettingsPath),
        Text("openInPath", "openInPath", VisualStudioCode.DefaultOpenInPath), new("port", "port", VisualStudioCode.DefaultPort),
        Text("startScript", "startScript", VisualStudioCode.DefaultStartScript), Flag("installCodeAssistant", "installCodeAssistant"),
        Flag("showAdvancedParams", "showAdvancedParams"), Text("codeServerVersion", "codeServerVersion", CodeStudioPins.CodeServer),
        Text("pythonExtensionVersion", "pythonExtensionVersion", CodeStudioPins.PythonExtension),
        Text("jupyterExtensionVersion", "jupyterExtensionVersion", CodeStudioPins.JupyterExtension), List("additionalExtensions", "additionalExtensions"),
    ];

    // Names of its configuration that Dataiku's own helper of plugin blocks reads.
    private static readonly ArchiveField[] NotebookFields =
    [
        new("port", "port", JupyterLab.DefaultPort), Flag("useInWebapps", "useInWebapps"),
        new("pythonModules", "modules", "")
        {
            ToStack = (node, _) => new JsonArray([.. Words(node).Select(word => (JsonNode)word)]),
            ToArchive = node => string.Join(' ', node.AsArray().Select(item => item!.GetValue<string>())),
        },
    ];

    /// <summary>Type of an archive, kind of a stack file, fields.</summary>
    public static readonly IReadOnlyList<(string Type, string Kind, ArchiveField[] Fields)> Blocks =
    [
        ("dss_base_image", FileSynchronization.KindName,
            [Items("syncedZones", "zones", Zone, null), List("excludedFromSync", "exclusions")]),
        ("simple_deployment", KubernetesParameters.KindName,
            [
                Flag("useTcpReadiness", "useTcpReadiness", true), Text("readinessProbeUrl", "readinessProbeUrl"),
                Pairs("readinessProbeHeaders", "readinessProbeHeaders"), Items("exposedPorts", "exposedPorts", ExposedPort, new JsonArray()),
                new("exposedServices", "", new JsonArray()) { ToStack = OnlyEmpty }, Pairs("annotations", "annotations"), Pairs("labels", "labels"),
                new("initialSyncTimeoutInMinutes", "initialSyncTimeoutInMinutes", KubernetesParameters.DefaultInitialSyncMinutes),
            ]),
        ("add_codeenv", CodeEnvironment.KindName,
            [
                Required("envName", "name"),
                new("envLang", "language", "PYTHON")
                {
                    ToStack = (node, _) => Word(node).ToLowerInvariant(),
                    ToArchive = node => node.GetValue<string>().ToUpperInvariant(),
                },
                Text("versionId", "versionId", CodeEnvironment.DefaultVersion), Text("envDir", "directory"),
            ]),
        ("append_dockerfile", AppendDockerfile.KindName,
            [Text("label", "label"), Required("dockerfile", "dockerfile"), Flag("runAsRoot", "runAsRoot"),
                Items("resources", "resources", Resource, new JsonArray())]),
        ("entrypoint", StudioEntrypoint.KindName,
            [
                Text("label", "label"), Text("entrypoint", "command"), Items("scripts", "scripts", Resource, new JsonArray()),
                    Flag("useInWebapps", "useInWebapps"),
                new("exposedPort", "exposedPort", null)
                {
                    ToStack = (node, reading) => Object(ExposedPort, node, reading),
                    ToArchive = node => Object(ExposedPort, node.AsObject()),
                },
            ]),
        ("pycdstdioblk_code-studio-blocks_vscode", VisualStudioCode.KindName, [Configuration(EditorFields)]),
        ("pycdstdioblk_code-studio-blocks_jupyterlab", JupyterLab.KindName, [Configuration(NotebookFields)]),
    ];

    /// <summary>An object of an archive as one of a stack file: what is as without a value is left out.</summary>
    public static JsonObject? Object(ArchiveField[] fields, JsonNode? node, ArchiveReading reading)
    {
        if (node is not JsonObject archive)
        {
            reading.Lose("is no object");
            return null;
        }

        var stack = new JsonObject();
        foreach (var (key, value) in archive)
        {
            if (fields.FirstOrDefault(field => field.Archive == key) is not { } field)
            {
                reading[key].Lose("is a field that this program does not know");
                continue;
            }

            if (value is null || JsonNode.DeepEquals(value, field.Default) || field.ToStack(value, reading[key]) is not { } kept)
            {
                continue;
            }

            // The fields of a plugin's block stand one level deeper in archives.
            if (field.Stack.Length == 0)
            {
                foreach (var (inner, innerValue) in kept.AsObject().ToList())
                {
                    stack[inner] = innerValue?.DeepClone();
                }
            }
            else
            {
                stack[field.Stack] = kept;
            }
        }

        return stack;
    }

    /// <summary>An object of a stack file as one of an archive, with every field.</summary>
    public static JsonObject Object(ArchiveField[] fields, JsonObject stack)
    {
        var archive = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Stack.Length == 0)
            {
                archive[field.Archive] = field.Default is null ? field.ToArchive(stack) : field.Default.DeepClone();
            }
            else if (stack[field.Stack] is { } value)
            {
                archive[field.Archive] = field.ToArchive(value);
            }
            else if (field.Default is { } absent)
            {
                archive[field.Archive] = absent.DeepClone();
            }
        }

        return archive;
    }

    private static ArchiveField Configuration(ArchiveField[] fields) => new("config", "", null)
    {
        ToStack = (node, reading) => Object(fields, node, reading) ?? [],
        ToArchive = node => Object(fields, node.AsObject()),
        Inner = fields,
    };

    private static ArchiveField Required(string archive, string stack) => new(archive, stack, null);

    private static ArchiveField Text(string archive, string stack, string absent = "") => new(archive, stack, absent);

    private static ArchiveField Flag(string archive, string stack, bool absent = false) => new(archive, stack, absent);

    private static ArchiveField List(string archive, string stack) => new(archive, stack, new JsonArray());

    private static ArchiveField Items(string archive, string stack, ArchiveField[] fields, JsonNode? absent) => new(archive, stack, absent)
    {
        ToStack = (node, reading) =>
        {
            if (node is not JsonArray array)
            {
                reading.Lose("is no list");
                return null;
            }

            return new JsonArray([.. array
                .Select((item, index) => (JsonNode?)Object(fields, item, reading with { At = $"{reading.At}[{index}]" }) ?? new JsonObject())]);
        },
        ToArchive = node => new JsonArray([.. node.AsArray().Select(item => (JsonNode)Object(fields, item!.AsObject()))]),
    };

    // A list of keys and values there, a map here.
    private static ArchiveField Pairs(string archive, string stack) => new(archive, stack, new JsonArray())
    {
        ToStack = (node, reading) =>
        {
            var map = new JsonObject();
            if (node is not JsonArray pairs)
            {
                reading.Lose("is no list");
                return null;
            }

            foreach (var pair in pairs)
            {
                if (pair is not JsonObject { Count: 2 } entry || entry["key"] is not JsonValue key || entry["value"] is not JsonValue value
                    || map.ContainsKey(Word(key)))
                {
                    reading.Lose("has an entry without key and value, or a key twice");
                    continue;
                }

                map[Word(key)] = Word(value);
            }

            return map;
        },
        ToArchive = node => new JsonArray([.. node.AsObject()
            .Select(entry => (JsonNode)new JsonObject { ["key"] = entry.Key, ["value"] = entry.Value?.DeepClone() })]),
    };

    private static JsonNode? Exposition(JsonNode node, ArchiveReading reading)
    {
        if (node is JsonObject { } exposition && exposition["type"] is JsonValue type && exposition.All(entry => entry.Key is "type" or "params")
            && exposition["params"] is null or JsonObject { Count: 0 })
        {
            return type.DeepClone();
        }

        reading.Lose("has parameters, whose names are not public");
        return null;
    }

    private static JsonNode? ZoneName(JsonNode node, ArchiveReading reading)
    {
        if (FileZones.WithId(Word(node)) is { } zone)
        {
            return FileZones.Key(zone);
        }

        reading.Lose($"names the zone '{Word(node)}', which is none of {string.Join(", ", FileZones.All.Select(FileZones.Id))}");
        return null;
    }

    private static JsonNode? OnlyEmpty(JsonNode node, ArchiveReading reading)
    {
        reading.Lose("is not empty, and what its entries hold is not public");
        return null;
    }

    private static string[] Words(JsonNode node) => node is JsonArray array
        ? [.. array.Select(item => Word(item))]
        : Word(node).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"')).ToArray();

    private static string Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "";
}
