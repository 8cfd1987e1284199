using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using YamlDotNet.Serialization;

namespace Tests.Stacks.Settings;

// Promise: a rule takes what the vendor takes and refuses the rest, and what the reference page tells people to copy passes the rule it stands beside.
public sealed class RulesTests
{
    [Theory]
    [InlineData(typeof(CidrAttribute), "10.0.0.0/16", null)]
    [InlineData(typeof(CidrAttribute), "2001:db8::/32", null)]
    [InlineData(typeof(CidrAttribute), "10.0.0.1/16", "is not an address range")]
    [InlineData(typeof(CidrAttribute), "10.0.0.0", "is not an address range")]
    [InlineData(typeof(KubernetesSubdomainAttribute), "cr.seqera.io", null)]
    [InlineData(typeof(KubernetesSubdomainAttribute), "Registry", "is not a Kubernetes object name")]
    [InlineData(typeof(NumericIdAttribute), "123", null)]
    [InlineData(typeof(NumericIdAttribute), "org/workspace", "is not a numeric id")]
    [InlineData(typeof(NumericIdAttribute), "", "is not a numeric id")]
    [InlineData(typeof(AbsolutePathAttribute), "/a/b", null)]
    [InlineData(typeof(AbsolutePathAttribute), "/a/../b", "is not an absolute path")]
    [InlineData(typeof(DirectoryAttribute), "a/b", null)]
    [InlineData(typeof(DirectoryAttribute), "/a", "is not a directory below the storage")]
    [InlineData(typeof(DirectoryAttribute), "", "is not a directory below the storage")]
    [InlineData(typeof(RegexAttribute), "^team-[a-z]+$", null)]
    [InlineData(typeof(RegexAttribute), "(", "is not a regular expression")]
    [InlineData(typeof(HostAndPortAttribute), "10.0.0.5:6379", null)]
    [InlineData(typeof(HostAndPortAttribute), "cache:0", "has no port from 1 to 65535")]
    public void ARule_TakesWhatItsVendorTakes(Type rule, string value, string? violation) => ((RuleAttribute)Activator.CreateInstance(rule)!).Violation(value).ShouldBe(violation);

    [Theory]
    [InlineData("2m", 120.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("0.5s", 0.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("1d", null)]
    [InlineData("2", null)]
    [InlineData("", null)]
    [InlineData("-1s", null)]
    public void GoDuration_IsReadAsGoReadsIt(string text, double? seconds) =>
        (GoDuration.TryParse(text, out var duration) ? duration.TotalSeconds : (double?)null).ShouldBe(seconds);

    [Theory]
    [InlineData(5400, "1h30m")]
    [InlineData(120, "2m")]
    [InlineData(0.25, "250ms")]
    [InlineData(0, "0s")]
    public void GoDuration_IsWrittenInItsLargestUnits(double seconds, string text) => GoDuration.Text(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void Examples_PassTheirOwnRules()
    {
        var examples = Entries.Where(entry => entry.Setting.Example is not null).ToList();
        examples.Count.ShouldBeGreaterThan(50);

        examples.SelectMany(entry => Problems(entry).Select(problem => $"{entry.At}: '{entry.Setting.Example}' {problem}")).ShouldBeEmpty();
    }

    [Fact]
    public void Examples_PassTheEditorsPattern()
    {
        foreach (var entry in Entries.Where(entry => entry.Setting.Shape.Kind == ShapeKind.Text && entry.Setting.Example is not null))
        {
            var schema = new JsonObject();
            foreach (var rule in entry.Setting.Rules)
            {
                rule.Describe(schema);
            }

            foreach (var pattern in new[] { (string?)schema["pattern"], entry.Setting.Shape.Text?.Pattern }.OfType<string>())
            {
                Regex.IsMatch(entry.Setting.Example!.Trim('\'', '"'), pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue($"{entry.At}: '{entry.Setting.Example}' against {pattern}");
            }
        }
    }

    [Fact]
    public void Meanings_AreSentences() => Entries.Concat(SettingsCatalog.Secrets)
        .Where(entry => !char.IsUpper(entry.Setting.Setting.Meaning[0]) && !entry.Setting.Setting.Meaning.StartsWith("connect-", StringComparison.Ordinal) || !entry.Setting.Setting.Meaning.EndsWith('.'))
        .Select(entry => entry.At.Text).ShouldBeEmpty();

    private static IEnumerable<CatalogEntry> Entries => SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Of(concept));

    // What the reader says of the example, written into a stack file as it stands.
    private static IEnumerable<string> Problems(CatalogEntry entry)
    {
        var yaml = new DeserializerBuilder().Build().Deserialize<object>(entry.Setting.Example!);
        using var json = JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml));
        var findings = new Findings();
        new RecordBinder(new RawSettings(new Dictionary<string, string>(), []), findings).Bind(entry.Setting, json.RootElement, entry.At);
        return findings.Problems.Select(problem => problem.What);
    }
}
