using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: the tree holds every resource once, below its parent.
public sealed class PlanTreeTests
{
    [Fact]
    public void Tree_HoldsEveryRow_EachAfterItsParent() => Prop.ForAll<NonEmptyArray<byte>>(parents =>
    {
        // Row i hangs below an earlier row, or is a root
        var rows = new List<PlanRow>();
        foreach (var (parent, index) in parents.Get.Select((parent, index) => (parent, index)))
        {
            rows.Add(Row($"r{index}", parent % (index + 1) == index ? null : rows[parent % (index + 1)].Urn));
        }
        var laid = PlanTree.Arrange(rows).Select(line => line.Row).ToList();
        return laid.Count == rows.Count && laid.ToHashSet().SetEquals(rows)
            && laid.All(row => row.Parent is null || laid.FindIndex(other => other.Urn == row.Parent) < laid.IndexOf(row));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Replacement_ShowsItsChildrenOnce()
    {
        var (old, child) = (Row("a", null), Row("b", Row("a", null).Urn));
        PlanRow[] rows = [old with { Operation = Operation.CreateReplacement }, old with { Operation = Operation.Replace }, child];

        PlanTree.Arrange(rows).Select(line => (line.Branches, line.Row.Urn.Name, line.Row.Operation)).ShouldBe(
            [("", "a", Operation.CreateReplacement), ("└─ ", "b", Operation.Create), ("", "a", Operation.Replace)]);
    }

    [Fact]
    public void OrphanOfAnUnknownParent_IsARoot() => PlanTree.Arrange([Row("b", Row("gone", null).Urn)]).Single().Branches.ShouldBe("");

    private static PlanRow Row(string name, Urn? parent) => new(Urn.Create("s", "p", null, "t:m:T", name), parent, "t:m:T", Operation.Create);
}
