using Rehearsal;
using Rehearsal.Graph;
using Tests.Stacks.Support;

namespace Tests.Stacks.Programs;

// Promise: a part of a production stack can be opened for deletion alone, and what is worth keeping is kept whatever may be deleted.
public sealed class ProtectionTests
{
    private const string Prod = "Pulumi.prod.yaml";

    [Theory]
    [InlineData("tower.environments.research", "tower-research", "storage-")]
    [InlineData("studios.ssh", "ssh-host-key", "front")]
    [InlineData("redis", "redis")]
    public async Task AnOpenedPart_IsTheOnlyOneOpen(string part, params string[] starts)
    {
        var closed = Protected(await RehearsedStack.Of(Prod));
        var left = Protected(await RehearsedStack.RunAsync(Configured("platform:unprotected", $"[\"{part}\"]")));

        left.Except(closed).ShouldBeEmpty();
        var opened = closed.Except(left).ToList();
        opened.ShouldNotBeEmpty();
        opened.ShouldAllBe(name => starts.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task TheLastSnapshot_IsTakenWhetherTheServerIsProtectedOrNot(string production)
    {
        var stack = production == "true" ? await RehearsedStack.Of(Prod) : await RehearsedStack.RunAsync(Configured("platform:production", production));

        stack.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        var resources = Resources(stack);
        resources.Single(resource => resource.Type == "aws:elasticache/replicationGroup:ReplicationGroup").Inputs.ContainsKey("finalSnapshotIdentifier")
            .ShouldBeTrue();
        resources.Single(resource => resource is { Type: "aws:kms/key:Key", Urn.Name: "data-key" }).RetainOnDelete.ShouldBeTrue();
        resources.Single(resource => resource is { Type: "aws:kms/key:Key", Urn.Name: "cluster-key" }).RetainOnDelete.ShouldBe(production == "true");
    }

    private static RehearsalRequest Configured(string key, string value)
    {
        var request = RehearsedStack.RequestFor(Prod);
        return request with { Config = request.Config.SetItem(key, value) };
    }

    private static HashSet<string> Protected(RehearsedStack stack)
    {
        stack.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        return [.. Resources(stack).Where(resource => resource.Protect).Select(resource => resource.Urn.Name)];
    }

    private static List<ResourceState> Resources(RehearsedStack stack) => [.. stack.Result.Plan.Steps.Select(step => step.New!)];
}
