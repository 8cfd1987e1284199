using Rehearsal.Events;
using Rehearsal.Programs;
using Rehearsal.StackFiles;
using Rehearsal.State;
using Rehearsal.Wire;
using Rehearsal;
using Tests.Rehearsal.Support;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Rehearsal.Programs;

// The engine calls the official Node SDK back, and starts TypeScript as the official host does.
[Trait(Long.Category, Long.Name)]
public class NodeCallbackTests(ITestOutputHelper output)
{
    private const string Things = "[\"pet\",\"secret\",\"trail\",\"value\"]";

    [Fact]
    public async Task TransformsAndHooks_OfTheOfficialNodeSdk_RunInPreviewsAndUpdates()
    {
        if (NodePackages.Install() is { Length: > 0 } reason)
        {
            output.WriteLine($"not run: {reason}");
            return;
        }
        var preview = await RunAsync("1", OperationKind.Preview, Checkpoint.Empty);
        var first = await RunAsync("1", OperationKind.Update, Checkpoint.Empty);
        var second = await RunAsync("2", OperationKind.Update, first.State);

        Said(preview).ShouldBe([$"before create: thing {Things} - - -"]);
        Said(first).ShouldBe([$"before create: thing {Things} - - -", $"after create: thing {Things} - {Things} -"]);
        Said(second).ShouldBe([
            $"before update: thing {Things} {Things} - {Things}", $"after update: thing {Things} {Things} {Things} {Things}",
            "before delete: gone - [\"trail\",\"value\"] - [\"trail\",\"value\"]", "after delete: gone - [\"trail\",\"value\"] - [\"trail\",\"value\"]",
        ]);
        var thing = second.State.Resources.Single(resource => resource.Urn.Name == "thing");
        (thing.Inputs["trail"], thing.Inputs["secret"]).ShouldBe((
            new StringProperty("own(any:index:Thing thing) group(any:index:Thing thing) stack(any:index:Thing thing) "),
            new SecretProperty(new StringProperty("hidden"))));
        thing.Urn.Value.ShouldBe("urn:pulumi:dev::platform::Group$any:index:Thing::thing");
        var pet = second.State.Resources.Single(resource => resource.Urn.Name == "pet");
        (pet.Inputs["length"], pet.Protect).ShouldBe((new NumberProperty(3), true));
        // The answer holds the private key, which makes all of it secret for the SDK
        second.Result.Outputs["algorithm"].ShouldBe(new SecretProperty(new StringProperty("ED25519")));
    }

    [Theory]
    [InlineData("runtime: nodejs\nmain: app", "app/index.ts")]
    [InlineData("runtime: {name: nodejs, options: {tsconfig: other.json}}\nmain: start.ts", "start.ts")]
    public async Task TypeScriptProjects_StartFromTheirPulumiYaml(string yaml, string file)
    {
        if (NodePackages.Install() is { Length: > 0 } reason)
        {
            output.WriteLine($"not run: {reason}");
            return;
        }
        // Below the packages, where Node finds them
        var folder = Path.Combine(NodePackages.Folder, "projects", Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        try
        {
            File.WriteAllText(Path.Combine(folder, "Pulumi.yaml"), $"name: shop\n{yaml}\n");
            File.WriteAllText(Path.Combine(folder, "other.json"),
                """{"compilerOptions": {"strict": true, "target": "ES2020", "module": "commonjs", "moduleResolution": "node"}}""");
            File.WriteAllText(Path.Combine(folder, file), """
                import * as pulumi from "@pulumi/pulumi";
                import * as random from "@pulumi/random";
                enum Size { Small = 1, Large = 5 }
                const pet = new random.RandomPet("pet", { length: Size.Large });
                export const name: pulumi.Output<string> = pet.id;
                export const where: string = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()} ${pulumi.runtime.isDryRun()}`;
                """);
            var launch = new ProgramStart(ProjectFile.Read(folder), new Machine(Environment.GetEnvironmentVariable)).Launch();

            var result = await new RehearsalHost().RunAsync(
                new RehearsalRequest { Program = launch, Project = "shop", Stack = "dev", Organization = "acme" },
                new RecordingProgress(), CancellationToken.None);

            result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Debug).ShouldBeEmpty();
            result.Plan.Steps.Single(step => step.Name == "pet").New!.Inputs["length"].ShouldBe(new NumberProperty(5));
            result.Outputs["where"].ShouldBe(new StringProperty("acme/shop/dev true"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Said((RehearsalResult Result, Checkpoint State) run)
    {
        run.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded, string.Join('\n', run.Result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return [.. run.Result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Info).Select(diagnostic => diagnostic.Message)];
    }

    private static async Task<(RehearsalResult Result, Checkpoint State)> RunAsync(string version, OperationKind kind, Checkpoint state)
    {
        var kept = state;
        var result = await new RehearsalHost().RunAsync(
            new RehearsalRequest
            {
                Program = new ProgramLaunch(
                    "sh",
                    ["-c", $"VERSION={version} exec node node_modules/@pulumi/pulumi/cmd/run --monitor=$PULUMI_MONITOR --engine=$PULUMI_ENGINE callbacks.js"],
                    NodePackages.Folder, NodePackages.Folder),
                Project = "platform",
                Stack = "dev",
                Kind = kind,
                State = state,
                Save = checkpoint => kept = checkpoint,
            },
            new RecordingProgress(), CancellationToken.None);
        return (result, kept);
    }
}
