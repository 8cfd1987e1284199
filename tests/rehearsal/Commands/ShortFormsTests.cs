namespace Tests.Rehearsal.Commands;

// Promise: a stack is taken as people write one, formats have one name, and a mistyped word is answered with the one that was meant, before anything runs.
public sealed class ShortFormsTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public ShortFormsTests()
    {
        _cli.Folder.Write("stacks/examples/Pulumi.eks-dev.yaml", "config: {size: 5}\n");
        _cli.Folder.Write("elsewhere/Pulumi.lab.yaml", "config: {size: 7}\n");
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("dev", "3", "dev")]
    [InlineData("dev", "3", "-s", "dev")]
    [InlineData("dev", "3", "--stack", "dev", "--diff")]
    [InlineData("dev", "3", "--stack=dev")]
    [InlineData("dev", "3", "-sdev")]
    [InlineData("dev", "3", "dev", "-s", "dev")]
    [InlineData("dev", "3", "Pulumi.dev.yaml")]
    [InlineData("dev", "3", "./Pulumi.dev.yaml", "-s", "dev")]
    [InlineData("dev", "3", "dev", "-s", "./Pulumi.dev.yaml")]
    [InlineData("eks-dev", "5", "eks-dev")]
    [InlineData("eks-dev", "5", "Pulumi.eks-dev.yaml")]
    [InlineData("eks-dev", "5", "stacks/examples/Pulumi.eks-dev.yaml")]
    [InlineData("eks-dev", "5", "-s", "./stacks/examples/Pulumi.eks-dev.yaml")]
    [InlineData("eks-dev", "5", "--diff", "-s", "./elsewhere/../stacks/examples/Pulumi.eks-dev.yaml")]
    [InlineData("lab", "7", "elsewhere/Pulumi.lab.yaml")]
    public async Task AStack_IsItsNameOrItsFile(string stack, string size, params string[] words)
    {
        (await _cli.RunAsync(["preview", .. words])).Error.ShouldBe("");

        (_cli.Request!.Stack, _cli.Request.Config["platform:size"]).ShouldBe((stack, size));
    }

    [Fact]
    public async Task AFile_IsTakenByItsWholePath_AndFromAFolderBelow()
    {
        (await _cli.RunAsync(["preview", _cli.Folder.At("stacks/examples/Pulumi.eks-dev.yaml")])).ExitCode.ShouldBe(0);
        _cli.Request!.Stack.ShouldBe("eks-dev");

        (await _cli.RunAsync(["preview", "Pulumi.lab.yaml"], below: "elsewhere")).ExitCode.ShouldBe(0);
        _cli.Request!.Config["platform:size"].ShouldBe("7");
        (await _cli.RunAsync(["preview", "../Pulumi.dev.yaml"], below: "elsewhere")).ExitCode.ShouldBe(0);
        _cli.Request!.Config["platform:size"].ShouldBe("3");
    }

    [Theory]
    [InlineData("The stack is given twice: dev, and --stack eks-dev.", "dev", "-s", "eks-dev")]
    [InlineData("The stack is given twice: ./Pulumi.dev.yaml, and --stack eks-dev.", "./Pulumi.dev.yaml", "-s", "eks-dev")]
    [InlineData("There is no stack file elsewhere/Pulumi.dev.yaml.", "elsewhere/Pulumi.dev.yaml")]
    [InlineData("elsewhere/ is a folder, and no stack file.", "elsewhere/")]
    [InlineData("Pulumi.yaml is not a stack file: its name is not Pulumi.STACK.yaml.", "Pulumi.yaml")]
    [InlineData("There is no stack 'de': Pulumi.de.yaml is missing.", "Pulumi.de.yaml")]
    [InlineData("There is no stack 'de': Pulumi.de.yaml is missing.", "-s", "de")]
    public async Task Rejects_AStackThatIsNone_OrTwo(string problem, params string[] words)
    {
        var (code, output, error) = await _cli.RunAsync(["preview", .. words]);

        (code, output, _cli.Request).ShouldBe((2, "", null));
        error.ShouldStartWith($"error: {problem}\n");
    }

    // Words behind the stack keep their place.
    [Theory]
    [InlineData("secret", "dev", "token")]
    [InlineData("secret", "-s", "dev", "token")]
    [InlineData("secret", "token", "--stack", "dev")]
    [InlineData("secret", "-s", "dev", "dev", "token")]
    public async Task OtherWords_StandBehindTheOption(params string[] words)
    {
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "pass";
        _cli.Input = "value";

        (await _cli.RunAsync([.. words, "--print-nothing-else"])).Error.ShouldContain("There is no option '--print-nothing-else'");
        var run = await _cli.RunAsync(words);

        (run.ExitCode, (run.Output + run.Error + File.ReadAllText(_cli.Folder.At("Pulumi.dev.yaml"))).Contains("platform:token", StringComparison.Ordinal))
            .ShouldBe((0, true));
    }

    [Theory]
    [InlineData("outputs", "dev", "--json")]
    [InlineData("outputs", "dev", "-j")]
    [InlineData("outputs", "dev", "--format", "json")]
    [InlineData("outputs", "dev", "--format=json", "--json")]
    [InlineData("preview", "-s", "dev", "--json")]
    [InlineData("preview", "dev", "-f", "json")]
    [InlineData("policy", "dev", "--json")]
    [InlineData("policy", "--json", "-s", "Pulumi.dev.yaml")]
    public async Task Json_IsShortForItsFormat(params string[] words) => (await _cli.RunAsync(words)).Output.ShouldStartWith("{");

    [Theory]
    [InlineData("preview", "text")]
    [InlineData("outputs", "text")]
    [InlineData("config", "text")]
    [InlineData("policy", "sarif")]
    public async Task Rejects_TwoFormats(string command, string other)
        => (await _cli.RunAsync([command, "dev", "--json", "--format", other])).ShouldBe((2, "", $"""
            error: --json and --format {other} are given together.
            fix:   Give one of them: --json is short for --format json.

            """));

    [Theory]
    [InlineData("preview dev --jsn", "There is no option '--jsn' of `./platform preview`.", "Did you mean '--json'? See `./platform preview --help`.")]
    [InlineData("preview --fromat json dev",
        "There is no option '--fromat' of `./platform preview`.", "Did you mean '--format'? See `./platform preview --help`.")]
    [InlineData("preview --fromat=json", "There is no option '--fromat' of `./platform preview`.", "Did you mean '--format'? See `./platform preview --help`.")]
    [InlineData("preview --verbse", "There is no option '--verbse' of `./platform preview`.", "Did you mean '--verbose'? See `./platform preview --help`.")]
    [InlineData("config -s dev --chekc", "There is no option '--chekc' of `./platform config`.", "Did you mean '--check'? See `./platform config --help`.")]
    [InlineData("up dev -V", "There is no option '-V' of `./platform up`.", "Did you mean '-v'? See `./platform up --help`.")]
    [InlineData("up dev -x", "There is no option '-x' of `./platform up`.", "See `./platform up --help`.")]
    [InlineData("diff a b --stak dev", "There is no option '--stak' of `./platform diff`.", "Did you mean '--stack'? See `./platform diff --help`.")]
    [InlineData("policy dev --format sarfi",
        "--format sarfi is not known.", "Did you mean 'sarif'? Allowed are text, json, sarif. See `./platform policy --help`.")]
    public async Task AMistypedWord_IsAnsweredWithTheNearest(string line, string problem, string fix)
    {
        (await _cli.RunAsync(line.Split(' '))).ShouldBe((2, "", $"error: {problem}\nfix:   {fix}\n"));
        _cli.Request.ShouldBeNull();
    }

    // What stands behind -- is for another program, and the value of an option is what it is.
    [Fact]
    public async Task AnOptionOfAnotherProgram_IsLeftToIt()
        => (await _cli.RunAsync(["tool", "dev", "--", "config", "--chekc"])).Error.ShouldNotContain("There is no option");
}
