namespace Rehearsal.StackFiles;

/// <summary>Where a project's stack files are: beside <c>Pulumi.yaml</c> or in its <c>stackConfigDir</c>; more in <c>examples</c> beside the program.</summary>
public static class StackFinder
{
    private const string Prefix = "Pulumi.";
    private const string Suffix = ".yaml";
    private const string Examples = "examples";

    /// <summary>The names of all stacks that have a file, by the alphabet.</summary>
    public static IReadOnlyList<string> All(ProjectFile project) =>
        [.. Folders(project).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
            .Select(path => Path.GetFileName(path)[Prefix.Length..])
            .Where(name => name.Length > Suffix.Length)
            .Select(name => name[..^Suffix.Length])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>Every stack file by its path, with the name of its stack; an example may have the name of a stack.</summary>
    public static IReadOnlyList<(string Stack, string? File)> Files(ProjectFile project) =>
        [.. Folders(project).Where(Directory.Exists).Distinct(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}").Order(StringComparer.Ordinal))
            .Select(path => (Path.GetFileName(path)[Prefix.Length..], path))
            .Where(file => file.Item1.Length > Suffix.Length)
            .Select(file => (file.Item1[..^Suffix.Length], (string?)file.path))];

    /// <summary>The file of a stack.</summary>
    /// <exception cref="BadInputException">The name is no stack's; the message lists those there are, the nearest first.</exception>
    public static string Find(ProjectFile project, string stack) => TryFind(project, stack) ?? throw Unknown(project, stack);

    public static string? TryFind(ProjectFile project, string stack)
    {
        CheckName(stack);
        return Folders(project).Select(folder => Path.Combine(folder, Prefix + stack + Suffix)).FirstOrDefault(File.Exists);
    }

    // Pulumi's own rule for stack names; it also keeps a name from leaving the folder
    private static void CheckName(string stack)
    {
        if (stack.Length is > 0 and <= 100 && stack.All(entry => char.IsAsciiLetterOrDigit(entry) || entry is '-' or '_' or '.'))
        {
            return;
        }
        throw new BadInputException($"'{stack}' cannot be the name of a stack.", "Names have letters, digits, '-', '_' and '.', at most 100 of them.");
    }

    private static BadInputException Unknown(ProjectFile project, string stack)
    {
        var stacks = All(project);
        var file = Prefix + stack + Suffix;
        return stacks.Count == 0
            ? new BadInputException(
                $"There is no stack '{stack}': {file} is missing, and so is every other stack file.", $"Write {Path.Combine(project.StackFolder, file)}.")
            : new BadInputException($"There is no stack '{stack}': {file} is missing.", $"There are: {string.Join(", ", Nearest.First(stack, stacks))}.");
    }

    private static string[] Folders(ProjectFile project) => [project.StackFolder, Path.Combine(project.ProgramFolder, Examples)];
}
