using System.Text;
using System.Text.Json.Nodes;
using Rehearsal.Wire;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: what follows from the settings stands in the plan, also beside what only a deployment knows.
public sealed class KnownInPlansTests
{
    // Paths that only a deployment knows: ids, addresses and keys that a cloud or a generator chooses.
    private static readonly string[] Late =
    [
        "data", "metadata.annotations.alb.ingress.kubernetes.io/certificate-arn",
        "metadata.annotations.alb.ingress.kubernetes.io/load-balancer-attributes", "metadata.annotations.eks.amazonaws.com/role-arn",
        "metadata.annotations.networking.gke.io/certmap", "metadata.annotations.pulumi.com/patchFieldManager", "parameters.kmsKeyId",
        "parameters.network", "spec.acme.solvers[0].dns01.cloudDNS.hostedZoneName", "spec.acme.solvers[0].dns01.route53.hostedZoneID",
        "spec.csi", "spec.default.sslPolicy", "spec.instanceProfile", "spec.role", "spec.securityGroupSelectorTerms",
        "spec.subnetSelectorTerms", "spec.targetGroupARN",
        "spec.template.metadata.annotations.studio-platform/config-hash", "spec.template.spec.containers[0].env",
    ];

    public static TheoryData<string> Paths => WholeProgramTests.Paths;

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task AnObject_LacksNothingButWhatOnlyADeploymentKnows(string path)
    {
        var objects = (await RehearsedStack.Of(path)).Result.Plan.Steps
            .Where(step => step.Type.StartsWith("kubernetes:", StringComparison.Ordinal) && !step.Type.StartsWith("kubernetes:helm", StringComparison.Ordinal))
            .Where(step => step.New is { External: false })
            .ToArray();

        objects.SelectMany(step => step.New!.Inputs.Where(input => input.Value is UnknownProperty or SecretProperty { Value: UnknownProperty }).Select(input =>
            $"{step.Name}.{input.Key}")).ShouldBeEmpty();
        objects.SelectMany(step => Unknown(new ObjectProperty(step.New!.Inputs), "").Select(at => (step.Name, At: at)))
            .Where(unknown => !Late.Any(late => unknown.At == late || unknown.At.StartsWith($"{late}.", StringComparison.Ordinal)
                || unknown.At.StartsWith($"{late}[", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Pulumi.prod.yaml", 6379)]
    [InlineData("stacks/examples/Pulumi.gke-prod.yaml", 6378)]
    public async Task ThePortOfRedis_IsTheServices(string path, int port)
    {
        var policy = (await RehearsedStack.Of(StackMoment.Installed(path))).Result.Plan.Steps.Single(step => step.Name == "connect-server-policy").New!.Inputs;

        JsonNode.Parse(PropertyJson.Text(policy["spec"]))!["egress"]!.AsArray().SelectMany(rule => rule!["ports"]!.AsArray())
            .Select(entry => entry!["port"]!.ToString()).ShouldContain($"{port}");
    }

    [Fact]
    public async Task WhatAPatchSets_IsSaid_BesideWhatIsLate()
    {
        var patch = (await RehearsedStack.Of("Pulumi.dev.yaml")).Result.Plan.Steps.Single(step =>
            step.Name == "platform-cron" && step.Type.EndsWith("Patch", StringComparison.Ordinal)).New!;
        var annotations = ((ObjectProperty)((ObjectProperty)patch.Inputs["metadata"]).Properties["annotations"]).Properties;

        ((StringProperty)annotations["studio-platform/sets"]).Value.Split("; ").ShouldSatisfyAllConditions(
            sets => sets.ShouldContain("template.metadata.annotations = <known after up>"),
            sets => sets.ShouldContain("template.spec.volumes[cert-volume].secret.secretName = platform-oidc-certs"));
    }

    [Fact]
    public async Task AGatewaysObjects_AreWhole()
    {
        var plan = (await RehearsedStack.Of("stacks/examples/Pulumi.gke-prod.yaml")).Result.Plan;
        string Spec(string name) => PropertyJson.Text(plan.Steps.Single(step => step.Name == name).New!.Inputs["spec"]);

        Spec("edge-redirect").ShouldBe(
            """{"parentRefs":[{"name":"studio-platform","sectionName":"http"}],"rules":[{"filters":[{"requestRedirect":{"scheme":"https","statusCode":301},"type":"RequestRedirect"}]}]}""");
        Spec("edge-policy").ShouldBe(
            """{"default":{"sslPolicy":"UNKNOWN"},"targetRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"studio-platform"}}"""
                .Replace("UNKNOWN", Protocol.WireSignatures.UnknownString, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangesForAnOperator_AreFilesInAPlan_WithAWordForWhatIsLate()
    {
        var outputs = (await RehearsedStack.Of("stacks/examples/Pulumi.studios-path-routing.yaml")).Result.Outputs;
        var files = ((ObjectProperty)((ObjectProperty)outputs["studios"]).Properties["platformChanges"]).Properties;

        files.Select(file => file.Key).ShouldBe(["1-variables.yaml", "2-backend.yaml", "3-cron.yaml"]);
        ((StringProperty)files["1-variables.yaml"]).Value.ShouldNotContain("<known after up>");
        ((StringProperty)files["3-cron.yaml"]).Value.ShouldBe("""
            # kubectl apply --server-side --field-manager=studio-platform --filename FILE
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: cron
              namespace: seqera-platform
            spec:
              strategy:
                type: Recreate
              template:
                metadata:
                  annotations:
                    studio-platform/config-hash: <known after up>
                spec:
                  containers:
                  - env:
                    - name: TOWER_OIDC_PEM_PATH
                      value: /data/certs/oidc.pem
                    name: backend
                    volumeMounts:
                    - mountPath: /data/certs
                      name: cert-volume
                      readOnly: true
                  volumes:
                  - name: cert-volume
                    secret:
                      items:
                      - key: oidc.pem
                        path: oidc.pem
                      secretName: platform-oidc-certs

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task SecretsThatNeedNoCloud_HaveRealValues_WhereTheyAreAskedFor()
    {
        var request = RehearsedStack.RequestFor("Pulumi.dev.yaml") with { MakesValues = true };
        var plan = (await RehearsedStack.RunAsync(request)).Result.Plan;
        string Text(string name, string key)
        {
            var secret = plan.Steps.Single(step => step.Name == name && step.Type == "kubernetes:core/v1:Secret").New!.Inputs;
            var data = ((ObjectProperty)PropertyMask.Reveal(secret)["data"]).Properties;
            return Encoding.UTF8.GetString(Convert.FromBase64String(((StringProperty)data[key]).Value));
        }

        Text("registration-token-token", "OIDC_CLIENT_REGISTRATION_TOKEN").ShouldMatch("^[A-Za-z0-9]{32}$");
        Text("signing-key", "oidc.pem").ShouldStartWith("-----BEGIN PRIVATE KEY-----\n");
        Text("ssh-host-key", "ssh-key").ShouldStartWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    }

    private static IEnumerable<string> Unknown(PropertyValue value, string at) => value switch
    {
        UnknownProperty => [at],
        SecretProperty secret => Unknown(secret.Value, at),
        OutputProperty output => Unknown(output.WithoutDependencies, at),
        ObjectProperty map => map.Properties.SelectMany(entry => Unknown(entry.Value, at.Length == 0 ? entry.Key : $"{at}.{entry.Key}")),
        ListProperty list => list.Items.SelectMany((item, index) => Unknown(item, $"{at}[{index}]")),
        _ => [],
    };
}
