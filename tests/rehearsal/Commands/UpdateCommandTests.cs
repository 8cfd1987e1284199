using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Commands;

// Promise: a rehearsed operation says that it is one, keeps the state it made, and ends with the CLI's codes.
public sealed class UpdateCommandTests : IDisposable
{
    private const string First = "Rehearsing `up` of dev (platform): nothing is deployed. `pulumi up --stack dev` does it.\n";
    private const string Last = "This was a rehearsal: nothing was deployed. `pulumi up --stack dev` does it.\n";

    private readonly CliFixture _cli = new();

    public UpdateCommandTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "pass";

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Up_SaysInItsFirstAndLastLineThatNothingIsDeployed()
    {
        var run = await _cli.RunAsync(["up", "dev"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith(First);
        run.Output.ShouldEndWith(Last);
        _cli.Request!.Kind.ShouldBe(OperationKind.Update);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("destroy")]
    [InlineData("refresh")]
    public async Task WhatFails_SaysSoToo(string command)
    {
        (string First, string Last) said = (
            $"Rehearsing `{command}` of dev (platform): nothing is deployed. `pulumi {command} --stack dev` does it.\n",
            $"This was a rehearsal: nothing was deployed. `pulumi {command} --stack dev` does it.\n");
        foreach (var answer in (Func<RehearsalRequest, RehearsalResult>[])[
            _ => Results.Empty with { Outcome = RehearsalOutcome.EngineFailed }, _ => throw new OperationCanceledException(),
            _ => throw new BadInputException("Refused."), _ => throw new IOException("full"), _ => throw new InvalidOperationException("broken")])
        {
            _cli.Answer = answer;
            var text = await _cli.RunAsync([command, "dev"]);
            text.ExitCode.ShouldNotBe(0);
            text.Output.ShouldStartWith(said.First);
            text.Output.ShouldEndWith(said.Last);

            var json = await _cli.RunAsync([command, "dev", "--json"]);
            json.Error.ShouldStartWith(said.First);
            json.Error.ShouldEndWith(said.Last);
        }
    }

    [Theory]
    [InlineData("pulumi up --stack dev", "up", "Pulumi.dev.yaml")]
    [InlineData("pulumi up --stack dev --config-file other.yaml", "up", "dev", "--config-file", "other.yaml")]
    [InlineData("pulumi up --stack lab --config-file stacks/examples/Pulumi.lab.yaml", "up", "lab")]
    [InlineData("pulumi destroy --stack dev --target '**::redis' --target a --refresh", "destroy", "-s", "dev", "-t", "**::redis", "--target", "a", "-r")]
    [InlineData("pulumi up --stack dev --replace 'urn:a$b' --target-dependents", "up", "dev", "--replace", "urn:a$b", "--target-dependents")]
    [InlineData("pulumi refresh --stack dev --exclude x --clear-pending-creates", "refresh", "dev", "--exclude", "x", "--clear-pending-creates")]
    public async Task TheRealCommand_DoesTheSame(string real, params string[] words)
    {
        _cli.Folder.Write("other.yaml", "config: {size: 4}\n");
        _cli.Folder.Write("stacks/examples/Pulumi.lab.yaml", "config: {size: 5}\n");

        var (_, output, _) = await _cli.RunAsync(words);

        output.Split('\n')[0].ShouldEndWith($": nothing is deployed. `{real}` does it.");
        output.ShouldEndWith($"This was a rehearsal: nothing was deployed. `{real}` does it.\n");
    }

    [Fact]
    public async Task ChangesThatNobodyExpected_AreNotTheLastWord()
    {
        _cli.Answer = _ => Results.Redis;

        var run = await _cli.RunAsync(["up", "dev", "--json", "--expect-no-changes"]);

        (run.ExitCode, run.Error).ShouldBe((7, $"{First}error: No changes were expected, and there are some.\n{Last}"));
    }

    [Fact]
    public async Task Json_StandsAloneOnTheOutput()
    {
        var run = await _cli.RunAsync(["up", "dev", "--json"]);

        run.Error.ShouldBe(First + Last);
        run.Output.ShouldStartWith("{\n");
        run.Output.TrimEnd().ShouldEndWith("}");
    }

    [Fact]
    public async Task TheState_IsKept_Exported_AndComparedWith()
    {
        _cli.Answer = Saving("pet-1");
        await _cli.RunAsync(["up", "dev"]);

        var export = await _cli.RunAsync(["export", "dev"]);
        (export.ExitCode, export.Error).ShouldBe((0, ""));
        export.Output.ShouldContain("\"id\": \"pet-1\"");
        export.Output.ShouldNotContain("s3cr3t");
        (await _cli.RunAsync(["export", "dev", "--show-secrets"])).Output.ShouldContain("\"plaintext\": \"\\\"s3cr3t\\\"\"");
        await _cli.RunAsync(["preview", "dev"]);
        _cli.Request!.State.Resources.ShouldContain(resource => resource.Id == "pet-1");
        _cli.Folder.Files().Where(field => field.StartsWith(".platform", StringComparison.Ordinal)).ShouldBe([".platform/state/platform/dev.json"]);
    }

    [Fact]
    public async Task AnExport_IsTakenOver()
    {
        _cli.Answer = Saving("pet-2");
        await _cli.RunAsync(["up", "dev", "--state", "one"]);
        var export = (await _cli.RunAsync(["export", "dev", "--state", "one"])).Output;
        _cli.Input = export;

        (await _cli.RunAsync(["import", "dev", "--state", "two"])).ShouldBe((0, "2 resources of dev are taken over into the rehearsal.\n", ""));
        (await _cli.RunAsync(["export", "dev", "--state", "two"])).Output.ShouldBe(export);
    }

    [Fact]
    public async Task Rejects_TheExportOfAnotherStack()
    {
        _cli.Input = """{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:prod::platform::t:i:T::n", "custom": false, "type": "t:i:T"}]}}""";

        (await _cli.RunAsync(["import", "dev"])).ShouldBe((1, "", """
            error: The standard input is the state of stack 'prod' of project 'platform'.
            fix:   Export stack 'dev' of project 'platform'.

            """));
    }

    [Fact]
    public async Task ChangesWhereNoneAreExpected_EndWith7()
    {
        _cli.Answer = _ => Results.Redis;

        var run = await _cli.RunAsync(["preview", "dev", "--expect-no-changes"]);
        (run.ExitCode, run.Error).ShouldBe((7, "error: No changes were expected, and there are some.\n"));
        _cli.Answer = _ => Results.Empty;
        (await _cli.RunAsync(["preview", "dev", "--expect-no-changes"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Flags_ReachThePlan()
    {
        await _cli.RunAsync(["up", "dev", "--target", "a", "-t", "**::b", "--target-replace", "c", "--replace", "d", "--exclude", "e", "--target-dependents",
            "--refresh", "--parallel", "3"]);

        var options = _cli.Request!.Options;
        options.Targets.ShouldBe(["a", "**::b", "c"]);
        options.Replaces.ShouldBe(["d", "c"]);
        options.Excludes.ShouldBe(["e"]);
        (options.TargetDependents, options.Refresh, _cli.Request.Parallel).ShouldBe((true, true, 3));
    }

    [Fact]
    public async Task ALockedStack_IsLeftAlone_UntilItIsCancelled()
    {
        _cli.Folder.Write(
            ".platform/state/platform/dev.lock",
            """{"Command":"up dev","User":"u","Host":"h","Process":1,"Since":"2026-11-25T18:00:00+00:00"}""");

        (await _cli.RunAsync(["up", "dev"])).ShouldBe((1, First + Last, """
            error: The stack is locked by `up dev` of u on h (process 1) since 2026-11-25 18:00:00 UTC.
            fix:   Wait for it, or release the lock with `./platform cancel dev` when that process is gone.

            """));
        (await _cli.RunAsync(["preview", "dev"])).ExitCode.ShouldBe(0);
        (await _cli.RunAsync(["cancel", "dev"]))
            .ShouldBe((0, "dev is free again; it was locked by `up dev` of u on h (process 1) since 2026-11-25 18:00:00 UTC.\n", ""));
        (await _cli.RunAsync(["cancel", "dev"])).Output.ShouldBe("dev was not locked.\n");
        (await _cli.RunAsync(["up", "dev"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Diff_ShowsWhatChanges_AndHidesSecrets()
    {
        var urn = Results.Service;
        ResourceState State(double port, string secret) => new()
        {
            Urn = urn,
            Type = urn.Type,
            Custom = true,
            Inputs = PropertyMap.Create(("port", new NumberProperty(port)), ("key", new SecretProperty(new StringProperty(secret))),
                ("gone", new StringProperty("x"))),
        };
        var step = new PlanStep
        {
            Operation = Operation.Update,
            Urn = urn,
            Old = State(80, "old-secret"),
            New = State(443, "new-secret") with { Inputs = State(443, "new-secret").Inputs.Without("gone") }
        };
        _cli.Answer = _ => Results.Empty with { Plan = new Plan([step]) };

        var run = await _cli.RunAsync(["preview", "dev", "--diff"]);

        run.Output.ShouldContain("""
                      - gone: "x"
                      ~ key: [secret] => [secret]
                      ~ port: 80 => 443
            """);
    }

    [Fact]
    public async Task Against_AnExportAPlanOrAStackFile()
    {
        _cli.Folder.Write(
            "export.json",
            """{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:prod::platform::t:i:T::n", "custom": false, "type": "t:i:T"}]}}""");
        _cli.Folder.Write(
            "plan.json",
            """{"steps": [{"op": "create", "urn": "urn:pulumi:dev::platform::t:i:T::m", "newState": {"urn": "urn:pulumi:dev::platform::t:i:T::m", "custom": false, "type": "t:i:T"}}]}""");
        _cli.Folder.Write("other.yaml", "config: {size: 4}\n");
        _cli.Folder.Write("none.json", "[]");

        await _cli.RunAsync(["preview", "dev", "--against", "export.json"]);
        _cli.Request!.State.Resources.ShouldHaveSingleItem().Urn.Value.ShouldBe("urn:pulumi:dev::platform::t:i:T::n");
        await _cli.RunAsync(["preview", "dev", "--against", "plan.json"]);
        _cli.Request!.State.Resources.ShouldHaveSingleItem().Urn.Name.ShouldBe("m");
        _cli.Answer = _ => Results.Redis;
        await _cli.RunAsync(["preview", "dev", "--against", "other.yaml"]);
        _cli.Request!.State.Resources.Length.ShouldBe(5);
        (await _cli.RunAsync(["preview", "dev", "--against", "none.json"])).Error.ShouldStartWith("error: none.json is not an export, a plan or a stack file.");
    }

    private static Func<RehearsalRequest, RehearsalResult> Saving(string id) => request =>
    {
        var urn = Urn.Create("dev", "platform", null, "random:index/randomPet:RandomPet", "a");
        request.Save?.Invoke(request.State with
        {
            Resources =
            [
                new ResourceState { Urn = Results.Root, Type = Urn.RootType },
                new ResourceState { Urn = urn, Type = urn.Type, Custom = true, Id = id, Parent = Results.Root,
                    Outputs = PropertyMap.Create(("s", new SecretProperty(new StringProperty("s3cr3t")))) },
            ],
        });
        return Results.Empty;
    };
}
