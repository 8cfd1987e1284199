using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Rehearsal.Commands;

namespace Tests.Rehearsal.Manifests;

// Promise: every Kubernetes object of a plan, and nothing else, becomes a manifest that says what it hides.
public sealed class KubernetesObjectsTests
{
    [Fact]
    public void Patches_AreLabelled()
    {
        var file = File("kubernetes:core/v1:ConfigMapPatch", "backend-cfg", PropertyMap.Create(
            ("apiVersion", Results.Text("v1")), ("kind", Results.Text("ConfigMap")), ("metadata", Results.Map(("name", Results.Text("tower-backend-cfg")))),
            ("data", Results.Map(("A", Results.Text("b"))))));

        file.Name.ShouldBe("patches/configmap-tower-backend-cfg.patch.yaml");
        file.Text.ShouldContain(
            "\n# PATCH: these are fields of an object that others own. Apply it with: kubectl apply --server-side --field-manager=pulumi "
                + "--filename FILE\napiVersion: v1\nkind: ConfigMap\n");
    }

    [Fact]
    public void APatch_IsAppliedAsItsOwnFieldManager_AndTakesOverOnlyWhatItsAnnotationSays()
        => File("kubernetes:apps/v1:DeploymentPatch", "backend", PropertyMap.Create(("kind", Results.Text("Deployment")), ("metadata", Results.Map(
            ("name", Results.Text("backend")),
            ("annotations", Results.Map(
                ("pulumi.com/patchFieldManager", Results.Text("studio-platform-1a2b")), ("pulumi.com/patchForce", Results.Text("true"))))))))
            .Text.ShouldContain("kubectl apply --server-side --field-manager=studio-platform-1a2b --force-conflicts --filename FILE\n");

    [Fact]
    public void HiddenData_MovesToStringData_WhereItIsValid()
        => File("kubernetes:core/v1:Secret", "s", PropertyMap.Create(
            ("data", Results.Map(("plain", Results.Text("YQ==")), ("hidden", new SecretProperty(Results.Text("cw=="))), ("late", UnknownProperty.Instance)))))
            .Text.ShouldEndWith("""
                object:
                  apiVersion: v1
                  kind: Secret
                  metadata:
                    name: s
                  data:
                    plain: "YQ=="
                  stringData:
                    hidden: "<secret>"
                    late: "<known after up>"

                """);

    [Fact]
    public void UnknownMaps_AreLeftOut_AndNoted()
        => File("kubernetes:core/v1:Secret", "s",
            PropertyMap.Create(("stringData", new SecretProperty(UnknownProperty.Instance)), ("type", Results.Text("Opaque"))))
            .Text.ShouldEndWith(
                "object:\n  apiVersion: v1\n  kind: Secret\n  metadata:\n    name: s\n  type: Opaque\n");

    [Fact]
    public void ValuesThatMayBeNoText_AreLeftOut_AndNoted()
        => File("kubernetes:apps/v1:Deployment", "d", PropertyMap.Create(("spec", Results.Map(
            ("paused", new SecretProperty(BooleanProperty.True)),
            ("replicas", UnknownProperty.Instance),
            ("selector", Results.Map(("matchLabels", UnknownProperty.Instance))),
            ("strategy", UnknownProperty.Instance),
            ("template", Results.Map(("spec", Results.Map(("nodeName", UnknownProperty.Instance), ("hostNetwork", UnknownProperty.Instance)))))))))
            .Text.ShouldEndWith("""
                # Secret, hidden here: spec.paused
                # Known only after a deployment: spec.replicas, spec.selector.matchLabels, spec.strategy, spec.template.spec.hostNetwork, spec.template.spec.nodeName
                # A deployment chooses the name; here it is the resource's logical name.
                incomplete: kubectl refuses this file as it is; put values in place of <secret> and <known after up>, and take away this line, the next and two spaces of each after it
                object:
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata:
                    name: d
                  spec:
                    selector: {}
                    template:
                      spec:
                        nodeName: "<known after up>"

                """);

    [Fact]
    public void Kind_And_Version_ComeFromTheType_WhenTheInputsLackThem()
        => File("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "Some_Name", PropertyMap.Empty).ShouldSatisfyAllConditions(
            file => file.Name.ShouldBe("clusterrole-some-name.yaml"),
            file => file.Text.ShouldEndWith("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: some-name\n"));

    [Fact]
    public void Namespaces_ComeFirst()
        => ManifestFile.All("dev", KubernetesObjects.Find(new Plan(
            [Step("kubernetes:core/v1:Namespace", "tower", PropertyMap.Empty), Step("kubernetes:apps/v1:Deployment", "a", PropertyMap.Empty)]),
            showSecrets: false), [])
            .Select(file => file.Name).ShouldBe(["0-namespace-tower.yaml", "README.md", "deployment-a.yaml"]);

    [Fact]
    public void SameNames_GetNumbers_InTheOrderOfTheUrn()
        => ManifestFile.All(
            "dev", KubernetesObjects.Find(
                new Plan([Step("kubernetes:b/v1:Thing", "x", PropertyMap.Empty), Step("kubernetes:a/v1:Thing", "x", PropertyMap.Empty)]),
                showSecrets: false), [])
            .Where(file => file.Name != "README.md").Select(file => (file.Name, file.Text.Split('\n')[1])).ShouldBe(
            [
                ("thing-x-2.yaml", "# urn:pulumi:dev::p::kubernetes:b/v1:Thing::x"),
                ("thing-x.yaml", "# urn:pulumi:dev::p::kubernetes:a/v1:Thing::x"),
            ]);

    [Fact]
    public void ANameWithALineBreak_StaysAComment() =>
        File("kubernetes:core/v1:ConfigMap", "x\nkind: Secret", PropertyMap.Create(("data", Results.Map(("k\nkind: Role", UnknownProperty.Instance)))))
            .Text.Split('\n')
            .Where(line => line.StartsWith("  kind:", StringComparison.Ordinal))
            .ShouldBe(["  kind: ConfigMap"]);

    [Fact]
    public void ReleasesAndOtherProviders_HaveNoManifest()
    {
        var plan = new Plan(
            [Step("kubernetes:helm.sh/v3:Release", "wb", PropertyMap.Empty), Step("random:index/randomPassword:RandomPassword", "pw", PropertyMap.Empty)]);

        KubernetesObjects.Find(plan, showSecrets: false).ShouldBeEmpty();
        KubernetesObjects.WithoutManifest(plan).Select(urn => urn.Name).ShouldBe(["wb"]);
    }

    private static ManifestFile File(string type, string name, PropertyMap inputs)
        => ManifestFile.All("dev", KubernetesObjects.Find(new Plan([Step(type, name, inputs)]), showSecrets: false), [])
            .Single(file => file.Name != "README.md");

    private static PlanStep Step(string type, string name, PropertyMap inputs) =>
        Results.Step(Operation.Create, new ResourceState { Urn = Urn.Create("dev", "p", null, type, name), Type = type, Custom = true, Inputs = inputs });
}
