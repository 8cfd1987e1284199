using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using Infra.CodeStudios;
using Tests.Support;

namespace Tests.Infra.CodeStudios;

// Promise: the command of every container starts what the template says, starts again what ends, and ends all of it when it is told to.
[Trait(Long.Category, Long.Name)]
public sealed class SupervisorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("supervise-").FullName;
    private readonly List<Process> _started = [];

    public SupervisorTests()
    {
        Run("chmod", "-R", "a+rwX", _folder).ShouldBe(0);
        foreach (var name in new[] { "supervise", "studio-port" })
        {
            File.WriteAllText(Path.Combine(_folder, name), CodeStudioImage.Script(name).Text);
        }
    }

    public void Dispose()
    {
        foreach (var process in _started.Where(process => !process.HasExited))
        {
            process.Kill(entireProcessTree: true);
        }

        _started.ForEach(process => process.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Processes_Answer_StartAgain_AndEndWithTheContainer()
    {
        if (!Has("python3"))
        {
            return;
        }

        var (first, second) = (FreePort(), FreePort());
        var table = $"one\t1\t{first}\tpython3 -m http.server {first} --bind 127.0.0.1\ntwo\t0\t{second}\tpython3 -m http.server {second} --bind 127.0.0.1\n";
        var supervisor = Start(table, ("CODE_STUDIO_GRACE_SECONDS", "10"));
        await Answers(first);
        await Answers(second);

        // Killed from outside: it comes back as another process, and the other one has never been away.
        var lost = ProcessAt(supervisor, "one");
        Run("kill", "-KILL", $"{lost}").ShouldBe(0);
        await Until(() => supervisor.Said.Count(line => line.Contains("one started as", StringComparison.Ordinal)) == 2);
        await Answers(first);
        ProcessAt(supervisor, "one").ShouldNotBe(lost);
        supervisor.Said.Count(line => line.Contains("two started as", StringComparison.Ordinal)).ShouldBe(1);

        (await End(supervisor, "TERM")).ShouldBe(0);
        IsFree(first).ShouldBeTrue();
        IsFree(second).ShouldBeTrue();
        supervisor.Said[^1].ShouldBe("supervise: ended");
    }

    [Fact]
    public async Task WhatIgnoresTheSignal_IsKilledWithinTheGraceTime()
    {
        var pids = Path.Combine(_folder, "pids");
        // A shell that ignores TERM, with a child that does too.
        var supervisor = Start(
            $"deaf\t0\t-\ttrap '' TERM; (trap '' TERM; sleep 600) & echo $$ $! > {pids}; while :; do sleep 1; done\n", ("CODE_STUDIO_GRACE_SECONDS", "1"));
        await Until(() => File.Exists(pids) && File.ReadAllText(pids).EndsWith('\n'));

        var clock = Stopwatch.StartNew();
        (await End(supervisor, "TERM")).ShouldBe(0);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        supervisor.Said.ShouldContain("supervise: deaf has not ended in time and is killed");
        File.ReadAllText(pids).Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(pid => !Directory.Exists($"/proc/{pid}") || IsZombie(pid));
    }

    [Fact]
    public async Task AWebapp_StartsWhatIsForWebappsOnly_WithPrefixesThatNameThePod()
    {
        var said = Path.Combine(_folder, "said");
        var supervisor = Start(
            $"editor\t0\t8080\tsleep 600\napp\t1\t8181\techo \"$DKU_CODE_STUDIO_BROWSER_PATH_8181\" > {said}; exec sleep 600\n",
            ("CODE_STUDIO_LAUNCH", "webapp"), ("K8S_POD_NAME", "app-7d9f-x2"),
                ("DKU_CODE_STUDIO_BROWSER_PATH_8181", "/web-apps-backends/SALES/app_${K8S_POD_NAME}/$(id)/8181"));
        await Until(() => File.Exists(said) && File.ReadAllText(said).EndsWith('\n'));

        // Only the pod's own variables are replaced: nothing in a prefix is run.
        File.ReadAllText(said).ShouldBe("/web-apps-backends/SALES/app_app-7d9f-x2/$(id)/8181\n");
        supervisor.Said.ShouldNotContain(line => line.Contains("editor", StringComparison.Ordinal));
        (await End(supervisor, "INT")).ShouldBe(0);
    }

    [Fact]
    public async Task WhatFailsAtOnce_IsTriedAgainMoreAndMoreSlowly_AndSignalsArePassedOn()
    {
        var supervisor = Start("broken\t0\t-\texit 3\nlistener\t0\t-\ttrap 'echo got HUP >&2' HUP; while :; do sleep 0.1; done\n");
        await Until(() => supervisor.Said.Contains("supervise: broken ended with 3 and starts again in 2 s"));

        supervisor.Said.ShouldContain("supervise: broken ended with 3 and starts again in 1 s");
        Run("kill", "-HUP", $"{supervisor.Process.Id}").ShouldBe(0);
        await Until(() => supervisor.Said.Contains("got HUP"));
        (await End(supervisor, "TERM")).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "studio", "has no process to start as studio.")]
    [InlineData("editor\t0\t8080\tsleep 1\n", "webapp", "has no process to start as webapp.")]
    [InlineData("editor\t0\t8080\tsleep 1\n", "both", "supervise: CODE_STUDIO_LAUNCH is 'both': allowed are studio and webapp.")]
    public async Task Rejects_WhatCannotBeStarted(string table, string launch, string what)
    {
        var supervisor = Start(table, ("CODE_STUDIO_LAUNCH", launch));
        await supervisor.Process.WaitForExitAsync().WaitAsync(Patience);

        supervisor.Process.ExitCode.ShouldBe(2);
        supervisor.Said.ShouldHaveSingleItem().ShouldEndWith(what);
    }

    [Fact]
    public async Task Rejects_ToRunAsRoot()
    {
        if (!IsRoot)
        {
            return;
        }

        var supervisor = Start("editor\t0\t8080\tsleep 1\n", asRoot: true);
        await supervisor.Process.WaitForExitAsync().WaitAsync(Patience);

        (supervisor.Process.ExitCode, supervisor.Said.Single()).ShouldBe(
            (2, "supervise: Runs as root, which no process of a Code Studio may: start the container as user 500."));
    }

    [Theory]
    [InlineData("/code-studios/X/1/8181/", "1", "/code-studios/X/1/8181 0.0.0.0")]
    [InlineData("/", "0", " 127.0.0.1")]
    [InlineData("", "", " 127.0.0.1")]
    public void APort_HasAPrefixAndAnAddress(string prefix, string isPublic, string expected)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $". {_folder}/studio-port; echo \"$(browser_path 8181) $(bind_address 8181)\""])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["DKU_CODE_STUDIO_BROWSER_PATH_8181"] = prefix, ["DKU_CODE_STUDIO_IS_PUBLIC_PORT_8181"] = isPublic },
        })!;

        shell.StandardOutput.ReadToEnd().ShouldBe($"{expected}\n");
    }

    private static bool IsRoot => Environment.UserName == "root";

    private Supervisor Start(string table, params ReadOnlySpan<(string Name, string Value)> variables) => Start(table, asRoot: false, variables);

    private Supervisor Start(string table, bool asRoot, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var file = Path.Combine(_folder, $"processes-{_started.Count}.tsv");
        File.WriteAllText(file, table);
        string[] command = ["bash", Path.Combine(_folder, "supervise")];
        // As the user of a container, which no test may be root for.
        var whole = IsRoot && !asRoot ? (string[])["setpriv", "--reuid=500", "--regid=500", "--clear-groups", .. command] : command;
        var info = new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder };
        info.Environment["CODE_STUDIO_PROCESSES"] = file;
        foreach (var (name, value) in variables)
        {
            info.Environment[name] = value;
        }

        var supervisor = new Supervisor(Process.Start(info)!, []);
        _started.Add(supervisor.Process);
        supervisor.Process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                lock (supervisor.Lines)
                {
                    supervisor.Lines.Add(text);
                }
            }
        };
        supervisor.Process.BeginErrorReadLine();
        return supervisor;
    }

    private static async Task<int> End(Supervisor supervisor, string signal)
    {
        Run("kill", $"-{signal}", $"{supervisor.Process.Id}").ShouldBe(0);
        await supervisor.Process.WaitForExitAsync().WaitAsync(Patience);
        return supervisor.Process.ExitCode;
    }

    private static int ProcessAt(Supervisor supervisor, string name) =>
        int.Parse(supervisor.Said.Last(line => line.StartsWith($"supervise: {name} started as ", StringComparison.Ordinal)).Split(' ')[^1]);

    private static Task Answers(int port) => Until(() => !IsFree(port));

    private static async Task Until(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            clock.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(30);
        }
    }

    private static bool IsFree(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsZombie(string pid) => File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static bool Has(string program) => Run("bash", "-c", $"command -v {program} > /dev/null") == 0;

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed record Supervisor(Process Process, List<string> Lines)
    {
        public IReadOnlyList<string> Said
        {
            get
            {
                lock (Lines)
                {
                    return [.. Lines];
                }
            }
        }
    }
}
