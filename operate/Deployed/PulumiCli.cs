using System.ComponentModel;
using System.Diagnostics;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Programs;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;

namespace Operate.Deployed;

/// <summary>The Pulumi CLI of this machine, as far as it says what a stack exports.</summary>
internal sealed class PulumiCli
{
    /// <summary>What is run, for messages.</summary>
    public const string Command = "`pulumi stack output --json`";

    // The end of what it says is where its error stands
    private const int LongestError = 4000;

    private readonly string _path;
    private readonly string _folder;
    private readonly string _stack;

    private PulumiCli(string path, string folder, string stack) => (_path, _folder, _stack) = (path, folder, stack);

    /// <summary>The CLI on the PATH; null where there is none.</summary>
    public static PulumiCli? Find(CommandHost host, ProjectFile project, string stack)
        => new Machine(host.Environment).Find("pulumi") is { } path ? new PulumiCli(path, project.Folder, stack) : null;

    /// <summary>The outputs as JSON, once with secrets in the open and once with them masked; neither is ever written anywhere.</summary>
    /// <exception cref="BadInputException">The CLI fails; the message is its own.</exception>
    public async Task<(string Shown, string Masked)> OutputsAsync(CancellationToken cancellation)
    {
        var (shown, masked) = (RunAsync(["--show-secrets"], cancellation), RunAsync([], cancellation));
        await Task.WhenAll(shown, masked);
        return (await shown, await masked);
    }

    private async Task<string> RunAsync(string[] options, CancellationToken cancellation)
    {
        using var process = Start(["stack", "output", "--json", .. options, "--stack", _stack, "--non-interactive"]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        try
        {
            await process.WaitForExitAsync(cancellation);
            var (json, said) = (await output, await error);
            return process.ExitCode == 0 ? json : throw Failed(process.ExitCode, said.Length > 0 ? said : json);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(_path, arguments)
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new BadInputException($"{_path} cannot be started: {e.Message}.", "Give a file with --from FILE, or install the Pulumi CLI again.", e);
        }
    }

    private BadInputException Failed(int exitCode, string said)
    {
        // Errors of this program begin so themselves
        var text = Terminal.Safe(said.Trim()).Replace("error: ", "", StringComparison.Ordinal);
        return new BadInputException(
            $"{Command} failed for stack '{_stack}' with exit code {exitCode}. It said:\n{(text.Length <= LongestError ? text : text[^LongestError..])}",
            "Sign in to the stack's backend (`pulumi login`) and select nothing else, or give a file with --from FILE.");
    }
}
