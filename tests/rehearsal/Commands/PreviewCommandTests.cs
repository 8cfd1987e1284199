using Rehearsal;
using Rehearsal.Events;

namespace Tests.Rehearsal.Commands;

// Promise: preview shows the whole plan as a tree or as Pulumi's JSON, never a secret, and its exit code says how it went.
public sealed class PreviewCommandTests : IDisposable
{
    private readonly CliFixture _cli = new() { Answer = _ => Results.Redis };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Tree_ShowsConceptsOutputsAndCounts_OfAFirstDeployment()
    {
        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ShouldBe((0, """
            Previewing dev (platform)
                 Type                            Name          Plan
             +   pulumi:pulumi:Stack             platform-dev  create
             +   ├─ platform:cache:Redis         redis         create  with 2 resources
             +   └─ pulumi:providers:kubernetes  cluster       create
            `--verbose` shows every resource, and its inputs.

            Outputs:
                address: "redis.cache:6379"
                ip: [unknown]
                password: [secret]
                users:
                - "a"
                - [secret]

            Resources: + 5 to create (0.62 s)

            """, ""));
    }

    [Fact]
    public async Task Verbose_ShowsInputsBelowEachResource()
    {
        var run = await _cli.RunAsync(["preview", "dev", "-v"]);

        run.Output.ShouldContain("""
             +   │  └─ kubernetes:core/v1:Service  redis         create
                 │          apiVersion: "v1"
                 │          kind: "Service"
                 │          spec:
                 │            clusterIP: [unknown]
                 │            ports:
                 │            - port: 6379
                 │            publishNotReadyAddresses: true

            """);
        run.Output.ShouldContain("     │  │       stringData: [secret]\n");
        run.Output.ShouldNotContain(Results.Marker);
    }

    [Fact]
    public async Task Json_HasTheShapeOfPulumis()
    {
        var run = await _cli.RunAsync(["preview", "dev", "--json"]);

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBe("");
        run.Output.ShouldNotContain(Results.Marker);
        var lines = run.Output.Split('\n');
        lines[..5].ShouldBe(["{", "    \"config\": {", "        \"platform:size\": \"3\"", "    },", "    \"steps\": ["]);
        run.Output.ShouldContain("""
                    {
                        "op": "create",
                        "urn": "urn:pulumi:dev::platform::platform:cache:Redis$kubernetes:core/v1:Secret::redis-auth",
                        "provider": "urn:pulumi:dev::platform::pulumi:providers:kubernetes::cluster::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                        "newState": {
                            "urn": "urn:pulumi:dev::platform::platform:cache:Redis$kubernetes:core/v1:Secret::redis-auth",
                            "custom": true,
                            "type": "kubernetes:core/v1:Secret",
                            "inputs": {
                                "apiVersion": "v1",
                                "kind": "Secret",
                                "metadata": {
                                    "name": "redis-auth",
                                    "namespace": "cache"
                                },
                                "stringData": "[secret]"
                            },
                            "outputs": {
                                "data": "[secret]",
                                "id": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
                            },
                            "parent": "urn:pulumi:dev::platform::platform:cache:Redis::redis",
                            "protect": true,
                            "dependencies": [
                                "urn:pulumi:dev::platform::platform:cache:Redis::redis"
                            ],
                            "provider": "urn:pulumi:dev::platform::pulumi:providers:kubernetes::cluster::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                            "additionalSecretOutputs": [
                                "data"
                            ],
                            "customTimeouts": {
                                "create": 300,
                                "delete": 5400
                            }
                        },
                        "detailedDiff": null
                    },

            """);
        run.Output.ShouldEndWith("""
                "duration": 620000000,
                "changeSummary": {
                    "create": 5
                }
            }

            """);
    }

    [Fact]
    public async Task Json_HidesSecretConfig_AndKeepsDiagnostics()
    {
        _cli.Folder.Write("Pulumi.dev.yaml", $"encryptionsalt: {Secrets.Sample.Salt}\nconfig: {{token: {{secure: '{Secrets.Sample.Ciphertext}'}}}}\n");
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";
        _cli.Answer = _ => Results.Failed(
            new Diagnostic(DiagnosticSeverity.Info, "hello"), new Diagnostic(DiagnosticSeverity.Debug, "never"),
            new Diagnostic(DiagnosticSeverity.Error, "no name", Results.Service));

        var run = await _cli.RunAsync(["preview", "dev", "--json"]);

        _cli.Request!.Config.ShouldBe(new Dictionary<string, string> { ["platform:token"] = "hello wörld" }, ignoreOrder: true);
        _cli.Request.SecretKeys.ShouldBe(["platform:token"]);
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("""
            {
                "config": {
                    "platform:token": "[secret]"
                },
                "diagnostics": [
                    {
                        "message": "hello\n",
                        "severity": "info"
                    },
                    {
                        "urn": "urn:pulumi:dev::platform::platform:cache:Redis$kubernetes:core/v1:Service::redis",
                        "message": "error: no name\n",
                        "severity": "error"
                    }
                ],
                "duration": 620000000
            }

            """);
        run.Error.ShouldContain("no name");
    }

