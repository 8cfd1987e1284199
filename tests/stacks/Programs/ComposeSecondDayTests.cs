using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Rehearsal;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: what changes under a host by Docker Compose changes under it; only another image makes it anew, and its data goes from the old one to the new.
[Trait(Long.Category, Long.Name)]
public sealed class ComposeSecondDayTests
{
    private const string File = "stacks/examples/Pulumi.data-studios-compose.yaml";
    private const string Host = "aws:ec2/instance:Instance compose-host";
    private const string Volume = "aws:ebs/volume:Volume compose-host-data";
    private const string Attachment = "aws:ec2/volumeAttachment:VolumeAttachment compose-host-data-attachment";
    private const string Files = "Update aws:ssm/document:Document compose-host-files";
    private const string Apply = "Update aws:ssm/association:Association compose-host-apply";
    private const string Secrets = "Update platform:compose:ComposeSecrets compose-secrets";
    private const string Version = "Replace aws:secretsmanager/secretVersion:SecretVersion compose-secrets-version";
    private const string Target = "Replace aws:lb/targetGroupAttachment:TargetGroupAttachment compose-routes";

    [Theory]
    [InlineData("allowedWorkspaces", "\"all\"", Files, Apply)]
    [InlineData("platform.version", "\"24.2.2\"", Files, Apply)]
    [InlineData("host.variables", """{ "TOWER_SMTP_HOST": "mail.example.com" }""", Files, Apply)]
    [InlineData("host.plugin", """{ "version": "5.1.0", "sha256": "5633cb21e06a7c88c7ca48a9334d3d0f7f892e9605ae9e9a45f9a095d4ffceb8" }""", Files, Apply)]
    [InlineData("signingKey", """{ "rotation": 2 }""", Secrets, Version, "Replace tls:index/privateKey:PrivateKey compose-secrets-signing-key", Apply)]
    [InlineData("registrationToken", """{ "rotation": 2 }""", Version, "Replace random:index/randomPassword:RandomPassword compose-secrets-token", Apply)]
    [InlineData("host.dataGiB", "200", $"Update {Volume}", Files, Apply)]
    [InlineData("host.instanceType", "\"m7i.2xlarge\"", $"Update {Host}")]
    [InlineData("host.image", "\"ami-0123456789abcdef0\"", $"Replace {Host}", $"Replace {Attachment}", Apply,
        $"{Target}-connect-host", $"{Target}-platform-host")]
    public async Task AChange_DoesThis(string path, string value, params string[] steps)
    {
        var plan = await RehearsedStack.PreviewedAsync(RehearsedStack.RequestFor(File).With("compose", path, value), await RehearsedStack.Deployed(File));

        plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
            .Select(step => $"{step.Operation} {step.Type} {step.Name}")
            .ShouldBe(steps, ignoreOrder: true);
    }

    // The old host is stopped and lets go of the disk before the new one gets it, and goes last.
    [Fact]
    public async Task AnotherImage_HandsTheDiskOver()
    {
        var request = RehearsedStack.RequestFor(File).With("compose", "host.image", "\"ami-0123456789abcdef0\"");

        var plan = await RehearsedStack.PreviewedAsync(request, await RehearsedStack.Deployed(File));

        string[] order =
        [
            $"CreateReplacement {Host}", $"DeleteReplaced {Attachment}", $"CreateReplacement {Attachment}", Apply, $"DeleteReplaced {Host}",
        ];
        plan.Steps.Select(step => $"{step.Operation} {step.Type} {step.Name}").Where(order.Contains).ShouldBe(order);
        var attachment = plan.Steps.Single(step => step.Operation == Operation.CreateReplacement && $"{step.Type} {step.Name}" == Attachment);
        attachment.New!.Inputs["stopInstanceBeforeDetaching"].ShouldBe(BooleanProperty.True);
        attachment.New.Inputs["volumeId"].ShouldBe(attachment.Old!.Inputs["volumeId"]);
        attachment.New.Inputs["instanceId"].ShouldBe(UnknownProperty.Instance);
    }

    // What the host must not be told in the open: passwords, token and key are in one secret value, and in nothing else.
    [Fact]
    public async Task Secrets_AreInOneSecretValue()
    {
        var state = await RehearsedStack.Deployed(File);
        string[] made = ["random:index/randomPassword:RandomPassword", "tls:index/privateKey:PrivateKey"];
        var passwords = state.Resources.Where(resource => resource.Type == made[0])
            .Select(resource => ((StringProperty)Differ.Opened(resource.Outputs["result"])!).Value).ToArray();

        var version = state.Resources.Single(resource => resource.Type == "aws:secretsmanager/secretVersion:SecretVersion");
        var value = version.Inputs["secretString"].ShouldBeOfType<SecretProperty>().ToString();
        passwords.Length.ShouldBe(4);
        passwords.ShouldAllBe(password => ((StringProperty)Differ.Opened(version.Inputs["secretString"])!).Value.Contains(password, StringComparison.Ordinal));
        foreach (var resource in state.Resources.Where(resource => resource != version && !made.Contains(resource.Type)))
        {
            passwords.ShouldAllBe(password => !$"{resource.Inputs} {resource.Outputs}".Contains(password, StringComparison.Ordinal), resource.Urn.Value);
            $"{resource.Inputs}".ShouldNotContain("PRIVATE KEY", customMessage: resource.Urn.Value);
        }

        value.ShouldNotContain("PRIVATE KEY");
        state.Resources.Single(resource => resource is { Type: "aws:ec2/instance:Instance", Urn.Name: "compose-host" })
            .Inputs.ContainsKey("userData").ShouldBeFalse();
    }

    [Fact]
    public async Task InProduction_DataAndSecretsStay_AndTheHostMayGo()
    {
        var production = RehearsedStack.RequestFor(File, production: true);
        var state = await RehearsedStack.Deployed(File, production: true);

        var removed = (await RehearsedStack.RunAsync(production.With("compose", null).With("dns", null).With("backup", null) with { State = state })).Result;
        var opened = await RehearsedStack.RunAsync(production.With("unprotected", """["compose"]""") with { State = state });

        removed.Outcome.ShouldNotBe(RehearsalOutcome.Succeeded);
        // Which of them the engine comes to first is the order of their registrations, which race.
        removed.Diagnostics.Select(diagnostic => diagnostic.Message)
            .ShouldContain(message => message.Contains("because it is protected", StringComparison.Ordinal));
        string[] kept =
        [
            "compose-host-data", "compose-network", "compose-secrets", "compose-secrets-crypto", "compose-secrets-database", "compose-secrets-jwt",
        ];
        Protected(state.Resources).ShouldBe(kept);
        Protected(opened.Result.Plan.Steps.Select(step => step.New).OfType<ResourceState>()).ShouldBeEmpty();
        state.Resources.Single(resource => resource.Urn.Name == "compose-host" && resource.Type == "aws:ec2/instance:Instance").Protect.ShouldBeFalse();
    }

    private static string[] Protected(IEnumerable<ResourceState> resources) =>
    [
        .. resources.Where(resource => resource.Protect && resource.Urn.Name.StartsWith("compose-", StringComparison.Ordinal))
            .Select(resource => resource.Urn.Name)
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
