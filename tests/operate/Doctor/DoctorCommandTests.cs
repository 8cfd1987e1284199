using Operate.Commands;
using Operate.Doctor;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Operate.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly FakeMachine _machine = new();
    private readonly TemporaryFolder _folder = new();

    public DoctorCommandTests() => _folder.Write("Pulumi.yaml", "name: platform\nruntime: dotnet\nmain: stacks\n");

    [Fact]
    public async Task Text_EndsWithWhatIsMissing()
    {
        var (exitCode, output, _) = await RunAsync("doctor");

        exitCode.ShouldBe(ExitCodes.Success);
        output.ShouldContain("  ok       git                       2.39.5  (for: ./platform diff, audit: what another revision says)\n");
        output.ShouldContain("""
              missing  kubeconfig                /home/anna/.kube/config is not there, or cannot be read  (missing for: existing clusters, kubectl, verify)
                                                 fix: Have one written: aws eks update-kubeconfig
            """);
        output.ShouldEndWith(
            "Everything is there that building and previews need. Missing for other things: AWS credentials, Google credentials, kubeconfig, Pulumi login.\n");
    }

    [Fact]
    public async Task ExitCode_IsOne_WhenThereIsNoBuilding()
    {
        _machine.Said.Remove("dotnet");

        var (exitCode, output, _) = await RunAsync("doctor", "--offline");

        exitCode.ShouldBe(ExitCodes.Failure);
        output.ShouldContain("  MISSING  .NET SDK");
        output.ShouldContain("Missing for building and previews: .NET SDK. Missing for other things: ");
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format", "json")]
    public async Task Json_HoldsEveryLine(params string[] options)
    {
        _machine.Said.Remove("helm");

        using var document = System.Text.Json.JsonDocument.Parse((await RunAsync(["doctor", .. options])).Output);

        document.RootElement.GetProperty("ready").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("what").GetString() == "Helm").GetRawText().ShouldBe("""
            {
                  "group": "Programs",
                  "what": "Helm",
                  "status": "missing",
                  "found": "not on the PATH",
                  "neededFor": "looking at releases; deploying needs none",
                  "required": false,
                  "fix": "Install it: https://helm.sh/docs/intro/install/"
                }
            """);
    }

    [Fact]
    public async Task Stack_IsReadByTheEnginesFinder()
    {
        _folder.Write("Pulumi.lab.yaml", "config:\n  platform:cluster:\n    existing:\n      context: kind-lab\n");

        (await RunAsync("doctor", "--stack", "lob")).ShouldBe((2, "", "error: There is no stack 'lob': Pulumi.lob.yaml is missing.\nfix:   There are: lab.\n"));
        (await RunAsync("doctor", "-s", "Pulumi.lab.yaml")).Output.ShouldContain("\nDeploying lab\n");
    }

    [Theory]
    [InlineData("prod", true, false, true, false)]
    [InlineData("dev", false, false, true, true)]
    [InlineData("gke-prod", true, true, true, false)]
    [InlineData("gke-dev", false, true, true, false)]
    [InlineData("data-studios-compose", true, false, false, false)]
    [InlineData("tower-only-existing", false, false, true, true)]
    public void Stacks_NeedTheCloudsThatTheyStandIn(string stack, bool aws, bool google, bool kubernetes, bool kubeconfig)
    {
        var needs = Read(Repository.Root, stack);

        (needs.Aws, needs.Google, needs.Kubernetes, needs.OwnKubeconfig).ShouldBe((aws, google, kubernetes, kubeconfig));
    }

    [Fact]
    public void Rejects_AStackThatIsNotValid()
    {
        _folder.Write("Pulumi.lab.yaml", "config:\n  platform:cluster:\n    existin: {}\n");

        var error = Should.Throw<BadInputException>(() => Read(_folder.Path, "lab"));

        error.Message.ShouldContain("Pulumi.lab.yaml is not valid, so what the stack needs is not known: ");
        error.Fix.ShouldBe("See all of it: ./platform config lab --check");
    }

    [Theory]
    [InlineData("encryptionsalt: v1:x:v1:y:z\n", true)]
    [InlineData("secretsprovider: passphrase\nencryptionsalt: v1:x:v1:y:z\n", true)]
    [InlineData("secretsprovider: awskms://alias/x\nencryptedkey: abc\n", false)]
    public void Passphrase_IsNeededWhereOneSeals(string scheme, bool expected)
    {
        _folder.Write(
            "Pulumi.lab.yaml", $"{scheme}config:\n  platform:cluster:\n    existing: {{context: x}}\n  platform:redisPassword:\n    secure: v1:a:b\n");

        Read(_folder.Path, "lab").Sealed.ShouldBe(expected);
    }

    public void Dispose() => _folder.Dispose();

    private static StackNeeds Read(string folder, string stack)
    {
        var project = ProjectFile.Read(folder);
        return StackNeeds.Read(project, stack, StackFile.Read(StackFinder.Find(project, stack), project.Name));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false),
            Input = TextReader.Null,
            Environment = _ => null,
            CurrentFolder = _folder.Path,
            OwnFolder = _folder.Path,
            Engine = () => throw new InvalidOperationException("Nothing is rehearsed."),
        };
        var exitCode = await CommandLine.RunAsync(arguments, host, "", [new DoctorCommand((_, _) => _machine.Around)]);
        return (exitCode, output.ToString(), error.ToString());
    }
}

// The machine itself, as far as it is the same everywhere.
public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Folder_ThatIsNotThereYet_IsAsWritableAsWhatItWouldStandIn()
    {
        var disk = new MachineDisk();

        disk.WhyNotWritable(_folder.At("a/b/c")).ShouldBeNull();
        disk.WhyNotWritable(_folder.Write("file", "")).ShouldNotBeNull();
        _folder.Files().ShouldBe(["file"]);
    }

    [Fact]
    public void Room_IsAskedOfTheDiskBelow() => new MachineDisk().Free(_folder.Path)!.Value.ShouldBeGreaterThan(0);

    [Fact]
    public void File_ThatIsNone_HasNoText()
    {
        var disk = new MachineDisk();

        (disk.Read(_folder.Path), disk.Read(_folder.At("none")), disk.Read("/dev/zero"), disk.Read(_folder.Write("a", "b"))).ShouldBe((null, null, null, "b"));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsAReason()
        => (await new MachineNetwork().ReachAsync(new Uri("http://127.0.0.1:9/"), TimeSpan.FromSeconds(5), CancellationToken.None)).ShouldNotBeNullOrEmpty();

    public void Dispose() => _folder.Dispose();
}
