using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Stacks;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: every field of the Platform's form has the value that the deployed objects have, and what gives access is secret.
public sealed class TowerFormTests
{
    private static readonly string Kubeconfig = $$"""
        current-context: admin
        clusters: [{ name: one, cluster: { server: "https://10.0.0.1:6443", certificate-authority-data: {{Convert.ToBase64String(
            Encoding.UTF8.GetBytes("authority")
        )}} } }]
        contexts: [{ name: admin, context: { cluster: one } }]
        """;

    private static readonly StackSample Eks = new("""
        {
          "aws": { "region": "eu-west-1" },
          "cluster": {
            "adoptedEks": {
              "name": "shared", "authenticationMode": "configMap",
              "network": { "vpcId": "vpc-0a1b2c3d4e5f60718", "privateSubnets": ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"] }
            }
          },
          "tower": {
            "eks": { "principal": "arn:aws:iam::123456789012:user/seqera-platform", "externalId": "seqera-1" },
            "environments": { "research": { "fusion": { "buckets": ["example-work"] } } }
          }
        }
        """);

    private static readonly StackSample Gke = new("""
        {
          "cluster": { "existing": { "context": "gke", "name": "research", "kind": "gke" } },
          "storage": { "existingClass": { "storageClassName": "standard-rwx" } },
          "tower": {
            "location": "europe-west1-b",
            "environments": {
              "research": {
                "scratch": { "mountPath": "/mnt/scratch" }, "workDir": "/mnt/scratch/runs", "networkPolicy": true,
                "launch": {
                  "podCleanup": "never", "headJobCpus": 2, "headJobMemoryMb": 4096, "headPodSpec": "spec: { nodeSelector: { a: b } }", "servicePodSpec": "spec: { tolerations: [] }",
                  "environment": { "A": { "value": "1", "compute": true } }, "preRunScript": "true", "postRunScript": "false", "nextflowConfig": "process.cpus = 1"
                }
              }
            }
          }
        }
        """);

    [Fact]
    public async Task OnPlainKubernetes_AddressAuthorityAndToken_AreThereAndSecret()
    {
        var form = await Form(
            StackSample.Existing with
            {
                Secrets = [("kubeconfig", Kubeconfig), ("redisPassword", "x")],
            },
            ("tower", """{ "environments": { "research": { "token": true, "scratch": {} } } }"""));

        form.Keys.Order(StringComparer.Ordinal)
            .ShouldBe([
                "computeServiceAccount",
                "headServiceAccount",
                "namespace",
                "platform",
                "podCleanup",
                "server",
                "sslCert",
                "storageClaimName",
                "storageMountPath",
                "token",
                "tokenSecret",
                "workDir",
            ]);
        (await Text(form, "platform")).ShouldBe("k8s-platform");
        (await Text(form, "server")).ShouldBe("https://10.0.0.1:6443");
        (await Text(form, "sslCert")).ShouldBe("authority");
        (await Text(form, "token")).ShouldBe(MockValues.FilledSecret("tower-research-launcher-token", "token"));
        (await Text(form, "workDir")).ShouldBe("/scratch");
        foreach (var secret in new[] { "server", "sslCert", "token" })
        {
            (await Output.IsSecretAsync((Output<string>)form[secret]!)).ShouldBeTrue(secret);
        }
    }

    [Fact]
    public async Task WithoutKubeconfig_TheStackFileNamesTheServer_AndTheTokenSecretHoldsTheAuthority()
    {
        var form = await Form(StackSample.Made, ("tower.server", "\"https://kubernetes.example.com\""));

        (await Text(form, "server")).ShouldBe("https://kubernetes.example.com");
        (await Text(form, "sslCert")).ShouldBe(MockValues.FilledSecret("tower-research-launcher-token", "ca.crt"));
        (await Output.IsSecretAsync((Output<string>)form["server"]!)).ShouldBeTrue();
    }

    [Fact]
    public async Task OnGke_EveryFieldIsFilledIn()
    {
        var form = await Form(Gke);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in form.Keys.Where(key => key != "environment"))
        {
            texts[key] = await Text(form, key);
        }

