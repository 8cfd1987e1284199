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
}
