using System.Collections.Immutable;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>One file of a folder of manifests: its name below the folder, and its text.</summary>
/// <remarks>
/// What kubectl can apply as it is lies in the folder itself. Patches need other flags and lie in a folder of their own; so does what the program exports as
/// files. A file that lacks something has a form that kubectl refuses: a placeholder in a Secret or an address is a value like any other to a cluster.
/// </remarks>
public sealed record ManifestFile(string Name, string Text)
{
    public const string Patches = "patches";
    public const string Exported = "exported";
    public const string Incomplete = "incomplete";

    private const string Mark = "# Written by ./platform manifests ";
    private const string Readme = "README.md";

    /// <summary>The folders below the one that the operator names.</summary>
    public static ImmutableArray<string> Folders => [Patches, Exported, Incomplete];

    /// <summary>The files of a stack's objects and exports; the names depend only on these.</summary>
    /// <remarks>kubectl applies a folder in the order of names: namespaces and definitions begin with a digit, so they come first.</remarks>
    public static IReadOnlyList<ManifestFile> All(string stack, IReadOnlyCollection<KubernetesObject> objects, IReadOnlyCollection<ExportedFile> exported)
    {
        var files = new List<ManifestFile>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in objects.OrderBy(item => item.Urn.Value, StringComparer.Ordinal))
        {
            files.Add(new ManifestFile($"{Free(Stem(item), taken)}{(item.IsPatch ? ".patch" : "")}.yaml", Lines(stack, item)));
        }
        foreach (var file in exported)
        {
            files.Add(new ManifestFile($"{(file.IsWhole ? Exported : Incomplete)}/{Free(file.Name, taken)}.yaml", Lines(stack, file)));
        }
        files.Add(new ManifestFile(Readme, ReadmeText(stack, objects, exported)));
        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>How many objects there are, and how many of them kubectl does not apply as they are.</summary>
    public static string Summary(IReadOnlyCollection<KubernetesObject> objects)
    {
        var (patches, incomplete) = (objects.Count(item => item is { IsPatch: true, IsWhole: true }), objects.Count(item => !item.IsWhole));
        (int Count, string Folder)[] folders = [(patches, Patches), (incomplete, Incomplete)];
        var apart = string.Join(", ", folders.Where(folder => folder.Count > 0).Select(folder => $"{folder.Count} in {folder.Folder}/"));
        return $"{objects.Count} Kubernetes objects{(apart.Length == 0 ? "" : $" ({apart})")}";
    }

    /// <summary>The first line of every file of a stack: how a later run knows its own files.</summary>
    public static string Head(string stack) => $"{Mark}{stack}: change the stack file, not this one.";

    /// <summary>Whether a file may be one of these, by its name.</summary>
    public static bool IsOurs(string path) => Path.GetExtension(path) == ".yaml" || Path.GetFileName(path) == Readme;

    private static string Lines(string stack, KubernetesObject item)
    {
        var notes = item.Notes.Prepend(item.Urn.Value);
        if (item.IsPatch)
        {
            notes = notes.Append(
                "PATCH: these are fields of an object that others own. Apply it with: kubectl apply --server-side --field-manager="
                    + $"{item.FieldManager}{(item.TakesOver ? " --force-conflicts" : "")} --filename FILE");
        }
        return $"{Head(stack)}\n{string.Concat(notes.Select(Comment))}{(item.IsWhole ? ManifestYaml.Text(item.Body) : Refused(ManifestYaml.Text(item.Body)))}";
    }

    private static string Lines(string stack, ExportedFile file) =>
        $"{Head(stack)}\n{Comment($"Output {file.Output}")}{(file.IsWhole ? file.Text : Refused(file.Text))}";

