using System.Collections.Immutable;
using Protocol;
using Rehearsal.StackFiles;

namespace Rehearsal.Programs;

/// <summary>How the program of a <c>Pulumi.yaml</c> starts: what the CLI's language host for its <c>runtime</c> would run.</summary>
/// <param name="project">The project.</param>
/// <param name="machine">What is installed.</param>
internal sealed class ProgramStart(ProjectFile project, Machine machine)
{
    private static readonly string[] Runtimes = ["nodejs", "bun", "python", "go", "dotnet"];

    private string Folder => project.ProgramFolder;

    /// <summary>The command line and what has to be in its environment.</summary>
    /// <exception cref="BadInputException">The runtime or the SDK is not on this machine, or no engine without plugins can start the language.</exception>
    public ProgramLaunch Launch()
    {
        if (!Directory.Exists(Folder))
        {
            throw new BadInputException($"The program's folder {Folder} is missing.", $"`main` in {ProjectFile.FileName} names it: correct it.");
        }
        return project.Runtime.Name switch
        {
            "nodejs" => new NodeStart(project, machine).Launch(),
            "bun" => new NodeStart(project, machine).LaunchBun(),
            "python" => new PythonStart(project, machine).Launch(),
            "go" => Go(),
            "dotnet" => Dotnet(),
            "yaml" => throw Yaml(),
            "java" => throw new BadInputException(
                "Programs in Java are started by the plugin pulumi-language-java through Gradle or Maven, and this engine starts no plugins.",
                "Preview with the Pulumi CLI, or give the command that starts the built program: --program 'java -jar build/app.jar'."),
            "" => throw new BadInputException($"{ProjectFile.FileName} in {project.Folder} has no `runtime`.", "Add the language: `runtime: nodejs`."),
            var other => throw new BadInputException(
                $"`runtime: {YamlText.Shown(other)}` needs the plugin pulumi-language-{YamlText.Shown(other)}, and this engine starts no plugins.",
                $"{Nearest.DidYouMean(YamlText.Shown(other), Runtimes)}This engine starts {string.Join(", ", Runtimes)}; preview others with the Pulumi CLI."),
        };
    }

    // The official host builds the program first, and runs what it has built
    private ProgramLaunch Go()
    {
        var (binary, target) = (project.Runtime.Text("binary"), project.Runtime.Text("buildTarget"));
        if (binary is not null && target is not null)
        {
            throw new BadInputException($"`runtime.options` in {ProjectFile.FileName} has both `binary` and `buildTarget`.", "Keep one of the two.");
        }
        if (binary is not null)
        {
            return Started(machine.Find(binary, Folder) ?? throw new BadInputException(
                $"The program {binary} is missing.", "`runtime.options.binary` names it: build it first."));
        }
        var go = machine.Find("go") ?? throw Missing("Go", "go", "https://go.dev/doc/install");
        if (Directory.GetFiles(Folder, "*.go").Length == 0)
        {
            throw new BadInputException($"There is no Go file in {Folder}.", $"`main` in {ProjectFile.FileName} names the program's folder.");
        }
        var built = target is null ? Path.Combine(project.Folder, ".platform", "program") : Path.GetFullPath(target, Folder);
        return Started(built) with { Build = [go, "build", "-o", built, Folder] };
    }

    private ProgramLaunch Dotnet()
    {
        var binary = project.Runtime.Text("binary");
        if (binary is not null && !binary.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return Started(machine.Find(binary, Folder) ?? throw new BadInputException(
                $"The program {binary} is missing.", "`runtime.options.binary` names it: build it first."));
        }
        var dotnet = machine.Find("dotnet") ?? throw Missing("The .NET SDK", "dotnet", "https://dotnet.microsoft.com/download");
        return binary is null ? Started(dotnet, "run") : File.Exists(Path.GetFullPath(binary, Folder)) ? Started(dotnet, binary)
            : throw new BadInputException($"The program {binary} is missing.", "`runtime.options.binary` names it: build it first.");
    }

