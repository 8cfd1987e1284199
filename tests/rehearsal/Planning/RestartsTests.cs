using Google.Protobuf.WellKnownTypes;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.Wire;
using Tests.Rehearsal.Commands;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Planning;

// Promise: an update that takes something down for a moment says so, and no other does.
public class RestartsTests
{
    [Theory]
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec": {"template": {"spec": {"nodeName": "a"}}}}""", """{"spec": {"template": {"spec": {"nodeName": "b"}}}}""",
        "its pods are replaced one after another")]
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec": {"strategy": {"type": "Recreate"}, "template": {"spec": {"nodeName": "a"}}}}""",
        """{"spec": {"strategy": {"type": "Recreate"}, "template": {"spec": {"nodeName": "b"}}}}""", "all its pods stop before new ones start")]
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec": {"replicas": 1}}""", """{"spec": {"replicas": 2}}""", null)]
    [InlineData("kubernetes:apps/v1:StatefulSet", """{"spec": {"updateStrategy": {"type": "OnDelete"}, "template": {"spec": {"nodeName": "a"}}}}""",
        """{"spec": {"updateStrategy": {"type": "OnDelete"}, "template": {"spec": {"nodeName": "b"}}}}""", null)]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", """{"nodeType": "cache.t4g.small"}""", """{"nodeType": "cache.m7g.large"}""",
        "its nodes are replaced and connections end")]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", """{"snapshotWindow": "a"}""", """{"snapshotWindow": "b"}""", null)]
    [InlineData("aws:rds/instance:Instance", """{"instanceClass": "a"}""", """{"instanceClass": "b"}""", "the database restarts")]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"launchTemplate": {"id": "l", "version": "1"}}""", """{"launchTemplate": {"id": "l", "version": "2"}}""",
        "its nodes are drained and replaced")]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"releaseVersion": "1.35.6-20260728"}""", """{"releaseVersion": "1.35.7-20260828"}""",
        "its nodes are drained and replaced")]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"version": "1.35"}""", """{"version": "1.35", "releaseVersion": "1.35.7-20260828"}""",
        "its nodes are drained and replaced")]
    // What is no longer given stays as it is
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"version": "1.35", "releaseVersion": "1.35.6-20260728"}""", """{"version": "1.35"}""", null)]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", """{"settings": {"tier": "a"}}""", """{"settings": {"tier": "b"}}""", "the database restarts")]
    // A whole block that is not known yet may have anything in it
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", """{"settings": {"tier": "a"}}""", """{"settings": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""",
        "the database restarts")]
    [InlineData("aws:sqs/queue:Queue", """{"delaySeconds": 1}""", """{"delaySeconds": 2}""", null)]
    public void AnUpdate_SaysWhatItRestarts(string type, string before, string after, string? expected)
        => Restarts.Of(Step(Operation.Update, type, before, after)).ShouldBe(expected);

    [Theory]
    [InlineData(Operation.Create)]
    [InlineData(Operation.Replace)]
    [InlineData(Operation.Same)]
    public void OnlyAnUpdate_Restarts(Operation operation)
        => Restarts.Of(Step(operation, "aws:rds/instance:Instance", """{"instanceClass": "a"}""", """{"instanceClass": "b"}""")).ShouldBeNull();

    [Fact]
    public void TextAndJson_SayIt()
    {
        var result = Results.Empty with
        {
            Plan = new Plan([Step(Operation.Update, "aws:rds/instance:Instance", """{"instanceClass": "a"}""", """{"instanceClass": "b"}""")]),
        };
        using var text = new StringWriter();
        TreeRenderer.Write(new Terminal(text, text, colouredOutput: false, colouredError: false), result.Plan, verbose: false);
        using var json = new StringWriter();
        PreviewJson.Write(json, new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "p", Stack = "s" }, result);

        text.ToString().ShouldContain("update  [instanceClass] (the database restarts)");
        json.ToString().ShouldContain("\"restarts\": \"the database restarts\"");
    }

    private static PlanStep Step(Operation operation, string type, string before, string after)
    {
        var urn = Rehearsed.UrnOf(type, "r");
        ResourceState State(string inputs) => new() { Urn = urn, Type = type, Custom = true, Inputs = PropertyDecoder.Decode(Struct.Parser.ParseJson(inputs)) };
        return new PlanStep { Operation = operation, Urn = urn, Old = State(before), New = State(after), DiffReasons = ["instanceClass"] };
    }
}
