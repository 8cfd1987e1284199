using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tests.Rehearsal.Commands;

// Promise: config --check says of a stack file, or of all, that it is fine, or what is wrong with it and where, to people, programs and CI systems.
public sealed class ConfigCheckTests : IDisposable
{
    private const string Bad = """
        {"severity":"error","key":"platform:size","message":"is no size","given":"bad","allowed":"3","fix":"write size: 3"}
        """;
    private const string Look = """
        {"severity":"warning","key":"platform:redis.users[0]","message":"is odd","allowed":"others","fix":"look at it"}
        """;

    private readonly CliFixture _cli = new();

    public ConfigCheckTests()
    {
        // A program that knows two problems; `dotnet Stacks.dll config …` is `sh Stacks.dll config …` here
        _cli.Environment["DOTNET_HOST_PATH"] = "/bin/sh";
        _cli.Folder.Write("stacks/Stacks.dll", $$"""
            [ "$*" = "config --check --format json --each" ] || exit 9
            code=0
            while IFS= read -r line; do
              problems=
              case $line in *users*) problems='{{Look}}' ;; esac
              case $line in *bad*) problems="$problems${problems:+,}"'{{Bad}}'; code=2 ;; esac
              printf '{"settings":2,"problems":[%s]}\n' "$problems"
            done
            exit $code
            """.ReplaceLineEndings("\n"));
    }

    public void Dispose() => _cli.Dispose();

    private string Dev => _cli.Folder.At("Pulumi.dev.yaml");

    [Fact]
    public async Task AFineStack_IsSaidToBeFine() => (await CheckAsync("config: {size: 3}\n")).ShouldBe((0, $"{Dev}: fine, 2 settings\n", ""));

    [Fact]
    public async Task Problems_HaveTheirPlace_InTheOrderOfTheFile() =>
        (await CheckAsync("config:\n  redis:\n    users:\n      - name: a\n  size: bad # hunter2\n")).ShouldBe(
            (2, $"{Dev}: wrong, 1 problem, 1 worth a second look\n", $"""
            warning: {Dev}:4:9: platform:redis.users[0]: is odd
                4 |       - name: …
              allowed: others
              fix:     look at it

            error: {Dev}:5:3: platform:size: is no size
                5 |   size: bad
              given:   bad
              allowed: 3
              fix:     write size: 3


            """));

    [Fact]
    public async Task WarningsAlone_LeaveItFine()
    {
        var run = await CheckAsync("config:\n  redis:\n    users: [a]\n");

        (run.ExitCode, run.Output).ShouldBe((0, $"{Dev}: fine, 2 settings, 1 worth a second look\n"));
        run.Error.ShouldStartWith($"warning: {Dev}:3:13: platform:redis.users[0]: is odd\n    3 | … …\n");
    }

    [Fact]
    public async Task AWrongFile_IsToldWithoutAskingTheProgram()
    {
        File.Delete(_cli.Folder.At("stacks/Stacks.dll"));
        _cli.Folder.Write("stacks/Stacks.dll", "exit 9\n");

        (await CheckAsync("config:\n  size: 3\n  size: hunter2\n")).ShouldBe((2, $"{Dev}: wrong, 1 problem\n", $"""
            error: {Dev}:3:3: this is not valid YAML: Duplicate key size.
                3 |   size: …


            """));
    }

    [Fact]
    public async Task All_TakesEveryStackAndExample_AndAsksOnce()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", "config: {size: 3}\n");
        _cli.Folder.Write("Pulumi.prod.yaml", "config: {size: bad}\n");
        _cli.Folder.Write("Pulumi.zoo.yaml", "- a list\n");
        _cli.Folder.Write("stacks/examples/Pulumi.dev.yaml", "config: {}\n");

        var run = await _cli.RunAsync(["config", "--check", "--all"]);

        (run.ExitCode, run.Output).ShouldBe((2, $"""
            {Dev}: fine, 2 settings
            {_cli.Folder.At("Pulumi.prod.yaml")}: wrong, 1 problem
            {_cli.Folder.At("Pulumi.zoo.yaml")}: wrong, 1 problem
            {_cli.Folder.At("stacks/examples/Pulumi.dev.yaml")}: fine, 2 settings

            """));
        run.Error.ShouldContain($"error: {_cli.Folder.At("Pulumi.prod.yaml")}:1:10: platform:size: is no size\n    1 | … size: bad\n");
        run.Error.ShouldContain($"error: {_cli.Folder.At("Pulumi.zoo.yaml")}:1:1: the file has to hold `key: value` lines.\n");
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format=json")]
    public async Task Json_HasEveryField_AndTheErrorStreamNothing(string option)
    {
        _cli.Environment["GITHUB_ACTIONS"] = "true";

        var run = await CheckAsync("config:\n  size: bad\n", option);

        (run.ExitCode, run.Error).ShouldBe((2, ""));
        JsonNode.DeepEquals(JsonNode.Parse(run.Output), JsonNode.Parse($$"""
            {
              "stack": "dev", "file": {{JsonSerializer.Serialize(Dev)}}, "fine": false, "settings": 2,
              "problems": [{
                "severity": "error", "file": {{JsonSerializer.Serialize(Dev)}}, "line": 2, "column": 3, "key": "platform:size", "message": "is no size",
                "given": "bad", "allowed": "3", "fix": "write size: 3"
              }]
            }
            """)).ShouldBeTrue(run.Output);
    }

