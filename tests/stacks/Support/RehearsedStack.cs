using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.StackFiles;
using Tests.Rehearsal.Support;
using Tests.Support;

namespace Tests.Stacks.Support;

/// <summary>A stack file of this repository that the built program was rehearsed with, once for all tests. Its secrets hold <see cref="Marker"/>.</summary>
internal sealed record RehearsedStack(RehearsalRequest Request, RehearsalResult Result, IReadOnlyList<EngineEvent> Events)
{
    /// <summary>Part of every secret; it must never be seen.</summary>
    public const string Marker = "s3cr3t-m4rker";

    public const string Kubeconfig = "platform:kubeconfig";

    private const string RedisPassword = "platform:redisPassword";

    private static readonly ConcurrentDictionary<string, Lazy<Task<RehearsedStack>>> Known = new(StringComparer.Ordinal);

    // One at a time: each is two processes already.
    private static readonly SemaphoreSlim Turn = new(1);

    public static Task<RehearsedStack> Of(string path) => Known.GetOrAdd(path, key => new(() => RunAsync(RequestFor(key)))).Value;

    public static async Task<RehearsedStack> RunAsync(RehearsalRequest request)
    {
        await Turn.WaitAsync();
        try
        {
            var progress = new RecordingProgress();
            var result = await new RehearsalHost().RunAsync(request, progress, CancellationToken.None);
            return new(request, result, progress.Events);
        }
        finally
        {
            Turn.Release();
        }
    }

    public static RehearsalRequest RequestFor(string path)
    {
        var project = ProjectFile.Read(Repository.Root);
        var (file, at) = StackMoment.Of(path);
        var config = StackConfig.Read(project, "test", StackFile.Read(Path.Combine(Repository.Root, file), project.Name), (_, _) => Marker);
        return new()
        {
            Program = new ProgramLaunch("dotnet", [Repository.Built("stacks", "Stacks.dll")], project.ProgramFolder, project.Folder),
            Project = project.Name,
            Stack = "test",
            Config = at(config.Values).SetItem(RedisPassword, Marker).SetItem(Kubeconfig, KubeconfigFor(config)),
            SecretKeys = config.SecretKeys.Add(RedisPassword).Add(Kubeconfig),
        };
    }

    // A kubeconfig with the context that the stack names.
    private static string KubeconfigFor(StackConfig config)
    {
        var context = config.Values.TryGetValue("platform:cluster", out var cluster)
            ? (string?)JsonNode.Parse(cluster)!["existing"]?["context"] ?? "studios"
            : "studios";
        return $$"""
            { "clusters": [{ "name": "c", "cluster": { "server": "https://203.0.113.1", "certificate-authority-data": "LS0tLS1CRUdJTg==" } }],
              "contexts": [{ "name": "{{context}}", "context": { "cluster": "c", "user": "u" } }],
              "current-context": "{{context}}",
              "users": [{ "name": "u", "user": { "token": "{{Marker}}" } }] }
            """;
    }
}
