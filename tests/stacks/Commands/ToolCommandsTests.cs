using System.Text.Json.Nodes;
using Stacks.Commands;
using Stacks.Settings.Generating;

namespace Tests.Stacks.Commands;

// Promise: with arguments the program is a tool that shows settings, says everything that is wrong on the error stream, and ends with 2 then.
public sealed class ToolCommandsTests : IDisposable
{
    private const string Valid =
        """{"platform:production":"true","platform:cluster":"{\"existing\":{\"name\":\"studios\"}}","platform:kubeconfig":"hunter2"}""";
    private const string NothingOnTheCluster = """
        One setting of the stack is worth a second look:

        platform:cluster: exists already, and nothing in this stack runs on it
          allowed: given beside what runs on it
          fix:     describe platform:tower or platform:studios

        """;
    private const string SecretKeys = """["platform:kubeconfig"]""";

    private readonly string _folder = Directory.CreateTempSubdirectory("tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Config_ShowsTheSettingsInEffect()
    {
        var (code, output, error) = Run(Valid, SecretKeys, "config");

        (code, error).ShouldBe((0, NothingOnTheCluster));
        output.ShouldBe(
            """
            platform:production             true
            platform:unprotected            []  (default)
            platform:kubeconfig             [secret]
            platform:cluster.existing.name  studios
            platform:cluster.existing.kind  kubernetes  (default)

            """);
    }

    [Fact]
    public void Config_ShowsThemAsJson()
    {
        var (_, output, _) = Run(Valid, SecretKeys, "config", "--format", "json");

        JsonNode.Parse(output)!["platform:kubeconfig"]!.ToJsonString().ShouldBe("""{"value":"[secret]","default":false}""");
        JsonNode.Parse(output)!["platform:cluster.existing.kind"]!.ToJsonString().ShouldBe("""{"value":"kubernetes","default":true}""");
        output.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Check_SaysNothingOfAValidStack() => Run(
        """
        {
          "platform:cluster": "{\"existing\":{\"context\":\"kind\"}}",
          "platform:tower": "{\"environments\":{\"research\":{\"scratch\":{\"volume\":{\"name\":\"work\",\"size\":\"10Gi\"}}}}}"
        }
        """,
        "[]",
        "config",
        "--check").ShouldBe((0, "", ""));

    [Fact]
    public void Check_SaysWhatIsWorthASecondLook_AndTakesTheStack() => Run(Valid, SecretKeys, "config", "--check").ShouldBe((0, "", NothingOnTheCluster));

    [Fact]
    public void Check_SaysWhatIsWrong() => Run("""{"platform:production":"maybe"}""", "[]", "config", "--check").ShouldBe((2, "",
        """
        One setting of the stack is wrong:

        platform:production: is not true or false
          given:   maybe
          allowed: true or false
          fix:     write production: true or production: false

        """));

    [Fact]
    public void Check_AsJson_NamesKeysAndHidesSecrets()
    {
        var config = """{"platform:production":"maybe","platform:redisPassword":"hunter2","aws:a.b":"x"}""";

        var (code, output, error) = Run(config, "[]", "config", "--check", "--format", "json");

        (code, error).ShouldBe((2, ""));
        output.ShouldEndWith("}\n");
        output.TrimEnd().ShouldNotContain("\n");
        output.ShouldNotContain("hunter2");
        JsonNode.Parse(output)!["settings"]!.GetValue<int>().ShouldBe(1);
        var problems = JsonNode.Parse(output)!["problems"]!.AsArray();
        problems.Select(problem => $"{problem!["severity"]} {problem["key"]} {problem["message"]} {problem["given"]}").ShouldBe(
        [
            "error platform:redisPassword is a secret, and the stack file holds it as plain text [secret]",
            "error platform:production is not true or false maybe",
            "warning aws:[\"a.b\"] is read by nothing: this program takes its settings from platform: alone, and its providers from those ",
        ], ignoreOrder: true);
    }

    [Fact]
    public void Check_OfEach_AnswersLineByLine_AsTheEnvironmentsOwn()
    {
        string[] configs = [Valid, """{"platform:production":"maybe"}""", "{}"];
        var input = string.Join('\n', configs.Select(config => $$"""{"config":{{config}},"secretKeys":{{SecretKeys}}}"""));

        var (code, output, error) = RunWith(input, "{}", "[]", "config", "--check", "--format", "json", "--each");

        (code, error).ShouldBe((2, ""));
        output.ShouldBe(string.Concat(configs.Select(config => Run(config, SecretKeys, "config", "--check", "--format", "json").Output)));
    }

    [Theory]
    [InlineData("{", "--check", "--format", "json", "--each")]
    [InlineData("[]", "--check", "--format", "json", "--each")]
    [InlineData("null", "--check", "--format", "json", "--each")]
    [InlineData("{}", "--check", "--format", "json", "--each")]
    [InlineData("", "--check", "--each")]
    [InlineData("", "--format", "json", "--each")]
    public void Rejects_AnInputThatIsNoConfigurations(string input, params string[] options)
    {
        var (code, output, error) = RunWith(input, "{}", "[]", ["config", .. options]);

        (code, output).ShouldBe((2, ""));
        error.Split('\n').Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("{", "[]")]
    [InlineData("[]", "[]")]
    [InlineData("\"platform:redis\"", "[]")]
    [InlineData("""{ "platform:redis": 1 }""", "[]")]
    [InlineData("""{ "platform:redis": { } }""", "[]")]
    [InlineData("""{ "platform:redis": "\ud800" }""", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("{}", "[1]")]
    [InlineData("{}", "[null]")]
    public void Rejects_AnEnvironmentThatIsNotPulumis(string config, string secretKeys)
    {
        var (code, output, error) = Run(config, secretKeys, "config");

        (code, output).ShouldBe((2, ""));
        error.ShouldStartWith("PULUMI_CONFIG has to be a JSON object of texts by key");
    }

    [Theory]
    [InlineData("sotting")]
    [InlineData("settings", "dosc")]
    [InlineData("config", "--format", "xml")]
    [InlineData("settings")]
    public void Rejects_ArgumentsItDoesNotKnow(params string[] args) => Run("{}", "[]", args).Code.ShouldBe(2);

    [Theory]
    [InlineData("There is no option '--chekc'. Did you mean '--check'? Allowed are --check, --format, --each.", "config", "--chekc")]
    [InlineData("There is no option '--fromat'. Did you mean '--format'? Allowed are --from, --name, --format, --json, --show-secrets.",
        "tower", "--fromat", "tw")]
    [InlineData("--format twx is not known. Did you mean 'tw'? Allowed are json, table, tw.", "tower", "--format", "twx")]
    [InlineData("There is no command 'imprt'. Did you mean 'import'? Allowed are build-context, export, import.", "studio", "imprt")]
    [InlineData("There is no option '--outptu'. Did you mean '--output'? Allowed are --name, --output.", "studio", "import", "--outptu", "x")]
    [InlineData("--json and --format tw are given together. Give one of them: --json is short for --format json.", "tower", "--json", "-f", "tw")]
    public void AMistypedWord_IsAnsweredWithTheNearest(string error, params string[] args) => Run("{}", "[]", args).ShouldBe((2, "", $"{error}\n"));

    [Fact]
    public void Settings_PrintsADocument() => Run("{}", "[]", "settings", "docs").ShouldBe((0, ConfigurationDocument.Render(), ""));

    [Fact]
    public void Settings_WritesADocumentIntoAFolderThatIsNotThere()
    {
        var file = Path.Combine(_folder, "schema", "stack.schema.json");

        Run("{}", "[]", "settings", "schema", "--write", file).ShouldBe((0, "", ""));

        File.ReadAllText(file).ShouldBe(EditorSchema.Render());
    }

    [Fact]
    public void Settings_ReplacesItsPartOfTheProjectFileOnly()
    {
        var file = Path.Combine(_folder, "Pulumi.yaml");
        File.WriteAllText(file, "name: platform\nmain: stacks\n");

        Run("{}", "[]", "settings", "pulumi-yaml", "--write", file);
        Run("{}", "[]", "settings", "pulumi-yaml", "--write", file);

        File.ReadAllText(file).ShouldBe($"name: platform\nmain: stacks\n{ProjectConfig.Render()}");
    }

    [Fact]
    public void Rejects_AFileThatCannotBeWritten()
    {
        var (code, _, error) = Run("{}", "[]", "settings", "docs", "--write", _folder);

        code.ShouldBe(2);
        error.ShouldStartWith($"{_folder} cannot be written: ");
    }

    private static (int Code, string Output, string Error) Run(string config, string secretKeys, params string[] args) => RunWith("", config, secretKeys, args);

    private static (int Code, string Output, string Error) RunWith(string input, string config, string secretKeys, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolCommands.Run(args, Read, output, error, new StringReader(input));
        return (code, output.ToString(), error.ToString());

        string? Read(string variable) => variable switch
        {
            "PULUMI_CONFIG" => config,
            "PULUMI_CONFIG_SECRET_KEYS" => secretKeys,
            _ => Environment.GetEnvironmentVariable(variable),
        };
    }
}
