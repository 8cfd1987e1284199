using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.InstalledPlatform;
using YamlDotNet.Serialization;

namespace Tests.Infra.InstalledPlatform;

// tower.yml belongs to the operator: one setting changes in it, and everything else stays as it was written.
public class TowerYamlTests
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    private static readonly Gen<string> Values = Gen.Elements("null", "[]", "[1]", "[12345, 67890]");

    // What operators write beside Studios: mail settings, flow style, comments, text that only looks like the setting.
    private static readonly Gen<List<string>> Others = Gen.ListOf(Gen.Elements(
        "mail:\n  smtp:\n    auth: true # keep\n",
        "# a comment: with a colon\n",
        "auth:\n    mail:\n        duration: 30m\n",
        "micronaut: { application: { name: tower-app } }\n",
        "list:\n- 1\n- 2\n",
        "text: |\n  tower:\n    data-studio: not this one\n"));

    private static readonly Gen<string> Towers = Gen.Elements(
        "",
        "tower:\n  trustedEmails:\n    - '*@example.com'\n",
        "tower:\n    data-studio:\n        # who may\n        allowed-workspaces: [ 1, 2 ] # these\n        other: 5\n",
        "tower:\n  data-studio:\n    allowed-workspaces:\n    - 1\n    - 2\n\n  cron:\n    x: 1\n",
        "tower:\n  data-studio:\n    allowed-workspaces: # who may\n      - 1\n",
        "tower:\n  data-studio:\n    allowed-workspaces:\n",
        "tower:\n  data-studio:\n",
        "tower: { data-studio: { other: 1 } }\n",
        "tower: {}\n");

    private static readonly Gen<string> Files = from others in Others from tower in Towers select string.Concat(others.Distinct()) + tower;

    [Property]
    public Property TheSetting_IsWhatWasAskedFor_AndNothingElseChanges() => Prop.ForAll(Arb.From(Files), Arb.From(Values), (file, value) =>
    {
        var changed = TowerYaml.WithAllowedWorkspaces(file, value);
        return TowerYaml.AllowedWorkspaces(changed) == value && Flatten(changed) == Flatten(file) && CommentsOf(changed).SequenceEqual(CommentsOf(file));
    });

    [Property]
    public Property SettingItTwice_ChangesNothingMore() => Prop.ForAll(Arb.From(Files), Arb.From(Values), (file, value) =>
    {
        var once = TowerYaml.WithAllowedWorkspaces(file, value);
        return TowerYaml.WithAllowedWorkspaces(once, value) == once;
    });

    [Theory]
    [InlineData(null, "tower:\n  data-studio:\n    allowed-workspaces: null\n")]
    [InlineData("# nothing yet\n", "# nothing yet\ntower:\n  data-studio:\n    allowed-workspaces: null\n")]
    [InlineData("mail:\n  from: a@example.com\n", "tower:\n  data-studio:\n    allowed-workspaces: null\nmail:\n  from: a@example.com\n")]
    [InlineData("tower:\n  cron: 1\n", "tower:\n  data-studio:\n    allowed-workspaces: null\n  cron: 1\n")]
    [InlineData("tower:\n  data-studio:\n    allowed-workspaces: [] # none\n", "tower:\n  data-studio:\n    allowed-workspaces: null # none\n")]
    [InlineData("tower: {a: 1}\n", "tower: {data-studio: {allowed-workspaces: null}, a: 1}\n")]
    public void AFile_IsEditedInItsOwnStyle(string? file, string changed) => TowerYaml.WithAllowedWorkspaces(file, "null").ShouldBe(changed);

    [Fact]
    public void TheChartsTwoDocuments_StayTwo()
    {
        const string Chart = "tower:\n  data-studio:\n    allowed-workspaces: null\n---\nmail:\n  from: a@example.com\n";

        TowerYaml.WithAllowedWorkspaces(Chart, "[5]").ShouldBe(Chart.Replace("null", "[5]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tower: 5\n", "'tower' in tower.yml (line 1) is no mapping, so 'data-studio' cannot be set below it.")]
    [InlineData("- a\n", "tower.yml is a YAML sequence and no mapping, so 'tower' cannot be set in it.")]
    public void Rejects_AFileWithNoPlaceForIt(string file, string message) =>
        Should.Throw<FormatException>(() => TowerYaml.WithAllowedWorkspaces(file, "null")).Message.ShouldBe(message);

    // The content without the setting, and without the mappings that exist only to hold it.
    private static string Flatten(string file)
    {
        var root = Yaml.Deserialize<Dictionary<object, object?>?>(file) ?? [];
        List<string> leaves = [];
        Walk("", root, leaves);
        return string.Join(
            '\n',
            leaves.Where(leaf => !leaf.StartsWith("/tower/data-studio/allowed-workspaces", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static void Walk(string path, object? node, List<string> leaves)
    {
        switch (node)
        {
            case Dictionary<object, object?> mapping:
                foreach (var (key, value) in mapping)
                {
                    Walk($"{path}/{key}", value, leaves);
                }

                break;
            case List<object?> list:
                foreach (var (index, item) in list.Index())
                {
                    Walk($"{path}/{index}", item, leaves);
                }

                break;
            case not null:
                leaves.Add($"{path}={node}");
                break;
        }
    }

    private static IEnumerable<string> CommentsOf(string file) =>
        file.Split('\n').Where(line => line.Contains('#', StringComparison.Ordinal)).Select(line => line[line.IndexOf('#', StringComparison.Ordinal)..]);
}
