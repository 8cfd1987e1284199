using Operate.Commands;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Spectre.Console.Testing;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate.Starting;

// Promise: a first stack file comes of flags or of answers, never over another one, and says what is left to do.
public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestConsole _console = new();

    public InitCommandTests()
    {
        File.Copy(Path.Combine(Repository.Root, "Pulumi.yaml"), _folder.At("Pulumi.yaml"));
        Directory.CreateDirectory(_folder.At("stacks/examples"));
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "stacks", "examples"), "Pulumi.*.yaml"))
        {
            File.Copy(file, _folder.At($"stacks/examples/{Path.GetFileName(file)}"));
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _console.Dispose();
    }

    [Fact]
    public async Task Flags_WriteTheFile_AndSayWhatIsLeft()
    {
        var run = await RunAsync("init", "trial", "--cluster", "existing", "--parts", "studios,tower", "--domain", "science.acme.org");

        run.ShouldBe((0, """
            Pulumi.trial.yaml is written, with 4 values to replace:
              grep -n -A 1 REPLACE Pulumi.trial.yaml
            Then:
              ./platform config trial --check        what is wrong with it
              ./platform preview trial               what it would create, without a cloud
              ./platform policy trial                which rules it breaks
              ./platform secret trial kubeconfig     < FILE, where it is deployed without your kubeconfig
              pulumi stack init trial, then pulumi up --stack trial

            """, """
            One setting of the stack is worth a second look:

            platform:studios.ingress.traefik.certificateResolver: must use a DNS challenge, because the sessions need a wildcard certificate and other challenges give none
              given:   letsencrypt
              allowed: a resolver with a DNS challenge
              fix:     look at the resolver's challenge

            """));
        StackFile.Read(_folder.At("Pulumi.trial.yaml"), "platform").Config.Keys.ShouldBe(
            ["platform:cluster", "platform:redis", "platform:storage", "platform:studios", "platform:tower"]);
        _folder.Files().ShouldNotContain(name => name.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnExample_IsCopied_WithMarks()
    {
        (await RunAsync("init", "gpu", "--from", "eks-gpu")).ExitCode.ShouldBe(0);

        var (copy, example) = (StackFile.Read(_folder.At("Pulumi.gpu.yaml"), "platform"), StackFile.Read(_folder.At("stacks/examples/Pulumi.eks-gpu.yaml"), "platform"));
        copy.Config.Select(entry => (entry.Key, entry.Value.Text)).ShouldBe(example.Config.Select(entry => (entry.Key, entry.Value.Text)));
        File.ReadAllText(_folder.At("Pulumi.gpu.yaml")).ShouldSatisfyAllConditions(
            text => text.ShouldStartWith("# yaml-language-server: $schema=docs/schema/stack.schema.json\n"),
            text => text.ShouldContain("# REPLACE: the number of your AWS account"));
    }

    [Fact]
    public async Task EveryExample_CanBeginAStack()
    {
        foreach (var file in Directory.GetFiles(_folder.At("stacks/examples")))
        {
            (await RunAsync("init", "copy", "--force", "--from", Path.GetFileName(file)["Pulumi.".Length..^".yaml".Length])).ShouldSatisfyAllConditions(
                run => run.ExitCode.ShouldBe(0, $"{file}: {run.Error}"));
        }
    }

    [Fact]
    public async Task Answers_TakeThePlaceOfFlags()
    {
        _console.Profile.Capabilities.Interactive = true;
        foreach (var answer in new[] { "mine", "eks-adopt", "tower,workbench", "science.acme.org", "y" })
        {
            _console.Input.PushTextWithEnter(answer);
        }

        (await RunAsync(interactive: true, "init")).ExitCode.ShouldBe(0);

        StackFile.Read(_folder.At("Pulumi.mine.yaml"), "platform").Config.Keys.ShouldBe(
            ["platform:aws", "platform:cluster", "platform:dns", "platform:production", "platform:storage", "platform:tower", "platform:workbench"]);
    }

    [Theory]
    [InlineData("init", "error: NAME is missing, and nobody sits at the terminal to be asked.")]
    [InlineData("init a", "error: --cluster is missing, and nobody sits at the terminal to be asked.")]
    [InlineData("init a --cluster eks", "error: --parts is missing, and nobody sits at the terminal to be asked.")]
    [InlineData("init a --cluster eks --parts studios", "error: --domain is missing, and nobody sits at the terminal to be asked.")]
    [InlineData("init a --cluster ekz --parts studios", "error: --cluster is 'ekz', which is none of the choices.\nfix:   Did you mean 'eks'?")]
    [InlineData("init a --cluster eks --parts studio", "error: --parts is 'studio', which is none of the choices.\nfix:   Did you mean 'studios'?")]
    [InlineData("init a --cluster none --parts tower --domain a.org", "error: --parts names more than studios, and Docker Compose runs Studios alone.")]
    [InlineData("init a --cluster eks --parts tower --ssh", "error: --ssh is for Studios on a cluster.")]
    [InlineData("init a --cluster eks --parts tower --context x", "error: --context is for an existing cluster.")]
    [InlineData("init a --cluster existing --parts tower --region x", "error: --region is for clusters and hosts in a cloud.")]
    [InlineData("init a --from eks-gpu --ssh", "error: --ssh and --from are given together.")]
    [InlineData("init a --from eks-gpuu", "error: There is no example 'eks-gpuu', and no file of that name.\nfix:   Did you mean 'eks-gpu'?")]
    [InlineData("init a/b --from eks-gpu", "error: 'a/b' cannot be the name of a stack.")]
    [InlineData("init a --cluster eks --parts studios --domain a..org", "error: The file would not be valid, so it is not written.\n")]
    public async Task Rejects_WhatItCannotWriteOf(string line, string problem)
    {
        var run = await RunAsync(line.Split(' '));

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith(problem);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.At("Pulumi.yaml")]);
    }

    [Fact]
    public async Task AFileThatIsThere_IsKept_UnlessForced()
    {
        _folder.Write("Pulumi.mine.yaml", "config: {}\n");

        var run = await RunAsync("init", "mine", "--from", "eks-gpu");

        run.ShouldBe((2, "", "error: Pulumi.mine.yaml is there already.\nfix:   Choose another name, or write over it with --force.\n"));
        File.ReadAllText(_folder.At("Pulumi.mine.yaml")).ShouldBe("config: {}\n");
        (await RunAsync("init", "mine", "--from", "eks-gpu", "--force")).ExitCode.ShouldBe(0);
        File.ReadAllText(_folder.At("Pulumi.mine.yaml")).ShouldContain("platform:cluster");
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(interactive: false, arguments);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(bool interactive, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false) { LiveConsole = _console },
            Input = TextReader.Null,
            AsksForSecrets = interactive,
            Environment = _ => null,
            CurrentFolder = _folder.Path,
            OwnFolder = _folder.Path,
            Engine = () => throw new InvalidOperationException("Nothing is rehearsed here."),
        };
        var exitCode = await CommandLine.RunAsync(arguments, host, OperateCommands.Description, OperateCommands.All);
        return (exitCode, output.ToString(), error.ToString());
    }
}
