using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.CodeStudios;

namespace Stacks.CodeStudios;

/// <summary>A file of a build context, whole.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="IsExecutable">Whether it is a program.</param>
public sealed record BuiltFile(ReadOnlyMemory<byte> Bytes, bool IsExecutable);

/// <summary>Everything that an image is built from, and the tag that says so.</summary>
/// <param name="Files">The files by their path.</param>
public sealed record BuildContext(ImmutableSortedDictionary<string, BuiltFile> Files)
{
    private const int TagLength = 20;

    /// <summary>The first hexadecimal digits of the hash over all files: the same context has the same tag, whoever makes it.</summary>
    public string Tag
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (path, file) in Files)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                    $"{path}\0{(file.IsExecutable ? "755" : "644")}\0{file.Bytes.Length}\0")));
                hash.AppendData(file.Bytes.Span);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset())[..TagLength];
        }
    }

    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Values.Sum(file => (long)file.Bytes.Length);

    /// <summary>The context of a template.</summary>
    /// <param name="name">Its name in the stack file.</param>
    /// <param name="template">The template, without problems.</param>
    /// <param name="resources">Its resources by path.</param>
    /// <param name="seqera">What Seqera Platform is told of it; null for an image of a pod.</param>
    /// <exception cref="StudioException">A block names a resource that there is not.</exception>
    public static BuildContext Of(
        string name, CodeStudioTemplate template, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> resources, SeqeraStudioOptions? seqera = null)
    {
        var state = template.Build().State;
        var planned = seqera is null ? CodeStudioContext.Files(name, state, template.BaseImage) : SeqeraStudio.Files(name, state, template.BaseImage, seqera);
        var files = ImmutableSortedDictionary.CreateBuilder<string, BuiltFile>(StringComparer.Ordinal);
        foreach (var (path, file) in planned)
        {
            foreach (var (inner, bytes) in file.Text is { } text ? [("", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]
                : Found(file.Source!, resources, name))
            {
                files[inner.Length == 0 ? path : $"{path}/{inner}"] = new BuiltFile(bytes, file.IsExecutable || StartsAsProgram(bytes.Span));
            }
        }

        foreach (var path in files.Keys)
        {
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (files.ContainsKey(path[..slash]))
                {
                    throw new StudioException(
                        $"The template {name} puts a file at {path[..slash]}, and others below it as if it were a folder.",
                        "Give one of the two another destination.");
                }
            }
        }

        return new BuildContext(files.ToImmutable());
    }

    // A file, or every file below a folder by its path there.
    private static IEnumerable<(string Inner, ReadOnlyMemory<byte> Bytes)> Found(
        string source, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> resources, string name)
    {
        if (resources.TryGetValue(source, out var file))
        {
            return [("", file)];
        }

        var prefix = source.Length == 0 ? "" : $"{source}/";
        var below = resources.Where(resource => resource.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => (resource.Key[prefix.Length..], resource.Value));
        return below.Any() ? below : throw new StudioException(
            $"The template {name} names {TemplateResource.Variable}/{source}, and its folder of resources has no such file.",
            resources.IsEmpty ? "That folder has no file at all."
                : $"It has {string.Join(", ", resources.Keys.Take(10))}{(resources.Count > 10 ? ", …" : "")}.");
    }

    // What a file system says of it differs between machines and archives; the first two characters do not.
    private static bool StartsAsProgram(ReadOnlySpan<byte> bytes) => bytes.StartsWith("#!"u8);
}

/// <summary>Something about a template or an archive that the operator has to change.</summary>
public sealed class StudioException(string what, string fix, Exception? cause = null) : Exception(what, cause)
{
    /// <summary>What to do about it.</summary>
    public string Fix { get; } = fix;
}

/// <summary>Folders that this program reads and writes.</summary>
public static class StudioFolder
{
    /// <summary>Bytes of all resources of a template; larger files belong into a zone, or into an image that the template starts from.</summary>
    public const long MostBytes = 256L * 1024 * 1024;

    /// <summary>Files of all resources of a template.</summary>
    public const int MostFiles = 10_000;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Every file below a folder by its path there.</summary>
    /// <exception cref="StudioException">There is a link in it, too much, or no folder.</exception>
    public static ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new StudioException(
                $"The folder of resources {folder} is not there.", "Make it, or correct `resources` of the template; it is relative to the stack file.");
        }

        var files = ImmutableSortedDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var size = 0L;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            var path = Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/');
            if (entry.LinkTarget is not null)
            {
                throw new StudioException($"{path} in {folder} is a link, and an image would hold what it happens to point to.", "Put the file itself there.");
            }

            if (entry is not FileInfo file)
            {
                continue;
            }

            size += file.Length;
            if (size > MostBytes || files.Count >= MostFiles)
            {
                throw new StudioException(
                    $"{folder} holds more than {MostBytes / 1024 / 1024} MiB or {MostFiles} files.",
                    "Keep large files in a zone, or in the image that the template starts from.");
            }

            files[path] = File.ReadAllBytes(file.FullName);
        }

        return files.ToImmutable();
    }

    /// <summary>Writes a folder as a whole: what an earlier run wrote there is replaced, anything else refused.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="files">The files by their path.</param>
    /// <param name="mark">Name of a file in it that says that this program wrote it.</param>
    /// <param name="note">What that file says.</param>
    /// <exception cref="StudioException">It holds something of another origin, or cannot be written; nothing has changed.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, BuiltFile> files, string mark, string note)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target))
        {
            throw new StudioException($"{target} is a file.", "Name a folder: -o DIR.");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, mark)))
        {
            throw new StudioException($"{target} holds files that this command did not write.", "Name an empty folder, or one that is not there yet.");
        }

        if (Path.GetDirectoryName(target) is not { } parent)
        {
            throw new StudioException($"{target} is the root of all folders.", "Name a folder below it.");
        }

        var staged = Path.Combine(parent, $".{Path.GetFileName(target)}-{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(parent);
            Stage(staged, files.Append(new(mark, new BuiltFile(Encoding.UTF8.GetBytes(note), false))));
            Replace(target, staged);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StudioException(
                $"{target} cannot be written: {exception.Message}", "Check that you may write there and that there is room, or name another folder.",
                exception);
        }
        finally
        {
            if (Directory.Exists(staged))
            {
                Directory.Delete(staged, recursive: true);
            }
        }
    }

    // The folder itself stays where it is a mount or somebody's current folder: one rename away, one rename back.
    private static void Replace(string target, string staged)
    {
        var old = $"{staged}-old";
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        try
        {
            Directory.Move(staged, target);
        }
        catch when (Directory.Exists(old))
        {
            Directory.Move(old, target);
            throw;
        }

        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private static void Stage(string staged, IEnumerable<KeyValuePair<string, BuiltFile>> files)
    {
        Directory.CreateDirectory(staged);
        foreach (var (path, file) in files)
        {
            var full = Path.Combine(staged, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(file.Bytes.Span);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, file.IsExecutable ? Executable : Readable);
            }
        }
    }
}
