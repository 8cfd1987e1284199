using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.StackFiles;

/// <summary>Seals one setting of a stack file and leaves every other character, comments and line ends included, as it is.</summary>
internal static class StackFileEditor
{
    private const string Config = "config";
    private const string Salt = "encryptionsalt";

    /// <summary>Puts a sealed value into a stack file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="place">Where the value belongs.</param>
    /// <param name="sealedText">What stands after <c>secure:</c>.</param>
    /// <param name="meant">The whole setting as it is to be.</param>
    /// <param name="salt">The salt line to add, for a file that has none.</param>
    /// <exception cref="BadInputException">The file cannot be written, or not in a way that is safe; it stays as it is.</exception>
    public static void Seal(string path, string project, ConfigPath place, string sealedText, ConfigValue meant, string? salt)
    {
        var content = FileContent.Read(path);
        var changed = OrNull(() => Changed(path, content.Text, project, place, sealedText));
        if (changed is not null && salt is not null)
        {
            changed = OrNull(() => WithSalt(YamlFile.Parse(path, changed), salt));
        }
        var after = changed is null ? null : OrNull(() => StackFile.Parse(path, changed, project));
        if (changed is null || !IsWhatWasMeant(StackFile.Parse(path, content.Text, project), after, place.Root, meant, salt))
        {
            throw new BadInputException(
                $"{Path.GetFileName(path)} is written in a way that cannot be changed without risk.", "Run it with --print and put the lines in by hand.");
        }
        content.Replace(changed);
    }

    /// <summary>A setting as lines of a stack file.</summary>
    public static string Lines(string key, ConfigValue value) => YamlLines.Entry(key, 2, value.ToJson()!);

    private static string? Changed(string path, string text, string project, ConfigPath place, string sealedText)
    {
        var (file, edit) = (YamlFile.Parse(path, text), new YamlEdit(text));
        var value = new JsonObject { ["secure"] = sealedText };
        var (key, node) = file.Root.Entries.FirstOrDefault(entry => entry.Key.Value == Config);
        if (key is null)
        {
            var whole = ConfigPath.Around(value, place.Steps);
            return file.Root.IsFlow && text.Length > 0 ? edit.Add(file.Root, Config, new JsonObject { [place.Root] = whole })
                : edit.Append($"{Config}:\n{YamlLines.Entry(place.Root, 2, whole)}");
        }
        if (node is YamlMap section && (section.IsFlow ? section.Entries.Count > 0 || file.Root.IsFlow : section.Entries.Count > 0))
        {
            var name = section.Entries.FirstOrDefault(entry => ConfigReader.FullKey(entry.Key.Value, project) == place.Root).Key?.Value;
            return node.Start.Index < key.End.Index ? null : edit.Put(section, [name ?? place.Root, .. place.Steps], value);
        }
        return YamlFile.IsNull(node) || node is YamlMap
            ? edit.Fill(key, node, YamlLines.Entry(place.Root, 2, ConfigPath.Around(value, place.Steps))) : null;
    }

    // Before the settings, where Pulumi puts it, and below a comment at the top of the file
    private static string WithSalt(YamlFile file, string salt)
    {
        var edit = new YamlEdit(file.Content);
        if (file.Root.Entries.FirstOrDefault(entry => entry.Key.Value == Salt) is { Key: { } key } empty)
        {
            return edit.Fill(key, empty.Value, $" {salt}");
        }
        return file.Root.IsFlow ? edit.Add(file.Root, Salt, JsonValue.Create(salt))
            : edit.Insert((int)file.Root.Entries.First(entry => entry.Key.Value == Config).Key.Start.Index, $"{Salt}: {salt}\n");
    }

    // An edit that went astray is no longer YAML
    private static T? OrNull<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static bool IsWhatWasMeant(StackFile before, StackFile? after, string key, ConfigValue meant, string? salt)
        => after is not null && after.EncryptionSalt == (salt ?? before.EncryptionSalt) && after.SecretsProvider == before.SecretsProvider
            && after.Config.TryGetValue(key, out var value) && value.IsSecret && value.IsObject == meant.IsObject
            && JsonNode.DeepEquals(value.ToJson(), meant.ToJson())
            && before.Config.Keys.Append(key).ToHashSet(StringComparer.Ordinal).SetEquals(after.Config.Keys)
            && before.Config.Where(entry => entry.Key != key).All(entry => after.Config[entry.Key].Text == entry.Value.Text);
}

/// <summary>What is in a file of text, to be written back as a whole: with its marks, its permissions, and where a link leads.</summary>
/// <param name="path">The file that a link leads to.</param>
/// <param name="name">What the operator calls it.</param>
/// <param name="bytes">What is in it.</param>
internal sealed class FileContent(string path, string name, byte[] bytes)
{
    private static readonly byte[] Mark = [.. Encoding.UTF8.Preamble];

    private readonly bool _isMarked = bytes.AsSpan().StartsWith(Mark);

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text => Encoding.UTF8.GetString(bytes.AsSpan(_isMarked ? Mark.Length : 0));

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, is not to be written, or is no text.</exception>
    public static FileContent Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var content = new FileContent(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path, name, File.ReadAllBytes(path));
            if (!Encoding.UTF8.GetBytes(content.Text).AsSpan().SequenceEqual(content.Bytes[(content._isMarked ? Mark.Length : 0)..]))
            {
                throw new BadInputException($"{name} is not text in UTF-8, so it cannot be changed without risk.", "Save it as UTF-8 in an editor.");
            }
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(name, e.Message, e);
        }
    }

    private ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Writes another text in its place: whoever reads sees the old or the new one.</summary>
    /// <exception cref="BadInputException">It cannot be written, or somebody wrote it meanwhile; it stays as it is.</exception>
    public void Replace(string text)
    {
        // Of another file system nothing can be moved here, and two runs must not write one file
        var staged = $"{path}.{Environment.ProcessId}.new";
        try
        {
            if (File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            {
                throw new BadInputException($"{name} is read-only.", "Make it writable, or run it with --print and put the lines where they belong.");
            }
            using (var file = new FileStream(staged, FileMode.Create, FileAccess.Write))
            {
                file.Write([.. _isMarked ? Mark : [], .. Encoding.UTF8.GetBytes(text)]);
                file.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(staged, File.GetUnixFileMode(path));
            }
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                throw new BadInputException($"{name} was changed while it was to be changed here.", "Run it again.");
            }
            File.Move(staged, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(name, e.Message, e);
        }
        finally
        {
            Discard(staged);
        }
    }

    private static void Discard(string staged)
    {
        try
        {
            File.Delete(staged);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why it could not be written is said already
        }
    }

    private static BadInputException Unwritable(string name, string cause, Exception inner) => new(
        $"{name} cannot be written: {cause}", "Check the permissions of the file and its folder and the free space, or run it with --print.", inner);
}
