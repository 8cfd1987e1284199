using Stacks.Settings.Reading;
using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Crossing;

// Promise: nothing that a stack file says is silently ignored: a slip is refused, the rest is told.
public sealed class UnreadSettingsTests
{
    private const string Cluster = """{ "existing": { "context": "kind" } }""";
    private const string Tower = """{ "environments": { "research": { "scratch": { "volume": { "name": "work", "size": "10Gi" } } } } }""";

    [Theory]
    [InlineData("platfrom:cluster")]
    [InlineData("plattform:cluster")]
    [InlineData("Platform:cluster")]
    [InlineData("platforms:cluster")]
    [InlineData("plaform:cluster")]
    public void Rejects_AMisspeltNamespace(string key)
    {
        var read = EditorCheck.Agreed(Raw([(key, Cluster), ("platform:cluster", Cluster), ("platform:tower", Tower)]));

        read.Problems.Select(problem => problem.ToString()).ShouldBe([
            $"""
            {key}: has a misspelt namespace, so that nothing reads it
              allowed: keys that begin with platform:
              fix:     did you mean platform:cluster?
            """,
        ]);
    }

    [Theory]
    [InlineData("aws:region", "remove aws:region; platform:aws says where this stack makes things")]
    [InlineData("gcp:project", "remove gcp:project; platform:gcp says where this stack makes things")]
    [InlineData("kubernetes:context", "remove kubernetes:context")]
    [InlineData("other:key", "remove other:key")]
    public void Warns_OfKeysThatNothingReads(string key, string fix) =>
        Warnings([(key, "x"), ("platform:cluster", Cluster), ("platform:tower", Tower)]).ShouldBe([
            $"""
            {key}: is read by nothing: this program takes its settings from platform: alone, and its providers from those
              allowed: keys that begin with platform:
              fix:     {fix}
            """,
        ]);

    [Fact]
    public void TheEnginesOwnKeys_AreNobodysBusiness() => Warnings([
        ("pulumi:tags", "{}"), ("pulumi:disable-default-providers", "[]"), ("platform:cluster", Cluster), ("platform:tower", Tower),
    ]).ShouldBeEmpty();

    [Fact]
    public void Warns_OfASecretThatNothingReads()
    {
        Warnings([("platform:cluster", Cluster), ("platform:tower", Tower), ("platform:redisPassword", "marker")], "platform:redisPassword").ShouldBe([
            """
            platform:redisPassword: is read by nothing in this stack
              given:   [secret]
              allowed: secrets that a setting reads
              fix:     pulumi config rm platform:redisPassword, or describe what reads it: docs/configuration.md, Secrets
            """,
        ]);
        Warnings([("platform:cluster", Cluster), ("platform:tower", Tower), ("platform:kubeconfig", "marker")], "platform:kubeconfig").ShouldBeEmpty();
    }

    [Fact]
    public void Warns_OfAnEmptyStack()
    {
        Warnings([]).ShouldBe([Message]);
        Warnings([("platform:production", "true")]).ShouldBe([Message]);
    }

    [Theory]
    [InlineData("aws", """{ "region": "eu-west-1" }""", "aws: is read by nothing in this stack")]
    [InlineData("gcp", """{ "project": "example-research", "region": "europe-west1" }""", "gcp: is read by nothing in this stack")]
    [InlineData("storage", """{ "nfs": { "server": "10.0.0.5", "path": "/exports" } }""", "storage: is read by no environment of platform:tower")]
    public void Warns_OfAConceptThatNothingReads(string concept, string json, string what) =>
        Warnings([("platform:cluster", Cluster), ("platform:tower", Tower), ($"platform:{concept}", json)])
            .ShouldHaveSingleItem()
            .ShouldStartWith($"platform:{what}\n");

    [Fact]
    public void Warns_OfAClusterThatNothingRunsOn() => Warnings([("platform:cluster", Cluster)]).ShouldHaveSingleItem().ShouldStartWith(
        "platform:cluster: exists already, and nothing in this stack runs on it\n");

    [Fact]
    public void WhatIsRead_IsNotWarnedOf()
    {
        AwsSample.Read().Warnings.ShouldBeEmpty();
        Gcp.GcpSample.Read().Warnings.ShouldBeEmpty();
        StudiosSample.Warnings().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "studios.platform.takeOver",
        "true",
        "studios.platform.install",
        "\"none\"",
        "has no meaning with install: none, which changes nothing on the Platform"
    )]
    [InlineData(
        "studios.platform.keepTowerYaml",
        "true",
        "studios.platform.version",
        "\"25.3.6\"",
        "has no meaning before Platform 26.1: 25.3.6 reads tower.yml, which is always written")]
    [InlineData(
        "studios.platform.names.towerYamlConfigMap",
        "\"other\"",
        "studios.platform.version",
        "\"26.1.3\"",
        "names an object that is neither read nor written: from 26.1 on variables decide")]
    [InlineData("studios.defaultTemplates", "false", "studios.logLevel", "\"info\"", "is false, and there are no templates: nobody can start a session")]
    [InlineData(
        "studios.ssh.keyTypes",
        """["ssh-ed25519"]""",
        "studios.ssh",
        """{ "workspaces": [], "userKeys": false }""",
        "has no meaning with userKeys: false"
    )]
    public void Warns_OfKeysThatMeanNothing(string path, string json, string beside, string besideJson, string what) =>
        StudiosSample.Warnings((beside, besideJson), (path, json)).ShouldHaveSingleItem().ShouldStartWith($"platform:{path}: {what}\n");

    [Theory]
    [InlineData("studios.platform.takeOver", "true", "studios.platform.install", "\"manifests\"")]
    [InlineData("studios.platform.keepTowerYaml", "true", "studios.platform.version", "\"26.1.3\"")]
    [InlineData("studios.platform.names.towerYamlConfigMap", "\"other\"", "studios.platform.version", "\"25.3.6\"")]
    [InlineData("studios.platform.names.towerYamlConfigMap", "\"other\"", "studios.platform.keepTowerYaml", "true")]
    public void KeysThatMeanSomething_AreNotWarnedOf(string path, string json, string beside, string besideJson) =>
        StudiosSample.Warnings((beside, besideJson), (path, json)).ShouldBeEmpty();

    private const string Message = """
        config: describes nothing, so nothing would be deployed
          allowed: one concept or more, platform:cluster first
          fix:     see docs/configuration.md; `config: {}` destroys what the stack has made
        """;

    private static string[] Warnings((string Key, string Value)[] config, params string[] secrets)
    {
        var read = EditorCheck.Agreed(Raw(config, secrets));
        read.Problems.ShouldBeEmpty();
        return [.. read.Warnings.Select(warning => warning.ToString())];
    }

    private static RawSettings Raw((string Key, string Value)[] config, params string[] secrets) =>
        new(config.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal), secrets);
}
