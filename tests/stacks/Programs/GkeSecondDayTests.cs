using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Planning;
using Tests.Stacks.Support;

namespace Tests.Stacks.Programs;

// Promise: what docs/gcp.md says that a change of nodes or maintenance replaces and restarts is what a plan against a deployed state shows.
public sealed class GkeSecondDayTests
{
    private const string Example = "stacks/examples/Pulumi.gke-gpu.yaml";
    private const string Cluster = "gcp:container/cluster:Cluster cluster";
    private const string Gpu = "gcp:container/nodePool:NodePool cluster-nodes-gpu";
    private const string General = "gcp:container/nodePool:NodePool cluster-nodes-general";

    [Theory]
    // Exclusions, limits and the profile are the cluster's own, and no node notices.
    [InlineData("maintenance.exclusions.submission.end", "\"2027-02-15\"", $"Update {Cluster}")]
    [InlineData("maintenance.exclusions", "{}", $"Update {Cluster}")]
    [InlineData("autoProvisioning.cpus", "600", $"Update {Cluster}")]
    [InlineData("autoProvisioning.gpus", """{ "nvidia-l4": 16 }""", $"Update {Cluster}")]
    [InlineData("autoscalingProfile", "\"balanced\"", $"Update {Cluster}")]
    // How pools are upgraded, where their nodes are and how many there may be changes no node that is there.
    [InlineData("nodePools.gpu.upgrade", """{ "blueGreen": {} }""", $"Update {Gpu}")]
    [InlineData("nodePools.gpu.zones", """["europe-west1-b"]""", $"Update {Gpu}")]
    [InlineData("nodePools.gpu.maximum", "4", $"Update {Gpu}")]
    // Machines and disks roll.
    [InlineData("nodePools.general.diskType", "\"pdSsd\"", $"Update {General}", "its nodes are drained and replaced")]
    [InlineData("nodePools.general.machineType", "\"n4-standard-4\"", $"Update {General}", "its nodes are drained and replaced")]
    // GPUs are the pool's for good: another pool is made before the old one goes.
    [InlineData("nodePools.gpu.accelerator.driver", "\"default\"", $"Replace {Gpu}")]
    [InlineData("nodePools.gpu.accelerator.sharers", "4", $"Replace {Gpu}")]
    [InlineData("nodePools.gpu.machineType", "\"g2-standard-24\"", $"Replace {Gpu}")]
    [InlineData("nodePools.gpu.spot", "true", $"Replace {Gpu}")]
    public async Task AChange_DoesThisToTheCluster(string path, string json, string step, string? restarts = null)
    {
        var plan = await RehearsedStack.PreviewedAsync(With(path, json), await RehearsedStack.Deployed(Example));

        var changes = Changes(plan);
        changes.Select(changed => $"{changed.Operation} {changed.Type} {changed.Name}").ShouldBe([step]);
        Restarts.Of(changes[0]).ShouldBe(restarts);
    }

    // The environment that named a group has to name something else first.
    [Fact]
    public async Task TheEndOfAutoProvisioning_ChangesTheClusterAlone()
    {
        var request = With("autoProvisioning.enabled", "false");
        var tower = JsonNode.Parse(request.Config["platform:tower"])!;
        tower["environments"]!["burst"]!.AsObject().Remove("nodePool");

        var plan = await RehearsedStack.PreviewedAsync(
            request with { Config = request.Config.SetItem("platform:tower", tower.ToJsonString()) }, await RehearsedStack.Deployed(Example));

        Changes(plan).Select(changed => $"{changed.Operation} {changed.Type} {changed.Name}").ShouldBe([$"Update {Cluster}"]);
    }

    // A replaced pool starts with its fewest nodes, and it is there before the old one is drained.
    [Fact]
    public async Task AnotherDriver_MakesTheNewPoolFirst()
    {
        var plan = await RehearsedStack.PreviewedAsync(With("nodePools.gpu.accelerator.driver", "\"default\""), await RehearsedStack.Deployed(Example));

        plan.Steps.Where(step => step.Name == "cluster-nodes-gpu").Select(step => step.Operation)
            .ShouldBe([Operation.CreateReplacement, Operation.Replace, Operation.DeleteReplaced]);
    }

    // Without the option nothing is said of it, so that stacks from before keep what they have.
    [Theory]
    [InlineData("stacks/examples/Pulumi.gke-dev.yaml")]
    [InlineData("stacks/examples/Pulumi.gke-prod.yaml")]
    public async Task WhatIsNotAskedFor_IsNotMentioned(string path)
    {
        var resources = (await RehearsedStack.Of(path)).Result.Plan.Steps.Select(step => step.New!).ToList();
        var cluster = resources.Single(resource => resource.Type == "gcp:container/cluster:Cluster").Inputs;
        var pools = resources.Where(resource => resource.Type == "gcp:container/nodePool:NodePool").Select(resource => resource.Inputs).ToList();

        new[] { "clusterAutoscaling", "nodePoolAutoConfig", "nodePoolDefaults" }.ShouldAllBe(key => !cluster.ContainsKey(key));
        cluster["maintenancePolicy"].ToString()!.ShouldNotContain("maintenanceExclusions");
        pools.ShouldAllBe(pool => !pool.ContainsKey("nodeLocations") && !pool["nodeConfig"].ToString()!.Contains("guestAccelerators"));
    }

    // The rehearsal does not know the address of a cluster that is being updated, and what signs in there is shown to follow it.
    private static List<PlanStep> Changes(Plan plan) =>
    [
        .. plan.Steps.Where(changed => changed.IsLogical && changed.Operation is not (Operation.Same or Operation.Read))
            .Where(changed => changed.Type != "pulumi:providers:kubernetes"),
    ];

    private static RehearsalRequest With(string path, string json)
    {
        const string key = "platform:cluster";
        var request = RehearsedStack.RequestFor(Example);
        var root = JsonNode.Parse(request.Config[key])!;
        var (node, parts) = (root["gke"]!, path.Split('.'));
        foreach (var part in parts[..^1])
        {
            node = node[part] ??= new JsonObject();
        }

        node[parts[^1]] = JsonNode.Parse(json);
        return request with { Config = request.Config.SetItem(key, root.ToJsonString()) };
    }
}
