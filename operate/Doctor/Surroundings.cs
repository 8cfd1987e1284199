using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Rehearsal.Commands;
using Rehearsal.Programs;

namespace Operate.Doctor;

/// <summary>What <c>doctor</c> looks at, so that tests can stand in for a machine.</summary>
/// <param name="Programs">The programs on the <c>PATH</c>.</param>
/// <param name="Network">Servers.</param>
/// <param name="Disk">Files and folders.</param>
/// <param name="Environment">Variables by name.</param>
/// <param name="Root">The folder of this repository.</param>
/// <param name="Home">The user's own folder; empty where there is none.</param>
public sealed record Surroundings(IPrograms Programs, INetwork Network, IDisk Disk, Func<string, string?> Environment, string Root, string Home)
{
    /// <summary>This machine.</summary>
    public static Surroundings Of(CommandHost host, string clone) => new(
        new MachinePrograms(host.Environment), new MachineNetwork(), new MachineDisk(), host.Environment, clone,
        host.Environment("HOME") ?? System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile));

    /// <summary>A variable's text; null where it is not set, or empty.</summary>
    public string? Variable(string name) => Environment(name) is { Length: > 0 } text ? text : null;
}

/// <summary>What a program said.</summary>
/// <param name="ExitCode">Its exit code; null where it did not end in time, or could not be started.</param>
/// <param name="Text">Its output, or its errors when it had none.</param>
public sealed record Saying(int? ExitCode, string Text);

/// <summary>The programs of a machine.</summary>
public interface IPrograms
{
    /// <summary>Where a program is; null where the <c>PATH</c> has none of that name.</summary>
    string? Find(string name);

    /// <summary>Runs a program to its end, in a folder, for some seconds at most.</summary>
    Task<Saying> RunAsync(string path, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation);
}

/// <summary>Servers that a machine reaches.</summary>
public interface INetwork
{
    /// <summary>Asks for an address; what keeps it from answering, or null when it answers.</summary>
    Task<string?> ReachAsync(Uri address, TimeSpan limit, CancellationToken cancellation);
}

/// <summary>Files and folders of a machine.</summary>
public interface IDisk
{
    /// <summary>The text of a file; null where there is none or it cannot be read.</summary>
    string? Read(string path);

    /// <summary>Whether a folder is there.</summary>
    bool HasFolder(string path);

    /// <summary>Why nothing can be written into a folder, which need not be there yet; null when something can.</summary>
    string? WhyNotWritable(string folder);

    /// <summary>Free bytes for this user below a folder; null where the system does not say.</summary>
    long? Free(string folder);
}

internal sealed class MachinePrograms(Func<string, string?> environment) : IPrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public string? Find(string name) => new Machine(environment).Find(name);

    public async Task<Saying> RunAsync(string path, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Limit);
        try
        {
            process.Start();
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limited.Token), process.StandardError.ReadToEndAsync(limited.Token));
            await process.WaitForExitAsync(limited.Token);
            var (said, complained) = (await output, await error);
            return new Saying(process.ExitCode, said.Trim().Length > 0 ? said : complained);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new Saying(null, $"does not answer within {Limit.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new Saying(null, $"cannot be started: {e.Message}");
        }
    }
}

internal sealed class MachineNetwork : INetwork
{
    public async Task<string?> ReachAsync(Uri address, TimeSpan limit, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(limit);
        try
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            return answer.StatusCode switch
            {
                // Credentials are the client's own business, and some servers answer nothing at their root
                < HttpStatusCode.InternalServerError and not HttpStatusCode.ProxyAuthenticationRequired => null,
                var code => $"answers with {(int)code} ({code})",
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"does not answer within {limit.TotalSeconds:0} s";
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or NotSupportedException)
        {
            return e.InnerException?.Message ?? e.Message;
        }
    }
}

internal sealed class MachineDisk : IDisk
{
    // The files that are read here have some lines; what a device gives has no end
    private const int LongestFile = 4 * 1024 * 1024;

    public string? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }
            using var reader = new StreamReader(path);
            var text = new char[LongestFile];
            var length = reader.ReadBlock(text);
            return length == LongestFile ? null : new string(text, 0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public bool HasFolder(string path) => Directory.Exists(path);

    public string? WhyNotWritable(string folder)
    {
        try
        {
            var there = new DirectoryInfo(folder);
            while (!there.Exists && there.Parent is { } parent)
            {
                if (File.Exists(there.FullName))
                {
                    return $"{there.FullName} is a file";
                }
                there = parent;
            }
            var path = Path.Combine(there.FullName, $".doctor-{Guid.NewGuid():N}");
            // Gone with its handle
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.InnerException?.Message ?? e.Message;
        }
    }

    public long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
