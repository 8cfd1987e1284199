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

        A list of the kind "all or a list" has three states: without the key the vendor's default holds, `[]` means none, `all` means every one.


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
        page.Append($"## `{entries[0].At}`\n\n{concept.Setting.Meaning}");
        if (!entries[0].IsGroup)
        {
            page.Append($" Default: `{entries[0].Default}`.\n\n");
            return;
        }

        var record = concept.Shape.Record;
        AppendSentence(page, record.KindKeys, " Exactly one of ", " is given.");
        AppendSentence(page, record.Needs, " Needs ", record.Instead is { } instead ? $", or `{instead}` in place of the last." : ".");
        page.Append("\n\n| key | type | default | meaning | allowed |\n|---|---|---|---|---|\n");
        foreach (var entry in entries.Skip(1))
        {
            AppendRow(page, entry, entry.At.Text[(entries[0].At.Text.Length + 1)..]);
        }

        page.Append('\n');
    }

    private static void AppendSentence(StringBuilder page, IReadOnlyCollection<string> names, string before, string after)
    {
        if (names.Count > 0)
        {
            page.Append(before).AppendJoin(", ", names.Select(name => $"`{name}`")).Append(after);
        }
    }

    private static void AppendRow(StringBuilder page, CatalogEntry entry, string key)
    {
        var setting = entry.Setting;
        var fallback = setting.IsRequired ? "**required**" : Cell(entry.Default);
        var allowed = entry.IsGroup ? setting.Entry?.Allowed ?? "" : setting.Allowed == setting.Shape.Noun ? "" : setting.Allowed;
        var example = setting.Setting.Example is { } text && text != entry.Default && !entry.IsGroup ? $"; for example `{text}`" : "";
        page.Append($"| `{key}` | {Cell(setting.Shape.Noun)} | {fallback} | ")
            .Append($"{Cell(setting.Setting.Meaning)} | {Cell((allowed + example).TrimStart(';', ' '))} |\n");
    }

    private static void AppendSecrets(StringBuilder page)
    {
        page.Append("## Secrets\n\nPulumi encrypts whole keys, so secrets have keys of their own beside the concepts: ")
            .Append("`pulumi config set --secret platform:<key> <value>`,\n")
            .Append("or `./platform secret <stack> <key>`. A secret in plain text is refused. Values are never printed.\n\n")
            .Append("| key | meaning | read by |\n|---|---|---|\n");
        foreach (var secret in SettingsCatalog.Secrets)
        {
            page.Append($"| `{SettingPath.Top(secret.Setting.SecretKey!)}` | {Cell(secret.Setting.Setting.Meaning)} | `{RecordPath(secret)}` |\n");
        }
    }

    private static string RecordPath(CatalogEntry secret) => secret.At.Text[..secret.At.Text.LastIndexOf('.')];

    private static string Cell(string text) => text.Replace("|", "\\|").Replace("<", "&lt;");
}
