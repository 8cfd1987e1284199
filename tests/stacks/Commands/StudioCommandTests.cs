using System.Text.Json;
using Stacks.Commands;
using Tests.Support;

namespace Tests.Stacks.Commands;

// Promise: the commands of templates write what they say into the folder the operator is in, and nothing when something is wrong.
public sealed class StudioCommandTests : IDisposable
{
    private const string Valid = """
        {
          "templates": { "lab": {
            "resources": "files",
            "blocks": [{ "fileSynchronization": {} }, { "kubernetesParameters": {} }, { "jupyterLab": {} },
              { "appendDockerfile": { "dockerfile": "COPY tool /usr/bin/", "resources": [{ "source": "${template.resources}/tool", "destination": "tool" }] } }]
          } }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("studio-").FullName;

    public StudioCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "stack", "files"));
        File.WriteAllText(Path.Combine(_folder, "stack", "files", "tool"), "#!/bin/sh\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void BuildContext_WritesAFolder_AndSaysHowToBuildIt()
    {
        var (code, output, error) = Run(Valid, "studio", "build-context", "lab", "-o", "out", "--repository", "registry.example.com/studios");
        var tag = File.ReadAllText(Path.Combine(_folder, "out", ".code-studio")).Split(' ')[1].TrimEnd('\n');

        (code, error).ShouldBe((0, ""));
        output.ShouldEndWith($"""

            Build and push it with one of:
              docker buildx build --platform linux/amd64 --tag registry.example.com/studios/lab:{tag} --push {_folder}/out
              /kaniko/executor --context dir://{_folder}/out --custom-platform linux/amd64 --destination registry.example.com/studios/lab:{tag}
              gcloud builds submit --tag registry.example.com/studios/lab:{tag} {_folder}/out

            """);
        File.Exists(Path.Combine(_folder, "out", "Dockerfile")).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "out", "bin", "supervise")).HasFlag(UnixFileMode.OtherExecute).ShouldBeTrue();
            File.GetUnixFileMode(Path.Combine(_folder, "out", "Dockerfile")).HasFlag(UnixFileMode.UserExecute).ShouldBeFalse();
        }
    }

    [Fact]
    public void BuildContext_IsTheSameAgain()
    {
        Run(Valid, "studio", "build-context", "lab", "-o", "one").Code.ShouldBe(0);
        Run(Valid, "studio", "build-context", "lab", "-o", "two").Code.ShouldBe(0);
        Run(Valid, "studio", "build-context", "lab", "-o", "two").Code.ShouldBe(0);

        Contents("one").ShouldBe(Contents("two"));
    }

    [Theory]
    [InlineData("other", "There is no template 'other'.\nThe stack has lab.\n")]
    [InlineData("LAB", "There is no template 'LAB'.\nThe stack has lab.\n")]
    public void Rejects_ATemplateThatThereIsNot(string name, string message) =>
        Run(Valid, "studio", "build-context", name, "-o", "out").ShouldBe((2, "", message));

    [Fact]
    public void Rejects_AStackThatIsWrong_AndWritesNothing()
    {
        var (code, output, error) = Run(Valid.Replace("\"jupyterLab\": {}", "\"jupyterLab\": { \"port\": 80 }", StringComparison.Ordinal), "studio",
            "build-context", "lab", "-o", "out");

        (code, output).ShouldBe((2, ""));
        error.ShouldContain("platform:codeStudios.templates.lab.blocks[2].jupyterLab.port: cannot be bound without privileges, or is none");
        Directory.Exists(Path.Combine(_folder, "out")).ShouldBeFalse();
    }

    [Fact]
    public void Rejects_TemplatesThatAreSealed() => RunIn(_folder, Valid, """["platform:codeStudios"]""", "studio", "build-context", "lab", "-o", "out").Error
        .ShouldStartWith("platform:codeStudios is sealed, and everybody who pulls an image reads what it is built from.");

    [Fact]
    public void Export_AndImport_GiveTheTemplateBack()
    {
        Run(Valid, "studio", "export", "lab", "-o", "lab.zip").ShouldBe((0, $"lab in {_folder}/lab.zip\n", ""));
        Run(Valid, "studio", "import", "lab.zip", "-o", "back").ShouldBe((0, $"""
            lab in {_folder}/back: stack.yaml, and its resources in lab/
            Put what is in it under config: of a stack file, and the folder beside that.

