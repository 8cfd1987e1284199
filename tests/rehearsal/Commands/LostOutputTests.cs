using System.Diagnostics;
using Tests.Support;

namespace Tests.Rehearsal.Commands;

// Promise: whatever a command has to say, where it cannot be written the command says so in one sentence, and no exit code is taken for success.
[Trait(Long.Category, Long.Name)]
public sealed class LostOutputTests
{
    private const string Engine = "rehearsal/Rehearsal.dll";
    private const string Program = "stacks/Stacks.dll";
    private const string Operate = "operate/Operate.dll";

    [Theory]
    [InlineData(Engine, "preview dev")]
    [InlineData(Engine, "preview dev --json")]
    [InlineData(Engine, "config dev")]
    [InlineData(Engine, "--help")]
    [InlineData(Program, "settings docs")]
    [InlineData(Program, "compose --help")]
    [InlineData(Operate, "init --help")]
    public async Task AFullDisk_AndAClosedOutput_AreASentence(string program, string arguments)
    {
        (await RunAsync(program, arguments, ">/dev/full")).ShouldBe((1, "error: What this command has to say cannot be written: No space left on device.\n"));
        (await RunAsync(program, arguments, ">&-")).ShouldBe((1, "error: What this command has to say cannot be written: the output is closed.\n"));
    }

    [Theory]
    [InlineData(Engine, "preview nosuch", 1)]
    [InlineData(Program, "tower --from nosuch", 1)]
    [InlineData(Operate, "init --from nosuch x", 1)]
    public async Task AClosedErrorStream_EndsNoCommandInAStackTrace(string program, string arguments, int exitCode)
    {
        (await RunAsync(program, arguments, "2>/dev/full")).ExitCode.ShouldBeInRange(exitCode, 2);
        (await RunAsync(program, arguments, "2>&-")).ExitCode.ShouldBeInRange(exitCode, 2);
    }

    [Theory]
    [InlineData(Engine, "preview dev")]
    [InlineData(Program, "settings docs")]
    public async Task AReaderThatEnds_EndsNoCommandInAStackTrace(string program, string arguments)
        => (await RunAsync(program, arguments, "| head -n 1")).ShouldBe((0, ""));

    private static async Task<(int ExitCode, string Error)> RunAsync(string program, string arguments, string redirection)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Fail("Redirections are a shell's of Unix.");
        }
        var (room, file) = (program.Split('/')[0], program.Split('/')[1]);
        var info = new ProcessStartInfo("/bin/sh", ["-c", $"dotnet '{Repository.Built(room, file)}' {arguments} {redirection}"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["PLATFORM_PROGRAM"] = Repository.Built("stacks", "Stacks.dll");
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await error);
    }
}
