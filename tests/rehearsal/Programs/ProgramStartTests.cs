using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Programs;
using Rehearsal.StackFiles;
using Tests.Rehearsal.StackFiles;

namespace Tests.Rehearsal.Programs;

// Promise: a project starts as the CLI's language host for its runtime would start it, or an error says what this machine lacks and how to get it.
public sealed class ProgramStartTests : IDisposable
{
    private const string Node = "--monitor {PULUMI_MONITOR} --engine {PULUMI_ENGINE} --organization {PULUMI_ORGANIZATION} --project {PULUMI_PROJECT} "
        + "--root-directory ROOT --stack {PULUMI_STACK} --pwd PROGRAM --dry-run={PULUMI_DRY_RUN} --parallel {PULUMI_PARALLEL}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("runtime: nodejs", "BIN/node RUNNER NODE .", "PULUMI_NODEJS_TYPESCRIPT=true")]
    [InlineData("runtime: {name: nodejs, options: {typescript: false}}", "BIN/node RUNNER NODE .", "")]
    [InlineData("runtime: {name: nodejs, options: {nodeargs: \"--max-old-space-size=4096 --title='two words'\", tsconfig: tsconfig.pulumi.json}}",
        "BIN/node --max-old-space-size=4096 --title=two_words RUNNER NODE .", "PULUMI_NODEJS_TSCONFIG_PATH=tsconfig.pulumi.json PULUMI_NODEJS_TYPESCRIPT=true")]
    [InlineData("runtime: bun", "BIN/bun run RUNNER NODE .", "")]
    [InlineData("runtime: nodejs\nmain: app", "BIN/node RUNNER NODE .", "PULUMI_NODEJS_TYPESCRIPT=true", "app")]
    [InlineData("runtime: nodejs\nmain: app/start.ts", "BIN/node RUNNER NODE start.ts", "PULUMI_NODEJS_TYPESCRIPT=true", "app")]
    public void NodePrograms_RunThroughTheSdksRunner(string yaml, string command, string variables, string folder = "")
    {
        Install("node", "bun");
        _folder.Write("app/start.ts", "");
        _folder.Write("node_modules/@pulumi/pulumi/cmd/run/index.js", "");

        Launch(yaml).ShouldBeEquivalentTo(Expected(command.Replace("NODE", Node, StringComparison.Ordinal), variables, folder) with { FillsArguments = true });
    }

    [Theory]
    [InlineData("runtime: python", "BIN/python3 -c CODE .", "")]
    [InlineData("runtime: {name: python, options: {virtualenv: venv}}", "ROOT/venv/bin/python -c CODE .", "VENV=venv")]
    [InlineData("runtime: {name: python, options: {toolchain: uv}}", "ROOT/.venv/bin/python -c CODE .", "VENV=.venv")]
    [InlineData("runtime: {name: python, options: {toolchain: poetry}}", "BIN/poetry run python -c CODE .", "")]
    [InlineData("runtime: python\nmain: app", "BIN/python3 -c CODE .", "", "app")]
    public void PythonPrograms_RunThroughARunner_InTheirEnvironment(string yaml, string command, string variables, string folder = "")
    {
        Install("python3", "poetry");
        _folder.Write("app/__main__.py", "");
        Executable("venv/bin/python");
        Executable(".venv/bin/python");

        Launch(yaml).ShouldBeEquivalentTo(Expected(command, variables, folder));
    }

    [Fact]
    public void ATypechecker_RunsBeforeThePythonProgram()
    {
        Executable("venv/bin/python");

        Launch("runtime: {name: python, options: {virtualenv: venv, typechecker: mypy}}").Build.ShouldBe(
            [_folder.At("venv/bin/python"), "-m", "mypy", "--exclude", "venv", _folder.Path]);
    }

