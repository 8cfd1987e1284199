using System.Text.Json;

namespace Tests.Stacks.Settings.Aws;

// Promise: nodes whose image has no driver, release or user data for them are refused in the stack file, with the way that works.
public sealed class EksImageRulesTests
{
    private const string Fast = "cluster.eks.nodePools.fast";

    private const string Families =
        "g4dn, g5, g5g, g6, g6e, g6f, g7e, gr6, gr6f, inf1, inf2, p3, p3dn, p4d, p4de, p5, p5e, p5en, p6-b200, p6-b300, p6e-gb200, trn1, trn1n, trn2, trn2u";

    [Theory]
    [InlineData("""["g5.xlarge"]""")]
    [InlineData("""["g5.xlarge", "g6.xlarge", "g4dn.xlarge"]""")]
    [InlineData("""["g5g.xlarge"]""")]
    [InlineData("""["inf2.xlarge", "trn1.2xlarge"]""")]
    [InlineData("""["p6e-gb200.36xlarge"]""")]
    public void Takes_AcceleratedMachinesWithADriver(string types) => AwsSample.Read((Fast, $$"""{ "instanceTypes": {{types}}, "labels": { "a": "b" } }"""),
        ("tower.environments.research.nodePool", "\"fast\"")).ShouldSatisfyAllConditions(
            read => read.Problems.ShouldBeEmpty(),
            read => read.Warnings.ShouldBeEmpty());

