using Operate.Deployed;
using Rehearsal;
using Rehearsal.Providers;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Stacks;

namespace Tests.Operate.Deployed;

// Promise: outputs are read from whatever the Pulumi CLI wrote or says, secrets stay secret, and what a rehearsal made up is refused with the reason.
public sealed class OutputSourceTests : IDisposable
{
    private const string Outputs = """
        {
          "studios": {
            "connectUrl": "https://connect.studio.test", "sshFingerprint": "SHA256:abc", "fieldOfANewerProgram": [1],
            "expected": { "hosts": ["connect.studio.test", "*.studio.test"], "healthUrl": "https://platform.studio.test/health" }
          },
          "towerEnvironments": { "research": { "namespace": "tower", "token": "[secret]", "headJobCpus": 2, "waveEnabled": true } },
          "codeStudios": { "jupyter/alice": { "namespace": "studios", "urls": { "jupyter": "https://a.studio.test" } } },
          "outputOfANewerProgram": {}
        }
        """;

    private static readonly string RehearsedUid = Digits.Uuid("urn:pulumi:dev::platform::kubernetes:core/v1:ConfigMap::map");

    private readonly OperateFixture _operate = new();

    public void Dispose() => _operate.Dispose();

    [Fact]
    public void AFileOfOutputs_IsReadByTheRecordsOfTheProgram()
    {
        var outputs = Parse(Outputs);

        var studios = outputs.Studios.ShouldNotBeNull();
        studios.Text(nameof(StudiosOutputs.ConnectUrl)).ShouldBe("https://connect.studio.test");
        studios.Text(nameof(StudiosOutputs.LoadBalancer)).ShouldBeNull();
        studios.Part<StudiosExpectations>(nameof(StudiosOutputs.Expected))!.Texts(nameof(StudiosExpectations.Hosts))
            .ShouldBe(["connect.studio.test", "*.studio.test"]);
        var environment = outputs.TowerEnvironments.ShouldHaveSingleItem().Value;
        environment.Text(nameof(TowerEnvironmentOutputs.Token)).ShouldBeNull();
        environment.IsHidden(nameof(TowerEnvironmentOutputs.Token)).ShouldBeTrue();
        environment.IsHidden(nameof(TowerEnvironmentOutputs.Namespace)).ShouldBeFalse();
        environment.Number(nameof(TowerEnvironmentOutputs.HeadJobCpus)).ShouldBe(2);
        environment.Flag(nameof(TowerEnvironmentOutputs.WaveEnabled)).ShouldBe(true);
        outputs.CodeStudios["jupyter/alice"].TextsByName(nameof(CodeStudioOutputs.Urls)).ShouldHaveSingleItem().Value.ShouldBe("https://a.studio.test");
        outputs.Workbench.ShouldBeNull();
        outputs.Compose.ShouldBeNull();
    }

    [Fact]
    public void AFileOfAnotherKindOfValue_GivesNoneAndDoesNotFail()
    {
        var outputs = Parse("""{"studios": "none", "towerEnvironments": ["x"], "codeStudios": {"a": 1}, "cluster": {"name": {}, "subnets": "one"}}""");

        outputs.Studios.ShouldBeNull();
        outputs.TowerEnvironments.ShouldBeEmpty();
        outputs.CodeStudios.ShouldBeEmpty();
        outputs.Cluster!.Text(nameof(ClusterOutputs.Name)).ShouldBeNull();
        outputs.Cluster!.Texts(nameof(ClusterOutputs.Subnets)).ShouldBeEmpty();
    }

    [Fact]
    public void AnExport_ShowsOpenSecrets_AndKnowsThem()
    {
        var outputs = Parse(State("""
            "towerEnvironments": { "research": { "token": { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "\"hunter-token\"" } } }
            """));

        outputs.TowerEnvironments["research"].Text(nameof(TowerEnvironmentOutputs.Token)).ShouldBe("hunter-token");
        var filter = new SecretFilter();
        outputs.TellSecrets(filter);
        filter.Apply("Bearer hunter-token").ShouldBe("Bearer [secret]");
    }

    [Fact]
    public void AnExport_WithoutItsPassphrase_KeepsItsSecretsClosed()
    {
        var outputs = Parse(State("""
            "towerEnvironments": { "research": { "token": { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:a:b" } } }
            """));

        outputs.TowerEnvironments["research"].IsHidden(nameof(TowerEnvironmentOutputs.Token)).ShouldBeTrue();
    }

