using System.Text.RegularExpressions;
using Rehearsal.StackFiles;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Operate.Starting;

/// <summary>What somebody wants to begin with.</summary>
/// <param name="Cluster">One of <see cref="Clusters"/>.</param>
/// <param name="Parts">Some of <see cref="AllParts"/>.</param>
/// <param name="Domain">The domain below which everything answers.</param>
internal sealed record FirstStack(string Cluster, IReadOnlyList<string> Parts, string Domain)
{
    public const string Existing = "existing";
    public const string Eks = "eks";
    public const string AdoptedEks = "eks-adopt";
    public const string Gke = "gke";
    public const string AdoptedGke = "gke-adopt";
    public const string None = "none";

    public const string Studios = "studios";
    public const string Workbench = "workbench";
    public const string Tower = "tower";
    public const string CodeStudios = "code-studios";

    /// <summary>The clusters, each with what it means.</summary>
    public static readonly (string Name, string Meaning)[] Clusters =
    [
        (Existing, "a cluster of any kind that is there, by a context of your kubeconfig"), (Eks, "a new EKS cluster, with its network"),
        (AdoptedEks, "an EKS cluster that is there, by its name"), (Gke, "a new GKE cluster, with its network"),
        (AdoptedGke, "a GKE cluster that is there, by its name"), (None, "no cluster: Data Studios by Docker Compose on a host in AWS"),
    ];

    /// <summary>The parts, each with what it means.</summary>
    public static readonly (string Name, string Meaning)[] AllParts =
    [
        (Studios, "Seqera Studios, for a Seqera Platform"), (Workbench, "Posit Workbench"), (Tower, "compute environments of Seqera Platform"),
        (CodeStudios, "Code Studio templates: their images"),
    ];

    /// <summary>The version of Seqera Platform; null for the example's.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>Whether people open sessions of Studios by SSH.</summary>
    public bool Ssh { get; init; }

    /// <summary>Whether people depend on it.</summary>
    public bool Production { get; init; }

    public string? Context { get; init; }

    public string? Region { get; init; }

    /// <summary>Whether it has hosts, and so needs a domain.</summary>
    public static bool HasHosts(IReadOnlyCollection<string> parts) => parts.Contains(Studios, StringComparer.Ordinal)
        || parts.Contains(Workbench, StringComparer.Ordinal);

    /// <summary>Its stack file, of the sections of examples.</summary>
    public string Text(ProjectFile project, string name)
    {
        var sections = new FirstSections(this, example => ExampleFile.Read(project, example)).All().Select(section => Named(section));
        var lines = sections.Select(section => $"  # {Meaning(section.Concept)}\n  platform:{section.Concept}:{section.Text}\n");
        return $"""
            # yaml-language-server: $schema=docs/schema/stack.schema.json
            # Stack {name}, begun with ./platform init. What stands below a line with REPLACE is an example's: put your own in its place.
            # Every other value is one to begin with; all there are: docs/configuration.md.
            config:
            {string.Join('\n', lines)}
            """.ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>What the operator gave, and nobody has to replace.</summary>
    public IReadOnlyCollection<string> Given => [.. new[] { Domain, Context, Region }.OfType<string>().Where(text => text.Length > 0)];

    private static string Meaning(string concept)
        => RecordDeclaration.For(typeof(PlatformSettings)).Settings.Single(setting => setting.Key == concept).Setting.Meaning;

    private Section Named(Section section)
    {
        var text = section.Text;
        if (Domain.Length > 0)
        {
            text = Regex.Replace(
                text, @"\b(?<host>platform|connect-ssh|connect\.seqera|connect|workbench|seqera|studios)\.((dev|research)\.)?example\.com",
                match => $"{match.Groups["host"].Value}.{Domain}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        }
        if (Region is not null)
        {
            text = Put(Put(text, "    region: ", Region), "      location: ", $"{Region}-b");
            text = Regex.Replace(text, "(?<service>arn:aws:[a-z]+:)[a-z0-9-]+:", match => $"{match.Groups["service"].Value}{Region}:",
                RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        }
        return section with { Text = Context is null ? text : Put(text, "      context: ", Context) };
    }

    /// <summary>A text with another value behind a key, wherever a line begins with it.</summary>
    public static string Put(string text, string key, string value)
        => string.Join('\n', text.Split('\n').Select(line => line.StartsWith(key, StringComparison.Ordinal) ? key + value : line));
}
