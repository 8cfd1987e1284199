using System.Text;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Rehearsal.Programs;

// The engine serves what Pulumi itself publishes: the official Node SDK, as users install it.
[Trait(Long.Category, Long.Name)]
public class NodeProgramTests(ITestOutputHelper output)
{
    private const string Marker = "m4rker-0f-a-license";

    [Fact]
    public async Task TheOfficialNodeSdk_PreviewsComponentsSecretsOptionsAndOutputs()
    {
        if (NodePackages.Install() is { Length: > 0 } reason)
        {
            output.WriteLine($"not run: {reason}");
            return;
        }
        var progress = new RecordingProgress();
        var request = new RehearsalRequest
        {
            Program = new ProgramLaunch(
                "sh", ["-c", "exec node node_modules/@pulumi/pulumi/cmd/run --monitor=$PULUMI_MONITOR --engine=$PULUMI_ENGINE index.js"], NodePackages.Folder,
                NodePackages.Folder),
            Project = "platform",
            Stack = "dev",
        };
        request = request with { Config = request.Config.Add("platform:key", Marker), SecretKeys = ["platform:key"] };

        var result = await new RehearsalHost().RunAsync(request, progress, CancellationToken.None);

        Complaints.Of(result).ShouldBeEmpty();
        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        result.Plan.Steps.Where(step => !step.IsDefaultProvider).Select(step => step.Urn.Value["urn:pulumi:dev::platform::".Length..]).ShouldBe([
            "pulumi:pulumi:Stack::platform-dev",
            "pulumi:providers:kubernetes::cluster",
            "platform:secrets:Vault::vault",
            "platform:secrets:Vault$random:index/randomPassword:RandomPassword::vault-password",
            "platform:secrets:Vault$tls:index/privateKey:PrivateKey::vault-key",
            "platform:secrets:Vault$kubernetes:core/v1:Secret::vault",
            "kubernetes:core/v1:Secret::license",
            "kubernetes:core/v1:ConfigMap::settings",
        ], ignoreOrder: true);
        Options(result.Plan);
        Values(result);
        progress.Events.ShouldAllBe(entry => !entry.ToString().Contains(Marker, StringComparison.Ordinal));
        result.ToString().ShouldNotContain(Marker);
    }

    private static void Options(Plan plan)
    {
        var key = State(plan, "vault-key");
        var secret = plan.Steps.Single(step => step is { Type: "kubernetes:core/v1:Secret", Name: "vault" }).New!;
        var settings = State(plan, "settings");
        (key.Protect, State(plan, "vault-password").Protect).ShouldBe((true, false));
        secret.Provider.ShouldStartWith("urn:pulumi:dev::platform::pulumi:providers:kubernetes::cluster::");
        settings.Provider.ShouldBe(secret.Provider);
        secret.Dependencies.ShouldContain(key.Urn);
        (secret.RetainOnDelete, secret.IgnoreChanges.Single(), settings.CustomTimeouts).ShouldBe(
            (true, "metadata.annotations", new CustomTimeouts("10m", "", "")));
        settings.PropertyDependencies["data"].ShouldBe([key.Urn]);
    }

    private static void Values(RehearsalResult result)
    {
        var secret = result.Plan.Steps.Single(step => step is { Type: "kubernetes:core/v1:Secret", Name: "vault" }).New!;
        // One unknown inside the map makes all of it unknown, and it stays secret
        secret.Inputs["stringData"].ShouldBe(new SecretProperty(UnknownProperty.Instance));
        State(result.Plan, "license").Inputs["data"].ShouldBe(
            new SecretProperty(new ObjectProperty(
                PropertyMap.Create(("license", new StringProperty(Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker))))))));
        State(result.Plan, "vault-password").Outputs["result"].ShouldBe(new SecretProperty(UnknownProperty.Instance));
        State(result.Plan, "settings").Outputs["data"].ShouldBeOfType<SecretProperty>();
        result.Outputs["license"].ShouldBe(new SecretProperty(new StringProperty(Marker)));
        result.Outputs["password"].ContainsUnknowns.ShouldBeTrue();
        result.Outputs["settings"].ShouldBe(new StringProperty("settings"));
        result.Outputs["answer"].ShouldBe(new NumberProperty(42));
    }

    private static ResourceState State(Plan plan, string name) => plan.Steps.Single(step => step.Name == name).New!;
}
