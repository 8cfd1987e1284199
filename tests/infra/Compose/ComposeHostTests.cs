using System.Text.Json.Nodes;
using Infra.Compose;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Networks;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Compose;

// Promise: a host that nobody reaches but its load balancer, with encrypted disks, a role that reads two secrets, and no secret in what describes it.
public sealed class ComposeHostTests
{
    [Fact]
    public async Task TheMachine_IsClosed()
    {
        var deployed = await Deployed.Of(Create);

        deployed.Inputs("host").ShouldBe(Deployed.Json(
            """
            {
              "ami": "ami-newest", "associatePublicIpAddress": false, "ebsOptimized": true, "iamInstanceProfile": "NAME", "instanceType": "m6i.xlarge",
              "metadataOptions": { "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1, "httpTokens": "required", "instanceMetadataTags": "disabled" },
              "rootBlockDevice": { "deleteOnTermination": true, "encrypted": true, "kmsKeyId": "arn:key", "volumeSize": 50, "volumeType": "gp3" },
              "subnetId": "subnet-1", "tags": { "Name": "studio-test" }, "vpcSecurityGroupIds": ["host-security-group_id"]
            }
            """.Replace("NAME", MockValues.AutomaticName("host-profile"), StringComparison.Ordinal)));
        deployed.Inputs("host-data").ShouldBe(Deployed.Json(
            """
            {
              "availabilityZone": "eu-west-1a", "encrypted": true, "kmsKeyId": "arn:key", "size": 100, "tags": { "Name": "studio-test data" }, "type": "gp3"
            }
            """));
        deployed.Inputs("host-data-attachment").ShouldBe(Deployed.Json(
            """{ "deviceName": "/dev/sdf", "instanceId": "host_id", "stopInstanceBeforeDetaching": true, "volumeId": "host-data_id" }"""));
    }

    // Port 22 is open to nobody, and the host's two ports to the load balancer alone.
    [Fact]
    public async Task TheBalancer_IsTheOnlyOneLetIn()
    {
        var deployed = await Deployed.Of(CreateAll);

        var lets = deployed.Plan.Where(resource => resource.Key.StartsWith("aws:vpc/securityGroupIngressRule", StringComparison.Ordinal))
            .Select(resource => JsonNode.Parse(resource.Value)!)
            .Where(rule => (string?)rule["securityGroupId"] == "host-security-group_id")
            .Select(rule => $"{rule["fromPort"]}-{rule["toPort"]} {rule["referencedSecurityGroupId"]} {rule["cidrIpv4"]}");
        lets.Order(StringComparer.Ordinal).ShouldBe(["8000-8000 edge-security-group_id ", "9090-9090 edge-security-group_id "]);
    }

    [Fact]
    public async Task Hosts_LeadToTheFrontend_AndToConnectProxy()
    {
        var deployed = await Deployed.Of(CreateAll);

        Rule(deployed, "routes-platform-1").ShouldBe("100 seqera.example.com -> routes-platform");
        Rule(deployed, "routes-connect-1").ShouldBe("200 connect.seqera.example.com -> routes-connect");
        Rule(deployed, "routes-connect-wildcard").ShouldBe("49901 *.seqera.example.com -> routes-connect");
        deployed.Inputs("routes-platform-host").ShouldContain("\"port\": 8000");
        deployed.Inputs("routes-connect-host").ShouldContain("\"port\": 9090");
        deployed.Inputs("routes-connect-host").ShouldContain("\"targetId\": \"host_id\"");
    }

