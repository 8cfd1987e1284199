using System.Diagnostics;
using Operate.Commands;
using Rehearsal.Commands;
using Tests.Operate.Describing;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Architecture;

// Promise: whoever asks the script for help gets it at once, whatever the command is; whoever mistypes is told what was meant, before anything is built.
[Trait(Long.Category, Long.Name)]
public sealed class CommandHelpTests : IDisposable
{
    private const string Dotnet = "#!/bin/sh\necho \"$*\" >> \"$CALLS\"\n";

    private readonly TemporaryFolder _folder = new();

    public CommandHelpTests()
    {
        foreach (var file in (string[])["platform", .. Below("build", "*.sh"), "docs/cli.md", .. Below("docs/completion", "*"), "Pulumi.dev.yaml"])
        {
            _folder.Write(Path.Combine("clone", file), File.ReadAllText(Path.Combine(Repository.Root, file)));
        }
        _folder.Write("clone/stacks/examples/Pulumi.eks-dev.yaml", "");
        _folder.Write("tools/dotnet", Dotnet);
        foreach (var file in (string[])["tools/dotnet", "clone/platform"])
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_folder.At(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        _folder.Write("calls", "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{0} --help")]
    [InlineData("{0} -h")]
    [InlineData("{0} dev --help")]
    [InlineData("help {0}")]
    [InlineData("-v {0} --help")]
    public void Help_OfEveryCommand_IsItsOwn_AndBuildsNothing(string line)
    {
        var script = string.Join('\n', CliPageTests.Commands.Select(
            command => $"./platform {string.Format(null, line, HelpText.Path(command))} || echo \"exit code $?\"\necho ----"));

        var (code, output, error) = Run(script);

        (code, error).ShouldBe((0, ""));
        output.Split("----\n").SkipLast(1).ShouldBe(CliPageTests.Commands.Select(HelpText.Of));
        ShouldHaveDoneNothing();
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-v")]
    public void WithoutACommand_AllAreListed(string line)
    {
        var (code, output, error) = Run($"./platform {line}");

        (code, error).ShouldBe((0, ""));
        foreach (var command in CliPageTests.Commands.Where(command => !HelpText.Path(command).Contains(' ', StringComparison.Ordinal)))
        {
            output.ShouldContain($"\n  {command.Name} ");
        }
        ShouldHaveDoneNothing();
    }

    [Theory]
    [InlineData("tset", "There is no command 'tset'.\nDid you mean 'test'? See './platform help'.\n")]
    [InlineData("prview dev", "There is no command 'prview'.\nDid you mean 'preview'? See './platform help'.\n")]
    [InlineData("help confg", "There is no command 'confg'.\nDid you mean 'config'? See './platform help'.\n")]
    [InlineData("zzzzzzzz", "There is no command 'zzzzzzzz'.\nSee './platform help'.\n")]
    [InlineData("--hepl", "There is no option '--hepl' of './platform'.\nOptions stand behind the command; see './platform help'.\n")]
    [InlineData("test --no-biuld", "There is no option '--no-biuld' of './platform test'.\nDid you mean '--no-build'? See './platform test --help'.\n")]
    [InlineData("bench --qiuck", "There is no option '--qiuck' of './platform bench'.\nDid you mean '--quick'? See './platform bench --help'.\n")]
    [InlineData("build --hlep", "There is no option '--hlep' of './platform build'.\nDid you mean '--help'? See './platform build --help'.\n")]
    [InlineData("format stacks", "'./platform format' takes no further word, and there is 'stacks'.\nSee './platform format --help'.\n")]
    [InlineData("sdk schema --fast", "There is no option '--fast' of './platform sdk schema'.\nSee './platform sdk schema --help'.\n")]
    [InlineData("studio imprt x.zip", "There is no command 'studio imprt'.\nDid you mean 'studio import'? See './platform studio --help'.\n")]
    [InlineData("studio import x --outptu y",
        "There is no option '--outptu' of './platform studio import'.\nDid you mean '--output'? See './platform studio import --help'.\n")]
    [InlineData("tower dev --fromat=tw", "There is no option '--fromat' of './platform tower'.\nDid you mean '--format'? See './platform tower --help'.\n")]
    [InlineData("compose dev --dry-rnu -o x",
        "There is no option '--dry-rnu' of './platform compose'.\nDid you mean '--dry-run'? See './platform compose --help'.\n")]
    [InlineData("completion tcsh", "'./platform completion' needs the name of a shell: bash, zsh, fish or powershell.\n")]
    public void AMistypedWord_IsAnsweredWithTheNearest_AndBuildsNothing(string line, string said)
    {
        Run($"./platform {line}").ShouldBe((2, "", said));
        ShouldHaveDoneNothing();
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public void Completion_IsPrinted(string shell)
    {
        Run($"./platform completion {shell}").ShouldBe((0, File.ReadAllText(Path.Combine(Repository.Root, "docs", "completion", $"platform.{shell}")), ""));
        ShouldHaveDoneNothing();
    }

    [Theory]
    [InlineData("", "preview")]
    [InlineData("pre", "preview")]
    [InlineData("preview d", "dev")]
    [InlineData("preview -s e", "eks-dev")]
    [InlineData("preview --expect", "--expect-no-changes")]
    [InlineData("audit a b --format m", "markdown")]
    [InlineData("studio exp", "export")]
    [InlineData("studio export --leave", "--leave-out")]
    [InlineData("-v sdk b", "bundled")]
    [InlineData("completion f", "fish")]
    [InlineData("help ref", "refresh")]
    public void Bash_CompletesWords(string typed, string completed)
    {
        var words = typed.Split(' ');
        var (code, output, error) = Run($"""
            source <(./platform completion bash)
            COMP_WORDS=(./platform {string.Join(' ', words.Select(word => $"'{word}'"))}) COMP_CWORD={words.Length}
            _platform
            printf '%s\n' "${'{'}COMPREPLY[@]{'}'}"
            """);

        (code, error).ShouldBe((0, ""));
        output.Split('\n').ShouldContain(completed);
    }

    // A list in the script says which program has which command.
    [Fact]
    public void EveryCommandAboutADeployedPlatform_GoesToTheProgramThatHasIt()
    {
        var names = CommandLine.Root(CliPageTests.Host(), "", OperateCommands.All).Subcommands.Where(command => !command.Hidden)
            .Select(command => command.Name);
        var script = File.ReadAllText(Path.Combine(Repository.Root, "platform"));
        var dispatched = script.Split('\n').Single(line => line.StartsWith("  verify |", StringComparison.Ordinal)).Trim(' ', ')').Split(" | ");

        names.ShouldBeSubsetOf(dispatched);
    }

    private void ShouldHaveDoneNothing()
        => (File.ReadAllText(_folder.At("calls")), Directory.Exists(_folder.At("clone/.platform"))).ShouldBe(("", false));

    private static IEnumerable<string> Below(string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern).Select(file => Path.Combine(folder, Path.GetFileName(file)));

    private (int Code, string Output, string Error) Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.At("clone"),
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{_folder.At("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = _folder.At("calls");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
