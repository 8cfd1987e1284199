using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Manifests;
using Infra.Storage;
using Tests.Support;

namespace Tests.Infra.Storage;

// Promise: Filestore is mounted by its driver, in both modes, and what it cannot do is refused before anything is made.
public sealed class FilestoreStorageTests
{
    [Fact]
    public async Task TheInstance_StandsBesideTheNetwork() =>
        (await Deployed.Of(() => Instance()))
            .Inputs("storage")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "deletionProtectionEnabled": true,
                      "fileShares": { "capacityGb": 1024, "name": "platform" },
                      "location": "europe-west1-b",
                      "name": "studio-test-storage",
                      "networks": [{"connectMode": "PRIVATE_SERVICE_ACCESS", "modes": ["MODE_IPV4"], "network": "projects/example-research/global/networks/test"}],
                      "tier": "ZONAL"
                    }
                    """));

    [Fact]
    public async Task AClaim_IsTheWholeShare()
    {
        var deployed = await Deployed.Of(() => Instance().Claim("scratch", Wanted()));

        System.Text.Json.Nodes.JsonNode.Parse(deployed.Inputs("scratch-volume"))!["spec"]!["csi"]!
            .ToJsonString()
            .ShouldBe(
                """{"driver":"filestore.csi.storage.gke.io","volumeAttributes":{"ip":"10.41.0.4","volume":"platform"},"volumeHandle":"modeInstance/europe-west1-b/studio-test-storage/platform"}""");
        deployed.Inputs("scratch-claim").ShouldContain("\"volumeName\": \"scratch-volume-1a2b3c4d\"");
    }

    [Fact]
    public async Task AClass_MakesInstancesInTheClustersNetwork() =>
        (await Deployed.Of(() => Class()))
            .Inputs("storage")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "allowVolumeExpansion": true,
                      "apiVersion": "storage.k8s.io/v1",
                      "kind": "StorageClass",
                      "metadata": { "name": "filestore" },
                      "parameters": { "connect-mode": "PRIVATE_SERVICE_ACCESS", "network": "projects/example-research/global/networks/test", "tier": "regional" },
                      "provisioner": "filestore.csi.storage.gke.io",
                      "reclaimPolicy": "Retain",
                      "volumeBindingMode": "WaitForFirstConsumer"
                    }
                    """));

    [Fact]
    public async Task AClaimOnTheClass_NamesIt() =>
        (await Deployed.Of(() => Class().Claim("scratch", Wanted()))).Inputs("scratch-claim").ShouldContain("\"storageClassName\": \"filestore\"");

    [Fact]
    public async Task Rejects_AnInstanceUnderTheTiersMinimum() =>
        (await Deployed.Refusal(() => Instance(capacity: 512))).ShouldContain(
            "Filestore makes no ZONAL instance of 512 GiB: take 1024 to 9984 or 10240 to 102400.");

    [Fact]
    public async Task Rejects_ADirectoryOfTheShare() =>
        (await Deployed.Refusal(() => Instance().Claim("scratch", Wanted("research")))).ShouldContain(
            "Claim 'scratch' wants the directory 'research', and the driver mounts a Filestore share as a whole: leave the directory out, or let a class make an instance for each claim.");

    [Fact]
    public async Task Rejects_AClaimUnderTheTiersMinimum() =>
        (await Deployed.Refusal(() => Class().Claim("scratch", Wanted(size: "10Gi")))).ShouldContain(
            "Claim 'tower-scratch' asks for 10Gi, and Filestore's tier REGIONAL has 100 to 9984 or 10240 to 102400 GiB.");

    [Fact]
    public async Task Rejects_ADirectoryOnTheClass() =>
        (await Deployed.Refusal(() => Class().Claim("scratch", Wanted("research")))).ShouldContain(
            "Claim 'tower-scratch' asks for the directory 'research', but every claim gets a Filestore instance of its own: leave the directory out.");

    private static FilestoreStorage Instance(int capacity = 1024) =>
        new(
            "storage",
            new FilestoreStorageArgs
            {
                CapacityGiB = capacity,
                InstanceName = "studio-test-storage",
                Location = "europe-west1-b",
                Network = GcpParts.ExistingNetwork(),
                Protected = true,
                Tier = FilestoreTier.Zonal,
            });

    private static FilestoreClassStorage Class() =>
        new(
            "storage",
            new FilestoreClassStorageArgs
            {
                ClassName = "filestore",
                Network = GcpParts.ExistingNetwork(),
                Protected = true,
                Tier = FilestoreTier.Regional,
            });

    private static SharedClaimArgs Wanted(string directory = "", string size = "1Ti") =>
        new()
        {
            ClaimName = KubernetesName.Parse("tower-scratch"),
            Directory = directory,
            Namespace = "tower-nf",
            Size = Quantity.Parse(size),
        };
}

// Promise: no size passes that Filestore would refuse.
public sealed class FilestoreTierTests
{
    private static readonly Gen<FilestoreTier> Tiers = Gen.Elements(FilestoreTier.All.AsEnumerable());

    [Theory]
    [InlineData("BASIC_HDD", "1024 to 65433")]
    [InlineData("BASIC_SSD", "2560 to 65433")]
    [InlineData("ZONAL", "1024 to 9984 or 10240 to 102400")]
    [InlineData("REGIONAL", "100 to 9984 or 10240 to 102400")]
    [InlineData("ENTERPRISE", "1024 to 10240")]
    public void Sizes_AreThoseOfTheVendor(string tier, string sizes) => FilestoreTier.All.Single(candidate => candidate.Name == tier).Sizes.ShouldBe(sizes);

    [Property]
    public Property NothingUnderTheMinimum_IsOffered() =>
        Prop.ForAll(
                Arb.From(Tiers),
                Arb.From(Gen.Choose(0, 120_000)),
                (tier, size) => !tier.Offers(size) || (size >= tier.SmallestGiB && size <= tier.Bands[^1].LargestGiB));

    [Fact]
    public void Bands_DoNotTouch() =>
        FilestoreTier.All.ShouldAllBe(tier => tier.Bands.Zip(tier.Bands.Skip(1)).All(pair => pair.First.LargestGiB < pair.Second.SmallestGiB));

    [Theory]
    [InlineData("1Ti", 1024)]
    [InlineData("1T", 932)]
    [InlineData("100Gi", 100)]
    [InlineData("1500Mi", 2)]
    public void AClaim_IsRoundedUp(string size, int gibibytes) => FilestoreClassStorage.GibibytesOf(Quantity.Parse(size)).ShouldBe(gibibytes);
}
