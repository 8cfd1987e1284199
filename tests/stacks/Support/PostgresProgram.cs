using System.Text.Json;
using Infra.Databases;
using Pulumi;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.State;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Reading;
using Stacks.Wiring;
using Tests.Rehearsal.Support;

namespace Tests.Stacks.Support;

/// <summary>The program of a stack file with a PostgreSQL server beside its cluster: no stack file can ask for one before a concept has it.</summary>
internal static class PostgresProgram
{
    public const string Namespace = "posit-workbench";

    /// <summary>The part under which the server is opened; any that there is will do.</summary>
    public const string Part = ProtectedParts.Redis;

    private const string Variable = "TESTS_POSTGRES";
    private const string NoServer = "none";

    private static readonly SettingPath At = new("platform:workbench.database");

    /// <summary>The settings of a text as the reader takes them, and what it complains of.</summary>
    /// <param name="json">The text.</param>
    /// <param name="isSealed">Whether the stack file holds the password of an existing server.</param>
    public static (PostgresSettings? Settings, IReadOnlyList<SettingsProblem> Problems) Bind(string json, bool isSealed = true)
    {
        const string password = "platform:workbenchDatabasePassword";
        var findings = new Findings();
        using var document = JsonDocument.Parse(json);
        var setting = RecordDeclaration.For(typeof(Owner)).Settings.Single();
        var raw = new RawSettings(
            (isSealed ? new[] { password } : []).ToDictionary(key => key, _ => "hunter2", StringComparer.Ordinal), isSealed ? [password] : []);
        return ((PostgresSettings?)new RecordBinder(raw, findings).Bind(setting, document.RootElement, At), findings.Problems);
    }

    /// <summary>Everything that a text is refused or warned for in a stack.</summary>
    public static string[] Messages(PlatformSettings platform, string json, bool isSealed = true)
    {
        var (settings, problems) = Bind(json, isSealed);
        var kind = RecordDeclaration.For(typeof(PostgresSettings)).Kinds.Single(kind => json.Contains($"\"{kind.Key}\":"));
        return [.. problems.DefaultIfEmpty().SelectMany(problem => problem is null ? ((IChecked)settings!).Check(platform, At[kind.Key]) : [problem])
            .Select(problem => $"{(problem.IsWarning ? "warning: " : "")}{problem}")];
    }

    /// <summary>Makes the ground, and the server on it.</summary>
    public static IPostgres? Define(PlatformSettings platform, string json, Func<SecretSetting, Output<string>> secret)
    {
        var stack = new StackContext(platform, secret);
        stack = platform.Aws is { } aws ? stack with { Aws = AwsWiring.Create(aws, stack) } : stack;
        stack = platform.Gcp is { } gcp ? stack with { Gcp = GcpWiring.Create(gcp, stack) } : stack;
        stack = stack with { Cluster = platform.Cluster!.Match(new ClusterWiring(stack)) };
        return json == NoServer
            ? null
            : PostgresWiring.Create(Bind(json).Settings!, stack, new PostgresClient("workbench-database", Namespace, "workbench", Part));
    }

    /// <summary>Rehearses it with the configuration of a stack file; without a text there is no server.</summary>
    public static Task<RehearsalResult> RunAsync(RehearsalRequest request, string? json) => new RehearsalHost
    {
        Run = (launch, variables, output, error, cancellation) => WarmProgram.RunAsync(
            launch, new Dictionary<string, string>(variables, StringComparer.Ordinal) { [Variable] = json ?? NoServer }, output, error, cancellation),
    }.RunAsync(request, new RecordingProgress(), CancellationToken.None);

    /// <summary>The same, which has to succeed.</summary>
    public static async Task<Plan> PlanAsync(RehearsalRequest request, string? json)
    {
        var result = await RunAsync(request, json);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        return result.Plan;
    }

    /// <summary>The state after an update.</summary>
    public static async Task<Checkpoint> UpdatedAsync(RehearsalRequest request, string? json, Checkpoint state)
    {
        var saved = state;
        await PlanAsync(request with { Kind = OperationKind.Update, State = state, Save = checkpoint => saved = checkpoint }, json);
        return saved;
    }

    /// <summary>In the program's process: what it was asked for, once; null where it is to be the platform's own program.</summary>
    public static string? Asked()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return asked;
    }

    /// <summary>In the program's process: the program.</summary>
    public static Task<int> ProgramAsync(string json) => Deployment.RunAsync(() => { Define(SettingsReader.Read(), json, SettingsReader.Secret); });

    internal sealed record Owner
    {
        [Setting("The database under test.")]
        public PostgresSettings? Database { get; init; }
    }
}
