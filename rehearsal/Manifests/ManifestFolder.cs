using Rehearsal.Rendering;

namespace Rehearsal.Manifests;

/// <summary>Puts manifests into a folder: all of them or none.</summary>
public static class ManifestFolder
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Writes the files; those that an earlier run for the same stack wrote are replaced or taken away, all others stay as they are.</summary>
    /// <param name="folder">Where to write; made when it is not there.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="files">What to write.</param>
    /// <param name="private">Whether only the owner may read the files, because they hold secrets.</param>
    /// <exception cref="BadInputException">A file of another origin is in the way, or the folder cannot be written; nothing has changed.</exception>
    public static void Write(string folder, string stack, IReadOnlyList<ManifestFile> files, bool @private)
    {
        if (File.Exists(folder))
        {
            throw new BadInputException($"{folder} is a file.", "Name a folder: -o DIR.");
        }
        var own = Own(folder, stack);
        var foreign = files.Select(file => file.Name).Where(name => Path.Exists(Path.Combine(folder, name)) && !own.Contains(name)).ToArray();
        if (foreign.Length > 0)
        {
            throw new BadInputException(
                $"{folder} holds files that `./platform manifests {stack}` did not write and would overwrite: {string.Join(", ", foreign)}.",
                "Name an empty folder, or move these files away.");
        }
        try
        {
            Replace(folder, files, own, @private);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{folder} cannot be written: {e.Message}", "Check that you may write there, or name another folder.", e);
        }
    }

    private static void Replace(string folder, IReadOnlyList<ManifestFile> files, HashSet<string> own, bool @private)
    {
        // Everything is written beside the folder first: what can fail (permissions, space) fails before anything changes
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))!;
        Directory.CreateDirectory(parent);
        var staged = Path.Combine(parent, $".{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}-{Path.GetRandomFileName()}");
        try
        {
            Stage(staged, files, @private);
            if (!Directory.Exists(folder))
            {
                Directory.Move(staged, folder);
                return;
            }
            // One rename at a time cannot fail half-way for the reasons above once this one has not
            File.Delete(Probe(folder));
            foreach (var file in files)
            {
                File.Move(Path.Combine(staged, file.Name), Path.Combine(folder, file.Name), overwrite: true);
            }
            foreach (var stale in own.Except(files.Select(file => file.Name), StringComparer.Ordinal))
            {
                File.Delete(Path.Combine(folder, stale));
            }
        }
        finally
        {
            if (Directory.Exists(staged))
            {
                Directory.Delete(staged, recursive: true);
            }
        }
    }

    private static void Stage(string staged, IReadOnlyList<ManifestFile> files, bool @private)
    {
        if (@private && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(staged, OwnerFolder);
        }
        else
        {
            Directory.CreateDirectory(staged);
        }
        foreach (var file in files)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (@private && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerFile;
            }
            using var writer = new StreamWriter(Path.Combine(staged, file.Name), options);
            writer.Write(file.Text);
        }
    }

    private static string Probe(string folder)
    {
        var probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        File.WriteAllText(probe, "");
        return probe;
    }

    private static HashSet<string> Own(string folder, string stack)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }
        var head = ManifestFile.Head(stack);
        return [.. Directory.EnumerateFiles(folder, "*.yaml").Where(path => FirstLine(path) == head).Select(path => Path.GetFileName(path))];
    }

    private static string? FirstLine(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine();
    }
}

/// <summary>One manifest: its file's name and text.</summary>
public sealed record ManifestFile(string Name, string Text)
{
    private const string Mark = "# Written by ./platform manifests ";

    /// <summary>The files of a stack's objects; the names depend only on the objects.</summary>
    /// <remarks>kubectl applies a folder in the order of names: namespaces and definitions begin with a digit, so they come first.</remarks>
    public static IReadOnlyList<ManifestFile> All(string stack, IEnumerable<KubernetesObject> objects)
    {
        var files = new List<ManifestFile>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in objects.OrderBy(item => item.Urn.Value, StringComparer.Ordinal))
        {
            var stem = Stem(item);
            var name = stem;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{stem}-{number}";
            }
            files.Add(
                new ManifestFile(
                    $"{name}{(item.IsPatch ? ".patch" : "")}.yaml",
                    $"{Head(stack)}\n{string.Concat(item.Notes.Prepend(item.Urn.Value).Select(Comment))}{ManifestYaml.Text(item.Body)}"));
        }
        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>The first line of every file of a stack: how a later run knows its own files.</summary>
    public static string Head(string stack) => $"{Mark}{stack}: change the stack file, not this one.";

    // A name with a line break in it must not become a line of the manifest
    private static string Comment(string text) => $"# {Terminal.OneLine(text)}\n";

    private static string Stem(KubernetesObject item)
    {
        var order = item.Kind is "Namespace" or "CustomResourceDefinition" ? "0-" : "";
        var name = item.Namespace.Length == 0 ? $"{item.Kind}-{item.Name}" : $"{item.Kind}-{item.Namespace}-{item.Name}";
        return order + string.Concat(name.ToLowerInvariant().Select(entry => char.IsAsciiLetterOrDigit(entry) || entry is '-' or '.' ? entry : '-'));
    }
}
