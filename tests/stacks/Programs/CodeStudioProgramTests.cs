using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Stacks.Support;

namespace Tests.Stacks.Programs;

// Promise: another image rolls the pods of its template and nothing else, and files outlive every change but the one that two updates ask for.
public sealed class CodeStudioProgramTests
{
    private const string File = "stacks/examples/Pulumi.code-studios.yaml";
    private const string Other = "\"registry.example.com/code-studios/sales:2@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";

    [Theory]
    [InlineData("sales.kubernetes.image", Other, "Update code-studio-sales-app-studio", "Update code-studio-sales-app-webapp")]
    [InlineData("sales.kubernetes.studios.app.webapp.replicas", "4", "Update code-studio-sales-app-webapp")]
    [InlineData(
        "sales.kubernetes.studios.app.running",
        "false",
        "Update code-studio-sales-app-studio",
        "Update code-studio-sales-app-studio-routing-kept",
        "Update code-studio-sales-app-studio-service"
    )]
    [InlineData(
        "sales.kubernetes.studios.app.webapp",
        null,
        "Delete code-studio-sales-app-webapp",
        "Delete code-studio-sales-app-webapp",
        "Delete code-studio-sales-app-webapp-budget",
        "Delete code-studio-sales-app-webapp-policy",
        "Delete code-studio-sales-app-webapp-routing",
        "Delete code-studio-sales-app-webapp-routing-kept",
        "Delete code-studio-sales-app-webapp-routing-middleware-sign-in",
        "Delete code-studio-sales-app-webapp-service"
    )]
    [InlineData(
        "sales.kubernetes.studios.app.webapp.pathPrefix",
        "\"/app\"",
        "Update code-studio-sales-app-webapp",
        "Update code-studio-sales-app-webapp-routing-kept"
    )]
    [InlineData("jupyter.kubernetes.studios.alice.owner", "\"carol@example.com\"", "Update code-studio-jupyter-alice-access-binding")]
    [InlineData("jupyter.permissions", """{ "groups": ["lab"] }""")]
    [InlineData("vscode.permissions", """{ "groups": ["lab"] }""", "Update code-studio-vscode-team-access-binding")]
    [InlineData("vscode.kubernetes.environment", "{}", "Update code-studio-vscode-team-studio")]
    public async Task AChange_DoesThis(string at, string? value, params string[] steps) =>
        Changes(
                await RehearsedStack.PreviewedAsync(
                    RehearsedStack.RequestFor(File).With("codeStudios", $"templates.{at}", value),
                    await RehearsedStack.Deployed(File)))
            .ShouldBe(steps);

    // A block more, and with it another image: ports and pods change, claims stay as they are.
    [Fact]
    public async Task ABlockMore_ComesWithItsImage()
    {
        var request = RehearsedStack.RequestFor(File);
        var blocks = JsonNode.Parse(request.Config["platform:codeStudios"])!["templates"]!["sales"]!["blocks"]!.AsArray();
        blocks.Add(JsonNode.Parse("""{ "entrypoint": { "label": "Docs", "command": "serve", "exposedPort": { "port": 9000 } } }"""));

        var plan = await RehearsedStack.PreviewedAsync(
            request.With("codeStudios", "templates.sales.blocks", blocks.ToJsonString()).With("codeStudios", "templates.sales.kubernetes.image", Other),
            await RehearsedStack.Deployed(File));

        Changes(plan).ShouldBe([
            "Create code-studio-sales-app-studio-routing-middleware-to-root", "Create code-studio-sales-app-studio-routing-to-root",
            "Update code-studio-sales-app-studio", "Update code-studio-sales-app-studio-policy", "Update code-studio-sales-app-studio-service",
            "Update code-studio-sales-app-webapp",
        ]);
    }

    [Fact]
    public async Task InProduction_NobodyRemovesFilesInPassing()
    {
        var request = RehearsedStack.RequestFor(File).With("production", "true");
        var (first, _) = await RehearsedStack.UpdatedAsync(request, await RehearsedStack.Deployed(File));
        first
            .Resources.Where(resource => resource.Protect)
            .Select(resource => resource.Urn.Name)
            .ShouldContain("code-studio-rstudio-models-user-versioned-claim");

        var without = request.With("codeStudios", "templates.rstudio", null);
        var refused = (await RehearsedStack.RunAsync(without with { State = first, Kind = OperationKind.Preview })).Result;
        refused.Outcome.ShouldNotBe(RehearsalOutcome.Succeeded);
        refused
            .Diagnostics.Select(diagnostic => diagnostic.Message)
            .ShouldContain(message =>
                message.Contains("::code-studio-rstudio-models-", StringComparison.Ordinal)
                && message.Contains("because it is protected", StringComparison.Ordinal));

        var (opened, _) = await RehearsedStack.UpdatedAsync(request.With("unprotected", """["codeStudios.templates.rstudio"]"""), first);
        opened
            .Resources.Where(resource => resource.Protect)
            .Select(resource => resource.Urn.Name)
            .ShouldNotContain(name => name.Contains("rstudio", StringComparison.Ordinal));
        opened
            .Resources.Where(resource => resource.Protect)
            .Select(resource => resource.Urn.Name)
            .ShouldContain("code-studio-sales-app-code-studio-versioned-claim");
        var gone = await RehearsedStack.PreviewedAsync(without.With("unprotected", """["codeStudios.templates.rstudio"]"""), opened);
        gone.Steps.Where(step => step.Operation == Operation.Delete).Select(step => step.Name).ShouldContain("code-studio-rstudio-models-user-versioned-claim");
    }

    [Fact]
    public async Task Pods_ComeAfterTheirClaims_AndPathsAfterTheirService()
    {
        var rehearsed = await Rehearsed.Of(File);

        rehearsed
            .Outliving(rehearsed.Named("kubernetes:apps/v1:Deployment", "code-studio-sales-app-webapp"))
            .Where(urn => urn.Contains("PersistentVolumeClaim", StringComparison.Ordinal))
            .Select(urn => urn[(urn.LastIndexOf(':') + 1)..])
            .Order(StringComparer.Ordinal)
            .ShouldBe(["code-studio-sales-app-code-studio-versioned-claim", "code-studio-sales-app-project-lib-versioned-claim"]);
        rehearsed.Outliving(rehearsed.Named("kubernetes:networking.k8s.io/v1:Ingress", "code-studio-sales-app-webapp-routing-kept"))
            .ShouldContain(rehearsed.Named("kubernetes:core/v1:Service", "code-studio-sales-app-webapp-service").Urn.ToString());
    }

    [Fact]
    public async Task Outputs_TellUsersWhatToOpenAndType()
    {
        var outputs = (
            (ObjectProperty)(await RehearsedStack.Deployed(File)).Resources.Single(resource => resource.Type == "pulumi:pulumi:Stack").Outputs["codeStudios"]
        ).Properties;

        outputs.Keys.Order(StringComparer.Ordinal).ShouldBe(["jupyter/alice", "jupyter/bob", "rstudio/models", "sales/app", "vscode/team"]);
        var text = outputs["sales/app"].ToString()!;
        text.ShouldContain("https://studios.example.com/code-studios/sales/app/8181/");
        text.ShouldContain("https://studios.example.com/sales/8181/");
        outputs["rstudio/models"].ToString()!.ShouldContain(
            "kubectl --namespace code-studio-rstudio-models exec deployment/studio --container studio -- /opt/dataiku/actions/make-git-key");
    }

    private static string[] Changes(Plan plan) => [.. plan.Steps
        .Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
        .Select(step => $"{step.Operation} {step.Name}").Order(StringComparer.Ordinal)];
}
