using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Infra.Manifests;
using Stacks.Settings.Declaring;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

// Promise: every shape that a setting can have is read as declared, whether Pulumi passes numbers and booleans as JSON or as text.
public sealed class RecordBinderTests
{
    private static readonly SettingPath At = new("platform:sample");

    [Fact]
    public void EveryShape_IsRead()
    {
        var (sample, problems) = Bind(
            """
            {
              "name": "a", "count": 3, "on": "true", "level": "debug", "size": 1, "wait": "1h30m",
              "list": ["10.0.0.0/8"], "ids": "all", "parts": [{ "size": "2Gi" }, {}], "byName": { "b": { "size": "3Gi" } }, "token": "siteToken"
            }
            """,
            ("siteToken", true));

        problems.ShouldBeEmpty();
        Text(sample).ShouldBe(Text(new Sample
        {
            Name = "a",
            Count = 3,
            On = true,
            Level = SampleLevel.Debug,
            Size = Quantity.Parse("1"),
            Wait = TimeSpan.FromMinutes(90),
            List = [IPNetwork.Parse("10.0.0.0/8")],
            Ids = AllowList.Everyone,
            Parts = [new SamplePart { Size = Quantity.Parse("2Gi") }, new SamplePart()],
            ByName = ImmutableSortedDictionary.Create<string, SamplePart>(StringComparer.Ordinal).Add("b", new SamplePart { Size = Quantity.Parse("3Gi") }),
            Token = new SecretSetting("siteToken"),
        }));
    }

    [Fact]
    public void Defaults_AreTheInitializers()
    {
        var (sample, problems) = Bind("""{ "name": "a" }""");

        problems.ShouldBeEmpty();
        Text(sample).ShouldBe(Text(new Sample { Name = "a" }));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(", \"ids\": []", "none")]
    [InlineData(", \"ids\": [1, \"2\"]", "1 2")]
    [InlineData(", \"ids\": \"all\"", "all")]
    public void AList_HasThreeStates(string given, string? expected)
    {
        var ids = Bind($$"""{ "name": "a"{{given}} }""").Sample.Ids;

        (ids switch { null => null, { All: true } => "all", { Items.IsEmpty: true } => "none", _ => string.Join(' ', ids.Items) }).ShouldBe(expected);
    }

    [Fact]
    public void Problems_NameTheItem() =>
        Bind("""{ "name": "a", "list": ["10.0.0.0/8", "10.0.0.1/8"], "ids": [1, "x"], "parts": [{}, { "size": "big" }], "byName": { "B": { "sise": 1 } } }""")
            .Problems.Select(problem => $"{problem.Path}: {problem.What}")
            .ShouldBe([
                "platform:sample.list[1]: is not an address range",
                "platform:sample.ids[1]: is not a numeric id",
                "platform:sample.parts[1].size: is not a Kubernetes quantity",
                "platform:sample.byName.B: is not a Kubernetes name",
                "platform:sample.byName.B.sise: is not a key of this platform",
            ]);

    [Fact]
    public void Rejects_ASecretThatIsNotThere() => Bind("""{ "name": "a", "token": "siteToken" }""").Problems.ShouldHaveSingleItem().ToString().ShouldBe(
        """
        platform:sample.token: names a secret that the stack file does not hold
          given:   siteToken
          allowed: the name of an encrypted top-level key
          fix:     pulumi config set --secret platform:siteToken <value>, or ./platform secret <stack> siteToken
        """);

    [Fact]
    public void Rejects_ASecretReferenceToPlainText() => Bind("""{ "name": "a", "token": "siteToken" }""", ("siteToken", false)).Problems.ShouldHaveSingleItem()
        .ToString().ShouldStartWith("platform:siteToken: is a secret, and the stack file holds it as plain text\n  given:   [secret]\n");

    // Immutable arrays are equal only to themselves; their text is what counts.
    private static string Text(Sample sample) => JsonSerializer.Serialize(sample with { List = [] }) + string.Join(' ', sample.List);

    private static (Sample Sample, IReadOnlyList<SettingsProblem> Problems) Bind(string json, params (string Key, bool IsSecret)[] others)
    {
        var raw = new RawSettings(
            others.ToDictionary(other => $"platform:{other.Key}", _ => "hunter2", StringComparer.Ordinal),
            others.Where(other => other.IsSecret).Select(other => $"platform:{other.Key}"));
        var findings = new Findings();
        using var document = JsonDocument.Parse(json);
        var setting = RecordDeclaration.For(typeof(Owner)).Settings.Single();
        return ((Sample)new RecordBinder(raw, findings).Bind(setting, document.RootElement, At)!, findings.Problems);
    }

    internal sealed record Owner
    {
        [Setting("The record under test.")]
        public Sample? Sample { get; init; }
    }

    internal sealed record Sample
    {
        [Setting("A text.")]
        public required string Name { get; init; }

        [Setting("A number.")]
        public int Count { get; init; } = 1;

        [Setting("A switch.")]
        public bool On { get; init; }

        [Setting("A choice.")]
        public SampleLevel Level { get; init; }

        [Setting("A quantity.")]
        public Quantity? Size { get; init; }

        [Setting("A duration.")]
        public TimeSpan? Wait { get; init; }

        [Setting("A list.")]
        public ImmutableArray<IPNetwork> List { get; init; } = [];

        [Setting("A list with three states.")]
        public AllowList? Ids { get; init; }

        [Setting("A list of objects.")]
        public ImmutableArray<SamplePart> Parts { get; init; } = [];

        [Setting("A map of objects.")]
        [Entry(Form.KubernetesEntry)]
        public ImmutableSortedDictionary<string, SamplePart> ByName { get; init; } =
            ImmutableSortedDictionary.Create<string, SamplePart>(StringComparer.Ordinal);

        [Setting("A secret by its name.")]
        public SecretSetting? Token { get; init; }
    }

    internal sealed record SamplePart
    {
        [Setting("A quantity.")]
        public Quantity Size { get; init; } = Quantity.Parse("1Gi");
    }

    internal enum SampleLevel
    {
        Info,
        Debug,
    }
}
