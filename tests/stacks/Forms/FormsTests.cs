using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Xunit;
using Stacks.Commands;
using Stacks.Forms;

namespace Tests.Stacks.Forms;

// Promise: what an operator types or runs is what the stack exported, and nobody sees a secret who did not ask for it.
public sealed class FormsTests
{
    private const string Outputs = """
        {
          "studios": { "connectUrl": "https://connect.example.com" },
          "towerEnvironments": {
            "plain": {
              "platform": "k8s-platform", "token": "marker-token", "tokenSecret": "tower-launcher-token", "server": "https://10.0.0.1:6443",
              "sslCert": "-----BEGIN CERTIFICATE-----\nmarker\n-----END CERTIFICATE-----\n", "namespace": "tower-nf", "headServiceAccount": "tower-launcher-sa",
              "computeServiceAccount": "tower-compute-sa", "storageClaimName": "tower-scratch", "storageMountPath": "/scratch", "workDir": "/scratch/it's",
              "podCleanup": "on_success", "preRunScript": "echo END\nEND\n",
              "environment": [{ "name": "A", "value": "1 2", "head": true, "compute": true }, { "name": "B", "value": "", "head": false, "compute": true }],
              "warning": "Demo: mind the storage."
            },
            "cloud": {
              "platform": "eks-platform", "assumeRoleArn": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "region": "eu-west-1", "clusterName": "research", "namespace": "tower-cloud",
              "headServiceAccount": "tower-launcher-sa", "computeServiceAccount": "tower-compute-sa", "workDir": "s3://example-work", "fusion2Enabled": true, "waveEnabled": true,
              "podCleanup": "never", "headJobCpus": 2, "headJobMemoryMb": 4096
            }
          }
        }
        """;

    [Fact]
    public void Table_HidesSecrets() => Run(Outputs, "tower", "--name", "plain").ShouldBe((0, """
        plain (k8s-platform)
          Service account token        <secret: add --show-secrets>
          Secret that holds the token  tower-launcher-token
          Control plane URL            <secret: add --show-secrets>
          SSL certificate              <secret: add --show-secrets>
          Namespace                    tower-nf
          Head service account         tower-launcher-sa
          Storage claim                tower-scratch
          Storage mount path           /scratch
          Work directory               /scratch/it's
          Compute service account      tower-compute-sa
          Pod cleanup policy           on_success
          Environment variables        both:A=1 2
                                       compute:B=
          Pre-run script               echo END
                                       END
          Credentials: Kubernetes, with the service account token. TOWER_ENABLE_PLATFORMS of the Platform has to name k8s-platform. Studios cannot run in it.
          Demo: mind the storage.


        """.ReplaceLineEndings("\n"), ""));

    [Fact]
    public void Table_ShowsSecrets_OnDemand()
    {
        var (_, output, _) = Run(Outputs, "tower", "--name", "plain", "--show-secrets");

        output.ShouldContain("Service account token        marker-token\n");
        output.ShouldContain("SSL certificate              -----BEGIN CERTIFICATE-----\n                               marker\n");
    }

    [Fact]
    public void Commands_AreThoseOfTw() => Run(Outputs, "tower", "--name", "plain", "--format", "tw", "--show-secrets").ShouldBe((0, """
        # plain: k8s-platform, credentials for Kubernetes, with the service account token
        # Demo: mind the storage.
        tw credentials add k8s --name=plain --token=marker-token
        cat > plain-sslCert <<'END'
        -----BEGIN CERTIFICATE-----
        marker
        -----END CERTIFICATE-----
        END
        cat > plain-preRunScript <<'END_'
        echo END
        END
        END_
        tw compute-envs add k8s --name=plain --credentials=plain \
          --server=https://10.0.0.1:6443 \
          --ssl-cert=plain-sslCert \
          --namespace=tower-nf \
          --head-account=tower-launcher-sa \
          --storage-claim=tower-scratch \
          --storage-mount=/scratch \
          --work-dir='/scratch/it'\''s' \
          --compute-account=tower-compute-sa \
          --pod-cleanup=ON_SUCCESS \
          --env='both:A=1 2' \
          --env=compute:B= \
          --pre-run=plain-preRunScript


        """.ReplaceLineEndings("\n"), ""));

