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
    public void Rejects_WhatTheReaderRefuses(string config) => Errors($"config:\n  {config}\n").ShouldNotBeEmpty(config);

    private static IEnumerable<string> Errors(string yaml)
    {
        var values = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        using var document = JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(values));
        var results = Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            : (results.Details ?? [])
                .SelectMany(result => (result.Errors ?? new Dictionary<string, string>()).Select(error => $"{result.InstanceLocation}: {error.Value}"))
                .DefaultIfEmpty("is refused without a reason");
    }
}
