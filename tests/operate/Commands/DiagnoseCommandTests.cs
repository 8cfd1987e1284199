using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Operate.Commands;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Events;
using Rehearsal.Rendering;
using Tests.Operate.Support;
using Tests.Rehearsal.Commands;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate.Commands;

/// <summary>One archive for a ticket: complete or with what is missing named, and without any secret, wherever it was and in whatever form.</summary>
public sealed partial class DiagnoseCommandTests : IAsyncLifetime, IDisposable
{
    // Each is planted in one place or several, in one form or several
    private static readonly string[] Planted =
    [
        "pl4nted-Redis/Pass+word",
        "pl4nted-cookie-key-7f3a9c",
        "pl4nted-output-Tok3n!",
        "pl4nted-config-s3cret",
        "pl4nted-variable-9a8b",
        "pl4nted-annotation-77",
        "pl4nted-event-5d5d",
        "pl4nted-values-ab12",
        "pl4nted-url-P%ss",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["PLATFORM_TODAY"] = "2026-11-26", ["PATH"] = "" };
    private ApiServer _server = null!;
    private RehearsalResult _rehearsed = Results.Empty;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        _server.Add(StudioCluster.All());
        _server.Services["posit-workbench/rstudio-workbench:80/auth-sign-in"] = (200, "<html></html>");
        foreach (
            var pod in new[]
            {
                "seqera-platform/connect-proxy-7d9f8-abcde/connect-proxy",
                "seqera-platform/connect-server-0/connect-server",
                "posit-workbench/rstudio-workbench-0/rstudio-workbench",
            })
        {
            _server.Logs[pod] = $"2026-11-26T11:59:00Z {pod} is up\n";
        }

