using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rehearsal;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Events;
using Tests.Infra.Workbench;
using Checkpoint = Rehearsal.State.Checkpoint;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: what changes about Workbench is an upgrade of its release in place, and home directories outlive all of it.
public sealed partial class WorkbenchProgramTests
{
    private const string Evaluation = "stacks/examples/Pulumi.workbench-evaluation.yaml";
    private const string Team = "stacks/examples/Pulumi.workbench-existing-traefik.yaml";
    private const string Eks = "stacks/examples/Pulumi.workbench-eks.yaml";
    private const string Release = "kubernetes:helm.sh/v3:Release";

    [Theory]
    [InlineData("replicas", "3", "Update workbench")]
    [InlineData("sessions", """{ "timeoutMinutes": 120 }""", "Update workbench")]
    [InlineData("ingress.host", "\"lab.example.com\"", "Update workbench")]
    [InlineData("profiles", "{}", "Update workbench")]
    [InlineData("rootless", "true", "Update workbench")]
    [InlineData("images", """{ "server": "registry.example.com/workbench:2026.08.1", "pullSecrets": ["registry"] }""", "Update workbench")]
    [InlineData("signIn", """{ "pam": {} }""", "Update workbench")]
    [InlineData("signIn", """{ "sssd": { "uri": "ldaps://ldap.example.com", "searchBase": "dc=example,dc=com" } }""",
        "Create workbench-directory", "Create workbench-directory", "Update workbench", "Update workbench-server-policy")]
    [InlineData("resourceProfiles.large.memMb", "32768", "Update workbench")]
    [InlineData("license", """{ "file": { "existingSecret": "workbench-license" } }""", "Update workbench", "Update workbench-server-policy")]
    [InlineData("network", """{ "policies": false }""", "Delete workbench-server-policy", "Delete workbench-session-policy")]
    [InlineData("network.controllerNamespace", "\"traefik\"", "Update workbench-server-policy")]
    [InlineData("prePull", "{}", "Create workbench-pre-pull")]
    [InlineData("database.existing.address", "\"other.example.com:5432\"", "Replace workbench-database", "Update workbench")]
    public async Task AChange_UpgradesTheReleaseInPlace(string at, string value, params string[] steps) => Changes(await RehearsedStack.PreviewedAsync(
        RehearsedStack.RequestFor(Team).With("workbench", at, value), await RehearsedStack.Deployed(Team))).ShouldBe(steps);

    [Fact]
    public async Task AnotherVersionOfTheChart_UpgradesTheReleaseInPlace()
    {
        var (plan, said) = await PreviewOf(RehearsedStack.RequestFor(Team).With("charts", Chart("0.22.1")), await RehearsedStack.Deployed(Team));

        Changes(plan).ShouldBe(["Update workbench"]);
        said.ShouldBe([
            "Chart rstudio-workbench goes from 0.22.0 to 0.22.1:\n- what came after 0.22.0 is not known here: read NEWS.md of the chart from there to 0.22.1.",
        ]);
        plan.Steps.Single(step => step.Type == Release).New!.Inputs.OpenText("version").ShouldBe("0.22.1");
    }

