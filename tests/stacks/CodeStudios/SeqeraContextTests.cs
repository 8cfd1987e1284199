using System.Collections.Immutable;
using System.Text;
using Infra.CodeStudios;
using Stacks.CodeStudios;
using Stacks.Commands;

namespace Tests.Stacks.CodeStudios;

// Promise: the context for Seqera Platform is a repository that it can build, written by the same command.
public sealed class SeqeraContextTests : IDisposable
{
    private const string Blocks =
        """[{ "fileSynchronization": {} }, { "kubernetesParameters": {} }, { "jupyterLab": {} }]""";

    private readonly string _folder = Directory.CreateTempSubdirectory("seqera-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheTag_IsAnotherOneThanThatOfThePods()
    {
        var template = new CodeStudioTemplate { Blocks = [new FileSynchronization(), new KubernetesParameters(), new JupyterLab()] };
        var none = ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

        var (pods, seqera) = (BuildContext.Of("a", template, none), BuildContext.Of("a", template, none, new SeqeraStudioOptions { Name = "a" }));

        seqera.Tag.ShouldNotBe(pods.Tag);
        seqera.Tag.ShouldBe(BuildContext.Of("a", template, none, new SeqeraStudioOptions { Name = "a" }).Tag);
        seqera.Files.Keys.ShouldAllBe(path => path.StartsWith(".seqera/", StringComparison.Ordinal));
        seqera.Files[".seqera/bin/seqera-start"].IsExecutable.ShouldBeTrue();
        Encoding.UTF8.GetString(seqera.Files[".seqera/studio-config.yaml"].Bytes.Span).ShouldContain("name: \"a\"");
    }

    [Fact]
    public void TheCommand_WritesARepository()
    {
        var (code, output, error) = Run("""{ "jupyter": { "blocks": BLOCKS, "seqera": { "tool": "jupyter" } } }""");

        code.ShouldBe(0, error);
        File.ReadAllText(Path.Combine(_folder, "context/.seqera/studio-config.yaml")).ShouldStartWith("schemaVersion: \"0.0.1\"\nkind: \"studio-config\"\n");
        output.ShouldContain("--push ");
        output.ShouldContain("/jupyter-seqera:");
        output.ShouldContain("Studios, Add Studio, Git repository");
    }

    [Fact]
    public void TheCommand_NamesWhatIsMissing()
    {
        var (code, _, error) = Run("""{ "jupyter": { "blocks": BLOCKS } }""");

        code.ShouldBe(ExitCodes.BadInput);
        error.ShouldBe("The template jupyter says nothing of Seqera Platform.\nAdd seqera: {} to platform:codeStudios.templates.jupyter.\n");
        Directory.Exists(Path.Combine(_folder, "context")).ShouldBeFalse();
    }

    private (int Code, string Output, string Error) Run(string templates)
    {
        var config = new System.Text.Json.Nodes.JsonObject
        {
            ["platform:codeStudios"] = $$"""{ "templates": {{templates.Replace("BLOCKS", Blocks, StringComparison.Ordinal)}} }""",
        };
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolCommands.Run(
            ["studio", "build-context", "jupyter", "-o", "context", "--for", "seqera"],
            name => name switch
            {
                "PULUMI_CONFIG" => config.ToJsonString(),
                "PLATFORM_FOLDER" => _folder,
                _ => null,
            },
            output,
            error);
        return (code, output.ToString(), error.ToString());
    }
}
