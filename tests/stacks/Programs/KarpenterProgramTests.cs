using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: nodes that come and go are gone before what takes them away, and a change of their settings replaces nothing but them.
[Trait(Long.Category, Long.Name)]
public sealed class KarpenterProgramTests
{
    private const string Karpenter = "stacks/examples/Pulumi.eks-karpenter.yaml";
    private const string Auto = "stacks/examples/Pulumi.eks-auto.yaml";
    private const string Pools = "eks.karpenter.pools";

    // Without any of these an instance would stay in the VPC, or hold a pool that nobody can delete any more.
    [Fact]
    public async Task WhatTakesNodesAway_OutlivesThePools()
    {
        var rehearsed = await Rehearsed.Of(Karpenter);
        var pools = rehearsed.Resources.Where(resource => resource.Type == "kubernetes:karpenter.sh/v1:NodePool").ToList();
        string[] outliving =
        [
            "cluster-karpenter", "cluster-karpenter-crds", "cluster-karpenter-identity-association-karpenter", "cluster-karpenter-identity-policy",
            "cluster-karpenter-pass-role", "cluster-karpenter-queue", "cluster-karpenter-queue-policy", "cluster-karpenter-queue-spot-interruption-target",
            "cluster-karpenter-nodes-access", "cluster-karpenter-nodes-profile", "cluster-karpenter-nodes-amazoneksworkernodepolicy",
            "cluster-nodes-general", "cluster-network-vpc-cni", "cluster-network-eks-pod-identity-agent", "network-private-1-default", "cluster",
        ];

        pools.Select(pool => pool.Urn.Name).Order().ShouldBe(["cluster-karpenter-pool-clinical", "cluster-karpenter-pool-pipelines"]);
        foreach (var pool in pools)
        {
            var names = Names(rehearsed, pool);
            outliving.Append($"{pool.Urn.Name}-class").Except(names).ShouldBeEmpty(pool.Urn.Name);
            pool.CustomTimeouts.Delete.ShouldBe("3600000000000ns");
        }
    }

    // Namespaces with runs go first: their pods would hold the nodes.
    [Theory]
    [InlineData(Karpenter, "tower-clinical", "cluster-karpenter-pool-clinical")]
    [InlineData(Auto, "tower-research", "cluster-auto-pipelines")]
    public async Task Runs_AreGoneBeforeTheirNodes(string file, string environment, string pool)
    {
        var rehearsed = await Rehearsed.Of(file);
        var made = rehearsed.Resources.Where(resource => resource.Type == "kubernetes:core/v1:Namespace" && resource.Urn.Name.StartsWith(environment)).ToList();

        made.ShouldNotBeEmpty();
        made.ShouldAllBe(resource => Names(rehearsed, resource).Contains(pool));
    }

    [Fact]
    public async Task ADestroy_TakesPoolsBeforeTheController_AndThatBeforeItsNodes()
    {
        var request = RehearsedStack.RequestFor(Karpenter);
        var state = await RehearsedStack.Deployed(Karpenter);

        var run = await RehearsedStack.RunAsync(request with { Kind = OperationKind.Destroy, State = state, Save = _ => { } });

        var deleted = run.Result.Plan.Steps.Where(step => step.Operation == Operation.Delete).Select(step => step.Name).ToList();
        // What the controller may do, and the nodes it runs on, both outlive it
        string[][] orders =
        [
            ["cluster-karpenter-pool-pipelines", "cluster-karpenter-pool-pipelines-class", "cluster-karpenter", "cluster-karpenter-pass-role"],
            ["cluster-karpenter", "cluster-nodes-general", "network-private-1-default", "network"],
        ];
        foreach (var order in orders)
        {
            order.Select(name => deleted.FindIndex(candidate => candidate == name)).ShouldSatisfyAllConditions(
                places => places.ShouldNotContain(-1), places => places.ShouldBe(places.Order()));
        }
    }

