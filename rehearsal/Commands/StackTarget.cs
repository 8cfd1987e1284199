using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.Programs;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary>The stack that a command is about: its project, its file, and how to start its program.</summary>
internal sealed record StackTarget(string Stack, ProjectFile Project, StackFile File, ProgramLaunch Program)
{
    /// <summary>The path of the program that <c>./platform</c> has built; see the script.</summary>
    private const string ProgramVariable = "PLATFORM_PROGRAM";

    private const string DotnetVariable = "DOTNET_HOST_PATH";

    /// <summary>The stack's file below the project's folder, as other programs name files; that of the project when the stack has none there.</summary>
    public string FileInProject => File.Path is { } path && Path.GetRelativePath(Project.Folder, path) is var below && !Path.IsPathRooted(below)
        && !below.StartsWith("..", StringComparison.Ordinal) ? below.Replace('\\', '/') : ProjectFile.FileName;

    /// <summary>Finds everything that the command line names.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="stack">The stack's name, or its file.</param>
    /// <param name="program">Another program than the repository's: a command as a shell would take it, or the folder of a project.</param>
    /// <param name="configFile">Another file than the stack's own.</param>
    /// <exception cref="BadInputException">Something is missing or cannot be used.</exception>
    public static StackTarget Find(CommandHost host, string stack, string? program, string? configFile)
    {
        if (program is { Length: > 0 } && Directory.Exists(Path.GetFullPath(program, host.CurrentFolder)))
        {
            var own = OtherProject(Path.GetFullPath(program, host.CurrentFolder));
            var named = StackReference.Read(stack, own, host.CurrentFolder);
            return new StackTarget(
                named.Name, own, Settings(host, own, named, program, configFile), new ProgramStart(own, new Machine(host.Environment)).Launch());
        }
        var folder = program is null ? OwnProject(host) : ProjectFile.FindFolder(host.CurrentFolder);
        var project = folder is null ? ProjectFile.WithoutFile(host.CurrentFolder) : ProjectFile.Read(folder);
        var reference = StackReference.Read(stack, project, host.CurrentFolder);
        var launch = program is null ? Built(host, project, reference.Name) : Shell(program, host.CurrentFolder, project);
        return new StackTarget(reference.Name, project, Settings(host, project, reference, program, configFile), launch);
    }

    /// <summary>The project, for commands that write a stack's file.</summary>
    public static ProjectFile OwnProjectFile(CommandHost host) => ProjectFile.Read(OwnProject(host));

    /// <summary>Only the stack's file, for commands that run no program.</summary>
    public static (string Stack, ProjectFile Project, StackFile File) FindFile(CommandHost host, string stack, string? configFile)
    {
        var project = ProjectOf(host);
        var reference = StackReference.Read(stack, project, host.CurrentFolder);
        return (reference.Name, project, Settings(host, project, reference, program: null, configFile));
    }

    /// <summary>The configuration that the program gets; secrets are opened with the passphrase of the environment.</summary>
    /// <remarks>Says on the error stream which of them stay unknown, and why.</remarks>
    public StackConfig Config(CommandHost host)
    {
        var (config, warning) = ReadConfig(host);
        if (warning is not null)
        {
            ProblemText.Write(host.Terminal, warning);
            host.Annotate([warning]);
        }
        return config;
    }

    /// <summary>The same, with what is to be said of secrets that stay unknown; null when there are none.</summary>
    public (StackConfig Config, FileProblem? Warning) ReadConfig(CommandHost host)
    {
        var secrets = new StackSecrets(Stack, File, host.Environment);
        var config = StackConfig.Read(Project, Stack, File, secrets.Open);
        if (config.UnknownKeys.IsEmpty)
        {
            return (config, null);
        }
        var first = Places.Find(config.UnknownKeys[0]) is { } place ? place with { Source = null } : null;
        return (config, new FileProblem(first, Key: null, secrets.WhyUnknown(config.UnknownKeys)) { IsWarning = true });
    }

    /// <summary>Where its settings stand.</summary>
    public ConfigPlaces Places => ConfigPlaces.Of(Project, File);

    /// <summary>What to rehearse.</summary>
    /// <param name="config">What the program gets.</param>
    /// <param name="stackOutputs">Outputs of other stacks, see <see cref="StackOutputFiles"/>.</param>
    public RehearsalRequest Request(StackConfig config, Func<string, PropertyMap?> stackOutputs) => new()
    {
        StackOutputs = stackOutputs,
        Program = Program,
        Project = Project.Name,
        Stack = Stack,
        Config = config.Values,
        SecretKeys = config.SecretKeys,
        Places = Places,
    };

    /// <summary>The project whose stacks are named, for commands about all of them.</summary>
    public static ProjectFile ProjectOf(CommandHost host) => ProjectFile.Read(OwnProject(host));

