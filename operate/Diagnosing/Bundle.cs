using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Operate.Diagnosing;

/// <summary>What a diagnosis gathers, in memory until it is whole, and the archive that it becomes.</summary>
/// <remarks>Texts come in with their secrets: only when everything was read are all secrets known. None leaves before that.</remarks>
public sealed class Bundle
{
    // What a ticket takes, and what fits into memory several times
    private const long MostCharacters = 64L << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _missing = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _notes = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>What could not be had, by its name in the archive, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    /// <summary>What a reader has to know of a part that is there, or of one that the stack does not have.</summary>
    public IReadOnlyDictionary<string, string> Notes => _notes;

    /// <summary>Names of the texts that there are.</summary>
    public IEnumerable<string> Names => _texts.Keys;

    /// <summary>Adds a text.</summary>
    /// <param name="name">Its place in the archive: <c>namespaces/seqera-platform/pods.yaml</c>.</param>
    /// <param name="text">The text, with secrets.</param>
    public void Add(string name, string text)
    {
        lock (_lock)
        {
            if (_characters + text.Length > MostCharacters)
            {
                _missing[name] = $"the archive holds {MostCharacters >> 20} MiB already";
                return;
            }

            _characters += text.Length;
            _texts[name] = text;
        }
    }

    /// <summary>Says that something is not there which should be.</summary>
    public void Lacks(string name, string reason)
    {
        lock (_lock)
        {
            _missing[name] = reason;
        }
    }

    /// <summary>Says what has to be known of a part.</summary>
    public void Note(string name, string text)
    {
        lock (_lock)
        {
            _notes[name] = text;
        }
    }

    /// <summary>The files of the archive in order, without secrets, the manifest first.</summary>
    /// <param name="redactor">Knows every secret by now.</param>
    /// <param name="manifest">Writes <c>MANIFEST.md</c> and <c>manifest.json</c> of what the others are: their names and sizes.</param>
    public IReadOnlyList<(string Name, byte[] Content)> Files(
        Redactor redactor, Func<IReadOnlyList<(string Name, int Bytes)>, IEnumerable<(string Name, string Text)>> manifest)
    {
        lock (_lock)
        {
            List<(string Name, byte[] Content)> files = [];
            HashSet<string> taken = new(StringComparer.Ordinal);
            foreach (var (name, text) in _texts)
            {
                files.Add((Free(redactor.Apply(name), taken), Encoding.UTF8.GetBytes(redactor.Apply(text))));
            }

            var first = manifest([.. files.Select(file => (file.Name, file.Content.Length))]);
            return [.. first.Select(file => (file.Name, Encoding.UTF8.GetBytes(redactor.Apply(file.Text)))), .. files];
        }
    }

    /// <summary>Writes the archive whole, or leaves what was there; nobody but its owner may read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder that everything is in when it is unpacked.</param>
    /// <param name="files">What is inside.</param>
    /// <param name="moment">When it was gathered.</param>
    public static long Write(string path, string folder, IReadOnlyList<(string Name, byte[] Content)> files, DateTimeOffset moment)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        var draft = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var file = new FileStream(draft, options))
            {
                using var zipped = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
                using var archive = new TarWriter(zipped, TarEntryFormat.Pax, leaveOpen: true);
                foreach (var (name, content) in files)
                {
                    using var data = new MemoryStream(content, writable: false);
                    archive.WriteEntry(
                        new PaxTarEntry(TarEntryType.RegularFile, $"{folder}/{name}") { DataStream = data, Mode = OwnerOnly, ModificationTime = moment });
                }
            }

            File.Move(draft, path, overwrite: true);
            return new FileInfo(path).Length;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // A name that held a secret is the same as another one without it
    private static string Free(string name, HashSet<string> taken)
    {
        var free = name.Replace("[secret]", "secret", StringComparison.Ordinal);
        for (var next = 2; !taken.Add(free); next++)
        {
            free = $"{name.Replace("[secret]", "secret", StringComparison.Ordinal)}-{next}";
        }

        return free;
    }
}
