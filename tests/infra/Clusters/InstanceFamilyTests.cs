using System.Text.RegularExpressions;
using Infra.Clusters;
using Tests.Stacks.Settings;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: which image nodes start from is read from a table of every family, and what the table lacks is judged by the name or refused.
public sealed partial class InstanceFamilyTests
{
    public static TheoryData<string> Files => StackFilesTests.Files;

    [Theory]
    [InlineData("m7i.large", false, Accelerator.None, null, false)]
    [InlineData("m7g.large", true, Accelerator.None, null, false)]
    [InlineData("c7gn.large", true, Accelerator.None, null, false)]
    [InlineData("r8gd.large", true, Accelerator.None, null, true)]
    [InlineData("t4g.small", true, Accelerator.None, null, false)]
    [InlineData("x2gd.metal", true, Accelerator.None, null, true)]
    [InlineData("a1.large", true, Accelerator.None, null, false)]
    [InlineData("i4i.large", false, Accelerator.None, null, true)]
    [InlineData("is4gen.large", true, Accelerator.None, null, true)]
    [InlineData("m6idn.large", false, Accelerator.None, null, true)]
    [InlineData("u7i-12tb.224xlarge", false, Accelerator.None, null, false)]
    [InlineData("c7i-flex.large", false, Accelerator.None, null, false)]
    [InlineData("g5.xlarge", false, Accelerator.Nvidia, null, true)]
    [InlineData("g4dn.xlarge", false, Accelerator.Nvidia, null, true)]
    [InlineData("g5g.xlarge", true, Accelerator.Nvidia, null, false)]
    [InlineData("gr6.4xlarge", false, Accelerator.Nvidia, null, true)]
    [InlineData("p4d.24xlarge", false, Accelerator.Nvidia, null, true)]
    [InlineData("p6-b200.48xlarge", false, Accelerator.Nvidia, null, false)]
    [InlineData("p6e-gb200.36xlarge", true, Accelerator.Nvidia, null, false)]
    [InlineData("inf2.xlarge", false, Accelerator.Neuron, null, false)]
    [InlineData("trn1n.32xlarge", false, Accelerator.Neuron, null, false)]
    [InlineData("g4ad.xlarge", false, Accelerator.Other, "AMD GPUs", true)]
    [InlineData("p2.xlarge", false, Accelerator.Other, "old NVIDIA GPUs", false)]
    [InlineData("dl1.24xlarge", false, Accelerator.Other, "Gaudi accelerators", false)]
    [InlineData("f2.6xlarge", false, Accelerator.Other, "FPGAs", false)]
    [InlineData("vt1.3xlarge", false, Accelerator.Other, "transcoders", false)]
    [InlineData("mac2.metal", true, Accelerator.Other, "hardware of Apple", false)]
    public void AFamily_IsInTheTable(string type, bool arm, Accelerator accelerator, string? obstacle, bool disks) => InstanceFamily.Of(type).ShouldBe(
        new InstanceFamily(type.Split('.')[0], arm, accelerator) { Obstacle = obstacle, HasLocalDisks = disks, IsKnown = true });

    [Theory]
    [InlineData("m19i.large", false, Accelerator.None, null, false)]
    [InlineData("m19gd.large", true, Accelerator.None, null, true)]
    [InlineData("g19.xlarge", false, Accelerator.Other, "GPUs of a family that this program does not know", false)]
    [InlineData("gr19f.xlarge", false, Accelerator.Other, "GPUs of a family that this program does not know", false)]
    [InlineData("p19-b900.48xlarge", false, Accelerator.Other, "GPUs of a family that this program does not know", false)]
    [InlineData("trn19.xlarge", false, Accelerator.Other, "Neuron devices of a family that this program does not know", false)]
    [InlineData("f19.xlarge", false, Accelerator.Other, "accelerators of a family that this program does not know", false)]
    public void ANewFamily_IsJudgedByItsName(string type, bool arm, Accelerator accelerator, string? obstacle, bool disks) => InstanceFamily.Of(type).ShouldBe(
        new InstanceFamily(type.Split('.')[0], arm, accelerator) { Obstacle = obstacle, HasLocalDisks = disks });

    [Fact]
    public void TheTable_HoldsWhatItsSourcesDo()
    {
        var families = InstanceFamily.All.ToArray();

        families.Length.ShouldBe(210);
        families.ShouldAllBe(family => family.IsKnown && family.Obstacle == null == (family.Accelerator != Accelerator.Other));
        // Each row of the EKS user guide's table, and the two sizes that the device plugin's chart counts as Trainium
        Names(Accelerator.Nvidia).ShouldBe(
            "g4dn g5 g5g g6 g6e g6f g7e gr6 gr6f p3 p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300 p6e-gb200".Split(' '));
        Names(Accelerator.Neuron).ShouldBe(["inf1", "inf2", "trn1", "trn1n", "trn2", "trn2u"]);

        string[] Names(Accelerator accelerator) =>
            [.. families.Where(family => family.Accelerator == accelerator).Select(family => family.Name).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void AStackFile_NamesFamiliesOfTheTable(string file) => Lists().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
        .SelectMany(list => list.Groups["types"].Value.Split(',', StringSplitOptions.TrimEntries))
        .Where(type => !InstanceFamily.Of(type).IsKnown)
        .ShouldBeEmpty("write the family into infra/Clusters/instance-families.txt, with its source");

    [Fact]
    public void TheTest_FindsTheTypesOfStackFiles() =>
        Lists().Match(File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.prod.yaml"))).Groups["types"].Value.ShouldBe("m7i.xlarge");

    [GeneratedRegex(@"instanceTypes: \[(?<types>[^\]]*)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lists();
}
