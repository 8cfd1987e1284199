using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Planning;

// Promise: whatever a program was and becomes, an update leads from the one to the other, a second one finds nothing to do, and a replacement takes along what
// it must and nothing else.
public class UpdateProperties
{
    private const int Most = 8;

    [Fact]
    public void AnUpdate_LeadsFromTheOneProgramToTheOther_AndASecondOneChangesNothing() =>
        Prop.ForAll(
                Arb.From(Programs),
                Arb.From(Programs),
                (argument, index) =>
                {
                    var before = Applied(null, argument);
                    var after = Applied(before.State, index);
                    var again = Applied(after.State, index);

                    Names(before).ShouldBe(argument.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal));
                    Names(after).ShouldBe(index.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal));
                    after.State.Problem().ShouldBeNull();
                    after.State.Resources.ShouldAllBe(request => !request.Delete && !request.PendingReplacement);
                    after.State.Pending.ShouldBeEmpty();
                    again.Plan.HasChanges.ShouldBeFalse();
                    foreach (var resource in after.State.Resources.Where(request => request.Type == Rehearsed.Id))
                    {
                        resource.Outputs["keepers"].ShouldBe(resource.Inputs["keepers"]);
                    }
                }).QuickCheckThrowOnFailure();

    [Fact]
    public void APreview_SaysWhatTheUpdateDoes_AndChangesNothing() => Prop.ForAll(Arb.From(Programs), Arb.From(Programs), (argument, index) =>
    {
        var before = Applied(null, argument).State;
        var text = CheckpointWriter.Write(before with { Manifest = "{}" });

        var preview = Applied(before, index, OperationKind.Preview);
        CheckpointWriter.Write(before with { Manifest = "{}" }).ShouldBe(text);
        preview.Done.ShouldBe(Applied(before, index).Done);
    }).QuickCheckThrowOnFailure();

    // The model: what is replaced, and all that keep a value of something replaced; who only waits for it stays
    [Fact]
    public void AReplacement_TakesAlongWhoKeepsItsValues_AndNobodyElse()
        => Prop.ForAll(Arb.From(Programs), Arb.From(Gen.Choose(0, Most)), Arb.From(Gen.Elements(true, false)), (program, chosen, first) =>
    {
        if (program.Nodes.IsEmpty)
        {
            return;
        }
        var root = program.Nodes[chosen % program.Nodes.Length];
        var changed = program with { Nodes = program.Nodes.Replace(root, root with { Value = root.Value + "!", First = first }) };
        var replaced = new HashSet<string>(StringComparer.Ordinal) { root.Name };
        foreach (var node in program.Nodes.Where(name => name.Of.Any(replaced.Contains)))
        {
            replaced.Add(node.Name);
        }

        var update = Applied(Applied(null, program).State, changed);

        update.Plan.Steps.Where(step => step.Operation == Operation.Replace).Select(step => step.Name).Order(StringComparer.Ordinal)
            .ShouldBe(replaced.Order(StringComparer.Ordinal));
        update.Plan.Steps.Where(step => step.Operation == Operation.Same && step.Type == Rehearsed.Id).Select(step => step.Name).Order(StringComparer.Ordinal)
            .ShouldBe(program.Nodes.Select(item => item.Name).Where(item => !replaced.Contains(item)).Order(StringComparer.Ordinal));
        if (first)
        {
            // All that goes has gone before the first comes back
            var operations = update.Done.Select(data => data.Split(' ')[0]).Where(option => option is "delete-replaced" or "create-replacement").ToArray();
            operations.Take(replaced.Count).ShouldAllBe(operation => operation == "delete-replaced");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Deletions_GoBeforeWhatTheyDependOn() => Prop.ForAll(Arb.From(Programs), program =>
    {
        var before = Applied(null, program).State;
        var destroyed = Rehearsed.Destroy(before);

        destroyed.State.Resources.ShouldBeEmpty();
        var places = destroyed.Plan.Steps.Select((step, place) => (step.Urn, place)).ToDictionary(text => text.Urn, text => text.place);
        foreach (var resource in before.Resources)
        {
            foreach (var other in DependencyGraph.References(resource, children: true))
            {
                places[resource.Urn].ShouldBeLessThan(places[other]);
            }
        }
    }).QuickCheckThrowOnFailure();

    private static Rehearsed Applied(Checkpoint? state, Program program, OperationKind kind = OperationKind.Update)
    {
        // As a program does: what it keeps of others are their outputs as it gets them
        var run = new Rehearsed(kind, state);
        run.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
        var outputs = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var node in program.Nodes)
        {
            var goal = Rehearsed.Follower(node.Name, ImmutableDictionary<string, string>.Empty.Add("own", node.Value), node.Of, node.After, node.First ? true
                : null);
            var keepers = ((ObjectProperty)goal.Properties["keepers"]).Properties;
            keepers = node.Of.Aggregate(keepers, (all, other) => all.With(other, outputs[other]));
            outputs[node.Name] = run.Register(goal with { Properties = goal.Properties.With("keepers", new ObjectProperty(keepers)) }).State.Outputs["hex"];
        }
        run.End();
        return run;
    }

    private static IEnumerable<string> Names(Rehearsed run)
        => run.State.Resources.Where(resource => resource.Type == Rehearsed.Id).Select(resource => resource.Urn.Name).Order(StringComparer.Ordinal);

    // Resources in an order in which each may depend on those before it, by value or by waiting
    private static readonly Gen<Program> Programs = from mask in Gen.Choose(0, (1 << Most) - 1)
                                                    from links in Gen.Choose(0, 3).ArrayOf(Most * Most)
                                                    from values in Gen.Elements("x", "y").ArrayOf(Most)
                                                    select Make(mask, links, values);

    private static Program Make(int mask, int[] links, string[] values)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (var i = 0; i < Most; i++)
        {
            if ((mask & (1 << i)) == 0)
            {
                continue;
            }
            string[] Others(int kind) => [.. nodes.Where(node => links[(i * Most) + (node.Name[0] - 'a')] == kind).Select(node => node.Name)];
            nodes.Add(new Node($"{(char)('a' + i)}", values[i], Others(1), Others(2), First: false));
        }
        return new Program(nodes.ToImmutable());
    }

    private sealed record Program(ImmutableArray<Node> Nodes)
    {
        public override string ToString()
            => string.Join("; ", Nodes.Select(node => $"{node.Name}={node.Value} of [{string.Join(',', node.Of)}] after [{string.Join(',', node.After)}]"));
    }

    private sealed record Node(string Name, string Value, string[] Of, string[] After, bool First);
}
