using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: a row of a tree is one row of the terminal, whatever its width, and what is shortened in it still tells siblings apart.
public sealed class TreeLayoutTests
{
    private static readonly string[] Types =
    [
        "platform:cache:Redis", "kubernetes:apps/v1:StatefulSet", "kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:extensions/v1beta1:Ingress",
        "aws:ec2/securityGroup:SecurityGroup", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:ec2:SecurityGroup", "x", "a:b:",
    ];

    private static readonly string[] Words = ["redis", "connect-server-registration-token", "配置データ", "e\u0301e\u0301", "👩🏽‍💻", "-", "a\nb", "0123456789", ""];

    [Property(Arbitrary = [typeof(Trees)])]
    public void NoRowIsWiderThanTheTerminal_AndSiblingsStayDifferent(Tree tree, PositiveInt wide)
    {
        var width = TreeLayout.LeastWidth + (wide.Get * 7 % 160);
        var laid = PlanTree.Arrange(tree.Rows);
        var layout = TreeLayout.Fit([.. laid.Select(line => (line.Branches, line.Row, TreeRenderer.Tail(line.Row)))], width);

        Shown(layout).ShouldAllBe(line => CellText.Width(line) <= width);
        CellText.Width(TreeRenderer.Heading(layout, "Plan").Text).ShouldBeLessThanOrEqualTo(width);
        layout.Rows.GroupBy(row => (row.Row.Parent, row.Type, row.Name)).ShouldAllBe(same => same.Select(row => row.Row.Urn).Distinct().Count() == 1);
        layout.Rows.Select(row => row.Row).ShouldBe(laid.Select(line => line.Row));
    }

    [Property(Arbitrary = [typeof(Trees)])]
    public void NothingIsShortened_WhereTheWidthIsNotKnown(Tree tree)
    {
        var laid = PlanTree.Arrange(tree.Rows);
        TreeLayout.Fit([.. laid.Select(line => (line.Branches, line.Row, TreeRenderer.Tail(line.Row)))], null).Rows
            .Select(row => (row.Branches, row.Type, row.Name))
            .ShouldBe(laid.Select(line => (line.Branches, Terminal.OneLine(line.Row.Type), Terminal.OneLine(line.Row.Urn.Name))));
    }

    [Fact]
    public void ATree_FitsTheTerminal()
    {
        Written(120).ShouldBe("""
                 Type                                  Name                                 Plan
                 pulumi:pulumi:Stack                   platform-prod
             ~   └─ platform:connect:ConnectServer     connect-server                       update  [environment]
             ~      ├─ kubernetes:apps/v1:StatefulSet  connect-server                       update  [spec] (pods restart, one after…
            ++      ├─ kubernetes:core/v1:Secret       connect-server-registration-token    create-replacement
             +      ├─ kubernetes:v1:Ingress           connect-server-registration-ingress  create
             +      └─ aws:…:SecurityGroupIngressRule  connect-server-from-proxy            create
            """);
        Written(80).ShouldBe("""
                 Type                     Name                    Plan
                 pulumi:pulumi:Stack      platform-prod
             ~   └─ ConnectServer         connect-server          update  [environment]
             ~      ├─ StatefulSet        connect-server          update  [spec] (pods rest…
            ++      ├─ Secret             connect-ser…tion-token  create-replacement
             +      ├─ Ingress            connect-ser…on-ingress  create
             +      └─ Security…ressRule  connect-ser…from-proxy  create
            """);
    }

    [Theory]
    [InlineData("kubernetes:apps/v1:StatefulSet", 40, "kubernetes:apps/v1:StatefulSet")]
    [InlineData("kubernetes:apps/v1:StatefulSet", 29, "kubernetes:v1:StatefulSet")]
    [InlineData("kubernetes:networking.k8s.io/v1:Ingress", 22, "kubernetes:v1:Ingress")]
    [InlineData("kubernetes:apps/v1:StatefulSet", 24, "kubernetes:…:StatefulSet")]
    [InlineData("kubernetes:apps/v1:StatefulSet", 20, "StatefulSet")]
    [InlineData("kubernetes:apps/v1:StatefulSet", 7, "Sta…Set")]
    public void AType_LosesItsPackageAndModuleFirst(string type, int width, string shortened) => TypeToken.Shortened(type, width).ShouldBe(shortened);

