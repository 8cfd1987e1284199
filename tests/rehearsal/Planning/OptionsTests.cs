using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Planning;

// Every option of a resource does what it does in Pulumi's engine.
public class OptionsTests
{
    private static readonly ImmutableDictionary<string, string> One = ImmutableDictionary<string, string>.Empty.Add("v", "1");
    private static readonly ImmutableDictionary<string, string> Two = ImmutableDictionary<string, string>.Empty.Add("v", "2");

    [Fact]
    public void ReplaceOnChanges_ReplacesWhereAnUpdateWouldDo()
    {
        var before = Up(null, Map("1"));
        Rehearsed.Run(OperationKind.Preview, before, [Map("2")]).Done.ShouldBe(["update m"]);
        Rehearsed.Run(OperationKind.Preview, before, [Map("2") with { ReplaceOnChanges = ["metadata.labels"] }]).Done
            .ShouldBe(["create-replacement m", "replace m", "delete-replaced m"]);
    }

    [Fact]
    public void IgnoreChanges_OfAPathThatOnlyOneSideHas_IsAnError()
    {
        var run = Rehearsed.Run(OperationKind.Update, Up(null, Map("1")), [Map("2") with { IgnoreChanges = ["metadata.labels.v.deeper", "data.x.y"] }]);

        run.Events.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe([
            "cannot ignore changes to the following properties because one or more elements of the path are missing: \"metadata.labels.v.deeper\"",
        ]);
    }

    [Fact]
    public void AProtectedDependent_StopsAReplacementThatWouldTakeItAlong()
    {
        var before = Up(null, Rehearsed.Follower("a", One), Rehearsed.Follower("b", One, of: ["a"]) with { Protect = true });
        var run = Rehearsed.Run(OperationKind.Update, before,
            [Rehearsed.Follower("a", Two, first: true), Rehearsed.Follower("b", One, of: ["a"]) with { Protect = true }]);

        run.Done.ShouldBeEmpty();
        run.Events.Diagnostics[0].Message.ShouldStartWith(
            $"unable to replace resource \"{Rehearsed.UrnOf(Rehearsed.Id, "b")}\" as part of replacing \"{Rehearsed.UrnOf(Rehearsed.Id, "a")}\"");
    }

    [Fact]
    public void ReplaceWith_IsReplacedWithTheOther()
    {
        ResourceGoal With(string name) => Rehearsed.Follower(name, One) with { ReplaceWith = [Rehearsed.UrnOf(Rehearsed.Id, "a")] };
        var before = Up(null, Rehearsed.Follower("a", One), With("b"));

        Rehearsed.Run(OperationKind.Preview, before, [Rehearsed.Follower("a", Two), With("b")]).Plan.Steps.Single(step
            => step is { Name: "b", Operation: Operation.Replace }).ReplaceReasons.ShouldBe(["replaceWith"]);
    }

    [Fact]
    public void AKilledReplacement_IsTakenUpAgain()
    {
        // The state of an engine that ended between deleting and creating
        var before = Up(null, Rehearsed.Follower("a", One));
        before = before with
        {
            Resources = [.. before.Resources.Select(resource => resource.Type == Rehearsed.Id ? resource with { PendingReplacement = true } : resource)],
        };

        var run = Rehearsed.Run(OperationKind.Update, before, [Rehearsed.Follower("a", One)]);
        run.Done.ShouldBe(["replace a", "create-replacement a"]);
        run.State.Resources.Where(resource => resource.Type == Rehearsed.Id).ShouldHaveSingleItem().PendingReplacement.ShouldBeFalse();
        Rehearsed.Run(OperationKind.Update, before, []).Done.ShouldBe(["remove-pending-replace a"]);
    }

    [Fact]
    public void WhatWaitsForItsDeletion_IsDeletedLater()
    {
        var before = Up(null, Rehearsed.Follower("a", One));
        var old = before.Resources.Single(resource => resource.Type == Rehearsed.Id) with { Delete = true };
        before = before with { Resources = [.. before.Resources, old] };

        Rehearsed.Run(OperationKind.Update, before, [Rehearsed.Follower("a", One)]).Done.ShouldBe(["same a", "delete-replaced a"]);
    }