        texts.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["clusterName"] = "research",
                ["computeServiceAccount"] = "tower-compute-sa",
                ["headJobCpus"] = "2",
                ["headJobMemoryMb"] = "4096",
                ["headPodSpec"] = "spec: { nodeSelector: { a: b } }",
                ["headServiceAccount"] = "tower-launcher-sa",
                ["namespace"] = "tower-nf",
                ["nextflowConfig"] = "process.cpus = 1",
                ["platform"] = "gke-platform",
                ["podCleanup"] = "never",
                ["postRunScript"] = "false",
                ["preRunScript"] = "true",
                ["region"] = "europe-west1-b",
                ["servicePodSpec"] = "spec: { tolerations: [] }",
                ["storageClaimName"] = "tower-scratch",
                ["storageMountPath"] = "/mnt/scratch",
                ["workDir"] = "/mnt/scratch/runs",
            },
            ignoreOrder: true);
        Deployed
            .Json(JsonSerializer.Serialize(form["environment"]))
            .ShouldBe(Deployed.Json("""[{ "compute": true, "head": true, "name": "A", "value": "1" }]"""));
    }

    [Fact]
    public async Task OnEks_FusionIsFilledIn_AndBothAccountsHaveTheRole()
    {
        PlatformOutputs? outputs = null;
        var deployed = await Deployed.Of(() => outputs = Define(Eks));
        var form = outputs!.TowerEnvironments!["research"].Exported();

        (await Text(form, "platform"), await Text(form, "region"), await Text(form, "clusterName")).ShouldBe(("eks-platform", "eu-west-1", "shared"));
        (form["fusion2Enabled"], form["waveEnabled"], form["workDir"]).ShouldBe((true, true, "s3://example-work"));
        (await Text(form, "assumeRoleArn")).ShouldEndWith("tower-access-role");
        form.ContainsKey("storageClaimName").ShouldBeFalse();
        deployed.Inputs("tower-research-compute").ShouldContain("eks.amazonaws.com/role-arn");
        deployed.Inputs("tower-research-launcher-account").ShouldContain("eks.amazonaws.com/role-arn");
        deployed.Inputs("tower-research-launcher-user-binding").ShouldContain("\"name\": \"tower-launchers\"");
        deployed.Inputs("tower-research-namespace").ShouldContain("\"pod-security.kubernetes.io/enforce\": \"privileged\"");
        deployed.Inputs("tower-research-fusion-identity-role").ShouldContain("system:serviceaccount:tower-nf:tower-compute-sa");
        deployed.Has("tower-access-mapping-patch").ShouldBeTrue();
    }

    [Fact]
    public async Task WithoutLocation_AnExistingCloudCluster_IsPlainKubernetes() =>
        (await Text(await Form(Gke, ("tower.location", null)), "platform")).ShouldBe("k8s-platform");

    [Fact]
    public async Task ADemo_SaysSo() =>
        (await Text(await Form(StackSample.Made, ("storage", """{ "hostPath": { "path": "/srv", "singleNodeDemo": true } }""")), "warning"))
            .ShouldBe("Demo: the storage is a folder of the only node, and its files may be lost.");

    // Old and new objects of a renamed Role exist at once, so none of them may have a name of the others.
    [Fact]
    public async Task ARenamedRole_SharesNoNameWithTheOldOne()
    {
        string[] names = [.. await RbacNames("tower-launcher-role"), .. await RbacNames("nextflow")];

        names.Distinct().Count().ShouldBe(6);

        static async Task<IEnumerable<string>> RbacNames(string role)
        {
            var deployed = await Deployed.Of(() => Define(StackSample.Made, ("tower.environments.research.role", $"\"{role}\"")));
            return new[] { "role", "account-binding", "user-binding" }
                .Select(name => JsonNode.Parse(deployed.Inputs($"tower-research-launcher-{name}"))!["metadata"]!["name"]!.GetValue<string>() + name);
        }
    }

    private static async Task<IReadOnlyDictionary<string, object?>> Form(StackSample sample, params (string Path, string? Json)[] changes)
    {
        PlatformOutputs? outputs = null;
        await Deployed.Of(() => outputs = Define(sample, changes));
        return outputs!.TowerEnvironments!["research"].Exported();
    }

    private static PlatformOutputs Define(StackSample sample, params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(sample.Raw(changes));
        read.Problems.ShouldBeEmpty();
        return Platform.Define(read.Settings, secret => Output.CreateSecret(sample.Secrets.Single(entry => entry.Key == secret.Key).Value));
    }

    private static async Task<string> Text(IReadOnlyDictionary<string, object?> form, string key) => form[key] switch
    {
        Output<string> output => await Deployed.ValueOf(output),
        var value => $"{value}",
    };
}