    // Tw compute-envs add has no options for Fusion, Wave and the size of head jobs.
    [Fact]
    public void Commands_ImportWhatOptionsCannotSay() => Run(Outputs, "tower", "--name", "cloud", "--format", "tw").ShouldBe((0, """
        # cloud: eks-platform, credentials for AWS, with the keys of the principal that has access to the cluster
        cat > cloud.json <<'END'
        {
          "discriminator": "eks-platform",
          "region": "eu-west-1",
          "clusterName": "research",
          "namespace": "tower-cloud",
          "headServiceAccount": "tower-launcher-sa",
          "workDir": "s3://example-work",
          "fusion2Enabled": true,
          "waveEnabled": true,
          "computeServiceAccount": "tower-compute-sa",
          "podCleanup": "never",
          "headJobCpus": 2,
          "headJobMemoryMb": 4096
        }
        END
        tw compute-envs import cloud.json --name=cloud


        """.ReplaceLineEndings("\n"), ""));

    // What stands in for a value must never reach the Platform as one.
    [Fact]
    public void Commands_StopAtWhatThereIsNoValueFor() => Run(
        """{ "towerEnvironments": { "a": { "platform": "k8s-platform", "namespace": "n", "token": "x", "sslCert": "y", "workDir": "<known after up>" } } }""",
        "tower",
        "--format",
        "tw").ShouldBe((0, """
        # a: k8s-platform, credentials for Kubernetes, with the service account token
        tw credentials add k8s --name=a --token="${token:?set it to Service account token: secret: add --show-secrets}"
        tw compute-envs add k8s --name=a --credentials=a \
          --server="${server:?set it to Control plane URL: not known to this stack}" \
          --ssl-cert="${sslCert:?set it to the name of a file with SSL certificate: secret: add --show-secrets}" \
          --namespace=n \
          --work-dir="${workDir:?set it to Work directory: known after deployment}"


        """.ReplaceLineEndings("\n"), ""));

    [Fact]
    public void Commands_ImportNothingHalf() =>
        Run(
                """
                { "towerEnvironments": { "a": { "platform": "eks-platform", "clusterName": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "fusion2Enabled": true, "namespace": "n" } } }
                """,
                "tower",
                "--format",
                "tw")
            .ShouldBe(
                (
                    0,
                    """
                    # a: eks-platform, credentials for AWS, with the keys of the principal that has access to the cluster
                    # Nothing to import yet, because of what is not there to write: Cluster name (known after deployment)


        """.ReplaceLineEndings("\n"), ""));

    [Theory]
    [InlineData("k8s-platform")]
    [InlineData("eks-platform")]
    [InlineData("gke-platform")]
    public void Commands_HoldNoPlaceholder_WhateverIsMissing(string platform)
    {
        var missing = new JsonObject { ["platform"] = platform };
        foreach (var field in FormField.All.Where(field => field.Key != "environment"))
        {
            missing[field.Key] = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        }

        foreach (var secrets in (string[][])[[], ["--show-secrets"]])
        {
            var outputs = new JsonObject { ["towerEnvironments"] = new JsonObject { ["a"] = missing.DeepClone() } }.ToJsonString();
            var (_, output, _) = Run(outputs, ["tower", "--format", "tw", .. secrets]);
            output.ShouldNotContain("='<");
            output.ShouldNotContain("<known");
            output.ShouldNotContain("04da6b54");
        }
    }

    [Fact]
    public void Json_IsTheBodyOfARequest()
    {
        var (code, output, _) = Run(Outputs, "tower", "--format", "json");

        code.ShouldBe(0);
        var bodies = JsonNode.Parse(output)!.AsArray();
        bodies.Select(body => body!["computeEnv"]!["name"]!.GetValue<string>()).ShouldBe(["cloud", "plain"]);
        bodies[1]!["computeEnv"]!["platform"]!.GetValue<string>().ShouldBe("k8s-platform");
        var config = bodies[1]!["computeEnv"]!["config"]!.AsObject();
        config["environment"]!
            .ToJsonString()
            .ShouldBe("""[{"name":"A","value":"1 2","head":true,"compute":true},{"name":"B","value":"","head":false,"compute":true}]""");
        config["server"]!.GetValue<string>().ShouldBe("<secret: add --show-secrets>");
        config.Select(field => field.Key).Intersect(["token", "tokenSecret", "warning", "platform"]).ShouldBeEmpty();
    }

