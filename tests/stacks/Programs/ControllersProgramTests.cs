using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Planning;
using Rehearsal.State;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: controllers run before and as long as there is something for them to do, and another version or value of a chart or an add-on changes it in place.
[Trait(Long.Category, Long.Name)]
public sealed class ControllersProgramTests
{
    private const string GkeDev = "stacks/examples/Pulumi.gke-dev.yaml";
    private const string Nginx = "stacks/examples/Pulumi.studios-eks-nginx.yaml";
    private const string EksDev = "stacks/examples/Pulumi.eks-dev.yaml";
    private const string Release = "kubernetes:helm.sh/v3:Release";

    [Theory]
    [InlineData(GkeDev, "cert-manager")]
    [InlineData(Nginx, "cert-manager", "external-dns")]
    public async Task Ingresses_ComeAfterTheControllers_AndGoBeforeThem(string file, params string[] controllers)
    {
        var rehearsed = await Rehearsed.Of(file);
        var ingresses = rehearsed.Resources.Where(resource => resource.Type.EndsWith(":Ingress", StringComparison.Ordinal)).ToArray();
        var issuer = rehearsed.Named("kubernetes:cert-manager.io/v1:ClusterIssuer", "cert-manager-issuer").Urn.ToString();

        ingresses.ShouldNotBeEmpty();
        foreach (var ingress in ingresses)
        {
            var before = rehearsed.Outliving(ingress);
            before.ShouldContain(issuer);
            controllers.Select(name => rehearsed.Named(Release, name).Urn.ToString()).ShouldBeSubsetOf(before);
        }

        rehearsed.Outliving(rehearsed.Named(Release, "cert-manager"))
            .ShouldContain(rehearsed.Named("kubernetes:core/v1:Namespace", "cert-manager-namespace").Urn.ToString());
    }

    [Fact]
    public async Task TheFirstUpdateOfGkeDev_BringsTheIssuer_AndTheSecondTheIngress_AndNothingElseOfIt()
    {
        var state = await RehearsedStack.Deployed(GkeDev);
        state.Resources.ShouldContain(resource => resource.Urn.Name == "cert-manager-issuer");
        state.Resources.ShouldNotContain(resource => resource.Type.EndsWith(":Ingress", StringComparison.Ordinal));

        var plan = await RehearsedStack.PreviewedAsync(RehearsedStack.RequestFor(StackMoment.Installed(GkeDev)), state);

        plan.Steps.Where(step => step.Urn.ToString().Contains("CertManager", StringComparison.Ordinal)).Select(step => step.Operation).Distinct()
            .ShouldBe([Operation.Same]);
        plan.Steps.Single(step => step.Type.EndsWith(":Ingress", StringComparison.Ordinal)).Operation.ShouldBe(Operation.Create);
    }

    [Theory]
    [InlineData(GkeDev)]
    [InlineData(Nginx)]
    public async Task ADestroy_TakesIngressesAndIssuerBeforeTheController_AndIdentityAndZoneAfterIt(string file)
    {
        var installed = file == GkeDev ? StackMoment.Installed(file) : file;
        var state = await RehearsedStack.Deployed(installed);

        var plan = (await RehearsedStack.RunAsync(RehearsedStack.RequestFor(installed) with { Kind = OperationKind.Destroy, State = state })).Result.Plan;

        var order = plan.Steps.Where(step => step.Operation == Operation.Delete).Select(step => $"{step.Type.Split(':')[^1]} {step.Name}").ToList();
        int Of(string resource)
        {
            order.ShouldContain(resource);
            return order.IndexOf(resource);
        }

        var controller = Of("Release cert-manager");
        order.Index().Where(entry => entry.Item.StartsWith("Ingress ", StringComparison.Ordinal)).ShouldAllBe(entry => entry.Index < controller);
        Of("ClusterIssuer cert-manager-issuer").ShouldBeLessThan(controller);
        Of("Namespace cert-manager-namespace").ShouldBeGreaterThan(controller);
        Of(file == GkeDev ? "DnsManagedZoneIamMember cert-manager-zone-writer" : "RolePolicy cert-manager-zone-identity-policy")
            .ShouldBeGreaterThan(controller);
        if (file == GkeDev)
        {
            Of("ManagedZone domain-zone").ShouldBeGreaterThan(controller);
        }
    }

