using Pulumi;
using Pulumi.Utilities;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: at the edges outputs do what the official SDK's outputs do.
// Each case names the place in github.com/pulumi/pulumi-dotnet, sdk/Pulumi, that says what is right.
[Collection(RecordingEngine.Collection)]
public sealed class OutputEdgeTests
{
    private sealed class Inventory
    {
        public InputList<string> Names { get; set; } = [];

        public InputMap<InputList<int>>? Counts { get; set; }
    }

    private sealed class Deep
    {
        public Output<Inventory>? Inside { get; set; }
    }

    // Core/Output.cs, OutputData.Combine in AllHelperAsync and TupleHelperAsync, ApplyHelperAsync, JsonSerialize, JsonDeserialize;
    // Core/InputList.cs; Core/InputMap.cs
    public static TheoryData<string, Func<Output<string>, Output<string>>> Paths() => new()
    {
        { "apply", both => both.Apply(text => text + "!") },
        { "apply to an output", both => Output.Create("x").Apply(_ => both) },
        { "all", both => Output.All(Output.Create("x"), both).Apply(all => all[0]) },
        { "tuple", both => Output.Tuple(both, Output.Create(1)).Apply(type => type.Item1) },
        { "format", both => Output.Format($"at {both}") },
        { "json", both => Output.JsonSerialize(Output.Create(new Inventory { Names = { "a", both } })) },
        { "json of json", both => Output.JsonSerialize(Output.JsonDeserialize<Inventory>(both)) },
        { "list", both => new InputList<string> { "a", both }.ToOutput().Apply(list => list[0]) },
        { "concatenation", both => new InputList<string> { "a" }.Concat(new[] { both }).Apply(list => list[0]) },
        { "map", both => new InputMap<string> { ["k"] = both }.ToOutput().Apply(map => map["k"]) },
        { "merged map", both => InputMap<string>.Merge(new() { ["a"] = "1" }, new() { ["k"] = both }).Apply(map => map["a"]) },
        { "dependency", both => OutputUtilities.WithDependency(both, new Widget("other")) },
        { "input", both => ((Input<string>)both).Apply(text => text) },
        { "union", both => ((InputUnion<int, string>)both).Apply(union => $"{union.Value}") },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task SecretsThatAreUnknown_StayBoth_AndTravelAsUnknown(string path, Func<Output<string>, Output<string>> through)
    {
        Output<string>? result = null;

        var run = await RecordingEngine.RunAsync(
            () => Deployment.RunAsync(() =>
            {
                result = through(Output.CreateSecret(new Widget("later").Address));
                _ = new Widget("widget", new WidgetArgs { Text = result });
            }),
            isPreview: true);

        run.Errors.ShouldBeEmpty();
        (await OutputUtilities.GetIsKnownAsync(result!), await Output.IsSecretAsync(result!), run.Inputs("widget"))
            .ShouldBe((false, true, """{"text":"$unknown"}"""), path);
        run.PropertyDependencies("widget").ShouldContain("later");
    }

    // Core/Output.cs, the converters of InputList and InputMap behind JsonSerialize
    [Fact]
    public async Task Json_KnowsListsAndMapsAtAnyDepth()
    {
        var counts = new InputMap<InputList<int>> { ["one"] = Output.Create(new InputList<int> { 1, 2 }), ["none"] = Output.Create(new InputList<int>()) };
        var inventory = new Inventory { Names = { "a", Output.CreateSecret("b") }, Counts = counts };

        var seen = Output.JsonSerialize(Output.Create(new Deep { Inside = Output.Create(inventory) }));

        (await OutputUtilities.GetValueAsync(seen)).ShouldBe("""{"Inside":{"Names":["a","b"],"Counts":{"one":[1,2],"none":[]}}}""");
        (await Output.IsSecretAsync(seen)).ShouldBeTrue();
    }

    // Core/Output.cs, the converters of InputList and InputMap behind JsonDeserialize: what is inside is as secret as the text
    [Fact]
    public async Task Json_ReadsListsAndMaps_WithTheMarksOfTheText()
    {
        var read = await OutputUtilities.GetValueAsync(Output.JsonDeserialize<Inventory>(Output.CreateSecret("""{"Names":["x","y"],"Counts":{"k":[3]}}""")));

        var names = read.Names.ToOutput();
        var count = read.Counts!.ToOutput().Apply(counts => counts["k"].ToOutput());
        string.Join(" ", await OutputUtilities.GetValueAsync(names)).ShouldBe("x y");
        (await OutputUtilities.GetValueAsync(count)).ShouldBe([3]);
        (await Output.IsSecretAsync(names), await Output.IsSecretAsync(count)).ShouldBe((true, true));
    }

    // Core/Output.cs, GetValueAsync behind OutputUtilities.GetValueAsync
    [Fact]
    public async Task Value_OfWhatIsNotKnown_IsTheDefault() => (
        await OutputUtilities.GetValueAsync(OutputUtilities.CreateUnknown("never seen")),
        await OutputUtilities.GetValueAsync(OutputUtilities.CreateUnknown(7)),
        await OutputUtilities.GetValueAsync(OutputUtilities.CreateUnknown<string>(() => throw new InvalidOperationException("must not run"))))
        .ShouldBe((null, 0, null));

    // Core/Output.cs, Create, CreateSecret, JsonSerialize, JsonDeserialize; Core/OutputUtilities.cs, WithDependency
    [Fact]
    public void Rejects_NothingWhereAnOutputIsMadeFromSomething() => new[]
    {
        Should.Throw<ArgumentNullException>(() => Output.Create((Task<string>)null!)).ParamName,
        Should.Throw<ArgumentNullException>(() => Output.CreateSecret((Output<string>)null!)).ParamName,
        Should.Throw<ArgumentNullException>(() => Output.JsonSerialize<string>(null!)).ParamName,
        Should.Throw<ArgumentNullException>(() => Output.JsonDeserialize<string>(null!)).ParamName,
        Should.Throw<ArgumentNullException>(() => OutputUtilities.WithDependency(Output.Create(1), null!)).ParamName,
    }.ShouldBe(["value", "value", "value", "json", "resource"]);

    // Core/Output.cs, Apply: a missing output or input is a known null, a missing task an error
    [Fact]
    public async Task Apply_TakesNoTaskThatIsNull()
    {
        var input = Output.CreateSecret("x").Apply(_ => (Input<string>?)null);
        Task<string> none = null!;

        (await OutputUtilities.GetValueAsync(input), await OutputUtilities.GetIsKnownAsync(input), await Output.IsSecretAsync(input))
            .ShouldBe((null, true, true));
        (await Should.ThrowAsync<ArgumentNullException>(() => OutputUtilities.GetValueAsync(Output.Create("x").Apply(_ => none)))).ParamName.ShouldBe("value");
    }

    // Core/DeferredOutput.cs, Resolve
    [Fact]
    public async Task DeferredOutputs_AreResolvedOnce_AndFailWithTheirSource()
    {
        var deferred = new DeferredOutput<string>();
        deferred.Resolve(Output.Create(Task.FromException<string>(new InvalidOperationException("gives up"))));

        Should.Throw<InvalidOperationException>(() => deferred.Resolve(Output.Create("second")));
        (await Should.ThrowAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(deferred.Output))).Message.ShouldBe("gives up");
    }

