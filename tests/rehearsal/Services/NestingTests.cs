using Protocol;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.State;
using Rehearsal.Wire;
using Rehearsal;
using Tests.Rehearsal.Support;
using Tests.Support;

namespace Tests.Rehearsal.Services;

// Promise: values may be nested as deep as Pulumi's own engine reads them; what is deeper is refused in a sentence, and nothing overflows.
[Trait(Long.Category, Long.Name)]
public class NestingTests
{
    [Theory]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(3300)]
    public async Task DeepObjectsAndLists_ComeBackAsTheyWere(int depth)
    {
        await using var engine = await EngineServer.StartAsync();
        var inputs = PropertyMap.Create(("objects", Objects(depth)), ("lists", Lists(depth)));

        var answer = await engine.RegisterAsync("any:index:Thing", "deep", request => request.Object = PropertyEncoder.Encode(inputs));

        Depth(PropertyDecoder.Decode(answer.Object)["objects"]).ShouldBe(depth);
        Depth(PropertyDecoder.Decode(answer.Object)["lists"]).ShouldBe(depth);
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1200)]
    public async Task DeepValues_AreKeptComparedAndShown(int depth)
    {
        var (kept, state) = (PropertyMap.Create(("a", Objects(depth, "old"))), Checkpoint.Empty);
        await using (var engine = await EngineServer.StartAsync(request => request with { Kind = OperationKind.Update }))
        {
            await engine.RegisterAsync("any:index:Thing", "deep", request => request.Object = PropertyEncoder.Encode(kept));
            state = CheckpointReader.Read(CheckpointWriter.Write(engine.State, showSecrets: true), "state", _ => null);
        }
        Depth(state.Resources.Single(resource => resource.Urn.Name == "deep").Inputs["a"]).ShouldBe(depth);

        await using var next = await EngineServer.StartAsync(request => request with { State = state });
        var changed = PropertyEncoder.Encode(PropertyMap.Create(("a", Objects(depth, "new"))));
        await next.RegisterAsync("any:index:Thing", "deep", request => request.Object = changed);

        next.Step("deep").Operation.ShouldBe(Operation.Update);
        var result = new RehearsalResult
        { Outcome = RehearsalOutcome.Succeeded, Plan = next.Plan.Ordered(), Outputs = PropertyMap.Empty, Diagnostics = [], Duration = TimeSpan.Zero };
        foreach (var (verbose, diff, json) in new[] { (true, false, false), (false, true, false), (false, false, true) })
        {
            using var output = new StringWriter();
            if (json)
            {
                PreviewJson.Write(output, new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "p", Stack = "s" }, result);
            }
            else
            {
                PreviewRenderer.Write(new Terminal(output, output, colouredOutput: false, colouredError: false), result, verbose, diff);
            }
            output.ToString().ShouldContain("deep");
        }
    }

    [Fact]
    public async Task Rejects_WhatIsNestedDeeperThanPulumiReads()
    {
        await using var engine = await EngineServer.StartAsync();

        var inputs = DeepMessage.OnDeepStack(() => PropertyEncoder.Encode(PropertyMap.Create(("a", Objects(3_400)))));

        var problem = await Should.ThrowAsync<GrpcException>(
            () => engine.RegisterAsync("any:index:Thing", "deep", request => request.Object = inputs));

        problem.Message.ShouldBe("a value has too many levels of nesting: at most 3,333 objects, or 5,000 lists, may be within one another");
    }

    private static PropertyValue Objects(int depth, string leaf = "leaf")
    {
        PropertyValue value = new StringProperty(leaf);
        for (var level = 0; level < depth; level++)
        {
            value = new ObjectProperty(PropertyMap.Create(("a", value)));
        }
        return value;
    }

    private static PropertyValue Lists(int depth)
    {
        PropertyValue value = new StringProperty("leaf");
        for (var level = 0; level < depth; level++)
        {
            value = new ListProperty([value]);
        }
        return value;
    }

    private static int Depth(PropertyValue value)
    {
        for (var depth = 0; ; depth++)
        {
            switch (value)
            {
                case ObjectProperty map:
                    value = map.Properties["a"];
                    break;
                case ListProperty list:
                    value = list.Items[0];
                    break;
                default:
                    return depth;
            }
        }
    }
}
