using System.Text.Json.Nodes;
using Protocol;
using Rehearsal.Functions;
using Rehearsal.Schemas;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;
using static Tests.Rehearsal.Providers.Making;

namespace Tests.Rehearsal.Functions;

// Functions answer alike in every rehearsal, in the shape that the schema promises, and refuse what they do not know.
public class FunctionTests
{
    public static TheoryData<string> Tokens
        => [.. FunctionRegistry.Tokens.Where(t => !t.StartsWith("pulumi:", StringComparison.Ordinal) && !t.StartsWith("tls:", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task EveryAnswer_HasTheShapeOfTheSchema_AndIsTheSameTwice(string token)
    {
        await using var engine = await EngineServer.StartAsync();
        var package = SchemaStore.Bundled.Find(token.Split(':')[0])!;
        var spec = package.Function(token).ShouldNotBeNull();
        var arguments = PropertyMap.From(spec.Inputs.Required.Select(k => KeyValuePair.Create(k, S("name"))));

        var answer = await engine.InvokeAsync(token, arguments);

        new InputChecker(package).Check(spec.Outputs, answer).Select(f => $"{f.Path} {f.Reason}").ShouldBeEmpty();
        (await engine.InvokeAsync(token, arguments)).ShouldBe(answer);
    }

    [Fact]
    public async Task Regions_AreTheStacks()
    {
        await using var engine = await EngineServer.StartAsync(r => r with { Config = r.Config.Add("aws:region", "eu-west-1") });
        (await engine.InvokeAsync(
            "aws:index/getAvailabilityZones:getAvailabilityZones", PropertyMap.Create(("excludeNames", Texts("eu-west-1b")))))["names"].ShouldBe(
                Texts("eu-west-1a", "eu-west-1c"));
        (await engine.InvokeAsync("aws:index/getRegion:getRegion", PropertyMap.Empty))["name"].ShouldBe(S("eu-west-1"));
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
    }

    [Fact]
    public async Task AnswersToSecretQuestions_AreSecret()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("name", new SecretProperty(S("hidden")))));
        answer["arn"].ShouldBeOfType<SecretProperty>();
    }

    [Fact]
    public async Task Rejects_AFunctionWithoutAnAnswer_NamingTheNearest()
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.InvokeAsync("aws:index/getRegions:getRegions", PropertyMap.Empty))).Message.ShouldBe(
            "the function 'aws:index/getRegions:getRegions' has no rehearsed answer; did you mean 'aws:index/getRegion:getRegion'? "
            + "Add it to the table of its package in rehearsal/Functions.");
    }

    [Fact]
    public async Task Rejects_ArgumentsThatTheSchemaDoesNotKnow()
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("nam", S("x")))))).Message
            .ShouldBe("aws:eks/getCluster:getCluster: nam is not a known property; did you mean 'name'?; name is required and missing");
    }

    private static ObjectProperty O(params (string, PropertyValue)[] properties) => new ObjectProperty(PropertyMap.Create(properties));
}
