using System.Collections.Immutable;
using Infra.Iam;
using Infra.Tower;

namespace Tests.Infra.Tower;

// Promise: adding the Platform to aws-auth never takes anybody out, the nodes least of all.
public sealed class AwsAuthEntriesTests
{
    private const string Nodes = """
        - rolearn: arn:aws:iam::123456789012:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups:
          - system:bootstrappers
          - system:nodes

        """;

    private static readonly AwsAuthEntry Launcher = new(IamPrincipalKind.Role, "arn:aws:iam::123456789012:role/tower", "tower-launchers", ["tower-launchers"]);

    private const string LauncherText = """
        - rolearn: arn:aws:iam::123456789012:role/tower
          username: tower-launchers
          groups:
          - tower-launchers

        """;

    [Fact]
    public void Nodes_Stay() => AwsAuthEntries.Merge(Nodes, Launcher).ShouldBe(Nodes + LauncherText);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[]\n")]
    public void AnEmptyList_GetsItsFirstEntry(string list) => AwsAuthEntries.Merge(list, Launcher).ShouldBe(LauncherText);

    [Fact]
    public void MergingTwice_ChangesNothingMore()
    {
        var once = AwsAuthEntries.Merge(Nodes, Launcher);

        AwsAuthEntries.Merge(once, Launcher).ShouldBe(once);
    }

    [Fact]
    public void AnOlderEntryOfThePrincipal_IsReplaced() =>
        AwsAuthEntries.Merge(AwsAuthEntries.Merge(Nodes, Launcher with { UserName = "old", Groups = ImmutableArray.Create("a", "b") }), Launcher).ShouldBe(Nodes + LauncherText);

    [Fact]
    public void Users_HaveAKeyOfTheirOwn() =>
        AwsAuthEntries.Merge("", Launcher with { Kind = IamPrincipalKind.User, Arn = "arn:aws:iam::123456789012:user/tower" }).ShouldStartWith("- userarn: arn:aws:iam::123456789012:user/tower\n");

    [Theory]
    [InlineData("key: value")]
    [InlineData("- text")]
    public void SomethingElse_IsNotTouched(string list) => Should.Throw<FormatException>(() => AwsAuthEntries.Merge(list, Launcher)).Message.ShouldBe(
        "The config map kube-system/aws-auth holds something else than a list of entries: repair it first, nothing was changed.");

    [Fact]
    public void BrokenYaml_IsNotTouched() => Should.Throw<FormatException>(() => AwsAuthEntries.Merge("- [", Launcher)).Message.ShouldStartWith(
        "The config map kube-system/aws-auth holds a list that is not YAML (");
}
