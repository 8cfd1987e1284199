using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.StackFiles;
using YamlDotNet.RepresentationModel;

namespace Operate.Adopting;

/// <summary>The files that an adoption writes, beside Pulumi.yaml.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Stack">The stack file.</param>
/// <param name="Import">The file for <c>pulumi import</c>.</param>
/// <param name="ClusterOnly">The stack file of the first update.</param>
internal sealed record AdoptedFiles(string Name, string Stack, string Import, string ClusterOnly)
{
    private static readonly string[] Kept = ["platform:aws", "platform:cluster", "platform:gcp", "platform:kubeconfig"];

    /// <summary>Where they are.</summary>
    /// <exception cref="BadInputException">The name cannot be that of a stack.</exception>
    public static AdoptedFiles For(ProjectFile project, string name)
    {
        var there = StackFinder.TryFind(project, name);
        var folder = project.StackFolder;
        return new(
            name, there ?? Path.Combine(folder, $"Pulumi.{name}.yaml"), Path.Combine(project.Folder, $"adopt.{name}.import.json"),
            Path.Combine(project.Folder, $"adopt.{name}.cluster.yaml"));
    }

    /// <summary>Refuses to write over what somebody wrote.</summary>
    /// <param name="keep">Whether the stack file is to stay.</param>
    /// <param name="force">Whether it may go.</param>
    /// <exception cref="BadInputException">It is there and neither was said, or it is to stay and is not there.</exception>
    public void Check(bool keep, bool force)
    {
        var isThere = File.Exists(Stack);
        if (keep && force)
        {
            throw new BadInputException("--keep leaves the stack file and --force writes over it.", "Give one of the two.");
        }

        if (isThere && !keep && !force)
        {
            throw new BadInputException(
                $"{Path.GetFileName(Stack)} is there already.", "Give --keep to use it as it is, --force to write over it, or another name.");
        }

        if (keep && !isThere)
        {
            throw new BadInputException($"--keep uses {Path.GetFileName(Stack)}, which is not there.", "Run it once without --keep.");
        }
    }

    /// <summary>Writes the stack file, unless it stays.</summary>
    public void WriteStack(AdoptionDraft draft, bool keep)
    {
        if (!keep)
        {
            AtomicFile.Write(Stack, draft.Text);
        }
    }

    /// <summary>Writes the file for the import, and the one of the update before it: the import needs the cluster's provider in the state.</summary>
    public void WriteImport(string text)
    {
        var head = $"# The cluster of {Path.GetFileName(Stack)} alone: the first update makes its provider, which the import needs.\n";
        AtomicFile.Write(ClusterOnly, head + Cluster(File.ReadAllText(Stack)));
        AtomicFile.Write(Import, text);
    }

    // The salt goes along, so that the state and both files are sealed alike
    internal static string Cluster(string stackFile)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(stackFile);
        stream.Load(reader);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        if (root.Children.TryGetValue("config", out var node) && node is YamlMappingNode config)
        {
            foreach (var key in config.Children.Keys.Where(key => !Kept.Contains(key.ToString(), StringComparer.Ordinal)).ToArray())
            {
                config.Children.Remove(key);
            }
        }

        using var writer = new StringWriter { NewLine = "\n" };
        stream.Save(writer, assignAnchors: false);
        return writer.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }
}
