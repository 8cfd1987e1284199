using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Stacks.Support;

namespace Tests.Stacks;

// Promise: whoever deployed a stack and changes nothing is shown no change, and what was generated once stays. `.ci/run` asks it of every stack file.
public sealed class SecondUpdateTests
{
    [Theory]
    [InlineData("Pulumi.dev.yaml")]
    [InlineData("stacks/examples/Pulumi.gke-prod.yaml")]
    public async Task AnUpdate_LeavesNothingToDo(string path)
    {
        var first = await RehearsedStack.Deployed(path);

        var (second, plan) = await RehearsedStack.UpdatedAsync(RehearsedStack.RequestFor(path), first);

        plan.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read)).Select(step => $"{step.Operation} {step.Urn}").ShouldBeEmpty();
        second.Resources.ToDictionary(resource => resource.Urn, Lasting)
            .ShouldBe(first.Resources.ToDictionary(resource => resource.Urn, Lasting), ignoreOrder: true);
    }

    [Fact]
    public async Task OneKeeperChanged_ReplacesWhatItKeeps_AndWhatFollowsFromIt()
    {
        var request = RehearsedStack.RequestFor("Pulumi.dev.yaml");
        var state = await RehearsedStack.Deployed("Pulumi.dev.yaml");
        var kept = state.Resources.First(resource => resource.Inputs.Find("keepers") is ObjectProperty { Properties.Count: > 0 });
        // As if the keeper had been another one when the value was generated
        var before = state with { Resources = [.. state.Resources.Select(resource => resource.Urn == kept.Urn ? WithAnotherKeeper(resource) : resource)] };

        var plan = await RehearsedStack.PreviewedAsync(request, before);

        var changed = plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read)).ToArray();
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
}
