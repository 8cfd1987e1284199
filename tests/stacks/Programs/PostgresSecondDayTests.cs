using System.Collections.Concurrent;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Rehearsal;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: a change of a database does to the server what the settings say, its data stays unless its part was opened, and then a copy of it does.
[Trait(Long.Category, Long.Name)]
public sealed class PostgresSecondDayTests
{
    private const string Aws = "stacks/examples/Pulumi.workbench-eks.yaml";
    private const string Gcp = "stacks/examples/Pulumi.workbench-gke.yaml";
    private const string Rds = "aws:rds/instance:Instance workbench-database";
    private const string CloudSql = "gcp:sql/databaseInstance:DatabaseInstance workbench-database";
    private const string Password = "Replace random:index/randomPassword:RandomPassword workbench-database-password-value";
    private const string Secret = "Replace kubernetes:core/v1:Secret workbench-database-password";
    private const string Release = "Update kubernetes:helm.sh/v3:Release workbench";
    private const string RestartsIt = "the database restarts";

    private static readonly ConcurrentDictionary<(string File, string Database), Lazy<Task<Checkpoint>>> States = [];

    [Theory]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": {} }""", null)]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "storageGiB": 40 } }""", null, $"Update {Rds}")]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "instanceClass": "db.m7g.large" } }""", RestartsIt, $"Update {Rds}")]
    [InlineData(Aws, """{ "rds": { "version": 16 } }""", """{ "rds": { "version": 17 } }""", RestartsIt, $"Update {Rds}")]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "multiZone": false } }""", null, $"Update {Rds}")]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "backupRetentionDays": 35, "backupWindow": "05:00-06:00" } }""", null, $"Update {Rds}")]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "passwordRotation": 2 } }""", null,
        Secret, Password, $"Update {Rds}", Release)]
    [InlineData(Aws, """{ "rds": {} }""", """{ "rds": { "finalSnapshot": false } }""", null,
        $"Update {Rds}", "Delete random:index/randomId:RandomId workbench-database-final-snapshot")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": {} }""", null)]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": { "storageGiB": 40 } }""", null, $"Update {CloudSql}")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": { "processors": 4, "memoryGiB": 16 } }""", RestartsIt, $"Update {CloudSql}")]
    [InlineData(Gcp, """{ "cloudSql": { "version": 16 } }""", """{ "cloudSql": { "version": 17 } }""", RestartsIt, $"Update {CloudSql}")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": { "multiZone": false } }""", RestartsIt, $"Update {CloudSql}")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": { "finalBackup": false, "backups": 30 } }""", null, $"Update {CloudSql}")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", """{ "cloudSql": { "passwordRotation": 2 } }""", null,
        Secret, Password, "Update gcp:sql/user:User workbench-database-user", Release)]
    public async Task AChange_DoesThisToTheServer(string file, string before, string after, string? restarts, params string[] steps)
    {
        var plan = await RehearsedStack.PreviewedAsync(With(file, after), await Deployed(file, before));

        var changes = Changes(plan);
        changes.Select(Said).ShouldBe(steps, ignoreOrder: true);
        changes.Select(Restarts.Of).SingleOrDefault(said => said is not null).ShouldBe(restarts);
    }

    // The new password is the server's before the old Secret goes, and neither is ever plain.
    [Theory]
    [InlineData(Aws, "rds", "aws:rds/instance:Instance")]
    [InlineData(Gcp, "cloudSql", "gcp:sql/user:User")]
    public async Task ARotation_KeepsTheOldSecret_UntilTheServerKnowsTheNewPassword(string file, string kind, string holder)
    {
        var (_, plan) = await RehearsedStack.UpdatedAsync(
            With(file, $$"""{ "{{kind}}": { "passwordRotation": 2 } }"""), await Deployed(file, $$"""{ "{{kind}}": {} }"""));
        var steps = plan.Steps;

        var told = steps.Single(step => step.Type == holder);
        var forgotten = steps.Single(step => step is { Type: "kubernetes:core/v1:Secret", Operation: Operation.DeleteReplaced });
        steps.IndexOf(told).ShouldBeLessThan(steps.IndexOf(forgotten));
        told.New!.Inputs["password"].ShouldBeOfType<SecretProperty>();
        told.New.Inputs["password"].ShouldNotBe(told.Old!.Inputs["password"]);
    }

    [Theory]
    [InlineData(Aws, """{ "rds": {} }""", Rds)]
    [InlineData(Gcp, """{ "cloudSql": {} }""", CloudSql)]
    public async Task InProduction_TheServerDoesNotGo(string file, string database, string server)
    {
        const string Other = """{ "existing": { "address": "postgres.example.com:5432" } }""";
        var result = (await RehearsedStack.RunAsync(With(file, Other) with { State = await Deployed(file, database) })).Result;

        result.Outcome.ShouldNotBe(RehearsalOutcome.Succeeded);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message)
            .ShouldContain(message => message.Contains("cannot be deleted\nbecause it is protected", StringComparison.Ordinal)
                && message.Contains("workbench-database", StringComparison.Ordinal));
        (await Deployed(file, database)).Resources.Single(resource => $"{resource.Type} {resource.Urn.Name}" == server)
            .ShouldSatisfyAllConditions(resource => resource.Protect.ShouldBeTrue(), resource => resource.RetainOnDelete.ShouldBeTrue());
    }

    // Both switches: the part is opened, and a copy stays.
    [Theory]
    [InlineData(Aws, """{ "rds": {} }""", Rds, "finalSnapshotIdentifier")]
    [InlineData(Gcp, """{ "cloudSql": {} }""", CloudSql, "finalBackupConfig")]
    public async Task AnOpenedServer_GoesInTheSecondUpdate_AndLeavesACopy(string file, string database, string server, string copy)
    {
        const string parts = """["workbench", "aws"]""";
        var (state, opened) = await RehearsedStack.UpdatedAsync(With(file, database).With("unprotected", parts), await Deployed(file, database));
        var opening = Changes(opened);

        var removal = Changes(await RehearsedStack.PreviewedAsync(With(file, null).With("unprotected", parts), state));

        opening.Select(Said).ShouldAllBe(step => step.StartsWith("Update ", StringComparison.Ordinal));
        opening.Select(Said).ShouldContain($"Update {server}");
        opening.SelectMany(step => step.DiffReasons).ShouldBeSubsetOf(["deletionProtection", "settings"]);
        // A zone without anything else gets the address that Studios will have.
        removal.Where(step => step.Name != "edge-address").ShouldAllBe(step => step.Operation == Operation.Delete);
        var gone = removal.Single(step => Said(step) == $"Delete {server}").Old!;
        (gone.Protect, gone.RetainOnDelete).ShouldBe((false, false));
        Given(gone).ShouldContain(copy);
    }

    // What it stands on goes after it, and the log groups too: RDS writes to them to the last.
    [Fact]
    public async Task ADestroy_TakesTheServerFirst_AndLeavesASnapshot()
    {
        var request = RehearsedStack.RequestFor(Aws);
        request = request with { Config = request.Config.SetItem("platform:production", "false") };
        var (state, _) = await RehearsedStack.UpdatedAsync(request, Checkpoint.Empty);

        var plan = (await RehearsedStack.RunAsync(request with { Kind = OperationKind.Destroy, State = state })).Result.Plan;

        var deleted = plan.Steps.Where(step => step.Operation == Operation.Delete).Select(step => step.Name).ToList();
        var server = deleted.IndexOf("workbench-database");
        string[] below =
        [
            "workbench-database-subnets", "workbench-database-security-group", "workbench-database-postgresql-log", "workbench-database-upgrade-log",
            "workbench-database-final-snapshot", "workbench-database-password-value",
        ];
        below.ShouldAllBe(name => deleted.LastIndexOf(name) > server);
        var inputs = Given(plan.Steps.Single(step => Said(step) == $"Delete {Rds}").Old!);
        inputs.ShouldContain("finalSnapshotIdentifier");
        inputs.ShouldContain("studio-test-workbench-database-final-");
    }

    private static Task<Checkpoint> Deployed(string file, string database) => States.GetOrAdd((file, database), key => new(async () =>
        (await RehearsedStack.UpdatedAsync(With(key.File, key.Database), Checkpoint.Empty)).State)).Value;

    private static RehearsalRequest With(string file, string? database)
    {
        const string SecretKey = "platform:workbenchDatabasePassword";
        var request = RehearsedStack.RequestFor(file);
        if (database is null)
        {
            return request.With("workbench", null);
        }

        return (database.Contains("existing", StringComparison.Ordinal)
            ? request with { Config = request.Config.SetItem(SecretKey, RehearsedStack.Marker), SecretKeys = request.SecretKeys.Add(SecretKey) }
            : request).With("workbench", "database", database);
    }

    private static List<PlanStep> Changes(Plan plan) =>
    [
        .. plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
            .Where(step => !step.Type.StartsWith("platform:", StringComparison.Ordinal)),
    ];

    private static string Said(PlanStep step) => $"{step.Operation} {step.Type} {step.Name}";

    private static string Given(ResourceState resource) => string.Join('\n', resource.Inputs.Select(input => $"{input.Key}: {input.Value}"));
}
