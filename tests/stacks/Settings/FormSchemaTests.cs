using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;

namespace Tests.Stacks.Settings;

// Promise: what an editor marks red of a single text is what the program refuses, form by form.
public sealed class FormSchemaTests
{
    // Texts of every form, and what fingers and copies make of them.
    private static readonly string[] Texts =
    [
        .. from text in Samples().Distinct(StringComparer.Ordinal).ToArray()
        from slip in (string[])
            [
                text,
                $" {text}",
                $"{text} ",
                $"{text}/",
                $"/{text}",
                $"https://{text}",
                $"{text}:80",
                $"{text}:70000",
                $"x{text}",
                $"{text}x",
                $"-{text}",
                $"{text}_",
                $"{text}.",
                text.ToUpperInvariant(),
                text.Replace('.', '_'),
                text.Replace('-', '_'),
                $"{text}{text}",
                $"{text}@",
                $"{text}1",
                text[..(text.Length / 2)],
            ]
        select slip,
        "",
        "-",
        "*",
        "*.example.com",
        "localhost",
        "localhost:6379",
        "127.0.0.1:6379",
        "[::1]:6379",
        "https://localhost:6443",
        "https://127.0.0.1:6443",
        "10.0.0.1/16",
        "10.0.0.0/33",
        "10.20.0.0/0",
        "0.0.0.0/0",
        "256.0.0.0/8",
        "10.0.0.0",
        "fd00::/8",
        "default",
        "kube-system",
        "system:masters",
        "a@b",
        "a@b.example",
        "1.2",
        "1.2.3",
        "v1.2.3",
        "01.2.3",
        "0s",
        "90",
        "1h30m",
        "1d",
        "1Gb",
        "1e3",
        ".5",
        "gke_a_b_c",
        "../up",
        "a//b",
        "a/./b",
        "/",
        "//",
        "spec: 1",
        "nodeSelector: {}",
        "spec: { a: b }",
        "true",
        "null",
    ];

    // Where a regular expression says less than the parser, and how; nothing else may differ.
    private static readonly Dictionary<string, string> LooserThanTheParser = new(StringComparer.Ordinal)
    {
        ["Affinity"] = "no expression reads YAML",
        ["PodSpec"] = "no expression reads YAML",
        ["DailyWindow"] = "start and end are compared",
        ["WeeklyWindow"] = "start and end are compared",
        ["ServiceWindow"] = "each property names the one of the two that it takes",
        ["IPNetwork"] = "IPv6 is left to the parser",
        ["DomainName"] = "no more than 253 characters in all",
    };

    public static TheoryData<string> Forms => [.. Named().Select(form => form.Name)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void AnEditor_RefusesWhatTheProgramRefuses(string name)
    {
        var form = Named().Single(candidate => candidate.Name == name).Form;
        var schema = new JsonObject { ["type"] = "string" };
        form.Describe(schema);
        var editor = JsonSchema.FromText(schema.ToJsonString());
        var judged = Texts.Distinct(StringComparer.Ordinal).Select(text =>
            (Text: text, Program: form.Parse(text) is not null, Editor: editor.Evaluate(JsonSerializer.SerializeToElement(text)).IsValid)).ToList();

        judged.Where(entry => entry.Program && !entry.Editor).Select(entry => entry.Text).ShouldBeEmpty("the program takes these");
        if (!LooserThanTheParser.ContainsKey(name))
        {
            judged.Where(entry => !entry.Program && entry.Editor).Select(entry => entry.Text).ShouldBeEmpty("the program refuses these");
        }
    }

    [Fact]
    public void TheTexts_AreOfBothKinds() =>
        Named().Where(form => !Texts.Any(text => form.Form.Parse(text) is not null)).Select(form => form.Name).ShouldBeEmpty();

    [Theory]
    [InlineData("64Mi", "67108864", "63Mi", "1", "64Ki", "0.06Gi", "65535k", "1.0", "0", "100m")]
    [InlineData("64Mi", null, "64Mi", "64.5Mi", "65Mi", "100Mi", "1Gi", "67109k", "70M", "1P", "0064Mi", "999999999Ki")]
    public void AQuantityThatIsTooSmall_IsRefusedByBoth(string least, string? refused, params string[] quantities)
    {
        var rule = new LeastAttribute(least);
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number") };
        rule.Describe(schema);
        var editor = JsonSchema.FromText(schema.ToJsonString());
        foreach (var quantity in quantities)
        {
            // A fraction of the unit that the least is below one of may be too small all the same: that is left to the program.
            var certain = quantity != "0.06Gi";
            (rule.Violation(global::Infra.Manifests.Quantity.Parse(quantity)) is null).ShouldBe(refused is null, quantity);
            if (certain)
            {
                editor.Evaluate(JsonSerializer.SerializeToElement(quantity)).IsValid.ShouldBe(refused is null, quantity);
            }
        }

        editor.Evaluate(JsonSerializer.SerializeToElement(1)).IsValid.ShouldBeFalse();
        editor.Evaluate(JsonSerializer.SerializeToElement(67108864)).IsValid.ShouldBeTrue();
    }

    // A declaration that only the editor heard of would be a rule without a reader.
    [Fact]
    public void TheFewestEntries_AreAskedForByTheRecordsToo()
    {
        var declared = SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Entries(concept))
            .Where(entry => entry.Setting.Fewest is not null).Select(entry => entry.At.Text);

        declared.ShouldBe(
            [
                "platform:certManager.existing.clusterIssuers",
                "platform:cluster.adoptedEks.network.privateSubnets",
                "platform:cluster.eks.administrators",
                "platform:cluster.eks.karpenter.pools",
                "platform:cluster.eks.network.create.peerings.<name>.blocks",
                "platform:cluster.eks.network.create.transitGateways.<name>.blocks",
                "platform:cluster.eks.network.existing.privateSubnets",
                "platform:cluster.eks.nodePools",
                "platform:cluster.eks.nodePools.<name>.instanceTypes",
                "platform:cluster.gke.nodePools",
                "platform:codeStudios.templates",
                "platform:codeStudios.templates.<name>.blocks",
                "platform:codeStudios.templates.<name>.blocks[].nginx.locations",
                "platform:codeStudios.templates.<name>.blocks[].starterFiles.files",
                "platform:compose.host.network.create.peerings.<name>.blocks",
                "platform:compose.host.network.create.transitGateways.<name>.blocks",
                "platform:compose.host.network.existing.privateSubnets",
                "platform:codeStudios.templates.<name>.kubernetes.studios",
                "platform:dns.route53.clients",
                "platform:externalDns.domains",
                "platform:tower.environments",
                "platform:tower.environments.<name>.fusion.buckets",
            ],
            ignoreOrder: true);
    }

    private static IEnumerable<(string Name, TextForm Form)> Named() =>
    [
        .. Enum.GetValues<Form>().Select(form => ($"{form}", NamedForms.For(form))),
        .. typeof(TextForms).Assembly.GetTypes().Concat(typeof(global::Infra.Dns.DomainName).Assembly.GetTypes())
            .Concat([typeof(long), typeof(TimeSpan), typeof(System.Net.IPNetwork)])
            .Where(type => TextForms.ForType(type) is not null).Select(type => (type.Name, TextForms.ForType(type)!)),
    ];

    private static IEnumerable<string> Samples() => Named().Select(form => form.Form.Example.Trim('"', '\''));
}