    // Without apiVersion and kind at the top it is an object to nobody; the object itself stays readable.
    private static string Refused(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : $"  {line}");
        return $"incomplete: kubectl refuses this file as it is; put values in place of {Markers.Secret} and {Markers.Unknown}, "
            + $"and take away this line, the next and two spaces of each after it\nobject:\n{string.Join('\n', lines)}\n";
    }

    private static string ReadmeText(string stack, IReadOnlyCollection<KubernetesObject> objects, IReadOnlyCollection<ExportedFile> exported)
    {
        var whole = objects.Where(item => item.IsWhole).ToArray();
        var incomplete = objects.Count - whole.Length + exported.Count(file => !file.IsWhole);
        return $"""
            {Head(stack)}

            | where | what | how |
            |---|---|---|
            | here | {whole.Count(item => !item.IsPatch)} whole objects | `kubectl apply --filename .` |
            | `{Patches}/` | {whole.Count(item => item.IsPatch)} patches: fields of objects that others own | the command in each file |
            | `{Exported}/` | {exported.Count(file => file.IsWhole)} files that the program exports | as each of them says |
            | `{Incomplete}/` | {incomplete} files with a hidden secret, or with a value that only a deployment knows | not as they are: kubectl refuses them |

            Passwords and keys are made anew by every run with `--show-secrets`: apply the files of one run.

            """.ReplaceLineEndings("\n");
    }

    // A name with a line break in it must not become a line of the manifest
    private static string Comment(string text) => $"# {Terminal.OneLine(text)}\n";

    private static string Stem(KubernetesObject item)
    {
        var order = item.Kind is "Namespace" or "CustomResourceDefinition" ? "0-" : "";
        var name = item.Namespace.Length == 0 ? $"{item.Kind}-{item.Name}" : $"{item.Kind}-{item.Namespace}-{item.Name}";
        var folder = !item.IsWhole ? $"{Incomplete}/" : item.IsPatch ? $"{Patches}/" : "";
        return folder + order + Plain(name);
    }

    private static string Free(string stem, HashSet<string> taken)
    {
        var name = stem;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{stem}-{number}";
        }
        return name;
    }

    internal static string Plain(string name)
        => string.Concat(name.ToLowerInvariant().Select(entry => char.IsAsciiLetterOrDigit(entry) || entry is '-' or '.' ? entry : '-'));
}

/// <summary>A file that a program exports: an output whose name ends in <c>.yaml</c> or <c>.yml</c> and whose value is its text.</summary>
/// <param name="Output">Where it stands among the outputs: <c>studios.platformChanges.1-variables.yaml</c>.</param>
/// <param name="Name">Its name in the folder, without extension.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsWhole">Whether the text holds no word that stands for a value.</param>
public sealed record ExportedFile(string Output, string Name, string Text, bool IsWhole)
{
    /// <summary>The files among outputs, in their order.</summary>
    public static ImmutableArray<ExportedFile> Find(PropertyMap outputs) => [.. Find(outputs, "")];

    private static IEnumerable<ExportedFile> Find(PropertyMap outputs, string path) => outputs.SelectMany(output =>
        output.Value switch
        {
            ObjectProperty { Properties: var inner } => Find(inner, $"{path}{output.Key}."),
            StringProperty { Value: var text } when Stem(output.Key) is { } stem => [Of($"{path}{output.Key}", $"{path}{stem}", text)],
            UnknownProperty when Stem(output.Key) is { } stem => [Of($"{path}{output.Key}", $"{path}{stem}", Markers.Unknown)],
            _ => [],
        });

    private static ExportedFile Of(string output, string name, string text) => new(
        output, ManifestFile.Plain(name), text.EndsWith('\n') ? text : $"{text}\n",
        !text.Contains(Markers.Unknown, StringComparison.Ordinal) && !text.Contains(Markers.Secret, StringComparison.Ordinal)
            && !text.Contains(PropertyMask.Text, StringComparison.Ordinal));

    private static string? Stem(string key) => Path.GetExtension(key) is ".yaml" or ".yml" ? Path.GetFileNameWithoutExtension(key) : null;
}
