using System.Text;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Generating;

/// <summary>The reference page <c>docs/configuration.md</c>.</summary>
public static class ConfigurationDocument
{
    private const string Opening = """
        # Configuration

        <!-- Generated from stacks/Settings by ./platform docs; a test fails when it is stale. -->

        What `Pulumi.<stack>.yaml` may say under `config:`. A concept that is absent is not deployed; of a concept that is there, only the keys marked
        *required* have to be given. Editors check the file while you type: its first line names [the schema](schema/stack.schema.json).
        `./platform config <stack>` prints the values in effect, `./platform config <stack> --check` only names what is wrong, all of it at once, with file and line.

        Each concept begins with an example, then come its keys, and below them those of each group. What does not fit into a row stands under its table.
        A list of the kind "all or a list" has three states: without the key the vendor's default holds, `[]` means none, `all` means every one.

        *When changed* is what an update does to what is deployed, as plans of the stacks of this repository show it; where two of them differ, what touches more:

        | words | meaning |
        |---|---|
        | in place | nothing restarts and nothing is made anew |
        | restarts … | these pods, one after the other; users of the last one wait for a moment |
        | upgrades the release … | the Helm release; what of it restarts is in [addons.md](addons.md#helm-charts) |
        | replaces the … | another one is made, and the old one goes; a production stack refuses it where data would go with it |
        | adds the …, removes the … | these come or go, the rest stays |
        | stops, then starts … | these pods are away for as long as the new ones start |
        | outputs alone | nothing that is deployed; what others read of the stack |
        | refused … | with the line that keeps the data |
        | see the plan | nothing is known beforehand: `./platform preview <stack> --diff` after `./platform up <stack>`, or `pulumi preview --diff` |

        More, with what to do before and after: [operations.md](operations.md), [aws.md](aws.md#the-second-day), [gcp.md](gcp.md#the-second-day),
        [workbench.md](workbench.md#what-a-change-does).


        """;

    public static string Render()
    {
        var page = new StringBuilder(Opening);
        foreach (var concept in SettingsCatalog.Platform.Settings)
        {
            AppendConcept(page, concept);
        }

        AppendSecrets(page);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void AppendConcept(StringBuilder page, SettingDeclaration concept)
    {
        var entries = SettingsCatalog.Entries(concept);
        var name = entries[0].At.Text;
        var about = new StringBuilder(concept.Setting.Meaning);
        if (!entries[0].IsGroup)
        {
            about.Append($" Default: {entries[0].Default}. When changed: {Declarations.WhenChanged(name)}.");
        }
        else
        {
            var record = concept.Shape.Record;
            AppendSentence(about, record.KindKeys, " Exactly one of ", " is given.");
            AppendSentence(about, record.Needs, " Needs ", record.Instead is { } instead ? $", or `{instead}` in place of the last." : ".");
        }

        page.Append($"## `{name}`\n\n");
        ReferenceTable.Wrap(page, about.ToString(), indent: "");
        page.Append($"\n```yaml\n{Declarations.Example(name)}\n```\n\n");
        foreach (var group in entries.Where(entry => entry.IsGroup))
        {
            AppendGroup(page, group, entries);
        }
    }

    private static void AppendGroup(StringBuilder page, CatalogEntry group, IReadOnlyCollection<CatalogEntry> entries)
    {
        var below = SettingsCatalog.KeysOf(group).Text + ".";
        var keys = entries.Where(entry => entry.At.Text.StartsWith(below) && !entry.At.Text[below.Length..].Contains('.')).ToList();
        if (keys.Count == 0)
        {
            return;
        }

        if (group.At.Text.Contains('.'))
        {
            page.Append($"### `{below[$"{SettingPath.Namespace}:".Length..^1]}`\n\n");
        }

        page.Append(ReferenceTable.Of(keys, key => key.At.Text[below.Length..])).Append('\n');
    }

    private static void AppendSentence(StringBuilder page, IReadOnlyCollection<string> names, string before, string after)
    {
        if (names.Count > 0)
        {
            page.Append(before).AppendJoin(", ", names.Select(name => $"`{name}`")).Append(after);
        }
    }

    private static void AppendSecrets(StringBuilder page)
    {
        page.Append("## Secrets\n\nPulumi encrypts whole keys, so secrets have keys of their own beside the concepts: ")
            .Append("`pulumi config set --secret platform:<key> <value>`,\nor `./platform secret <stack> <key>`. ")
            .Append("A secret in plain text is refused. Values are never printed. Another value is a new Secret, and its readers restart.\n\n")
            .Append("| key | read by |\n|---|---|\n");
        foreach (var secret in SettingsCatalog.Secrets)
        {
            page.Append($"| `{SettingPath.Top(secret.Setting.SecretKey!)}` | `{RecordPath(secret)}` |\n");
        }

        page.Append('\n');
        foreach (var secret in SettingsCatalog.Secrets)
        {
            ReferenceTable.Wrap(page, $"- `{secret.Setting.SecretKey}`: {ReferenceTable.Cell(secret.Setting.Setting.Meaning)}");
        }
    }

    private static string RecordPath(CatalogEntry secret) => secret.At.Text[..secret.At.Text.LastIndexOf('.')];
}
