using System.Collections.Concurrent;
using Protocol;
using Pulumi;
using Pulumi.Random;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.Services;
using Tests.Sdk.Core.Support;

namespace Tests.Counts;

// Promise: a resource is one call to the engine, and what SDK, connection and engine allocate for it together is counted. No other test runs beside these.
[Collection(RecordingEngine.Collection)]
public sealed class ProgramCallTests
{
    private const int PerGroup = 10;
    private const int Groups = 20;

    private sealed class Group : ComponentResource
    {
        public Group(int number, int size) : base("bench:index:Group", $"group-{number}")
        {
            RandomId? previous = null;
            for (var i = 0; i < size; i++)
            {
                previous = new RandomId($"id-{number}-{i}", new RandomIdArgs
                {
                    ByteLength = 8,
                    Prefix = $"prefix-{i}",
                    Keepers = { ["group"] = $"{number}", ["previous"] = previous is null ? "none" : previous.Hex },
                }, new CustomResourceOptions { Parent = this });
            }
            RegisterOutputs(new Dictionary<string, object?> { ["last"] = previous!.Hex });
        }
    }

    [Fact]
    public async Task Calls_AreOneForAResource_AndTwoForAComponent()
    {
        var (none, few) = ((await RunAsync(groups: 0)).Calls, (await RunAsync(1)).Calls);
        var (larger, more) = ((await RunAsync(1, 3 * PerGroup)).Calls, (await RunAsync(2)).Calls);

        Bound.CallsOfAProgram.Holds(none.Values.Sum(), Lines(none));
        var perResource = (larger.Values.Sum() - few.Values.Sum()) / (2.0 * PerGroup);
        Bound.CallsPerResource.Holds(perResource, Lines(larger));
        Bound.CallsPerComponent.Holds(more.Values.Sum() - few.Values.Sum() - (perResource * PerGroup), Lines(more));
    }

    [Fact]
    public async Task AResource_AllocatesNoMoreThanItDid()
    {
        await RunAsync(2 * Groups);
        var (few, many) = (await RunAsync(Groups), await RunAsync(2 * Groups));

        Bound.Registration.Holds((double)(many.Bytes - few.Bytes) / (Groups * PerGroup));
    }

    private static IEnumerable<string> Lines(IReadOnlyDictionary<string, int> calls) =>
        calls.OrderBy(call => call.Key).Select(call => $"{call.Value} {call.Key}");

    // A preview of so many components of so many resources: the calls by name, and what all threads of this process allocated meanwhile.
    private static async Task<(IReadOnlyDictionary<string, int> Calls, long Bytes)> RunAsync(int groups, int size = PerGroup)
    {
        var calls = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var secrets = new SecretFilter();
        var events = new EventStream(Unwatched.Instance, secrets);
        using var context = new EngineContext(
            new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "shop", Stack = "test", Organization = "acme" },
            events, secrets, SchemaStore.Bundled);
        IEnumerable<Verb> verbs = [.. new ResourceMonitorService(context).Verbs, .. new EngineService(context).Verbs];
        await using var server = new GrpcServer(verbs.Select(Counted), (_, cause) => new GrpcException(GrpcStatus.Internal, cause.Message, cause));
        await server.StartAsync(CancellationToken.None);
        var variables = RecordingEngine.Variables(isPreview: true);
        (variables[ProgramVariables.Monitor], variables[ProgramVariables.Engine]) = (server.Address, server.Address);
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
        try
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var exit = await Deployment.RunAsync(() =>
            {
                for (var group = 0; group < groups; group++)
                {
                    _ = new Group(group, size);
                }
            });
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;

            exit.ShouldBe(0, string.Join('\n', events.Diagnostics.Select(diagnostic => diagnostic.Message)));
            context.Steps.Plan.Steps.Count(step => step.Type == "random:index/randomId:RandomId").ShouldBe(groups * size);
            return (calls, bytes);
        }
        finally
        {
            foreach (var name in variables.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        Verb Counted(Verb verb) => verb with
        {
            Answer = request =>
            {
                calls.AddOrUpdate(verb.Method[(verb.Method.LastIndexOf('/') + 1)..], 1, (_, count) => count + 1);
                return verb.Answer(request);
            },
        };
    }
}
