using Infra.Clusters;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: the scheduler learns of every GPU and Neuron device, on nodes with whatever taint, and of each from one plugin only.
public sealed class DevicePluginsTests
{
    private static readonly EksNodePool General = Pool(NodeSystem.AmazonLinux2023, Accelerator.None);
    private static readonly EksNodePool Gpu = Pool(NodeSystem.AmazonLinux2023, Accelerator.Nvidia);
    private static readonly EksNodePool BottlerocketGpu = Pool(NodeSystem.Bottlerocket, Accelerator.Nvidia);
    private static readonly EksNodePool Neuron = Pool(NodeSystem.AmazonLinux2023, Accelerator.Neuron);
    private static readonly EksNodePool BottlerocketNeuron = Pool(NodeSystem.Bottlerocket, Accelerator.Neuron);

    [Fact]
    public async Task DevicePlugins_HasTheseChildren()
    {
        var deployed = await Deployed.Of(options => new DevicePlugins("devices", new DevicePluginsArgs { Pools = [General, Gpu, Neuron] }, options));

        deployed.Lineages.ShouldBe([
            "platform:clusters:DevicePlugins$kubernetes:helm.sh/v3:Release::devices-neuron",
            "platform:clusters:DevicePlugins$kubernetes:helm.sh/v3:Release::devices-nvidia",
            "platform:clusters:DevicePlugins::devices",
        ]);
        deployed.Inputs("devices-nvidia").ShouldBe(Deployed.Json("""
            {
              "chart": "nvidia-device-plugin", "compat": "true", "name": "nvidia-device-plugin", "namespace": "kube-system",
              "repositoryOpts": { "repo": "https://nvidia.github.io/k8s-device-plugin" },
              "values": { "nodeSelector": { "nvidia.com/gpu.present": "true" }, "tolerations": [{ "operator": "Exists" }] }, "version": "0.19.3"
            }
            """));
        deployed.Inputs("devices-neuron").ShouldBe(Deployed.Json("""
            {
              "chart": "oci://public.ecr.aws/neuron/neuron-helm-chart", "compat": "true", "name": "neuron-helm-chart", "namespace": "kube-system",
              "values": { "devicePlugin": { "tolerations": [{ "operator": "Exists" }] }, "npd": { "enabled": false } }, "version": "1.10.0"
            }
            """));
    }

    [Fact]
    public void Plugins_AreNeededWhereTheImageHasNone()
    {
        DevicePlugins.Needed([General]).ShouldBeFalse();
        DevicePlugins.Needed([General, BottlerocketGpu]).ShouldBeFalse();
        DevicePlugins.Needed([General, Gpu]).ShouldBeTrue();
        DevicePlugins.Needed([Neuron]).ShouldBeTrue();
        DevicePlugins.Needed([BottlerocketNeuron]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACluster_HasThemUnlessSomethingElseDoesIt(bool enabled)
    {
        var deployed = await Deployed.Of(() => new EksCluster("cluster", Cluster(enabled)));

        deployed.Has("cluster-devices-nvidia").ShouldBe(enabled);
        deployed.Has("cluster-devices-neuron").ShouldBeFalse();
        deployed.Inputs("cluster-nodes-general").ShouldContain("\"labels\": {}");
        // The plugin's own label only where it is wanted; the autoscaler's on every node with GPUs
        deployed.Inputs("cluster-nodes-gpu").ShouldContain("\"nvidia.com/gpu.present\": \"true\"");
        deployed.Inputs("cluster-nodes-gpu").ShouldContain("\"k8s.amazonaws.com/accelerator\": \"nvidia\"");
        deployed.Inputs("cluster-nodes-locked").ShouldNotContain("nvidia.com/gpu.present");
        deployed.Inputs("cluster-nodes-locked").ShouldContain("\"k8s.amazonaws.com/accelerator\": \"nvidia\"");
    }

    private static EksNodePool Pool(NodeSystem system, Accelerator accelerator) =>
        new("general", ["m7i.large"]) { Image = new EksNodeImage(system, IsArm: false, accelerator) };

    private static EksClusterArgs Cluster(bool enabled)
    {
        var common = AwsParts.Cluster(AwsParts.Account());
        return new EksClusterArgs
        {
            Account = common.Account,
            AdministratorArns = common.AdministratorArns,
            ClusterName = common.ClusterName,
            DevicePluginsEnabled = enabled,
            InstanceTags = common.InstanceTags,
            KeyArn = common.KeyArn,
            Network = common.Network,
            Pools = [General, Gpu with { Name = "gpu" }, BottlerocketGpu with { Name = "locked" }],
            Version = common.Version,
        };
    }
}