    [Theory]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", "aws:ec2:SecurityGroup")]
    [InlineData("kubernetes:core/v1:Secret", "kubernetes:core/v1:Secret")]
    [InlineData("pulumi:providers:aws", "pulumi:providers:aws")]
    [InlineData("kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v3:Release")]
    [InlineData("odd", "odd")]
    public void AType_LosesWhatItsClassRepeats(string type, string simplified) => TypeToken.Simplified(type).ShouldBe(simplified);

    [Theory]
    [InlineData("connect-server", 14, "connect-server")]
    [InlineData("connect-server", 9, "conn…rver")]
    [InlineData("connect-server", 1, "…")]
    [InlineData("配置データ", 10, "配置データ")]
    [InlineData("配置データ", 7, "配…ータ")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301…e\u0301")]
    public void AName_HasItsEllipsisInTheMiddle(string name, int width, string shortened)
    {
        CellText.Shortened(name, width).ShouldBe(shortened);
        CellText.Width(shortened).ShouldBeLessThanOrEqualTo(width);
    }

    private static string Written(int width)
    {
        var root = Row(null, Urn.RootType, "platform-prod", Operation.Same);
        var server = Row(root.Urn, "platform:connect:ConnectServer", "connect-server", Operation.Update) with { Note = "[environment]" };
        PlanRow[] rows =
        [
            root, server,
            Row(server.Urn, "kubernetes:apps/v1:StatefulSet", "connect-server", Operation.Update) with { Note = "[spec] (pods restart, one after the other)" },
            Row(server.Urn, "kubernetes:core/v1:Secret", "connect-server-registration-token", Operation.CreateReplacement),
            Row(server.Urn, "kubernetes:networking.k8s.io/v1:Ingress", "connect-server-registration-ingress", Operation.Create),
            Row(server.Urn, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "connect-server-from-proxy", Operation.Create),
        ];
        var layout = TreeLayout.Fit([.. PlanTree.Arrange(rows).Select(line => (line.Branches, line.Row, TreeRenderer.Tail(line.Row)))], width);
        return string.Join('\n', Shown(layout).Prepend(TreeRenderer.Heading(layout, "Plan").Text).Select(line => line.TrimEnd()));
    }

    private static IEnumerable<string> Shown(TreeLayout layout)
        => layout.Rows.Select(row => string.Concat(TreeRenderer.Line(layout, row).Select(piece => piece.Text)));

    private static PlanRow Row(Urn? parent, string type, string name, Operation operation) => new(Urn.Create("s", "p", parent, type, name), parent, type, operation);

    /// <summary>Rows that hang below each other, with names and types that are hard to tell apart when they are cut.</summary>
    public sealed record Tree(IReadOnlyList<PlanRow> Rows);

    public static class Trees
    {
        public static Arbitrary<Tree> Any() => (
            from seeds in Gen.Choose(0, int.MaxValue).NonEmptyListOf()
            select new Tree(Grown(seeds))).ToArbitrary();

        private static List<PlanRow> Grown(IEnumerable<int> seeds)
        {
            var rows = new List<PlanRow> { Row(null, Urn.RootType, "platform-dev", Operation.Same) };
            foreach (var seed in seeds)
            {
                var random = new Random(seed);
                var name = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Words[random.Next(Words.Length)]));
                var row = Row(rows[random.Next(rows.Count)].Urn, Types[random.Next(Types.Length)], $"n{name}", (Operation)random.Next(15)) with
                {
                    Note = random.Next(3) == 0 ? "[spec] (pods restart, one after the other) protected" : "",
                };
                if (rows.TrueForAll(other => other.Urn != row.Urn))
                {
                    rows.Add(row);
                }
            }
            return rows;
        }
    }
}
