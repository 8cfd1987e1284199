using System.ComponentModel;
using System.Diagnostics;
using Rehearsal.Events;

namespace Rehearsal.Programs;

/// <summary>The program as a process of its own: its output becomes diagnostics, its end is awaited, and a cancellation ends all that it started.</summary>
internal sealed class ProgramProcess(ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, EventStream events)
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code; null when it could not be started, which the operator has been told.</returns>
    /// <exception cref="OperationCanceledException">It was ended from outside.</exception>
    public async Task<int?> RunAsync(CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Pass(line.Data, DiagnosticSeverity.Info);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, DiagnosticSeverity.InfoError);
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or DirectoryNotFoundException)
        {
            events.Error($"the program '{launch.Command}' cannot be started in '{launch.WorkingDirectory}': {e.Message}. Check that it is installed, on the PATH and executable.");
            return null;
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo StartInfo()
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
            if (value.Length == 0) info.Environment.Remove(name);
            else info.Environment[name] = value;
        }
        return info;
    }

    private void Pass(string? line, DiagnosticSeverity severity)
    {
        if (line is not null) events.Report(new Diagnostic(severity, line));
    }
}
