namespace Rehearsal.StackFiles;

/// <summary>What a command line calls a stack: its name, or its file as a shell completes one.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Path">Its file; null where the name has to be looked up.</param>
internal sealed record StackReference(string Name, string? Path)
{
    private const string Prefix = "Pulumi.";
    private static readonly string[] Suffixes = [".yaml", ".yml"];

    /// <summary>Reads the text; a file is meant from where the line was typed, else from the project's folder.</summary>
    /// <exception cref="BadInputException">It is a path, and there is no stack file.</exception>
    public static StackReference Read(string text, ProjectFile project, string currentFolder)
    {
        if (!IsPath(text))
        {
            return new StackReference(text, Path: null);
        }
        var path = new[] { currentFolder, project.Folder }.Select(folder => System.IO.Path.GetFullPath(text, folder)).FirstOrDefault(File.Exists);
        // The name of the file alone is enough, wherever stack files lie
        if (path is null && NameOf(text) is { } bare && System.IO.Path.GetFileName(text) == text)
        {
            return new StackReference(bare, Path: null);
        }
        if (path is null)
        {
            throw new BadInputException(
                Directory.Exists(System.IO.Path.GetFullPath(text, currentFolder)) ? $"{text} is a folder, and no stack file."
                    : $"There is no stack file {text}.",
                $"Give a stack's name or its file: {string.Join(", ", Near(text, project))}.");
        }
        return NameOf(path) is { } name ? new StackReference(name, path) : throw new BadInputException(
            $"{text} is not a stack file: its name is not {Prefix}STACK.yaml.", "Give the stack, and this file with --config-file.");
    }

    /// <summary>The name of the stack whose file this is; null where it is none.</summary>
    public static string? NameOf(string path)
    {
        var file = System.IO.Path.GetFileName(path);
        return file.StartsWith(Prefix, StringComparison.Ordinal)
            && Suffixes.FirstOrDefault(suffix => file.EndsWith(suffix, StringComparison.Ordinal) && file.Length > Prefix.Length + suffix.Length) is { } end
            ? file[Prefix.Length..^end.Length] : null;
    }

    // No stack's name has a separator; one that ends as a file does is taken for one
    private static bool IsPath(string text)
        => text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) || Array.Exists(Suffixes, text.EndsWith);

    private static IEnumerable<string> Near(string text, ProjectFile project)
        => StackFinder.All(project) is { Count: > 0 } stacks ? Nearest.First(NameOf(text) ?? text, stacks) : [$"{Prefix}STACK.yaml"];
}
