using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.StackFiles;
using Rehearsal.State;
using Tests.Rehearsal.Support;
using Tests.Support;

namespace Tests.Stacks.Support;

/// <summary>A stack file of this repository that the built program was rehearsed with, once for all tests. Its secrets hold <see cref="Marker"/>.</summary>
internal sealed record RehearsedStack(RehearsalRequest Request, RehearsalResult Result, IReadOnlyList<EngineEvent> Events)
{
    /// <summary>Part of every secret; it must never be seen.</summary>
    public const string Marker = "s3cr3t-m4rker";

    public const string Kubeconfig = "platform:kubeconfig";

    /// <summary>Whether there is time to rehearse every stack file where a few show the same: <c>.ci/run --nightly</c>.</summary>
    public static readonly bool Nightly = Environment.GetEnvironmentVariable("PLATFORM_NIGHTLY") == "1";

    private const string Production = "platform:production";

    private const string RedisPassword = "platform:redisPassword";

    private static readonly ConcurrentDictionary<string, Lazy<Task<RehearsedStack>>> Known = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(string Path, bool Production), Lazy<Task<Checkpoint>>> States = [];

    // No more at a time than there are processors.
    private static readonly SemaphoreSlim Turn = new(Environment.ProcessorCount);

    public static Task<RehearsedStack> Of(string path) => Known.GetOrAdd(path, key => new(() => RunAsync(RequestFor(key)))).Value;

    /// <summary>The state after a first update, once for all tests.</summary>
    public static Task<Checkpoint> Deployed(string path, bool production = false) => States.GetOrAdd((path, production), key => new(async () =>
        (await UpdatedAsync(RequestFor(key.Path, key.Production), Checkpoint.Empty)).State)).Value;

    /// <summary>Rehearses an update that has to succeed.</summary>
    public static async Task<(Checkpoint State, Plan Plan)> UpdatedAsync(RehearsalRequest request, Checkpoint state)
    {
        var saved = state;
        var update = request with { Kind = OperationKind.Update, State = state, Save = checkpoint => saved = checkpoint };
        var plan = await SucceededAsync(update);
        return (saved, plan);
    }

    /// <summary>Previews what would change; it has to succeed.</summary>
    public static Task<Plan> PreviewedAsync(RehearsalRequest request, Checkpoint state) => SucceededAsync(request with { State = state });

    private static async Task<Plan> SucceededAsync(RehearsalRequest request)
    {
        var result = (await RunAsync(request)).Result;
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        return result.Plan;
    }

    public static async Task<RehearsedStack> RunAsync(RehearsalRequest request)
    {
        await Turn.WaitAsync();
        try
        {
            var progress = new RecordingProgress();
            var result = await new RehearsalHost { Run = WarmProgram.RunAsync }.RunAsync(request, progress, CancellationToken.None);
            return new(request, result, progress.Events);
        }
        finally
        {
            Turn.Release();
        }
    }

    public static RehearsalRequest RequestFor(string path, bool production)
    {
        var request = RequestFor(path);
        return production ? request with { Config = request.Config.SetItem(Production, "true") } : request;
    }

    public static RehearsalRequest RequestFor(string path)
    {
        var project = ProjectFile.Read(Repository.Root);
        var (file, at) = StackMoment.Of(path);
        var config = StackConfig.Read(project, "test", StackFile.Read(Path.Combine(Repository.Root, file), project.Name), (_, _) => Marker);
        var given = Given(config).ToDictionary(secret => secret.Key, secret => secret.Value);
        return new()
        {
            Program = new ProgramLaunch("dotnet", [Repository.Built("stacks", "Stacks.dll")], project.ProgramFolder, project.Folder),
            Project = project.Name,
            Stack = "test",
            Config = at(config.Values).SetItems(given),
            SecretKeys = config.SecretKeys.Union(given.Keys),
        };
    }

    // The secrets that the stack reads; of others it would be warned.
    private static IEnumerable<(string Key, string Value)> Given(StackConfig config)
    {
        if (Existing(config, "platform:cluster") is { } cluster)
        {
            yield return (Kubeconfig, KubeconfigFor((string?)cluster["context"] ?? "studios"));
        }

        if (Existing(config, "platform:redis") is not null)
        {
            yield return (RedisPassword, Marker);
        }
    }

    private static JsonNode? Existing(StackConfig config, string concept) =>
        config.Values.TryGetValue(concept, out var json) && json.Length > 0 ? JsonNode.Parse(json)!["existing"] : null;

    // A kubeconfig with the context that the stack names.
    private static string KubeconfigFor(string context) =>
        $$"""
            { "clusters": [{ "name": "c", "cluster": { "server": "https://203.0.113.1", "certificate-authority-data": "LS0tLS1CRUdJTg==" } }],
              "contexts": [{ "name": "{{context}}", "context": { "cluster": "c", "user": "u" } }],
              "current-context": "{{context}}",
              "users": [{ "name": "u", "user": { "token": "{{Marker}}" } }] }
            """;
}
