using Rehearsal;
using Rehearsal.StackFiles;

namespace Operate.Starting;

/// <summary>A stack file of the repository, cut into its concepts.</summary>
/// <param name="Name">Its stack's name.</param>
/// <param name="Text">All of it.</param>
internal sealed record ExampleFile(string Name, string Text)
{
    private const string Folder = "examples";

    /// <summary>The example of a name.</summary>
    public static ExampleFile Read(ProjectFile project, string name)
        => new(name, File.ReadAllText(Path.Combine(project.ProgramFolder, Folder, $"Pulumi.{name}.yaml")).ReplaceLineEndings("\n"));

    /// <summary>An example by its name, or any other stack file by its path.</summary>
    /// <exception cref="BadInputException">There is neither.</exception>
    public static ExampleFile Find(ProjectFile project, string given, string currentFolder)
    {
        var path = Path.GetFullPath(given, currentFolder);
        if (File.Exists(path))
        {
            return new ExampleFile(given, File.ReadAllText(path).ReplaceLineEndings("\n"));
        }
        var names = Directory.EnumerateFiles(Path.Combine(project.ProgramFolder, Folder), "Pulumi.*.yaml")
            .Select(file => Path.GetFileName(file)["Pulumi.".Length..^".yaml".Length]).Order(StringComparer.Ordinal).ToArray();
        return names.Contains(given, StringComparer.Ordinal) ? Read(project, given) : throw new BadInputException(
            $"There is no example '{given}', and no file of that name.",
            $"{Nearest.DidYouMean(given, names)}Examples are {string.Join(", ", names)}.");
    }

    /// <summary>The lines of a concept, below its key.</summary>
    public Section Of(string concept)
    {
        var head = $"\n  platform:{concept}:";
        var from = Text.IndexOf(head, StringComparison.Ordinal);
        if (from < 0)
        {
            throw new InvalidOperationException($"The example {Name} has no platform:{concept}.");
        }
        var to = Text.IndexOf("\n  platform:", from + 1, StringComparison.Ordinal);
        return new Section(concept, Text[(from + head.Length)..(to < 0 ? Text.Length : to)].TrimEnd());
    }
}

/// <summary>A concept of a stack file: its key, and the text behind its colon.</summary>
internal sealed record Section(string Concept, string Text)
{
    /// <summary>Without some of its members, and the comments above them.</summary>
    /// <param name="indent">How far the members are indented.</param>
    /// <param name="members">Their keys.</param>
    public Section Without(int indent, params string[] members)
    {
        var (kept, comments, isOut) = (new List<string>(), new List<string>(), false);
        foreach (var line in Text.Split('\n'))
        {
            var depth = line.Length - line.TrimStart().Length;
            if (line.Trim().Length > 0 && depth <= indent)
            {
                isOut = depth == indent && members.Contains(line.Trim().Split(':')[0], StringComparer.Ordinal);
            }
            if (line.TrimStart().StartsWith('#') && depth == indent)
            {
                comments.Add(line);
                continue;
            }
            kept.AddRange(isOut ? [] : [.. comments, line]);
            comments.Clear();
        }
        return this with { Text = string.Join('\n', kept) };
    }

    /// <summary>With further lines at its end.</summary>
    public Section With(string lines) => this with { Text = $"{Text}\n{lines}" };

    /// <summary>With another text in place of one.</summary>
    public Section Replaced(string old, string @new) => this with { Text = Text.Replace(old, @new, StringComparison.Ordinal) };
}
