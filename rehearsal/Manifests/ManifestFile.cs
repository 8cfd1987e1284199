namespace Rehearsal.Manifests;

/// <summary>One manifest: its file's name and text.</summary>
public sealed record ManifestFile(string Name, string Text)
{
    private const string Mark = "# Written by ./platform manifests ";

    /// <summary>The files of a stack's objects; the names depend only on the objects.</summary>
    /// <remarks>kubectl applies a folder in the order of names: namespaces and definitions begin with a digit, so they come first.</remarks>
    public static IReadOnlyList<ManifestFile> Of(string stack, IEnumerable<KubernetesObject> objects)
    {
        var files = new List<ManifestFile>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in objects.OrderBy(item => item.Urn.Value, StringComparer.Ordinal))
        {
            var stem = Stem(item);
            var name = stem;
            for (var number = 2; !taken.Add(name); number++) name = $"{stem}-{number}";
            files.Add(new ManifestFile($"{name}{(item.IsPatch ? ".patch" : "")}.yaml", $"{Head(stack)}\n# {item.Urn}\n{string.Concat(item.Notes.Select(note => $"# {note}\n"))}{ManifestYaml.Text(item.Body)}"));
        }

        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>The first line of every file of a stack: how a later run knows its own files.</summary>
    public static string Head(string stack) => $"{Mark}{stack}: change the stack file, not this one.";

    private static string Stem(KubernetesObject item)
    {
        var order = item.Kind is "Namespace" or "CustomResourceDefinition" ? "0-" : "";
        var name = item.Namespace.Length == 0 ? $"{item.Kind}-{item.Name}" : $"{item.Kind}-{item.Namespace}-{item.Name}";
        return order + string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'));
    }
}
