using System.Collections.Immutable;
using System.Globalization;

namespace Rehearsal.StackFiles;

/// <summary>Where the settings of a stack stand: finds the place of a key path, as messages of programs name it, in the stack file or in
/// <c>Pulumi.yaml</c>.</summary>
/// <remarks>
/// A path is <c>platform:redis.users[0].name</c>; a key that has dots, brackets, quotes, colons or spaces in it is written as Pulumi's property paths write
/// it, <c>labels["app.kubernetes.io/name"]</c>. What is not there is found where it would stand: at the nearest key around it.
/// </remarks>
public sealed class ConfigPlaces
{
    /// <summary>How a message names the settings as a whole.</summary>
    private const string Section = "config";

    /// <summary>Longer than any key that a person writes; what is longer is found by its first key.</summary>
    private const int LongestPath = 2000;

    private readonly string _project;
    private readonly FilePlace? _section;
    private readonly ImmutableArray<Root> _roots;

    private ConfigPlaces(string project, FilePlace? section, ImmutableArray<Root> roots)
    {
        _project = project;
        _section = section;
        _roots = roots;
    }

    /// <summary>Knows no place, for a stack without a file.</summary>
    public static ConfigPlaces None { get; } = new("", null, []);

    /// <summary>The places of a stack's settings; those that only <c>Pulumi.yaml</c> gives are found there.</summary>
    public static ConfigPlaces Of(ProjectFile project, StackFile file)
    {
        var own = file.Source is { } source
            ? source.Section.Entries.Select(entry => new Root(ConfigReader.FullKey(entry.Key.Value, project.Name)!, source.File, entry.Key, entry.Value))
            : [];
        var defaults = project.Settings.Where(setting => setting is { Source: not null, Default: { } given } && (given.IsObject || given.Text.Length > 0))
            .Select(setting => new Root(setting.Key, setting.Source!.File, setting.Source.Key, setting.Source.Default!));
        return new ConfigPlaces(project.Name, file.Source?.Place, [.. own, .. defaults]);
    }

    /// <summary>The place of a setting, or of what is around it; null for a stack without a file.</summary>
    /// <param name="path">The key path.</param>
    public FilePlace? Find(string path)
    {
        var best = _roots.Select(root => root.Find(path.Length <= LongestPath ? path : path[..LongestPath])).OfType<Found>()
            .Aggregate((Found?)null, (longest, found) => longest is null || found.Length > longest.Length ? found : longest);
        return best?.Place ?? _section;
    }

