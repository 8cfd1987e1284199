using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Clusters;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Routing;
using Infra.Scaling;
using Infra.Studios;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: in Auto Mode nothing is installed that AWS runs itself, and what stays speaks with AWS's parts.
public sealed class EksAutoModeTests
{
    private static readonly EksAutoMode On = new() { Enabled = true, Pools = [new ProvisionedPool("pipelines", 500)] };

    [Fact]
    public async Task ACluster_HasTheseChildren() =>
        (await Deployed.Of(options => Make(On, options))).Lineages.ShouldBe([
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$kubernetes:core/v1:ConfigMap::cluster-auto-network-policies",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$kubernetes:eks.amazonaws.com/v1:NodeClass::cluster-auto-pipelines-class",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$kubernetes:karpenter.sh/v1:NodePool::cluster-auto-pipelines",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes$aws:eks/accessEntry:AccessEntry::cluster-auto-nodes-access",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes$aws:eks/accessPolicyAssociation:AccessPolicyAssociation::cluster-auto-nodes-access-policy",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes$aws:iam/role:Role::cluster-auto-nodes-role",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-auto-nodes-amazonec2containerregistrypullonly",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-auto-nodes-amazoneksworkernodeminimalpolicy",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools$platform:clusters:AutoModeNodes::cluster-auto-nodes",
            "platform:clusters:EksCluster$platform:clusters:AutoModePools::cluster-auto",
            "platform:clusters:EksCluster$platform:clusters:DefaultStorageClass$kubernetes:storage.k8s.io/v1:StorageClass::cluster-storage",
            "platform:clusters:EksCluster$platform:clusters:DefaultStorageClass::cluster-storage",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-aws-efs-csi-driver",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-metrics-server",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-snapshot-controller",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/role:Role::cluster-services-aws-efs-csi-driver-role",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-services-aws-efs-csi-driver-policy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons::cluster-services",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:cloudwatch/logGroup:LogGroup::cluster-logs",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/accessEntry:AccessEntry::cluster-administrator-deploy-25f372",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/accessPolicyAssociation:AccessPolicyAssociation::cluster-administrator-deploy-25f372-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/cluster:Cluster::cluster",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/openIdConnectProvider:OpenIdConnectProvider::cluster-oidc",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/role:Role::cluster-role",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-encryption-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-log-group-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-tag-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-volume-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-amazoneksblockstoragepolicy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-amazonekscomputepolicy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-amazoneksloadbalancingpolicy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-amazoneksnetworkingpolicy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-cluster-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$platform:clusters:AutoModeNodes$aws:iam/role:Role::cluster-built-in-role",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$platform:clusters:AutoModeNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-built-in-amazonec2containerregistrypullonly",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$platform:clusters:AutoModeNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-built-in-amazoneksworkernodeminimalpolicy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$platform:clusters:AutoModeNodes::cluster-built-in",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane::cluster",
            "platform:clusters:EksCluster$pulumi:providers:kubernetes::cluster-provider",
            "platform:clusters:EksCluster$pulumi:providers:kubernetes::cluster-system",
            "platform:clusters:EksCluster::cluster",
        ]);

    [Fact]
    public async Task TheControlPlane_IsToldAllThree_AndStandsWhereNodesHaveAWayOut()
    {
        var cluster = JsonNode.Parse((await Deployed.Of(() => Make(On))).Inputs("cluster"))!;

        cluster["computeConfig"]!.ToJsonString().ShouldBe(
            """{"enabled":true,"nodePools":["general-purpose","system"],"nodeRoleArn":"arn:aws:test:eu-west-1:123456789012:cluster-built-in-role"}""");
        cluster["storageConfig"]!.ToJsonString().ShouldBe("""{"blockStorage":{"enabled":true}}""");
        cluster["kubernetesNetworkConfig"]!["elasticLoadBalancing"]!.ToJsonString().ShouldBe("""{"enabled":true}""");
        ((bool)cluster["bootstrapSelfManagedAddons"]!).ShouldBeFalse();
        cluster["vpcConfig"]!["subnetIds"]!.ToJsonString().ShouldBe("""["subnet-1","subnet-2"]""");
    }

    [Fact]
    public async Task WithoutBuiltInPools_TheControlPlaneStaysInItsSubnets()
    {
        var deployed = await Deployed.Of(() => Make(On with { BuiltInPools = [] }));
        var cluster = JsonNode.Parse(deployed.Inputs("cluster"))!;

        cluster["computeConfig"]!.ToJsonString().ShouldBe("""{"enabled":true}""");
        cluster["vpcConfig"]!["subnetIds"]!.ToJsonString().ShouldBe("""["subnet-8","subnet-9"]""");
        deployed.Has("cluster-built-in-role").ShouldBeFalse();
    }

