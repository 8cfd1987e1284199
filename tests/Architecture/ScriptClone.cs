using System.Diagnostics;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>A folder that looks to <c>platform</c> like a clone, with a <c>dotnet</c> whose builds say, wait and end as a test wants them to.</summary>
internal sealed class ScriptClone : IDisposable
{
    // What holds the lock is written down while it is held; two builds at the same time are written down, too
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$1 ${2##*/}" >> "$CALLS"
        made() { mkdir -p "$1/bin/Release/net10.0"; touch "$1/bin/Release/net10.0/$2.dll"; }
        case "$1 ${2##*/}" in
          "--list-sdks "*) echo "8.0.404 [/usr/share/dotnet/sdk]"; exit ;;
          "restore "* | "build Preview.slnf" | "build Infra.sln") ;;
          *) exit 0 ;;
        esac
        mkdir "$CALLS.busy" 2>/dev/null || echo overlap >> "$CALLS"
        trap 'rmdir "$CALLS.busy"' EXIT
        trap 'echo ended >> "$CALLS"; exit 143' TERM
        [ -z "${SAYS:-}" ] || printf '%s\n' "$SAYS"
        readlink "$CLONE/.platform/lock" > "$CALLS.holder"
        while [ -e "$CALLS.hold" ]; do sleep 0.05; done
        [ "${ENDS:-0}" = 0 ] || exit "$ENDS"
        case "$2" in
          *Preview.slnf) made "$CLONE/rehearsal" Rehearsal; made "$CLONE/stacks" Stacks ;;
          *) for room in Rehearsal Stacks Operate Tests; do made "$CLONE/$(tr '[:upper:]' '[:lower:]' <<<"$room")" "$room"; done ;;
        esac

        """;

    private static readonly string[] Rooms = ["infra", "stacks", "rehearsal", "operate", "sdk", "tests", "build", "docs"];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("script test ");

    public ScriptClone()
    {
        foreach (var room in Rooms)
        {
            Directory.CreateDirectory(At(room));
        }
        File.Copy(Path.Combine(AppContext.BaseDirectory, "platform"), At("platform"));
        File.Copy(Path.Combine(Repository.Root, "docs", "cli.md"), At("docs/cli.md"));
        foreach (var part in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "build"), "*.sh"))
        {
            File.Copy(part, At($"build/{Path.GetFileName(part)}"));
        }
        File.WriteAllText(At("global.json"), """{"sdk": {"version": "10.0.100", "rollForward": "latestFeature"}}""");
        File.WriteAllText(At("infra/Redis.cs"), "");
        Directory.CreateDirectory(Path.Combine(_home.FullName, "tools"));
        Tool("dotnet", Dotnet);
        File.WriteAllText(CallsFile, "");
    }

    /// <summary>What <c>dotnet</c> was called with; the programs that it starts by their names.</summary>
    public string[] Calls => [.. File.ReadAllLines(CallsFile).Select(call => call.StartsWith('/') ? Path.GetFileName(call.Split(".dll")[0]) : call)];

    public int Builds => Calls.Count(call => call == "build Preview.slnf");

    /// <summary>The text of the lock while the last build ran.</summary>
    public string Holder => File.ReadAllText($"{CallsFile}.holder").TrimEnd('\n');

    private string CallsFile => Path.Combine(_home.FullName, "calls");

    public string At(string path) => Path.Combine(_home.FullName, "clone", path);

    /// <summary>A program that stands first on the PATH.</summary>
    public void Tool(string name, string text)
    {
        var tool = Path.Combine(_home.FullName, "tools", name);
        File.WriteAllText(tool, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Builds wait until this is disposed of.</summary>
    public void Hold() => File.WriteAllText($"{CallsFile}.hold", "");

    public void Release() => File.Delete($"{CallsFile}.hold");

    /// <summary>Makes what was built out of date.</summary>
    public void Edit(string path = "infra/Redis.cs")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), $"{Guid.NewGuid()}");
    }

    /// <summary>Makes the lock of a holder.</summary>
    public void Lock(string text)
    {
        Directory.CreateDirectory(At(".platform"));
        File.CreateSymbolicLink(At(".platform/lock"), text);
    }

    public bool IsLocked => new FileInfo(At(".platform/lock")).LinkTarget is not null;

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string words, params (string Name, string Value)[] variables)
    {
        using var process = Start(["bash", At("platform"), .. words.Split(' ')], variables);
        return await EndAsync(process);
    }

    /// <summary>Starts a program in the script's surroundings.</summary>
    public Process Start(string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{Path.Combine(_home.FullName, "tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = CallsFile;
        start.Environment["CLONE"] = At("");
        start.Environment["PulumiSdk"] = "bundled";
        start.Environment["PLATFORM_LOCK_TIMEOUT"] = "60";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => _home.Delete(recursive: true);
}
