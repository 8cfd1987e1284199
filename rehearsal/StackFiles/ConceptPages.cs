using System.Collections.Immutable;
using System.Text;

namespace Rehearsal.StackFiles;

/// <summary>What a project's documents say of the concepts of its program: <c>docs/concepts.yaml</c>, or a page
/// <c>docs/CONCEPT.md</c> of the same name.</summary>
/// <remarks>A concept is the middle part of a type token. The file names a title, a sentence and pages for it, in the order in which people
/// read them.</remarks>
internal sealed class ConceptPages
{
    public const string FileName = "concepts.yaml";

    private static readonly string[] Keys = ["about", "pages", "title"];

    private readonly Dictionary<string, ConceptWords> _concepts = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, IReadOnlyList<string>?> _headings = new(StringComparer.Ordinal);

    private ConceptPages(string folder) => Folder = folder;

    /// <summary>The folder that the pages are relative to.</summary>
    public string Folder { get; }

    /// <summary>Pages that the file names and that are not there.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The concepts that the file names, in its order.</summary>
    public IReadOnlyCollection<string> Named => _concepts.Keys;

    /// <summary>Reads what there is; a project without such a file has none to read.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static ConceptPages Read(ProjectFile project)
    {
        var pages = new ConceptPages(Path.Combine(project.Folder, "docs"));
        var path = Path.Combine(pages.Folder, FileName);
        if (File.Exists(path))
        {
            var file = YamlFile.Read(path);
            foreach (var (concept, node) in file.Root.Entries)
            {
                pages._concepts[concept.Value] = pages.Words(file, concept, node);
            }
        }
        return pages;
    }

    /// <summary>What is said of a concept.</summary>
    public ConceptWords Of(string concept) => _concepts.TryGetValue(concept, out var words) ? words
        : new ConceptWords(concept, About: null, Page($"{concept}.md") is { } page ? [page] : []);

    private ConceptWords Words(YamlFile file, YamlScalar concept, YamlNode node)
    {
        if (node is not YamlMap map)
        {
            throw file.At(node, $"`{YamlText.Shown(concept.Value)}` has to hold `title`, `about` or `pages`.");
        }
        foreach (var (key, _) in map.Entries.Where(entry => !Keys.Contains(entry.Key.Value, StringComparer.Ordinal)))
        {
            throw file.At(key, $"'{YamlText.Shown(key.Value)}' is not allowed here.",
                $"{Nearest.DidYouMean(YamlText.Shown(key.Value), Keys)}Allowed are {string.Join(", ", Keys)}.");
        }
        var pages = map.Find("pages") switch
        {
            null => [],
            YamlList list => list.Items.Select(item => (item, Text(file, item))),
            var one => [(one, Text(file, one))],
        };
        var found = ImmutableArray.CreateBuilder<ConceptPage>();
        foreach (var (at, name) in pages)
        {
            if (Page(name) is { } page)
            {
                found.Add(page);
            }
            else
            {
                var place = file.Place(at);
                _problems.Add($"docs/{FileName}:{place.Line}:{place.Column}: there is no page '{YamlText.Shown(name)}', or no such heading in it.");
            }
        }
        return new ConceptWords(map.Find("title") is { } title ? Text(file, title) : concept.Value, map.Find("about") is { } about ? Text(file, about) : null,
            found.ToImmutable());
    }

    private static string Text(YamlFile file, YamlNode node) => node is YamlScalar scalar && !YamlFile.IsNull(node) ? scalar.Value
        : throw file.At(node, "this has to be text.");

    // A page's name with or without a heading: aws.md#gpus-for-pipelines
    private ConceptPage? Page(string name)
    {
        var (file, anchor) = name.Split('#', 2) is [var before, var after] ? (before, after) : (name, null);
        if (!_headings.TryGetValue(file, out var headings))
        {
            headings = _headings[file] = Headings(file);
        }
        if (headings is null)
        {
            return null;
        }
        var title = anchor is null ? headings.Count > 0 ? headings[0] : file : headings.FirstOrDefault(heading => Anchor(heading) == anchor);
        return title is null ? null : new ConceptPage(name, anchor is null ? title : $"{headings[0]}: {title}");
    }

    // Only what is in the folder is linked, whatever the name says
    private List<string>? Headings(string name)
    {
        var path = name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(name, Folder);
        if (!path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            return null;
        }
        var (headings, isCode) = (new List<string>(), false);
        foreach (var line in File.ReadLines(path))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.StartsWith('#') && line.TrimStart('#') is [' ', .. var heading])
            {
                headings.Add(heading.Trim().Replace("`", "", StringComparison.Ordinal));
            }
        }
        return headings;
    }

    // As GitHub and GitLab make them
    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var letter in heading.ToLowerInvariant())
        {
            anchor.Append(letter == ' ' ? "-" : char.IsLetterOrDigit(letter) || letter is '-' or '_' ? $"{letter}" : "");
        }
        return anchor.ToString();
    }
}

/// <summary>What a concept is called, what it is, and where one reads more.</summary>
internal sealed record ConceptWords(string Title, string? About, ImmutableArray<ConceptPage> Pages);

/// <summary>A page or a place in it.</summary>
/// <param name="Name">Its file in the folder of documents, with a heading's anchor where it is a place.</param>
/// <param name="Title">The heading.</param>
internal sealed record ConceptPage(string Name, string Title);
