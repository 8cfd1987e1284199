using System.Text.Json.Nodes;

namespace Tests.Stacks.Settings.Workbench;

// Promise: a profile allows what it gives, and names what there is.
public sealed class WorkbenchProfileRulesTests
{
    private const string Resources = """{ "small": { "name": "Small", "cpus": "1.0", "memMb": 512 } }""";

    [Theory]
    [InlineData("""{ "*": { "defaultCpus": "4.0", "maxCpus": "2.0" } }""", "*.defaultCpus: is above maxCpus, 2.0")]
    [InlineData("""{ "*": { "defaultCpus": "10", "maxCpus": "9.5" } }""", "*.defaultCpus: is above maxCpus, 9.5")]
    [InlineData("""{ "*": { "defaultMemMb": 4096, "maxMemMb": 2048 } }""", "*.defaultMemMb: is above maxMemMb, 2048")]
    [InlineData("""{ "*": { "maxCpus": "4.0" }, "@lab": { "defaultCpus": "8.0" } }""", "@lab.defaultCpus: is above maxCpus, 4.0")]
    [InlineData("""{ "*": { "defaultCpus": "2.0" }, "ada": { "maxCpus": "1.0" } }""", "ada.maxCpus: is below defaultCpus of everybody, 2.0")]
    [InlineData("""{ "*": { "defaultMemMb": 2048 }, "@lab": { "maxMemMb": 1024 } }""", "@lab.maxMemMb: is below defaultMemMb of everybody, 2048")]
    public void Rejects_ADefaultAboveTheMaximum(string profiles, string what) => WorkbenchSample.Messages(("workbench.profiles", profiles))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.profiles.{what}");

    [Theory]
    [InlineData("""{ "*": { "defaultCpus": "9.5", "maxCpus": "10" } }""")]
    [InlineData("""{ "*": { "defaultCpus": "2.0", "maxCpus": "2.00" } }""")]
    [InlineData("""{ "*": { "maxCpus": "4.0" }, "@lab": { "defaultCpus": "8.0", "maxCpus": "8.0" } }""")]
    [InlineData("""{ "ada.lovelace": { "maxMemMb": 1048576 } }""")]
    public void Takes_ADefaultUpToTheMaximum(string profiles) => WorkbenchSample.Messages(("workbench.profiles", profiles)).ShouldBeEmpty();

    [Fact]
    public void Rejects_AResourceProfileThatThereIsNot() => WorkbenchSample.Messages(
        ("workbench.resourceProfiles", Resources), ("workbench.profiles", """{ "@lab": { "resourceProfiles": ["small", "large"] } }""")).ShouldBe([
        """
        platform:workbench.profiles.@lab.resourceProfiles[1]: names a resource profile that there is not
          given:   large
          allowed: small
          fix:     add large to workbench.resourceProfiles, or remove it
        """,
    ]);

    [Fact]
    public void Rejects_ADefaultImageThatNobodyMayChoose() => WorkbenchSample.Messages(("workbench.profiles", """
        { "*": { "defaultContainerImage": "registry.example.com/session:1", "containerImages": ["registry.example.com/session:2"] } }
        """)).ShouldHaveSingleItem().ShouldStartWith("platform:workbench.profiles.*.defaultContainerImage: is not among containerImages of the same section");

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-1")]
    [InlineData("500m")]
    [InlineData("1,5")]
    public void Rejects_CoresThatAreNone(string cores) => WorkbenchSample.Messages(("workbench.profiles", $$"""{ "*": { "maxCpus": "{{cores}}" } }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.profiles.*.maxCpus: is not a number of cores");

    [Theory]
    [InlineData("@")]
    [InlineData("**")]
    [InlineData("a b")]
    [InlineData("[lab]")]
    public void Rejects_ASectionThatIsNone(string section) =>
        WorkbenchSample.Messages(("workbench.profiles", $$"""{ "{{section}}": { "maxCpus": "1" } }""")).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{ "*": { "defaultCpusRequest": "2.0", "maxCpusRequest": "1.0" } }""", "*.defaultCpusRequest: is above maxCpusRequest, 1.0")]
    [InlineData("""{ "*": { "defaultMemMbRequest": 2048, "maxMemMbRequest": 1024 } }""", "*.defaultMemMbRequest: is above maxMemMbRequest, 1024")]
    [InlineData("""{ "*": { "defaultCpusRequest": "2.0", "defaultCpus": "1.0" } }""", "*.defaultCpusRequest: is above defaultCpus, 1.0")]
    [InlineData("""{ "*": { "defaultMemMb": 512 }, "@lab": { "defaultMemMbRequest": 1024 } }""", "@lab.defaultMemMbRequest: is above defaultMemMb, 512")]
    [InlineData("""{ "*": { "defaultNvidiaGpus": 2, "maxNvidiaGpus": 1 } }""", "*.defaultNvidiaGpus: is above maxNvidiaGpus, 1")]
    [InlineData("""{ "*": { "defaultNvidiaGpus": 1, "maxNvidiaGpus": 1 }, "ada": { "maxNvidiaGpus": 0 } }""",
        "ada.maxNvidiaGpus: is below defaultNvidiaGpus of everybody, 1")]
    public void Rejects_ARequestOrGpusOutOfBounds(string profiles, string what) => WorkbenchSample.Messages(("workbench.profiles", profiles))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.profiles.{what}");

