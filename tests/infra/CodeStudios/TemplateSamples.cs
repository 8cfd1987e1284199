using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Infra.CodeStudios;

namespace Tests.Infra.CodeStudios;

/// <summary>Templates and blocks to test with.</summary>
internal static class TemplateSamples
{
    public static readonly FileSynchronization Files = new();

    public static readonly KubernetesParameters Kubernetes = new();

    /// <summary>A template of the two locked blocks and further ones.</summary>
    public static CodeStudioTemplate Of(params CodeStudioBlock[] blocks) => new() { Blocks = [Files, Kubernetes, .. blocks] };

    /// <summary>A template of these blocks and no other.</summary>
    public static CodeStudioTemplate Only(params CodeStudioBlock[] blocks) => new() { Blocks = [.. blocks] };

    public static CodeEnvironment Python(string name, params string[] packages) => new() { Name = name, Packages = [.. packages] };

    public static CodeEnvironment R(string name, params string[] packages) => new() { Name = name, Language = CodeLanguage.R, Packages = [.. packages] };

    public static AppendDockerfile Append(string dockerfile) => new() { Dockerfile = dockerfile };

    public static StudioEntrypoint Server(int port, string command = "serve") =>
        new() { Label = $"server {port}", Command = command, ExposedPort = new StudioExposedPort(port) };

    public static CustomAction Action(string name) => new() { Name = name, Command = "true" };

    /// <summary>Every problem as <c>path: what</c>.</summary>
    public static IEnumerable<string> Problems(CodeStudioTemplate template) => template.Build().Problems
        .Select(problem => $"{problem.Path}: {problem.Fault.What}");

    public static string Dockerfile(CodeStudioTemplate template) => CodeStudioContext.Dockerfile("sample", template.Build().State, template.BaseImage);

    /// <summary>Any block besides the locked ones, without a mistake of its own; ports and names differ from block to block by their number.</summary>
    public static Gen<CodeStudioBlock> Block(int number) => Gen.OneOf<CodeStudioBlock>(
        Gen.Constant<CodeStudioBlock>(Python($"python {number}", "pandas==2.2.3")),
        Gen.Constant<CodeStudioBlock>(R($"r {number}", "data.table")),
        Gen.Constant<CodeStudioBlock>(new VisualStudioCode()),
        Gen.Constant<CodeStudioBlock>(new JupyterLab()),
        Gen.Constant<CodeStudioBlock>(new RStudioServer()),
        Gen.Constant<CodeStudioBlock>(new Streamlit()),
        Gen.Constant<CodeStudioBlock>(new NginxServer { Port = 8889, Locations = [new NginxLocation("/") { Folder = "__CODE_STUDIO_VERSIONED__/site" }] }),
        Gen.Elements<CodeStudioBlock>(
            Append($"RUN echo {number}"), Append($"USER root\nRUN echo {number}"), Append($"WORKDIR /srv\nRUN echo {number}")),
        Gen.Constant<CodeStudioBlock>(Server(9000 + number)),
        Gen.Constant<CodeStudioBlock>(Action($"action-{number}")),
        Gen.Constant<CodeStudioBlock>(new AddStarterFiles
        {
            Zone = FileZone.UserVersioned,
            Files = [new TemplateResource("${template.resources}/file", $"file-{number}")],
        }));

    /// <summary>One to eight blocks, no unique kind twice.</summary>
    public static Gen<ImmutableArray<CodeStudioBlock>> Blocks =>
        from count in Gen.Choose(1, 8)
        from blocks in Gen.CollectToArray(Enumerable.Range(0, count).Select(Block))
        select blocks.Where((block, index) => !block.IsUnique || !blocks[..index].Any(earlier => earlier.Kind == block.Kind)).ToImmutableArray();
}