    [Fact]
    public async Task Failure_ShowsTheErrorsWithoutStackTrace_AndEndsWith1()
    {
        _cli.Answer = _ => Results.Failed(
            new Diagnostic(
                DiagnosticSeverity.Error,
                "Running program failed:\nSystem.Exception: no\n   at Stacks.Platform.Define(String s) in Platform.cs:line 3\n\n  at least 3"));

        var run = await _cli.RunAsync(["preview", "dev"]);

        run.ShouldBe((1, "Previewing dev (platform)\n", """
            Diagnostics:
              error: Running program failed:
                     System.Exception: no

                       at least 3

            The preview failed with 1 error; nothing was changed. (0.62 s)

            """));
    }

    [Fact]
    public async Task Failure_IsSaidOnce_HoweverOftenTheProgramRepeatsIt()
    {
        _cli.Answer = _ => Results.Failed(
            new Diagnostic(DiagnosticSeverity.InfoError, "before"),
            new Diagnostic(DiagnosticSeverity.Error, "port must be a number", Results.Service),
            new Diagnostic(DiagnosticSeverity.Error, "Error: failed to register redis: port must be a number"),
            new Diagnostic(DiagnosticSeverity.InfoError, "node:internal/process:95"),
            new Diagnostic(DiagnosticSeverity.Error, "another"));

        (await _cli.RunAsync(["preview", "dev"])).Error.ShouldBe("""
            Diagnostics:
              before
              error: another
              kubernetes:core/v1:Service (redis):
                error: port must be a number

            The preview failed with 2 errors; nothing was changed. (0.62 s)

            """);
        (await _cli.RunAsync(["preview", "dev", "-v"])).Error.ShouldContain("node:internal/process:95");
    }

    [Fact]
    public async Task Verbose_KeepsTheStackTrace()
    {
        _cli.Answer = _ => Results.Failed(new Diagnostic(DiagnosticSeverity.Error, "failed\n   at Stacks.Platform.Define()"));

        (await _cli.RunAsync(["preview", "dev", "--verbose"])).Error.ShouldContain("at Stacks.Platform.Define()");
    }

    [Theory]
    [InlineData(RehearsalOutcome.Succeeded, 0)]
    [InlineData(RehearsalOutcome.EngineFailed, 1)]
    [InlineData(RehearsalOutcome.ProgramFailed, 1)]
    [InlineData(RehearsalOutcome.Cancelled, 8)]
    public async Task ExitCode_SaysHowItEnded(RehearsalOutcome outcome, int exitCode)
    {
        _cli.Answer = _ => Results.Result(outcome);

        (await _cli.RunAsync(["preview", "dev"])).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Request_StartsTheBuiltProgram()
    {
        await _cli.RunAsync(["preview", "dev"]);

        _cli.Request.ShouldNotBeNull();
        (_cli.Request.Project, _cli.Request.Stack, _cli.Request.Program.Command).ShouldBe(("platform", "dev", "dotnet"));
        _cli.Request.Program.Arguments.ShouldBe([_cli.Folder.At("stacks/Stacks.dll")]);
        (_cli.Request.Program.WorkingDirectory, _cli.Request.Program.RootDirectory).ShouldBe((_cli.Folder.At("stacks"), _cli.Folder.Path));
    }

    [Fact]
    public async Task Program_OfAnotherProjectWithoutFiles_HasTheFoldersNameAndNoConfig()
    {
        File.Delete(_cli.Folder.At("Pulumi.yaml"));
        File.Delete(_cli.Folder.At("Pulumi.dev.yaml"));

        await _cli.RunAsync(["preview", "dev", "--program", "node 'my index.js'"]);

        _cli.Request.ShouldNotBeNull();
        _cli.Request.Project.ShouldBe(Path.GetFileName(_cli.Folder.Path));
        _cli.Request.Config.ShouldBeEmpty();
        (_cli.Request.Program.Command, string.Join('|', _cli.Request.Program.Arguments), _cli.Request.Program.WorkingDirectory).ShouldBe(
            ("/bin/sh", "-c|node 'my index.js'", _cli.Folder.Path));
    }
}
