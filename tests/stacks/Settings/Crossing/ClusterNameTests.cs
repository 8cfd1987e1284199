using Infra.Clusters;
using Stacks.Settings.Values;
using Tests.Stacks.Settings.Aws;

namespace Tests.Stacks.Settings.Crossing;

// Promise: the Platform's form names the cluster as its cloud does, never as somebody's kubeconfig does.
public sealed class ClusterNameTests
{
    private const string Arn = "arn:aws:eks:eu-west-1:123456789012:cluster/research";
    private const string Gke = "gke_example-project_europe-west1-b_research";

    [Theory]
    [InlineData(Arn, ClusterKind.Eks, "research", "eu-west-1")]
    [InlineData("arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/Research_1", ClusterKind.Eks, "Research_1", "us-gov-west-1")]
    [InlineData(Gke, ClusterKind.Gke, "research", "europe-west1-b")]
    [InlineData("gke_example.com:project_us-central1_a", ClusterKind.Gke, "a", "us-central1")]
    [InlineData(Arn, ClusterKind.Gke, null, null)]
    [InlineData(Gke, ClusterKind.Eks, null, null)]
    [InlineData(Arn, ClusterKind.Kubernetes, null, null)]
    [InlineData("gke_example-project_research", ClusterKind.Gke, null, null)]
    [InlineData("arn:aws:eks:eu-west-1:123456789012:nodegroup/research", ClusterKind.Eks, null, null)]
    [InlineData("admin@research.eu-west-1.eksctl.io", ClusterKind.Eks, null, null)]
    [InlineData(null, ClusterKind.Eks, null, null)]
    public void ANameIsTakenOutOfTheFormsOfTheTools(string? text, ClusterKind kind, string? name, string? location) =>
        ClusterIdentity.Of(text, kind).ShouldBe(name is null ? null : new ClusterIdentity(name, location!));

    [Theory]
    [InlineData("eks", Arn, "eu-west-1")]
    [InlineData("gke", Gke, "europe-west1-b")]
    public void Takes_AContextThatTellsTheName(string kind, string context, string location) =>
        Messages(kind, context, ("tower.location", $"\"{location}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("eks", "eu-west-1", "aws eks list-clusters")]
    [InlineData("gke", "europe-west1", "gcloud container clusters list")]
    public void AsksForAName_ThatTheContextDoesNotTell(string kind, string location, string command) =>
        Messages(kind, "admin@research", ("tower.location", $"\"{location}\"")).ShouldBe([
            $"""
            platform:tower.clusterName: is missing, and the context admin@research does not tell the name that the form needs
              allowed: the name of the cluster in its cloud
              fix:     add clusterName: <name>; {command} shows it
            """,
        ]);

    [Fact]
    public void Takes_ANameThatIsGiven()
    {
        Messages("eks", "admin@research", ("tower.location", "\"eu-west-1\""), ("tower.clusterName", "\"research\"")).ShouldBeEmpty();
        Messages("eks", "admin@research", ("tower.location", "\"eu-west-1\""), ("cluster.existing.name", "\"research\"")).ShouldBeEmpty();
        Messages("eks", "admin@research").ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_AnotherNameOrPlaceThanTheContextTells()
    {
        Messages("eks", Arn, ("tower.location", "\"eu-west-1\""), ("tower.clusterName", "\"other\"")).ShouldBe([
            """
            platform:tower.clusterName: is another cluster than research, which platform:cluster.existing names
              given:   other
              allowed: research
              fix:     remove clusterName, or describe that cluster
            """,
        ]);
        Messages("eks", Arn, ("tower.location", "\"us-east-1\"")).ShouldBe([
            """
            platform:tower.location: is another place than eu-west-1, where platform:cluster.existing says the cluster is
              given:   us-east-1
              allowed: eu-west-1
              fix:     location: eu-west-1
            """,
        ]);
    }

    [Theory]
    [InlineData("location", "eu-west-1")]
    [InlineData("clusterName", "research")]
    [InlineData("server", "https://kubernetes.example.com")]
    public void Warns_OfWhatAClusterOfThisStackKnowsItself(string key, string value) => AwsSample.Read(($"tower.{key}", $"\"{value}\"")).Warnings
        .Select(warning => warning.ToString()).ShouldBe([
            $"""
            platform:tower.{key}: has no meaning here: the form takes it from elsewhere
              given:   {value}
              allowed: given only with a cluster of the kind existing
              fix:     remove {key}
            """,
        ]);

    private static string[] Messages(string kind, string context, params (string, string?)[] changes) =>
        StackSample.Made.Messages([("cluster.existing", $$"""{ "kind": "{{kind}}", "context": "{{context}}" }"""), .. changes]);
}
