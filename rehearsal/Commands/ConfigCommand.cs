using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Rehearsal.StackFiles;

namespace Rehearsal.Commands;

/// <summary><c>config STACK</c>: the settings that the program would use, printed by the program itself.</summary>
/// <remarks>The program gets what a Pulumi program gets (<c>PULUMI_CONFIG</c> and so on) and the argument <c>config</c>; it knows its settings, this program does not.</remarks>
internal sealed class ConfigCommand : ICommand
{
    private static readonly string[] Formats = ["json", "text"];

    public Command Build(CommandHost host)
    {
        var (stack, configFile) = (SharedOptions.Stack(), SharedOptions.ConfigFile());
        var check = new Option<bool>("--check") { Description = "Only say whether the settings are right." };
        var format = new Option<string>("--format") { Description = "How to print them: text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(Formats);
        var command = new Command("config", "Show the effective settings of a stack, defaults included, secrets hidden.") { stack, check, format, configFile };
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Of(host, parsed.GetRequiredValue(stack), null, parsed.GetValue(configFile));
            string[] arguments = ["config", .. parsed.GetValue(check) ? ["--check"] : Array.Empty<string>(), "--format", parsed.GetValue(format)!];
            return RunAsync(host, target, arguments, cancellation);
        });
        return command.WithExamples(
            "./platform config dev                    every setting and where it comes from",
            "./platform config prod --check           exit code 2 and every problem when something is wrong",
            "./platform config prod --format json     for other tools");
    }

    private static async Task<int> RunAsync(CommandHost host, StackTarget target, string[] arguments, CancellationToken cancellation)
    {
        var config = target.Config(host);
        var start = new ProcessStartInfo(target.Program.Command, [.. target.Program.Arguments, .. arguments])
        {
            WorkingDirectory = target.Program.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PULUMI_PROJECT"] = target.Project.Name;
        start.Environment["PULUMI_STACK"] = target.Stack;
        start.Environment["PULUMI_CONFIG"] = JsonSerializer.Serialize<IReadOnlyDictionary<string, string>>(config.Values, JsonText.Compact);
        start.Environment["PULUMI_CONFIG_SECRET_KEYS"] = JsonSerializer.Serialize<IEnumerable<string>>(config.SecretKeys, JsonText.Compact);
        using var process = Start(start);
        try
        {
            await Task.WhenAll(
                CopyAsync(process.StandardOutput, host.Terminal.Output, cancellation),
                CopyAsync(process.StandardError, host.Terminal.Error, cancellation),
                process.WaitForExitAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode is ExitCodes.Success or ExitCodes.BadInput ? process.ExitCode : ExitCodes.Failure;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BadInputException($"The program cannot be started: {start.FileName}: {e.Message}", "Check that the .NET SDK is on the PATH.", e);
        }
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to, CancellationToken cancellation)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count) await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
    }
}