    [Theory]
    [InlineData("runtime: go", "ROOT/.platform/program", "BIN/go build -o ROOT/.platform/program ROOT")]
    [InlineData("runtime: {name: go, options: {buildTarget: out/program}}", "ROOT/out/program", "BIN/go build -o ROOT/out/program ROOT")]
    [InlineData("runtime: {name: go, options: {binary: bin/made}}", "ROOT/bin/made", "")]
    [InlineData("runtime: dotnet", "BIN/dotnet run", "")]
    [InlineData("runtime: {name: dotnet, options: {binary: bin/made.dll}}", "BIN/dotnet bin/made.dll", "")]
    [InlineData("runtime: {name: dotnet, options: {binary: bin/made}}", "ROOT/bin/made", "")]
    public void GoAndDotnetPrograms_AreBuiltOrTakenAsTheyAre(string yaml, string command, string build)
    {
        Install("go", "dotnet");
        _folder.Write("main.go", "");
        _folder.Write("bin/made.dll", "");
        Executable("bin/made");

        Launch(yaml).ShouldBeEquivalentTo(Expected(command, "", "") with { Build = Words(build, "") });
    }

    [Theory]
    [InlineData("runtime: nodejs", "Node.js is needed, and there is no 'node' on the PATH.",
        "Install it (https://nodejs.org, version 20 or later), then run the same command again.")]
    [InlineData("runtime: bun", "Bun is needed, and there is no 'bun' on the PATH.", "Install it (https://bun.sh), then run the same command again.")]
    [InlineData("runtime: python", "Python is needed, and there is no 'python3' on the PATH.",
        "Install it (https://www.python.org/downloads), then run the same command again.")]
    [InlineData("runtime: {name: python, options: {toolchain: poetry}}", "Poetry is needed, and there is no 'poetry' on the PATH.",
        "Install it (https://python-poetry.org), then run the same command again.")]
    [InlineData("runtime: go", "Go is needed, and there is no 'go' on the PATH.", "Install it (https://go.dev/doc/install), then run the same command again.")]
    [InlineData("runtime: dotnet", "The .NET SDK is needed, and there is no 'dotnet' on the PATH.",
        "Install it (https://dotnet.microsoft.com/download), then run the same command again.")]
    [InlineData("runtime: {name: python, options: {virtualenv: venv}}", "ROOT/venv is no virtual environment of Python: ROOT/venv/bin/python is missing.",
        "Make it: `python3 -m venv ROOT/venv`, then `ROOT/venv/bin/python -m pip install -r requirements.txt`.")]
    [InlineData("runtime: {name: python, options: {toolchain: uv}}", "ROOT/.venv is no virtual environment of Python: ROOT/.venv/bin/python is missing.",
        "Make it: `uv sync`.")]
    [InlineData("runtime: {name: go, options: {binary: gone}}", "The program gone is missing.", "`runtime.options.binary` names it: build it first.")]
    [InlineData("runtime: {name: go, options: {binary: a, buildTarget: b}}", "`runtime.options` in Pulumi.yaml has both `binary` and `buildTarget`.",
        "Keep one of the two.")]
    [InlineData("runtime: yaml", "Programs in YAML are run by the plugin pulumi-language-yaml, and this engine starts no plugins.",
        "Preview with the Pulumi CLI, or turn the program into another language first: `pulumi convert --language typescript --out DIR`.")]
    [InlineData("runtime: java", "Programs in Java are started by the plugin pulumi-language-java through Gradle or Maven, and this engine starts no plugins.",
        "Preview with the Pulumi CLI, or give the command that starts the built program: --program 'java -jar build/app.jar'.")]
    [InlineData("runtime: nodjs", "`runtime: nodjs` needs the plugin pulumi-language-nodjs, and this engine starts no plugins.",
        "Did you mean 'nodejs'? This engine starts nodejs, bun, python, go, dotnet; preview others with the Pulumi CLI.")]
    [InlineData("main: .", "Pulumi.yaml in ROOT has no `runtime`.", "Add the language: `runtime: nodejs`.")]
    [InlineData("runtime: nodejs\nmain: gone", "The program's folder ROOT/gone is missing.", "`main` in Pulumi.yaml names it: correct it.")]
    public void Rejects_WhatThisMachineCannotStart(string yaml, string problem, string fix)
    {
        var refused = Should.Throw<BadInputException>(() => Launch(yaml));

        (refused.Message, refused.Fix).ShouldBe((Placed(problem, ""), Placed(fix, "")));
    }

