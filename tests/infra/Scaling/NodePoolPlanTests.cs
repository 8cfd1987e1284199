using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Clusters;
using Infra.Scaling;
using Tests.Support;

namespace Tests.Infra.Scaling;

// Promise: a pool becomes the NodePool that says it, in the words of whoever reads it.
public sealed class NodePoolPlanTests
{
    private static readonly Gen<ImmutableArray<string>> Names =
        from length in Gen.Choose(0, 3)
        from names in Gen.ArrayOf(Gen.Elements("m7i", "c", "r7g", "m7i.large", "2xlarge"), length)
        select names.Distinct().ToImmutableArray();

    private static readonly Gen<ProvisionedPool> Pools =
        from cpu in Gen.Choose(1, 5000)
        from generation in Gen.Choose(1, 9)
        from seconds in Gen.Choose(1, 4_000_000)
        from architectures in Gen.SubListOf(Enum.GetValues<NodeArchitecture>()).Where(list => list.Count > 0)
        from capacity in Gen.SubListOf(Enum.GetValues<NodeCapacity>()).Where(list => list.Count > 0)
        from consolidation in Gen.Elements(Enum.GetValues<NodeConsolidation>())
        from families in Names
        from types in Names
        from sizes in Names
        select new ProvisionedPool("burst", cpu)
        {
            Architectures = [.. architectures],
            Capacity = [.. capacity],
            ConsolidateAfter = TimeSpan.FromSeconds(seconds),
            Consolidation = consolidation,
            Families = families,
            InstanceTypes = types,
            MinimumGeneration = generation,
            Sizes = sizes,
        };

    private static readonly Gen<NodePoolPlan> Plans = Gen.Elements(NodePoolPlan.Karpenter, NodePoolPlan.AutoMode);

    [Property]
    public Property Requirements_NameEachKeyOnce_WithSomeValue() => Prop.ForAll(Pools.ToArbitrary(), Plans.ToArbitrary(), (pool, plan) =>
    {
        var requirements = plan.Requirements(pool);
        return requirements.Select(requirement => requirement.Key).Distinct().Count() == requirements.Length
            && requirements.All(requirement => !requirement.Values.IsEmpty && requirement.Operator == (requirement.Key.EndsWith("-generation") ? "Gt" : "In"));
    });

    // Two of them would have to hold together, and no instance type may fulfil both.
    [Property]
    public Property OneWay_SaysWhichInstances() => Prop.ForAll(Pools.ToArbitrary(), Plans.ToArbitrary(), (pool, plan) =>
        plan.Requirements(pool).Count(requirement => requirement.Key.EndsWith("/instance-type") || requirement.Key.EndsWith("-family")
            || requirement.Key.EndsWith("-category")) == 1);

    [Property]
    public Property Both_SayTheSame_InTheirWords() => Prop.ForAll(Pools.ToArbitrary(), pool =>
        JsonSerializer.Serialize(NodePoolPlan.AutoMode.Requirements(pool)) == JsonSerializer.Serialize(NodePoolPlan.Karpenter.Requirements(pool))
            .Replace("karpenter.k8s.aws/", "eks.amazonaws.com/", StringComparison.Ordinal));

    // Kinds of Karpenter 1.14: ^([0-9]+(s|m|h))+$
    [Property]
    public Property Durations_AreWholeNumbersOfAUnit() => Prop.ForAll(Gen.Choose(0, 4_000_000).ToArbitrary(), seconds =>
    {
        var text = NodePoolPlan.Duration(TimeSpan.FromSeconds(seconds));
        var unit = text[^1] switch { 'h' => 3600, 'm' => 60, _ => 1 };
        return int.Parse(text[..^1]) * unit == seconds;
    });

    [Fact]
    public void APoolThatSaysNothing_KillsNoRun() => Json(NodePoolPlan.Karpenter.SpecOf(new ProvisionedPool("burst", 500))).ShouldBe(Deployed.Json("""
        {
          "disruption": {
            "budgets": [
              { "nodes": "100%", "reasons": ["Empty"] }, { "nodes": "10%", "reasons": ["Underutilized"] }, { "nodes": "0", "reasons": ["Drifted"] }
            ],
            "consolidateAfter": "5m", "consolidationPolicy": "WhenEmpty"
          },
          "limits": { "cpu": "500" },
          "template": {
            "spec": {
              "expireAfter": "720h", "terminationGracePeriod": "24h",
              "nodeClassRef": { "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "burst" },
              "requirements": [
                { "key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"] },
                { "key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"] },
                { "key": "karpenter.k8s.aws/instance-category", "operator": "In", "values": ["c", "m", "r"] },
                { "key": "karpenter.k8s.aws/instance-generation", "operator": "Gt", "values": ["4"] }
              ]
            }
          }
        }
        """));

    [Fact]
    public void APoolThatSaysAll_IsWhole() => Json(NodePoolPlan.AutoMode.SpecOf(new ProvisionedPool("burst", 500)
    {
        Architectures = [NodeArchitecture.Amd64, NodeArchitecture.Arm64],
        Budgets =
        [
            new DisruptionBudget("3"),
            new DisruptionBudget("0") { Reasons = [DisruptionReason.Drifted], Schedule = "0 6 * * mon-fri", Duration = TimeSpan.FromMinutes(90) },
        ],
        Capacity = [NodeCapacity.Spot, NodeCapacity.OnDemand],
        Consolidation = NodeConsolidation.Never,
        ExpireAfter = TimeSpan.Zero,
        Families = ["m7i", "m7g"],
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("workload", "pipelines"),
        MemoryLimit = "2000Gi",
        Sizes = ["2xlarge"],
        Taints = [new NodeTaint("workload", "pipelines", NodeTaintEffect.NoSchedule), new NodeTaint("spot", "", NodeTaintEffect.PreferNoSchedule)],
        TerminationGracePeriod = TimeSpan.FromSeconds(90),
        Weight = 10,
    })).ShouldBe(Deployed.Json("""
        {
          "disruption": {
            "budgets": [{ "nodes": "3" }, { "duration": "90m", "nodes": "0", "reasons": ["Drifted"], "schedule": "0 6 * * mon-fri" }],
            "consolidateAfter": "Never", "consolidationPolicy": "WhenEmpty"
          },
          "limits": { "cpu": "500", "memory": "2000Gi" },
          "template": {
            "metadata": { "labels": { "workload": "pipelines" } },
            "spec": {
              "expireAfter": "Never", "terminationGracePeriod": "90s",
              "nodeClassRef": { "group": "eks.amazonaws.com", "kind": "NodeClass", "name": "burst" },
              "requirements": [
                { "key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "arm64"] },
                { "key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot", "on-demand"] },
                { "key": "eks.amazonaws.com/instance-family", "operator": "In", "values": ["m7i", "m7g"] },
                { "key": "eks.amazonaws.com/instance-size", "operator": "In", "values": ["2xlarge"] }
              ],
              "taints": [
                { "effect": "NoSchedule", "key": "workload", "value": "pipelines" }, { "effect": "PreferNoSchedule", "key": "spot" }
              ]
            }
          },
          "weight": 10
        }
        """));

    private static string Json(ImmutableDictionary<string, object> spec) => Deployed.Json(JsonSerializer.Serialize(spec));
}
