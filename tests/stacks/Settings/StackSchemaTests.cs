using System.Text.Json;
using Json.Schema;
using Tests.Support;
using YamlDotNet.Serialization;

namespace Tests.Stacks.Settings;

// Promise: editors that hold stack files to the committed schema complain of what the reader refuses, and of nothing that it takes.
public sealed class StackSchemaTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromFile(Path.Combine(Repository.Root, "docs", "schema", "stack.schema.json")));

    public static TheoryData<string> Files => StackFilesTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void AStackFile_IsValid(string file) => Errors(File.ReadAllText(Path.Combine(Repository.Root, file))).ShouldBeEmpty();

    [Theory]
    [InlineData("platform:redis: { inCluster: { memroy: 1Gi } }")]
    [InlineData("platform:redis: { inCluster: {}, memorystore: {} }")]
    [InlineData("platform:redis: {}")]
    [InlineData("platform:redis: { existing: { address: cache } }")]
    [InlineData("platform:storage: { nfs: { server: 10.0.0.5 } }")]
    [InlineData("platform:storage: { efs: { infrequentAccessAfterDays: 8 } }")]
    [InlineData("platform:cluster: { gke: { nodePools: { Big: { machineType: n2-standard-4 } } } }")]
    [InlineData("platform:cluster: { eks: { administrators: [], nodePools: {}, version: '1.12' } }")]
    [InlineData("platform:studios: { platform: { url: http://platform.example.com, version: 26.1.3 }, connectUrl: https://connect.example.com }")]
    [InlineData("platform:tower: { environments: { research: { namespace: kube-system } } }")]
    [InlineData("platform:production: perhaps")]
    [InlineData("platform:redisPassword: hunter2")]
    [InlineData("platform:redsi: {}")]
    [InlineData("platfrom:cluster: {}")]
    [InlineData("platform:redis: { inCluster: { memory: 1 } }")]
    [InlineData("platform:redis: { existing: { address: 'localhost:6379' } }")]
    [InlineData("platform:redis: { existing: { address: 'redis.example.com:70000' } }")]
    [InlineData("platform:storage: { hostPath: { path: /srv, singleNodeDemo: false } }")]
    [InlineData("platform:storage: { nfs: { server: 10.0.0.5, path: /exports/../up } }")]
    [InlineData("platform:tower: { environments: {} }")]
    [InlineData("platform:tower: { environments: { kube-x: { namespace: default, scratch: {} } } }")]
    [InlineData("platform:tower: { environments: { research: { launch: { headPodSpec: 'nodeSelector: {}' } } } }")]
    [InlineData("platform:dns: { route53: { zone: example.com, clients: [] } }")]
    [InlineData("platform:dns: { route53: { zone: example.com, clients: [10.0.0.1/8] } }")]
    [InlineData("platform:aws: { region: cn-north-1 }")]
    [InlineData("platform:studios: { platform: { url: https://localhost, version: 26.1.3 }, connectUrl: https://connect.example.com }")]
    [InlineData("platform:studios: { platform: { url: https://a.example.com, version: 26.1 }, connectUrl: https://connect.example.com }")]
    public void Rejects_WhatTheReaderRefuses(string config) => Errors($"config:\n  {config}\n").ShouldNotBeEmpty(config);

    // In an editor's words: what stands there is not allowed. That a secret would lack its value, or that other kinds would lack their keys, is no help.
    [Theory]
    [InlineData("platform:redsi: { inCluster: {} }", "/config/platform:redsi")]
    [InlineData("platform:redsi: text", "/config/platform:redsi")]
    [InlineData("platfrom:redis: { inCluster: {} }", "/config/platfrom:redis")]
    [InlineData("platform:redis: { inCluser: {} }", "/config/platform:redis/inCluser")]
    [InlineData("platform:redis: { inCluster: {}, memorystore: {} }", "/config/platform:redis")]
    [InlineData("platform:redis: {}", "/config/platform:redis")]
    [InlineData("platform:cluster: { existing: { contxt: kind } }", "/config/platform:cluster/existing/contxt")]
    [InlineData("platform:redisPassword: hunter2", "/config/platform:redisPassword")]
    public void Says_WhereTheSlipIs(string config, string place)
    {
        var errors = Errors($"config:\n  {config}\n").ToList();

        errors.ShouldContain(error => error.StartsWith($"{place}: ", StringComparison.Ordinal), string.Join('\n', errors));
        errors.ShouldNotContain(error => error.Contains("Required", StringComparison.Ordinal), string.Join('\n', errors));
    }

    [Fact]
    public void TakesASecretOfAnyName_ThatASettingMayReferTo() => Errors("config:\n  platform:licenceServerKey: { secure: v1:x }\n").ShouldBeEmpty();

    private static IEnumerable<string> Errors(string yaml)
    {
        var values = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        using var document = JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(values));
        var results = Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            : (results.Details ?? [])
                // What a condition asks is no error, and no editor shows it
                .Where(result => !$"{result.EvaluationPath}".EndsWith("/if", StringComparison.Ordinal))
                .SelectMany(result => (result.Errors ?? new Dictionary<string, string>()).Select(error => $"{result.InstanceLocation}: {error.Value}"))
                .DefaultIfEmpty("is refused without a reason");
    }
}
