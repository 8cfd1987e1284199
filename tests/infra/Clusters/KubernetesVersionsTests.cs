using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Clusters;
using Infra.Scaling;

namespace Tests.Infra.Clusters;

// Promise: every Kubernetes version on offer is supported and has everything pinned that depends on it.
public sealed class EksVersionTests
{
    [Fact]
    public void Versions_AreThoseThatEksSupports() => EksVersion.All.Select(version => $"{version.Name} {version.Support}").ShouldBe([
        "1.32 Extended", "1.33 Extended", "1.34 Standard", "1.35 Standard", "1.36 Standard",
    ]);

    [Fact]
    public void EveryVersion_OutlivesTheTable() =>
        EksVersion.All.ShouldAllBe(version => version.ExtendedUntil > EksVersion.AsOf.AddMonths(1) && version.StandardUntil < version.ExtendedUntil);

    [Fact]
    public void TheDefault_IsInStandardSupport() => EksVersion.Find(EksVersion.Default)!.Support.ShouldBe(EksSupport.Standard);

    [Fact]
    public void KubeProxy_AndTheAutoscaler_FollowTheCluster() => EksVersion.All.ShouldAllBe(version =>
        version.KubeProxy.StartsWith($"v{version.Name}.") && ClusterAutoscalerChart.ImageTag(version).StartsWith($"v{version.Name}."));

    [Fact]
    public void AnUnknownVersion_IsNotFound() => EksVersion.Find("1.31").ShouldBeNull();

    [Fact]
    public void Addons_ThatNodesWaitFor_ComeFirst() =>
        EksAddon
            .For(EksVersion.Find("1.35")!, lustreEnabled: true)
            .Select(addon => $"{addon.Name} {addon.Version} {addon.BeforeNodes}")
            .ShouldBe([
                "eks-pod-identity-agent v1.4.0-eksbuild.2 True",
                "vpc-cni v1.22.4-eksbuild.3 True",
                "kube-proxy v1.35.3-eksbuild.29 True",
                "coredns v1.13.2-eksbuild.31 False",
                "aws-ebs-csi-driver v1.66.0-eksbuild.1 False",
                "aws-efs-csi-driver v3.4.2-eksbuild.1 False",
                "metrics-server v0.9.0-eksbuild.11 False",
                "snapshot-controller v8.6.0-eksbuild.8 False",
                "aws-fsx-csi-driver v1.9.0-eksbuild.1 False",
            ]);

    [Fact]
    public void TheLustreDriver_IsInstalledWhereItIsNeeded() =>
        EksAddon.For(EksVersion.Find("1.35")!, lustreEnabled: false).ShouldNotContain(addon => addon.Name == "aws-fsx-csi-driver");
}

// Promise: a version is offered by the channels that have it, and by no other.
public sealed class GkeVersionTests
{
    [Fact]
    public void TheTable_IsInOrderAndHasNoGaps() => GkeVersion.All.Select(version => version.Name).ShouldBe(["1.33", "1.34", "1.35", "1.36"]);

    [Fact]
    public void TheDefault_IsInEveryChannel() => GkeVersion.Find(GkeVersion.Default)!.Channels.ShouldBe(Enum.GetValues<GkeReleaseChannel>());

    [Theory]
    [InlineData(GkeReleaseChannel.Rapid, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Regular, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Stable, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Extended, "1.33 1.34 1.35 1.36")]
    public void Channels_OfferWhatTheySupport(GkeReleaseChannel channel, string versions) =>
        string.Join(' ', GkeVersion.In(channel).Select(version => version.Name)).ShouldBe(versions);

    [Fact]
    public void EveryVersion_IsStillSupportedBySomething() =>
        GkeVersion.All.ShouldAllBe(version => version.ExtendedUntil >= GkeVersion.AsOf && version.RegularSince < version.StandardUntil);

    [Fact]
    public void ExtendedSupport_EndsTwoYearsAfterRegular() => GkeVersion.Find("1.35")!.ExtendedUntil.ShouldBe(new DateOnly(2028, 2, 11));

    [Property]
    public Property OtherVersions_AreUnknown() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 99)), minor => (GkeVersion.Find($"1.{minor}") is null) == (minor is < 33 or > 36));
}