    [Theory]
    [InlineData("pipelines.limits.cpu", "4000", "~ cluster-karpenter-pool-pipelines")]
    [InlineData("pipelines.capacity", """["onDemand"]""", "~ cluster-karpenter-pool-pipelines")]
    [InlineData("pipelines.taints", "[]", "~ cluster-karpenter-pool-pipelines")]
    [InlineData("pipelines.budgets", """[{ "nodes": "20%" }]""", "~ cluster-karpenter-pool-pipelines")]
    [InlineData("pipelines.expireAfter", "\"24h\"", "~ cluster-karpenter-pool-pipelines")]
    [InlineData("pipelines.diskGiB", "300", "~ cluster-karpenter-pool-pipelines-class")]
    [InlineData("pipelines.image", "\"al2023@v20260812\"", "~ cluster-karpenter-pool-pipelines-class")]
    [InlineData("spare", """{ "limits": { "cpu": 10 } }""", "+ cluster-karpenter-pool-spare", "+ cluster-karpenter-pool-spare-class")]
    public async Task AChange_ConcernsItsPoolAlone(string path, string value, params string[] changes) =>
        (await Changes(Karpenter, $"{Pools}.{path}", value)).ShouldBe(changes);

    [Fact]
    public async Task APoolThatIsRemoved_LeavesTheOthers() => (await Changes(
        Karpenter, ("cluster", $"{Pools}.clinical", null), ("tower", "environments.clinical.nodePool", null))).ShouldBe([
        "- cluster-karpenter-pool-clinical", "- cluster-karpenter-pool-clinical-class",
    ]);

    [Fact]
    public async Task Karpenter_CanBeTakenAway_AndNothingElseChanges()
    {
        var changes = await Changes(
            Karpenter,
            ("cluster", "eks.karpenter", null), ("tower", "environments.clinical.nodePool", null), ("tower", "environments.research.nodePool", null));

        changes.ShouldAllBe(change => change.StartsWith("- cluster-karpenter"));
        changes.Length.ShouldBe(28);
    }

    [Fact]
    public async Task AVersionOfKubernetes_MakesNothingAnew() =>
        (await Changes(Karpenter, "eks.version", "\"1.36\"")).ShouldAllBe(change => change.StartsWith('~'));

    [Fact]
    public async Task PoliciesCanBeReadInAPlan_ButForWhatAwsDraws()
    {
        var request = RehearsedStack.RequestFor(Karpenter);
        var plan = await RehearsedStack.PreviewedAsync(With(request, "aws", "accountIds", """["123456789012"]"""), Checkpoint.Empty);
        bool IsKnown(string name, string property) => !plan.Steps.Single(step => step.Name == name).New!.Inputs[property].ContainsUnknowns;

        IsKnown("cluster-karpenter-identity-policy", "policy").ShouldBeTrue();
        IsKnown("cluster-karpenter-queue-policy", "policy").ShouldBeTrue();
        IsKnown("cluster-karpenter-pass-role", "policy").ShouldBeFalse();
    }

    // The webhook of either controller looks at its own label alone
    [Theory]
    [InlineData("stacks/examples/Pulumi.eks-dev.yaml", "elbv2.k8s.aws/pod-readiness-gate-inject")]
    [InlineData(Auto, "eks.amazonaws.com/pod-readiness-gate-inject")]
    public async Task PodsWaitForTheBalancer_ByTheLabelOfItsController(string file, string label)
    {
        var rehearsed = await Rehearsed.Of(file);
        var metadata = (ObjectProperty)rehearsed.Named("kubernetes:core/v1:Namespace", "studios-namespace").Inputs["metadata"];

        ((ObjectProperty)metadata.Properties["labels"]).Properties.Keys.Where(key => key.EndsWith("gate-inject", StringComparison.Ordinal)).ShouldBe([label]);
    }

    [Fact]
    public async Task InAutoMode_AWSsPartsAreNotInstalled()
    {
        var rehearsed = await Rehearsed.Of(Auto);

        Complaints.Of(rehearsed.Result).ShouldBeEmpty();
        rehearsed.Resources.Where(resource => resource.Type is "aws:eks/nodeGroup:NodeGroup" or "kubernetes:helm.sh/v3:Release").ShouldBeEmpty();
        rehearsed.Resources.Where(resource => resource.Type == "aws:eks/addon:Addon").Select(resource => resource.Urn.Name).Order().ShouldBe([
            "cluster-services-aws-efs-csi-driver", "cluster-services-metrics-server", "cluster-services-snapshot-controller",
        ]);
        rehearsed.Resources.Where(resource => resource.Type.EndsWith(":TargetGroupBinding")).Select(resource => resource.Type).Distinct()
            .ShouldBe(["kubernetes:eks.amazonaws.com/v1:TargetGroupBinding"]);
        Names(rehearsed, rehearsed.Named("aws:eks/addon:Addon", "cluster-services-metrics-server")).ShouldContain("cluster-auto-pipelines");
    }

