using Rehearsal;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Commands;

// Promise: a folder gets exactly the manifests of the plan, no secret in them unless asked for, and nothing of anybody else is touched.
public sealed class ManifestsCommandTests : IDisposable
{
    private readonly CliFixture _cli = new() { Answer = _ => Results.Redis };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Files_HoldTheObjectsOfThePlan()
    {
        var run = await _cli.RunAsync(["manifests", "dev", "-o", "out"]);

        run.ShouldBe((0, $"2 Kubernetes objects (2 in incomplete/) of dev in {_cli.Folder.At("out")}\n", ""));
        File.ReadAllText(_cli.Folder.At("out/incomplete/secret-cache-redis-auth.yaml")).ShouldBe("""
            # Written by ./platform manifests dev: change the stack file, not this one.
            # urn:pulumi:dev::platform::platform:cache:Redis$kubernetes:core/v1:Secret::redis-auth
            # Secret, hidden here: stringData.password, stringData.user
            incomplete: kubectl refuses this file as it is; put values in place of <secret> and <known after up>, and take away this line, the next and two spaces of each after it
            object:
              apiVersion: v1
              kind: Secret
              metadata:
                name: redis-auth
                namespace: cache
              stringData:
                password: "<secret>"
                user: "<secret>"

            """);
        File.ReadAllText(_cli.Folder.At("out/incomplete/service-tower-redis.yaml")).ShouldBe("""
            # Written by ./platform manifests dev: change the stack file, not this one.
            # urn:pulumi:dev::platform::platform:cache:Redis$kubernetes:core/v1:Service::redis
            # Known only after a deployment: spec.clusterIP
            # A deployment chooses the name; here it is the resource's logical name.
            incomplete: kubectl refuses this file as it is; put values in place of <secret> and <known after up>, and take away this line, the next and two spaces of each after it
            object:
              apiVersion: v1
              kind: Service
              metadata:
                name: redis
                namespace: tower
              spec:
                clusterIP: "<known after up>"
                ports:
                  - port: 6379
                publishNotReadyAddresses: true

            """);
        File.ReadAllText(_cli.Folder.At("out/README.md")).ShouldBe("""
            # Written by ./platform manifests dev: change the stack file, not this one.

            | where | what | how |
            |---|---|---|
            | here | 0 whole objects | `kubectl apply --filename .` |
            | `patches/` | 0 patches: fields of objects that others own | the command in each file |
            | `exported/` | 0 files that the program exports | as each of them says |
            | `incomplete/` | 2 files with a hidden secret, or with a value that only a deployment knows | not as they are: kubectl refuses them |

            Passwords and keys are made anew by every run with `--show-secrets`: apply the files of one run.

            """);
        Out().ShouldBe(["README.md", "incomplete/secret-cache-redis-auth.yaml", "incomplete/service-tower-redis.yaml"]);
    }

    [Fact]
    public async Task ExportedFiles_LieInAFolderOfTheirOwn_AndAmongTheIncompleteWithAWordInThem()
    {
        _cli.Answer = _ => Results.Redis with
        {
            Outputs = PropertyMap.Create(("changes", Results.Map(
                ("1-whole.yaml", Results.Text("kind: ConfigMap\n")), ("2-late.yaml", Results.Text("kind: Deployment\nhash: <known after up>\n")),
                ("3-unknown.yml", UnknownProperty.Instance), ("4-secret.yaml", new SecretProperty(Results.Text("kind: Secret\n"))),
                ("note", Results.Text("no file"))))),
        };

        await _cli.RunAsync(["manifests", "dev", "-o", "out"]);

        Out().Where(name => name.Contains("changes", StringComparison.Ordinal)).ShouldBe(
            ["exported/changes.1-whole.yaml", "incomplete/changes.2-late.yaml", "incomplete/changes.3-unknown.yaml", "incomplete/changes.4-secret.yaml"]);
        File.ReadAllText(_cli.Folder.At("out/exported/changes.1-whole.yaml")).ShouldBe("""
            # Written by ./platform manifests dev: change the stack file, not this one.
            # Output changes.1-whole.yaml
            kind: ConfigMap

            """);
        File.ReadAllText(_cli.Folder.At("out/incomplete/changes.2-late.yaml")).ShouldEndWith("\nobject:\n  kind: Deployment\n  hash: <known after up>\n");
        File.ReadAllText(_cli.Folder.At("out/incomplete/changes.4-secret.yaml")).ShouldEndWith("\nobject:\n  [secret]\n");
    }

    [Fact]
    public async Task ShowSecrets_WritesThem_ForTheOwnerOnly()
    {
        await _cli.RunAsync(["manifests", "dev", "-o", "out", "--show-secrets"]);

        _cli.Request!.MakesValues.ShouldBeTrue();
        var path = _cli.Folder.At("out/secret-cache-redis-auth.yaml");
        File.ReadAllText(path).ShouldContain($"  password: {Results.Marker}\n  user: default\n");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task SecondRun_ReplacesItsOwnFiles_AndTakesStaleOnesAway()
    {
        await _cli.RunAsync(["manifests", "dev", "-o", "out"]);
        _cli.Folder.Write("out/notes.txt", "mine");
        _cli.Folder.Write("out/other.yaml", "kind: Other\n");
        _cli.Answer = _ => Results.Redis with { Plan = new([.. Results.Redis.Plan.Steps.Where(step => step.Urn != Results.Service)]) };

        (await _cli.RunAsync(["manifests", "dev", "-o", "out"])).ExitCode.ShouldBe(0);

        Out().ShouldBe(["README.md", "incomplete/secret-cache-redis-auth.yaml", "notes.txt", "other.yaml"]);
    }

    [Fact]
    public async Task Rejects_OverwritingForeignFiles_AndWritesNothing()
    {
        _cli.Folder.Write("out/incomplete/service-tower-redis.yaml", "kind: Service # by hand\n");

        var run = await _cli.RunAsync(["manifests", "dev", "-o", "out"]);

        run.ShouldBe((2, "", $"""
            error: {_cli.Folder.At("out")} holds files that `./platform manifests dev` did not write and would overwrite: incomplete/service-tower-redis.yaml.
            fix:   Name an empty folder, or move these files away.

            """));
        Out().ShouldBe(["incomplete/service-tower-redis.yaml"]);
        File.ReadAllText(_cli.Folder.At("out/incomplete/service-tower-redis.yaml")).ShouldBe("kind: Service # by hand\n");
    }

    [Fact]
    public async Task Rejects_AFolderThatIsAFile()
    {
        _cli.Folder.Write("out", "");

        (await _cli.RunAsync(["manifests", "dev", "-o", "out"])).Error.ShouldStartWith($"error: {_cli.Folder.At("out")} is a file.");
    }

    [Fact]
    public async Task Rejects_AFolderThatCannotBeMade()
    {
        _cli.Folder.Write("file", "");

        var run = await _cli.RunAsync(["manifests", "dev", "-o", "file/out"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith($"error: {_cli.Folder.At("file/out")} cannot be written: ");
    }

    [Fact]
    public async Task FailedPlan_WritesNothing()
    {
        _cli.Answer = _ => Results.Redis with { Outcome = RehearsalOutcome.ProgramFailed };

        var run = await _cli.RunAsync(["manifests", "dev", "-o", "out"]);

        run.ExitCode.ShouldBe(1);
        Directory.Exists(_cli.Folder.At("out")).ShouldBeFalse();
    }

    private IEnumerable<string> Out()
        => _cli.Folder.Files().Where(path => path.StartsWith("out/", StringComparison.Ordinal)).Select(path => path["out/".Length..]);
}
