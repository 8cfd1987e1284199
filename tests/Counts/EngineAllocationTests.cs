using System.Buffers;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.Services;
using Rehearsal.State;

namespace Tests.Counts;

// Promise: what the engine allocates for a resource is counted, from the bytes of its registration to those of the answer, and the same for each of many.
public sealed class EngineAllocationTests
{
    private const int Count = 500;
    private const string Group = "urn:pulumi:s::p::bench:index:Group::group";

    private static readonly byte[][] Registrations = [.. Enumerable.Range(0, 2 * Count).Select(number => RandomId(number).ToByteArray())];

    [Fact]
    public void AResourceThatIsNewInAPreview() => Holds(Bound.PreviewOfNothing, OperationKind.Preview, Checkpoint.Empty);

    [Fact]
    public void AResourceThatAnUpdateMakes() => Holds(Bound.Update, OperationKind.Update, Checkpoint.Empty);

    [Fact]
    public void AResourceThatAPreviewFindsAsTheStateHasIt() =>
        Holds(Bound.PreviewOfState, OperationKind.Preview, Register(OperationKind.Update, Checkpoint.Empty, Registrations).State);

    private static void Holds(Bound bound, OperationKind kind, Checkpoint state)
    {
        // Once unmeasured: what is made once for all resources, and by code that was not optimized yet, is no resource's
        Register(kind, state, Registrations);
        var (first, all, _) = Register(kind, state, Registrations);

        bound.Holds((double)(all - first) / Count);
        Bound.Growth.Holds((double)(all - first) / first);
    }

    // What this thread allocated for the first half and for all, and the state that it came to.
    private static (long First, long All, Checkpoint State) Register(OperationKind kind, Checkpoint state, byte[][] registrations)
    {
        var secrets = new SecretFilter();
        var events = new EventStream(Unwatched.Instance, secrets);
        using var context = new EngineContext(
            new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "p", Stack = "s", Kind = kind, State = state },
            events, secrets, SchemaStore.Bundled);
        var register = new ResourceMonitorService(context).Verbs.Single(verb => verb.Method.EndsWith("/RegisterResource", StringComparison.Ordinal));
        var operations = new Operations(context);
        var answers = new ArrayBufferWriter<byte>(1 << 16);
        operations.Begin();
        Answer(new RegisterResourceRequest { Type = "pulumi:pulumi:Stack", Name = "p-s" }.ToByteArray());
        Answer(new RegisterResourceRequest { Type = "bench:index:Group", Name = "group", Parent = "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s" }.ToByteArray());
        var (before, first) = (GC.GetAllocatedBytesForCurrentThread(), 0L);
        for (var number = 0; number < registrations.Length; number++)
        {
            if (number == registrations.Length / 2)
            {
                first = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Answer(registrations[number]);
        }
        var all = GC.GetAllocatedBytesForCurrentThread() - before;
        operations.DeleteTheRest();
        operations.Finish();
        events.Diagnostics.ShouldBeEmpty();
        context.Steps.Plan.Steps.Count(step => step.Type == "random:index/randomId:RandomId").ShouldBe(registrations.Length);
        return (first, all, context.Snapshot.Checkpoint(StateSecrets.Closed));

        void Answer(byte[] request)
        {
            var answer = register.Answer(new ReadOnlySequence<byte>(request));
            answer.IsCompletedSuccessfully.ShouldBeTrue("otherwise another thread did the work, and what it allocated was not counted");
            answers.ResetWrittenCount();
            Frame.Write(answers, answer.Result);
        }
    }

    // As an SDK sends it: each depends on the one before it.
    private static RegisterResourceRequest RandomId(int number)
    {
        var request = new RegisterResourceRequest
        {
            Type = "random:index/randomId:RandomId",
            Name = Name(number),
            Parent = Group,
            Custom = true,
            Version = "4.21.2",
            AcceptSecrets = true,
            AcceptResources = true,
            SupportsResultReporting = true,
            Object = new Struct
            {
                Fields =
                {
                    ["byteLength"] = Value.ForNumber(8),
                    ["prefix"] = Value.ForString($"prefix-{number}"),
                    ["keepers"] = Value.ForStruct(new Struct
                    {
                        Fields = { ["group"] = Value.ForString("0"), ["previous"] = Value.ForString(number == 0 ? "none" : $"{number - 1}") },
                    }),
                },
            },
        };
        if (number > 0)
        {
            var previous = $"urn:pulumi:s::p::bench:index:Group$random:index/randomId:RandomId::{Name(number - 1)}";
            request.Dependencies.Add(previous);
            request.PropertyDependencies["keepers"] = new Urns { Urns_ = { previous } };
        }
        return request;
    }

    // As long for each of them, so that all cost the same
    private static string Name(int number) => $"id-{number.ToString("0000", CultureInfo.InvariantCulture)}";
}