    [Fact]
    public void ATarget_ThatNeedsWhatIsLeftOut_IsAnError()
    {
        var run = Rehearsed.Run(
            OperationKind.Update, Up(null), [Rehearsed.Follower("a", One), Rehearsed.Follower("b", One, of: ["a"])], new PlanOptions { Targets = ["**::b"] });

        run.Events.Diagnostics[0].Message
            .ShouldBe($"Resource '{Rehearsed.UrnOf(Rehearsed.Id, "b")}' depends on '{Rehearsed.UrnOf(Rehearsed.Id,
            "a")}' which was was not specified in --target list.\n"
            + "Either include resource in --target list or pass --target-dependents to proceed.");
        run.State.Resources.ShouldNotContain(resource => resource.Type == Rehearsed.Id);
    }

    [Theory]
    [InlineData("nonsense", "Target 'nonsense' could not be found in the stack. Did you forget to escape $ in your shell?")]
    [InlineData("urn:pulumi:s::p::a:b:C$t:i:T::n", "Target 'urn:pulumi:s::p::a:b:C$t:i:T::n' could not be found in the stack.")]
    public void ATarget_ThatIsNotThere_IsNamed(string target, string problem)
        => Rehearsed.Run(OperationKind.Update, null, [Rehearsed.Follower("a", One)], new PlanOptions { Targets = [target] })
            .Events.Diagnostics[0].Message.ShouldBe(problem);

    [Theory]
    [InlineData("**::a*", "a\nb", true)]
    [InlineData("**::a", "a\n", false)]
    [InlineData("**a**a**a**a**a**a**a**a**a**b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Patterns_MatchWholeNames_InBoundedTime(string pattern, string name, bool matches)
        => new UrnPatterns([pattern]).Contains(Rehearsed.UrnOf(Rehearsed.Id, name)).ShouldBe(matches);

    [Fact]
    public void ATaintedResource_IsReplaced()
    {
        var before = Up(null, Rehearsed.Follower("a", One));
        before = before with { Resources = [.. before.Resources.Select(resource => resource with { Taint = resource.Type == Rehearsed.Id })] };

        Rehearsed.Run(OperationKind.Preview, before, [Rehearsed.Follower("a", One)]).Done.ShouldBe(["create-replacement a", "replace a", "delete-replaced a"]);
    }

    [Theory]
    [InlineData("enableSecretMutable", "kubernetes:core/v1:Secret")]
    [InlineData("enableConfigMapMutable", "kubernetes:core/v1:ConfigMap")]
    public void AProvider_MayAllowDataToChangeInPlace(string setting, string type)
    {
        ResourceGoal[] Goals(string value, bool allowed) =>
        [
            new() { Type = "pulumi:providers:kubernetes", Name = "k", Custom = true, Properties = allowed
                ? PropertyMap.Create((setting, new StringProperty("true"))) : PropertyMap.Empty },
            new()
            {
                Type = type,
                Name = "m",
                Custom = true,
                Properties = PropertyMap.Create(("data", new ObjectProperty(PropertyMap.Create(("a", new StringProperty(value))))),
                    ("metadata", new ObjectProperty(PropertyMap.Create(("name", new StringProperty("m")))))),
            },
        ];
        string[] Preview(bool allowed)
        {
            var run = new Rehearsed(OperationKind.Preview, Applied(Goals("MQ==", allowed)));
            return Registered(run, Goals("Mg==", allowed)).Done;
        }

        Preview(allowed: true).ShouldBe(["same k", "update m"]);
        Preview(allowed: false).ShouldBe(["same k", "delete-replaced m", "replace m", "create-replacement m"]);

        static Checkpoint Applied(ResourceGoal[] goals) => Registered(new Rehearsed(OperationKind.Update), goals).State;

        // The second resource uses the first one as its provider
        static Rehearsed Registered(Rehearsed run, ResourceGoal[] goals)
        {
            run.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
            var provider = run.Register(goals[0]);
            run.Register(goals[1] with { Provider = $"{provider.Urn}::{provider.State.Id}" });
            run.End();
            return run;
        }
    }

    private static Checkpoint Up(Checkpoint? state, params ResourceGoal[] goals) => Rehearsed.Run(OperationKind.Update, state, goals).State;

    private static ResourceGoal Map(string version) => new()
    {
        Type = "kubernetes:core/v1:ConfigMap",
        Name = "m",
        Custom = true,
        Properties = PropertyMap.Create(("metadata", new ObjectProperty(PropertyMap.Create(
            ("labels", new ObjectProperty(PropertyMap.Create(("v", new StringProperty(version))))), ("name", new StringProperty("m")))))),
    };
}
