using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.State;
using Tests.Stacks.Support;

namespace Tests.Stacks.Programs;

// Promise: a plan that would give data another name or size than it has is refused with what to do, and would replace nothing that holds data even so.
public sealed class KeptDataTests
{
    private const string Wrapped = "error serializing property \"";
    private const string Dev = "Pulumi.dev.yaml";

    [Fact]
    public async Task AStackWithTheOldDefault_IsToldTheLineThatKeepsItsServer()
    {
        var request = RehearsedStack.RequestFor(Dev);
        var (state, _) = await RehearsedStack.UpdatedAsync(request.With("redis", "inCluster.name", "\"redis\""), Checkpoint.Empty);

        Refusal(await RehearsedStack.RunAsync(request with { State = state })).ShouldBe(
            "StatefulSet seqera-platform/redis holds the data of Redis, and it cannot be renamed to 'connect-redis', where it would be empty: "
                + "set redis.inCluster.name: redis.");
        (await RehearsedStack.RunAsync(request.With("redis", "inCluster.name", "\"redis\"") with { State = state })).Result.Plan.Steps
            .ShouldAllBe(step => step.Operation == Operation.Same || step.Operation == Operation.Read);
    }

    [Theory]
    [InlineData("redis", "inCluster.name", "\"sessions\"",
        "StatefulSet seqera-platform/connect-redis holds the data of Redis, and it cannot be renamed to 'sessions', where it would be empty: "
            + "set redis.inCluster.name: connect-redis.")]
    [InlineData("studios", "platform.namespace", "\"elsewhere\"",
        "StatefulSet seqera-platform/connect-redis holds the data of Redis, and it cannot move to the namespace 'elsewhere', where it would be empty: "
            + "set studios.platform.namespace: seqera-platform.")]
    [InlineData("redis", "inCluster.persistence", """{ "size": "16Gi" }""",
        "The disk of StatefulSet seqera-platform/connect-redis has 8Gi, and the claims of a StatefulSet cannot be changed to 16Gi: set "
            + "redis.inCluster.persistence.size: 8Gi. To give the server more, leave the setting and grow its claim, if the class lets it: "
            + "kubectl --namespace seqera-platform patch persistentvolumeclaim data-connect-redis-0 --patch "
            + """'{"spec": {"resources": {"requests": {"storage": "16Gi"}}}}'""")]
    [InlineData("redis", "inCluster.persistence", """{ "storageClassName": "fast" }""",
        "The disk of StatefulSet seqera-platform/connect-redis is of the cluster's default class, and its claims cannot be changed to the class fast: "
            + "remove redis.inCluster.persistence.storageClassName.")]
    [InlineData("tower", "environments.research.scratch.size", "\"50Gi\"",
        "PersistentVolumeClaim tower-nf/tower-scratch asks for 5Gi of a volume that no class has provisioned, and Kubernetes refuses to change that to 50Gi: "
            + "set scratch.size: 5Gi. The number bounds nothing there: make the file system itself larger where it is kept.")]
    public async Task Rejects_AnotherNamePlaceOrSizeOfData(string concept, string path, string value, string refusal)
    {
        var (request, state) = (RehearsedStack.RequestFor(Dev), await RehearsedStack.Deployed(Dev));

        var run = await RehearsedStack.RunAsync(request.With(concept, path, value) with { State = state });

        Refusal(run).ShouldBe(refusal);
        run.Result.Plan.Steps.Where(step => step.Type is "kubernetes:apps/v1:StatefulSet" or "kubernetes:core/v1:PersistentVolumeClaim")
            .Where(step => step.Name.StartsWith("redis", StringComparison.Ordinal) || concept == "tower")
            .Select(step => step.Operation).ShouldBeSubsetOf([Operation.Same, Operation.Update]);
    }

    [Fact]
    public async Task AnotherSpellingOfTheSameSize_IsNoChange()
    {
        var request = RehearsedStack.RequestFor(Dev).With("redis", "inCluster.persistence", """{ "size": "8192Mi" }""");
        request = request.With("tower", "environments.research.scratch.size", "\"5120Mi\"");

        (await RehearsedStack.PreviewedAsync(request, await RehearsedStack.Deployed(Dev))).Steps
            .ShouldAllBe(step => step.Operation == Operation.Same || step.Operation == Operation.Read);
    }

    private static string Refusal(RehearsedStack run)
    {
        run.Result.Outcome.ShouldBe(RehearsalOutcome.ProgramFailed);
        var error = run.Result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Message.TrimEnd();
        // The output that refuses is asked for in two places; the SDK wraps the sentence where it is first as it writes the component's outputs
        return error.IndexOf(Wrapped, StringComparison.Ordinal) is >= 0 and var at
            ? error[(error.IndexOf("\": ", at, StringComparison.Ordinal) + 3)..].Split('\n')[0]
            : error;
    }
}
