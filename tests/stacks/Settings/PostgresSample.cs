using System.Text.Json;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

/// <summary>The database of Workbench from a text, without the rest of a stack file.</summary>
internal static class PostgresSample
{
    private static readonly SettingPath At = new("platform:workbench.database");

    /// <summary>The settings of a text as the reader takes them, and what it complains of.</summary>
    /// <param name="json">The text.</param>
    /// <param name="isSealed">Whether the stack file holds the password of an existing server.</param>
    public static (PostgresSettings? Settings, IReadOnlyList<SettingsProblem> Problems) Bind(string json, bool isSealed = true)
    {
        const string password = "platform:workbenchDatabasePassword";
        var findings = new Findings();
        using var document = JsonDocument.Parse(json);
        var setting = RecordDeclaration.For(typeof(WorkbenchSettings)).Settings.Single(setting => setting.Key == "database");
        var raw = new RawSettings(
            (isSealed ? new[] { password } : []).ToDictionary(key => key, _ => "hunter2", StringComparer.Ordinal), isSealed ? [password] : []);
        return ((PostgresSettings?)new RecordBinder(raw, findings).Bind(setting, document.RootElement, At), findings.Problems);
    }

    /// <summary>Everything that a text is refused or warned for in a stack.</summary>
    public static string[] Messages(PlatformSettings platform, string json, bool isSealed = true)
    {
        var (settings, problems) = Bind(json, isSealed);
        var kind = RecordDeclaration.For(typeof(PostgresSettings)).Kinds.Single(kind => json.Contains($"\"{kind.Key}\":"));
        return [.. problems.DefaultIfEmpty().SelectMany(problem => problem is null ? ((IChecked)settings!).Check(platform, At[kind.Key]) : [problem])
            .Select(problem => $"{(problem.IsWarning ? "warning: " : "")}{problem}")];
    }
}
