namespace Tests.Stacks.Settings.Aws;

// Promise: what a production stack has one of, or leaves open, does not pass without a word; what it does right passes without one.
public sealed class ProductionWarningsTests
{
    private static readonly (string Path, string? Json)[] Production =
    [
        ("production", "true"),
        ("cluster.eks.nodePools.general.minimum", "2"),
        ("studios.server", """{ "replicas": 3 }"""),
        ("studios.proxy", """{ "replicas": 3 }"""),
    ];

    [Fact]
    public void AStackThatSurvives_SaysNothing() => Warnings().ShouldBeEmpty();

    [Theory]
    [InlineData("cluster.eks.network", """{ "create": { "nat": "single" } }""", "platform:cluster.eks.network.create.nat")]
    [InlineData("cluster.eks.nodePools.general.minimum", "1", "platform:cluster.eks.nodePools")]
    [InlineData("studios.server.replicas", "1", "platform:studios.server.replicas")]
    [InlineData("studios.proxy.replicas", "1", "platform:studios.proxy.replicas")]
    [InlineData("redis.elastiCache.finalSnapshot", "false", "platform:redis.elastiCache.finalSnapshot")]
    [InlineData("unprotected", """["tower.environments.research"]""", "platform:unprotected[0]")]
    [InlineData("cluster.eks.nodePools.general.maximum", "9", "platform:cluster.eks.nodePools.general.maximum")]
    [InlineData("redis", "{ \"inCluster\": {} }", "platform:redis.inCluster")]
    [InlineData("storage", """{ "fsxLustre": { "capacityGiB": 1200 } }""", "platform:storage.fsxLustre")]
    [InlineData("cluster.eks.logTypes", "[\"api\"]", "platform:cluster.eks.logTypes")]
    [InlineData("cluster.eks.network", """{ "create": { "flowLogs": "none" } }""", "platform:cluster.eks.network.create.flowLogs")]
    [InlineData("backup", "{}", "platform:storage.efs.backup")]
    public void AWeakness_IsNamed(string path, string value, string at) => Warnings((path, value)).ShouldBe([at]);

    [Fact]
    public void OutsideProduction_OneIsEnough() =>
        Warnings(("production", null), ("studios.server.replicas", "1"), ("cluster.eks.network", """{ "create": { "nat": "single" } }""")).ShouldBeEmpty();

    [Fact]
    public void OutsideProduction_NothingIsClosed() => AwsSample.Read(("unprotected", """["redis"]""")).Warnings
        .Select(warning => warning.ToString()).ShouldBe([
        """
        platform:unprotected: opens what is not closed: without production: true nothing is protected
          allowed: given beside production: true
          fix:     remove unprotected
        """,
    ]);

    [Fact]
    public void Rejects_APartThatNoStackHas() => AwsSample.Messages(("unprotected", """["tower.research"]""")).ShouldBe([
        """
        platform:unprotected[0]: is not a part of the stack that can be opened for deletion
          given:   tower.research
          allowed: aws, backup, cluster, codeStudios, compose, dns, redis, storage, studios, studios.ssh, tower, workbench, or tower.environments or codeStudios.templates and the name of one
          fix:     for example unprotected: [tower.environments.research]
        """,
    ]);

    [Theory]
    [InlineData("cluster.eks.kubernetesRole", "\"ARN\"", "platform:cluster.eks.kubernetesRole")]
    [InlineData("tower.eks", "{ \"principal\": \"ARN\" }", "platform:tower.eks.principal")]
    public void Rejects_AnArnOfAnotherPartition(string path, string value, string at)
    {
        const string arn = "arn:aws:iam::123456789012:role/platform";

        AwsSample.Messages(
            ("aws.region", "\"us-gov-west-1\""),
            ("cluster.eks.administrators", """["arn:aws-us-gov:iam::123456789012:role/deploy"]"""),
            (path, value.Replace("ARN", arn, StringComparison.Ordinal))).ShouldBe([
            $"""
            {at}: is in another partition of AWS than the region, us-gov-west-1, where nothing can name it
              given:   {arn}
              allowed: an ARN that starts with arn:aws-us-gov:
              fix:     name what stands in this partition, or another platform:aws.region
            """,
        ]);
    }

    private static string[] Warnings(params (string Path, string? Json)[] changes)
    {
        var read = AwsSample.Read([.. Production, .. changes]);
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return [.. read.Warnings.Select(warning => warning.Path.Text)];
    }
}
