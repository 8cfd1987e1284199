using FsCheck;
using FsCheck.Xunit;
using Infra.Manifests;
using Infra.Storage;
using Tests.Support;

namespace Tests.Infra.Storage;

// Promise: whatever lies behind it, a claim is ReadWriteMany and bound to the storage it was asked from.
public sealed class SharedStorageTests
{
    private const string Metadata = """
        "labels": {
          "app.kubernetes.io/name": "storage", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "tower-scratch",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        }
        """;

    [Fact]
    public async Task Nfs_BindsAVolumeOfItsOwn()
    {
        SharedClaim? claim = null;
        var deployed = await Deployed.Of(options => claim = new NfsStorage("10.0.0.7", "/export").Claim("scratch", Args("runs"), options));

        deployed.Lineages.ShouldBe([
            "platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolume::scratch-volume",
            "platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::scratch-claim",
            "platform:storage:SharedClaim::scratch",
        ]);
        deployed.Inputs("scratch-volume").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "PersistentVolume",
              "metadata": { {{Metadata}} },
              "spec": {
                "accessModes": ["ReadWriteMany"], "capacity": { "storage": "10Gi" }, "claimRef": { "name": "tower-scratch", "namespace": "tower-nf" },
                "mountOptions": ["nfsvers=4.1", "hard", "noatime"], "nfs": { "path": "/export/runs", "server": "10.0.0.7" },
                "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "", "volumeMode": "Filesystem"
              }
            }
            """));
        deployed.Inputs("scratch-claim").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "PersistentVolumeClaim",
              "metadata": { "name": "tower-scratch", "namespace": "tower-nf", {{Metadata}} },
              "spec": {
                "accessModes": ["ReadWriteMany"], "resources": { "requests": { "storage": "10Gi" } },
                "storageClassName": "", "volumeName": "scratch-volume-1a2b3c4d"
              }
            }
            """));
        (await Deployed.ValueOf(claim!.ClaimName)).ShouldBe("tower-scratch");
        (await Deployed.ValueOf(claim.Namespace)).ShouldBe("tower-nf");
        deployed.OutputNames("SharedClaim::scratch").ShouldBe(["claimName", "namespace", "size"]);
    }

    [Fact]
    public async Task ExistingClass_ProvisionsTheVolume()
    {
        var deployed = await Deployed.Of(() => new ExistingClassStorage("efs-dynamic").Claim("scratch", Args()));

        deployed.Has("scratch-volume").ShouldBeFalse();
        deployed.Inputs("scratch-claim").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "PersistentVolumeClaim",
              "metadata": { "name": "tower-scratch", "namespace": "tower-nf", {{Metadata}} },
              "spec": { "accessModes": ["ReadWriteMany"], "resources": { "requests": { "storage": "10Gi" } }, "storageClassName": "efs-dynamic" }
            }
            """));
    }

    [Fact]
    public async Task HostPath_IsMadeOnTheNode()
    {
        var deployed = await Deployed.Of(() => new HostPathStorage("/tmp/tower", singleNodeDemo: true).Claim("scratch", Args()));

        deployed.Inputs("scratch-volume").ShouldContain(
            """
                "hostPath": {
                  "path": "/tmp/tower",
                  "type": "DirectoryOrCreate"
                },
            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("scratch-volume")]
    [InlineData("scratch-claim")]
    public async Task HostPath_IsLabelledAsADemo(string name)
    {
        SharedClaim? claim = null;
        var deployed = await Deployed.Of(() => claim = new HostPathStorage("/tmp/tower", singleNodeDemo: true).Claim("scratch", Args()));

        deployed.Inputs(name).ShouldContain("\"studio-platform/demo\": \"single-node\"");
        claim!.SingleNodeDemo.ShouldBeTrue();
    }

    [Fact]
    public async Task ExistingVolume_IsBoundByItsName()
    {
        SharedClaim? claim = null;
        var deployed = await Deployed.Of(() => claim = new ExistingVolumeStorage("lustre", "fast").Claim("scratch", Args()));

        deployed.Has("scratch-volume").ShouldBeFalse();
        deployed
            .Inputs("scratch-claim")
            .ShouldBe(
                Deployed.Json(
                    $$"""
                    {
                      "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                      "metadata": { "name": "tower-scratch", "namespace": "tower-nf", {{Metadata}} },
                      "spec": { "accessModes": ["ReadWriteMany"], "resources": { "requests": { "storage": "10Gi" } }, "storageClassName": "fast", "volumeName": "lustre" }
                    }
                    """));
        claim!.SingleNodeDemo.ShouldBeFalse();
    }

    [Fact]
    public async Task Rejects_ADirectory_OnAnExistingVolume() =>
        (await Deployed.Refusal(() => new ExistingVolumeStorage("lustre").Claim("scratch", Args("runs")))).ShouldBe(
            "Claim 'tower-scratch' asks for the directory 'runs', but the volume 'lustre' decides itself what its root is: leave the directory out.");

    [Fact]
    public async Task Rejects_HostPath_WithoutTheOperatorsWord() =>
        (await Deployed.Refusal(() => new HostPathStorage("/tmp/tower", singleNodeDemo: false))).ShouldBe(
            "Storage on the node folder '/tmp/tower' is for single-node demonstrations: say so with singleNodeDemo, or use NFS, EFS, FSx or Filestore.");

    [Fact]
    public async Task Rejects_ADirectory_OnAProvisionedVolume() =>
        (await Deployed.Refusal(() => new ExistingClassStorage("efs-dynamic").Claim("scratch", Args("runs")))).ShouldBe(
            "Claim 'tower-scratch' asks for the directory 'runs', but StorageClass 'efs-dynamic' provisions an empty volume for every claim: leave the directory out.");

    private static SharedClaimArgs Args(string directory = "") => new()
    {
        ClaimName = KubernetesName.Parse("tower-scratch"),
        Namespace = "tower-nf",
        Size = Quantity.Parse("10Gi"),
        Directory = directory,
    };
}

// Promise: a claim's directory never leaves the storage it was given.
public sealed class StoragePathTests
{
    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/", "a", "/a")]
    [InlineData("/export", "", "/export")]
    [InlineData("/export/", "a/b", "/export/a/b")]
    public void Join_PutsOneSlashBetween(string root, string directory, string expected) => StoragePath.Join(root, directory).ShouldBe(expected);

    [Theory]
    [InlineData("export")]
    [InlineData("")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    public void Rejects_RootsThatAreNotAbsolute(string root) => Should.Throw<FormatException>(() => StoragePath.Join(root, "")).Message.ShouldBe(
        $"'{root}' is not an absolute path: it must start with '/' and have no empty part, '.' or '..'.");

    [Theory]
    [InlineData("/a")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a/")]
    public void Rejects_DirectoriesThatLeaveTheStorage(string directory) =>
        Should
            .Throw<FormatException>(() => StoragePath.Join("/export", directory))
            .Message.ShouldBe($"'{directory}' is not a directory below the storage: it must be relative, without empty parts, '.' or '..'.");

    [Property]
    public bool Join_StaysBelowItsRoot(NonNull<string> directory) =>
        !StoragePath.IsDirectory(directory.Get)
        || Path.GetFullPath(StoragePath.Join("/export", directory.Get)).StartsWith("/export", StringComparison.Ordinal);
}
