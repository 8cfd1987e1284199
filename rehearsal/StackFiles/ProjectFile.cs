using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>What <c>Pulumi.yaml</c> says: the project's name, where its program and its stack files are, and its configuration keys.</summary>
/// <param name="Folder">The folder of the file.</param>
/// <param name="Name">The project's name, which is also the namespace of keys that have none.</param>
/// <param name="Runtime">The language host that the CLI uses; empty without a file.</param>
/// <param name="Main">The program's folder, relative to <paramref name="Folder"/>; empty when it is the same.</param>
/// <param name="StackFolder">Where the stack files are.</param>
/// <param name="Settings">The configuration keys it declares.</param>
public sealed record ProjectFile(string Folder, string Name, string Runtime, string Main, string StackFolder, IReadOnlyList<ProjectSetting> Settings)
{
    public const string FileName = "Pulumi.yaml";

    public string ProgramFolder => Path.GetFullPath(Main, Folder);

    /// <summary>A folder that has no <c>Pulumi.yaml</c>: its name is the project's.</summary>
    public static ProjectFile WithoutFile(string folder) => new(folder, Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), "", "", folder, []);

    /// <summary>The nearest folder, upwards from the given one, that has a <c>Pulumi.yaml</c>.</summary>
    public static string? FindFolder(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, FileName)))
            {
                return folder.FullName;
            }
        }
        return null;
    }

    /// <summary>Reads the file in a folder.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static ProjectFile Read(string folder)
    {
        var file = YamlFile.Read(Path.Combine(folder, FileName));
        var name = file.Text("name");
        if (string.IsNullOrWhiteSpace(name))
        {
            throw file.At(file.Root, "`name` is missing.", "Add the project's name: `name: platform`.");
        }
        var settings = file.Mapping("config") is { } section ? ProjectSettings.Read(file, section, name) : [];
        return new ProjectFile(folder, name, RuntimeOf(file), file.Text("main") ?? "", Path.GetFullPath(file.Text("stackConfigDir") ?? "", folder), settings);
    }

    // `runtime: dotnet`, or `runtime: {name: dotnet, options: {…}}`
    private static string RuntimeOf(YamlFile file)
    {
        var node = file.Entries(file.Root).FirstOrDefault(entry => entry.Key.Value == "runtime").Value;
        if (node is YamlDotNet.RepresentationModel.YamlMappingNode map)
        {
            return file.Entries(map).FirstOrDefault(entry => entry.Key.Value == "name").Value?.ToString() ?? "";
        }
        return node?.ToString() ?? "";
    }
}

/// <summary>What <c>Pulumi.yaml</c> says about one configuration key.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>boolean</c>, <c>object</c>, <c>array&lt;integer&gt;</c> and so on; null accepts anything.</param>
/// <param name="Default">The value for stacks that set none; null when there is none.</param>
/// <param name="IsSecret">Whether stacks have to seal it.</param>
public sealed record ProjectSetting(string Key, string? Type, ConfigValue? Default, bool IsSecret);

/// <summary>Reads the <c>config:</c> section of <c>Pulumi.yaml</c>.</summary>
/// <remarks><c>size: 3</c> and <c>aws:region: eu-west-1</c> are defaults; <c>size: {type: integer, default: 3, secret: false}</c> says more.</remarks>
internal static class ProjectSettings
{
    private static readonly string[] Types = ["array", "boolean", "integer", "object", "string"];
    private static readonly string[] Keys = ["default", "description", "items", "secret", "type", "value"];

    public static IReadOnlyList<ProjectSetting> Read(YamlFile file, YamlMappingNode section, string project) =>
        [.. file.Entries(section).Select(entry => Setting(file, entry.Key, entry.Value, project))];

    private static ProjectSetting Setting(YamlFile file, YamlScalarNode key, YamlNode node, string project)
    {
        var name = ConfigReader.FullKey(key.Value ?? "", project) ?? throw file.At(key, $"'{key.Value}' is not a configuration key.");
        if (node is not YamlMappingNode map)
        {
            return new ProjectSetting(name, null, ConfigReader.Value(file, node), IsSecret: false);
        }
        var parts = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (part, value) in file.Entries(map))
        {
            if (!Keys.Contains(part.Value, StringComparer.Ordinal))
            {
                throw file.At(
                    part, $"'{part.Value}' is not allowed in the declaration of a configuration key.",
                    $"{Nearest.DidYouMean(part.Value ?? "", Keys)}Allowed are {string.Join(", ", Keys)}.");
            }
            parts[part.Value!] = value;
        }
        var given = parts.GetValueOrDefault("default") ?? parts.GetValueOrDefault("value");
        return new ProjectSetting(
            name, TypeOf(file, parts), given is null ? null : ConfigReader.Value(file, given),
            parts.TryGetValue("secret", out var secret) && secret.ToString() == "true");
    }

    private static string? TypeOf(YamlFile file, Dictionary<string, YamlNode> parts)
    {
        if (!parts.TryGetValue("type", out var type))
        {
            return null;
        }
        var name = type.ToString();
        if (!Types.Contains(name, StringComparer.Ordinal))
        {
            throw file.At(type, $"'{name}' is not a type.", $"Allowed are {string.Join(", ", Types)}.");
        }
        if (name != "array")
        {
            return name;
        }
        if (parts.GetValueOrDefault("items") is not YamlMappingNode items)
        {
            throw file.At(type, "an array has to say what it holds.", "Add `items: {type: string}`.");
        }
        return $"array<{TypeOf(file, file.Entries(items).ToDictionary(entry => entry.Key.Value!, entry => entry.Value, StringComparer.Ordinal)) ?? "string"}>";
    }
}