    /// <summary>The key path with which a line of a message begins, followed by a colon and a space; null when it begins with none of this stack.</summary>
    public string? PathIn(string line)
    {
        if (line.StartsWith($"{Section}: ", StringComparison.Ordinal))
        {
            return Section;
        }
        // Most lines of a message begin with no namespace
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(' ', '\t', '"'))
        {
            return null;
        }
        var end = PathEnd(line, colon + 1);
        if (end <= colon + 1 || !line.AsSpan(end).StartsWith(": "))
        {
            return null;
        }
        var path = line[..end];
        return line[..colon] == _project || _roots.Any(root => root.Find(path) is not null) ? path : null;
    }

    /// <summary>A problem with a setting, as a sentence that begins with its key.</summary>
    internal FileProblem About(string key, string clause) => new(Find(key), key, $"{key} {clause}");

    /// <summary>The place of a sealed text, at whatever depth; null when it is not in the stack file.</summary>
    internal FilePlace? FindSealed(string ciphertext) => _roots.Select(root => root.FindSealed(ciphertext)).FirstOrDefault(place => place is not null);

    // Up to a colon, outside of a quoted key
    private static int PathEnd(string line, int from)
    {
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                for (at++; at < line.Length && line[at] != '"'; at++)
                {
                    at += line[at] == '\\' && at + 1 < line.Length && line[at + 1] == '"' ? 1 : 0;
                }
            }
            else if (line[at] is ':' or ' ' or '\t')
            {
                return at;
            }
        }
        return -1;
    }

    private sealed record Root(string Key, YamlFile File, YamlScalar Name, YamlNode Value)
    {
        public Found? Find(string path)
        {
            // A path quotes what a key of a file does not
            var quoted = Quoted(Key);
            var length = StartsWith(path, Key) ? Key.Length : StartsWith(path, quoted) ? quoted.Length : -1;
            return length < 0 ? null : Deepest(Value, path, length, new Found(length, () => File.PlaceOf(Name, Value)));
        }

        public FilePlace? FindSealed(string ciphertext) => FindSealed(Name, Value, ciphertext);

        private FilePlace? FindSealed(YamlScalar name, YamlNode value, string ciphertext) => value switch
        {
            _ when ConfigReader.SealedText(value) == ciphertext => File.PlaceOf(name, value),
            YamlMap map => map.Entries.Select(entry => FindSealed(entry.Key, entry.Value, ciphertext)).FirstOrDefault(place => place is not null),
            YamlList list => list.Items.Select(item => FindSealed(name, item, ciphertext)).FirstOrDefault(place => place is not null),
            _ => null,
        };

        private Found Deepest(YamlNode node, string path, int from, Found here)
        {
            if (from == path.Length || ConfigReader.SealedText(node) is not null)
            {
                return here;
            }
            var deeper = node switch
            {
                YamlMap map => map.Entries.Select(entry => (entry.Key, entry.Value, End: EndOf(path, from, entry.Key.Value))).Where(entry => entry.End > 0)
                    .Select(entry => Deepest(entry.Value, path, entry.End, new Found(entry.End, () => File.PlaceOf(entry.Key, entry.Value)))),
                YamlList list when Index(path, from) is var (index, end) && index < list.Items.Count =>
                    [Deepest(list.Items[index], path, end, new Found(end, () => File.PlaceOf(list, index)))],
                _ => [],
            };
            return deeper.Aggregate(here, (longest, found) => found.Length > longest.Length ? found : longest);
        }

        // Where a step with this key ends, .key or ["key"]; -1 when the path goes elsewhere
        private static int EndOf(string path, int from, string key)
        {
            var (plain, quoted) = ($".{key}", $"[\"{Escaped(key)}\"]");
            return StartsWith(path, plain, from) ? from + plain.Length : StartsWith(path, quoted, from) ? from + quoted.Length : -1;
        }

        private static (int Index, int End)? Index(string path, int from)
        {
            var close = path[from] == '[' ? path.IndexOf(']', from) : -1;
            return close > 0 && int.TryParse(path.AsSpan(from + 1, close - from - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? (index, close + 1) : null;
        }

        private static bool StartsWith(string path, string start, int from = 0) =>
            string.CompareOrdinal(path, from, start, 0, start.Length) == 0
            && path.Length >= from + start.Length && (path.Length == from + start.Length || path[from + start.Length] is '.' or '[');

        private static string Quoted(string key) => key.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? $"{key[..(colon + 1)]}[\"{Escaped(key[(colon + 1)..])}\"]" : key;

        private static string Escaped(string key) => key.Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    // How much of the path was found, and where that stands
    private sealed record Found(int Length, Func<FilePlace> At)
    {
        public FilePlace Place => At();
    }
}

/// <summary>The part of a stack file that holds its settings.</summary>
/// <param name="File">The file.</param>
/// <param name="Section">What stands under <c>config:</c>; empty when nothing does.</param>
internal sealed record ConfigSource(YamlFile File, YamlMap Section)
{
    /// <summary>Where the section begins; the first line of a file without one.</summary>
    public FilePlace Place => File.Root.Entries.FirstOrDefault(entry => entry.Key.Value == "config") is { Key: { } key, Value: { } value }
        ? File.PlaceOf(key, value) : new FilePlace(File.Path, 1, 1);
}

/// <summary>Where <c>Pulumi.yaml</c> declares a setting.</summary>
/// <param name="File">The file.</param>
/// <param name="Key">The key.</param>
/// <param name="Default">Its default; null when it has none.</param>
internal sealed record SettingSource(YamlFile File, YamlScalar Key, YamlNode? Default);