    // The repository that this program was built in; the current folder only when it was copied elsewhere
    private static string OwnProject(CommandHost host)
        => ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder) ?? throw new BadInputException(
            $"There is no {ProjectFile.FileName} in {host.CurrentFolder} or above it.",
            "Run ./platform of a clone of the repository, or give another program with --program.");

    private static ProjectFile OtherProject(string folder) => ProjectFile.FindFolder(folder) is { } found ? ProjectFile.Read(found)
        : throw new BadInputException(
            $"There is no {ProjectFile.FileName} in {folder} or above it, so nothing says how its program starts.",
            "Write one with `name` and `runtime`, or give the command that starts the program: --program 'node index.js'.");

    private static StackFile Settings(CommandHost host, ProjectFile project, StackReference stack, string? program, string? configFile)
    {
        if (configFile is not null)
        {
            return StackFile.Read(Path.GetFullPath(configFile, host.CurrentFolder), project.Name);
        }
        // As with `pulumi stack init`: a program that has no stack file at all has no settings
        if (program is not null && stack.Path is null && StackFinder.All(project).Count == 0)
        {
            return StackFile.Empty;
        }
        return StackFile.Read(stack.Path ?? StackFinder.Find(project, stack.Name), project.Name);
    }

    private static ProgramLaunch Built(CommandHost host, ProjectFile project, string stack)
    {
        var path = host.Environment(ProgramVariable) is { Length: > 0 } given ? Path.GetFullPath(given, host.CurrentFolder) : Beside(host, project);
        if (!System.IO.File.Exists(path))
        {
            throw new BadInputException($"The program is not built: {path} is missing.", "Build it with `./platform build`.");
        }
        return new ProgramLaunch(host.Environment(DotnetVariable) is { Length: > 0 } dotnet ? dotnet : "dotnet", [path], project.ProgramFolder, project.Folder)
        {
            // Beside the program, which a new build replaces; stacks differ in what their programs do at the start
            Environment = ImmutableDictionary<string, string>.Empty.Add(ProgramEnvironment.StartProfile, Path.ChangeExtension(path, stack)),
        };
    }

    // <root>/rehearsal/bin/<configuration>/net10.0/ has its like in <root>/stacks/bin/<configuration>/net10.0/Stacks.dll
    private static string Beside(CommandHost host, ProjectFile project)
    {
        var own = Path.TrimEndingDirectorySeparator(host.OwnFolder);
        var framework = Path.GetFileName(own);
        var configuration = Path.GetFileName(Path.GetDirectoryName(own)) ?? "";
        var name = project.Main.Length == 0 ? project.Name : Path.GetFileName(project.Main);
        return Path.Combine(project.ProgramFolder, "bin", configuration, framework, $"{char.ToUpperInvariant(name[0])}{name[1..]}.dll");
    }

    // A shell, so that quotes and variables in the command mean what they mean on the operator's own command line
    private static ProgramLaunch Shell(string command, string folder, ProjectFile project)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            throw new BadInputException(
                "--program is empty.", "Give the command that starts the program, or the folder of a project: --program 'node index.js'.");
        }
        if (OperatingSystem.IsWindows())
        {
            return new ProgramLaunch("cmd.exe", ["/d", "/s", "/c", command], folder, project.Folder);
        }
        var (line, variables) = CommandLauncher.WithRunner(command, folder, project.Runtime);
        return new ProgramLaunch("/bin/sh", ["-c", line], folder, project.Folder) { Environment = variables };
    }
}

/// <summary>Starts <c>node index.js</c> and <c>python3 __main__.py</c> as Pulumi's language hosts do: through a runner, which registers the stack and its
/// exports.</summary>
/// <remarks>Other languages need none: their programs register the stack themselves.</remarks>
internal static partial class CommandLauncher
{
    // The code would not survive a shell as an argument
    private const string PythonRunner = "REHEARSAL_PYTHON_RUNNER";

    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    /// <summary>The command with the runner in it, and what the runner reads; the command itself when it is not just an interpreter with a script, has
    /// the runner already, or the SDK is not installed.</summary>
    /// <param name="command">What the operator gave.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="runtime">What the project says of its language.</param>
    public static (string Command, ImmutableDictionary<string, string> Variables) WithRunner(string command, string folder, ProjectRuntime runtime)
    {
        if (PlainPython().Match(command.Trim()) is { Success: true } python)
        {
            return ($"exec {python.Groups["interpreter"].Value}{python.Groups["options"].Value} -c \"${PythonRunner}\" "
                + $"{python.Groups["script"].Value}{python.Groups["arguments"].Value}", None.Add(PythonRunner, PythonStart.Runner));
        }
        var match = PlainNode().Match(command.Trim());
        if (!match.Success)
        {
            return (command, command.Contains("@pulumi/pulumi/cmd/run", StringComparison.Ordinal) ? NodeStart.Environment(runtime) : None);
        }
        var script = match.Groups["script"].Value;
        if (command.Contains("@pulumi/pulumi/cmd/run", StringComparison.Ordinal))
        {
            return (command, NodeStart.Environment(runtime));
        }
        return NodeStart.FindRunner(Path.GetFullPath(Path.GetDirectoryName(script) ?? "", folder)) is not { } runner ? (command, None)
            : ($"exec node{match.Groups["options"].Value} '{runner}' "
            + $"--monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" {script}{match.Groups["arguments"].Value}", NodeStart.Environment(runtime));
    }

    // Node index.js, node --enable-source-maps ./bin/main.js one two; nothing that a shell would read in its own way
    [GeneratedRegex("""^node(?<options>( +-[-\w=./]+)*) +(?<script>[\w./@][-\w./@]*)(?<arguments>( +[-\w./@=]+)*)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainNode();

    // Python3 __main__.py, venv/bin/python -u main.py one; -c and -m start something else than a script
    [GeneratedRegex("""^(?<interpreter>([\w./-]*/)?python[\d.]*)(?<options>( +-[bBdEIOqsSuv]+)*) +(?<script>[\w./@][-\w./@]*)(?<arguments>( +[-\w./@=]+)*)$""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainPython();
}
