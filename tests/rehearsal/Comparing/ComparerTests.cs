using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Secrets;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using Tests.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Comparing;

// Promise: a comparison says what was done and nothing else, whatever the two sides are made from.
public sealed class ComparerTests
{
    // Two exports of this project's dev stack on a real API server, reduced to what changed and what that refers to
    private static string ExportOf(string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "rehearsal", "Comparing", "exports",
        $"dev-{name}.json"));

    private static Side Read(string name, string? passphrase = "correct-horse")
        => SideFiles.OfState(CheckpointReader.Read(ExportOf(name), name, salt => passphrase is null ? null : PassphraseSealer.TryOpen(passphrase, salt)), name);

    [Fact]
    public void ExportsOfARealStack_ReadAsWhatWasDone()
    {
        var comparison = Compare(Read("before"), Read("after"));

        Lines(comparison).ShouldBe([
            "update redis, its pods are replaced one after another",
            """  spec.template.metadata.annotations.studio-platform/config-hash: "a8ec706e3de6f8f0" => "cf2d6166556366e2" """.TrimEnd(),
            """  spec.template.spec.containers[0].resources.limits.memory: "128Mi" => "256Mi" """.TrimEnd(),
            """  spec.template.spec.containers[0].resources.requests.memory: "128Mi" => "256Mi" """.TrimEnd(),
            """  spec.template.spec.volumes[0].configMap.name: "redis-configuration-471fbfbb" => "redis-configuration-7404cd08" """.TrimEnd(),
            "replace redis-configuration",
            Shortened(comparison, "redis-configuration") + " (replaces) | - maxmemory 93952409 | + maxmemory 187904819",
            """  metadata.name: "redis-configuration-471fbfbb" => "redis-configuration-7404cd08" (replaces)""",
            "update connect-proxy, its pods are replaced one after another",
            """  spec.template.metadata.annotations.studio-platform/config-hash: "d2ee08c92464fcaa" => "3c5e04227fecb8e8" """.TrimEnd(),
            """  spec.template.spec.containers[0].env[1].value: "DEBUG" => "INFO" """.TrimEnd(),
            "update connect-server, its pods are replaced one after another",
            "  spec.replicas: 1 => 2",
            """  spec.template.metadata.annotations.studio-platform/config-hash: "b82f3b49c7d53515" => "f93e8325311bb0a9" """.TrimEnd(),
            """  spec.template.spec.containers[0].env[2].value: "DEBUG" => "INFO" """.TrimEnd(),
            "update platform-backend",
            """  spec.template.metadata.annotations.studio-platform/config-hash: "eac9859ef58469f1" => "838539a8e9cbccee" """.TrimEnd(),
            "update platform-cron",
            """  spec.template.metadata.annotations.studio-platform/config-hash: "fc9eaa06a273a400" => "ae9651c6089127f0" """.TrimEnd(),
            "replace signing-key",
            "  data: [secret] => [secret] (replaces)",
            "replace signing-key-pair",
            "  replacementTrigger: 1 => 2 (replaces)",
        ]);
        comparison.Notes.ShouldBeEmpty();
    }

    // The text of many lines is in the model whole; only its lines that differ are for people
    private static string Shortened(Comparison comparison, string name)
    {
        var property = comparison.Changes.Single(change => change.Name == name).Properties[0];
        return $"  {property.Path}: {property.Old} => {property.New}";
    }

    [Fact]
    public void SealedSecrets_AreSaidToBeUnknown_AndNotToDiffer()
    {
        var comparison = Compare(Read("before", passphrase: null), Read("after", passphrase: null));

        comparison.Changes.Select(change => change.Name).ShouldNotContain("signing-key");
        comparison.Notes.ShouldHaveSingleItem().ShouldStartWith("Of 4 secrets nobody can say whether they changed: ");
        Compare(Read("before"), Read("before", passphrase: null)).IsEmpty.ShouldBeTrue();
    }

    // Ciphertexts that are the same are the same secret, whoever sealed them
    [Fact]
    public void SealedSecrets_WithTheSameCiphertext_AreTheSame()
        => Compare(Read("before", passphrase: null), Read("before", passphrase: null)).Notes.ShouldBeEmpty();

    [Fact]
    public void NothingDiffersFromItself() => Prop.ForAll(PropertyGenerator.Maps, map =>
    {
        var side = Deployed(Resource("any:index:Kind", "a") with { Inputs = map, Outputs = map });
        Lines(side, side).ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatTheServerSays_IsNoDifference() => Lines(
        Deployed(Resource(ConfigMap, "a", """{ "data": { "a": "1" }, "__defaults": [], "__x": 1 }""") with
        {
            Outputs = PropertyMap.Create(("metadata", new StringProperty("version 1"))),
            Modified = "2026-01-01T00:00:00Z",
            SourcePosition = "a.cs#1",
        }),
        Deployed(Resource(ConfigMap, "a", """{ "data": { "a": "1" }, "__x": 2 }""") with
        {
            Outputs = PropertyMap.Create(("metadata", new StringProperty("version 2"))),
            Modified = "2026-01-02T00:00:00Z",
            SourcePosition = "b.cs#1",
        })).ShouldBeEmpty();

    [Fact]
    public void TheOrderOfDependencies_IsNoDifference_TheirSetIs()
    {
        var (a, b, c) = (Resource(ConfigMap, "a"), Resource(ConfigMap, "b"), Resource(ConfigMap, "c"));
        Side With(params Urn[] urns) => Deployed(a, b, c, Resource(ConfigMap, "d") with { Dependencies = [.. urns] });

        Lines(With(a.Urn, b.Urn), With(b.Urn, a.Urn)).ShouldBeEmpty();
        Lines(With(a.Urn, b.Urn), With(b.Urn, c.Urn)).ShouldBe([
            "options d", $"  dependsOn: {ConfigMap} a => ", $"  dependsOn:  => {ConfigMap} c",
        ]);
    }

    [Fact]
    public void OtherIds_MeanThatItWasReplaced_ButNotBetweenTwoStacks()
    {
        var (old, @new) = (Deployed(Resource("any:index:Kind", "a")), Deployed(Resource("any:index:Kind", "a") with { Id = "other" }));

        Lines(old, @new).ShouldBe(["replace a"]);
        Compare(old, @new).Changes.Single().Reasons.ShouldBe(["id"]);
        var foreign = Compare(old, @new.As("t", "q") with { Stack = "t", Project = "q" });
        foreign.IsEmpty.ShouldBeTrue();
        foreign.Notes.ShouldHaveSingleItem().ShouldStartWith("These are two different stacks: s of p and t of q.");
    }

    [Fact]
    public void WhatMoved_IsSaidToHave()
    {
        var component = Component("any:index:Group", "group");
        var old = Deployed(Resource("any:index:Kind", "a", """{ "size": 1 }"""), Resource("any:index:Kind", "b"), Resource("any:index:Kind", "c"));

        Lines(old, Deployed(component,
            Resource("any:index:Kind", "renamed", """{ "size": 2 }""") with { Id = "x", Aliases = [Resource("any:index:Kind", "a").Urn.Value] },
            Resource("any:index:Kind", "b", parent: component.Urn),
            Resource("any:index:Kind", "other") with { Id = "c" })).ShouldBe([
            "create group",
            "move b, moved from the stack itself",
            "move other, renamed from c",
            "replace renamed, renamed from a",
            "  size: 1 => 2",
        ]);
    }

    [Fact]
    public void ValuesOfOtherKinds_AreReadInTheirOwnWay() => Lines(
        Deployed(Resource("any:index:Kind", "a", """
            { "policy": "{\"Statement\": [{\"Action\": \"s3:Get\", \"Effect\": \"Allow\"}]}", "same": "{\"a\": 1, \"b\": 2}", "gone": {"a": 1}, "list": [1, 2] }
            """)),
        Deployed(Resource("any:index:Kind", "a", """
            { "policy": "{\"Statement\": [{\"Action\": \"s3:*\", \"Effect\": \"Allow\"}]}", "same": "{\"a\": 1, \"b\": 2}", "list": [1], "come": [] }
            """))).ShouldBe([
        "update a",
        "  come:  => []",
        """  gone: {"a":1} => """,
        "  list[1]: 2 => ",
        """  policy#Statement[0].Action: "s3:Get" => "s3:*" """.TrimEnd(),
    ]);

    // A deployed stack knows what a plan from nothing cannot: that is no difference. Between two plans it is one.
    [Fact]
    public void WhatOnlyADeploymentKnows_IsComparedAmongPlansOnly()
    {
        const string Unknown = """{ "place": "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }""";
        var (known, unknown) = (Resource(ConfigMap, "a", """{ "place": "x" }"""), Resource(ConfigMap, "a", Unknown));

        Compare(Deployed(known), Planned(unknown)).Notes.ShouldHaveSingleItem().ShouldStartWith("One value only a deployment knows");
        Lines(Deployed(known), Planned(unknown)).ShouldBeEmpty();
        Lines(Deployed(known), Planned(unknown) with { Planned = [unknown.Urn] }).ShouldBe(["update a", """  place: "x" => [unknown]"""]);
        Lines(Planned(known), Planned(unknown)).ShouldBe(["update a", """  place: "x" => [unknown]"""]);
        Lines(Planned(unknown), Planned(unknown)).ShouldBeEmpty();
    }

    [Fact]
    public void AnUnknownValue_OfAnotherResource_IsADifference()
    {
        var (a, b) = (Resource(ConfigMap, "a"), Resource(ConfigMap, "b"));
        Side From(ResourceState source) => Planned(a, b, Resource(ConfigMap, "c", """{ "place": "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }""") with
        {
            PropertyDependencies = ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty
                .Add("place", [source.Urn]),
        });

        Lines(From(a), From(b)).ShouldBe(["update c", $"  place: [unknown] of {ConfigMap} a => [unknown] of {ConfigMap} b"]);
    }

    [Fact]
    public void APlanMadeOnAState_LeavesOutWhatStays()
    {
        const string Plan = """
            { "steps": [
                { "op": "update", "urn": "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::a",
                  "newState": { "urn": "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::a", "custom": true, "type": "kubernetes:core/v1:ConfigMap",
                                "parent": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", "inputs": { "immutable": true } } },
                { "op": "delete", "urn": "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::b" } ],
              "changeSummary": { "delete": 1, "same": 2, "update": 1 } }
            """;
        var comparison = Compare(Deployed(Resource(ConfigMap, "a"), Resource(ConfigMap, "b"), Resource(ConfigMap, "c")), SideFiles.OfPlan(Plan, "plan.json"));

        Lines(comparison).ShouldBe(["update a", "  immutable:  => true", "delete b"]);
        comparison.Unchanged.ShouldBe(2);
        comparison.Notes.ShouldBe(["A plan that was made on a state lists only what changes; what it leaves out is taken as unchanged."]);
    }

    [Fact]
    public void WhatAStackExports_IsComparedWhereBothSidesSayIt()
    {
        var (old, @new) = (Deployed() with { Outputs = PropertyMap.Create(("url", new StringProperty("a"))) }, Deployed() with
        {
            Outputs = PropertyMap.Create(("url", new StringProperty("b"))),
        });

        Lines(old, @new).ShouldBe(["update p-s", """  outputs.url: "a" => "b" """.TrimEnd()]);
        Lines(old, @new with { Outputs = null }).ShouldBeEmpty();
    }

    [Fact]
    public void WhatAPlanSaysToBeReplaced_IsReplaced() => Lines(
        Deployed(Resource(ConfigMap, "a")),
        Planned(Resource(ConfigMap, "a")) with
        {
            Replaced = ImmutableDictionary<Urn, ImmutableArray<string>>.Empty
                .Add(Resource(ConfigMap, "a").Urn, []),
        }).ShouldBe(["replace a"]);

    [Fact]
    public void ParentsInACircle_LoseNothing()
    {
        var (a, b) = (Resource(ConfigMap, "a"), Resource(ConfigMap, "b"));

        Lines(Deployed(), Deployed(a with { Parent = b.Urn }, b with { Parent = a.Urn })).ShouldBe(["create a", "create b"]);
        Compare(Deployed(), Deployed(a with { Parent = b.Urn }, b with { Parent = a.Urn })).ByComponent().Single().Name.ShouldBe("the stack itself");
    }

    [Fact]
    public void WhatIsRead_OrWaitsForItsDeletion_IsNotCompared() => Lines(
        Deployed(Resource(ConfigMap, "a", """{ "x": 1 }""") with { External = true }, Resource(ConfigMap, "b") with { Delete = true }),
        Deployed(Resource(ConfigMap, "a", """{ "x": 2 }""") with { External = true })).ShouldBeEmpty();
}
