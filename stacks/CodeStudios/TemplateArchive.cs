using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.CodeStudios;
using Stacks.Settings;

namespace Stacks.CodeStudios;

/// <summary>A template as DSS exports it: a zip file with manifest.json, exportSpec.json, template.json and the folder template-resources.</summary>
/// <param name="Template">What template.json says.</param>
/// <param name="Manifest">What manifest.json says.</param>
/// <param name="ExportSpec">What exportSpec.json says.</param>
/// <param name="Resources">The template's resources by path.</param>
public sealed record TemplateArchive(
    JsonObject Template, JsonObject Manifest, JsonObject ExportSpec, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Resources)
{
    /// <summary>Bytes of an archive, and of one of its three JSON files.</summary>
    public const long MostPackedBytes = 128L * 1024 * 1024;

    /// <summary>How many times an archive may be as large unpacked: text packs ten times, a bomb a thousand.</summary>
    public const int MostTimes = 200;

    private const string TemplateFile = "template.json";
    private const string ManifestFile = "manifest.json";
    private const string ExportSpecFile = "exportSpec.json";
    private const string ResourcesFolder = "template-resources/";
    private const long MostJsonBytes = 8L * 1024 * 1024;

    // Zip files written on Unix keep the mode of a file in the upper half, the type in its first four bits.
    private const int TypeBits = 0xF000;
    private const int LinkType = 0xA000;
    private const int FileType = 0x8000;
    private const int FolderType = 0x4000;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private static readonly DateTimeOffset SomeDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The archive of a template of a stack.</summary>
    public static TemplateArchive Of(
        string name, CodeStudioTemplateSettings settings, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> resources,
            IReadOnlyCollection<string>? leftOut = null) =>
        ExportedTemplate.Of(name, settings, resources, leftOut ?? []);

    /// <summary>Reads an archive.</summary>
    /// <exception cref="StudioException">It is none, is damaged, or holds what no archive of a template holds.</exception>
    public static TemplateArchive Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MostPackedBytes)
            {
                throw new StudioException(
                    $"{path} is larger than {MostPackedBytes / 1024 / 1024} MiB.", "Take large files out of the template's resources before it is exported.");
            }

            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return Read(path, zip, stream.Length);
        }
        catch (InvalidDataException exception)
        {
            throw new StudioException(
                $"{path} is no zip file, or a part of it is missing or damaged: {exception.Message}", "Export the template from DSS again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StudioException($"{path} cannot be read: {exception.Message}", "Name an archive that DSS has exported.", exception);
        }
    }

    /// <summary>Writes the archive whole, in the same bytes every time.</summary>
    /// <exception cref="StudioException">The file is there already and no archive, or cannot be written.</exception>
    public void Save(string path)
    {
        if (Directory.Exists(path) || (File.Exists(path) && !IsArchive(path)))
        {
            throw new StudioException($"{path} is there, and is no archive of a template.", "Name a file that is not there yet.");
        }

        var staged = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (var zip = new ZipArchive(new FileStream(staged, FileMode.CreateNew, FileAccess.Write), ZipArchiveMode.Create))
            {
                Add(zip, ManifestFile, Bytes(Manifest));
                Add(zip, ExportSpecFile, Bytes(ExportSpec));
                Add(zip, TemplateFile, Bytes(Template));
                foreach (var (name, bytes) in Resources)
                {
                    Add(zip, $"{ResourcesFolder}{name}", bytes);
                }
            }

            File.Move(staged, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StudioException(
                $"{path} cannot be written: {exception.Message}", "Check that you may write there and that there is room, or name another file.", exception);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static TemplateArchive Read(string path, ZipArchive zip, long packed)
    {
        var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        // What the directory of a zip file says of sizes may be a lie: what counts is what comes out.
        var left = Math.Min(StudioFolder.MostBytes, Math.Max(packed, 1024) * MostTimes);
        if (zip.Entries.Count > StudioFolder.MostFiles)
        {
            throw new StudioException($"{path} has more than {StudioFolder.MostFiles} files.", "Export the template from DSS again, with fewer resources.");
        }

        foreach (var entry in zip.Entries)
        {
            CheckEntry(path, entry, files);
            if (entry.FullName.EndsWith('/'))
            {
                continue;
            }

            var bytes = Unpacked(path, entry, left);
            left -= bytes.Length;
            files[entry.FullName] = bytes;
        }

        var resources = files.Where(file => file.Key.StartsWith(ResourcesFolder, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(file => file.Key[ResourcesFolder.Length..], file => file.Value, StringComparer.Ordinal);
        return new TemplateArchive(Json(path, files, TemplateFile), Json(path, files, ManifestFile), Json(path, files, ExportSpecFile), resources);
    }

    private static void CheckEntry(string path, ZipArchiveEntry entry, SortedDictionary<string, ReadOnlyMemory<byte>> files)
    {
        var name = entry.FullName;
        var type = (entry.ExternalAttributes >> 16) & TypeBits;
        var shown = string.Concat(name.Select(character => char.IsControl(character) ? '?' : character));
        if (!StudioPath.IsRelative(name.TrimEnd('/')) || name.Contains(':', StringComparison.Ordinal))
        {
            throw new StudioException(
                $"{path} holds '{shown}', a path that leads out of the folder it is unpacked in, or is none.",
                "Do not use this archive: DSS writes no such paths.");
        }

        if (type is LinkType)
        {
            throw new StudioException($"{path} holds '{shown}', a link.", "Export the template again, with the file itself among its resources.");
        }

        if (type is not (0 or FileType or FolderType) || (type == FolderType && !name.EndsWith('/')))
        {
            throw new StudioException($"{path} holds '{shown}', which is no file.", "Export the template again, with files only among its resources.");
        }

        if (files.ContainsKey(name) || files.Keys.Any(other => other.StartsWith($"{name.TrimEnd('/')}/", StringComparison.Ordinal) && !name.EndsWith('/'))
            || files.Keys.Any(other => name.StartsWith($"{other}/", StringComparison.Ordinal)))
        {
            throw new StudioException($"{path} holds '{shown}' twice, or as a file and as a folder.", "Export the template from DSS again.");
        }

        if (name is not (TemplateFile or ManifestFile or ExportSpecFile) && !name.StartsWith(ResourcesFolder, StringComparison.Ordinal))
        {
            throw new StudioException(
                $"{path} holds '{shown}', which no archive of a template does, and which could not be kept.",
                $"Archives hold {ManifestFile}, {ExportSpecFile}, {TemplateFile} and {ResourcesFolder}: take out what is not theirs.");
        }
    }

    private static byte[] Unpacked(string path, ZipArchiveEntry entry, long left)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            if (memory.Length + count > left)
            {
                throw new StudioException(
                    $"{path} is a bomb, or far too large: unpacked it is more than {StudioFolder.MostBytes / 1024 / 1024} MiB, "
                        + $"or more than {MostTimes} times as large as packed.",
                    "Do not use this archive unless you know why; large files belong into a zone.");
            }

            memory.Write(buffer, 0, count);
        }

        // A part that is missing in the middle is noticed by its length only.
        return memory.Length == entry.Length ? memory.ToArray()
            : throw new InvalidDataException($"{entry.FullName} has {memory.Length} bytes, and not {entry.Length}.");
    }

    private static JsonObject Json(string path, SortedDictionary<string, ReadOnlyMemory<byte>> files, string name)
    {
        if (!files.TryGetValue(name, out var bytes))
        {
            throw new StudioException(
                $"{path} has no {name}, so it is no archive of a template.",
                "Export the template from DSS: Administration, Code Studios, the template, Actions.");
        }

        if (bytes.Length > MostJsonBytes)
        {
            throw new StudioException($"{name} in {path} is larger than {MostJsonBytes / 1024 / 1024} MiB.", "Export the template from DSS again.");
        }

        try
        {
            return JsonNode.Parse(bytes.Span, documentOptions: Strict) as JsonObject
                ?? throw new StudioException($"{name} in {path} is no JSON object.", "Export the template from DSS again.");
        }
        catch (JsonException exception)
        {
            throw new StudioException($"{name} in {path} is no JSON: {exception.Message}", "Export the template from DSS again.", exception);
        }
    }

    private static bool IsArchive(string path)
    {
        try
        {
            Read(path);
            return true;
        }
        catch (StudioException)
        {
            return false;
        }
    }

    private static byte[] Bytes(JsonObject json) => System.Text.Encoding.UTF8.GetBytes($"{json.ToJsonString(Options)}\n");

    private static void Add(ZipArchive zip, string name, ReadOnlyMemory<byte> bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = SomeDay;
        using var stream = entry.Open();
        stream.Write(bytes.Span);
    }
}