    [Fact]
    public void AnExport_OpensWithItsPassphrase()
    {
        var sealer = PassphraseSealer.Create("correct-horse");
        _operate.Environment["PULUMI_CONFIG_PASSPHRASE"] = "correct-horse";
        var ciphertext = sealer.Seal("\"hunter-token\"");
        var json = State($$"""
            "towerEnvironments": { "research": { "token": {
              "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "{{ciphertext}}" } } }
            """, $$"""
            "secrets_providers": { "type": "passphrase", "state": { "salt": "{{sealer.Salt}}" } },
            """);

        Parse(json).TowerEnvironments["research"].Text(nameof(TowerEnvironmentOutputs.Token)).ShouldBe("hunter-token");
    }

    public static TheoryData<string, string> Rehearsed() => new()
    {
        { """{"studios": {"sshFingerprint": "[unknown]"}}""", "studios.sshFingerprint is [unknown]" },
        { """{"studios": {"loadBalancer": "192.0.2.7"}}""", "studios.loadBalancer is 192.0.2.7" },
        { """{"cluster": {"subnets": ["rehearsed-f9632de727a0207c2"]}}""", "cluster.subnets[0] is rehearsed-f9632de727a0207c2" },
        { """{"compose": {"secretArn": "arn:aws:rehearsed:us-east-1:000000000000:rehearsed/1"}}""", "compose.secretArn is arn:aws:rehearsed:" },
        { """{"platformInstallation": {"redis": {"host": "rehearsed-3a7756c0.example.invalid"}}}""", "platformInstallation.redis.host is" },
        { """{"studios": {"sshFingerprint": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}}""", "studios.sshFingerprint is known only after a deployment" },
        { State("\"cluster\": { \"network\": \"rehearsed-f9632de727a0207c2\" }"), "cluster.network is rehearsed-" },
        { State("", resources: Custom("aws:ec2/vpc:Vpc", "vpc", "rehearsed-f9632de727a0207c2", "{}")), "has the id rehearsed-f9632de727a0207c2" },
        { State("", resources: Custom("kubernetes:core/v1:ConfigMap", "map", "default/map", $$"""
            { "metadata": { "name": "map", "uid": "{{RehearsedUid}}" } }
            """)), "is made of its name" },
    };

    [Theory]
    [MemberData(nameof(Rehearsed))]
    public void Rejects_WhatARehearsalMadeUp(string json, string reason)
    {
        var refused = Should.Throw<BadInputException>(() => Parse(json));

        refused.Message.ShouldStartWith("outputs.json comes from a rehearsal, which deploys nothing: ");
        refused.Message.ShouldContain(reason);
        refused.ExitCode.ShouldBe(2);
    }

    // A rehearsal of a stack on a cluster alone labels nothing, and knows every value once it was rehearsed with `up`
    [Fact]
    public void Rejects_OutputsThatWereMadeInTheRehearsedStateOfTheFolder()
    {
        _operate.Folder.Write(".platform/state/platform/dev.json", State("\"studios\": { \"sshFingerprint\": \"SHA256:abc\" }",
            resources: Custom("aws:ec2/vpc:Vpc", "vpc", "rehearsed-f9632de727a0207c2", "{}")));

        Should.Throw<BadInputException>(() => Parse(Outputs)).Message.ShouldContain("studios.sshFingerprint is SHA256:abc, which was made in the rehearsed state");
        Parse(Outputs.Replace("SHA256:abc", "SHA256:other", StringComparison.Ordinal)).Studios.ShouldNotBeNull();
    }

    [Fact]
    public void AStateThatWasTakenOverFromADeployment_IsNoRehearsal()
    {
        _operate.Folder.Write(".platform/state/platform/dev.json", State("\"studios\": { \"sshFingerprint\": \"SHA256:abc\" }"));

        Parse(Outputs).Studios.ShouldNotBeNull();
    }

    // What a deployment gives may look like an example, and a program may well be given one
    [Theory]
    [InlineData("198.51.100.7")]
    [InlineData("rehearsed-by-alice.example.com")]
    [InlineData("k8s-lb-0123abcd.elb.eu-west-1.amazonaws.com")]
    public void RealValues_AreNoRehearsal(string balancer) => Parse($$"""{ "studios": { "loadBalancer": "{{balancer}}" } }""").Studios.ShouldNotBeNull();

    [Fact]
    public void AnExampleAddressThatTheProgramWasGiven_IsNoRehearsal() => Parse(State("\"studios\": {}", resources: Custom(
        "aws:ec2/securityGroup:SecurityGroup", "group", "sg-1", """{ "cidr": "192.0.2.1" }""", """{ "cidr": "192.0.2.1" }"""))).Studios.ShouldNotBeNull();

