using System.Text.RegularExpressions;
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

    /// <summary>Finds everything that the command line names.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="program">Another program than the repository's, as a shell would take it.</param>
    /// <param name="configFile">Another file than the stack's own.</param>
    /// <exception cref="BadInputException">Something is missing or cannot be used.</exception>
    public static StackTarget Find(CommandHost host, string stack, string? program, string? configFile)
    {
        var folder = program is null ? OwnProject(host) : ProjectFile.FindFolder(host.CurrentFolder);
        var project = folder is null ? ProjectFile.WithoutFile(host.CurrentFolder) : ProjectFile.Read(folder);
        var launch = program is null ? Built(host, project) : Shell(program, host.CurrentFolder, project.Folder);
        return new StackTarget(stack, project, Settings(host, project, stack, program, configFile), launch);
    }

    /// <summary>Only the stack's file, for commands that run no program.</summary>
    public static (string Stack, ProjectFile Project, StackFile File) FindFile(CommandHost host, string stack, string? configFile)
    {
        var project = ProjectFile.Read(OwnProject(host));
        return (stack, project, Settings(host, project, stack, program: null, configFile));
    }

    /// <summary>The configuration that the program gets; secrets are opened with the passphrase of the environment.</summary>
    /// <remarks>Says on the error stream which of them stay unknown, and why.</remarks>
    public StackConfig Config(CommandHost host)
    {
        var secrets = new StackSecrets(Stack, File, host.Environment);
        var config = StackConfig.Read(Project, Stack, File, secrets.Open);
        if (!config.UnknownKeys.IsEmpty)
        {
            host.Terminal.WriteError(new StyledText("warning: ", TextStyle.Warning), secrets.WhyUnknown(config.UnknownKeys));
        }
        return config;
    }

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
    };

    // The repository that this program was built in; the current folder only when it was copied elsewhere
    private static string OwnProject(CommandHost host)
        => ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder) ?? throw new BadInputException(
            $"There is no {ProjectFile.FileName} in {host.CurrentFolder} or above it.",
            "Run ./platform of a clone of the repository, or give another program with --program.");

    private static StackFile Settings(CommandHost host, ProjectFile project, string stack, string? program, string? configFile)
    {
        if (configFile is not null)
        {
            return StackFile.Read(Path.GetFullPath(configFile, host.CurrentFolder), project.Name);
        }
        // As with `pulumi stack init`: a program that has no stack file at all has no settings
        if (program is not null && StackFinder.All(project).Count == 0)
        {
            return StackFile.Empty;
        }
        return StackFile.Read(StackFinder.Find(project, stack), project.Name);
    }

    private static ProgramLaunch Built(CommandHost host, ProjectFile project)
    {
        var path = host.Environment(ProgramVariable) is { Length: > 0 } given ? Path.GetFullPath(given, host.CurrentFolder) : Beside(host, project);
        if (!System.IO.File.Exists(path))
        {
            throw new BadInputException($"The program is not built: {path} is missing.", "Build it with `./platform build`.");
        }
        return new ProgramLaunch(host.Environment(DotnetVariable) is { Length: > 0 } dotnet ? dotnet : "dotnet", [path], project.ProgramFolder, project.Folder);
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
    private static ProgramLaunch Shell(string command, string folder, string root)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            throw new BadInputException("--program is empty.", "Give the command that starts the program: --program 'node index.js'.");
        }
        return OperatingSystem.IsWindows()
            ? new ProgramLaunch("cmd.exe", ["/d", "/s", "/c", command], folder, root)
            : new ProgramLaunch("/bin/sh", ["-c", NodeLauncher.WithRunner(command, folder)], folder, root);
    }
}

/// <summary>Starts <c>node index.js</c> as Pulumi's Node language host does: through the SDK's own runner, which registers the stack and its exports.</summary>
/// <remarks>Other languages need none: their programs register the stack themselves.</remarks>
internal static partial class NodeLauncher
{
    private const string Runner = "node_modules/@pulumi/pulumi/cmd/run";

    /// <summary>The command with the runner in it; itself when it is not just <c>node SCRIPT</c>, has the runner already, or the SDK is not
    /// installed.</summary>
    /// <param name="command">What the operator gave.</param>
    /// <param name="folder">Where it runs.</param>
    public static string WithRunner(string command, string folder)
    {
        var match = PlainNode().Match(command.Trim());
        if (!match.Success || command.Contains("@pulumi/pulumi/cmd/run", StringComparison.Ordinal))
        {
            return command;
        }
        var script = match.Groups["script"].Value;
        for (var parent = new DirectoryInfo(Path.GetFullPath(Path.GetDirectoryName(script) ?? "", folder)); parent is not null; parent = parent.Parent)
        {
            var runner = Path.Combine(parent.FullName, Runner);
            if (!Directory.Exists(runner) && !File.Exists(runner + ".js"))
            {
                continue;
            }
            return $"exec node{match.Groups["options"].Value} '{runner}' "
                + $"--monitor=\"$PULUMI_MONITOR\" --engine=\"$PULUMI_ENGINE\" {script}{match.Groups["arguments"].Value}";
        }
        return command;
    }

    // Node index.js, node --enable-source-maps ./bin/main.js one two; nothing that a shell would read in its own way
    [GeneratedRegex("""^node(?<options>( +-[-\w=./]+)*) +(?<script>[\w./@][-\w./@]*)(?<arguments>( +[-\w./@=]+)*)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainNode();
}
