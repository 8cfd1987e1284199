using System.ComponentModel;
using System.Diagnostics;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;

namespace Rehearsal.Commands;

/// <summary>The git revisions of a project: each is checked out and built once, in <c>.platform/revisions/COMMIT</c>, and kept there.</summary>
/// <param name="host">The outside.</param>
/// <param name="project">The project as it is in the working tree.</param>
internal sealed class Revisions(CommandHost host, ProjectFile project)
{
    private const int ShortHash = 10;

    private string Kept => Path.Combine(project.Folder, ".platform", "revisions");

    /// <summary>The commit that a text names; null when it names none, or there is no git.</summary>
    public string? Commit(string revision) => Git(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}"]) is (0, var hash)
        ? hash.Trim() : null;

    /// <summary>How a revision is called: as the operator did, with its commit.</summary>
    public static string Name(string revision, string commit) => commit.StartsWith(revision, StringComparison.OrdinalIgnoreCase) ? commit[..ShortHash]
        : $"{revision} ({commit[..ShortHash]})";

    /// <summary>Why a text cannot be a revision.</summary>
    public BadInputException Unknown(string text) => Git(["rev-parse", "--is-inside-work-tree"]) is (0, _)
        ? new BadInputException($"'{text}' is neither a file nor a revision of this repository.",
            "Give a commit, branch or tag, a stack file, a plan, or what `pulumi stack export` printed.")
        : new BadInputException($"There is no file '{text}', and {project.Folder} is no git repository that could have a revision of that name.",
            "Give a stack file, a plan, or what `pulumi stack export` printed.");

    /// <summary>What is not committed in the working tree, as git lists it.</summary>
    public IReadOnlyList<string> Uncommitted() => Git(["status", "--porcelain", "--", "."]) is (0, var lines)
        ? lines.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>The project of a commit, with its program built.</summary>
    /// <param name="commit">The commit's hash.</param>
    /// <param name="name">What the operator calls it.</param>
    /// <param name="find">Takes what the caller needs of the project, before a minute is spent on building it.</param>
    /// <param name="cancellation">Ends the build.</param>
    /// <exception cref="BadInputException">It cannot be checked out or built.</exception>
    public async Task<(T Found, ProjectFile Project, ProgramLaunch Program)> BuiltAsync<T>(
        string commit, string name, Func<ProjectFile, T> find, CancellationToken cancellation)
    {
        var tree = Path.Combine(Kept, commit);
        Directory.CreateDirectory(Kept);
        await using var held = await LockedAsync($"{tree}.lock", name, cancellation);
        var built = $"{tree}.built";
        if (!File.Exists(built) || !Directory.Exists(tree))
        {
            // What was built of a tree that somebody took away went with it
            File.Delete(built);
            CheckOut(tree, commit, name);
        }
        var folder = Git(["rev-parse", "--show-prefix"]) is (0, var prefix) ? Path.Combine(tree, prefix.Trim()) : tree;
        if (!File.Exists(Path.Combine(folder, ProjectFile.FileName)))
        {
            throw new BadInputException($"{name} has no {ProjectFile.FileName}, so it has no program to run.", "Give a later revision.");
        }
        var revision = ProjectFile.Read(folder);
        var found = find(revision);
        if (revision.Runtime.Name != "dotnet")
        {
            return (found, revision, new Programs.ProgramStart(revision, new Programs.Machine(host.Environment)).Launch());
        }
        var source = Directory.GetFiles(revision.ProgramFolder, "*.csproj");
        if (source.Length != 1)
        {
            throw new BadInputException($"{name} has {source.Length} projects in {revision.Main}, and it takes one to build its program.",
                "Give another revision.");
        }
        if (!File.Exists(built))
        {
            await BuildAsync(source[0], tree, name, cancellation);
            await File.WriteAllTextAsync(built, "", cancellation);
        }
        var program = Directory.GetFiles(Path.Combine(revision.ProgramFolder, "bin", "Release"), $"{Path.GetFileNameWithoutExtension(source[0])}.dll",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() ?? throw Unbuilt(name, tree);
        return (found, revision, new ProgramLaunch(Dotnet, [program], revision.ProgramFolder, revision.Folder));
    }

    private string Dotnet => host.Environment("DOTNET_HOST_PATH") is { Length: > 0 } dotnet ? dotnet : "dotnet";

    private void CheckOut(string tree, string commit, string name)
    {
        // A tree that was removed by hand is still known to git, and hooks are the working tree's own business
        if (!Directory.Exists(tree) && Git(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--force", "--detach", "--quiet", tree, commit]) is not (0, _))
        {
            throw new BadInputException($"{name} cannot be checked out in {tree}.", "Run `git worktree prune`, remove that folder, and try again.")
            { ExitCode = ExitCodes.Failure };
        }
    }

    private async Task BuildAsync(string source, string tree, string name, CancellationToken cancellation)
    {
        host.Terminal.WriteError($"Building the program of {name} (a minute, once for each commit) ...");
        var clock = Stopwatch.StartNew();
        var (code, output) = await RunAsync(Dotnet, ["build", source, "-c", "Release", "-v", "q", "-nologo", "-clp:NoSummary"], tree, cancellation);
        await File.WriteAllTextAsync($"{tree}.log", output, cancellation);
        if (code != 0)
        {
            throw Unbuilt(name, tree);
        }
        host.Terminal.WriteError(new StyledText(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Built in {clock.Elapsed.TotalSeconds:0} s; kept in .platform/revisions."),
                TextStyle.Faint));
    }

    private static BadInputException Unbuilt(string name, string tree) => new(
        $"The program of {name} does not build here; the whole log: {tree}.log", "Give another revision, or a plan that was written when it did build.")
    { ExitCode = ExitCodes.Failure };

    // Two comparisons at once build a commit once
    private async Task<FileStream> LockedAsync(string path, string name, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (!cancellation.IsCancellationRequested)
            {
                if (!told)
                {
                    host.Terminal.WriteError($"Waiting for another ./platform that builds {name} ...");
                }
                await Task.Delay(200, cancellation);
            }
        }
    }

    private (int Code, string Output)? Git(string[] arguments)
    {
        try
        {
            return RunAsync("git", ["-C", project.Folder, .. arguments], project.Folder, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string command, string[] arguments, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await error);
    }
}
