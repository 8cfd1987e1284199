using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Policies;
using Rehearsal.Rendering;
using Tests.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Rendering;

// Promise: what audit and policy write for code scanning is SARIF 2.1.0 as its schema has it.
public sealed class SarifSchemaTests
{
    // The schema of SARIF 2.1.0, as the npm package @microsoft/jest-sarif has it without its descriptions; `.ci/sarif` says whether it is still the same.
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "rehearsal", "Rendering", "sarif-2.1.0.json")))!.AsObject();
        schema.Remove("$schema");
        schema.Remove("id");
        // The spelling of newer drafts, which the validator knows
        return JsonSchema.FromText(schema.ToJsonString().Replace("\"definitions\":", "\"$defs\":", StringComparison.Ordinal)
            .Replace("#/definitions/", "#/$defs/", StringComparison.Ordinal));
    });

    private const string Hostile = "<script>\u001b[31m\n\"\\ ü😀\u202e";

    private static Audit Audited(Side @new) => Audit.Of(Compare(
        Deployed(Resource("aws:efs/fileSystem:FileSystem", "files"), Resource(ConfigMap, Hostile, $$"""{ "key": {{Secret("\"hunter2\"")}} }""")), @new));

    private static PolicyResult Checked(params Waiver[] waivers) => PolicyCheck.Run(
        [Resource("tls:index/privateKey:PrivateKey", Hostile, """{ "algorithm": "RSA", "rsaBits": 1024 }""")], [.. waivers], new DateOnly(2026, 11, 26));

    public static TheoryData<string> Reports => new(
        AuditSarif.Text(Audited(Deployed(Resource(ConfigMap, Hostile, $$"""{ "key": {{Secret("\"hunter3\"")}} }""")))),
        AuditSarif.Text(Audit.Of(Compare(Deployed(), Deployed()))),
        PolicyReport.Sarif("Pulumi.dev.yaml", "/repository", Checked()),
        PolicyReport.Sarif("stacks/examples/a b/Pulumi.x.yaml", "/repository", Checked(
            new Waiver("secrets/short-key", ["*"], Hostile, new DateOnly(2027, 1, 1)),
            new Waiver("secrets/short-key", ["none"], "x", new DateOnly(2026, 1, 1)))),
        PolicyReport.Sarif("Pulumi.dev.yaml", "/repository", PolicyCheck.Run([], [], new DateOnly(2026, 11, 26))));

    [Theory]
    [MemberData(nameof(Reports))]
    public void AReport_IsWhatTheSchemaTakes(string sarif) => Faults(JsonNode.Parse(sarif)!).ShouldBeEmpty();

    [Theory]
    [InlineData("version", "\"2.0.0\"")]
    [InlineData("runs/0/tool/driver/name", null)]
    [InlineData("runs/0/results/0/level", "\"critical\"")]
    [InlineData("runs/0/results/0/message", "{}")]
    [InlineData("runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", "\"a b\"")]
    [InlineData("runs/0/results/0/surprise", "1")]
    public void TheSchema_FindsFaults(string path, string? value)
    {
        var sarif = JsonNode.Parse(AuditSarif.Text(Audited(Deployed())))!;
        var parts = path.Split('/');
        var at = parts[..^1].Aggregate(sarif, (node, part) => int.TryParse(part, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[part]!)
            .AsObject();
        at.Remove(parts[^1]);
        if (value is not null)
        {
            at[parts[^1]] = JsonNode.Parse(value);
        }

        Faults(sarif).ShouldNotBeEmpty();
    }

    // Code scanning shows a finding where the file is, so examples need their folder
    [Theory]
    [InlineData("stacks/examples/Pulumi.eks-dev.yaml", "stacks/examples/Pulumi.eks-dev.yaml")]
    [InlineData("a b/Pulumi.ü.yaml", "a%20b/Pulumi.%C3%BC.yaml")]
    [InlineData(null, "Pulumi.s.yaml")]
    public void AFinding_IsInItsStacksFile(string? file, string uri)
        => Place(AuditSarif.Text(Audited(Planned() with { File = file, Stack = "s", Project = "p" }))).ShouldBe(uri);

    [Fact]
    public void AFinding_OfAFile_IsInThatFile() => Place(AuditSarif.Text(Audited(Deployed()))).ShouldBe("a.json");

    private static string Place(string sarif)
        => JsonNode.Parse(sarif)!["runs"]![0]!["results"]![0]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>();

    private static string[] Faults(JsonNode sarif)
    {
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        var results = Schema.Value.Evaluate(JsonSerializer.SerializeToElement(sarif), options);
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))];
    }
}