    [Theory]
    [InlineData("config:\n  a: [1\n  b: 2\n", 3)]
    [InlineData("- a\n", 1)]
    [InlineData("text\n", 1)]
    [InlineData("confg: {}\n", 1)]
    [InlineData("config:\n\ta: 1\n", 2)]
    [InlineData("config:\n  a: &a [*a]\n", 2)]
    [InlineData("config:\n  a: {secure: broken}\nencryptionsalt: SALT\n", 2)]
    [InlineData("config:\n  a:\n    b:\n      - c: {secure: broken}\nencryptionsalt: SALT\n", 4)]
    [InlineData("environment: [prod]\n", 1)]
    public async Task Json_IsJson_WhateverTheFileHolds(string text, int line)
    {
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";

        var run = await CheckAsync(text.Replace("SALT", Secrets.Sample.Salt, StringComparison.Ordinal), "--json");

        (run.ExitCode, run.Error).ShouldBe((2, ""));
        JsonNode.Parse(run.Output)!["problems"]!.AsArray().ShouldHaveSingleItem()!["line"]!.GetValue<int>().ShouldBe(line);
    }

    [Fact]
    public async Task Json_IsJson_WhateverTheProjectHolds()
    {
        _cli.Folder.Write("Pulumi.yaml", "name: platform\nruntime: dotnet\nconfig:\n  size: {typ: integer}\n");

        foreach (var words in new string[][] { ["dev"], ["--all"] })
        {
            var run = await _cli.RunAsync(["config", .. words, "--check", "--json"]);

            (run.ExitCode, run.Error).ShouldBe((2, ""));
            var found = JsonNode.Parse(run.Output)!;
            var problem = (found as JsonArray ?? [found.DeepClone()])[0]!["problems"]!.AsArray().ShouldHaveSingleItem()!;
            $"{problem["file"]}:{problem["line"]}:{problem["column"]}".ShouldBe($"{_cli.Folder.At("Pulumi.yaml")}:4:10");
        }
    }

    [Fact]
    public async Task Rejects_AProjectWithoutStacks()
    {
        File.Delete(Dev);

        (await _cli.RunAsync(["config", "--check", "--all"])).Error.ShouldStartWith("error: The project has no stack file to check.\nfix:   ");
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("../dev")]
    public async Task Json_IsJson_WhateverTheStackIsCalled(string stack)
    {
        var run = await _cli.RunAsync(["config", stack, "--check", "--json"]);

        (run.ExitCode, run.Error).ShouldBe((2, ""));
        JsonNode.Parse(run.Output)!["problems"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SealedValuesThatStayUnknown_AreAWarning_AtTheFirstOfThem()
    {
        var run = await CheckAsync(
            $"encryptionsalt: {Secrets.Sample.Salt}\nconfig:\n  token:\n    secure: {Secrets.Sample.Ciphertext}\n", "--format", "github");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("::warning file=Pulumi.dev.yaml,line=3,col=3::sealed values of stack 'dev' stay unknown (platform:token): no passphrase is set, in "
            + "PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.\n");
    }

    [Theory]
    [InlineData("github", "::error file=Pulumi.dev.yaml,line=2,col=3::platform:size: is no size%0A")]
    [InlineData("azure", "##vso[task.logissue type=error;sourcepath=Pulumi.dev.yaml;linenumber=2;columnnumber=3]platform:size: is no size%0A")]
    [InlineData("gitlab", "[\n  {\n    \"description\": \"platform:size: is no size (write size: 3)\",\n")]
    public async Task CiSystems_GetTheirForm(string format, string expected)
    {
        var run = await CheckAsync("config:\n  size: bad\n", "--format", format);

        (run.ExitCode, run.Error).ShouldBe((2, ""));
        run.Output.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "::error file=Pulumi.dev.yaml,line=2,col=3::")]
    [InlineData("TF_BUILD", "##vso[task.logissue type=error;")]
    public async Task InACiSystem_TextHasAnnotationsAsWell(string variable, string expected)
    {
        _cli.Environment[variable] = "true";

        var run = await CheckAsync("config:\n  size: bad\n");

        run.Output.ShouldBe($"{Dev}: wrong, 1 problem\n");
        run.Error.Split('\n')[^2].ShouldStartWith(expected);
    }

    [Fact]
    public async Task AConfigFile_TakesThePlaceOfTheStacksOwn()
    {
        _cli.Folder.Write("other.yaml", "config:\n\n  size: bad\n");

        (await _cli.RunAsync(["config", "dev", "--check", "--config-file", "other.yaml"])).Error.ShouldStartWith(
            $"error: {_cli.Folder.At("other.yaml")}:3:3: platform:size: is no size\n");
    }

    [Fact]
    public async Task ADefaultOfTheProject_IsFoundInItsFile()
    {
        _cli.Folder.Write("Pulumi.yaml", "name: platform\nruntime: dotnet\nmain: stacks\nconfig:\n  size:\n    default: bad\n");

        (await CheckAsync("config: {}\n")).Error.ShouldStartWith($"error: {_cli.Folder.At("Pulumi.yaml")}:5:3: platform:size: is no size\n");
    }

    [Fact]
    public async Task Rejects_AProgramThatDoesNotAnswer()
    {
        _cli.Folder.Write("stacks/Stacks.dll", "echo no; exit 3\n");

        var run = await CheckAsync("config: {}\n");

        (run.ExitCode, run.Output).ShouldBe((1, ""));
        run.Error.ShouldStartWith("error: The program does not say what is wrong with its settings: ");
    }

    private Task<(int ExitCode, string Output, string Error)> CheckAsync(string text, params string[] options)
    {
        _cli.Folder.Write("Pulumi.dev.yaml", text);
        return _cli.RunAsync(["config", "dev", "--check", .. options]);
    }
}