    // From the state, as Pulumi's own engine hands it to hooks: no setting has to say which version runs.
    [Fact]
    public async Task AnUpgrade_TellsTheStepsBetween_InPreviewsAndInUpdates()
    {
        var request = RehearsedStack.RequestFor(Team);
        var (old, _) = await RehearsedStack.UpdatedAsync(request.With("charts", Chart("0.21.4")), await RehearsedStack.Deployed(Team));

        var (_, said) = await PreviewOf(request, old);
        said.ShouldHaveSingleItem().ShouldStartWith("Chart rstudio-workbench goes from 0.21.4 to 0.22.0:\n- 0.21.5: containers of sessions get ");
        var update = await RehearsedStack.RunAsync(request with { Kind = OperationKind.Update, State = old });
        Warnings(update).ShouldBe(said);
        (await PreviewOf(request.With("charts", Chart("0.21.4")).With("workbench", "replicas", "3"), old)).Said.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("oidc", null)]
    [InlineData("saml", """{ "saml": { "metadataUrl": "https://login.example.com/metadata", "usernameAttribute": "NameID", "accounts": "scim" } }""")]
    public async Task ATokenOfAProvider_IsMadeAnewByItsRotation(string kind, string? signIn)
    {
        var request = RehearsedStack.RequestFor(Team);
        request = signIn is null ? request.With("workbench", "signIn.oidc.accounts", "\"scim\"") : request.With("workbench", "signIn", signIn);
        var (state, _) = await RehearsedStack.UpdatedAsync(request, await RehearsedStack.Deployed(Team));

        Changes(await RehearsedStack.PreviewedAsync(request.With("workbench", $"signIn.{kind}.scimTokenRotation", "2"), state))
            .ShouldBe(["Replace workbench-scim", "Replace workbench-scim-value", "Update workbench"]);
    }

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Repository.Root, "stacks", "examples"), "*.yaml")
        .Where(file => File.ReadAllText(file).Contains("platform:workbench:", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    // The rendered chart is what counts: object and path of every file, and all of its lines.
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task TheFilesOfAnExample_DoNotChange(string file)
    {
        var release = (await RehearsedStack.Of(file)).Result.Plan.Steps.Single(step => step.Type == Release && step.Name == "workbench").New!;
        var values = JsonNode.Parse(release.Inputs["values"].ToString())!.AsObject();

        WorkbenchChart.Unread(values).ShouldBeEmpty();
        // Pulumi's ending of a name is another one on each machine.
        Snapshot.ShouldMatch(
            $"workbench-files-{Path.GetFileNameWithoutExtension(file)["Pulumi.".Length..]}",
            WorkbenchChart.Files(values).Select(line => PulumisEnding().Replace(line, "-*:")));
    }

    [Fact]
    public async Task InProduction_NobodyRemovesHomeDirectoriesInPassing()
    {
        var (request, first) = (RehearsedStack.RequestFor(Team), await RehearsedStack.Deployed(Team));

        var refused = (await RehearsedStack.RunAsync(request.With("workbench", null) with { State = first, Kind = OperationKind.Preview })).Result;
        refused.Outcome.ShouldNotBe(RehearsalOutcome.Succeeded);
        refused.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldContain(message =>
            message.Contains("::workbench-", StringComparison.Ordinal) && message.Contains("because it is protected", StringComparison.Ordinal));

        var (opened, _) = await RehearsedStack.UpdatedAsync(request.With("unprotected", """["workbench"]"""), first);
        opened.Resources.Where(resource => resource.Protect).ShouldBeEmpty();
        var gone = await RehearsedStack.PreviewedAsync(request.With("workbench", null).With("unprotected", """["workbench"]"""), opened);
        gone.Steps.Where(step => step.Operation == Operation.Delete).Select(step => step.Name).ShouldContain("workbench-home-claim");
    }

    [Fact]
    public async Task ToTryOut_NothingIsProtected_AndTheUserHasAPasswordOfItsOwn()
    {
        var state = await RehearsedStack.Deployed(Evaluation);

        state.Resources.Where(resource => resource.Protect).ShouldBeEmpty();
        var values = state.Resources.Single(resource => resource.Type == Release).Inputs["values"].ToString();
        values.ShouldContain("existingSecret");
        values.ShouldNotContain("[secret]");
    }

    [Theory]
    [InlineData(Evaluation)]
    [InlineData(Team)]
    public async Task TheRelease_ComesAfterItsClaimsAndSecrets_AndGoesBeforeThem(string file)
    {
        var rehearsed = await Rehearsed.Of(file);
        var before = rehearsed.Outliving(rehearsed.Named(Release, "workbench"));

        rehearsed.Resources.Where(resource => resource.Type is "kubernetes:core/v1:PersistentVolumeClaim" or "kubernetes:core/v1:Secret")
            .Select(resource => resource.Urn.ToString()).ShouldBeSubsetOf(before);
    }

    // On a cluster without a controller: Traefik answers before there is an Ingress for it, and goes after the last one.
    [Fact]
    public async Task TheTraefikOfTheStack_ComesFirst_AndGoesLast()
    {
        const string Issuer = "ClusterIssuer cert-manager-issuer";
        string[] expected = ["Namespace traefik-namespace", "Release traefik", "Service traefik", "Release workbench"];
        var request = RehearsedStack.RequestFor(Evaluation).With("traefik", """{ "clients": ["203.0.113.0/24"] }""")
            .With("certManager", """{ "install": { "email": "platform@example.com", "solver": { "http01": { "ingressClass": "traefik" } } } }""")
            .With("workbench", "ingress", """{ "host": "workbench.example.com", "clusterIssuer": "letsencrypt", "traefik": {} }""");

        var (state, first) = await RehearsedStack.UpdatedAsync(request, Checkpoint.Empty);
        var last = (await RehearsedStack.RunAsync(request with { Kind = OperationKind.Destroy, State = state })).Result.Plan;

        Order(first, Operation.Create, expected).ShouldBe(expected);
        Order(last, Operation.Delete, expected).ShouldBe(expected.Reverse());
        Order(first, Operation.Create, [Issuer, expected[^1]]).ShouldBe([Issuer, expected[^1]]);
        Order(last, Operation.Delete, [Issuer, expected[^1]]).ShouldBe([expected[^1], Issuer]);

        static string[] Order(Plan plan, Operation operation, string[] wanted) => [.. plan.Steps
            .Where(step => step.Operation == operation).Select(step => $"{step.Type.Split(':')[^1]} {step.Name}").Where(wanted.Contains)];
    }

    [Theory]
    [InlineData("ingress.host", "\"lab.research.example.com\"",
        "Create record-lab.research.example.com", "Delete record-workbench.research.example.com", "Replace workbench-certificate")]
    [InlineData("ingress.alb.idleTimeoutSeconds", "600", "Update workbench-routes-hosts")]
    [InlineData("ingress.alb.accessLogs", null, "Delete workbench-logs")]
    [InlineData("replicas", "3", "Update workbench")]
    public async Task AChangeOfTheWayIn_ConcernsIt_AndNothingElse(string at, string? value, params string[] steps)
    {
        var changes = Changes(await RehearsedStack.PreviewedAsync(
            RehearsedStack.RequestFor(Eks).With("workbench", at, value), await RehearsedStack.Deployed(Eks)));

        steps.ShouldBeSubsetOf(changes);
        changes.Select(step => string.Join(' ', step.Split(' ')[1..])).ShouldAllBe(name => name.StartsWith("workbench", StringComparison.Ordinal)
            || name.StartsWith("record-", StringComparison.Ordinal));
        changes.ShouldNotContain(step => step.StartsWith("Replace workbench-home", StringComparison.Ordinal)
            || step.EndsWith(" workbench-database", StringComparison.Ordinal));
    }

    [GeneratedRegex("-[0-9a-f]{7,8}:", RegexOptions.None, 1000)]
    private static partial Regex PulumisEnding();

    private static string Chart(string version) => $$"""{ "releases": { "rstudio-workbench": { "version": "{{version}}" } } }""";

    private static async Task<(Plan Plan, string[] Said)> PreviewOf(RehearsalRequest request, Checkpoint state)
    {
        var run = await RehearsedStack.RunAsync(request with { State = state });
        return (run.Result.Plan, Warnings(run));
    }

    private static string[] Warnings(RehearsedStack run) => [.. run.Result.Diagnostics
        .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Info).Select(diagnostic => diagnostic.Message.TrimEnd())];

    private static string[] Changes(Plan plan) => [.. plan.Steps
        .Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
        .Select(step => $"{step.Operation} {step.Name}").Order(StringComparer.Ordinal)];
}
