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
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file.Name))!);
                File.Move(Path.Combine(staged, file.Name), Path.Combine(folder, file.Name), overwrite: true);
            }
            foreach (var stale in own.Except(files.Select(file => file.Name), StringComparer.Ordinal))
            {
                File.Delete(Path.Combine(folder, stale));
            }
            foreach (var emptied in ManifestFile.Folders.Select(name => Path.Combine(folder, name)).Where(path => Directory.Exists(path)))
            {
                if (!Directory.EnumerateFileSystemEntries(emptied).Any())
                {
                    Directory.Delete(emptied);
                }
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
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(staged, file.Name))!);
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
        return
        [
            .. ManifestFile.Folders.Prepend("").Select(name => Path.Combine(folder, name)).Where(path => Directory.Exists(path))
                .SelectMany(path => Directory.EnumerateFiles(path)).Where(path => ManifestFile.IsOurs(path) && FirstLine(path) == head)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')),
        ];
    }

    private static string? FirstLine(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine();
    }
}
