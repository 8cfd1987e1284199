using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Clusters;
using Infra.Scaling;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Scaling;

// Promise: Karpenter starts what its pools say, as nobody but itself, in the subnets and the group of the cluster.
public sealed class KarpenterTests
{
    [Fact]
    public async Task Karpenter_HasTheseChildren() => (await Deployed.Of(options => Make(2, options))).Lineages.ShouldBe([
        "platform:scaling:Karpenter$aws:iam/rolePolicy:RolePolicy::karpenter-pass-role",
        "platform:scaling:Karpenter$kubernetes:helm.sh/v3:Release::karpenter",
        "platform:scaling:Karpenter$kubernetes:helm.sh/v3:Release::karpenter-crds",
        "platform:scaling:Karpenter$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::karpenter-identity-association-karpenter",
        "platform:scaling:Karpenter$platform:iam:ServiceAccountRole$aws:iam/role:Role::karpenter-identity-role",
        "platform:scaling:Karpenter$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::karpenter-identity-policy",
        "platform:scaling:Karpenter$platform:iam:ServiceAccountRole::karpenter-identity",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventRule:EventRule::karpenter-queue-capacity-reservation",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventRule:EventRule::karpenter-queue-rebalance",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventRule:EventRule::karpenter-queue-scheduled-change",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventRule:EventRule::karpenter-queue-spot-interruption",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventRule:EventRule::karpenter-queue-state-change",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventTarget:EventTarget::karpenter-queue-capacity-reservation-target",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventTarget:EventTarget::karpenter-queue-rebalance-target",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventTarget:EventTarget::karpenter-queue-scheduled-change-target",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventTarget:EventTarget::karpenter-queue-spot-interruption-target",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:cloudwatch/eventTarget:EventTarget::karpenter-queue-state-change-target",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:sqs/queue:Queue::karpenter-queue",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue$aws:sqs/queuePolicy:QueuePolicy::karpenter-queue-policy",
        "platform:scaling:Karpenter$platform:scaling:InterruptionQueue::karpenter-queue",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:eks/accessEntry:AccessEntry::karpenter-nodes-access",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:iam/instanceProfile:InstanceProfile::karpenter-nodes-profile",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:iam/role:Role::karpenter-nodes-role",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::karpenter-nodes-amazonec2containerregistrypullonly",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::karpenter-nodes-amazoneksworkernodepolicy",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes$aws:iam/rolePolicyAttachment:RolePolicyAttachment::karpenter-nodes-amazonssmmanagedinstancecore",
        "platform:scaling:Karpenter$platform:scaling:KarpenterNodes::karpenter-nodes",
        "platform:scaling:Karpenter$platform:scaling:KarpenterPool$kubernetes:karpenter.k8s.aws/v1:EC2NodeClass::karpenter-pool-burst-class",
        "platform:scaling:Karpenter$platform:scaling:KarpenterPool$kubernetes:karpenter.sh/v1:NodePool::karpenter-pool-burst",
        "platform:scaling:Karpenter$platform:scaling:KarpenterPool::karpenter-pool-burst",
        "platform:scaling:Karpenter::karpenter",
    ]);

    [Fact]
    public async Task TheReleases_ArePinned_AndTheKindsHaveOneOfTheirOwn()
    {
        var deployed = await Deployed.Of(() => Make(2));

        deployed.Inputs("karpenter-crds").ShouldBe(Deployed.Json("""
            {
              "chart": "oci://public.ecr.aws/karpenter/karpenter-crd", "compat": "true", "name": "karpenter-crd", "namespace": "kube-system", "version": "1.14.0"
            }
            """));
        deployed.Inputs("karpenter").ShouldBe(Deployed.Json("""
            {
              "chart": "oci://public.ecr.aws/karpenter/karpenter", "compat": "true", "name": "karpenter", "namespace": "kube-system",
              "skipCrds": true, "timeout": 600, "version": "1.14.0",
              "values": {
                "controller": { "resources": { "limits": { "memory": "1Gi" }, "requests": { "cpu": "500m", "memory": "1Gi" } } },
                "fullnameOverride": "karpenter", "replicas": 2, "serviceAccount": { "create": true, "name": "karpenter" },
                "settings": { "clusterName": "shared", "enableZonalShift": true, "interruptionQueue": "shared-karpenter" }
              }
            }
            """));
    }