    // EKS has to be told, where it was told the contrary.
    [Fact]
    public async Task TakenBack_ItIsSwitchedOff_AndNodeGroupsAreAsEver()
    {
        var off = await Deployed.Of(() => Make(new EksAutoMode { Enabled = false }));
        var never = await Deployed.Of(() => Make(null));

        var cluster = JsonNode.Parse(off.Inputs("cluster"))!;
        cluster["computeConfig"]!.ToJsonString().ShouldBe("""{"enabled":false}""");
        cluster["storageConfig"]!.ToJsonString().ShouldBe("""{"blockStorage":{"enabled":false}}""");
        cluster["kubernetesNetworkConfig"]!["elasticLoadBalancing"]!.ToJsonString().ShouldBe("""{"enabled":false}""");
        off.Plan.Where(entry => never.Plan.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key)
            .ShouldBe(["aws:eks/cluster:Cluster::cluster"]);
        never.Inputs("cluster").ShouldNotContain("computeConfig");
    }

    [Fact]
    public async Task OwnPools_HaveTheStacksTags_AndTheClustersGroup()
    {
        var deployed = await Deployed.Of(() => Make(On));

        deployed.Inputs("cluster-auto-pipelines-class").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "eks.amazonaws.com/v1", "kind": "NodeClass", "metadata": { "name": "pipelines" },
              "spec": {
                "ephemeralStorage": { "size": "80Gi" }, "networkPolicy": "DefaultAllow", "role": "ROLE",
                "securityGroupSelectorTerms": [{ "id": "sg-nodes" }], "subnetSelectorTerms": [{ "id": "subnet-1" }, { "id": "subnet-2" }],
                "tags": { "stack": "test" }
              }
            }
            """.Replace("ROLE", MockValues.AutomaticName("cluster-auto-nodes-role"), StringComparison.Ordinal)));
        deployed.Inputs("cluster-auto-nodes-access").ShouldBe(Deployed.Json("""
            { "clusterName": "studio-test", "principalArn": "arn:aws:test:eu-west-1:123456789012:cluster-auto-nodes-role", "type": "EC2" }
            """));
        deployed.Inputs("cluster-auto-nodes-access-policy").ShouldContain("arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy");
        deployed.Inputs("cluster-auto-network-policies").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "v1", "data": { "enable-network-policy-controller": "true" }, "kind": "ConfigMap",
              "metadata": { "name": "amazon-vpc-cni", "namespace": "kube-system" }
            }
            """));
        JsonNode.Parse(deployed.Inputs("cluster-storage"))!["provisioner"]!.ToString().ShouldBe("ebs.csi.eks.amazonaws.com");
    }

    [Fact]
    public async Task TargetGroups_CarryTheClustersTag_AndBindingsAreEksOwn()
    {
        var deployed = await Deployed.Of(options =>
        {
            var cluster = Make(On);
            new PlatformLoadBalancer(
                "edge",
                new PlatformLoadBalancerArgs { CertificateArn = "arn:certificate", ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")], Cluster = cluster },
                options).Route(
                    "route",
                    new LoadBalancerRouteArgs
                    {
                        Namespace = "seqera",
                        PodPort = 8081,
                        Priority = 1,
                        Routes = new HostRoutes([DomainName.Parse("connect.example.com")], null, "connect-proxy", 80),
                    },
                    options);
        });

        JsonNode.Parse(deployed.Inputs("route"))!["tags"]!.ToJsonString().ShouldBe("""{"eks:eks-cluster-name":"studio-test"}""");
        JsonNode.Parse(deployed.Inputs("route-binding"))!["apiVersion"]!.ToString().ShouldBe("eks.amazonaws.com/v1");
    }

    [Fact]
    public async Task ServicesOfTypeLoadBalancer_AreItsOwn()
    {
        EksCluster? cluster = null;
        await Deployed.Of(() => cluster = Make(On));

        ((ICluster)cluster!).ServiceLoadBalancer.ShouldBe(SshLoadBalancer.EksAutoMode);
        var plan = SshServicePlan.Plan(
            new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")), 2222, SshLoadBalancer.EksAutoMode, internetFacing: true, []);
        plan.LoadBalancerClass.ShouldBe("eks.amazonaws.com/nlb");
        // Attributes of listeners are not its own (EKS user guide, "Create an IngressClass", Considerations).
        plan.Annotations.ShouldBe(
            new Dictionary<string, string>
            {
                ["service.beta.kubernetes.io/aws-load-balancer-attributes"] = "load_balancing.cross_zone.enabled=true",
                ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"] = "TCP",
                ["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"] = "ip",
                ["service.beta.kubernetes.io/aws-load-balancer-scheme"] = "internet-facing",
                ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"] = "preserve_client_ip.enabled=true",
            },
            ignoreOrder: true);
    }

    private static EksCluster Make(EksAutoMode? autoMode, ComponentResourceOptions? options = null) => new(
        "cluster",
        AwsParts.Cluster(
            AwsParts.Account(),
            network: new ExistingNetwork("vpc-1", ["subnet-a", "subnet-b"], ["subnet-1", "subnet-2"], ["subnet-8", "subnet-9"]),
            autoMode: autoMode),
        options);
}