    [Theory]
    [InlineData("", "it is empty or no JSON")]
    [InlineData("[1]", "it is no JSON object")]
    [InlineData("{\"studios\": {", "it is cut off after line 1")]
    [InlineData("""{"config": {}, "steps": []}""", "it is a plan")]
    public void Rejects_FilesOfAnotherKind(string json, string reason) => Should.Throw<BadInputException>(() => Parse(json)).Message
        .ShouldStartWith($"outputs.json does not hold the outputs of a deployed stack: {reason}");

    [Fact]
    public void Rejects_TheStateOfAnotherStack() => Should.Throw<BadInputException>(() => Parse(State("").Replace("urn:pulumi:dev::", "urn:pulumi:prod::",
        StringComparison.Ordinal))).Message.ShouldBe("outputs.json is the state of stack 'prod' of project 'platform', and 'dev' of 'platform' was asked for.");

    [Fact]
    public void Rejects_AStateWithoutAStack() => Should.Throw<BadInputException>(() => Parse("""{"version": 3, "deployment": {"manifest": {}}}""")).Message
        .ShouldBe("outputs.json holds no stack: nothing was deployed, or all of it was destroyed.");

    [Fact]
    public async Task WithoutFileAndCli_BothAreNamed()
    {
        var (code, output, error) = await _operate.RunAsync("verify", "dev");

        (code, output).ShouldBe((2, ""));
        error.ShouldContain("no `pulumi` is on the PATH");
        error.ShouldContain("--from FILE");
        error.ShouldContain("`pulumi stack export --stack dev`");
    }

    [Fact]
    public async Task TheCli_IsAskedInTheProject_AndWhatItMasksIsSecret()
    {
        _operate.Pulumi("""
            case "$*" in
              "stack output --json --show-secrets --stack dev --non-interactive") token=hunter-token ;;
              "stack output --json --stack dev --non-interactive") token='[secret]' ;;
              *) echo "unexpected: $*" >&2; exit 9 ;;
            esac
            [ -f Pulumi.yaml ] || exit 8
            echo "{\"towerEnvironments\": {\"research\": {\"namespace\": \"tower\", \"token\": \"$token\"}}}"
            """);

        var outputs = await ReadAsync();

        outputs.Source.ShouldBe("`pulumi stack output`");
        outputs.TowerEnvironments["research"].Text(nameof(TowerEnvironmentOutputs.Token)).ShouldBe("hunter-token");
        var filter = new SecretFilter();
        outputs.TellSecrets(filter);
        filter.Apply("hunter-token of tower").ShouldBe("[secret] of tower");
    }

    [Fact]
    public async Task AFailureOfTheCli_IsSaidInItsOwnWords()
    {
        _operate.Pulumi("echo 'error: no stack named '\"'dev'\"' found' >&2; exit 255");

        var (code, output, error) = await _operate.RunAsync("verify", "dev");

        (code, output).ShouldBe((2, ""));
        error.ShouldStartWith("error: `pulumi stack output --json` failed for stack 'dev' with exit code 255. It said:\nerror: no stack named 'dev' found\n");
    }

    [Fact]
    public async Task ACliThatHangs_EndsWithTheTimeout()
    {
        _operate.Pulumi("sleep 60");
        var started = System.Diagnostics.Stopwatch.StartNew();

        var (code, _, error) = await _operate.RunAsync("verify", "dev", "--timeout", "0.3s");

        code.ShouldBe(2);
        error.ShouldStartWith("error: `pulumi stack output --json` did not answer within 0.3 s.");
        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task AFileThatIsNotThere_IsASentence()
    {
        var (code, _, error) = await _operate.RunAsync("verify", "dev", "--from", "nowhere.json");

        code.ShouldBe(2);
        error.ShouldContain("nowhere.json");
    }

    private DeployedOutputs Parse(string json) => Source().Parse(json, "outputs.json");

    private Task<DeployedOutputs> ReadAsync() => Source().ReadAsync(from: null, CancellationToken.None);

    private OutputSource Source() => new(_operate.Host(TextWriter.Null, TextWriter.Null), ProjectFile.Read(_operate.Folder.Path), "dev");

    private static string State(string outputs, string provider = "", string resources = "") => $$"""
        { "version": 3, "deployment": { "manifest": {}, {{provider}} "resources": [
          { "urn": "urn:pulumi:dev::platform::pulumi:pulumi:Stack::platform-dev", "custom": false, "type": "pulumi:pulumi:Stack", "outputs": { {{outputs}} } }
          {{resources}} ] } }
        """;

    private static string Custom(string type, string name, string id, string outputs, string inputs = "{}") => $$"""
        , { "urn": "urn:pulumi:dev::platform::{{type}}::{{name}}", "custom": true, "id": "{{id}}", "type": "{{type}}", "inputs": {{inputs}}, "outputs": {{outputs}} }
        """;
}