    [Fact]
    public async Task ItsNodes_AreEncrypted_InTheClustersGroup_AndTheirMetadataStaysTheirs()
    {
        var deployed = await Deployed.Of(() => Make(2));

        deployed.Inputs("karpenter-pool-burst-class").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass", "metadata": { "name": "burst" },
              "spec": {
                "amiSelectorTerms": [{ "alias": "al2023@v20260728" }],
                "blockDeviceMappings": [
                  { "deviceName": "/dev/xvda", "ebs": { "deleteOnTermination": true, "encrypted": true, "volumeSize": "80Gi", "volumeType": "gp3" } }
                ],
                "detailedMonitoring": true, "instanceProfile": "PROFILE",
                "metadataOptions": { "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1, "httpTokens": "required" },
                "securityGroupSelectorTerms": [{ "id": "sg-adopted" }],
                "subnetSelectorTerms": [{ "id": "subnet-1" }, { "id": "subnet-2" }],
                "tags": { "stack": "test" }
              }
            }
            """.Replace("PROFILE", MockValues.AutomaticName("karpenter-nodes-profile"), StringComparison.Ordinal)));
        JsonNode.Parse(deployed.Inputs("karpenter-pool-burst"))!["metadata"]!["name"]!.ToString().ShouldBe("burst");
        deployed.Inputs("karpenter-nodes-access").ShouldBe(Deployed.Json("""
            { "clusterName": "shared", "principalArn": "arn:aws:test:eu-west-1:123456789012:karpenter-nodes-role", "type": "EC2_LINUX" }
            """));
    }

    [Fact]
    public async Task TheQueue_HearsWhatHappensToInstances()
    {
        var deployed = await Deployed.Of(() => Make(2));

        deployed.Inputs("karpenter-queue").ShouldBe(Deployed.Json("""
            { "messageRetentionSeconds": 300, "name": "shared-karpenter", "sqsManagedSseEnabled": true }
            """));
        new[] { "scheduled-change", "spot-interruption", "rebalance", "state-change", "capacity-reservation" }
            .Select(role => JsonNode.Parse(deployed.Inputs($"karpenter-queue-{role}"))!["eventPattern"]!.ToString())
            .ShouldBe([
                """{"detail-type":["AWS Health Event"],"source":["aws.health"]}""",
                """{"detail-type":["EC2 Spot Instance Interruption Warning"],"source":["aws.ec2"]}""",
                """{"detail-type":["EC2 Instance Rebalance Recommendation"],"source":["aws.ec2"]}""",
                """{"detail-type":["EC2 Instance State-change Notification"],"source":["aws.ec2"]}""",
                """{"detail-type":["EC2 Capacity Reservation Instance Interruption Warning"],"source":["aws.ec2"]}""",
            ]);
        JsonNode.Parse(deployed.Inputs("karpenter-queue-rebalance-target"))!["arn"]!.ToString()
            .ShouldBe("arn:aws:test:eu-west-1:123456789012:karpenter-queue");
    }

    // Two controllers never share a node, and the release waits for both.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    public async Task Controllers_AreAsManyAsFixedNodes_TwoAtMost(int nodes, int replicas)
    {
        var deployed = await Deployed.Of(() => new EksCluster(
            "cluster",
            AwsParts.Cluster(
                AwsParts.Account(), pools: [new EksNodePool("general", ["m7i.large"]) { Desired = nodes }], karpenter: [new ProvisionedPool("burst", 100)])));

        ((int)JsonNode.Parse(deployed.Inputs("cluster-karpenter"))!["values"]!["replicas"]!).ShouldBe(replicas);
    }

    // Compatibility matrix of Karpenter (website/content/en/v1.15/upgrading/compatibility.md): 1.13 and later up to 1.36, 1.37 from 1.15 on.
    [Fact]
    public void EveryVersionOfKubernetes_IsOneThatItKnows()
    {
        KarpenterPolicy.AppVersion.ShouldStartWith("1.14.");
        EksVersion.All.Select(version => version.Name).ShouldBeSubsetOf(["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"]);
    }

    // Names of queues end at 80 characters; that of a cluster may have a hundred.
    [Fact]
    public void ALongName_IsCutForTheQueue_AndStaysItsOwn()
    {
        var (first, second) = (InterruptionQueue.NameFor(new string('a', 99)), InterruptionQueue.NameFor(new string('a', 100)));

        first.Length.ShouldBeLessThanOrEqualTo(80);
        second.Length.ShouldBeLessThanOrEqualTo(80);
        first.ShouldNotBe(second);
        InterruptionQueue.NameFor("studio-prod").ShouldBe("studio-prod-karpenter");
    }

    private static Karpenter Make(int replicas, ComponentResourceOptions? options = null) => new(
        "karpenter",
        new KarpenterArgs
        {
            Cluster = AwsParts.Adopted(),
            ClusterName = "shared",
            InstanceTags = ImmutableDictionary<string, string>.Empty.Add("stack", "test"),
            Pools = [new ProvisionedPool("burst", 100)],
            Replicas = replicas,
        },
        options);
}
