using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Rehearsal.Programs;

/// <summary>Runs a program to its end, as <see cref="ProgramProcess.RunAsync"/> does.</summary>
internal delegate Task<int> RunProgram(
    ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, Action<string> output, Action<string> error, CancellationToken cancellation);

/// <summary>Runs a program as a process of its own: its output is passed on line by line, and a cancellation ends all that it started.</summary>
internal static class ProgramProcess
{
    private const int LongestLine = 64 * 1024;

    /// <summary>How long to wait for output that is on its way when the program has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="launch">How to start it.</param>
    /// <param name="variables">Variables added to those of this process; one with an empty value is taken away.</param>
    /// <param name="output">Gets every line of its standard output.</param>
    /// <param name="error">Gets every line of its standard error.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ProgramStartException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">It was ended from outside.</exception>
    public static Task<int> RunAsync(
        ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, Action<string> output, Action<string> error, CancellationToken cancellation)
        => FeedAsync(launch, variables, input: "", output, error, cancellation);

    /// <summary>The same for a program that reads something.</summary>
    /// <param name="launch">How to start it.</param>
    /// <param name="variables">Variables as above.</param>
    /// <param name="input">What it reads on its standard input.</param>
    /// <param name="output">Gets every line of its standard output.</param>
    /// <param name="error">Gets every line of its standard error.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> FeedAsync(
        ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, string input, Action<string> output, Action<string> error,
        CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(launch, variables) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or DirectoryNotFoundException)
        {
            throw new ProgramStartException($"the program '{launch.Command}' cannot be started in '{launch.WorkingDirectory}': {e.Message}", e);
        }
        var reading = Task.WhenAll(PassAsync(process.StandardOutput, output), PassAsync(process.StandardError, error));
        await GiveAsync(process.StandardInput, input);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            // The end of the output says that all who could write to it are gone
            await Task.WhenAny(reading, Task.Delay(LastWords, CancellationToken.None));
            throw;
        }
        // What the program started and left behind may hold its output open for ever
        await Task.WhenAny(reading, Task.Delay(LastWords, cancellation));
        return process.ExitCode;
    }

    // Beside the reading: a program that answers line by line fills its output before it has read all
    private static async Task GiveAsync(StreamWriter to, string input)
    {
        try
        {
            await to.WriteAsync(input);
            to.Close();
        }
        catch (IOException)
        {
            // It ended without reading, and its exit code says why
        }
    }

    private static ProcessStartInfo StartInfo(ProgramLaunch launch, IReadOnlyDictionary<string, string> variables)
    {
        var info = new ProcessStartInfo(launch.Command, launch.Arguments)
        {
            WorkingDirectory = launch.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            if (value.Length == 0)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }
        return info;
    }

    // Line by line; a line without an end is passed on in pieces, so that it needs no more memory than one of them.
    private static async Task PassAsync(StreamReader from, Action<string> receiver)
    {
        var (buffer, line) = (new char[LongestLine], new StringBuilder());
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                var rest = buffer.AsMemory(0, count);
                while (rest.Span.IndexOf('\n') is >= 0 and var end)
                {
                    receiver(line.Append(rest.Span[..end]).ToString().TrimEnd('\r'));
                    line.Clear();
                    rest = rest[(end + 1)..];
                }
                line.Append(rest.Span);
                if (line.Length >= LongestLine)
                {
                    receiver(line.ToString());
                    line.Clear();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody listens any more
        }
        if (line.Length > 0)
        {
            receiver(line.ToString());
        }
    }
}

/// <summary>What has to be done before a program can start.</summary>
internal static class ProgramBuild
{
    /// <summary>Builds a program that has to be built.</summary>
    /// <param name="launch">How to start it.</param>
    /// <param name="variables">Variables added to those of this process.</param>
    /// <param name="failure">Gets every line that the build said, when it failed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether the program is built.</returns>
    /// <exception cref="ProgramStartException">The build could not be started.</exception>
    public static async Task<bool> RunAsync(
        ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, Action<string> failure, CancellationToken cancellation)
    {
        if (launch.Build.IsEmpty)
        {
            return true;
        }
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var exit = await ProgramProcess.RunAsync(
            launch with { Command = launch.Build[0], Arguments = launch.Build[1..] }, variables, lines.Enqueue, lines.Enqueue, cancellation);
        if (exit != 0)
        {
            foreach (var line in lines)
            {
                failure(line);
            }
        }
        return exit == 0;
    }
}

/// <summary>A program that could not be started.</summary>
internal sealed class ProgramStartException(string problem, Exception cause) : Exception(problem, cause)
{
    public const string Fix = "Check that it is installed, on the PATH and executable.";
}

/// <summary>What the end of a program means, as Pulumi's language hosts read it.</summary>
internal static class ProgramExit
{
    /// <summary>The program has told the engine what went wrong, through its log.</summary>
    private const int AlreadyReported = 32;

    /// <summary>What to tell the operator, or null when all is well or already told.</summary>
    /// <param name="exitCode">How the process ended.</param>
    /// <param name="stackRegistered">Whether the stack's own resource came.</param>
    /// <param name="stackCompleted">Whether its outputs came, which every SDK sends last.</param>
    /// <param name="errorsReported">Whether the operator has seen an error.</param>
    public static string? Problem(int exitCode, bool stackRegistered, bool stackCompleted, bool errorsReported) => exitCode switch
    {
        0 or AlreadyReported when errorsReported => null,
        // What the CLI says when a program has told an error and ends badly besides
        _ when errorsReported => $"an unhandled error occurred: Program exited with non-zero exit code: {exitCode}",
        0 when !stackRegistered => "the program ended without registering a stack: it is not a Pulumi program, or it ended before its first call (exit code 0)",
        0 when !stackCompleted
            => "the program ended before it registered the stack's outputs (exit code 0): something in it ends the process, for example Environment.Exit",
        0 => null,
        AlreadyReported => "the program ended with exit code 32, by which it says that it reported an error, but none came",
        > 128 and < 160 => $"the program was ended by signal {exitCode - 128} (exit code {exitCode})",
        _ => $"the program ended with exit code {exitCode} and no error message through the engine; its own output is above",
    };
}