    [Theory]
    [InlineData("charts", """{ "releases": { "cert-manager": { "version": "v1.21.1" } } }""", "cert-manager: version")]
    [InlineData("charts", """{ "releases": { "cert-manager": { "values": { "webhook": { "replicaCount": 3 } } } } }""", "cert-manager: values")]
    [InlineData("charts", """{ "imageRegistry": "registry.example.com" }""", "cert-manager: values")]
    [InlineData("charts", """{ "repository": "oci://registry.example.com/charts" }""", "cert-manager: chart repositoryOpts")]
    public async Task AnotherVersionValueOrPlaceOfAChart_UpdatesItsReleaseInPlace(string key, string json, string change) =>
        (await Changes(GkeDev, config => config[key] = JsonNode.Parse(json))).ShouldBe([$"Update {change}"]);

    [Theory]
    [InlineData("""{ "coredns": { "version": "v1.13.2-eksbuild.99" } }""", "Update cluster-services-coredns: addonVersion")]
    [InlineData("""{ "vpc-cni": { "configuration": { "env": { "WARM_IP_TARGET": "4" } } } }""", "Update cluster-network-vpc-cni: configurationValues")]
    [InlineData("""{ "vpc-cni": { "resolveConflicts": "none" } }""", "Update cluster-network-vpc-cni: resolveConflictsOnUpdate")]
    public async Task AnotherVersionOrConfigurationOfAnAddOn_UpdatesItInPlace(string addons, string change) =>
        (await Changes(EksDev, config => config["cluster"]!["eks"]!["addons"] = JsonNode.Parse(addons))).ShouldBe([change]);

    [Fact]
    public async Task ExtendedSupport_IsAPolicyOfTheCluster_ChangedInPlace()
    {
        var changes = await Changes(EksDev, config => config["cluster"]!["eks"]!["extendedSupport"] = true);

        changes.ShouldContain("Update cluster: upgradePolicy");
        // Rules that name the cluster's group are shown besides, as after every change of the cluster (docs/aws.md, The second day).
        changes.ShouldAllBe(change => change.StartsWith("Update ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ControllersThatAreNoLongerWanted_GoAlone()
    {
        var changes = await Changes(Nginx, config => config.Remove("externalDns"), config => config["charts"]!.AsObject().Remove("releases"));

        changes.Where(change => !change.StartsWith("Delete ", StringComparison.Ordinal)).ShouldBeEmpty();
        changes.ShouldBe([
            "Delete external-dns-namespace: ", "Delete external-dns-namespace: ", "Delete external-dns-zone-identity-policy: ",
            "Delete external-dns-zone-identity-role: ", "Delete external-dns-zone-identity: ", "Delete external-dns-zone: ", "Delete external-dns: ",
            "Delete external-dns: ",
        ]);
    }

    [Fact]
    public async Task ASecretValue_NeverStandsInThePlan()
    {
        var request = With(RehearsedStack.RequestFor(GkeDev), config => config["charts"] = JsonNode.Parse(
            """{ "releases": { "cert-manager": { "secretValues": { "extra.token": "siteToken" } } } }"""));
        request = request with
        {
            Config = request.Config.SetItem("platform:siteToken", RehearsedStack.Marker),
            SecretKeys = request.SecretKeys.Add("platform:siteToken"),
        };

        var run = await RehearsedStack.RunAsync(request with { State = Checkpoint.Empty });

        run.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        var values = run.Result.Plan.Steps.Single(step => step.Type == Release).New!.Inputs["values"];
        values.ToString().ShouldContain("token");
        values.ToString().ShouldNotContain(RehearsedStack.Marker);
    }

    private static async Task<string[]> Changes(string file, params Action<JsonObject>[] changes)
    {
        var state = await RehearsedStack.Deployed(file);
        var plan = await RehearsedStack.PreviewedAsync(changes.Aggregate(RehearsedStack.RequestFor(file), With), state);
        return
        [
            .. plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
                .Select(step => $"{step.Operation} {step.Name}: {string.Join(' ', Changed(step))}").Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Changed(PlanStep step) => step is { Old: { } old, New: { } @new }
        ? old.Inputs.Keys.Union(@new.Inputs.Keys).Where(key => !Equals(old.Inputs.Find(key), @new.Inputs.Find(key))).Order(StringComparer.Ordinal)
        : [];

    private static RehearsalRequest With(RehearsalRequest request, Action<JsonObject> change)
    {
        const string prefix = "platform:";
        var config = new JsonObject(request.Config.Where(entry => entry.Value.StartsWith('{'))
            .Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], JsonNode.Parse(entry.Value))));
        var before = config.Select(entry => entry.Key).ToArray();
        change(config);
        return request with
        {
            Config = request.Config.RemoveRange(before.Except(config.Select(entry => entry.Key)).Select(key => prefix + key))
                .SetItems(config.Select(entry => KeyValuePair.Create(prefix + entry.Key, entry.Value!.ToJsonString()))),
        };
    }
}
