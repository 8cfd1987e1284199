namespace Rehearsal.StackFiles;

/// <summary>What <c>Pulumi.yaml</c> says: the project's name, where its program and its stack files are, and its configuration keys.</summary>
/// <param name="Folder">The folder of the file.</param>
/// <param name="Name">The project's name, which is also the namespace of keys that have none.</param>
/// <param name="Runtime">The language of its program.</param>
/// <param name="Main">The program's folder or file, relative to <paramref name="Folder"/>; empty when it is the same.</param>
/// <param name="StackFolder">Where the stack files are.</param>
/// <param name="Settings">The configuration keys it declares.</param>
public sealed record ProjectFile(string Folder, string Name, ProjectRuntime Runtime, string Main, string StackFolder, IReadOnlyList<ProjectSetting> Settings)
{
    public const string FileName = "Pulumi.yaml";

    public string ProgramFolder => HasFile ? Path.GetDirectoryName(MainPath)! : MainPath;

    /// <summary>What is started in <see cref="ProgramFolder"/>: a file of it, or the folder itself as <c>.</c>.</summary>
    public string EntryPoint => HasFile ? Path.GetFileName(MainPath) : ".";

    private string MainPath => Path.GetFullPath(Main, Folder);

    private bool HasFile => Main.Length > 0 && File.Exists(MainPath);

    /// <summary>A folder that has no <c>Pulumi.yaml</c>: its name is the project's.</summary>
    public static ProjectFile WithoutFile(string folder)
        => new(folder, Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), ProjectRuntime.None, "", folder, []);

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
        return new ProjectFile(
            folder, name, ProjectRuntime.Read(file), file.Text("main") ?? "", Path.GetFullPath(file.Text("stackConfigDir") ?? "", folder), settings);
    }
}

/// <summary>What <c>Pulumi.yaml</c> says about one configuration key.</summary>
/// <param name="Key">The full key, which may be a path into a structured value.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>boolean</c>, <c>object</c>, <c>array&lt;integer&gt;</c> and so on; null accepts anything.</param>
/// <param name="Default">The value for stacks that set none; null when there is none.</param>
/// <param name="IsSecret">Whether stacks have to seal it.</param>
public sealed record ProjectSetting(string Key, string? Type, ConfigValue? Default, bool IsSecret)
{
    internal ConfigPath Path => ConfigPath.Parse(Key)!;

    /// <summary>Where it is declared; null when no file declares it.</summary>
    internal SettingSource? Source { get; init; }
}

/// <summary>Reads the <c>config:</c> section of <c>Pulumi.yaml</c>.</summary>
/// <remarks><c>size: 3</c> and <c>aws:region: eu-west-1</c> are defaults; <c>size: {type: integer, default: 3, secret: false}</c> says more.</remarks>
internal static class ProjectSettings
{
    private static readonly string[] Types = ["array", "boolean", "integer", "object", "string"];
    private static readonly string[] Keys = ["default", "description", "items", "secret", "type", "value"];

    public static IReadOnlyList<ProjectSetting> Read(YamlFile file, YamlMap section, string project) =>
        [.. section.Entries.Select(entry => Setting(file, entry.Key, entry.Value, project))];

    private static ProjectSetting Setting(YamlFile file, YamlScalar key, YamlNode node, string project)
    {
        var name = ConfigReader.FullKey(key.Value, project);
        if (name is null || ConfigPath.Parse(name) is null)
        {
            throw file.At(key, $"'{YamlText.Shown(key.Value)}' is not a configuration key.");
        }
        if (node is not YamlMap map)
        {
            return new ProjectSetting(name, null, Default(file, node), IsSecret: false) { Source = new SettingSource(file, key, node) };
        }
        foreach (var (part, _) in map.Entries.Where(entry => !Keys.Contains(entry.Key.Value, StringComparer.Ordinal)))
        {
            throw file.At(
                part, $"'{YamlText.Shown(part.Value)}' is not allowed in the declaration of a configuration key.",
                $"{Nearest.DidYouMean(YamlText.Shown(part.Value), Keys)}Allowed are {string.Join(", ", Keys)}.");
        }
        CheckForm(file, name, map, isOwn: name.StartsWith($"{project}:", StringComparison.Ordinal));
        var given = map.Find("default") ?? map.Find("value");
        return new ProjectSetting(
            name, TypeOf(file, map), given is null ? null : Default(file, given), map.Find("secret") is { } secret && YamlScalars.IsTrue(secret))
        {
            Source = new SettingSource(file, key, given),
        };
    }

    // The CLI's rules: a key of another namespace belongs to a provider, which declares it
    private static void CheckForm(YamlFile file, string name, YamlMap map, bool isOwn)
    {
        if (map.Find("default") is { } both && map.Find("value") is not null)
        {
            throw file.At(both, $"{name} has both a `default` and a `value`.", "Keep one of the two.");
        }
        if (isOwn)
        {
            return;
        }
        if (map.Find("type") is { } type)
        {
            throw file.At(type, $"{name} is not a key of this project, so its type is not for this file to say.", "Take `type` out.");
        }
        if (map.Find("default") is { } given)
        {
            throw file.At(given, $"{name} is not a key of this project, so it has no default here.", "Give it as `value`.");
        }
    }

    // A number is written as Go writes it: 0x1F is 31, 1.50 is 1.5
    private static ConfigValue? Default(YamlFile file, YamlNode node) =>
        ConfigReader.ToJson(node) is { } json ? ConfigValue.From(json, file.Place(node)) : null;

    private static string? TypeOf(YamlFile file, YamlMap parts)
    {
        if (parts.Find("type") is not { } type)
        {
            return null;
        }
        var name = (type as YamlScalar)?.Value;
        if (!Types.Contains(name, StringComparer.Ordinal))
        {
            throw file.At(type, $"'{YamlText.Shown(name)}' is not a type.", $"Allowed are {string.Join(", ", Types)}.");
        }
        if (name != "array")
        {
            return name;
        }
        return parts.Find("items") is YamlMap items
            ? $"array<{TypeOf(file, items) ?? "string"}>"
            : throw file.At(type, "an array has to say what it holds.", "Add `items: {type: string}`.");
    }
}
