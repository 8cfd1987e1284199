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

        project.ShouldBeEquivalentTo(new ProjectFile(_folder.Path, "platform", "dotnet", "stacks", _folder.At("config"), []));
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
        => Should.Throw<BadInputException>(() => Project("runtime: dotnet\n")).Message.ShouldEndWith("Pulumi.yaml, line 1, column 1: `name` is missing.");

    [Fact]
    public void Rejects_AnUnknownType()
    {
        var error = Should.Throw<BadInputException>(() => Project("name: p\nconfig:\n  size:\n    type: number\n"));

        error.Message.ShouldEndWith("line 4, column 11: 'number' is not a type.");
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

        error.Message.Split('\n').Select(line => line[(line.IndexOf("line", StringComparison.Ordinal) is >= 0 and var at ? at : 0)..]).ShouldBe(
        [
            "line 4, column 8: p:key has to be sealed. Seal it with `./platform secret dev p:key`.",
            "p:name is missing; Pulumi.yaml declares it without a default. Add it under `config:`.",
            "line 2, column 9: p:size has to be of type integer, as Pulumi.yaml says.",
            "line 5, column 10: p:zones has to be of type array<integer>, as Pulumi.yaml says.",
        ]);
        error.Message.ShouldNotContain("plain-marker");
    }

    private ProjectFile Project(string text)
    {
        _folder.Write(ProjectFile.FileName, text);
        return ProjectFile.Read(_folder.Path);
    }

    private StackConfig Config(string project, string stack) =>
        StackConfig.Read(Project(project), "dev", StackFile.Read(_folder.Write("Pulumi.dev.yaml", stack), "p"), cipher => $"opened {cipher}");
}
