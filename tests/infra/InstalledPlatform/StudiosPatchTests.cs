using Infra.Dns;
using Infra.InstalledPlatform;
using Infra.Secrets;
using Infra.Studios;
using Infra.Versions;
using Pulumi;
using Tests.Support;
using YamlDotNet.Serialization;

namespace Tests.Infra.InstalledPlatform;

// Promise: of an installed Platform only the fields that Studios needs are held, backend and cron restart exactly when something they read changes,
// and no secret travels as a value.
public sealed class StudiosPatchTests
{
    private const string Metadata = """ "annotations": { "pulumi.com/patchFieldManager": "studio-platform" }, "namespace": "seqera" """;

    private const string Volumes = """
        "volumes": [{ "name": "cert-volume", "secret": { "items": [{ "key": "oidc.pem", "path": "oidc.pem" }], "secretName": "platform-oidc-certs" } }]
        """;

    private const string Mounts = """ "volumeMounts": [{ "mountPath": "/data/certs", "name": "cert-volume", "readOnly": true }] """;

    private const string SetVolumes =
        "template.spec.volumes[cert-volume].secret.items[oidc.pem].path = oidc.pem; "
            + "template.spec.volumes[cert-volume].secret.secretName = platform-oidc-certs";

    private static readonly StudiosAddress Address =
        StudiosAddress.Plan(WebOrigin.Parse("https://example.com"), WebOrigin.Parse("https://connect.example.com"), pathRouting: false);

    [Fact]
    public async Task Children_BelongToTheComponent()
    {
        var deployed = await Deployed.Of(options => new StudiosPatch("platform", Args("25.2.0"), options));

        deployed.Lineages.ShouldBe([
            "platform:installedPlatform:StudiosPatch$kubernetes:apps/v1:Deployment::platform-current-backend",
            "platform:installedPlatform:StudiosPatch$kubernetes:apps/v1:Deployment::platform-current-cron",
            "platform:installedPlatform:StudiosPatch$kubernetes:apps/v1:DeploymentPatch::platform-backend",
            "platform:installedPlatform:StudiosPatch$kubernetes:apps/v1:DeploymentPatch::platform-cron",
            "platform:installedPlatform:StudiosPatch$kubernetes:core/v1:ConfigMap::platform-current-tower-yml",
            "platform:installedPlatform:StudiosPatch$kubernetes:core/v1:ConfigMapPatch::platform-tower-yml",
            "platform:installedPlatform:StudiosPatch$kubernetes:core/v1:ConfigMapPatch::platform-variables",
            "platform:installedPlatform:StudiosPatch::platform",
        ]);
        deployed.OutputNames("StudiosPatch::platform").ShouldBe(["backendReads", "cronReads"]);
    }

