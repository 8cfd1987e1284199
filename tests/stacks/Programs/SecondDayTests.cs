using Rehearsal;
using Rehearsal.Planning;
using Rehearsal.State;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: what docs/aws.md and docs/gcp.md say of the second day is what a plan against the first day's state does, and nothing beside it.
[Trait(Long.Category, Long.Name)]
public sealed class SecondDayTests
{
    private const string Aws = "Pulumi.prod.yaml";
    private const string Google = "stacks/examples/Pulumi.gke-prod.yaml";

    [Theory]
    // The cluster's security group stays whatever changes in its network settings, and with it every rule that names the group.
    [InlineData(Aws, "cluster", "eks.publicAccess", """["203.0.113.0/24"]""", "Update cluster")]
    [InlineData(Aws, "cluster", "eks.logTypes", """["audit", "authenticator"]""", "Update cluster")]
    [InlineData(Aws, "cluster", "eks.network.create.flowLogs", "\"rejected\"", "Replace network-flow-logs")]
    [InlineData(Aws, "cluster", "eks.network.create.flowLogs", "\"none\"",
        "Delete network-flow-logs", "Delete network-flow-logs", "Delete network-flow-logs-group", "Delete network-flow-logs-policy",
        "Delete network-flow-logs-role")]
    [InlineData(Aws, "dns", "route53.accessLogs.retentionDays", "30", "Update edge-logs-lifecycle")]
    [InlineData(Aws, "dns", "route53.accessLogs.prefix", "\"edge\"", "Update edge", "Update edge-logs-policy")]
    [InlineData(Aws, "dns", "route53.webAcl.create.countOnly", "false", "Update edge-firewall")]
    [InlineData(Aws, "dns", "route53.webAcl.create.rateLimit", "5000", "Update edge-firewall")]
    // A balancer has one web ACL: the old one goes first.
    [InlineData(Aws, "dns", "route53.webAcl", """{ "arn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/p/01234567-89ab-cdef-0123-456789abcdef" }""",
        "Delete edge-firewall", "Delete edge-firewall", "Replace edge-web-acl")]
    [InlineData(Aws, "dns", "route53.webAcl", null, "Delete edge-firewall", "Delete edge-firewall", "Delete edge-web-acl")]
    [InlineData(Aws, "backup", "retentionDays", "60", "Update backup-plan")]
    [InlineData(Aws, "backup", "schedule", "\"cron(0 5 * * ? *)\"", "Update backup-plan")]
    [InlineData(Aws, "backup", "lock", """{ "mode": "governance", "minimumDays": 7 }""", "Create backup-copy-vault-lock", "Create backup-vault-lock")]
    [InlineData(Google, "dns", "cloudDns.cloudArmor.create.previewOnly", "false", "Update edge-armor")]
    [InlineData(Google, "cluster", "gke.logs", """["systemComponents"]""", "Update cluster")]
    [InlineData(Google, "cluster", "gke.network", """{ "create": { "flowLogPercent": 0 } }""", "Update network-nodes")]
    public async Task AChange_DoesThis(string path, string concept, string at, string? value, params string[] steps) =>
        Changes(await RehearsedStack.PreviewedAsync(RehearsedStack.RequestFor(path).With(concept, at, value), await RehearsedStack.Deployed(path)))
            .ShouldBe(steps);

    [Fact]
    public async Task TheBucketOfAProductionStack_StaysInTheAccount()
    {
        var plan = await RehearsedStack.PreviewedAsync(
            RehearsedStack.RequestFor(Aws).With("dns", "route53.accessLogs", null), await RehearsedStack.Deployed(Aws));

        Changes(plan).ShouldBe([
            "Delete edge-logs", "Delete edge-logs", "Delete edge-logs-closed", "Delete edge-logs-encryption", "Delete edge-logs-lifecycle",
            "Delete edge-logs-policy", "Update edge",
        ]);
        plan.Steps.Where(step => step.Name.StartsWith("edge-logs", StringComparison.Ordinal) && step.Type.StartsWith("aws:", StringComparison.Ordinal))
            .ShouldAllBe(step => step.Old!.RetainOnDelete);
    }

