using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Stacks.Support;

namespace Tests.Stacks;

// Promise: whoever deployed a stack and changes nothing is shown no change, and what was generated once stays. `.ci/run` asks it of every stack file.
public sealed class SecondUpdateTests
{
    private static readonly Lazy<Task<Checkpoint>> Dev = new(() => UpAsync("Pulumi.dev.yaml"));

    [Fact]
    public async Task AnUpdateOfDev_LeavesNothingToDo() => await NothingToDoAsync("Pulumi.dev.yaml", await Dev.Value);

    [Fact]
    public async Task AnUpdateOfAnExample_LeavesNothingToDo()
    {
        const string path = "stacks/examples/Pulumi.gke-prod.yaml";
        await NothingToDoAsync(path, await UpAsync(path));
    }

    [Fact]
    public async Task OneKeeperChanged_ReplacesWhatItKeeps_AndWhatFollowsFromIt()
    {
        var request = RehearsedStack.RequestFor("Pulumi.dev.yaml");
        var state = await Dev.Value;
        var kept = state.Resources.First(resource => resource.Inputs.Find("keepers") is ObjectProperty { Properties.Count: > 0 });
        // As if the keeper had been another one when the value was generated
        var before = state with { Resources = [.. state.Resources.Select(resource => resource.Urn == kept.Urn ? WithAnotherKeeper(resource) : resource)] };

        var (_, result, _) = await RehearsedStack.RunAsync(request with { State = before });

        var changed = result.Plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read)).ToArray();
        changed.Single(step => step.Urn == kept.Urn).Operation.ShouldBe(Operation.Replace);
        var dependents = new HashSet<Urn> { kept.Urn };
        foreach (var resource in state.Resources.Where(resource => DependencyGraph.References(resource, children: true).Any(dependents.Contains)))
        {
            dependents.Add(resource.Urn);
        }
        changed.Select(step => step.Urn).ShouldBeSubsetOf(dependents);
    }

    private static ResourceState WithAnotherKeeper(ResourceState resource)
    {
        var keepers = ((ObjectProperty)resource.Inputs["keepers"]).Properties;
        var other = new ObjectProperty(keepers.With(keepers.Keys.First(), new StringProperty("another")));
        return resource with { Inputs = resource.Inputs.With("keepers", other), Outputs = resource.Outputs.With("keepers", other) };
    }

    // What may not change: identity and values, not the time at which somebody looked
    private static string Lasting(ResourceState resource) => $"{resource.Id} {resource.Inputs} {resource.Outputs}";

    private static async Task NothingToDoAsync(string path, Checkpoint first)
    {
        var (second, result) = await UpAsync(path, first);

        result.Plan.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read)).Select(step => $"{step.Operation} {step.Urn}")
            .ShouldBeEmpty();
        second.Resources.ToDictionary(resource => resource.Urn, Lasting)
            .ShouldBe(first.Resources.ToDictionary(resource => resource.Urn, Lasting), ignoreOrder: true);
    }

    private static async Task<Checkpoint> UpAsync(string path)
    {
        var (state, _) = await UpAsync(path, Checkpoint.Empty);
        return state;
    }

    private static async Task<(Checkpoint State, RehearsalResult Result)> UpAsync(string path, Checkpoint state)
    {
        var saved = state;
        var request = RehearsedStack.RequestFor(path) with { Kind = OperationKind.Update, State = state, Save = checkpoint => saved = checkpoint };
        var (_, result, _) = await RehearsedStack.RunAsync(request);
        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        return (saved, result);
    }
}
