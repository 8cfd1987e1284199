using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: nodes start from an image that has what their machines need, and are told in its own form what they have to know.
public sealed class EksNodeImageTests
{
    private static readonly EksVersion Version = EksVersion.Find("1.35")!;

    private static readonly EksJoining Cluster = new("studio-test", "https://api.example.com", "Q+A=", Ipv4Block.Parse("172.20.0.0/16"));

    [Theory]
    [InlineData(NodeSystem.AmazonLinux2023, false, Accelerator.None, "AL2023_x86_64_STANDARD")]
    [InlineData(NodeSystem.AmazonLinux2023, true, Accelerator.None, "AL2023_ARM_64_STANDARD")]
    [InlineData(NodeSystem.AmazonLinux2023, false, Accelerator.Nvidia, "AL2023_x86_64_NVIDIA")]
    [InlineData(NodeSystem.AmazonLinux2023, true, Accelerator.Nvidia, "AL2023_ARM_64_NVIDIA")]
    [InlineData(NodeSystem.AmazonLinux2023, false, Accelerator.Neuron, "AL2023_x86_64_NEURON")]
    [InlineData(NodeSystem.Bottlerocket, false, Accelerator.None, "BOTTLEROCKET_x86_64")]
    [InlineData(NodeSystem.Bottlerocket, true, Accelerator.None, "BOTTLEROCKET_ARM_64")]
    [InlineData(NodeSystem.Bottlerocket, false, Accelerator.Nvidia, "BOTTLEROCKET_x86_64_NVIDIA")]
    [InlineData(NodeSystem.Bottlerocket, true, Accelerator.Nvidia, "BOTTLEROCKET_ARM_64_NVIDIA")]
    [InlineData(NodeSystem.Bottlerocket, false, Accelerator.Neuron, "BOTTLEROCKET_x86_64")]
    public void AnImage_HasATypeOfEks(NodeSystem system, bool arm, Accelerator accelerator, string type) =>
        new EksNodeImage(system, arm, accelerator).AmiType.ShouldBe(type);