            """, ""));

        File.ReadAllText(Path.Combine(_folder, "back", "stack.yaml")).ShouldBe("""
            config:
              "platform:codeStudios":
                templates:
                  lab:
                    label: lab
                    blocks:
                      - fileSynchronization:
                          zones:
                            - zone: codeStudioVersioned
                              path: /home/dataiku/workspace/code_studio-versioned
                            - zone: codeStudioResources
                              path: /home/dataiku/workspace/code_studio-resources
                            - zone: projectLibVersioned
                              path: /home/dataiku/workspace/project-lib-versioned
                            - zone: projectLibResources
                              path: /home/dataiku/workspace/project-lib-resources
                            - zone: recipes
                              path: /home/dataiku/workspace/recipes
                            - zone: notebooks
                              path: /home/dataiku/workspace/notebooks
                            - zone: userVersioned
                              path: /home/dataiku/workspace/user-versioned
                            - zone: userResources
                              path: /home/dataiku/workspace/user-resources
                      - kubernetesParameters: {}
                      - jupyterLab: {}
                      - appendDockerfile:
                          dockerfile: COPY tool /usr/bin/
                          resources:
                            - source: ${template.resources}/tool
                              destination: tool
                    dss:
                      archive:
                        manifest:
                          templateDataModelVersion: "1"
                        exportSpec:
                          resourcesMap: {}
                    resources: lab

            """);
        File.ReadAllText(Path.Combine(_folder, "back", "lab", "tool")).ShouldBe("#!/bin/sh\n");
    }

    [Fact]
    public void Rejects_AnArchiveThatIsNone() =>
        Run(Valid, "studio", "import", "stack/files/tool", "-o", "back").Error.ShouldContain("is no zip file, or a part of it is missing or damaged");

    [Theory]
    [InlineData("build-context", "./platform studio build-context dev jupyter -o context")]
    [InlineData("export", "./platform studio export dev jupyter -o jupyter.zip")]
    [InlineData("import", "./platform studio import template.zip -o imported")]
    public void Help_HasExamples(string command, string example) => Run(Valid, "studio", command, "--help").Output.ShouldContain(example);

    // What the documents follow has to be buildable as it stands.
    [Theory]
    [InlineData("jupyter")]
    [InlineData("vscode")]
    [InlineData("sales")]
    [InlineData("rstudio")]
    public void TheExample_HasAContextForEachTemplate(string template)
    {
        var examples = Path.Combine(Repository.Root, "stacks", "examples");
        var file = global::Rehearsal.StackFiles.StackFile.Read(Path.Combine(examples, "Pulumi.code-studios.yaml"), "platform");

        var config = file.Config.ToDictionary(entry => entry.Key, entry => entry.Value.Text);
        var run = RunWith(examples, config, "[]", "studio", "build-context", template, "-o", Path.Combine(_folder, template));

        run.ShouldBe((0, run.Output, ""));
    }

    private IEnumerable<(string, string)> Contents(string folder) => Directory.EnumerateFiles(Path.Combine(_folder, folder), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(Path.Combine(_folder, folder), path), File.ReadAllText(path)));

    private (int Code, string Output, string Error) Run(string codeStudios, params string[] arguments) =>
        RunIn(Path.Combine(_folder, "stack"), codeStudios, "[]", arguments);

    private (int Code, string Output, string Error) RunIn(string stack, string codeStudios, string secretKeys, params string[] arguments) =>
        RunWith(stack, new() { ["platform:codeStudios"] = codeStudios }, secretKeys, arguments);

    private (int Code, string Output, string Error) RunWith(string stack, Dictionary<string, string> config, string secretKeys, params string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["PULUMI_CONFIG"] = JsonSerializer.Serialize(config),
            ["PULUMI_CONFIG_SECRET_KEYS"] = secretKeys,
            ["PLATFORM_FOLDER"] = _folder,
            ["PLATFORM_STACK_FOLDER"] = stack,
        };
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolCommands.Run(arguments, variables.GetValueOrDefault, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