    [Theory]
    [InlineData("g4ad.xlarge", "AMD GPUs")]
    [InlineData("p2.xlarge", "old NVIDIA GPUs")]
    [InlineData("dl1.24xlarge", "Gaudi accelerators")]
    [InlineData("mac2.metal", "hardware of Apple")]
    [InlineData("g19.xlarge", "GPUs of a family that this program does not know")]
    [InlineData("trn19.xlarge", "Neuron devices of a family that this program does not know")]
    public void Rejects_MachinesWithoutADriver(string type, string what)
    {
        AwsSample.Messages((Fast, $$"""{ "instanceTypes": ["{{type}}"] }""")).ShouldBe([
            $"""
            platform:{Fast}.instanceTypes[0]: has {what}, and EKS has no image of nodes with a driver for them
              given:   {type}
              allowed: machines without accelerators, or of {Families}
              fix:     for example g6.xlarge, or image: <an image of your own that has the driver>
            """,
        ]);
        AwsSample.Messages((Fast, $$"""{ "instanceTypes": ["{{type}}"], "image": "ami-0123456789abcdef0" }""")).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_GpusThatBottlerocketHasNoImageFor() =>
        AwsSample.Messages((Fast, """{ "instanceTypes": ["p6e-gb200.36xlarge"], "operatingSystem": "bottlerocket" }""")).ShouldBe([
            $"""
            platform:{Fast}.instanceTypes[0]: has GPUs for which Bottlerocket has no image, and Amazon Linux has one
              given:   p6e-gb200.36xlarge
              allowed: machines without accelerators, or of {Families.Replace(" p6e-gb200,", "", StringComparison.Ordinal)}
              fix:     operatingSystem: amazonLinux2023
            """,
        ]);

    [Theory]
    [InlineData("g5.xlarge", "m7i.large", "NVIDIA GPUs and no accelerators")]
    [InlineData("g5.xlarge", "inf2.xlarge", "NVIDIA GPUs and Neuron devices")]
    [InlineData("m7i.large", "trn1.2xlarge", "no accelerators and Neuron devices")]
    public void Rejects_TwoImagesInOnePool(string first, string second, string kinds) =>
        AwsSample.Messages((Fast, $$"""{ "instanceTypes": ["{{first}}", "{{second}}"] }""")).ShouldBe([
            $"""
            platform:{Fast}.instanceTypes: mixes machines with {kinds}, and one node group has one machine image
              given:   {first}, {second}
              allowed: instance types with the same kind of accelerator, or without
              fix:     make a pool for each
            """,
        ]);

    [Fact]
    public void Rejects_TwoArchitecturesOfGpus() => AwsSample.Messages((Fast, """{ "instanceTypes": ["g5.xlarge", "g5g.xlarge"] }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:{Fast}.instanceTypes: mixes x86-64 and Arm, and one node group has one machine image");

    [Theory]
    [InlineData("m19i.large", "x86-64")]
    [InlineData("m19g.large", "Arm")]
    public void Warns_OfAFamilyThatNobodyKnows(string type, string processor) => AwsSample.Read((Fast, $$"""{ "instanceTypes": ["{{type}}"] }""")).Warnings
        .Select(warning => warning.ToString()).ShouldBe([
        $"""
        platform:{Fast}.instanceTypes[0]: is of a family that this program does not know; by its name it is {processor} without accelerators
          given:   {type}
          allowed: a family of infra/Clusters/instance-families.txt
          fix:     check the spelling, or add the family to the table
        """,
    ]);

    [Theory]
    [InlineData("[\"m7i.large\"]", "amazonLinux2023", "1.35.6-20260728")]
    [InlineData("[\"g5.xlarge\"]", "amazonLinux2023", "1.35.6-20260728")]
    [InlineData("[\"m7i.large\"]", "bottlerocket", "1.55.0-d93bb1b1")]
    public void Takes_AReleaseOfTheImage(string types, string system, string release) => AwsSample.Messages(
        (Fast, $$"""{ "instanceTypes": {{types}}, "operatingSystem": "{{system}}", "release": "{{release}}" }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("m7i.large", "amazonLinux2023", "1.34.6-20260728", "AL2023_x86_64_STANDARD", "1.35.6-20260728",
        "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/release_version")]
    [InlineData("g5g.xlarge", "amazonLinux2023", "latest", "AL2023_ARM_64_NVIDIA", "1.35.6-20260728",
        "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/nvidia/recommended/release_version")]
    [InlineData("m7i.large", "bottlerocket", "1.55.0", "BOTTLEROCKET_x86_64", "1.55.0-d93bb1b1",
        "/aws/service/bottlerocket/aws-k8s-1.35/x86_64/latest/image_version")]
    public void Rejects_AReleaseOfAnotherImage(
        string type, string system, string release, string image, string example, string parameter) => AwsSample.Messages((
        Fast, $$"""{ "instanceTypes": ["{{type}}"], "operatingSystem": "{{system}}", "release": "{{release}}" }""")).ShouldBe([
        $"""
        platform:{Fast}.release: is no release of {image} for Kubernetes 1.35
          given:   {release}
          allowed: a release as in {example}
          fix:     aws ssm get-parameter --name {parameter} shows the newest
        """,
    ]);

    [Fact]
    public void Rejects_AReleaseThatStaysBehindTheCluster() => AwsSample.Messages(
        ("cluster.eks.version", "\"1.36\""), ("cluster.eks.nodePools.general.release", "\"1.35.6-20260728\"")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:cluster.eks.nodePools.general.release: is no release of AL2023_x86_64_STANDARD for Kubernetes 1.36\n");

    [Fact]
    public void Rejects_AReleaseOfAnOwnImage() => AwsSample.Messages(
        (Fast, """{ "instanceTypes": ["m7i.large"], "image": "ami-0123456789abcdef0", "release": "1.35.6-20260728" }""")).ShouldBe([
        $"""
        platform:{Fast}.release: is given beside image, and an image of your own is its own release
          given:   1.35.6-20260728
          allowed: release or image
          fix:     remove release, or image
        """,
    ]);

    [Fact]
    public void Rejects_WhatIsNoImage() => AwsSample.Messages((Fast, """{ "instanceTypes": ["m7i.large"], "image": "ubuntu" }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:{Fast}.image: is not ");

    [Fact]
    public void Rejects_DisksThatMachinesHaveNot()
    {
        AwsSample.Messages((Fast, """{ "instanceTypes": ["m7gd.large", "m7g.large"], "localDisks": true }""")).ShouldBe([
            $"""
            platform:{Fast}.localDisks: asks for disks that m7g.large is not known to have
              given:   true
              allowed: true where every instance type has disks of its own
              fix:     for example instanceTypes: [m7gd.xlarge], or remove localDisks
            """,
        ]);
        AwsSample.Messages((Fast, """{ "instanceTypes": ["m6id.large"], "localDisks": true, "operatingSystem": "bottlerocket" }""")).ShouldBe([
            $"""
            platform:{Fast}.localDisks: is a setting of Amazon Linux, and Bottlerocket has another way to it
              given:   true
              allowed: false with operatingSystem: bottlerocket
              fix:     write settings.bootstrap-commands with apiclient ephemeral-storage into userData
            """,
        ]);
    }

    [Theory]
    [InlineData("apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec: { kubelet: { config: { maxPods: 110 } } }")]
    [InlineData("#!/bin/bash\ntrue")]
    [InlineData("#cloud-config\npackages: []")]
    [InlineData("#cloud-boothook\n#!/bin/sh")]
    public void Takes_WhatAmazonLinuxReads(string part) => AwsSample.Messages((Fast, Pool("amazonLinux2023", part))).ShouldBeEmpty();

    [Theory]
    [InlineData("echo hello", "is nothing that a node reads when it starts")]
    [InlineData("[settings.ntp]", "is nothing that a node reads when it starts")]
    [InlineData("MIME-Version: 1.0\n\n", "is a whole MIME document, which this program writes around the parts")]
    [InlineData("apiVersion: node.eks.aws/v1alpha1\nkind: Node", "is no NodeConfig of nodeadm")]
    [InlineData("apiVersion: node.eks.aws/v1alpha1\nkind: {", "is not YAML")]
    public void Rejects_WhatAmazonLinuxDoesNotRead(string part, string what) => AwsSample.Messages(
        (Fast, Pool("amazonLinux2023", "#!/bin/sh", part))).ShouldBe([
        $"""
        platform:{Fast}.userData[1]: {what}
          given:   {part.Split('\n')[0]}
          allowed: a NodeConfig (apiVersion: node.eks.aws/v1alpha1), a script that starts with #!, or a text that starts with #cloud-config
          fix:     for example a part that starts with #!/bin/bash
        """,
    ]);

    [Theory]
    [InlineData("[settings.kubernetes]\nmax-pods = 110")]
    [InlineData("[settings.kernel.sysctl]\n\"vm.max_map_count\" = \"262144\"")]
    [InlineData("settings.motd = \"hello\"")]
    public void Takes_WhatBottlerocketReads(string text) => AwsSample.Messages((Fast, Pool("bottlerocket", text))).ShouldBeEmpty();

    [Theory]
    [InlineData("#!/bin/bash\ntrue")]
    [InlineData("apiVersion: node.eks.aws/v1alpha1")]
    public void Rejects_WhatBottlerocketDoesNotRead(string text) => AwsSample.Messages((Fast, Pool("bottlerocket", text))).ShouldBe([
        $"""
        platform:{Fast}.userData[0]: holds no table of Bottlerocket's settings
          given:   {text.Split('\n')[0]}
          allowed: tables of Bottlerocket's settings in TOML
          fix:     for example [settings.kernel.sysctl]
        """,
    ]);

    [Fact]
    public void Rejects_TwoTextsForBottlerocket() => AwsSample.Messages((Fast, Pool("bottlerocket", "[settings.ntp]", "[settings.dns]"))).ShouldBe([
        $"""
        platform:{Fast}.userData: has several texts, and Bottlerocket reads one
          given:   2
          allowed: one text of TOML
          fix:     join them
        """,
    ]);

    [Theory]
    [InlineData("\"instanceTypes\": [\"m7i.large\"], \"image\": \"ami-0123456789abcdef0\"", "[settings.ntp]\\n [settings.kubernetes.node-labels]",
        "settings.kubernetes.node-labels")]
    [InlineData("\"instanceTypes\": [\"inf2.xlarge\"]", "[settings.kubernetes]", "settings.kubernetes")]
    public void Rejects_ATableTwice(string pool, string text, string table) => AwsSample.Messages((
        Fast, $$"""{ {{pool}}, "operatingSystem": "bottlerocket", "userData": ["{{text}}"] }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:{Fast}.userData[0]: opens the table {table}, which this program writes itself, and TOML has each once\n");

    [Fact]
    public void Rejects_MoreThanEc2Takes() => AwsSample.Messages((
        Fast, Pool("amazonLinux2023", $"#!/bin/sh\n{new string('a', 7000)}", $"#!/bin/sh\n{new string('b', 7000)}"))).ShouldBe([
        $"""
        platform:{Fast}.userData: is longer than EC2 takes
          given:   14020 bytes
          allowed: at most 12288 bytes in all
          fix:     fetch what is long from S3 in a script
        """,
    ]);

    [Fact]
    public void Rejects_MoreThanAHundredOfAHundred() => AwsSample.Messages((Fast, """{ "instanceTypes": ["m7i.large"], "maxUnavailablePercent": 0 }"""))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:{Fast}.maxUnavailablePercent: ");

    [Fact]
    public void AGpuPool_DoesNotCarryEveryPod()
    {
        const string gpu = """{ "instanceTypes": ["g5.xlarge"], "labels": { "workload": "gpu" } }""";
        AwsSample.Messages(("cluster.eks.nodePools.general", gpu)).ShouldBe([
            """
            platform:cluster.eks.nodePools: has no pool that takes every pod and starts with a node, so that CoreDNS and the controllers have nowhere to run
              allowed: one pool or more with minimum 1 or more and without taints
              fix:     add a pool: general: { instanceTypes: [m7i.large] }
            """,
        ]);
        AwsSample.Messages(
            ("cluster.eks.nodePools.general", gpu.Replace("\"labels\"", "\"taints\": [], \"labels\"", StringComparison.Ordinal))).ShouldBeEmpty();
        AwsSample.Messages(
            ("production", "true"),
            ("cluster.eks.nodePools.gpu", gpu.Replace("\"labels\"", "\"spot\": true, \"labels\"", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_AnEmptyPoolThatTheAutoscalerCannotJudge()
    {
        (string Path, string? Json)[] Changes(string types) =>
        [
            ("cluster.eks.autoscaler", "true"), ("tower.environments.research.nodePool", "\"fast\""),
            (Fast, $$"""{ "instanceTypes": {{types}}, "minimum": 0, "labels": { "a": "b" } }"""),
        ];
        AwsSample.Messages(Changes("""["inf2.xlarge"]""")).ShouldBe([
            $"""
            platform:{Fast}.minimum: is 0, and the autoscaler does not know of Neuron devices that no node has yet: runs that ask for one would wait for ever
              given:   0
              allowed: 1 or more with Neuron devices
              fix:     minimum: 1
            """,
        ]);
        AwsSample.Messages(Changes("""["g5.xlarge"]""")).ShouldBeEmpty();
    }

    [Fact]
    public void Warns_OfAGpuPoolThatNothingUses()
    {
        (string Path, string? Json) gpu = ("cluster.eks.nodePools.gpu", """{ "instanceTypes": ["g5.xlarge"], "labels": { "workload": "gpu" } }""");
        AwsSample.Read(gpu).Warnings.Select(warning => warning.ToString()).ShouldBe([
            """
            platform:cluster.eks.nodePools.gpu.taints: keep every pod away, and nothing in this stack tolerates them
              given:   nvidia.com/gpu=true:NoSchedule
              allowed: taints that an environment of platform:tower, or a pod of platform:studios, platform:redis or platform:workbench, tolerates
              fix:     add nodePool: gpu to an environment, or let the pool have no taints
            """,
        ]);
        AwsSample.Read(gpu, ("tower.environments.research.nodePool", "\"gpu\"")).Warnings.ShouldBeEmpty();
    }

    private static string Pool(string system, params string[] userData) => JsonSerializer.Serialize(new
    {
        instanceTypes = new[] { "m7i.large" },
        operatingSystem = system,
        userData,
    });
}
