using Protocol;
using Pulumirpc;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// Promise: values may be nested as deep as Pulumi's own engine reads them; what is deeper is refused in a sentence, and nothing overflows.
public class NestingTests
{
    [Theory]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(1000)]
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
    [InlineData(3400)]
    [InlineData(20_000)]
    public async Task Rejects_WhatIsNestedDeeperThanPulumiReads(int depth)
    {
        await using var engine = await EngineServer.StartAsync();

        var problem = await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(
            "any:index:Thing", "deep", request => request.Object = DeepMessage.OnDeepStack(() => PropertyEncoder.Encode(PropertyMap.Create(("a", Objects(depth)))))));

        problem.Message.ShouldBe("a value has too many levels of nesting: at most 3,333 objects, or 5,000 lists, may be within one another");
    }

    private static PropertyValue Objects(int depth)
    {
        PropertyValue value = new StringProperty("leaf");
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
