using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Stacks.Settings;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: what a change of nodes, images and roles replaces and restarts is what docs/aws.md says, and no role of any plan lacks what the account asks for.
public sealed class EksNodesProgramTests
{
    private const string Gpu = "stacks/examples/Pulumi.eks-gpu.yaml";
    private const string Boundary = "arn:aws:iam::123456789012:policy/boundary";
    private const string Cluster = "platform:cluster";
    private const string Aws = "platform:aws";

    // Those with an EKS cluster; a file whose moment differs only in the Platform makes the same roles.
    public static TheoryData<string> Paths => [.. StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0]).Where(IsOnAws)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task EveryRole_HasThePathAndTheBoundaryOfItsAccount(string path)
    {
        var result = (await RehearsedStack.RunAsync(Changed(RehearsedStack.RequestFor(path), Aws, aws => aws["roles"] = new JsonObject
        {
            ["path"] = "/teams/research/",
            ["permissionsBoundary"] = Boundary,
        }))).Result;

        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        var roles = result.Plan.Steps.Select(step => step.New!).Where(resource => resource.Type == "aws:iam/role:Role").ToArray();
        roles.ShouldNotBeEmpty();
        roles.Where(role => !Equals(role.Inputs.Find("path"), new StringProperty("/teams/research/"))
                || !Equals(role.Inputs.Find("permissionsBoundary"), new StringProperty(Boundary)))
            .Select(role => role.Urn.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task ABoundary_ComesInPlace()
    {
        var changes = await Changes(Aws, aws => aws["roles"] = new JsonObject { ["permissionsBoundary"] = Boundary });

        changes.ShouldNotBeEmpty();
        changes.ShouldAllBe(step => step.Operation == Operation.Update && step.Type == "aws:iam/role:Role");
    }

    [Fact]
    public async Task APath_MakesRolesAnew_AndWhatIsMadeWithThem()
    {
        var replaced = (await Changes(Aws, aws => aws["roles"] = new JsonObject { ["path"] = "/teams/" }))
            .Where(step => step.Operation == Operation.Replace).Select(step => step.Type).Distinct().ToArray();

        replaced.ShouldContain("aws:iam/role:Role");
        replaced.ShouldContain("aws:eks/cluster:Cluster");
        replaced.ShouldContain("aws:eks/nodeGroup:NodeGroup");
    }

    [Fact]
    public async Task ARelease_RollsItsPoolAlone()
    {
        var changes = await Changes(Cluster, cluster => Pool(cluster, "gpu")["release"] = "1.35.6-20260728");

        changes.Select(step => (step.Operation, step.Urn.Name, Restarts.Of(step))).ShouldBe([
            (Operation.Update, "cluster-nodes-gpu", "its nodes are drained and replaced"),
        ]);
    }

    [Fact]
    public async Task AReleaseThatGoes_RestartsNothing()
    {
        var request = RehearsedStack.RequestFor(Gpu);
        var pinned = Changed(request, Cluster, cluster => Pool(cluster, "gpu")["release"] = "1.35.6-20260728");
        var (state, _) = await RehearsedStack.UpdatedAsync(pinned, await RehearsedStack.Deployed(Gpu));

        Logical(await RehearsedStack.PreviewedAsync(request, state)).Select(step => (step.Operation, step.Urn.Name, Restarts.Of(step)))
            .ShouldBe([(Operation.Update, "cluster-nodes-gpu", null)]);
    }

    [Fact]
    public async Task UserData_RollsItsPoolAlone()
    {
        var changes = await Changes(Cluster, cluster => Pool(cluster, "general")["userData"] = new JsonArray("[settings.ntp]"));

        changes.Select(step => (step.Operation, step.Urn.Name, Restarts.Of(step))).ShouldBe([
            (Operation.Update, "cluster-nodes-general", "its nodes are drained and replaced"),
            (Operation.Update, "cluster-nodes-general-template", null),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task HowAnUpdateGoes_ChangesInPlace() =>
        (await Changes(Cluster, cluster => Pool(cluster, "gpu")["maxUnavailablePercent"] = 100))
        .Select(step => (step.Operation, step.Urn.Name, Restarts.Of(step))).ShouldBe([(Operation.Update, "cluster-nodes-gpu", null)]);

    [Fact]
    public async Task AnotherSystem_MakesThePoolAnew()
    {
        var changes = await Changes(Cluster, cluster => Pool(cluster, "general")["operatingSystem"] = "amazonLinux2023");

        changes.Select(step => (step.Operation, step.Urn.Name)).ShouldBe(
            [(Operation.Replace, "cluster-nodes-general"), (Operation.Update, "cluster-nodes-general-template")], ignoreOrder: true);
    }

    [Fact]
    public async Task AnOwnImage_MakesAnotherGroup_BeforeTheOldOneGoes()
    {
        var changes = await Changes(Cluster, cluster => Pool(cluster, "general")["image"] = "ami-0123456789abcdef0");

        changes.Select(step => (step.Operation, step.Urn.Name)).ShouldBe([
            (Operation.Create, "cluster-nodes_general-template"),
            (Operation.Create, "cluster-nodes_general"),
            (Operation.Delete, "cluster-nodes-general"),
            (Operation.Delete, "cluster-nodes-general-template"),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task AnotherOwnImage_RollsItsPool()
    {
        var request = Changed(RehearsedStack.RequestFor(Gpu), Cluster, cluster => Pool(cluster, "general")["image"] = "ami-0123456789abcdef0");
        var (state, _) = await RehearsedStack.UpdatedAsync(request, Checkpoint.Empty);

        var plan = await RehearsedStack.PreviewedAsync(
            Changed(request, Cluster, cluster => Pool(cluster, "general")["image"] = "ami-0123456789abcdef1"), state);

        Logical(plan).Select(step => (step.Operation, step.Urn.Name, Restarts.Of(step))).ShouldBe([
            (Operation.Update, "cluster-nodes_general", "its nodes are drained and replaced"),
            (Operation.Update, "cluster-nodes_general-template", null),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task WithoutDevicePlugins_TheirReleasesGo() =>
        (await Changes(Cluster, cluster => cluster["eks"]!["devicePlugins"] = false)).Select(step => (step.Operation, step.Urn.Name)).ShouldBe([
            (Operation.Delete, "cluster-devices"),
            (Operation.Delete, "cluster-devices-neuron"),
            (Operation.Delete, "cluster-devices-nvidia"),
        ], ignoreOrder: true);

    [Fact]
    public async Task HeadJobs_StayOffAcceleratedNodes()
    {
        var outputs = (await RehearsedStack.Of(Gpu)).Result.Outputs.ToString()!;

        outputs.ShouldContain("nvidia.com/gpu");
        outputs.ShouldContain("aws.amazon.com/neuron");
        outputs.ShouldNotContain("headPodSpec");
    }

    private static async Task<PlanStep[]> Changes(string key, Action<JsonObject> change) => Logical(await RehearsedStack.PreviewedAsync(
        Changed(RehearsedStack.RequestFor(Gpu), key, change), await RehearsedStack.Deployed(Gpu)));

    private static PlanStep[] Logical(Plan plan) =>
        [.. plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))];

    private static RehearsalRequest Changed(RehearsalRequest request, string key, Action<JsonObject> change)
    {
        var concept = JsonNode.Parse(request.Config[key])!.AsObject();
        change(concept);
        return request with { Config = request.Config.SetItem(key, concept.ToJsonString()) };
    }

    private static bool IsOnAws(string path) =>
        File.ReadLines(Path.Combine(Repository.Root, path)).Intersect(["  platform:aws:", "    eks:", "    adoptedEks:"]).Count() > 1;

    private static JsonNode Pool(JsonObject cluster, string name) => cluster["eks"]!["nodePools"]![name]!;
}