    [Fact]
    public async Task TheRole_ReadsTwoSecrets_AndDecryptsNothingElse()
    {
        var deployed = await Deployed.Of(Create);

        JsonNode.Parse((string)JsonNode.Parse(deployed.Inputs("host-secrets"))!["policy"]!)!["Statement"]!.ToJsonString().ShouldBe(JsonNode.Parse(
            """
            [
              { "Sid": "ReadSecrets", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["arn:aws:test:eu-west-1:123456789012:secrets", "arn:given"] },
              { "Sid": "DecryptSecrets", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:123456789012:key/*",
                "Condition": { "StringEquals": {
                  "kms:EncryptionContext:SecretARN": ["arn:aws:test:eu-west-1:123456789012:secrets", "arn:given"],
                  "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } } }
            ]
            """)!.ToJsonString());
        deployed.Inputs("host-managed").ShouldContain("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
    }

    // Another secret, another file and another host each run the document again, and none of them makes the host anew.
    [Fact]
    public async Task TheAssociation_NamesAllThatItDependsOn()
    {
        var deployed = await Deployed.Of(Create);

        var association = JsonNode.Parse(deployed.Inputs("host-apply"))!;
        association["targets"]!.ToJsonString().ShouldBe("""[{"key":"InstanceIds","values":["host_id"]}]""");
        association["documentVersion"]!.ToString().ShouldBe("7");
        association["parameters"]!["secretVersion"]!.ToString().ShouldBe("version-1");
        association["parameters"]!["files"]!.ToString().Length.ShouldBe(16);
        JsonNode.Parse((string)JsonNode.Parse(deployed.Inputs("host-files"))!["content"]!)!["schemaVersion"]!.ToString().ShouldBe("2.2");
    }

    [Fact]
    public async Task WhatDescribesTheHost_HoldsNoSecret()
    {
        var deployed = await Deployed.Of(CreateAll);

        foreach (var (resource, inputs) in deployed.Plan.Where(entry => !entry.Key.EndsWith("::secrets-version", StringComparison.Ordinal)))
        {
            inputs.ShouldNotContain("password-of-", customMessage: resource);
            inputs.ShouldNotContain("PRIVATE KEY", customMessage: resource);
        }

        var secret = JsonNode.Parse((string)JsonNode.Parse(deployed.Inputs("secrets-version"))!["secretString"]!)!;
        secret.AsObject().Select(file => file.Key).ShouldBe(["data-studios.env", "data-studios-rsa.pem", "tower.env", "db.env"]);
    }

    [Fact]
    public async Task ComposeHost_HasTheseChildren() => (await Deployed.Of(options => Host(options, new ComponentResourceOptions()))).Lineages.ShouldBe([
        "platform:compose:ComposeHost$aws:ebs/volume:Volume::host-data",
        "platform:compose:ComposeHost$aws:ec2/instance:Instance::host",
        "platform:compose:ComposeHost$aws:ec2/volumeAttachment:VolumeAttachment::host-data-attachment",
        "platform:compose:ComposeHost$aws:iam/instanceProfile:InstanceProfile::host-profile",
        "platform:compose:ComposeHost$aws:iam/role:Role::host-role",
        "platform:compose:ComposeHost$aws:iam/rolePolicy:RolePolicy::host-secrets",
        "platform:compose:ComposeHost$aws:iam/rolePolicyAttachment:RolePolicyAttachment::host-managed",
        "platform:compose:ComposeHost$aws:ssm/association:Association::host-apply",
        "platform:compose:ComposeHost$aws:ssm/document:Document::host-files",
        "platform:compose:ComposeHost$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::host-out",
        "platform:compose:ComposeHost$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::host-security-group",
        "platform:compose:ComposeHost$platform:networks:ServiceSecurityGroup::host-security-group",
        "platform:compose:ComposeHost::host",
    ]);

    [Fact]
    public async Task ComposeSecrets_HasTheseChildren() => (await Deployed.Of(options => Secrets(options))).Lineages.ShouldBe([
        "platform:compose:ComposeSecrets$aws:secretsmanager/secret:Secret::secrets",
        "platform:compose:ComposeSecrets$aws:secretsmanager/secretVersion:SecretVersion::secrets-version",
        "platform:compose:ComposeSecrets$random:index/randomPassword:RandomPassword::secrets-crypto",
        "platform:compose:ComposeSecrets$random:index/randomPassword:RandomPassword::secrets-database",
        "platform:compose:ComposeSecrets$random:index/randomPassword:RandomPassword::secrets-jwt",
        "platform:compose:ComposeSecrets$random:index/randomPassword:RandomPassword::secrets-token",
        "platform:compose:ComposeSecrets$tls:index/privateKey:PrivateKey::secrets-signing-key",
        "platform:compose:ComposeSecrets::secrets",
    ]);

    [Fact]
    public async Task ComposeRoutes_HasTheseChildren() => (await Deployed.Of(options => Routes(Balancer(), options))).Lineages.ShouldBe([
        "platform:compose:ComposeRoutes$aws:lb/listenerRule:ListenerRule::routes-connect-1",
        "platform:compose:ComposeRoutes$aws:lb/listenerRule:ListenerRule::routes-connect-wildcard",
        "platform:compose:ComposeRoutes$aws:lb/listenerRule:ListenerRule::routes-platform-1",
        "platform:compose:ComposeRoutes$aws:lb/targetGroup:TargetGroup::routes-connect",
        "platform:compose:ComposeRoutes$aws:lb/targetGroup:TargetGroup::routes-platform",
        "platform:compose:ComposeRoutes$aws:lb/targetGroupAttachment:TargetGroupAttachment::routes-connect-host",
        "platform:compose:ComposeRoutes$aws:lb/targetGroupAttachment:TargetGroupAttachment::routes-platform-host",
        "platform:compose:ComposeRoutes$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::routes-connect-to-host",
        "platform:compose:ComposeRoutes$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::routes-platform-to-host",
        "platform:compose:ComposeRoutes$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::routes-connect-at-host",
        "platform:compose:ComposeRoutes$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::routes-platform-at-host",
        "platform:compose:ComposeRoutes::routes",
    ]);

    private static string Rule(Deployed deployed, string name)
    {
        var rule = JsonNode.Parse(deployed.Inputs(name))!;
        var target = rule["actions"]![0]!["targetGroupArn"]!.ToString();
        return $"{rule["priority"]} {rule["conditions"]![0]!["hostHeader"]!["values"]![0]} -> {target[(target.LastIndexOf(':') + 1)..]}";
    }

    private static void Create() => Host(null, null);

    private static void CreateAll()
    {
        var host = Host(null, null);
        Routes(Balancer(), null, host);
    }

    private static ComposeHost Host(ComponentResourceOptions? options, ComponentResourceOptions? secrets) => new(
        "host",
        new ComposeHostArgs
        {
            Account = AwsParts.Account(),
            DisplayName = "studio-test",
            GivenSecretArn = "arn:given",
            KeyArn = "arn:key",
            Network = AwsParts.Network(),
            Script = place => new HostScript(
                System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, place, ComposePlugin.Default, "cr.seqera.io", [], [8000]),
            Secrets = Secrets(secrets),
        },
        options);

    private static ComposeSecrets Secrets(ComponentResourceOptions? options) =>
        new("secrets", new ComposeSecretsArgs { DisplayName = "studio-test", KeyArn = "arn:key" }, options);

    private static PlatformLoadBalancer Balancer() => new(
        "edge",
        new PlatformLoadBalancerArgs { CertificateArn = "arn:certificate", ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")], Network = AwsParts.Network() });

    private static ComposeRoutes Routes(PlatformLoadBalancer balancer, ComponentResourceOptions? options, ComposeHost? host = null) => new(
        "routes",
        new ComposeRoutesArgs
        {
            Balancer = balancer,
            Hosts = new PlatformHosts(
                DomainName.Parse("seqera.example.com"),
                DomainName.Parse("connect.seqera.example.com"),
                new SessionRouting.Subdomain(DomainName.Parse("*.seqera.example.com")),
                []),
            HostSecurityGroupId = host?.SecurityGroupId ?? Output.Create("sg-host"),
            InstanceId = host?.InstanceId ?? Output.Create("i-1"),
            Network = AwsParts.Network(),
        },
        options);
}