    private BadInputException Yaml() => new(
        "Programs in YAML are run by the plugin pulumi-language-yaml, and this engine starts no plugins"
        + (machine.Find("pulumi-language-yaml") is { } found ? $"; {found} is one, and only the Pulumi CLI can start it." : "."),
        "Preview with the Pulumi CLI, or turn the program into another language first: `pulumi convert --language typescript --out DIR`.");

    private ProgramLaunch Started(string command, params ImmutableArray<string> arguments) => new(command, arguments, Folder, project.Folder);

    /// <summary>Says that something is not installed.</summary>
    public static BadInputException Missing(string what, string command, string where)
        => new($"{what} is needed, and there is no '{command}' on the PATH.", $"Install it ({where}), then run the same command again.");
}

/// <summary>Starts Node.js programs (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs/main.go, 3.27x).</summary>
internal sealed class NodeStart(ProjectFile project, Machine machine)
{
    private const string Runner = "node_modules/@pulumi/pulumi/cmd/run";

    /// <summary>The SDK's own runner, found from a folder upwards as Node finds packages; null where the SDK is not installed.</summary>
    public static string? FindRunner(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            var runner = Path.Combine(parent.FullName, Runner);
            if (Directory.Exists(runner) || File.Exists(runner + ".js"))
            {
                return runner;
            }
        }
        return null;
    }

    /// <summary>What the official host adds to the environment: TypeScript is on unless the project says otherwise.</summary>
    public static ImmutableDictionary<string, string> Environment(ProjectRuntime runtime)
    {
        var variables = ImmutableDictionary<string, string>.Empty;
        if (runtime.Flag("typescript", otherwise: true))
        {
            variables = variables.Add("PULUMI_NODEJS_TYPESCRIPT", "true");
        }
        return runtime.Text("tsconfig") is { } path ? variables.Add("PULUMI_NODEJS_TSCONFIG_PATH", path) : variables;
    }

    public ProgramLaunch Launch()
    {
        var options = ShellWords.Split(project.Runtime.Text("nodeargs") ?? "").ToImmutableArray();
        var (manager, variables) = (Manager(), Environment(project.Runtime));
        var node = machine.Find("node") ?? throw ProgramStart.Missing("Node.js", "node", "https://nodejs.org, version 20 or later");
        return Launch(node, options, manager) with { Environment = variables };
    }

    /// <summary>Bun reads TypeScript itself.</summary>
    public ProgramLaunch LaunchBun()
        => Launch(machine.Find("bun") ?? throw ProgramStart.Missing("Bun", "bun", "https://bun.sh"), ["run"], "bun");

    private string Manager() => project.Runtime.Choice("packagemanager", "auto", "npm", "yarn", "pnpm", "bun") is var manager and not "auto" ? manager
        : File.Exists(Path.Combine(project.Folder, "yarn.lock")) ? "yarn"
        : File.Exists(Path.Combine(project.Folder, "pnpm-lock.yaml")) ? "pnpm"
        : "npm";

    private ProgramLaunch Launch(string command, ImmutableArray<string> options, string manager)
    {
        var runner = FindRunner(project.ProgramFolder) ?? throw new BadInputException(
            $"The program in {project.ProgramFolder} needs the package @pulumi/pulumi, and no node_modules folder there or above has it.",
            $"Install the program's packages: `{manager} install`.");
        return new ProgramLaunch(command,
            [
                .. options, runner,
                "--monitor", Filled(ProgramVariables.Monitor), "--engine", Filled(ProgramVariables.Engine),
                "--organization", Filled(ProgramVariables.Organization), "--project", Filled(ProgramVariables.Project),
                "--root-directory", project.Folder, "--stack", Filled(ProgramVariables.Stack), "--pwd", project.ProgramFolder,
                $"--dry-run={Filled(ProgramVariables.DryRun)}", "--parallel", Filled(ProgramVariables.Parallel),
                project.EntryPoint,
            ], project.ProgramFolder, project.Folder)
        {
            FillsArguments = true,
        };
    }

    private static string Filled(string variable) => $"{{{variable}}}";
}

