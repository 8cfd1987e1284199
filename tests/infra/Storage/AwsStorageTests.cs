using Infra.Manifests;
using Infra.Storage;
using Tests.Support;

namespace Tests.Infra.Storage;

// Promise: files are encrypted, copied, reached by nodes only, and two claims with different directories never see each other's.
public sealed class AwsStorageTests
{
    [Fact]
    public async Task Efs_IsEncrypted_BackedUp_AndReachedByNodesOnly()
    {
        var deployed = await Deployed.Of(() => Efs());

        deployed
            .Inputs("storage")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "encrypted": true, "kmsKeyId": "arn:key", "lifecyclePolicies": [{ "transitionToIa": "AFTER_30_DAYS" }, { "transitionToPrimaryStorageClass": "AFTER_1_ACCESS" }],
                      "performanceMode": "generalPurpose", "tags": { "Name": "studio-test" }, "throughputMode": "elastic"
                    }
                    """));
        deployed.Inputs("storage-backup").ShouldBe(Deployed.Json("""{ "backupPolicy": { "status": "ENABLED" }, "fileSystemId": "storage_id" }"""));
        deployed.Inputs("storage-target-subnet-2").ShouldBe(Deployed.Json(
            """{ "fileSystemId": "storage_id", "securityGroups": ["storage-security-group_id"], "subnetId": "subnet-2" }"""));
        deployed.Inputs("storage-security-group-from-clients-2049").ShouldBe(Deployed.Json("""
            {
              "description": "EFS mount targets", "fromPort": 2049, "ipProtocol": "tcp", "referencedSecurityGroupId": "sg-nodes",
              "securityGroupId": "storage-security-group_id", "toPort": 2049
            }
            """));
    }

    [Fact]
    public async Task EfsClaim_WithoutADirectory_IsTheWholeFileSystem()
    {
        var deployed = await Deployed.Of(() => Efs().Claim("scratch", Claim("")));

        deployed.Has("scratch-access-point").ShouldBeFalse();
        deployed.Inputs("scratch-volume").ShouldContain("\"csi\": {\n      \"driver\": \"efs.csi.aws.com\",\n      \"volumeHandle\": \"storage_id\"\n    }");
    }

    [Fact]
    public async Task EfsClaim_WithADirectory_LeavesOwnersAlone()
    {
        var deployed = await Deployed.Of(() => Efs().Claim("scratch", Claim("runs/a")));

        deployed.Inputs("scratch-access-point").ShouldBe(Deployed.Json("""
            { "fileSystemId": "storage_id", "rootDirectory": { "creationInfo": { "ownerGid": 0, "ownerUid": 0, "permissions": "1777" }, "path": "/runs/a" } }
            """));
        deployed.Inputs("scratch-volume").ShouldContain("\"volumeHandle\": \"storage_id::scratch-access-point_id\"");
    }

    [Fact]
    public async Task Lustre_IsPersistent_AndTalksWithNodesOnly()
    {
        var deployed = await Deployed.Of(() => Lustre(2400, FsxLustreDeployment.Persistent).Claim("scratch", Claim("")));

        deployed
            .Inputs("storage")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "automaticBackupRetentionDays": 7, "copyTagsToBackups": true, "dataCompressionType": "LZ4", "deploymentType": "PERSISTENT_2", "fileSystemTypeVersion": "2.15",
                      "kmsKeyId": "arn:key", "perUnitStorageThroughput": 125, "securityGroupIds": ["storage-security-group_id"], "skipFinalBackup": false, "storageCapacity": 2400,
                      "storageType": "SSD", "subnetIds": "subnet-1", "tags": { "Name": "studio-test" }
                    }
                    """));
        deployed.Has("storage-security-group-to-clients-1018-1023").ShouldBeTrue();
        deployed.Inputs("storage-security-group-at-clients-988").ShouldBe(Deployed.Json("""
            {
              "description": "FSx for Lustre", "fromPort": 988, "ipProtocol": "tcp", "referencedSecurityGroupId": "storage-security-group_id",
              "securityGroupId": "sg-nodes", "toPort": 988
            }
            """));
        deployed.Has("storage-security-group-from-itself-988").ShouldBeTrue();
        deployed.Inputs("scratch-volume").ShouldContain("\"mountname\": \"mnt\"");
        deployed.Inputs("scratch-volume").ShouldContain("\"dnsname\": \"storage.fsx.example.com\"");
    }

    [Fact]
    public async Task ScratchLustre_HasNothingThatItsApiRefuses()
    {
        var deployed = await Deployed.Of(() => Lustre(1200, FsxLustreDeployment.Scratch));

        deployed.Inputs("storage").ShouldBe(Deployed.Json("""
            {
              "dataCompressionType": "LZ4", "deploymentType": "SCRATCH_2", "fileSystemTypeVersion": "2.15", "securityGroupIds": ["storage-security-group_id"],
              "storageCapacity": 1200, "storageType": "SSD", "subnetIds": "subnet-1", "tags": { "Name": "studio-test" }
            }
            """));
    }

    [Theory]
    [InlineData(1200, true)]
    [InlineData(2400, true)]
    [InlineData(4800, true)]
    [InlineData(0, false)]
    [InlineData(1199, false)]
    [InlineData(3600, false)]
    [InlineData(-2400, false)]
    public void LustreSizes_AreThoseOfItsApi(int gibibytes, bool expected) => FsxLustreStorageArgs.IsCapacity(gibibytes).ShouldBe(expected);

    [Fact]
    public async Task Rejects_ASizeThatLustreHasNot() => (await Deployed.Refusal(() => Lustre(1500, FsxLustreDeployment.Scratch))).ShouldContain(
        "File system 'storage' would have 1500 GiB: FSx for Lustre makes 1200 and multiples of 2400.");

    [Fact]
    public async Task Rejects_TwoDirectoriesOnLustre() => (await Deployed.Refusal(() =>
    {
        var storage = Lustre(1200, FsxLustreDeployment.Scratch);
        storage.Claim("one", Claim("a"));
        storage.Claim("two", Claim("b"));
    })).ShouldContain("Claim 'two' wants the directory 'b' and another claim has 'a'");

    private static EfsStorage Efs() => new(
        "storage", new EfsStorageArgs { ClientSecurityGroupId = "sg-nodes", DisplayName = "studio-test", KeyArn = "arn:key", Network = AwsParts.Network() });

    private static FsxLustreStorage Lustre(int capacity, FsxLustreDeployment deployment) => new(
        "storage",
        new FsxLustreStorageArgs
        {
            CapacityGiB = capacity,
            ClientSecurityGroupId = "sg-nodes",
            Deployment = deployment,
            DisplayName = "studio-test",
            KeyArn = "arn:key",
            Network = AwsParts.Network(),
        });

    private static SharedClaimArgs Claim(string directory) => new()
    {
        ClaimName = KubernetesName.Parse("tower-scratch"),
        Directory = directory,
        Namespace = "tower-nf",
        Size = Quantity.Parse("10Gi"),
    };
}
