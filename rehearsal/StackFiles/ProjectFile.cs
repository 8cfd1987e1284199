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
            if (File.Exists(Path.Combine(folder.FullName, FileName))) return folder.FullName;
        }

        return null;
    }

    /// <summary>Reads the file in a folder.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static ProjectFile Read(string folder)
    {
        var file = YamlFile.Read(Path.Combine(folder, FileName));
        var name = file.Text("name");
        if (string.IsNullOrWhiteSpace(name)) throw file.At(file.Root, "`name` is missing.", "Add the project's name: `name: platform`.");
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