    // Once, where everybody stands, and not again for each section that says nothing of it.
    [Fact]
    public void Rejects_EverybodysBoundsOnce() => WorkbenchSample.Messages(
        ("workbench.profiles", """{ "*": { "defaultCpus": "4.0", "maxCpus": "2.0" }, "@lab": { "maxMemMb": 1024 }, "ada": { "maxMemMb": 2048 } }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.profiles.*.defaultCpus: ");

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("60%")]
    [InlineData("0.0")]
    public void Rejects_AShareThatIsNone(string share) => WorkbenchSample.Messages(("workbench.profiles", $$"""{ "*": { "cpuRequestRatio": "{{share}}" } }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.profiles.*.cpuRequestRatio: is not a share");

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("0.05")]
    public void Takes_AShare(string share) =>
        WorkbenchSample.Messages(("workbench.profiles", $$"""{ "*": { "memoryRequestRatio": "{{share}}" } }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "*": { "maxCpus": "0.5", "resourceProfiles": ["small"] } }""", "*.resourceProfiles[0]: names a resource profile with 1.0 cores, above maxCpus, 0.5")]
    [InlineData("""{ "*": { "maxMemMb": 256 }, "@lab": { "resourceProfiles": ["small"] } }""",
        "@lab.resourceProfiles[0]: names a resource profile with 512 MB, above maxMemMb, 256")]
    public void Rejects_AResourceProfileAboveTheBounds(string profiles, string what) => WorkbenchSample.Messages(
        ("workbench.resourceProfiles", Resources), ("workbench.profiles", profiles)).ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.profiles.{what}");

    [Theory]
    [InlineData("""{ "cpusRequest": "2.0" }""", "cpusRequest: is above cpus, 1.0")]
    [InlineData("""{ "memMbRequest": 1024 }""", "memMbRequest: is above memMb, 512")]
    public void Rejects_AmountsThatKubernetesWouldRefuse(string more, string what)
    {
        var profile = JsonNode.Parse(Resources)!;
        foreach (var (key, value) in JsonNode.Parse(more)!.AsObject())
        {
            profile["small"]![key] = value?.DeepClone();
        }

        WorkbenchSample.Messages(("workbench.resourceProfiles", profile.ToJsonString())).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:workbench.resourceProfiles.small.{what}");
    }

    [Theory]
    [InlineData("research")]
    [InlineData("a:b:c")]
    [InlineData("a: b")]
    [InlineData("a=b")]
    public void Rejects_ALabelThatIsNone(string label) => WorkbenchSample.Messages(
        ("workbench.profiles", $$"""{ "*": { "placementConstraints": ["{{label}}"] } }""")).ShouldHaveSingleItem().ShouldContain("is not a label of nodes");

    [Theory]
    [InlineData("""["workload:research"]""", "[]", 0)]
    [InlineData("""["workload:research", "topology.kubernetes.io/zone:eu-west-1a"]""", """["workload:research", "tier:large"]""", 0)]
    [InlineData("""["workload:pipelines"]""", "[]", 1)]
    [InlineData("[]", """["workload:research", "tier:small"]""", 1)]
    [InlineData("""["workload:research", "tier:large"]""", """["workload:other"]""", 1)]
    public void Labels_AreThoseOfANodePool(string choices, string amounts, int problems) => OnEks(
        """{ "research": { "instanceTypes": ["m7i.large"], "labels": { "workload": "research", "tier": "large" } } }""",
        $$"""{ "*": { "placementConstraints": {{choices}} } }""", $$"""{ "small": { "name": "S", "cpus": "1", "memMb": 512, "placementConstraints": {{amounts}} } }""")
        .Count(message => message.Contains("asks for labels that no node pool of platform:cluster has", StringComparison.Ordinal)).ShouldBe(problems);

    [Theory]
    [InlineData("m7i.large", 2)]
    [InlineData("inf2.xlarge", 2)]
    [InlineData("g6.xlarge", 0)]
    public void Gpus_AreThoseOfANodePool(string type, int problems) => OnEks(
        $$"""{ "research": { "instanceTypes": ["m7i.large"] }, "gpu": { "instanceTypes": ["{{type}}"] } }""",
        """{ "*": { "maxNvidiaGpus": 1 } }""", """{ "gpu": { "name": "G", "cpus": "1", "memMb": 512, "nvidiaGpus": 1 } }""")
        .Count(message => message.Contains("asks for GPUs, and no node pool of platform:cluster has any", StringComparison.Ordinal)).ShouldBe(problems);

    private static string[] OnEks(string pools, string profiles, string resources) => WorkbenchSample.Messages(
        ("aws", """{ "region": "eu-west-1" }"""),
        ("cluster", $$"""{ "eks": { "version": "1.34", "administrators": ["arn:aws:iam::123456789012:role/admins"], "nodePools": {{pools}} } }"""),
        ("workbench.profiles", profiles), ("workbench.resourceProfiles", resources));
}
