using System.Collections.Immutable;
using Pulumi;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: of thousands of resources some are sent at a time, and neither that nor what they wait for shows in what is sent.
[Collection(RecordingEngine.Collection)]
public sealed class CrowdTests
{
    // More than there are places for registrations, and for all other calls
    private const int Many = 600;

    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task TransformsThatAskTheEngine_WaitForNoRegistrationThatWaitsForThem()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            for (var i = 0; i < Many; i++)
            {
                _ = new Widget($"widget-{i}", new WidgetArgs { Text = $"{i}" }, new CustomResourceOptions { ResourceTransforms = { AskAsync } });
            }
        })).WaitAsync(Enough);

        (run.ExitCode, run.Registrations.Count, run.Invokes.Count).ShouldBe((0, Many + 1, Many));

        static async Task<ResourceTransformResult?> AskAsync(ResourceTransformArgs args, CancellationToken cancellation)
        {
            await Deployment.Instance.InvokeAsync<ImmutableDictionary<string, object>>(
                "test:index:look", new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("name", args.Name)));
            return null;
        }
    }

    [Fact]
    public async Task ResourcesInChains_AreSentWithWhatTheyWaitedFor()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            Widget? previous = null;
            for (var i = 0; i < Many; i++)
            {
                previous = new Widget($"widget-{i}", new WidgetArgs
                {
                    Text = previous is null ? "none" : previous.Address,
                    List = { "first", previous is null ? "none" : previous.Address },
                    Map = { ["previous"] = previous is null ? "none" : previous.Address, ["number"] = $"{i}" },
                });
            }
        })).WaitAsync(Enough);

        for (var i = 1; i < Many; i++)
        {
            var (name, address) = ($"widget-{i}", $"widget-{i - 1}.test");
            run.Inputs(name).ShouldBe($$$"""{"list":["first","{{{address}}}"],"map":{"number":"{{{i}}}","previous":"{{{address}}}"},"text":"{{{address}}}"}""");
            var urns = run.Registration(name).PropertyDependencies.ToDictionary(property => property.Key, property => property.Value.Urns_.Single());
            urns.Keys.Order(StringComparer.Ordinal).ShouldBe(["list", "map", "text"]);
            urns.Values.ShouldAllBe(urn => urn.EndsWith($"::widget-{i - 1}", StringComparison.Ordinal));
        }
    }

    // The map is read when it is its turn: behind an output that is not there yet, after the program has gone on
    [Theory]
    [InlineData(false, """{"map":{"own":"1"},"text":"plain"}""")]
    [InlineData(true, """{"map":{"own":"1"},"text":"slow.test"}""")]
    public async Task WhatIsAddedToAMapAfterwards_IsNotSent_WhereNothingInFrontOfItWaits(bool waits, string expected)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(async () =>
        {
            var slow = new Widget("slow");
            // Once the engine has said what it can do, inputs are read at once
            await Done(new Widget("first").Address);
            var args = new MapFirstArgs { Map = { ["own"] = "1" }, Text = waits ? new Widget("slower", new WidgetArgs { Text = slow.Address }).Address : "plain" };
            _ = new Later("later", args);
            args.Map.Add("added", "2");
        }));

        run.Inputs("later").ShouldBe(waits ? expected.Replace("slow.", "slower.", StringComparison.Ordinal) : expected);
    }

    [Fact]
    public async Task AnInputThatCannotTravel_IsRefused_ThoughAnotherBehindItIsNeverThere()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            _ = new Later("later", new MapFirstArgs { Any = new Version(1, 0), Text = new DeferredOutput<string>().Output });
        })).WaitAsync(Enough);

        run.Errors.Single().ShouldContain("System.Version is not a supported argument type.\n\tresource:later[test:index:Later].any");
    }

    [Fact]
    public async Task AnOutputThatFails_IsNamedAsTheInputThatItIs()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(async () =>
        {
            await Done(new Widget("first").Address);
            _ = new Later("later", new MapFirstArgs { Map = { ["a"] = Output.Create(FailAsync()) } });
        })).WaitAsync(Enough);

        run.Errors.Single().ShouldContain("it is broken");
        run.Registrations.ShouldNotContain(registration => registration.Name == "later");
    }

    private static async Task<string> FailAsync()
    {
        await Task.Delay(20);
        throw new InvalidOperationException("it is broken");
    }

    private static Task Done<T>(Output<T> output)
    {
        var done = new TaskCompletionSource();
        output.Apply(_ =>
        {
            done.SetResult();
            return true;
        });
        return done.Task;
    }

    private sealed class MapFirstArgs : ResourceArgs
    {
        [Input("map")]
        public InputMap<string> Map { get; set; } = [];

        [Input("any")]
        public Input<object>? Any { get; set; }

        [Input("text")]
        public Input<string>? Text { get; set; }
    }

    private sealed class Later(string name, MapFirstArgs args) : CustomResource("test:index:Later", name, args, new CustomResourceOptions(), null);
}
