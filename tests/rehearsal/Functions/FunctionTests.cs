using System.Text.Json.Nodes;
using Protocol;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Functions;
using Rehearsal.Schemas;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using static Tests.Rehearsal.Providers.Making;

namespace Tests.Rehearsal.Functions;

// Promise: a function answers with what follows from the question and its provider, and never makes anything up.
public class FunctionTests
{
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>What is known of each answer, from the arguments "name" and a provider in eu-west-1, or in zone europe-west4-a of the project shop: it
    /// follows from them. Everything else is unknown.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["aws:acm/getCertificate:getCertificate"] = "region='eu-west-1'",
        ["aws:ec2/getSubnet:getSubnet"] = "region='eu-west-1'",
        ["aws:ec2/getSubnets:getSubnets"] = "id='eu-west-1', region='eu-west-1'",
        ["aws:ec2/getVpc:getVpc"] = "region='eu-west-1'",
        ["aws:efs/getFileSystem:getFileSystem"] = "region='eu-west-1'",
        ["aws:eks/getAddonVersion:getAddonVersion"] = "addonName='name', id='name', kubernetesVersion='name', region='eu-west-1'",
        ["aws:eks/getCluster:getCluster"] = "id='name', name='name', region='eu-west-1'",
        ["aws:eks/getClusterAuth:getClusterAuth"] = "id='name', name='name', region='eu-west-1'",
        ["aws:eks/getClusterVersions:getClusterVersions"] = "region='eu-west-1'",
        ["aws:elasticache/getReplicationGroup:getReplicationGroup"] = "id='name', region='eu-west-1', replicationGroupId='name'",
        ["aws:iam/getRole:getRole"] = "id='name', name='name'",
        ["aws:iam/getSessionContext:getSessionContext"] = "arn='name', id='name', issuerArn='name', issuerId='', issuerName='', sessionName=''",
        ["aws:index/getAvailabilityZones:getAvailabilityZones"] = "id='eu-west-1', region='eu-west-1'",
        ["aws:index/getPartition:getPartition"] = "dnsSuffix='amazonaws.com', id='aws', partition='aws', reverseDnsPrefix='com.amazonaws'",
        ["aws:index/getRegion:getRegion"] = "description='Europe (Ireland)', endpoint='ec2.eu-west-1.amazonaws.com', id='eu-west-1', name='eu-west-1', region='eu-west-1'",
        ["aws:lb/getHostedZoneId:getHostedZoneId"] = "id='Z32O12XQLNTSW2', region='eu-west-1'",
        ["aws:lb/getLoadBalancer:getLoadBalancer"] = "region='eu-west-1'",
        ["gcp:compute/getNetwork:getNetwork"] = "project='shop'",
        ["gcp:compute/getSubnetwork:getSubnetwork"] = "project='shop', region='europe-west4'",
        ["gcp:compute/getZones:getZones"] = "id='projects/shop/regions/europe-west4', project='shop', region='europe-west4'",
        ["gcp:container/getCluster:getCluster"] = "name='name', project='shop'",
        ["gcp:container/getEngineVersions:getEngineVersions"] = "project='shop'",
        ["gcp:dns/getManagedZone:getManagedZone"] = "id='projects/shop/managedZones/name', name='name', project='shop'",
        ["gcp:organizations/getClientConfig:getClientConfig"] = "id='projects/shop/regions/europe-west4/zones/europe-west4-a', project='shop', region='europe-west4', zone='europe-west4-a'",
        ["gcp:organizations/getProject:getProject"] = "id='projects/shop', projectId='shop'",
        ["aws:iam/getPolicyDocument:getPolicyDocument"] = "id='1874026628', json='{\\n  \\'Version\\': \\'2012-10-17\\',\\n  \\'Statement\\': []\\n}', "
            + "minifiedJson='{\\'Version\\':\\'2012-10-17\\',\\'Statement\\':[]}'",
    };

    public static TheoryData<string> Tokens =>
        [
            .. FunctionRegistry.Tokens.Where(token =>
                !token.StartsWith("pulumi:", StringComparison.Ordinal) && !token.StartsWith("tls:", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task AnAnswer_IsWhatFollowsFromTheQuestion_AndUnknownOtherwise(string token)
    {
        await using var engine = await EngineServer.StartAsync(Configured);
        var package = SchemaStore.Bundled.Find(token.Split(':')[0])!;
        var spec = package.Function(token).ShouldNotBeNull();
        var arguments = PropertyMap.From(spec.Inputs.Required.Select(key => KeyValuePair.Create(key, S("name"))));

        var answer = await engine.InvokeAsync(token, arguments);

        string.Join(", ", answer.Where(result => !result.Value.ContainsUnknowns).Select(result => $"{result.Key}={result.Value}"))
            .Replace('"', '\'').ShouldBe(Known.GetValueOrDefault(token, ""), token);
        spec.Outputs.Required.Except(answer.Keys, StringComparer.Ordinal).ShouldBeEmpty();
        new InputChecker(package).Check(spec.Outputs, answer).ShouldBeEmpty();
        (await engine.InvokeAsync(token, arguments)).ShouldBe(answer);
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task WithoutAProvidersConfiguration_NothingIsMadeUp(string token)
    {
        await using var engine = await EngineServer.StartAsync();
        var spec = SchemaStore.Bundled.Find(token.Split(':')[0])!.Function(token)!;
        var arguments = PropertyMap.From(spec.Inputs.Required.Select(key => KeyValuePair.Create(key, S("question"))));

        var answer = await engine.InvokeAsync(token, arguments);

        // Only a document is computed of nothing; whatever else is known holds the question, or is empty by the provider's own rule
        var made = answer.Where(result => !result.Value.ContainsUnknowns && result.Value is not StringProperty { Value: "" }
            && !result.Value.ToString().Contains("question", StringComparison.Ordinal)).Select(result => result.Key);
        made.ShouldBe(token == "aws:iam/getPolicyDocument:getPolicyDocument" ? ["id", "json", "minifiedJson"] : []);
    }

    [Fact]
    public async Task TheProviderThatIsAsked_SaysWhere()
    {
        await using var engine = await EngineServer.StartAsync(Configured);
        var named = await engine.RegisterAsync("pulumi:providers:aws", "named", resource => resource.Object = Encode(("region", S("us-east-1"))));
        var inherited = await engine.RegisterAsync("my:index:Group", "group", resource =>
        {
            resource.Custom = false;
            resource.Providers.Add("aws", $"{named.Urn}::{named.Id}");
        });
        async Task<string> RegionAsync(Action<Pulumirpc.ResourceInvokeRequest> change)
        {
            var request = new Pulumirpc.ResourceInvokeRequest { Tok = "aws:index/getRegion:getRegion", Args = new Google.Protobuf.WellKnownTypes.Struct() };
            change(request);
            return Text(PropertyDecoder.Decode((await engine.CallAsync("Invoke", request, Pulumirpc.ResourceInvokeResponse.Parser)).Return), "region");
        }

        (await RegionAsync(_ => { })).ShouldBe("eu-west-1");
        (await RegionAsync(request => request.Provider = $"{named.Urn}::{named.Id}")).ShouldBe("us-east-1");
        (await RegionAsync(request => request.Parent = inherited.Urn)).ShouldBe("us-east-1");
        (await RegionAsync(request => request.Version = "7.0.0")).ShouldBe("eu-west-1");
        engine.Plan.Steps.Where(step => step.IsDefaultProvider).Select(step => step.Name).ShouldBe(["default", "default_7_0_0"]);
    }

    [Fact]
    public async Task AProviderForOneAccount_IsInThatAccount()
    {
        await using var engine = await EngineServer.StartAsync();
        var one = await engine.RegisterAsync("pulumi:providers:aws", "one",
            resource => resource.Object = Encode(("allowedAccountIds", S("""["123456789012"]"""))));
        var two = await engine.RegisterAsync("pulumi:providers:aws", "two",
            resource => resource.Object = Encode(("allowedAccountIds", S("""["123456789012", "210987654321"]"""))));
        async Task<PropertyValue> AccountAsync(Pulumirpc.RegisterResourceResponse provider) => PropertyDecoder.Decode((await engine.CallAsync(
            "Invoke", new Pulumirpc.ResourceInvokeRequest
            {
                Tok = "aws:index/getCallerIdentity:getCallerIdentity",
                Args = new Google.Protobuf.WellKnownTypes.Struct(),
                Provider = $"{provider.Urn}::{provider.Id}",
            }, Pulumirpc.ResourceInvokeResponse.Parser)).Return)["accountId"];

        (await AccountAsync(one)).ShouldBe(S("123456789012"));
        (await AccountAsync(two)).ShouldBe(UnknownProperty.Instance);
    }

    [Theory]
    [InlineData("aws:iam/getSessionContext:getSessionContext", "arn", "arn:aws:sts::123456789012:assumed-role/deploy/me", "id,issuerName,sessionName")]
    [InlineData("aws:iam/getSessionContext:getSessionContext", "arn", "arn:aws:iam::123456789012:user/me", "id,issuerArn,issuerId,issuerName,sessionName")]
    [InlineData("aws:lb/getLoadBalancer:getLoadBalancer", "arn", "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/net/mine/50dc6c495c0c9188",
        "id,loadBalancerType,name,region")]
    [InlineData("aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", "arn", "arn:aws:iam::1:oidc-provider/issuer.example/x", "id,url")]
    [InlineData("aws:efs/getFileSystem:getFileSystem", "fileSystemId", "fs-1", "dnsName,id,region")]
    public async Task WhatAnArgumentSays_IsTakenFromIt(string token, string key, string value, string known)
    {
        await using var engine = await EngineServer.StartAsync(Configured);
        var answer = await engine.InvokeAsync(token, PropertyMap.Create((key, S(value))));

        string.Join(',', answer.Where(result => !result.Value.ContainsUnknowns && result.Key != key).Select(result => result.Key)).ShouldBe(known);
    }

    [Fact]
    public async Task PolicyDocuments_AreComputed()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.InvokeAsync("aws:iam/getPolicyDocument:getPolicyDocument", PropertyMap.Create(("statements", new ListProperty([
            O(("sid", S("Trust")), ("actions", Texts("sts:AssumeRoleWithWebIdentity")),
                ("principals", new ListProperty([O(("type", S("Federated")), ("identifiers", Texts("arn:aws:iam::1:oidc-provider/x")))])),
                ("conditions",
                    new ListProperty(
                        [O(("test", S("StringEquals")), ("variable", S("x:sub")), ("values", Texts("b", "a"))),
                            O(("test", S("StringEquals")), ("variable", S("x:aud")), ("values", Texts("sts.amazonaws.com")))]))),
            O(("effect", S("Deny")), ("actions", Texts("s3:Get*", "s3:Put*", "s3:Get*")), ("resources", Texts("*"))),
        ]))));

        JsonNode.DeepEquals(JsonNode.Parse(Text(answer, "json")), JsonNode.Parse("""
            {"Version": "2012-10-17", "Statement": [
              {"Sid": "Trust", "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/x"},
               "Condition": {"StringEquals": {"x:sub": ["b", "a"], "x:aud": "sts.amazonaws.com"}}},
              {"Effect": "Deny", "Action": ["s3:Put*", "s3:Get*"], "Resource": "*"}]}
            """)).ShouldBeTrue();
        Text(answer, "json").ShouldContain("\n  \"Version\"");
        Text(answer, "minifiedJson").ShouldNotContain("\n");
    }

    [Fact]
    public async Task PolicyDocuments_TakeSources_AndLetOverridesWin()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.InvokeAsync("aws:iam/getPolicyDocument:getPolicyDocument", PropertyMap.Create(
            ("sourcePolicyDocuments", Texts("""{"Statement": [{"Sid": "A", "Effect": "Allow"}]}""")),
            ("statements", new ListProperty([O(("sid", S("B")), ("actions", Texts("x:Y")))])),
            ("overridePolicyDocuments", Texts("""{"Statement": {"Sid": "A", "Effect": "Deny"}}"""))));

        Text(answer, "minifiedJson").ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny"},{"Sid":"B","Effect":"Allow","Action":"x:Y"}]}""");
    }

    [Fact]
    public async Task UnknownArguments_GiveAnUnknownAnswer()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.CallAsync("Invoke", new Pulumirpc.ResourceInvokeRequest
        {
            Tok = "aws:eks/getCluster:getCluster",
            Args = PropertyEncoder.Encode(PropertyMap.Create(("name", UnknownProperty.Instance))),
        }, Pulumirpc.ResourceInvokeResponse.Parser);

        answer.Unknown.ShouldBeTrue();
        // SDKs that do not know the mark see it in the values
        answer.Return.Fields["arn"].StringValue.ShouldBe(Unknown);
        answer.Return.Fields["name"].StringValue.ShouldBe(Unknown);
    }

    [Theory]
    [InlineData("kubernetes:helm:template", "result")]
    [InlineData("kubernetes:yaml:decode", "result")]
    [InlineData("aws:ec2/getAmi:getAmi", "imageId")]
    [InlineData("unheard:of:function", "result")]
    public async Task AFunctionThatNobodyAnswers_IsUnknown_WithOneWarning(string token, string key)
    {
        await using var engine = await EngineServer.StartAsync();
        (await engine.InvokeAsync(token, PropertyMap.Empty))[key].ShouldBe(UnknownProperty.Instance);
        (await engine.InvokeAsync(token, PropertyMap.Empty))[key].ShouldBe(UnknownProperty.Instance);

        var warning = engine.Diagnostics.ShouldHaveSingleItem();
        (warning.Severity, warning.Message).ShouldBe((DiagnosticSeverity.Warning,
            $"Only its provider can answer '{token}', so what follows from the answer is unknown: say what it is with --answers FILE (docs/answers.md)"));
    }

    [Fact]
    public async Task AnswersToSecretQuestions_AreSecret()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("name", new SecretProperty(S("hidden")))));
        answer["arn"].ShouldBeOfType<SecretProperty>();
    }

    [Theory]
    [InlineData("getRegion")]
    [InlineData("aws::getRegion:x")]
    [InlineData(":aws:getRegion")]
    public async Task Rejects_ATextThatIsNoToken(string token)
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.InvokeAsync(token, PropertyMap.Empty))).Message.ShouldBe(
            $"'{token}' is no token of a function: expected <package>:<module>:<function>");
    }

    [Fact]
    public async Task Rejects_APolicyThatIsNoJson()
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.InvokeAsync(
            "aws:iam/getPolicyDocument:getPolicyDocument", PropertyMap.Create(("sourcePolicyDocuments", Texts("[]")))))).Message
            .ShouldBe("aws:iam/getPolicyDocument:getPolicyDocument: sourcePolicyDocuments: a policy document has to be a JSON object, '[]' is not one");
    }

    [Fact]
    public async Task Rejects_ArgumentsThatTheSchemaDoesNotKnow()
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("nam", S("x")))))).Message
            .ShouldBe("aws:eks/getCluster:getCluster: nam is not a known property; did you mean 'name'?; name is required and missing");
    }

    private static RehearsalRequest Configured(RehearsalRequest request) => request with
    {
        Config = request.Config.AddRange(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["aws:region"] = "eu-west-1",
            ["gcp:project"] = "shop",
            ["gcp:region"] = "europe-west4",
            ["gcp:zone"] = "europe-west4-a",
        }),
    };

    private static Google.Protobuf.WellKnownTypes.Struct Encode(params (string, PropertyValue)[] properties)
        => PropertyEncoder.Encode(PropertyMap.Create(properties));

    private static ObjectProperty O(params (string, PropertyValue)[] properties) => new ObjectProperty(PropertyMap.Create(properties));
}
