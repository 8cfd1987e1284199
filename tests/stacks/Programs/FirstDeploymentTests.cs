using System.Collections.Immutable;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Stacks.Settings;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: a stack whose cluster is made in the same update needs nothing at first that nobody has made, and its second update takes nothing away.
public sealed class FirstDeploymentTests
{
    private static readonly string[] BuiltIn = ["default", "kube-system"];

    public static TheoryData<string> Early => [.. StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0]).Where(StackMoment.IsEarly)];

    // One of either cloud, at night every one.
    public static TheoryData<string> SecondUpdates => RehearsedStack.Nightly ? Early : ["Pulumi.prod.yaml"];

    [Fact]
    public void EveryStackThatMakesItsCluster_AndHasStudios_SaysThatThereIsNoPlatformYet() =>
        StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0])
            .Where(file => StackFilesTests.Read(file).Settings is { Cluster.IsMade: true, Studios: not null })
            .ShouldBe(Early.Cast<object[]>().Select(row => (string)row[0]));

    [Theory]
    [MemberData(nameof(Early))]
    public async Task AFirstUpdate_NeedsNothingThatNobodyMade(string path)
    {
        var plan = (await RehearsedStack.Of(path)).Result.Plan;
        var objects = plan.Steps.Where(step => step.Type.StartsWith("kubernetes:", StringComparison.Ordinal)).ToImmutableArray();
        var made = objects.Where(step => step.Type == "kubernetes:core/v1:Namespace").Select(step => Metadata(step, "name")).Concat(BuiltIn).ToHashSet();

        objects.Where(step => step.Type.EndsWith("Patch", StringComparison.Ordinal) || step.Operation == Operation.Read).ShouldBeEmpty();
        objects.Select(step => Metadata(step, "namespace")).OfType<string>().Except(made).ShouldBeEmpty();
        // What runs does so without the Platform.
        objects.Where(step => step.Type is "kubernetes:apps/v1:Deployment" or "kubernetes:apps/v1:StatefulSet").Select(step => step.Name)
            .ShouldBeSubsetOf(["redis"]);
        objects.Select(step => step.Name).ShouldContain("registration-token-token");
    }

    [Theory]
    [MemberData(nameof(SecondUpdates))]
    public async Task TheSecondUpdate_PatchesThePlatform_AndTakesNothingAway(string path)
    {
        var second = await RehearsedStack.PreviewedAsync(RehearsedStack.RequestFor(StackMoment.Installed(path)), await RehearsedStack.Deployed(path));

        second.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Create or Operation.Read or Operation.Update))
            .Select(step => $"{step.Operation} {step.Urn}").ShouldBeEmpty();
        new[] { "platform-backend", "platform-cron", "connect-proxy", "connect-server" }.ShouldBeSubsetOf(second.Steps.Select(step => step.Name));
    }

    [Fact]
    public async Task RedisAndNames_CanBeBuiltBeforeStudiosIsDescribed_AndStayWhenItIs()
    {
        var whole = RehearsedStack.RequestFor("Pulumi.prod.yaml");
        var zone = """{"route53":{"zone":"example.com","createZone":true}}""";
        var first = whole with { Config = whole.Config.Remove("platform:studios").SetItem("platform:dns", zone) };
        var (state, alone) = await RehearsedStack.UpdatedAsync(first, Checkpoint.Empty);

        new[] { "aws:elasticache/replicationGroup:ReplicationGroup", "aws:route53/zone:Zone" }.ShouldBeSubsetOf(alone.Steps.Select(step => step.Type));
        alone.Steps.Where(step => step.Type is "kubernetes:core/v1:Secret" or "aws:acm/certificate:Certificate").ShouldBeEmpty();

        var described = first with { Config = first.Config.SetItem("platform:studios", whole.Config["platform:studios"]) };
        var second = await RehearsedStack.PreviewedAsync(described, state);

        second.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Create or Operation.Read))
            .Select(step => $"{step.Operation} {step.Urn}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Outputs_SayWhatTheInstallationOfThePlatformNeeds()
    {
        var outputs = (await RehearsedStack.Of("Pulumi.prod.yaml")).Result.Outputs;

        outputs.ContainsKey("studios").ShouldBeFalse();
        var installation = ((ObjectProperty)outputs["platformInstallation"]).Properties;
        PropertyJson.Text(new ObjectProperty(PropertyMap.From(installation.Where(output => output.Key != "variables")))).ShouldBe(
            $$"""{"certificate":"{{Unknown}}","loadBalancer":"{{Unknown}}","namespace":"seqera-platform","redis":{"host":"{{Unknown}}","passwordSecret":"redis-password-{{Suffix(installation)}}","port":6379,"tls":true},"registrationTokenSecret":"platform-oidc-registration","serverUrl":"https://platform.example.com","signingKeySecret":"platform-oidc-certs","sshFingerprint":"{{Unknown}}","sshHostKeySecret":"connect-ssh-key"}""");
        ((ObjectProperty)installation["variables"]).Properties["TOWER_DATA_STUDIO_CONNECT_URL"].ShouldBe(new StringProperty("https://connect.example.com"));
    }

    private static string Unknown => Protocol.WireSignatures.UnknownString;

    private static string Suffix(PropertyMap installation) =>
        ((StringProperty)((ObjectProperty)installation["redis"]).Properties["passwordSecret"]).Value["redis-password-".Length..];

    private static string? Metadata(PlanStep step, string key) =>
        step.New!.Inputs.Find("metadata") is ObjectProperty { Properties: var metadata } ? (metadata.Find(key) as StringProperty)?.Value : null;
}