    [Theory]
    [InlineData("eks.autoMode.pools.pipelines.limits.cpu", "1000", "~ cluster-auto-pipelines")]
    [InlineData("eks.autoMode.pools.pipelines.diskGiB", "200", "~ cluster-auto-pipelines-class")]
    [InlineData("eks.autoMode.builtInPools", """["generalPurpose"]""", "~ cluster")]
    public async Task InAutoMode_AChange_IsMadeInPlace(string path, string value, params string[] changes) =>
        (await Changes(Auto, path, value)).ShouldBe(changes);

    // The cluster stays; what AWS or the stack runs on it changes hands (docs/aws.md, Switch).
    [Fact]
    public async Task AutoMode_IsTakenBackInPlace()
    {
        var changes = await Changes(
            Auto,
            ("cluster", "eks.autoMode", """{ "enabled": false }"""),
            ("cluster", "eks.nodePools", """{ "general": { "instanceTypes": ["m7i.large"] } }"""),
            ("tower", "environments.research.nodePool", null));

        changes.ShouldContain("~ cluster");
        changes.ShouldContain("+ cluster-nodes-general");
        changes.ShouldContain("+ cluster-load-balancers");
        changes.ShouldContain("- cluster-auto-pipelines");
        changes.Where(change => change.StartsWith('±')).ShouldBe(["± cluster-storage"]);
    }

    [Fact]
    public async Task AClusterWithNodeGroups_IsPutIntoAutoMode_InPlace()
    {
        var changes = await Changes(
            Karpenter,
            ("cluster", "eks.nodePools", null), ("cluster", "eks.karpenter", null), ("cluster", "eks.autoMode", """{ "builtInPools": [], "pools": { "general": { "limits": { "cpu": 100 } } } }"""),
            ("tower", "environments.clinical.nodePool", null), ("tower", "environments.research.nodePool", null));

        changes.ShouldContain("~ cluster");
        changes.ShouldContain("+ cluster-auto-general");
        changes.ShouldContain("- cluster-nodes-general");
        changes.ShouldContain("- cluster-load-balancers");
        changes.ShouldContain("- cluster-network-vpc-cni");
        changes.Where(change => change.StartsWith('±')).ShouldBe(["± cluster-storage"]);
    }

    private static Task<string[]> Changes(string file, string path, string? value) => Changes(file, ("cluster", path, value));

    private static async Task<string[]> Changes(string file, params (string Concept, string Path, string? Value)[] changes)
    {
        var request = changes.Aggregate(RehearsedStack.RequestFor(file), (changed, change) => With(changed, change.Concept, change.Path, change.Value));
        var plan = await RehearsedStack.PreviewedAsync(request, await RehearsedStack.Deployed(file));
        return
        [
            .. plan.Steps
                .Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read) && !step.Type.StartsWith("platform:") && step.Type != "pulumi:pulumi:Stack")
                .Select(step => $"{Sign(step.Operation)} {step.Name}").Order(StringComparer.Ordinal),
        ];
    }

    private static string Sign(Operation operation) => operation switch
    {
        Operation.Create => "+",
        Operation.Delete => "-",
        Operation.Update => "~",
        _ => "±",
    };

    private static HashSet<string> Names(Rehearsed rehearsed, ResourceState resource) =>
        [.. rehearsed.Outliving(resource).Select(urn => urn[(urn.LastIndexOf("::", StringComparison.Ordinal) + 2)..])];

    private static RehearsalRequest With(RehearsalRequest request, string concept, string path, string? value)
    {
        var key = $"platform:{concept}";
        var root = JsonNode.Parse(request.Config[key])!;
        var (node, parts) = (root, path.Split('.'));
        foreach (var part in parts[..^1])
        {
            node = node[part]!;
        }

        if (value is null)
        {
            node.AsObject().Remove(parts[^1]);
        }
        else
        {
            node[parts[^1]] = JsonNode.Parse(value);
        }

        return request with { Config = request.Config.SetItem(key, root.ToJsonString()) };
    }
}
