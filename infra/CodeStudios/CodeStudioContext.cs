using System.Collections.Immutable;
using System.Text;
using Infra.Manifests;

namespace Infra.CodeStudios;

/// <summary>What an image is built from: a Dockerfile and the files beside it.</summary>
public static class CodeStudioContext
{
    /// <summary>Name of the file that says that this program wrote a context; it is no part of it.</summary>
    public const string Mark = ".code-studio";

    private const string DockerfileName = "Dockerfile";
    private const string IgnoreName = ".dockerignore";
    private const string TableName = "processes.tsv";

    /// <summary>Files and folders of a context that this program makes.</summary>
    public static ImmutableArray<string> Reserved { get; } =
    [
        Mark, IgnoreName, DockerfileName, "actions", "bin", "code-envs", "jupyterlab", "kernels", "nginx", TableName, "scripts", "seqera", "starter",
        "streamlit",
        CodeStudioImage.ResourcesFolder, "vscode",
    ];

    /// <summary>Whether a path is one of them, or lies in one.</summary>
    public static bool IsReserved(string path) => Reserved.Any(name => path == name || path.StartsWith($"{name}/", StringComparison.Ordinal));

    /// <summary>Every file of the context by its path.</summary>
    /// <param name="name">Name of the template.</param>
    /// <param name="state">What its blocks have made.</param>
    /// <param name="image">What the image starts from.</param>
    /// <param name="frame">What stands around the blocks; null for an image of a pod.</param>
    public static ImmutableSortedDictionary<string, ContextFile> Files(
        string name, CodeStudioState state, ImageReference image, ImageFrame? frame = null) => state.Context
        .SetItem(DockerfileName, new ContextFile(Dockerfile(name, state, image, frame)))
        .SetItem(TableName, new ContextFile(StudioProcesses.Table(state)))
        // The context is made for its Dockerfile, so that all of it is wanted but these.
        .SetItem(IgnoreName, new ContextFile($"{Mark}\n{IgnoreName}\n{DockerfileName}\n"));

    /// <summary>The Dockerfile.</summary>
    public static string Dockerfile(string name, CodeStudioState state, ImageReference image, ImageFrame? frame = null)
    {
        var writing = new DockerfileWriting();
        writing.Line($"# The Code Studio template {name}, made by ./platform studio build-context.");
        writing.Line($"{frame?.Stages}FROM {image}");
        foreach (var layer in state.Layers)
        {
            writing.Layer(layer);
        }

        writing.Layer(new ImageLayer($"COPY {TableName} {CodeStudioImage.ProcessTable}", AsRoot: true));
        writing.Layer(new ImageLayer(Environment(state), AsRoot: false));
        if (!state.Ports.IsEmpty)
        {
            writing.Line($"EXPOSE {string.Join(' ', state.Ports.Select(port => BlockChecks.Text(port.Port)))}");
        }

        return frame is null ? $"{writing.Text}ENTRYPOINT [\"{CodeStudioImage.Supervisor}\"]\n" : $"{writing.Text}{frame.End}";
    }

    private static string Environment(CodeStudioState state)
    {
        var variables = state.Environment.SetItem("HOME", CodeStudioImage.Home).SetItem("JUPYTER_PATH", $"{CodeStudioImage.Root}/jupyter");
        return $"ENV {string.Join(" \\\n    ", variables.Select(variable => $"{variable.Key}=\"{variable.Value}\""))}";
    }
}

/// <summary>What stands around the blocks of a template in a Dockerfile.</summary>
/// <param name="Stages">Stages before it, each line ended.</param>
/// <param name="End">What comes last in place of the supervisor's entrypoint, each line ended.</param>
public sealed record ImageFrame(string Stages, string End);

/// <summary>A Dockerfile that is being written; it knows as whom and where its next statement runs.</summary>
internal sealed class DockerfileWriting
{
    private readonly StringBuilder _text = new();
    private bool? _asRoot;

    public string Text => _text.ToString();

    public void Line(string line) => _text.Append(line).Append('\n');

    public void Layer(ImageLayer layer)
    {
        if (_asRoot != layer.AsRoot)
        {
            Line($"USER {(layer.AsRoot ? "root" : $"{BlockChecks.Text(CodeStudioPins.UserId)}:{BlockChecks.Text(CodeStudioPins.UserId)}")}");
            Line($"WORKDIR {(layer.AsRoot ? CodeStudioImage.Root : CodeStudioImage.Home)}");
            _asRoot = layer.AsRoot;
        }

        Line(layer.Statements.ReplaceLineEndings("\n"));
        if (layer.IsForeign && ImageStatements.Read(layer.Statements).Any(statement => statement.Word is "USER" or "WORKDIR" or "SHELL"))
        {
            // An operator's statements may leave another user behind, which must not be the next layer's, let alone the pod's.
            _asRoot = null;
            if (ImageStatements.Read(layer.Statements).Any(statement => statement.Word == "SHELL"))
            {
                Line("SHELL [\"/bin/sh\", \"-c\"]");
            }
        }
    }
}
