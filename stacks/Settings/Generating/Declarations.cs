using System.Collections.Frozen;

namespace Stacks.Settings.Generating;

/// <summary>What the reference page says of a setting beside its declaration: an example of its concept, and what a change of it does.</summary>
/// <remarks><c>WhenChangedTests</c> asks plans whether each line of <c>when-changed.txt</c> is true, and writes new ones.</remarks>
internal static class Declarations
{
    private const string Unknown = "see the plan";

    private static readonly FrozenDictionary<string, string> Effects = Text("when-changed.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(line => line[0], line => line[1], StringComparer.Ordinal);

    // Each begins where a line is not indented, and ends before the next
    private static readonly FrozenDictionary<string, string> Examples = Text("examples.yaml")
        .Split("\nplatform:")
        .Select(block => (block.StartsWith("platform:") ? block : $"platform:{block}").TrimEnd('\n'))
        .ToFrozenDictionary(block => string.Join(':', block.Split(':')[..2]), StringComparer.Ordinal);

    /// <summary>The concept as a stack file has it.</summary>
    public static string Example(string concept) => Examples[concept];

    /// <summary>What an update does when the setting is another; empty for a group, whose keys say it.</summary>
    public static string WhenChanged(CatalogEntry entry) => entry.IsGroup ? "" : WhenChanged(entry.At.Text);

    /// <summary>The same by the path of the setting.</summary>
    public static string WhenChanged(string path) => Effects.GetValueOrDefault(path, Unknown);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Declarations).Assembly.GetManifestResourceStream($"Stacks.Settings.Generating.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
