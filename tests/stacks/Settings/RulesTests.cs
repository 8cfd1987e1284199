using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Stacks.Settings.Values;
using YamlDotNet.Serialization;

namespace Tests.Stacks.Settings;

// Promise: a rule takes what the vendor takes and refuses the rest, and what the reference page tells people to copy passes the rule it stands beside.
public sealed class RulesTests
{
    [Theory]
    [InlineData(typeof(IPNetwork), "10.0.0.0/16", null)]
    [InlineData(typeof(IPNetwork), "2001:db8::/32", null)]
    [InlineData(typeof(IPNetwork), "10.0.0.1/16", "is not an address range")]
    [InlineData(typeof(IPNetwork), "10.0.0.0", "is not an address range")]
    [InlineData(typeof(long), "123", null)]
    [InlineData(typeof(long), "org/workspace", "is not a numeric id")]
    [InlineData(typeof(long), "", "is not a numeric id")]
    [InlineData(typeof(HostAndPort), "10.0.0.5:6379", null)]
    [InlineData(typeof(HostAndPort), "cache:0", "has no port from 1 to 65535")]
    [InlineData(typeof(HttpsUrl), "https://connect.example.com:8443", null)]
    [InlineData(typeof(HttpsUrl), "http://connect.example.com", "does not use https")]
    [InlineData(typeof(HttpsUrl), "https://10.0.0.5", "has no host name of two or more labels")]
    [InlineData(typeof(HttpsUrl), "connect", "is not a web address")]
    public void AType_TakesWhatItsVendorTakes(Type type, string text, string? complaint) => Complaint(TextForms.ForType(type)!, text).ShouldBe(complaint);

    [Theory]
    [InlineData(Form.KubernetesSubdomain, "cr.seqera.io", null)]
    [InlineData(Form.KubernetesSubdomain, "Registry", "is not a Kubernetes object name")]
    [InlineData(Form.KubernetesSubdomain, "registry\n", "is not a Kubernetes object name")]
    [InlineData(Form.AbsolutePath, "/a/b", null)]
    [InlineData(Form.AbsolutePath, "/a/../b", "is not an absolute path")]
    [InlineData(Form.Directory, "a/b", null)]
    [InlineData(Form.Directory, "/a", "is not a directory below the storage")]
    [InlineData(Form.Directory, "", "is not a directory below the storage")]
    [InlineData(Form.DailyWindow, "01:00-02:00", null)]
    [InlineData(Form.DailyWindow, "sun:01:00-sun:02:00", "is not a daily window")]
    [InlineData(Form.WeeklyWindow, "01:00-02:00", "is not a weekly window")]
    public void AForm_TakesWhatItsVendorTakes(Form form, string text, string? complaint) => Complaint(NamedForms.For(form), text).ShouldBe(complaint);

    [Fact]
    public void EveryForm_IsDeclaredWithAnExampleThatItTakes()
    {
        foreach (var form in Enum.GetValues<Form>().Select(NamedForms.For).Concat(TextForms.All))
        {
            Complaint(form, form.Example.Trim('\'', '"')).ShouldBeNull($"{form.Noun}: {form.Example}");
        }
    }

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
            if (entry.Setting.Form?.Pattern is { } pattern)
            {
                Regex
                    .IsMatch(entry.Setting.Example!.Trim('\'', '"'), pattern, RegexOptions.None, TimeSpan.FromSeconds(1))
                    .ShouldBeTrue($"{entry.At}: '{entry.Setting.Example}' against {pattern}");
            }
        }
    }

    [Fact]
    public void Meanings_AreSentences() =>
        Entries
            .Concat(SettingsCatalog.Secrets)
            .Where(entry =>
                !char.IsUpper(entry.Setting.Setting.Meaning[0]) && !entry.Setting.Setting.Meaning.StartsWith("connect-", StringComparison.Ordinal)
                || !entry.Setting.Setting.Meaning.EndsWith('.'))
            .Select(entry => entry.At.Text)
            .ShouldBeEmpty();

    private static string? Complaint(TextForm form, string text) => form.Parse(text) is null ? form.Complaint(text) : null;

    private static IEnumerable<CatalogEntry> Entries => SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Entries(concept));

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
