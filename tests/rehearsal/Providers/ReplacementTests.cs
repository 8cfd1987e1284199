using Google.Protobuf.WellKnownTypes;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Providers;

// Promise: a plan says which changes of AWS and Google Cloud resources make new ones, as the data in sdk/schema has it, and whether the old one goes first.
public class ReplacementTests
{
    private const string Update = "update r";
    private const string CreateFirst = "create-replacement r, replace r, delete-replaced r";
    private const string DeleteFirst = "delete-replaced r, replace r, create-replacement r";

    [Theory]
    // A generated name lets the new one be made first, one of the program's own does not
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{"description": "a"}""", """{"description": "b"}""", CreateFirst)]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{"name": "n", "description": "a"}""", """{"name": "n", "description": "b"}""", DeleteFirst)]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{"tags": {"a": "1"}}""", """{"tags": {"a": "2"}}""", Update)]
    [InlineData("aws:ec2/subnet:Subnet", """{"vpcId": "v", "cidrBlock": "10.0.0.0/24"}""", """{"vpcId": "v", "cidrBlock": "10.0.1.0/24"}""", CreateFirst)]
    [InlineData("aws:eks/cluster:Cluster", """{"name": "c", "roleArn": "r", "vpcConfig": {"subnetIds": ["a", "b"]}, "version": "1.33"}""",
        """{"name": "c", "roleArn": "r", "vpcConfig": {"subnetIds": ["a", "b"]}, "version": "1.34"}""", Update)]
    [InlineData("aws:eks/cluster:Cluster", """{"name": "c", "roleArn": "r", "vpcConfig": {"subnetIds": ["a", "b"]}}""",
        """{"name": "c", "roleArn": "other", "vpcConfig": {"subnetIds": ["a", "b"]}}""", DeleteFirst)]
    // EKS takes other subnets in place since August 2023, and the provider lets it
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {"subnetIds": ["a", "b"]}}""",
        """{"roleArn": "r", "vpcConfig": {"subnetIds": ["a", "c"]}}""", Update)]
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {"subnetIds": ["a"]}, "kubernetesNetworkConfig": {"ipFamily": "ipv4"}}""",
        """{"roleArn": "r", "vpcConfig": {"subnetIds": ["a"]}, "kubernetesNetworkConfig": {"ipFamily": "ipv6"}}""", CreateFirst)]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a", "b"]}""",
        """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 2, "maxSize": 2, "minSize": 1}, "subnetIds": ["b", "a"]}""", Update)]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"], "instanceTypes": ["m", "n"]}""",
        """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"], "instanceTypes": ["n", "m"]}""", CreateFirst)]
    // A block that comes or goes takes its members along
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"]}""",
        """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"], "launchTemplate": {"id": "l", "version": "1"}}""", CreateFirst)]
    [InlineData("aws:eks/nodeGroup:NodeGroup", """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"], "launchTemplate": {"id": "l", "version": "1"}}""",
        """{"clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"], "launchTemplate": {"id": "l", "version": "2"}}""", Update)]
    [InlineData("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", """{"vpcId": "v", "peerVpcId": "a", "autoAccept": true}""",
        """{"vpcId": "v", "peerVpcId": "a"}""", Update)]
    [InlineData("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", """{"vpcId": "v", "peerVpcId": "a"}""",
        """{"vpcId": "v", "peerVpcId": "b"}""", CreateFirst)]
    [InlineData("aws:ec2transitgateway/vpcAttachment:VpcAttachment", """{"vpcId": "v", "transitGatewayId": "t", "subnetIds": ["a"]}""",
        """{"vpcId": "v", "transitGatewayId": "t", "subnetIds": ["a", "b"]}""", Update)]
    [InlineData("aws:ec2transitgateway/vpcAttachment:VpcAttachment", """{"vpcId": "v", "transitGatewayId": "t", "subnetIds": ["a"]}""",
        """{"vpcId": "v", "transitGatewayId": "u", "subnetIds": ["a"]}""", CreateFirst)]
    [InlineData("aws:backup/vaultLockConfiguration:VaultLockConfiguration", """{"backupVaultName": "v", "minRetentionDays": 1}""",
        """{"backupVaultName": "v", "minRetentionDays": 2}""", CreateFirst)]
    [InlineData("aws:wafv2/webAclAssociation:WebAclAssociation", """{"resourceArn": "r", "webAclArn": "a"}""",
        """{"resourceArn": "r", "webAclArn": "b"}""", CreateFirst)]
    // Of what has no name a second one may still not be there beside the first
    [InlineData("aws:efs/mountTarget:MountTarget", """{"fileSystemId": "f", "subnetId": "a"}""", """{"fileSystemId": "f", "subnetId": "b"}""", DeleteFirst)]
    [InlineData("aws:iam/rolePolicyAttachment:RolePolicyAttachment", """{"role": "r", "policyArn": "a"}""", """{"role": "r", "policyArn": "b"}""", DeleteFirst)]
    [InlineData("aws:s3/bucket:Bucket", """{"bucket": "a"}""", """{"bucket": "b"}""", DeleteFirst)]
    [InlineData("aws:rds/instance:Instance", """{"instanceClass": "db.t4g.small", "storageEncrypted": true}""",
        """{"instanceClass": "db.m7g.large", "storageEncrypted": true}""", Update)]
    [InlineData("aws:rds/instance:Instance", """{"instanceClass": "db.t4g.small", "kmsKeyId": "a"}""",
        """{"instanceClass": "db.t4g.small", "kmsKeyId": "b"}""", CreateFirst)]
    [InlineData("aws:lb/targetGroup:TargetGroup", """{"port": 80, "name": "t"}""", """{"port": 81, "name": "t"}""", DeleteFirst)]
    // The typings' own words
    [InlineData("gcp:sql/user:User", """{"instance": "i", "host": "a"}""", """{"instance": "i", "host": "b"}""", CreateFirst)]
    [InlineData("gcp:container/cluster:Cluster", """{"name": "c", "location": "europe-west1"}""", """{"name": "c", "location": "europe-west4"}""", DeleteFirst)]
    [InlineData("gcp:container/nodePool:NodePool", """{"cluster": "c", "nodeConfig": {"oauthScopes": ["a"]}}""", """{"cluster": "c", "nodeConfig": {"oauthScopes": ["b"]}}""", CreateFirst)]
    [InlineData("gcp:container/nodePool:NodePool", """{"cluster": "c", "nodeCount": 1}""", """{"cluster": "c", "nodeCount": 2}""", Update)]
    [InlineData("gcp:compute/network:Network", """{"name": "n"}""", """{"name": "m"}""", DeleteFirst)]
    public void AChange_UpdatesOrReplaces_AsTheProviderDoes(string type, string before, string after, string expected)
    {
        var state = Rehearsed.Run(OperationKind.Update, null, [Goal(type, before)]).State;

        string.Join(", ", Rehearsed.Run(OperationKind.Preview, state, [Goal(type, after)]).Done).ShouldBe(expected);
        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, before)]).Done.ShouldBe(["same r"]);
    }

    [Fact]
    public void AReplacement_NamesThePropertiesThatForceIt()
    {
        const string type = "aws:eks/nodeGroup:NodeGroup";
        const string rest = """ "clusterName": "c", "nodeRoleArn": "r", "scalingConfig": {"desiredSize": 1, "maxSize": 1, "minSize": 1}, "subnetIds": ["a"] """;
        var state = Rehearsed.Run(OperationKind.Update, null, [Goal(type, $$"""{ {{rest}}, "diskSize": 20, "labels": {"a": "1"} }""")]).State;

        var step = Rehearsed.Run(OperationKind.Preview, state, [Goal(type, $$"""{ {{rest}}, "diskSize": 30, "labels": {"a": "2"} }""")]).Plan.Steps
            .Single(candidate => candidate.Operation == Operation.Replace);

        step.ReplaceReasons.ShouldBe(["diskSize"]);
        step.DiffReasons.ShouldBe(["diskSize", "labels"]);
        step.Detailed.Select(data => $"{data.Key} {data.Value.Kind.PulumiName()}").ShouldBe(["diskSize update-replace", "labels.a update"]);
    }

    [Fact]
    public void WhatIsUnknownAndForcesANewResource_Replaces()
    {
        const string type = "aws:ec2/subnet:Subnet";
        var state = Rehearsed.Run(OperationKind.Update, null, [Goal(type, """{"vpcId": "v", "cidrBlock": "10.0.0.0/24"}""")]).State;

        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, """{"vpcId": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "cidrBlock": "10.0.0.0/24"}""")]).Done
            .ShouldBe(["create-replacement r", "replace r", "delete-replaced r"]);
    }

    [Fact]
    public void ANameThatTheProviderGenerated_Stays()
    {
        const string type = "aws:iam/role:Role";
        var state = Rehearsed.Run(OperationKind.Update, null,
            [Goal(type, """{"name": "r-1234567", "__defaults": ["name"], "assumeRolePolicy": "{}"}""")]).State;

        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, """{"assumeRolePolicy": "{}"}""")]).Done.ShouldBe(["same r"]);
        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, """{"assumeRolePolicy": "{}", "path": "/p/"}""")]).Done
            .ShouldBe(["create-replacement r", "replace r", "delete-replaced r"]);
    }

    [Fact]
    public void WhatWasComputedBefore_AndIsGivenNow_ChangesNothing()
    {
        const string type = "aws:ec2/subnet:Subnet";
        var state = Rehearsed.Run(OperationKind.Update, null, [Goal(type, """{"vpcId": "v"}""")]).State;
        state = state with
        {
            Resources = [.. state.Resources.Select(resource => resource.Type == type
            ? resource with { Outputs = resource.Outputs.With("availabilityZone", new StringProperty("eu-west-1a")) } : resource)]
        };

        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, """{"vpcId": "v", "availabilityZone": "eu-west-1a"}""")]).Done.ShouldBe(["same r"]);
        Rehearsed.Run(OperationKind.Preview, state, [Goal(type, """{"vpcId": "v", "availabilityZone": "eu-west-1b"}""")]).Done[0]
            .ShouldBe("create-replacement r");
    }

    [Fact]
    public void EveryType_OfAwsAndGoogle_IsReplacedBySomething()
    {
        // All have a region, a project, a name or a parent that no update changes: a type without any was forgotten in sdk/schema/replacements.txt
        foreach (var package in new[] { "aws", "gcp" })
        {
            var schema = SchemaStore.Bundled.Find(package)!;
            schema.Resources.Where(type => !schema.Resource(type)!.Inputs.Properties.Values.Any(property => property.Replaces)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("""{"kubeconfig": KUBECONFIG(a, https://1)}""", """{"kubeconfig": KUBECONFIG(a, https://1), "namespace": "n"}""", "update")]
    [InlineData("""{"kubeconfig": KUBECONFIG(a, https://1)}""", """{"kubeconfig": KUBECONFIG(a, https://2)}""", "replace kubeconfig")]
    // Another name of the same cluster
    [InlineData("""{"kubeconfig": KUBECONFIG(a, https://1)}""", """{"kubeconfig": KUBECONFIG(b, https://1)}""", "update")]
    [InlineData("""{"kubeconfig": KUBECONFIG(a, https://1)}""", """{"kubeconfig": KUBECONFIG(a, https://1), "context": "none"}""", "replace context")]
    [InlineData("""{"kubeconfig": KUBECONFIG(a, https://1)}""", """{"kubeconfig": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""", "replace kubeconfig")]
    [InlineData("""{"clusterIdentifier": "c", "kubeconfig": KUBECONFIG(a, https://1)}""", """{"clusterIdentifier": "c", "kubeconfig": KUBECONFIG(a, https://2)}""", "update")]
    [InlineData("""{"clusterIdentifier": "c", "kubeconfig": KUBECONFIG(a, https://1)}""", """{"clusterIdentifier": "d", "kubeconfig": KUBECONFIG(a, https://1)}""", "replace clusterIdentifier")]
    [InlineData("""{"renderYamlToDirectory": "a"}""", """{"renderYamlToDirectory": "b", "namespace": "n"}""", "replace renderYamlToDirectory")]
    public void AKubernetesProvider_IsReplacedWithItsCluster(string before, string after, string expected)
        => Configured("kubernetes", before, after).ShouldBe(expected);

    [Theory]
    [InlineData("aws", """{"region": "eu-west-1"}""", """{"region": "eu-west-2"}""", "replace region")]
    [InlineData("aws", """{"profile": "a"}""", """{"profile": "b"}""", "update")]
    [InlineData("gcp", """{"project": "a"}""", """{"project": "b"}""", "update")]
    [InlineData("tls", "{}", "{}", "same")]
    public void AProvider_IsUpdatedOrReplaced(string package, string before, string after, string expected)
        => Configured(package, before, after).ShouldBe(expected);

    [Theory]
    [InlineData("kubernetes:core/v1:Namespace", """{"metadata": {"name": "n"}}""", "kubernetes", """{"kubeconfig": KUBECONFIG(a, https://1)}""",
        """{"kubeconfig": KUBECONFIG(a, https://2)}""", "provider")]
    [InlineData("gcp:redis/instance:Instance", """{"memorySizeGb": 1}""", "gcp", """{"project": "a"}""", """{"project": "b"}""", "project")]
    [InlineData("aws:sqs/queue:Queue", "{}", "aws", """{"region": "eu-west-1"}""", """{"region": "eu-west-2"}""", "provider")]
    public void Resources_FollowTheirProvider(string type, string inputs, string package, string before, string after, string reason)
    {
        Rehearsed Run(OperationKind kind, Checkpoint? state, string config)
        {
            var run = new Rehearsed(kind, state);
            run.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
            var provider = run.Register(Goal($"pulumi:providers:{package}", Kubeconfig(config)) with { Name = "provider" });
            run.Register(Goal(type, inputs) with { Provider = $"{provider.Urn}::{provider.State.Id ?? ProviderReference.UnknownId}" });
            run.End();
            return run;
        }

        var state = Run(OperationKind.Update, null, before).State;
        Run(OperationKind.Preview, state, before).Done.ShouldBe(["same provider", "same r"]);
        Run(OperationKind.Preview, state, after).Plan.Steps.Single(step => step is { Name: "r", Operation: Operation.Replace }).ReplaceReasons
            .ShouldBe([reason]);
    }

    [Fact]
    public void ACertificateNearItsEnd_IsMadeAnew()
    {
        const string inputs = """{"algorithm": "ED25519"}""";
        const string certificate = """{"privateKeyPem": "KEY", "allowedUses": [], "validityPeriodHours": 24, "earlyRenewalHours": HOURS}""";
        var key = Rehearsed.Run(OperationKind.Update, null, [Goal("tls:index/privateKey:PrivateKey", inputs)]).State.Resources
            .Single(resource => resource.Type.StartsWith("tls:", StringComparison.Ordinal)).Outputs.OpenText("privateKeyPem")!;
        ResourceGoal Certificate(string hours) => Goal("tls:index/selfSignedCert:SelfSignedCert",
            certificate.Replace("KEY", key.Replace("\n", "\\n", StringComparison.Ordinal), StringComparison.Ordinal)
                .Replace("HOURS", hours, StringComparison.Ordinal));
        var state = Rehearsed.Run(OperationKind.Update, null, [Certificate("1")]).State;

        Rehearsed.Run(OperationKind.Preview, state, [Certificate("1")]).Done.ShouldBe(["same r"]);
        Rehearsed.Run(OperationKind.Preview, state, [Certificate("2")]).Done.ShouldBe(["update r"]);
        Rehearsed.Run(OperationKind.Preview, state, [Certificate("30")]).Plan.Steps.Single(step => step.Operation == Operation.Replace).ReplaceReasons
            .ShouldBe(["readyForRenewal"]);
    }

    private static string Configured(string package, string before, string after)
    {
        var type = $"pulumi:providers:{package}";
        var diff = new ProviderRegistry(SchemaStore.Bundled).Managing(type).Diff(new DiffRequest(
            Rehearsed.UrnOf(type, "r"), type, "id", Decoded(Kubeconfig(before)), PropertyMap.Empty, Decoded(Kubeconfig(after)), PropertyMap.Empty));
        return !diff.Changes ? "same" : diff.Replaces ? $"replace {string.Join(' ', diff.ReplaceKeys)}" : "update";
    }

    // KUBECONFIG(name, server) as the text of one
    private static string Kubeconfig(string json) => System.Text.RegularExpressions.Regex.Replace(
        json, @"KUBECONFIG\((?<name>\w+), (?<server>[^)]+)\)", match => System.Text.Json.JsonSerializer.Serialize($$"""
        apiVersion: v1
        current-context: {{match.Groups["name"].Value}}
        clusters: [{ name: c-{{match.Groups["name"].Value}}, cluster: { server: "{{match.Groups["server"].Value}}" } }]
        contexts: [{ name: {{match.Groups["name"].Value}}, context: { cluster: c-{{match.Groups["name"].Value}}, user: u } }]
        users: [{ name: u, user: { token: t } }]
        """), System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static ResourceGoal Goal(string type, string inputs) => new() { Type = type, Name = "r", Custom = true, Properties = Decoded(inputs) };

    private static PropertyMap Decoded(string json) => PropertyDecoder.Decode(Struct.Parser.ParseJson(json));
}
