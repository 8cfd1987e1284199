using Rehearsal;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.StackFiles;

// Promise: Pulumi.yaml decides the project's name, where stack files are, and which values a stack has to give.
public sealed class ProjectFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_AreRead()
    {
        var project = Project("name: platform\nruntime: {name: dotnet, options: {binary: x}}\nmain: stacks\nstackConfigDir: config\n");

        project.ShouldBeEquivalentTo(new ProjectFile(_folder.Path, "platform", new ProjectRuntime("dotnet"), "stacks", _folder.At("config"), []));
        project.ProgramFolder.ShouldBe(_folder.At("stacks"));
    }

    [Fact]
    public void FindFolder_WalksUp()
    {
        Project("name: platform\nruntime: dotnet\n");
        var below = Directory.CreateDirectory(_folder.At("a/b")).FullName;

        ProjectFile.FindFolder(below).ShouldBe(_folder.Path);
    }

    [Fact]
    public void Stacks_AreFoundBesideTheProjectAndInExamples()
    {
        var project = Project("name: platform\nruntime: dotnet\nmain: stacks\n");
        var dev = _folder.Write("Pulumi.dev.yaml", "");
        var demo = _folder.Write("stacks/examples/Pulumi.demo.yaml", "");

        StackFinder.All(project).ShouldBe(["demo", "dev"]);
        (StackFinder.Find(project, "dev"), StackFinder.Find(project, "demo")).ShouldBe((dev, demo));
    }

    [Fact]
    public void Rejects_UnknownStack_WithTheNearestFirst()
    {
        var project = Project("name: platform\nruntime: dotnet\n");
        foreach (var stack in new[] { "dev", "prod", "staging" })
        {
            _folder.Write($"Pulumi.{stack}.yaml", "");
        }
        var error = Should.Throw<BadInputException>(() => StackFinder.Find(project, "prd"));

        error.Message.ShouldBe("There is no stack 'prd': Pulumi.prd.yaml is missing.");
        error.Fix.ShouldBe("There are: prod, dev, staging.");
    }

    [Fact]
    public void Rejects_AProjectWithoutStacks()
        => Should.Throw<BadInputException>(() => StackFinder.Find(Project("name: p\nruntime: dotnet\n"), "dev")).Message
            .ShouldBe("There is no stack 'dev': Pulumi.dev.yaml is missing, and so is every other stack file.");

    [Theory]
    [InlineData("../dev")]
    [InlineData("")]
    [InlineData("a b")]
    public void Rejects_NamesThatCannotBeAStack(string stack)
        => Should.Throw<BadInputException>(() => StackFinder.Find(Project("name: p\nruntime: dotnet\n"), stack)).Message.ShouldBe(
            $"'{stack}' cannot be the name of a stack.");

    [Fact]
    public void Rejects_AProjectWithoutName()
        => Should.Throw<BadInputException>(() => Project("runtime: dotnet\n")).Message.ShouldEndWith("Pulumi.yaml:1:1: `name` is missing.");

    [Fact]
    public void Rejects_AnUnknownType()
    {
        var error = Should.Throw<BadInputException>(() => Project("name: p\nconfig:\n  size:\n    type: number\n"));

        error.Message.ShouldEndWith("4:11: 'number' is not a type.");
        error.Fix.ShouldBe("Allowed are array, boolean, integer, object, string.");
    }

    [Fact]
    public void Defaults_FillWhatTheStackLeavesOut()
    {
        var config = Config(
            "name: p\nconfig:\n  size: 3\n  zones: [a, b]\n  aws:region: eu-west-1\n  tier: {type: string, default: small}\n",
            "config: {tier: large}\n");

        config.Values.ShouldBe(
            new Dictionary<string, string> { ["aws:region"] = "eu-west-1", ["p:size"] = "3", ["p:tier"] = "large", ["p:zones"] = """["a","b"]""" },
            ignoreOrder: true);
        config.SecretKeys.ShouldBeEmpty();
    }

    [Fact]
    public void SecretKeys_AreThoseWithSealedParts()
    {
        var config = Config("name: p\n", "config: {token: {secure: v1:a:b}, size: 3}\n");

        config.Values.ShouldBe(new Dictionary<string, string> { ["p:size"] = "3", ["p:token"] = "opened v1:a:b" }, ignoreOrder: true);
        config.SecretKeys.ShouldBe(["p:token"]);
    }

    [Fact]
    public void Rejects_EveryWrongValueAtOnce()
    {
        var error = Should.Throw<BadInputException>(() => Config(
            "name: p\nconfig:\n  size: {type: integer}\n  on: {type: boolean}\n  key: {type: string, secret: true}\n  zones: {type: "
                + "array, items: {type: integer}}\n  name: {type: string}\n",
            "config:\n  size: many\n  on: 'true'\n  key: plain-marker\n  zones: [1, b]\n"));

        error.Message.Split('\n').Select(line => line[(line.LastIndexOf(".yaml:", StringComparison.Ordinal) + ".yaml:".Length)..]).ShouldBe(
        [
            "4:3: p:key has to be sealed. Seal it with `./platform secret dev p:key`.",
            "1:1: p:name is missing; Pulumi.yaml declares it without a default. Add it under `config:`.",
            "2:3: p:size has to be of type integer, as Pulumi.yaml says.",
            "5:3: p:zones has to be of type array<integer>, as Pulumi.yaml says.",
        ]);
        error.Message.ShouldNotContain("plain-marker");
    }

    // Where the CLI has paths, in the keys of Pulumi.yaml, and where it has none, in those of a stack file
    [Fact]
    public void KeysOfTheProject_ArePaths_ThoseOfAStackAreNot()
    {
        var config = Config(
            """
            name: p
            config:
              redis.host: {type: string, default: localhost}
              redis.users[0].name: {type: string, default: admin}
              'redis["a.b"]': {type: integer, default: 3}
              p:size: {type: integer}
            """,
            """
            config:
              redis: {port: 6379}
              size: 3
              redis.host: literal
              p:a.b[0]: too
            """);

        config.Values.ShouldBe(
            new Dictionary<string, string>
            {
                ["p:a.b[0]"] = "too",
                ["p:redis"] = """{"port":6379,"host":"localhost","users":[{"name":"admin"}],"a.b":"3"}""",
                ["p:redis.host"] = "literal",
                ["p:size"] = "3",
            },
            ignoreOrder: true);
    }

    [Fact]
    public void Paths_FindWhatTheStackSays_AndCheckItsType()
    {
        var error = Should.Throw<BadInputException>(() => Config(
            "name: p\nconfig:\n  redis.port: {type: integer, default: 1}\n  redis.key: {type: string, secret: true}\n",
            "config:\n  redis: {port: many, key: plain-marker}\n"));

        error.Message.Split('\n').Select(line => line[(line.LastIndexOf(".yaml:", StringComparison.Ordinal) + ".yaml:".Length)..]).ShouldBe(
        [
            "2:23: p:redis.key has to be sealed. Seal it with `./platform secret dev p:redis.key`.",
            "2:11: p:redis.port has to be of type integer, as Pulumi.yaml says.",
        ]);
        Config("name: p\nconfig:\n  redis.key: {type: string, secret: true}\n", "config: {redis: {key: {secure: 'v1:a:b'}}}\n").Values["p:redis"].ShouldBe(
            """{"key":"opened v1:a:b"}""");
    }

    [Fact]
    public void Rejects_ADefaultForWhichTheStackHasNoRoom()
        => Should.Throw<BadInputException>(() => Config("name: p\nconfig:\n  redis.port: {default: 1}\n", "config:\n  redis: [a]\n")).Message.ShouldEndWith(
            "2:3: p:redis has no room for p:redis.port, of which Pulumi.yaml has a default.");

    [Fact]
    public void Defaults_AreWrittenAsTheCliWritesThem()
        => Config("name: p\nconfig: {a: 0x1F, b: 1.50, c: true, d: '007', e: yes, f: [0x10, ~], 'aws:region': {value: eu}}\n", "").Values.ShouldBe(
            new Dictionary<string, string>
            {
                ["aws:region"] = "eu",
                ["p:a"] = "31",
                ["p:b"] = "1.5",
                ["p:c"] = "true",
                ["p:d"] = "007",
                ["p:e"] = "yes",
                ["p:f"] = "[16,null]",
            },
            ignoreOrder: true);

    [Theory]
    [InlineData("a: {default: 1, value: 2}", "3:16: p:a has both a `default` and a `value`.")]
    [InlineData("'aws:region': {type: string}", "3:24: aws:region is not a key of this project, so its type is not for this file to say.")]
    [InlineData("'aws:region': {default: eu}", "3:27: aws:region is not a key of this project, so it has no default here.")]
    [InlineData("a[: 1", "3:3: 'a[' is not a configuration key.")]
    [InlineData("'a..b': 1", "3:3: 'a..b' is not a configuration key.")]
    [InlineData("'[0]': 1", "3:3: '[0]' is not a configuration key.")]
    public void Rejects_DeclarationsThatTheCliRejects(string declaration, string message)
        => Should.Throw<BadInputException>(() => Project($"name: p\nconfig:\n  {declaration}\n")).Message.ShouldEndWith(message);

    [Fact]
    public void SealedValuesThatStayUnknown_HaveAPlaceholderOfTheirType_AndStaySecret()
    {
        const string Sealed = "{secure: 'v1:un:known'}";
        var config = Config(
            "name: p\nconfig:\n  count: {type: integer}\n  on: {type: boolean}\n  list: {type: array, items: {type: integer}}\n  map: {type: object}\n",
            $"config:\n  count: {Sealed}\n  on: {Sealed}\n  list: {Sealed}\n  map: {Sealed}\n  text: {Sealed}\n  users: [{{name: ann, key: {Sealed}}}]\n  open: 1\n");

        config.Values.ShouldBe(
            new Dictionary<string, string>
            {
                ["p:count"] = "0",
                ["p:list"] = "[]",
                ["p:map"] = "{}",
                ["p:on"] = "false",
                ["p:open"] = "1",
                ["p:text"] = "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                ["p:users"] = """[{"key":"04da6b54-80e4-46f7-96ec-b56ff0331ba9","name":"ann"}]""",
            },
            ignoreOrder: true);
        config.SecretKeys.ShouldBe(["p:count", "p:list", "p:map", "p:on", "p:text", "p:users"]);
        config.UnknownKeys.ShouldBe(config.SecretKeys);
    }

    private ProjectFile Project(string text)
    {
        _folder.Write(ProjectFile.FileName, text);
        return ProjectFile.Read(_folder.Path);
    }

    private StackConfig Config(string project, string stack) =>
        StackConfig.Read(Project(project), "dev", StackFile.Read(_folder.Write("Pulumi.dev.yaml", stack), "p"), (cipher, _) => Opened(cipher));

    private static string? Opened(string cipher) => cipher == "v1:un:known" ? null : $"opened {cipher}";
}
