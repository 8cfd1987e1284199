using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stacks.Settings.Generating;

/// <summary>The <c>config:</c> section of <c>Pulumi.yaml</c>, which ends that file.</summary>
public static class ProjectConfig
{
    // Pulumi refuses every stack that leaves out a declared key without a default (sdk/go/common/workspace/config.go, 3.x), and a type would reject the
    // empty text; so a key is declared without a type, and the empty text means that it is absent.
    private const string Opening = """
        # From here on generated from stacks/Settings by ./platform docs. An empty default means that the key may be absent; docs/configuration.md says what it may hold.
        config:

        """;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render()
    {
        var section = new StringBuilder(Opening);
        foreach (var concept in SettingsCatalog.Platform.Settings)
        {
            Append(section, SettingPath.Top(concept.Key), concept.Setting.Meaning, secret: false);
        }

        foreach (var secret in SettingsCatalog.Secrets)
        {
            Append(section, SettingPath.Top(secret.Setting.SecretKey!), secret.Setting.Setting.Meaning, secret: true);
        }

        return section.ToString();
    }

    /// <summary>The project file with its section replaced, or with one at its end.</summary>
    public static string Replace(string projectFile)
    {
        var start = projectFile.IndexOf(Opening, StringComparison.Ordinal);
        var kept = start < 0 ? projectFile.TrimEnd('\n') + "\n" : projectFile[..start];
        return kept + Render();
    }

    private static void Append(StringBuilder section, SettingPath at, string meaning, bool secret)
    {
        // A JSON string is a YAML string too.
        section.Append($"  {at}:\n    description: {JsonSerializer.Serialize(meaning, Relaxed)}\n");
        if (secret)
        {
            section.Append("    secret: true\n");
        }

        section.Append("    default: \"\"\n");
    }
}