    [Fact]
    public void Json_OfOneEnvironment_IsOneBody() =>
        JsonNode.Parse(Run(Outputs, "tower", "--format", "json", "--name", "cloud").Output)!["computeEnv"]!["config"]!["headJobMemoryMb"]!
            .GetValue<int>()
            .ShouldBe(4096);

    [Fact]
    public void WhatOnlyADeploymentKnows_IsSaid() =>
        Run(Outputs, "tower", "--name", "cloud").Output.ShouldContain("Assume role              <known after deployment>\n");

    [Fact]
    public void WhatThePlatformNeedsAndTheStackDoesNotKnow_IsSaid() =>
        Run("""{ "towerEnvironments": { "a": { "platform": "k8s-platform", "namespace": "n" } } }""", "tower")
            .Output.ShouldContain("Control plane URL  <not known to this stack>\n");

    [Fact]
    public void MaskedOutputs_StayMasked() =>
        Run("""{ "towerEnvironments": { "a": { "platform": "k8s-platform", "token": "[secret]" } } }""", "tower")
            .Output.ShouldContain("Service account token  <secret: add --show-secrets>\n");

    [Theory]
    [InlineData("", "The outputs are not JSON: give what `pulumi stack output --json` writes.")]
    [InlineData("[]", "The outputs are not a JSON object: give what `pulumi stack output --json` writes.")]
    [InlineData("{}", "The outputs hold no 'towerEnvironments': the stack has no platform:tower, or it was not deployed since it has.")]
    [InlineData(
        """{ "towerEnvironments": { "a": {} } }""",
        "The outputs of the compute environment 'a' do not say which kind it is: another version of this program wrote them."
    )]
    public void Rejects_OutputsWithoutEnvironments(string outputs, string message) => Run(outputs, "tower").ShouldBe((2, "", $"{message}\n"));

    [Fact]
    public void Rejects_AnUnknownName() =>
        Run(Outputs, "tower", "--name", "plane").ShouldBe((2, "", "There is no compute environment 'plane': the stack has cloud, plain.\n"));

    [Fact]
    public void Rejects_ToShowWhatTheOutputsHide() =>
        Run("""{ "towerEnvironments": { "a": { "platform": "k8s-platform", "token": "[secret]" } } }""", "tower", "--show-secrets")
            .ShouldBe((2, "", "The outputs hide 'token' of 'a', and --show-secrets asks for it: write them with --show-secrets as well.\n"));

    [Fact]
    public void Rejects_AFileThatIsNotThere() => Run("", "tower", "--from", "/nowhere/outputs.json").Code.ShouldBe(2);

    // Reads a word back as a shell does: quotes toggle, a backslash outside of them takes the next character as it is.
    [Property]
    public bool Words_MeanTheirTexts(NonNull<string> text)
    {
        var (read, quoted, escaped) = (new StringBuilder(), false, false);
        foreach (var character in ShellWord.Quote(text.Get))
        {
            if (escaped || (character != '\'' && (quoted || character != '\\')))
            {
                read.Append(character);
                escaped = false;
            }
            else if (character == '\'')
            {
                quoted = !quoted;
            }
            else
            {
                escaped = true;
            }
        }

        return !quoted && read.ToString() == text.Get;
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("a\n", "'a\n'")]
    [InlineData("https://10.0.0.1:6443", "https://10.0.0.1:6443")]
    public void Words_AreQuotedWhereTheyMustBe(string text, string word) => ShellWord.Quote(text).ShouldBe(word);

    [Fact]
    public void EveryField_HasItsOwnKeyAndLabel()
    {
        FormField.All.Select(field => field.Key).ShouldBeUnique();
        FormField.All.Select(field => field.Label).ShouldBeUnique();
        FormField.All.Select(field => field.Option).OfType<string>().ShouldBeUnique();
    }

    private static (int Code, string Output, string Error) Run(string outputs, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(outputs);
        var code = ToolCommands.Run(arguments, _ => null, output, error, input);
        return (code, output.ToString(), error.ToString());
    }
}
