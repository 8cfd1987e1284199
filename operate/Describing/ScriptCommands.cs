using System.CommandLine;
using Rehearsal.Commands;

namespace Operate.Describing;

/// <summary>What the script <c>./platform</c> does itself. It reads its own options from <c>docs/cli.md</c>, so there are none but these.</summary>
internal static class ScriptCommands
{
    /// <summary>The shells whose completion is written.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    /// <summary>Commands for who changes the program.</summary>
    public static IReadOnlyList<Command> OfWork() =>
    [
        Test(),
        Declared("build", "Build everything with analyzers, warnings as errors.").WithExamples("./platform build"),
        Declared("format", "Put every file into the house format.").WithExamples("./platform format"),
        Declared("docs", "Write the generated documents anew: docs/configuration.md, docs/cli.md, completion, the JSON Schema, Pulumi.yaml.")
            .WithExamples("./platform docs"),
        Bench(),
        Sdk(),
    ];

    /// <summary>Commands about commands.</summary>
    public static IReadOnlyList<Command> OfHelp()
    {
        var command = new Argument<string[]>("COMMAND") { Description = "The command to explain; all of them in a line each when not given." };
        var shell = new Argument<string>("SHELL") { Description = "The shell that reads it." };
        shell.AcceptOnlyFromAmong(Shells);
        return
        [
            new Command("help", "Explain a command, or list all of them.") { command }.WithExamples(
                "./platform help                  every command in a line",
                "./platform help preview          what ./platform preview --help prints",
                "./platform help studio export    a command below another"),
            new Command("completion", "Print what a shell needs to complete commands, options, values and stacks.") { shell }.WithExamples(
                "source <(./platform completion bash)                                               in ~/.bashrc, by the script's whole path",
                "./platform completion zsh > ~/.zfunc/_platform                                     in a folder of $fpath",
                "./platform completion fish > ~/.config/fish/completions/platform.fish",
                "./platform completion powershell | Out-String | Invoke-Expression                  in $PROFILE"),
        ];
    }

    private static Command Test()
    {
        var name = new Argument<string?>("NAME") { Description = "Only the tests whose name holds this word.", Arity = ArgumentArity.ZeroOrOne };
        return Declared(
            "test", "Build, check the format, and run the tests; those that take long only when they are named.",
            name,
            new Option<bool>("--no-build") { Description = "Run what is built, without a look at the format." },
            OfDotnet("--filter", "EXPRESSION", "Only tests that it fits"),
            OfDotnet("--logger", "LOGGER", "Where results go besides the terminal"),
            OfDotnet("--results-directory", "FOLDER", "Where files of results go"),
            OfDotnet("--settings", "FILE", "Settings of the run"),
            OfDotnet("--collect", "NAME", "A collector of data, as of coverage"),
            OfDotnet("--verbosity", "LEVEL", "How much is said"),
            new Option<bool>("--list-tests") { Description = "List them instead (of dotnet test)." },
            new Option<bool>("--blame") { Description = "Find the test that brings the run down (of dotnet test)." })
            .WithExamples(
                "./platform test                               all but those that take long",
                "./platform test Redis                         those whose name holds the word",
                "./platform test Redis --no-build              without building",
                "./platform test --filter Duration=Long        those that take long")
            .WithExitCodes((ExitCodes.Failure, "A test failed, or the format differs."));
    }

    private static Option<string> OfDotnet(string name, string value, string what) => new(name) { Description = $"{what} (of dotnet test).", HelpName = value };

    private static Command Bench() => Declared(
        "bench", "Measure speed and size against the budgets of docs/performance.md: ratios first, medians with their spread.",
        new Option<bool>("--quick") { Description = "Fewer runs and sizes: for a look." },
        new Option<bool>("--edit") { Description = "Also clone the repository, build it, and preview after an edit of a component; takes minutes." },
        new Option<bool>("--clean-build") { Description = "Also clone the repository, build it and run its tests there; takes minutes." },
        new Option<string>("--terraform-plugins")
        {
            Description = "Take terraform's AWS provider from this folder, as `terraform providers mirror` writes it.",
            HelpName = "FOLDER",
        },
        SharedOptions.Format("How to write the result; json has every median with its spread.", "text", "json", "markdown"),
        new Option<bool>("--json", "-j") { Description = "Short for --format json." })
        .WithExamples(
            "./platform bench                                       a table; what other tools lack here is said in their rows",
            "./platform bench --quick                               for a look",
            "./platform bench --edit --clean-build                  with what builds",
            "./platform bench --terraform-plugins /opt/tf-plugins   against terraform, without its registry",
            "./platform bench --format markdown > bench.md          a table for docs/performance.md",
            "./platform bench --json > bench.json                   for other tools")
        .WithExitCodes((ExitCodes.Failure, "A budget is broken."));

    private static Command Sdk()
    {
        var sdk = new Argument<string?>("SDK")
        {
            Description = "Build against it from now on: the official packages, or the subset in sdk/. Without it, tells which is in use.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        sdk.AcceptOnlyFromAmong("nuget", "bundled");
        var command = Declared("sdk", "Tell or choose which Pulumi packages are built against.", sdk);
        command.SetAction(_ => { });
        command.Add(Declared("schema", "Extract sdk/schema/ anew from the typings of the official npm packages.").WithExamples("./platform sdk schema"));
        return command.WithExamples("./platform sdk            which it is", "./platform sdk bundled    the source-compatible subset");
    }

    private static Command Declared(string name, string description, params Symbol[] words)
    {
        var command = new Command(name, description);
        foreach (var word in words)
        {
            if (word is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)word);
            }
        }
        command.Add(new Option<bool>("--verbose", "-v") { Description = "Print each command before it runs." });
        return command;
    }
}