    // One update opens the part, the next takes it away, and its vaults stay in the account even so.
    [Fact]
    public async Task BackupsOfAProductionStack_AreNotGivenUpInPassing()
    {
        var (request, first) = (RehearsedStack.RequestFor(Aws), await RehearsedStack.Deployed(Aws));
        var without = request.With("backup", null).With("storage", """{ "efs": {} }""");

        var refused = (await RehearsedStack.RunAsync(without with { State = first, Kind = OperationKind.Preview })).Result;
        refused.Outcome.ShouldNotBe(RehearsalOutcome.Succeeded);
        refused.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldContain(message =>
            message.Contains("::backup-", StringComparison.Ordinal) && message.Contains("because it is protected", StringComparison.Ordinal));

        var (opened, _) = await RehearsedStack.UpdatedAsync(request.With("unprotected", """["backup"]"""), first);
        var gone = await RehearsedStack.PreviewedAsync(without.With("unprotected", """["backup"]"""), opened);
        gone.Steps.Where(step => step is { Operation: Operation.Delete, Type: "aws:backup/vault:Vault" or "aws:kms/key:Key" })
            .Select(step => (step.Name, step.Old!.RetainOnDelete)).Order()
            .ShouldBe([("backup-copy-key", true), ("backup-copy-vault", true), ("backup-key", true), ("backup-vault", true)]);
    }

    [Fact]
    public async Task ACopy_IsEncryptedAndKept_InItsOwnRegion()
    {
        var rehearsed = await Rehearsed.Of(Aws);
        var (key, vault) = (rehearsed.Named("aws:kms/key:Key", "backup-copy-key"), rehearsed.Named("aws:backup/vault:Vault", "backup-copy-vault"));

        new[] { key.Provider, vault.Provider }.ShouldAllBe(provider => provider.Contains("::backup-copy-region-provider::", StringComparison.Ordinal));
        new[] { key, vault }.ShouldAllBe(resource => resource.Protect && resource.RetainOnDelete);
        rehearsed.Named("aws:backup/vault:Vault", "backup-vault").Provider.ShouldContain("::aws-provider::");
        rehearsed.Outliving(rehearsed.Named("aws:backup/selection:Selection", "backup-plan-selection"))
            .ShouldContain(rehearsed.Named("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "backup-plan-role-policy").Urn.ToString());
    }

    [Fact]
    public async Task ABalancer_IsToldOfItsBucket_OnceItMayWriteThere()
    {
        var rehearsed = await Rehearsed.Of(Aws);

        rehearsed.Outliving(rehearsed.Named("aws:lb/loadBalancer:LoadBalancer", "edge"))
            .ShouldContain(rehearsed.Named("aws:s3/bucketPolicy:BucketPolicy", "edge-logs-policy").Urn.ToString());
    }

    // What the controller makes is told in annotations, and stands on what they name.
    [Fact]
    public async Task TheControllersBalancer_LogsAndFilters()
    {
        var dev = StackMoment.Installed("stacks/examples/Pulumi.eks-dev.yaml");
        var request = RehearsedStack.RequestFor(dev).With("studios", "ingress.alb.accessLogs", "{}")
            .With("studios", "ingress.alb.webAcl", """{ "create": {} }""");
        var (state, plan) = await RehearsedStack.UpdatedAsync(request, await RehearsedStack.Deployed(dev));

        Changes(plan).ShouldBe([
            "Create edge-firewall", "Create edge-firewall", "Create edge-logs", "Create edge-logs", "Create edge-logs-closed", "Create edge-logs-encryption",
            "Create edge-logs-lifecycle", "Create edge-logs-policy", "Update studios-hosts", "Update studios-sessions",
        ]);
        var annotations = Resource(state, "studios-sessions").Inputs["metadata"].ToString()!;
        annotations.ShouldContain("access_logs.s3.enabled=true,access_logs.s3.bucket=");
        annotations.ShouldContain("alb.ingress.kubernetes.io/wafv2-acl-arn");
        Resource(state, "studios-sessions").Dependencies.Select(urn => urn.Name).ShouldContain("edge-firewall");

        // What an annotation does not say any more, the controller leaves as it is: the web ACL could not be deleted, and the log would go nowhere.
        var off = request.With("studios", "ingress.alb.accessLogs", """{ "enabled": false }""").With("studios", "ingress.alb.webAcl", """{ "none": {} }""");
        var (without, _) = await RehearsedStack.UpdatedAsync(off, state);
        var last = Resource(without, "studios-sessions").Inputs["metadata"].ToString()!;
        last.ShouldContain(",access_logs.s3.enabled=false");
        last.ShouldNotContain("access_logs.s3.bucket");
        without.Resources.Select(resource => resource.Urn.Name).ShouldNotContain("edge-firewall");
    }

    private static global::Rehearsal.Graph.ResourceState Resource(Checkpoint state, string name) =>
        state.Resources.Single(resource => resource.Urn.Name == name && resource.Custom);

    private static string[] Changes(Plan plan) =>
    [
        .. plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
            .Select(step => $"{step.Operation} {step.Name}")
            .Order(StringComparer.Ordinal),
    ];
}
