using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.CodeStudios;
using static Tests.Infra.CodeStudios.TemplateSamples;

namespace Tests.Infra.CodeStudios;

// Promise: the order of blocks decides about exactly what depends on it: layers, the first port, the first readiness URL, and what uses what came before.
public sealed class BlockOrderProperties
{
    [Property(MaxTest = 60)]
    public Property AnyOrder_KeepsWhatDoesNotDependOnIt() => Prop.ForAll(Shuffled, pair =>
    {
        var (one, other) = (Of([.. pair.Blocks]).Build(), Of([.. pair.Shuffled]).Build());

        one.Problems.ShouldBeEmpty();
        other.Problems.ShouldBeEmpty();
        Sets(one.State).ShouldBe(Sets(other.State));
    });

    // The kernels, run configurations and libraries that people are promised for every environment, wherever its block stands.
    [Property(MaxTest = 60)]
    public Property EveryEditor_ShowsEveryEnvironment() => Prop.ForAll(Shuffled, pair =>
    {
        var state = Of([.. pair.Shuffled]).Build().State;
        var python = pair.Blocks.OfType<CodeEnvironment>().Where(environment => environment.Language == CodeLanguage.Python).ToList();
        foreach (var environment in pair.Blocks.OfType<CodeEnvironment>().Where(_ => pair.Blocks.OfType<JupyterLab>().Any()))
        {
            state.Context.ShouldContainKey($"kernels/{environment.KernelName}/kernel.json");
            state.Layers.Count(layer => layer.Statements.Contains($"/kernels/{environment.KernelName}/kernel.json", StringComparison.Ordinal)).ShouldBe(1);
        }

        if (pair.Blocks.OfType<VisualStudioCode>().Any())
        {
            python.All(environment => state.Context["vscode/launch.json"].Text!.Contains(environment.Interpreter, StringComparison.Ordinal)).ShouldBeTrue();
        }
    });

    [Property(MaxTest = 60)]
    public Property TheFirstBlockWithAPort_IsTheOneThatIsProbed() => Prop.ForAll(Shuffled, pair =>
    {
        var state = Of([.. pair.Shuffled]).Build().State;
        var alone = pair.Shuffled.Select(block => Of(block).Build().State).ToList();

        state.Ports.Select(port => port.Port).ShouldBe(alone.SelectMany(one => one.Ports).Select(port => port.Port));
        state.Readiness.Url.ShouldBe(alone.Select(one => one.Readiness.Url).FirstOrDefault(url => url.Length > 0) ?? "");
    });

    [Property(MaxTest = 60)]
    public Property TheImage_EndsAsItsUser_AndEachLayerRunsAsItsBlockSays() => Prop.ForAll(Shuffled, pair =>
    {
        var template = Of([.. pair.Shuffled]);
        var statements = ImageStatements.Read(Dockerfile(template)).ToList();

        statements.Last(statement => statement.Word == "USER").Arguments.ShouldBe("500:500");
        var (user, folder) = ("", "");
        foreach (var (_, word, arguments) in statements)
        {
            (user, folder) = word switch { "USER" => (arguments, folder), "WORKDIR" => (user, arguments), _ => (user, folder) };
            if (word == "COPY")
            {
                user.ShouldBe("root");
            }

            if (word == "RUN" && arguments.StartsWith("apt-get", StringComparison.Ordinal))
            {
                (user, folder).ShouldBe(("root", "/opt/dataiku"));
            }
        }
    });

    [Property(MaxTest = 60)]
    public Property TheSameBlocks_MakeTheSameBytes() => Prop.ForAll(Blocks.ToArbitrary(), blocks =>
    {
        var template = Of([.. blocks]);
        Files(template).ShouldBe(Files(template with { Blocks = [.. template.Blocks] }));
    });

    [Fact]
    public void Appends_DoNotCommute() =>
        Dockerfile(Of(Append("RUN echo 1"), Append("RUN echo 2"), Server(9000)))
            .ShouldNotBe(Dockerfile(Of(Append("RUN echo 2"), Append("RUN echo 1"), Server(9000))));

    [Fact]
    public void PortsDoNotCommute_AndActionsDo()
    {
        Of(Server(9000), Server(9001)).Build().State.Ports[0].Port.ShouldBe(9000);
        Of(Server(9001), Server(9000)).Build().State.Ports[0].Port.ShouldBe(9001);
        Sets(Of(Action("a"), Action("b"), Server(9000)).Build().State).ShouldBe(Sets(Of(Action("b"), Action("a"), Server(9000)).Build().State));
    }

    [Fact]
    public void AnEnvironmentThatIsUsed_HasToComeBefore()
    {
        var streamlit = new Streamlit { CodeEnvMode = CodeEnvironmentMode.Dss };

        Problems(Of(Python("app", "streamlit==1.48.0"), streamlit)).ShouldBeEmpty();
        Problems(Of(streamlit, Python("app", "streamlit==1.48.0")))
            .ShouldBe(["blocks[2].streamlit.dssCodeEnv: needs a Python environment, and no earlier block adds one"]);
    }

    [Fact]
    public void AnAppThatATemplateBrings_HasToComeBeforeTheOneOfTheBlock()
    {
        var own = new AddStarterFiles
        {
            Zone = FileZone.CodeStudioVersioned,
            Files = [new TemplateResource("${template.resources}/app.py", "streamlit/app.py")]
        };

        Of(own, new Streamlit()).Build().State.Context["starter/code_studio_versioned/streamlit/app.py"].Source.ShouldBe("app.py");
        Problems(Of(new Streamlit(), own)).ShouldBe(["blocks[3].starterFiles.files[0].destination: is written by an earlier block or file"]);
    }

    private static Arbitrary<(ImmutableArray<CodeStudioBlock> Blocks, ImmutableArray<CodeStudioBlock> Shuffled)> Shuffled => (
        from blocks in Blocks
        // Something to start, whatever else is there, and an address to ask.
        let whole = blocks.Add(new StudioEntrypoint { Label = "own", Command = "serve", ExposedPort = new StudioExposedPort(9999) })
        let started = whole.Any(block => block is JupyterLab or VisualStudioCode or RStudioServer or Streamlit) ? whole : whole.Add(new RStudioServer())
        from shuffled in Gen.Shuffle(started.ToArray())
        select (started, shuffled.ToImmutableArray())).ToArbitrary();

    // What a template has, whatever the order: as texts, sorted.
    private static IEnumerable<string> Sets(CodeStudioState state) =>
    [
        .. state.Context.Where(file => file.Key is not ("vscode/launch.json" or "vscode/machine-settings.json"))
            .Select(file => $"{file.Key} {file.Value.Source} {file.Value.IsExecutable} {file.Value.Text?.GetHashCode(StringComparison.Ordinal)}"),
        .. state.Packages,
        .. state.Ports.Select(port => $"{port}").Order(StringComparer.Ordinal),
        .. state.Processes.Select(process => $"{process}").Order(StringComparer.Ordinal),
        .. state.Actions.Select(action => $"{action}").Order(StringComparer.Ordinal),
        .. state.StarterFiles.Select(file => $"{file}").Order(StringComparer.Ordinal),
        .. state.Environment.Select(variable => $"{variable}"),
    ];

    private static IEnumerable<string> Files(CodeStudioTemplate template) =>
        CodeStudioContext.Files("sample", template.Build().State, template.BaseImage).Select(file => $"{file}");
}