    [Theory]
    [InlineData("runtime: {name: nodejs, options: {typescript: 'yes'}}", "2:47: `runtime.options.typescript` has to be true or false.")]
    [InlineData("runtime: {name: nodejs, options: {nodeargs: 3}}", "2:45: `runtime.options.nodeargs` has to be text.")]
    [InlineData("runtime: {name: nodejs, options: {packagemanager: pip}}", "2:51: `runtime.options.packagemanager` is 'pip'.")]
    [InlineData("runtime: {name: python, options: {toolchain: conda}}", "2:46: `runtime.options.toolchain` is 'conda'.")]
    [InlineData("runtime: {name: nodejs, options: [a]}", "2:34: `runtime.options` has to hold `key: value` lines.")]
    public void Rejects_OptionsThatTheLanguageHostRefuses(string yaml, string problem)
    {
        Install("node", "python3");

        Should.Throw<BadInputException>(() => Launch(yaml)).Message.ShouldEndWith(problem);
    }

    [Theory]
    [InlineData("", "npm")]
    [InlineData("yarn.lock", "yarn")]
    [InlineData("pnpm-lock.yaml", "pnpm")]
    public void Rejects_ANodeProgramWithoutTheSdk_AndSaysHowToInstallIt(string lockFile, string manager)
    {
        Install("node");
        if (lockFile.Length > 0)
        {
            _folder.Write(lockFile, "");
        }

        var refused = Should.Throw<BadInputException>(() => Launch("runtime: nodejs"));

        (refused.Message, refused.Fix).ShouldBe((
            $"The program in {_folder.Path} needs the package @pulumi/pulumi, and no node_modules folder there or above has it.",
            $"Install the program's packages: `{manager} install`."));
    }

    [Fact]
    public void Rejects_APythonProgramWithoutTheSdk_AndSaysHowToInstallIt()
    {
        Executable("bin/python3", "exit 3");

        var refused = Should.Throw<BadInputException>(() => Launch("runtime: python"));

        var python = _folder.At("bin/python3");
        (refused.Message, refused.Fix).ShouldBe((
            $"The program in {_folder.Path} needs the Python package 'pulumi', and {python} has none.",
            $"Install the program's packages: `{python} -m pip install -r requirements.txt`."));
    }

    [Theory]
    [InlineData("a  b", "a|b")]
    [InlineData("'a b' \"c d\" e\\ f", "a b|c d|e f")]
    [InlineData("--x='1 2'3 ''", "--x=1 23|")]
    [InlineData("", null)]
    public void Words_AreThoseOfAShell(string text, string? words) => ShellWords.Split(text).ShouldBe(words?.Split('|') ?? []);

    private void Install(params string[] commands)
    {
        foreach (var command in commands)
        {
            Executable($"bin/{command}");
        }
    }

    private void Executable(string path, string script = "exit 0")
    {
        var file = _folder.Write(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private ProgramLaunch Launch(string yaml)
    {
        _folder.Write("Pulumi.yaml", $"name: shop\n{yaml}\n");
        return new ProgramStart(ProjectFile.Read(_folder.Path), new Machine(name => name == "PATH" ? _folder.At("bin") : null)).Launch();
    }

    private ProgramLaunch Expected(string command, string variables, string folder)
    {
        var words = Words(command, folder);
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('='))
            .SelectMany(variable => variable[0] != "VENV" ? [(variable[0], variable[1])] : new[]
            {
                ("VIRTUAL_ENV", _folder.At(variable[1])), ("PYTHONHOME", ""), ("PATH", $"{_folder.At(variable[1])}/bin:{_folder.At("bin")}"),
            });
        return new ProgramLaunch(words[0], words[1..], Path.Combine(_folder.Path, folder), _folder.Path)
        {
            Environment = environment.ToImmutableDictionary(variable => variable.Item1, variable => variable.Item2),
        };
    }

    private ImmutableArray<string> Words(string command, string folder)
        => [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "CODE" ? PythonStart.Runner
            : Placed(word, folder).Replace("two_words", "two words", StringComparison.Ordinal))];

    private string Placed(string text, string folder) => text
        .Replace("ROOT", _folder.Path, StringComparison.Ordinal).Replace("PROGRAM", Path.Combine(_folder.Path, folder), StringComparison.Ordinal)
        .Replace("BIN", _folder.At("bin"), StringComparison.Ordinal)
        .Replace("RUNNER", _folder.At("node_modules/@pulumi/pulumi/cmd/run"), StringComparison.Ordinal);
}
