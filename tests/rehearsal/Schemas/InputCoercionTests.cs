using Google.Protobuf.WellKnownTypes;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Schemas;

// Promise: what Pulumi's bridge takes for another type is taken, and kept in the state as the bridge keeps it; what it refuses is refused.
public class InputCoercionTests
{
    private const string Secret = """{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": VALUE}""";
    private const string Resource = """{"4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:pulumi:s::p::aws:iam/role:Role::r", "id": "the-role"}""";
    private const string UnknownResource = """{"4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:pulumi:s::p::aws:iam/role:Role::r", "id": ""}""";
    private const string Component = """{"4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:pulumi:s::p::my:index:Component::c"}""";

    [Theory]
    [InlineData("aws:sqs/queue:Queue", """{"delaySeconds": "5"}""", """{"delaySeconds": 5}""")]
    [InlineData("aws:sqs/queue:Queue", """{"fifoQueue": "true"}""", """{"fifoQueue": true}""")]
    [InlineData("aws:sqs/queue:Queue", """{"name": 5, "tags": {"a": true, "b": 1.5, "c": 100000}}""", """{"name": "5", "tags": {"a": "true", "b": "1.5", "c": "100000"}}""")]
    [InlineData("aws:efs/fileSystem:FileSystem", """{"provisionedThroughputInMibps": "1.5"}""", """{"provisionedThroughputInMibps": 1.5}""")]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", """{"ingress": [{"fromPort": "80", "toPort": "80", "protocol": "tcp", "self": "false"}]}""",
        """{"ingress": [{"fromPort": 80, "toPort": 80, "protocol": "tcp", "self": false}]}""")]
    [InlineData("aws:iam/role:Role", """{"assumeRolePolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}}""",
        """{"assumeRolePolicy": "{\"Statement\":[{\"Effect\":\"Allow\"}],\"Version\":\"2012-10-17\"}"}""")]
    [InlineData("aws:iam/role:Role", """{"assumeRolePolicy": {"a": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}}""",
        """{"assumeRolePolicy": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""")]
    [InlineData("aws:iam/rolePolicyAttachment:RolePolicyAttachment", """{"policyArn": "p", "role": RESOURCE}""", """{"policyArn": "p", "role": "the-role"}""")]
    [InlineData("aws:iam/rolePolicyAttachment:RolePolicyAttachment", """{"policyArn": "p", "role": UNKNOWNRESOURCE}""",
        """{"policyArn": "p", "role": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""")]
    [InlineData("aws:sqs/queue:Queue", """{"name": COMPONENT}""", """{"name": "urn:pulumi:s::p::my:index:Component::c"}""")]
    // A reference is its id for all of these providers
    [InlineData("kubernetes:core/v1:ConfigMap", """{"metadata": {"name": "m"}, "data": {"role": RESOURCE}}""", """{"metadata": {"name": "m"}, "data": {"role": "the-role"}}""")]
    // What nobody knows may know resources
    [InlineData("unheard:of:Type", """{"role": [RESOURCE]}""", """{"role": [RESOURCE]}""")]
    public void Takes_WhatTheBridgeTakes(string type, string given, string taken)
    {
        var (inputs, failures) = Check(type, given);

        failures.ShouldBeEmpty();
        inputs.ShouldBe(Decoded(taken));
    }

    [Fact]
    public void Keeps_ASecretSecret()
    {
        Check("aws:sqs/queue:Queue", $$"""{"delaySeconds": {{Secret.Replace("VALUE", "\"5\"", StringComparison.Ordinal)}} }""").Inputs
            .ShouldBe(PropertyMap.Create(("delaySeconds", new SecretProperty(new NumberProperty(5)))));
        Check("aws:iam/role:Role", $$"""{"assumeRolePolicy": {"a": {{Secret.Replace("VALUE", "\"b\"", StringComparison.Ordinal)}} } }""").Inputs
            .ShouldBe(PropertyMap.Create(("assumeRolePolicy", new SecretProperty(new StringProperty("""{"a":"b"}""")))));
    }

    [Theory]
    [InlineData("aws:sqs/queue:Queue", """{"delaySeconds": "five"}""", "delaySeconds must be a whole number, is \"five\"")]
    [InlineData("aws:sqs/queue:Queue", """{"delaySeconds": "1.5"}""", "delaySeconds must be a whole number, is \"1.5\"")]
    [InlineData("aws:sqs/queue:Queue", """{"delaySeconds": true}""", "delaySeconds must be a whole number, is true")]
    [InlineData("aws:sqs/queue:Queue", """{"fifoQueue": "yes"}""", "fifoQueue must be true or false, is \"yes\"")]
    [InlineData("aws:sqs/queue:Queue", """{"fifoQueue": 1}""", "fifoQueue must be true or false, is 1")]
    [InlineData("aws:sqs/queue:Queue", """{"name": {"a": 1}}""", "name must be text, is {\"a\":1}")]
    [InlineData("aws:sqs/queue:Queue", """{"name": ["a"]}""", "name must be text, is [\"a\"]")]
    // Neither an API server nor the providers of random and tls take a text for a number
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec": {"replicas": "1", "selector": {}, "template": {}}}""", "spec.replicas must be a whole number, is \"1\"")]
    [InlineData("random:index/randomPet:RandomPet", """{"length": "2"}""", "length must be a whole number, is \"2\"")]
    public void Refuses_WhatItRefuses(string type, string given, string problem)
        => Check(type, given).Failures.Select(failure => $"{failure.Path} {failure.Reason}").ShouldBe([problem]);

    private static CheckResult Check(string type, string given)
        => new ProviderRegistry(SchemaStore.Bundled).Managing(type).Check(new CheckRequest(Rehearsed.UrnOf(type, "r"), type, null, Decoded(given)));

    private static PropertyMap Decoded(string json) => PropertyDecoder.Decode(Struct.Parser.ParseJson(json
        .Replace("UNKNOWNRESOURCE", UnknownResource, StringComparison.Ordinal)
        .Replace("RESOURCE", Resource, StringComparison.Ordinal)
        .Replace("COMPONENT", Component, StringComparison.Ordinal)));
}
