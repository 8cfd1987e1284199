using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Crossing;

// Promise: what a cluster does not have is refused where another concept asks for it, before anything is deployed.
public sealed class ClusterRulesTests
{
    [Theory]
    [InlineData("alb", "kubernetes", "EKS", "plain Kubernetes", "eks")]
    [InlineData("alb", "gke", "EKS", "one of GKE", "eks")]
    [InlineData("gce", "eks", "GKE", "one of EKS", "gke")]
    [InlineData("gce", "kubernetes", "GKE", "plain Kubernetes", "gke")]
    public void Rejects_AControllerOfAnotherCloud(string controller, string kind, string wants, string words, string fix) =>
        StudiosSample
            .Messages(
                ("cluster.existing.kind", $"\"{kind}\""),
                ($"studios.ingress.{controller}", "{}"),
                ("studios.ingress.certificates", Certificates(controller)))
            .ShouldBe([
                $"""
                platform:studios.ingress.{controller}: is a controller of {wants}, and platform:cluster describes {words}
                  allowed: traefik or nginx, or a cluster of {wants}
                  fix:     set platform:cluster.existing.kind: {fix} if it is one, or choose another controller
                """,
            ]);

    [Theory]
    [InlineData("alb", "eks")]
    [InlineData("gce", "gke")]
    [InlineData("traefik", "kubernetes")]
    [InlineData("traefik", "eks")]
    [InlineData("nginx", "gke")]
    public void Takes_AControllerThatTheClusterCanHave(string controller, string kind) =>
        StudiosSample
            .Messages(
                ("cluster.existing.kind", $"\"{kind}\""),
                ($"studios.ingress.{controller}", "{}"),
                ("studios.ingress.certificates", Certificates(controller)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("awsNetworkLoadBalancer", "gke", "EKS", "one of GKE")]
    [InlineData("awsNetworkLoadBalancer", "kubernetes", "EKS", "plain Kubernetes")]
    [InlineData("googlePassthrough", "eks", "GKE", "one of EKS")]
    public void Rejects_ABalancerOfAnotherCloud(string balancer, string kind, string wants, string words) => StudiosSample.Messages(
        ("cluster.existing.kind", $"\"{kind}\""),
        ("studios.ssh", $$"""{ "workspaces": "all", "ownHost": { "host": "ssh.example.com", "loadBalancer": "{{balancer}}" } }""")).ShouldBe([
        $"""
        platform:studios.ssh.ownHost.loadBalancer: is made by {wants} alone, and platform:cluster describes {words}
          given:   {balancer}
          allowed: clusterDefault, or a cluster of {wants}
          fix:     set platform:cluster.existing.kind: {wants.ToLowerInvariant()} if it is one, or loadBalancer: clusterDefault
        """,
    ]);

    [Theory]
    [InlineData("awsNetworkLoadBalancer", "eks")]
    [InlineData("googlePassthrough", "gke")]
    [InlineData("clusterDefault", "kubernetes")]
    public void Takes_ABalancerOfTheCluster(string balancer, string kind) => StudiosSample.Messages(
        ("cluster.existing.kind", $"\"{kind}\""),
        ("studios.ssh", $$"""{ "workspaces": "all", "ownHost": { "host": "ssh.example.com", "loadBalancer": "{{balancer}}" } }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_NodesThatNoPoolHas() => AwsSample.Messages(("studios.pods.nodeSelector", """{ "pool": "platform" }""")).ShouldBe([
        """
        platform:studios.pods.nodeSelector: asks for labels that no node pool of platform:cluster has, and the pods would never be scheduled
          given:   pool: platform
          allowed: labels of one of the pools
          fix:     add them to the labels of a pool (general), or remove nodeSelector
        """,
    ]);

    [Fact]
    public void Takes_NodesThatAPoolHas_AndLabelsOfTheCloud()
    {
        AwsSample.Messages(
            ("studios.pods.nodeSelector", """{ "pool": "platform", "topology.kubernetes.io/zone": "eu-west-1a" }"""),
            ("cluster.eks.nodePools.general.labels", """{ "pool": "platform", "more": "x" }""")).ShouldBeEmpty();
        StudiosSample.Messages(("studios.pods.nodeSelector", """{ "pool": "platform" }""")).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_StudiosOnGravitonAlone()
    {
        AwsSample.Messages(("cluster.eks.nodePools.general.instanceTypes", """["m7g.large"]""")).ShouldBe([
            """
            platform:cluster.eks.nodePools: have Graviton processors alone, and the vendor makes the images of connect for x86-64
              allowed: one pool or more of x86-64 while there is platform:studios
              fix:     add a pool: studios: { instanceTypes: [m7i.large] }
            """,
        ]);
        AwsSample.Messages(
            ("cluster.eks.nodePools.general.instanceTypes", """["m7g.large"]"""),
            ("cluster.eks.nodePools.studios", """{ "instanceTypes": ["m7i.large"] }""")).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_TheFolderOfOneNode_OnSeveral()
    {
        const string hostPath = """{ "hostPath": { "path": "/srv", "singleNodeDemo": true } }""";
        AwsSample.Messages(("storage", hostPath)).ShouldBe([Message(3)]);
        AwsSample
            .Messages(
                ("storage", hostPath),
                ("cluster.eks.nodePools.general.maximum", "1"),
                ("cluster.eks.nodePools.more", """{ "instanceTypes": ["m7i.large"], "maximum": 1 }"""))
            .ShouldBe([Message(2)]);
        GcpSample.Messages(("storage", hostPath), ("cluster.gke.nodePools.general.maximum", "9")).ShouldBe([Message(9)]);
        AwsSample.Messages(("storage", hostPath), ("cluster.eks.nodePools.general.maximum", "1")).ShouldBeEmpty();
        StackSample.Made.Messages(("storage", hostPath)).ShouldBeEmpty();

        static string Message(int nodes) =>
            $"""
            platform:storage.hostPath: is a directory of one node, and platform:cluster may have {nodes}: pods on the others see an empty one
              given:   /srv
              allowed: storage that every node mounts, or a cluster of one node
              fix:     describe efs, filestore, nfs or existingClass, or one node pool with maximum: 1
            """;
    }

    private static string Certificates(string controller) => controller switch
    {
        "alb" => """[{ "names": ["*.example.com"], "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" }]""",
        "gce" => """[{ "names": ["*.example.com"], "preShared": "studios" }]""",
        _ => """[{ "names": ["*.example.com"], "tlsSecret": "studios" }]""",
    };
}