    // Deployment/Deployment_Run.cs, TestAsync, with Testing/TestStack.cs: a test's outputs are not registered
    [Fact]
    public async Task Outputs_OfATest_MayBeOfAnyType()
    {
        var (_, outputs) = await Deployment.TestAsync(new StackMocks(), new() { IsPreview = false }, () =>
        {
            var other = new StackReference("other");
            return new[] { "open", "hidden", "none" }.ToDictionary(name => name, object? (name) => other.GetOutputDetailsAsync(name));
        });

        var details = new Dictionary<string, (object?, object?)>();
        foreach (var (name, output) in outputs)
        {
            var found = await (Task<StackReferenceOutputDetails>)output!;
            details[name] = (found.Value, found.SecretValue);
        }
        details.ShouldBe(
            new Dictionary<string, (object?, object?)> { ["open"] = ("o", null), ["hidden"] = (null, "h"), ["none"] = (null, null) }, ignoreOrder: true);
    }

    // Resources/StackReference.cs, GetValueAsync and RequireValueAsync
    [Fact]
    public async Task Rejects_SecretsOfAnotherStack_AsPlainValues()
    {
        var messages = new List<string>();

        await Deployment.TestAsync(new StackMocks(), new() { IsPreview = false }, async () =>
        {
            var other = new StackReference("other");
            messages.Add((string)await other.RequireValueAsync("open"));
            messages.Add((await Should.ThrowAsync<InvalidOperationException>(() => other.GetValueAsync("hidden"))).Message);
            messages.Add((await Should.ThrowAsync<InvalidOperationException>(() => other.RequireValueAsync("hidden"))).Message);
        });

        messages.ShouldBe(
        [
            "o",
            "Cannot call 'GetOutputValueAsync' if the referenced stack has secret outputs. Use 'GetOutput' instead.",
            "Cannot call 'RequireOutputValueAsync' if the referenced stack has secret outputs. Use 'RequireOutput' instead.",
        ]);
    }

    // Deployment/Deployment.EnginerLogger.cs, TryGetResourceUrnAsync and LogAsync
    [Fact]
    public async Task Messages_AboutAResourceThatFailed_Arrive_AndNoneMayBeNull()
    {
        var about = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => Log.Warn("it may be refused", new Widget("refused"))));
        var nothing = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => Log.Info(null!)));

        about.Warnings.ShouldBe(["it may be refused"]);
        about.Errors.ShouldHaveSingleItem().ShouldContain("the engine refuses it");
        (nothing.ExitCode, nothing.IsShutDown).ShouldBe((1, false));
    }

    private sealed class StackMocks : Pulumi.Testing.IMocks
    {
        public Task<(string? id, object state)> NewResourceAsync(Pulumi.Testing.MockResourceArgs args) =>
            Task.FromResult<(string?, object)>((args.Name, new Dictionary<string, object>
            {
                ["name"] = args.Name!,
                ["outputs"] = new Dictionary<string, object> { ["open"] = "o", ["hidden"] = Output.CreateSecret("h") },
                ["secretOutputNames"] = new[] { "hidden" },
            }));

        public Task<object> CallAsync(Pulumi.Testing.MockCallArgs args) => throw new NotSupportedException();
    }
}