/// <summary>Starts Python programs (pulumi/pulumi sdk/python/cmd/pulumi-language-python/main.go and sdk/python/toolchain, 3.27x), with a runner of our own in
/// place of the CLI's <c>pulumi-language-python-exec</c>.</summary>
internal sealed class PythonStart(ProjectFile project, Machine machine)
{
    private const string SdkProbe = "import importlib.util, sys; sys.exit(0 if importlib.util.find_spec('pulumi') else 3)";

    /// <summary>The runner's source, which Python takes with <c>-c</c>.</summary>
    public static string Runner { get; } = ReadRunner();

    public ProgramLaunch Launch()
    {
        var toolchain = project.Runtime.Choice("toolchain", "pip", "poetry", "uv");
        if (toolchain == "poetry")
        {
            var poetry = machine.Find("poetry") ?? throw ProgramStart.Missing("Poetry", "poetry", "https://python-poetry.org");
            return Launch([poetry, "run", "python"], folder: null);
        }
        var folder = project.Runtime.Text("virtualenv") ?? (toolchain == "uv" ? ".venv" : null);
        if (folder is null)
        {
            return Launch([Python()], folder);
        }
        folder = Path.GetFullPath(folder, project.Folder);
        var python = OperatingSystem.IsWindows() ? Path.Combine(folder, "Scripts", "python.exe") : Path.Combine(folder, "bin", "python");
        return File.Exists(python) ? Launch([python], folder) : throw new BadInputException(
            $"{folder} is no virtual environment of Python: {python} is missing.",
            toolchain == "uv" ? "Make it: `uv sync`."
                : $"Make it: `python3 -m venv {folder}`, then `{python} -m pip install -r requirements.txt`.");
    }

    private ProgramLaunch Launch(ImmutableArray<string> python, string? folder)
    {
        if (python.Length == 1 && machine.Run(python[0], ["-c", SdkProbe], project.ProgramFolder) == 3)
        {
            throw new BadInputException(
                $"The program in {project.ProgramFolder} needs the Python package 'pulumi', and {python[0]} has none.",
                $"Install the program's packages: `{python[0]} -m pip install -r requirements.txt`.");
        }
        var checker = project.Runtime.Choice("typechecker", "", "mypy", "pyright");
        return new ProgramLaunch(python[0], [.. python[1..], "-c", Runner, project.EntryPoint], project.ProgramFolder, project.Folder)
        {
            Environment = folder is null ? ImmutableDictionary<string, string>.Empty : Activated(folder),
            Build = checker.Length == 0 ? []
                : checker == "mypy" && folder is not null
                    ? [.. python, "-m", checker, "--exclude", Path.GetRelativePath(project.ProgramFolder, folder), project.ProgramFolder]
                    : [.. python, "-m", checker, project.ProgramFolder],
        };
    }

    private string Python()
    {
        if (machine.Environment("PULUMI_PYTHON_CMD") is { Length: > 0 } given)
        {
            return machine.Find(given) ?? throw new BadInputException(
                $"PULUMI_PYTHON_CMD is '{given}', which is not on the PATH.", "Correct it, or take it away.");
        }
        return machine.Find("python3") ?? machine.Find("python") ?? throw ProgramStart.Missing("Python", "python3", "https://www.python.org/downloads");
    }

    // As the environment's own `activate` does
    private ImmutableDictionary<string, string> Activated(string folder) => ImmutableDictionary<string, string>.Empty
        .Add("VIRTUAL_ENV", folder)
        .Add("PYTHONHOME", "")
        .Add("PATH", $"{Path.Combine(folder, OperatingSystem.IsWindows() ? "Scripts" : "bin")}{Path.PathSeparator}{machine.Environment("PATH")}");

    private static string ReadRunner()
    {
        using var reader = new StreamReader(typeof(PythonStart).Assembly.GetManifestResourceStream("python_runner.py")!);
        return reader.ReadToEnd();
    }
}