        _folder.Write("Pulumi.yaml", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Pulumi.yaml")));
        _folder.Write("Pulumi.prod.yaml", StudioStack.File);
        _folder.Write("stacks/plans/prod.yaml", "plan: 1\n");
        _folder.Write("outputs.json", """{"studios":{"connectUrl":"https://connect.example.com"}}""");
        _environment["PLATFORM_PROGRAM"] = _folder.Write("stacks/Stacks.dll", "");
        _environment["KUBECONFIG"] = _folder.Write("kubeconfig", _server.Kubeconfig());
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACompleteDiagnosis_EndsWith0_AndHoldsEveryPart()
    {
        var (code, output, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz");

        error.ShouldBe("");
        code.ShouldBe(0);
        output.ShouldStartWith("t.tar.gz: ");
        Files("t.tar.gz")
            .Keys.ShouldBe([
                "MANIFEST.md",
                "manifest.json",
                "cluster/checks.txt",
                "cluster/nodes.txt",
                "cluster/nodes.yaml",
                "cluster/version.json",
                "namespaces/posit-workbench/configmaps.yaml",
                "namespaces/posit-workbench/deployments.yaml",
                "namespaces/posit-workbench/events.txt",
                "namespaces/posit-workbench/logs/rstudio-workbench-0/rstudio-workbench.log",
                "namespaces/posit-workbench/pods.txt",
                "namespaces/posit-workbench/pods.yaml",
                "namespaces/posit-workbench/secrets.txt",
                "namespaces/seqera-platform/deployments.yaml",
                "namespaces/seqera-platform/events.txt",
                "namespaces/seqera-platform/logs/connect-proxy-7d9f8-abcde/connect-proxy.log",
                "namespaces/seqera-platform/logs/connect-server-0/connect-server.log",
                "namespaces/seqera-platform/persistentvolumeclaims.yaml",
                "namespaces/seqera-platform/pods.txt",
                "namespaces/seqera-platform/pods.yaml",
                "namespaces/seqera-platform/secrets.txt",
                "namespaces/seqera-platform/statefulsets.yaml",
                "namespaces/tower-nf/events.txt",
                "namespaces/tower-nf/pods.txt",
                "namespaces/tower-nf/secrets.txt",
                "stack/approved-plan.yaml",
                "stack/outputs.json",
                "stack/plan.txt",
                "stack/settings.txt",
                "versions.txt",
            ]);
    }

    [Fact]
    public async Task TheArchive_IsItsOwnersAlone_AndTheSame_ForTheSame()
    {
        await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "a.tar.gz");
        await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "b.tgz");

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.At("a.tar.gz")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var (one, other) = (Files("a.tar.gz"), Files("b.tgz"));
        one.Keys.ShouldBe(other.Keys);
        one.Where(file =>
                file.Key is not ("cluster/checks.txt" or "stack/plan.txt")
                && !file.Key.StartsWith("MANIFEST", StringComparison.Ordinal)
                && file.Key != "manifest.json")
            .ShouldAllBe(file => other[file.Key] == file.Value);
        _folder.Files().ShouldNotContain(name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecretsInEveryPlace_AreInNoForm_InTheArchive()
    {
        Plant();

        var (code, output, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz");

        code.ShouldBe(0, error);
        var files = Files("t.tar.gz");
        var all = string.Join('\n', files.Select(file => $"{file.Key}\n{file.Value}")) + output + error;
        foreach (var secret in Planted)
        {
            foreach (var form in Forms(secret))
            {
                all.Contains(form, StringComparison.Ordinal)
                    .ShouldBeFalse($"'{form}' of '{secret}' is in {files.FirstOrDefault(file => file.Value.Contains(form, StringComparison.Ordinal)).Key}");
            }
        }

        // What surrounds them stays, as a ticket is about it
        files["namespaces/seqera-platform/logs/connect-proxy-7d9f8-abcde/connect-proxy.log"].ShouldContain("connecting to redis");
        files["namespaces/seqera-platform/logs/connect-proxy-7d9f8-abcde/connect-proxy.previous.log"].ShouldContain("panic");
        files["namespaces/seqera-platform/events.txt"].ShouldContain("Unhealthy");
        files["helm/posit-workbench/rstudio-workbench.txt"].ShouldContain("chart: rstudio-workbench 0.22.0");
        files["helm/posit-workbench/rstudio-workbench-values.yaml"].ShouldContain("replicas: 2");
        files["namespaces/seqera-platform/secrets.txt"].ShouldContain("connect-redis  Opaque  keys: password");
        files["MANIFEST.md"].ShouldContain("| known secrets |");
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        manifest["complete"]!.GetValue<bool>().ShouldBeTrue();
        manifest["takenOut"]!.AsObject().Count.ShouldBeGreaterThan(1);
        manifest["files"]!.AsArray().Select(file => $"{file!["name"]}").ShouldBe(files.Keys.Skip(2));
        manifest["files"]!.AsArray().ShouldAllBe(file => Encoding.UTF8.GetByteCount(files[$"{file!["name"]}"]) == file["bytes"]!.GetValue<int>());
    }

    [Fact]
    public async Task WithoutAClusterAndOutputs_ThereIsAnArchiveAllTheSame_AndItEndsWith1()
    {
        _environment["KUBECONFIG"] = _folder.At("nowhere");

        var (code, _, error) = await RunAsync("diagnose", "prod", "-o", "t.tar.gz");

        code.ShouldBe(1);
        error.ShouldContain($"missing: cluster/: None of the files in KUBECONFIG is there: {_folder.At("nowhere")}.");
        error.ShouldContain("missing: stack/outputs.json: The outputs of the deployed stack 'prod' are needed");
        var files = Files("t.tar.gz");
        files.Keys.ShouldBe(["MANIFEST.md", "manifest.json", "stack/approved-plan.yaml", "stack/plan.txt", "stack/settings.txt", "versions.txt"]);
        files["MANIFEST.md"].ShouldContain("| cluster/ | None of the files in KUBECONFIG is there");
    }

    [Fact]
    public async Task WhoMayNotReadSecretsOrLogs_GetsTheRest_AndTheReasons()
    {
        _server.Forbidden.UnionWith(["seqera-platform/secrets", "pods/log", "nodes"]);

        var (code, _, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz");

        code.ShouldBe(1);
        error.ShouldContain("missing: cluster/nodes.yaml: Not allowed (403): nodes is forbidden");
        error.ShouldContain("What is in them was looked for by its shape only, not by its value.");
        error.ShouldContain("missing: namespaces/seqera-platform/logs/connect-server-0/connect-server.log: Not allowed (403)");
        Files("t.tar.gz").Keys.ShouldContain("namespaces/seqera-platform/pods.yaml");
    }

    [Fact]
    public async Task AnInstallationThatIsSlow_CostsItsPart_NotTheArchive()
    {
        _server.Delay = TimeSpan.FromSeconds(30);

        var (code, _, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz", "--timeout", "0.3s");

        code.ShouldBe(1);
        error.ShouldContain("missing: cluster/: the time was up before all of it was there; give it more than 0 s with --timeout");
        Files("t.tar.gz").Keys.ShouldContain("stack/settings.txt");
    }

    [Fact]
    public async Task WrongSettings_AreInTheArchive_AsWhatIsWrongWithThem()
    {
        _folder.Write("Pulumi.prod.yaml", "config:\n  platform:redis: {inCluster: {memory: lots}}\n");

        var (code, _, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz");

        code.ShouldBe(1);
        error.ShouldContain("missing: stack/settings.txt (values): the settings are wrong");
        Files("t.tar.gz")["stack/settings.txt"].ShouldContain("platform:redis.inCluster.memory");
    }

    [Fact]
    public async Task AFailingProgram_IsWhatThePlanShows()
    {
        _rehearsed = Results.Empty with
        {
            Outcome = RehearsalOutcome.ProgramFailed,
            Diagnostics = [new Diagnostic(DiagnosticSeverity.Error, "platform:studios cannot be made")],
        };

        var (code, _, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz");

        code.ShouldBe(1);
        error.ShouldContain("missing: stack/plan.txt (whole): the program fails in a rehearsal; the file says how");
        Files("t.tar.gz")["stack/plan.txt"].ShouldContain("platform:studios cannot be made");
    }

    [Theory]
    [InlineData("t.zip", "--output t.zip is no name for an archive.")]
    [InlineData("no-such-folder/t.tar.gz", "--output no-such-folder/t.tar.gz cannot be written")]
    public async Task Rejects_ANameThatCannotBeWritten_BeforeItAsksAnybody(string name, string message)
    {
        var (code, _, error) = await RunAsync("diagnose", "prod", "--from", "outputs.json", "-o", name);

        code.ShouldBe(2);
        error.ShouldContain(message);
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--from", "plan.json")]
    [InlineData("--since", "soon")]
    public async Task Rejects_WhatCannotBeRead_OnTheCommandLine(string option, string value)
    {
        _folder.Write("plan.json", """{"steps":[]}""");

        (await RunAsync("diagnose", "prod", "-o", "t.tar.gz", option, value)).ExitCode.ShouldBe(2);
        _folder.Files().ShouldNotContain("t.tar.gz");
    }

    [Fact]
    public async Task Ended_ItWritesNoArchive()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();

        (await RunAsync(ended.Token, "diagnose", "prod", "--from", "outputs.json", "-o", "t.tar.gz")).ExitCode.ShouldBe(8);
        _folder.Files().ShouldNotContain(name => name.Contains("t.tar.gz", StringComparison.Ordinal));
    }

    private Dictionary<string, string> Files(string archive)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        using var file = File.OpenRead(_folder.At(archive));
        using var reader = new TarReader(new GZipStream(file, CompressionMode.Decompress));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            entry.Mode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using var text = new StreamReader(entry.DataStream ?? Stream.Null);
            files[entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]] = text.ReadToEnd();
        }

        return files;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false),
            Input = TextReader.Null,
            Environment = name => _environment.GetValueOrDefault(name),
            CurrentFolder = _folder.Path,
            OwnFolder = _folder.Path,
            Engine = () => new Engine(this),
        };
        var code = await CommandLine.RunAsync(arguments, host, OperateCommands.Description, [new DiagnoseCommand { Time = new Clock() }], cancellation);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Engine(DiagnoseCommandTests tests) : IRehearsalHost
    {
        public Task<RehearsalResult> RunAsync(RehearsalRequest request, IProgress<EngineEvent> events, CancellationToken cancellation) =>
            Task.FromResult(tests._rehearsed);
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => StudioCluster.Now;
    }
}
