using Rehearsal;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: every AWS stack of the repository plans cleanly, and what manages a thing in AWS is made before it and destroyed after it.
// It does not prove that AWS agrees.
public sealed class AwsProgramTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    // Types whose loss is loss of data or of the platform's address; a production stack protects every one.
    private static readonly string[] Stateful =
    [
        "aws:ec2/vpc:Vpc",
        "aws:efs/accessPoint:AccessPoint",
        "aws:efs/fileSystem:FileSystem",
        "aws:eks/cluster:Cluster",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:kms/key:Key",
        "aws:lb/loadBalancer:LoadBalancer",
    ];

    [Theory]
    [InlineData("Pulumi.prod.yaml")]
    [InlineData("stacks/examples/Pulumi.eks-dev.yaml")]
    [InlineData("stacks/examples/Pulumi.eks-existing-vpc.yaml")]
    [InlineData("stacks/examples/Pulumi.eks-adopt.yaml")]
    [InlineData("stacks/examples/Pulumi.eks-karpenter.yaml")]
    [InlineData("stacks/examples/Pulumi.eks-auto.yaml")]
    public async Task EveryStack_PlansCleanly(string file)
    {
        var rehearsed = await Rehearsed.Of(file);

        Complaints.Of(rehearsed.Result).ShouldBeEmpty();
        rehearsed.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
    }

    [Fact]
    public async Task TheController_OutlivesWhateverItMadeALoadBalancerFor()
    {
        var rehearsed = await Rehearsed.Of("stacks/examples/Pulumi.eks-dev.yaml");
        var controller = rehearsed.Named(Release, "cluster-load-balancers").Urn.ToString();
        var managed = rehearsed.Resources.Where(resource => resource.Type == "kubernetes:networking.k8s.io/v1:Ingress").ToList();

        managed.Select(resource => resource.Urn.Name).Order(StringComparer.Ordinal).ShouldBe(["studios-hosts", "studios-sessions"]);
        managed.ShouldAllBe(resource => rehearsed.Outliving(resource).Contains(controller));
    }

    [Theory]
    [InlineData("Pulumi.prod.yaml", "network-private-1-default", "network-private-2-default", "network-private-3-default", "network-public-default")]
    [InlineData("stacks/examples/Pulumi.eks-dev.yaml", "network-private-1-default", "network-private-2-default", "network-public-default")]
    public async Task TheWayToTheAwsApi_OutlivesNodesAndController(string file, params string[] routes)
    {
        var rehearsed = await Rehearsed.Of(file);
        var outliving = rehearsed.Outliving(rehearsed.Named(Release, "cluster-load-balancers"));
        var ways = rehearsed.Resources.Where(resource => resource.Type == "aws:ec2/route:Route" && resource.Urn.Name.EndsWith("-default")).ToList();

        ways.Select(way => way.Urn.Name).Order(StringComparer.Ordinal).ShouldBe(routes);
        ways.ShouldAllBe(way => outliving.Contains(way.Urn.ToString()));
        rehearsed.Resources.Where(resource => resource.Type == "aws:ec2/routeTableAssociation:RouteTableAssociation" && resource.Urn.Name.Contains("-private-"))
            .ShouldAllBe(association => outliving.Contains(association.Urn.ToString()));
    }

    [Fact]
    public async Task BalancersOfOurs_AreGoneBeforeTheirWayToTheInternet()
    {
        var rehearsed = await Rehearsed.Of("Pulumi.prod.yaml");
        var way = rehearsed.Named("aws:ec2/route:Route", "network-public-default").Urn.ToString();
        var balancers = rehearsed.Resources.Where(resource => resource.Type == "aws:lb/loadBalancer:LoadBalancer").ToList();

        balancers.Select(balancer => balancer.Urn.Name).Order(StringComparer.Ordinal).ShouldBe(["edge", "front"]);
        balancers.ShouldAllBe(balancer => rehearsed.Outliving(balancer).Contains(way));
    }

    [Fact]
    public async Task InProduction_EverythingIsMadeInItsOrder()
    {
        var rehearsed = await Rehearsed.Of("Pulumi.prod.yaml");

        string Urn(string type, string name) => rehearsed.Named(type, name).Urn.ToString();
        var binding = rehearsed.Outliving(rehearsed.Named("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "edge-studios-binding"));
        binding.ShouldContain(Urn(Release, "cluster-load-balancers"));
        binding.ShouldContain(Urn("aws:lb/listenerRule:ListenerRule", "edge-studios-1"));

        var controller = rehearsed.Outliving(rehearsed.Named(Release, "cluster-load-balancers"));
        controller.ShouldContain(Urn("aws:eks/nodeGroup:NodeGroup", "cluster-nodes-platform"));
        controller.ShouldContain(Urn("aws:eks/addon:Addon", "cluster-services-coredns"));
        controller.ShouldContain(
            Urn("aws:eks/podIdentityAssociation:PodIdentityAssociation", "cluster-load-balancers-identity-association-aws-load-balancer-controller"));
        controller.ShouldContain(
            rehearsed
                .Resources.Single(resource =>
                    resource.Type == "aws:eks/accessPolicyAssociation:AccessPolicyAssociation" && resource.Urn.Name.Contains("-platform-deploy-"))
                .Urn.ToString());
        rehearsed
            .Outliving(rehearsed.Named("aws:eks/addon:Addon", "cluster-services-coredns"))
            .ShouldContain(Urn("aws:eks/nodeGroup:NodeGroup", "cluster-nodes-platform"));
        rehearsed
            .Outliving(rehearsed.Named("aws:eks/nodeGroup:NodeGroup", "cluster-nodes-platform"))
            .ShouldContain(Urn("aws:eks/addon:Addon", "cluster-network-vpc-cni"));
        rehearsed.Outliving(rehearsed.Named("aws:eks/cluster:Cluster", "cluster")).ShouldContain(Urn("aws:cloudwatch/logGroup:LogGroup", "cluster-logs"));
        rehearsed
            .Outliving(rehearsed.Named("aws:lb/listener:Listener", "edge-https"))
            .ShouldContain(Urn("aws:acm/certificateValidation:CertificateValidation", "domain-certificate-issued"));
    }

    // What stays unknown holds what AWS draws by lot: the id of a key, and the address of the cluster's identity provider.
    [Fact]
    public async Task WhereOneAccountIsAllowed_PoliciesCanBeReadInAPlan()
    {
        var rehearsed = await Rehearsed.Of("Pulumi.prod.yaml");

        rehearsed.Resources
            .Where(resource => resource.Type is "aws:iam/role:Role" or "aws:iam/rolePolicy:RolePolicy" or "aws:iam/userPolicy:UserPolicy")
            .Where(resource => (resource.Inputs.Find("assumeRolePolicy") ?? resource.Inputs["policy"]).ContainsUnknowns)
            .Select(resource => resource.Urn.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "cluster-encryption-policy",
                "cluster-services-aws-ebs-csi-driver-encryption-policy",
                "tower-clinical-fusion-identity-role",
                "tower-research-fusion-identity-role",
            ]);
    }

    [Fact]
    public async Task TheWayToTheApiServer_IsThereBeforeAnythingIsPutOnTheCluster()
    {
        var rehearsed = await Rehearsed.Of("Pulumi.prod.yaml");
        var first = rehearsed.Outliving(rehearsed.Named(Release, "cluster-load-balancers"));

        rehearsed.Resources
            .Where(resource => resource.Urn.Name.StartsWith("network-connections-") || resource.Urn.Name.StartsWith("cluster-from-"))
            .Select(resource => (resource.Urn.Name, first.Contains(resource.Urn.ToString())))
            .Order()
            .ShouldBe([
                ("cluster-from-10.0.0.0-16", true),
                ("network-connections-company", true),
                ("network-connections-company-intra-10.0.0.0-16", true),
                ("network-connections-company-private-1-10.0.0.0-16", true),
                ("network-connections-company-private-2-10.0.0.0-16", true),
                ("network-connections-company-private-3-10.0.0.0-16", true),
            ]);
    }

    [Fact]
    public async Task InProduction_WhatCannotBeReplacedIsProtected()
    {
        var rehearsed = await Rehearsed.Of("Pulumi.prod.yaml");
        var stateful = rehearsed.Resources.Where(resource => Stateful.Contains(resource.Type)).ToList();

        stateful.Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal).ShouldBe(Stateful);
        stateful.Where(resource => !resource.Protect).Select(resource => resource.Urn.ToString()).ShouldBeEmpty();
        // What a number makes anew is not protected, what keeps it is.
        rehearsed.Resources.Where(resource => resource.Protect && resource.Type.Split(':')[0] is "random" or "tls").ShouldBeEmpty();
        rehearsed.Named("kubernetes:core/v1:Secret", "registration-token-token").Protect.ShouldBeTrue();
        rehearsed.Named("kubernetes:core/v1:Secret", "signing-key").Protect.ShouldBeTrue();
    }

    [Fact]
    public async Task TheDevStack_CanBeThrownAway()
    {
        var rehearsed = await Rehearsed.Of("stacks/examples/Pulumi.eks-dev.yaml");

        rehearsed.Resources.Where(resource => resource.Protect || resource.RetainOnDelete).Select(resource => resource.Urn.ToString()).ShouldBeEmpty();
    }
}