    [Theory]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.35.6-20260728", true)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.34.6-20260728", false)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.35-20260728", false)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "v1.35.6-20260728", false)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.35.6-20260728-1", false)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.355.6-20260728", false)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.Nvidia, "1.35.6-20260728", true)]
    [InlineData(NodeSystem.AmazonLinux2023, Accelerator.None, "1.55.0-d93bb1b1", false)]
    [InlineData(NodeSystem.Bottlerocket, Accelerator.None, "1.55.0-d93bb1b1", true)]
    [InlineData(NodeSystem.Bottlerocket, Accelerator.None, "1.55.0", false)]
    [InlineData(NodeSystem.Bottlerocket, Accelerator.None, "1.35.6-20260728", true)]
    [InlineData(NodeSystem.Bottlerocket, Accelerator.Nvidia, "1.55.0-D93BB1B1", false)]
    public void ARelease_HasTheFormOfItsImage(NodeSystem system, Accelerator accelerator, string text, bool expected)
    {
        var image = new EksNodeImage(system, IsArm: false, accelerator);

        image.IsRelease(text, Version).ShouldBe(expected);
        image.IsRelease(image.ExampleRelease(Version), Version).ShouldBeTrue();
    }

    [Theory]
    [InlineData(NodeSystem.AmazonLinux2023, false, Accelerator.None, "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/release_version")]
    [InlineData(NodeSystem.AmazonLinux2023, true, Accelerator.Nvidia, "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/nvidia/recommended/release_version")]
    [InlineData(NodeSystem.AmazonLinux2023, false, Accelerator.Neuron, "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/neuron/recommended/release_version")]
    [InlineData(NodeSystem.Bottlerocket, true, Accelerator.None, "/aws/service/bottlerocket/aws-k8s-1.35/arm64/latest/image_version")]
    [InlineData(NodeSystem.Bottlerocket, false, Accelerator.Nvidia, "/aws/service/bottlerocket/aws-k8s-1.35-nvidia/x86_64/latest/image_version")]
    public void TheNewestRelease_IsPublishedThere(NodeSystem system, bool arm, Accelerator accelerator, string parameter) =>
        new EksNodeImage(system, arm, accelerator).ReleaseParameter(Version).ShouldBe(parameter);

    [Fact]
    public void NodesOfEks_AreToldNothing() => EksUserData.For(Pool(NodeSystem.AmazonLinux2023), cluster: null).ShouldBeNull();

    [Fact]
    public void AmazonLinux_ReadsParts() => EksUserData.For(
        Pool(NodeSystem.AmazonLinux2023) with
        {
            LocalDisks = true,
            UserData = ["apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n", "#!/bin/bash\necho ==NODE==\n", "#cloud-config\npackages: [htop]"],
        },
        cluster: null).ShouldBe("""
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="===NODE==="

        --===NODE===
        Content-Type: application/node.eks.aws

        {"apiVersion":"node.eks.aws/v1alpha1","kind":"NodeConfig","spec":{"instance":{"localStorage":{"strategy":"RAID0"}}}}

        --===NODE===
        Content-Type: application/node.eks.aws

        apiVersion: node.eks.aws/v1alpha1
        kind: NodeConfig

        --===NODE===
        Content-Type: text/x-shellscript

        #!/bin/bash
        echo ==NODE==

        --===NODE===
        Content-Type: text/cloud-config

        #cloud-config
        packages: [htop]

        --===NODE===--

        """);

    [Fact]
    public void AnOwnImageOfAmazonLinux_IsToldHowToJoin() => EksUserData.For(
        Pool(NodeSystem.AmazonLinux2023) with
        {
            ImageId = "ami-0123456789abcdef0",
            Labels = ImmutableDictionary<string, string>.Empty.Add("workload", "gpu").Add("a", "b"),
            Taints = [new NodeTaint("workload", "gpu", NodeTaintEffect.NoSchedule), new NodeTaint("empty", "", NodeTaintEffect.NoExecute)],
        },
        Cluster).ShouldBe("""
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="==NODE=="

        --==NODE==
        Content-Type: application/node.eks.aws

        {"apiVersion":"node.eks.aws/v1alpha1","kind":"NodeConfig","spec":{"cluster":{"name":"studio-test","apiServerEndpoint":"https://api.example.com","certificateAuthority":"Q+A=","cidr":"172.20.0.0/16"},"kubelet":{"flags":["--node-labels=a=b,workload=gpu","--register-with-taints=workload=gpu:NoSchedule,empty=:NoExecute"]}}}

        --==NODE==--

        """);

    [Fact]
    public void AnOwnImageOfBottlerocket_IsToldHowToJoin() => EksUserData.For(
        Pool(NodeSystem.Bottlerocket) with
        {
            ImageId = "ami-0123456789abcdef0",
            Labels = ImmutableDictionary<string, string>.Empty.Add("example.com/workload", "gpu"),
            Taints =
            [
                new NodeTaint("workload", "gpu", NodeTaintEffect.NoSchedule), new NodeTaint("other", "", NodeTaintEffect.NoSchedule),
                new NodeTaint("workload", "gpu", NodeTaintEffect.NoExecute),
            ],
            UserData = ["[settings.ntp]\ntime-servers = []"],
        },
        Cluster).ShouldBe("""
        [settings.kubernetes]
        api-server = "https://api.example.com"
        cluster-certificate = "Q+A="
        cluster-name = "studio-test"
        cluster-dns-ip = "172.20.0.10"
        [settings.kubernetes.node-labels]
        "example.com/workload" = "gpu"
        [settings.kubernetes.node-taints]
        "workload" = ["gpu:NoSchedule", "gpu:NoExecute"]
        "other" = [":NoSchedule"]
        [settings.ntp]
        time-servers = []

        """);

    [Fact]
    public void NeuronOnBottlerocket_GivesContainersTheirDevice() => EksUserData.For(
        Pool(NodeSystem.Bottlerocket) with { Image = new EksNodeImage(NodeSystem.Bottlerocket, IsArm: false, Accelerator.Neuron) }, cluster: null).ShouldBe("""
        [settings.kubernetes]
        device-ownership-from-security-context = true

        """);

    [Theory]
    [InlineData("172.20.0.0/16", 10, "172.20.0.10")]
    [InlineData("10.100.255.0/24", 255, "10.100.255.255")]
    [InlineData("10.100.0.0/15", 256, "10.100.1.0")]
    public void AnAddress_HasAPlaceInItsBlock(string block, int index, string address) => Ipv4Block.Parse(block).Address(index).ShouldBe(address);

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Rejects_APlaceOutsideTheBlock(int index) => Should.Throw<ArgumentOutOfRangeException>(() => Ipv4Block.Parse("10.100.255.0/24").Address(index));

    [Fact]
    public async Task OwnImages_MakeGroupsOfTheirOwn()
    {
        var deployed = await Deployed.Of(() => new EksNodeGroups("nodes", Groups(Pool(NodeSystem.AmazonLinux2023) with { ImageId = "ami-0123456789abcdef0" })));

        deployed.Inputs("nodes_pool").ShouldBe(Deployed.Json("""
            {
              "capacityType": "ON_DEMAND", "clusterName": "studio-test", "instanceTypes": ["m7i.large"], "labels": {},
              "launchTemplate": { "id": "nodes_pool-template_id", "version": "1" }, "nodeRepairConfig": { "enabled": true },
              "nodeRoleArn": "arn:aws:test:eu-west-1:123456789012:nodes-role", "scalingConfig": { "desiredSize": 2, "maxSize": 3, "minSize": 1 },
              "subnetIds": ["subnet-1", "subnet-2"], "updateConfig": { "maxUnavailablePercentage": 33 }
            }
            """));
        deployed.Inputs("nodes_pool-template").ShouldContain("\"imageId\": \"ami-0123456789abcdef0\"");
        deployed.Inputs("nodes_pool-template").ShouldContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(EksUserData.For(
            Pool(NodeSystem.AmazonLinux2023) with { ImageId = "ami-0123456789abcdef0" }, Cluster)!)));
    }

    [Fact]
    public async Task ABottlerocketPool_HasTwoDisks_AndIsPatchedAsSaid()
    {
        var pool = Pool(NodeSystem.Bottlerocket) with
        {
            Release = "1.55.0-d93bb1b1",
            MaxUnavailablePercent = 50,
            UpdateStrategy = NodeUpdateStrategy.RemoveFirst,
            UserData = ["[settings.ntp]"],
        };
        var deployed = await Deployed.Of(() => new EksNodeGroups("nodes", Groups(pool)));

        deployed.Inputs("nodes-pool").ShouldBe(Deployed.Json("""
            {
              "amiType": "BOTTLEROCKET_x86_64", "capacityType": "ON_DEMAND", "clusterName": "studio-test", "instanceTypes": ["m7i.large"], "labels": {},
              "launchTemplate": { "id": "nodes-pool-template_id", "version": "1" }, "nodeRepairConfig": { "enabled": true },
              "nodeRoleArn": "arn:aws:test:eu-west-1:123456789012:nodes-role", "releaseVersion": "1.55.0-d93bb1b1",
              "scalingConfig": { "desiredSize": 2, "maxSize": 3, "minSize": 1 }, "subnetIds": ["subnet-1", "subnet-2"],
              "updateConfig": { "maxUnavailablePercentage": 50, "updateStrategy": "MINIMAL" }, "version": "1.35"
            }
            """));
        deployed.Inputs("nodes-pool-template").ShouldBe(Deployed.Json("""
            {
              "blockDeviceMappings": [
                { "deviceName": "/dev/xvda", "ebs": { "deleteOnTermination": "true", "encrypted": "true", "volumeType": "gp3" } },
                { "deviceName": "/dev/xvdb", "ebs": { "deleteOnTermination": "true", "encrypted": "true", "volumeSize": 80, "volumeType": "gp3" } }
              ],
              "description": "EKS node group pool",
              "metadataOptions": { "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1, "httpTokens": "required" },
              "monitoring": { "enabled": true },
              "tagSpecifications": [
                { "resourceType": "instance", "tags": { "Name": "nodes-pool", "stack": "test" } },
                { "resourceType": "volume", "tags": { "Name": "nodes-pool", "stack": "test" } },
                { "resourceType": "network-interface", "tags": { "Name": "nodes-pool", "stack": "test" } }
              ],
              "updateDefaultVersion": true, "userData": "W3NldHRpbmdzLm50cF0K"
            }
            """));
    }

    private static EksNodePool Pool(NodeSystem system) => new("pool", ["m7i.large"]) { Image = new EksNodeImage(system, IsArm: false, Accelerator.None) };

    private static EksNodeGroupsArgs Groups(EksNodePool pool)
    {
        var common = AwsParts.Cluster(AwsParts.Account());
        return new EksNodeGroupsArgs
        {
            CertificateAuthority = Cluster.CertificateAuthority,
            Cluster = new EksClusterArgs
            {
                Account = common.Account,
                AdministratorArns = common.AdministratorArns,
                ClusterName = common.ClusterName,
                InstanceTags = common.InstanceTags,
                KeyArn = common.KeyArn,
                Network = common.Network,
                Pools = [pool],
                Version = common.Version,
            },
            ClusterName = Cluster.Name,
            Endpoint = Cluster.Endpoint,
        };
    }
}
