using System.Text.Json.Nodes;
using Infra.Storage;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: on EFS the first deployment finds its directories made and its claims bound, files keep their owners, and the release is what Pulumi believes it is.
public sealed class WorkbenchStorageTests
{
    [Theory]
    [InlineData("home", "workbench-user-pvc", "100Gi", "0755")]
    [InlineData("shared", "workbench-shared-pvc", "10Gi", "1777")]
    public async Task OnEfs_AClaimIsAVolumeOfItsOwn_InADirectoryThatEfsMakes(string role, string claim, string size, string permissions)
    {
        var deployed = await OnEfs();

        // No posixUser: who writes a file owns it, and root stays root.
        deployed.Inputs($"workbench-{role}-access-point").ShouldBe(Deployed.Json($$"""
            {
              "fileSystemId": "storage_id",
              "rootDirectory": { "creationInfo": { "ownerGid": 0, "ownerUid": 0, "permissions": "{{permissions}}" }, "path": "/workbench/{{role}}" }
            }
            """));
        Spec(deployed, $"workbench-{role}-volume").ShouldBe(Deployed.Json($$"""
            {
              "accessModes": ["ReadWriteMany"], "capacity": { "storage": "{{size}}" }, "claimRef": { "name": "{{claim}}", "namespace": "posit-workbench" },
              "csi": { "driver": "efs.csi.aws.com", "volumeHandle": "storage_id::workbench-{{role}}-access-point_id" }, "mountOptions": [],
              "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "", "volumeMode": "Filesystem"
            }
            """));
        Spec(deployed, $"workbench-{role}-claim").ShouldBe(Deployed.Json($$"""
            {
              "accessModes": ["ReadWriteMany"], "resources": { "requests": { "storage": "{{size}}" } }, "storageClassName": "",
              "volumeName": "workbench-{{role}}-volume-1a2b3c4d"
            }
            """));
    }

    [Fact]
    public async Task TheRelease_WaitsForItsPods_AndRollsNothingBack()
    {
        var release = JsonNode.Parse((await WorkbenchParts.Deploy()).Inputs("workbench"))!.AsObject();

        // Whatever else is given would decide about failures and definitions in another way than docs/workbench.md says.
        release.Select(member => member.Key).ShouldBe(
            ["chart", "compat", "name", "namespace", "repositoryOpts", "timeout", "values", "version"], ignoreOrder: true);
        ((int)release["timeout"]!).ShouldBe(600);
    }

    private static Task<Deployed> OnEfs() => WorkbenchParts.Deploy(storage: () => new EfsStorage(
        "storage", new EfsStorageArgs { ClientSecurityGroupId = "sg-nodes", DisplayName = "studio-test", Network = AwsParts.Network() }));

    private static string Spec(Deployed deployed, string name) => Deployed.Json(JsonNode.Parse(deployed.Inputs(name))!["spec"]!.ToJsonString());
}