    [Fact]
    public async Task Variables_AreAddedToTheBackendsConfigMap()
    {
        var deployed = await Deployed.Of(() => new StudiosPatch("platform", Args("26.1.3", fingerprint: "SHA256:abc")));

        deployed.Inputs("platform-variables").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ConfigMap",
              "metadata": { "name": "tower-backend-cfg", {{Metadata}} },
              "data": {
                "TOWER_DATA_EXPLORER_ENABLED": "true",
                "TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT": "SHA256:abc",
                "TOWER_DATA_STUDIO_CONNECT_URL": "https://connect.example.com"
              }
            }
            """));
        deployed.Has("platform-tower-yml").ShouldBeFalse();
    }

    [Fact]
    public async Task Backend_MountsTheKeyAndReadsTheToken()
    {
        StudiosPatch? patch = null;
        var deployed = await Deployed.Of(() => patch = new StudiosPatch("platform", Args("26.1.3")));

        deployed.Inputs("platform-backend").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "apps/v1", "kind": "Deployment",
              "metadata": {
                "name": "backend", "namespace": "seqera",
                "annotations": {
                  "pulumi.com/patchFieldManager": "studio-platform-{{SettledPatchTests.Hash(deployed, "platform-backend")}}",
                  "pulumi.com/patchForce": "true",
                  "studio-platform/sets": "{{SetInBackend(await Deployed.ValueOf(patch!.BackendReads))}}"
                }
              },
              "spec": {
                "template": {
                  "metadata": { "annotations": { "studio-platform/config-hash": "{{await Deployed.ValueOf(patch!.BackendReads)}}" } },
                  "spec": {
                    "containers": [{
                      "name": "backend",
                      "env": [
                        { "name": "TOWER_OIDC_PEM_PATH", "value": "/data/certs/oidc.pem" },
                        {
                          "name": "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN",
                          "valueFrom": { "secretKeyRef": { "key": "OIDC_CLIENT_REGISTRATION_TOKEN", "name": "platform-oidc-registration" } }
                        }
                      ],
                      {{Mounts}}
                    }],
                    {{Volumes}}
                  }
                }
              }
            }
            """));
    }

    [Fact]
    public async Task Cron_MountsTheKeyAndNeverRunsTwice()
    {
        StudiosPatch? patch = null;
        var deployed = await Deployed.Of(() => patch = new StudiosPatch("platform", Args("26.1.3", InstallLayout.Helm("seqera"))));

        deployed.Inputs("platform-cron").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "apps/v1", "kind": "Deployment",
              "metadata": {
                "name": "seqera-platform-cron", "namespace": "seqera",
                "annotations": {
                  "pulumi.com/patchFieldManager": "studio-platform-{{SettledPatchTests.Hash(deployed, "platform-cron")}}",
                  "pulumi.com/patchForce": "true",
                  "studio-platform/sets": "{{SetInCron(await Deployed.ValueOf(patch!.CronReads))}}"
                }
              },
              "spec": {
                "strategy": { "type": "Recreate" },
                "template": {
                  "metadata": { "annotations": { "studio-platform/config-hash": "{{await Deployed.ValueOf(patch!.CronReads)}}" } },
                  "spec": {
                    "containers": [{
                      "name": "cron",
                      "env": [{ "name": "TOWER_OIDC_PEM_PATH", "value": "/data/studio-platform-certs/oidc.pem" }],
                      "volumeMounts": [{ "mountPath": "/data/studio-platform-certs", "name": "cert-volume", "readOnly": true }]
                    }],
                    {{Volumes}}
                  }
                }
              }
            }
            """));
    }

    [Fact]
    public async Task TowerYaml_KeepsWhatTheOperatorWrote()
    {
        var deployed = await Deployed.Of(() => new StudiosPatch("platform", Args("25.2.0")));

        // The mocked engine knows no ConfigMap of that name, so that the file starts empty; TowerYamlTests has the files that are not.
        deployed.Inputs("platform-tower-yml").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "v1", "kind": "ConfigMap",
              "metadata": {
                "name": "tower-yml", "namespace": "seqera",
                "annotations": { "pulumi.com/patchFieldManager": "studio-platform", "pulumi.com/patchForce": "true" }
              },
              "data": { "tower.yml": "tower:\n  data-studio:\n    allowed-workspaces: null\n" }
            }
            """));
    }

    [Fact]
    public async Task TakeOver_ForcesTheOtherFieldsToo()
    {
        var deployed = await Deployed.Of(() => new StudiosPatch("platform", Args("26.1.3", takeOver: true)));

        foreach (var patch in new[] { "platform-variables", "platform-backend", "platform-cron" })
        {
            deployed.Inputs(patch).ShouldContain("\"pulumi.com/patchForce\": \"true\"");
        }
    }

    [Theory]
    // What changes, for which install, and who restarts.
    [InlineData("template", "manifests", true, true)]
    [InlineData("template", "helm", true, false)]
    [InlineData("token", "manifests", true, false)]
    [InlineData("key", "manifests", true, true)]
    [InlineData("key", "helm", true, true)]
    [InlineData("fingerprint", "manifests", true, true)]
    [InlineData("fingerprint", "helm", true, false)]
    [InlineData("nothing", "manifests", false, false)]
    [InlineData("takeOver", "manifests", false, false)]
    public async Task Restarts_WhoReadsTheChange(string change, string install, bool backend, bool cron)
    {
        var layout = install == "helm" ? InstallLayout.Helm("seqera") : InstallLayout.Manifests;
        var before = await Reads(Args("26.1.3", layout, fingerprint: "SHA256:abc"));
        var after = await Reads(change switch
        {
            "template" => Args("26.1.3", layout, fingerprint: "SHA256:abc", templates: [StudioTemplates.Jupyter]),
            "token" => Args("26.1.3", layout, fingerprint: "SHA256:abc", token: "32.2"),
            "key" => Args("26.1.3", layout, fingerprint: "SHA256:abc", key: "SHA256:other"),
            "fingerprint" => Args("26.1.3", layout, fingerprint: "SHA256:def"),
            "takeOver" => Args("26.1.3", layout, fingerprint: "SHA256:abc", takeOver: true),
            _ => Args("26.1.3", layout, fingerprint: "SHA256:abc"),
        });

        (before.Backend != after.Backend, before.Cron != after.Cron).ShouldBe((backend, cron));
    }

    [Fact]
    public async Task TheFilesForAnOperator_SayTheSameAsThePatches()
    {
        var args = Args("25.2.0", fingerprint: "SHA256:abc");
        StudiosPatch? patch = null;
        var deployed = await Deployed.Of(() => patch = new StudiosPatch("platform", args));
        var reads = (await Deployed.ValueOf(patch!.BackendReads), await Deployed.ValueOf(patch.CronReads));
        var files = ManualChanges.Files(
            args.Layout,
            args.Studios,
            "seqera",
            ("platform-oidc-registration", OidcRegistrationToken.Key),
            ("platform-oidc-certs", OidcSigningKey.Key),
            reads,
            "SHA256:abc");

        files.Keys.ShouldBe(["1-variables.yaml", "2-backend.yaml", "3-cron.yaml", "tower.yml"]);
        AsJson(files["1-variables.yaml"]).ShouldBe(WithoutAnnotations(deployed.Inputs("platform-variables")));
        AsJson(files["2-backend.yaml"]).ShouldBe(WithoutAnnotations(deployed.Inputs("platform-backend")));
        AsJson(files["3-cron.yaml"]).ShouldBe(WithoutAnnotations(deployed.Inputs("platform-cron")));
        files["tower.yml"].ShouldBe("tower:\n  data-studio:\n    allowed-workspaces: null\n");
    }

    private static string SetInBackend(string reads) => string.Join(
        "; ",
        $"template.metadata.annotations[studio-platform/config-hash] = {reads}",
        "template.spec.containers[backend].env[TOWER_OIDC_PEM_PATH].value = /data/certs/oidc.pem",
        "template.spec.containers[backend].env[TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN].valueFrom.secretKeyRef.key = OIDC_CLIENT_REGISTRATION_TOKEN",
        "template.spec.containers[backend].env[TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN].valueFrom.secretKeyRef.name = platform-oidc-registration",
        "template.spec.containers[backend].volumeMounts[cert-volume].mountPath = /data/certs",
        "template.spec.containers[backend].volumeMounts[cert-volume].readOnly = true",
        SetVolumes);

    private static string SetInCron(string reads) => string.Join(
        "; ",
        "strategy.type = Recreate",
        $"template.metadata.annotations[studio-platform/config-hash] = {reads}",
        "template.spec.containers[cron].env[TOWER_OIDC_PEM_PATH].value = /data/studio-platform-certs/oidc.pem",
        "template.spec.containers[cron].volumeMounts[cert-volume].mountPath = /data/studio-platform-certs",
        "template.spec.containers[cron].volumeMounts[cert-volume].readOnly = true",
        SetVolumes);

    private static async Task<(string Backend, string Cron)> Reads(StudiosPatchArgs args)
    {
        StudiosPatch? patch = null;
        await Deployed.Of(() => patch = new StudiosPatch("platform", args));
        return (await Deployed.ValueOf(patch!.BackendReads), await Deployed.ValueOf(patch.CronReads));
    }

    private static string AsJson(string yaml) =>
        Deployed.Json(
            new SerializerBuilder()
                .JsonCompatible()
                .Build()
                .Serialize(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml)!));

    // The annotations of a patch are for Pulumi; kubectl takes the same from its command line.
    private static string WithoutAnnotations(string json)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        node["metadata"]!.AsObject().Remove("annotations");
        return Deployed.Json(node.ToJsonString());
    }

    internal static StudiosPatchArgs Args(
        string version,
        InstallLayout? layout = null,
        string? fingerprint = null,
        IReadOnlyList<StudioTemplate>? templates = null,
        string token = "32.1",
        string key = "SHA256:key",
        bool takeOver = false) => new()
        {
            Namespace = "seqera",
            Layout = layout ?? InstallLayout.Manifests,
            Studios = new PlatformStudios(SemanticVersion.Parse(version), Address, WorkspaceAccess.Everyone, templates ?? []),
            RegistrationToken = new SecretKeyRef(Output.Create("platform-oidc-registration"), OidcRegistrationToken.Key, Output.Create(token)),
            SigningKey = new SecretKeyRef(Output.Create("platform-oidc-certs"), OidcSigningKey.Key, Output.Create(key)),
            SshFingerprint = fingerprint is null ? null : Output.Create(fingerprint),
            TakeOver = takeOver,
        };
}
