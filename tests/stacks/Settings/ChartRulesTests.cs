using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Clusters;
using Stacks.Settings;
using Stacks.Settings.Generating;
using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings;

// Promise: a stack changes whatever it likes about charts and add-ons, but not what the program relies on, and no secret stands in the open.
public sealed class ChartRulesTests
{
    private const string Controller = "charts.releases.aws-load-balancer-controller";

    [Fact]
    public void AMirror_IsReadForEveryChart()
    {
        var charts = AwsSample.Read(("charts", """
            {
              "repository": "oci://registry.example.com/charts", "imageRegistry": "registry.example.com/mirror",
              "releases": { "aws-load-balancer-controller": { "version": "3.5.1", "values": { "logLevel": "debug", "resources": { "limits": { "cpu": 1 } } } } }
            }
            """)).Settings.Charts!;

        charts.Repository.ShouldBe("oci://registry.example.com/charts");
        charts.Releases["aws-load-balancer-controller"].ShouldBe(new ChartSettings
        {
            Version = "3.5.1",
            Values = new ValueTree("""{"logLevel":"debug","resources":{"limits":{"cpu":1}}}"""),
        });
    }

    [Fact]
    public void TheEffectiveSettings_ShowValuesAsTheyAre()
    {
        var read = AwsSample.Read(($"{Controller}.values", """{ "b": [1, "x"], "a": { "c": true } }"""));

        EffectiveSettings.Text(read).Split('\n').Single(line => line.StartsWith($"platform:{Controller}.values ", StringComparison.Ordinal))
            .ShouldEndWith("""  {"a":{"c":true},"b":[1,"x"]}""");
        JsonNode.Parse(EffectiveSettings.Json(read))![$"platform:{Controller}.values"]!["value"]!["a"]!["c"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{ "clusterName": "other" }""", "clusterName", "clusterName", "\"other\"")]
    [InlineData("""{ "serviceAccount": { "name": "other" } }""", "serviceAccount.name", "serviceAccount", "\"other\"")]
    [InlineData("""{ "serviceAccount": null }""", "serviceAccount", "serviceAccount", "null")]
    [InlineData("""{ "webhookTLS": {} }""", "webhookTLS", "webhookTLS", "{}")]
    public void Rejects_WhatTheProgramReliesOn(string values, string at, string owned, string given) =>
        AwsSample.Messages(($"{Controller}.values", values)).ShouldBe([
            $"""
            platform:{Controller}.values.{at}: decides about {owned}, which this program sets because roles, certificates and other objects are made for it
              given:   {given}
              allowed: any other value
              fix:     remove {at[(at.LastIndexOf('.') + 1)..]}; the settings of the platform say what may be chosen
            """,
        ]);

    [Theory]
    [InlineData("""{ "password": "marker" }""", "password")]
    [InlineData("""{ "a": { "apiToken": "marker" } }""", "a.apiToken")]
    [InlineData("""{ "aws": { "secret_access_key": "marker" } }""", "aws.secret_access_key")]
    [InlineData("""{ "env": [{ "name": "DB_PASSWORD", "value": "marker" }] }""", "env")]
    [InlineData("""{ "list": [{ "credentials": "marker" }] }""", "list")]
    public void Rejects_ASecretInTheOpen(string values, string at)
    {
        var message = AwsSample.Messages(($"{Controller}.values", values)).Single();

        message.ShouldNotContain("marker");
        message.ShouldBe($"""
            platform:{Controller}.values.{at}: has the name of a secret and a plain value, which everybody reads who may read the release
              given:   [secret]
              allowed: a value that names a Secret, or a secret of the stack file
              fix:     pulumi config set --secret platform:<name> <value>, then secretValues: {"{"} {at}: <name> {"}"}
            """);
    }

    [Theory]
    [InlineData("""{ "existingSecret": "name" }""")]
    [InlineData("""{ "imagePullSecrets": [{ "name": "registry" }] }""")]
    [InlineData("""{ "tolerations": [{ "key": "workload", "value": "platform" }], "automountServiceAccountToken": true, "tokenSeconds": 60 }""")]
    [InlineData("""{ "env": [{ "name": "DB_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "db", "key": "password" } } }] }""")]
    public void Takes_NamesOfSecrets(string values) => AwsSample.Messages(($"{Controller}.values", values)).ShouldBeEmpty();

    [Fact]
    public void Rejects_AnEmptyValue() => AwsSample.Messages(($"{Controller}.values", """{ "resources": { "limits": null } }""")).ShouldBe([
        $"""
        platform:{Controller}.values.resources.limits: has no value
          allowed: a text, a number, true, false, a list or a map
          fix:     remove limits: what is not given stays as it is
        """,
    ]);

    [Theory]
    [InlineData("repository", "\"registry.example.com/charts\"")]
    [InlineData("repository", "\"http://charts.example.com\"")]
    [InlineData("imageRegistry", "\"https://registry.example.com\"")]
    [InlineData("releases", """{ "karpenter-of-mine": {} }""")]
    [InlineData("releases.cert-manager.version", "\"latest\"")]
    public void Rejects_WhatIsNoAddressOrVersion(string key, string value) => AwsSample.Messages(($"charts.{key}", value)).Length.ShouldBe(1);

    [Fact]
    public void AChartThatNothingInstalls_IsNamed() => AwsSample.Read(("charts.releases.cert-manager.version", "\"v1.21.1\"")).Warnings
        .Select(warning => warning.ToString()).ShouldBe([
        """
        platform:charts.releases.cert-manager: is read by nothing: this stack does not install the chart
          allowed: aws-load-balancer-controller
          fix:     remove it, or describe what installs cert-manager
        """,
    ]);

    [Fact]
    public void ChartsOfAStackWithoutAny_AreNamed() => StudiosSample.Warnings(("charts", """{ "imageRegistry": "registry.example.com" }""")).ShouldBe([
        """
        platform:charts: is read by nothing: this stack installs no chart
          allowed: given beside what is installed from a chart
          fix:     remove it
        """,
    ]);

    [Theory]
    [InlineData("3.5.9", false)]
    [InlineData("3.6.0", true)]
    [InlineData("v2.14.1", true)]
    public void AControllerOfAnotherLine_IsToldAboutItsPolicy(string version, bool warned) =>
        AwsSample.Read(($"{Controller}.version", $"\"{version}\"")).Warnings.Select(warning => warning.Path.Text)
            .ShouldBe(warned ? [$"platform:{Controller}.version"] : []);

    [Fact]
    public void AddOns_AreReadByTheirNames()
    {
        var addons = ((EksClusterSettings)AwsSample.Read(("cluster.eks.addons", """
            { "vpc-cni": { "version": "v1.23.2-eksbuild.1", "configuration": { "env": { "WARM_IP_TARGET": "4" } }, "resolveConflicts": "overwrite" }, "coredns": {} }
            """)).Settings.Cluster!).Addons;

        addons["vpc-cni"].ShouldBe(new EksAddonSettings
        {
            Version = "v1.23.2-eksbuild.1",
            Configuration = new ValueTree("""{"env":{"WARM_IP_TARGET":"4"}}"""),
            ResolveConflicts = EksAddonConflict.Overwrite,
        });
        addons["coredns"].ShouldBe(new EksAddonSettings());
    }

    [Theory]
    [InlineData("""{ "vpc-cni": { "configuration": { "enableNetworkPolicy": "false" } } }""", "vpc-cni.configuration.enableNetworkPolicy: decides about")]
    [InlineData("""{ "kube-proxy": { "version": "v1.36.0-eksbuild.25" } }""", "kube-proxy.version: does not go with version 1.35 of the cluster")]
    [InlineData("""{ "kube-proxy": { "version": "v1.31.14-eksbuild.32" } }""", "kube-proxy.version: does not go with version 1.35 of the cluster")]
    [InlineData("""{ "coredns": { "version": "1.13.2" } }""", "coredns.version: is not a version of an EKS add-on")]
    [InlineData("""{ "my-addon": {} }""", "my-addon: is not an add-on that this program installs")]
    [InlineData("""{ "coredns": { "configuration": { "token": "x" } } }""", "coredns.configuration.token: has the name of a secret and a plain value")]
    public void Rejects_AnAddOnThatWouldNotWork(string addons, string what) =>
        AwsSample.Messages(("cluster.eks.addons", addons)).Single().ShouldStartWith($"platform:cluster.eks.addons.{what}");

    [Fact]
    public void AnAddOnThatTheClusterDoesNotGet_IsNamed() => AwsSample.Read(("cluster.eks.addons", """{ "aws-fsx-csi-driver": {} }""")).Warnings.Single().What
        .ShouldBe("is read by nothing: this cluster does not get the add-on");
}
