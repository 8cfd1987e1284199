using System.Collections.Immutable;
using System.Text.Json;
using Infra.Clusters;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Reading;

/// <summary>Turns the raw configuration of a stack into settings, or into every problem with it. Pure.</summary>
public sealed class SettingsValidation
{
    private static readonly RecordDeclaration Platform = RecordDeclaration.For(typeof(PlatformSettings));

    private readonly RawSettings _raw;
    private readonly Findings _findings = new();
    private readonly List<Need> _needs = [];
    private readonly RecordBinder _binder;

    private readonly DateOnly _today;

    private SettingsValidation(RawSettings raw, DateOnly today)
    {
        _raw = raw;
        _today = today;
        _binder = new RecordBinder(raw, _findings);
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="raw">The configuration.</param>
    /// <param name="today">The day for which warnings about dates are given; null for the day of this program's tables.</param>
    public static ReadSettings Read(RawSettings raw, DateOnly? today = null) => new SettingsValidation(raw, today ?? EksVersion.AsOf).Read();

    private ReadSettings Read()
    {
        var settings = new PlatformSettings();
        foreach (var setting in Platform.Settings.Where(setting => _raw.Values.ContainsKey(setting.Key)))
        {
            if (_raw.SecretKeys.Contains(setting.Key))
            {
                // Its values stay unread: which of them may be shown cannot be told.
                _findings.Add(Problem.SecretConcept(setting, SecretsOf(setting)));
                continue;
            }

            NoteNeeds(setting.Shape, SettingPath.Top(setting.Key));
            var before = _findings.Problems.Count;
            var value = Bind(setting, _raw.Values[setting.Key]);
            if (value is not null && _findings.Problems.Count == before)
            {
                setting.Write(settings, value);
            }
        }

        CheckNames();
        var malformed = Distinct(_findings.Problems);
        foreach (var setting in Platform.Settings)
        {
            if (setting.Shape.Kind == ShapeKind.Record && setting.Read(settings) is { } concept)
            {
                Check(concept, setting.Shape, settings, SettingPath.Top(setting.Key));
            }
        }

        CheckNeeds();
        _findings.AddRange(CrossRules.Check(settings, _today));
        if (_findings.Problems.All(problem => problem.IsWarning))
        {
            // A malformed concept reads nothing, and says so itself.
            _findings.AddRange(UnreadSettings.Check(settings));
            _findings.AddRange(StudiosWarnings.Check(settings));
        }

        return new ReadSettings(settings, Distinct(_findings.Problems.Where(problem => !problem.IsWarning)), [.. _findings.Given])
        {
            Warnings = Distinct(_findings.Problems.Where(problem => problem.IsWarning)),
            Malformed = [.. malformed.Where(problem => !problem.IsWarning)],
        };
    }

    private static ImmutableArray<SettingsProblem> Distinct(IEnumerable<SettingsProblem> problems) => [.. problems.Distinct()];

    private object? Bind(SettingDeclaration setting, string text)
    {
        var at = SettingPath.Top(setting.Key);
        if (setting.Shape.Kind is not (ShapeKind.Record or ShapeKind.List or ShapeKind.Map))
        {
            return _binder.Bind(setting, Quoted(text), at);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return _binder.Bind(setting, document.RootElement, at);
        }
        catch (JsonException)
        {
            return _binder.Bind(setting, Quoted(text), at);
        }
    }

    private static JsonElement Quoted(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    private void CheckNames()
    {
        _findings.AddRange(_raw.ForeignKeys.Select(Problem.ForeignKey));
        var unread = _raw.Values.Keys.Except(Platform.Settings.Select(setting => setting.Key)).Except(_findings.SecretKeys).ToImmutableArray();
        if (unread.IsEmpty)
        {
            return;
        }

        var secrets = Platform.Settings.SelectMany(SecretsOf).ToImmutableArray();
        foreach (var key in unread.Except(secrets))
        {
            _findings.Add(Problem.UnknownKey(SettingPath.Top(key), [.. Platform.Settings.Select(setting => setting.Key), .. secrets]));
        }

        foreach (var key in unread.Intersect(secrets))
        {
            _findings.Add(_raw.SecretKeys.Contains(key) ? Problem.UnreadSecret(key) : Problem.PlainSecret(SettingPath.Top(key)));
        }
    }

    private void NoteNeeds(SettingShape shape, SettingPath at)
    {
        if (shape.Kind == ShapeKind.Record)
        {
            var record = shape.Record;
            var needs = record.Instead is { } other && _raw.Values.ContainsKey(other) ? record.Needs[..^1] : record.Needs;
            _needs.AddRange(needs.Where(needed => !_raw.Values.ContainsKey(needed)).Select(needed => new Need(needed, at)));
        }
    }

    private void CheckNeeds()
    {
        foreach (var need in _needs.Distinct().GroupBy(need => need.Needed, need => need.By.Text))
        {
            var needing = string.Join(" and ", need);
            _findings.Add(new SettingsProblem(
                SettingPath.Top(need.Key),
                $"is missing, and {needing} {(need.Count() == 1 ? "needs" : "need")} it",
                Platform.Settings.Single(setting => setting.Key == need.Key).Allowed,
                $"describe platform:{need.Key} in the stack file, or remove {needing}"));
        }
    }

    private void Check(object value, SettingShape shape, PlatformSettings settings, SettingPath at)
    {
        NoteNeeds(shape, at);
        if (value is IChecked rules && shape.Record.Kinds.IsEmpty)
        {
            // A malformed concept looks absent to the rules of others; its own problems are enough.
            _findings.AddRange(rules.Check(settings, at).Where(problem => !Platform.Settings.Any(setting =>
                problem.Path == SettingPath.Top(setting.Key) && _raw.Values.ContainsKey(setting.Key) && problem.Path != at)));
        }

        if (value is IChecksSecrets guarded && shape.Record.Kinds.IsEmpty)
        {
            _findings.AddRange(guarded.CheckSecrets(Opened, _today));
        }

        foreach (var setting in shape.Record.Settings)
        {
            foreach (var part in Records(setting, value, at))
            {
                Check(part.Record, part.Shape, settings, part.At);
            }
        }
    }

    // Nobody but its own rule reads a secret here, and only what could be opened.
    private string? Opened(SecretSetting secret) =>
        _raw.Values.TryGetValue(secret.Key, out var text) && text != SettingsReader.Unknown ? text : null;

    private static IEnumerable<Part> Records(SettingDeclaration setting, object owner, SettingPath at)
    {
        var here = at[setting.Key];
        return (setting.Shape, setting.Read(owner)) switch
        {
            (_, null) => [],
            ({ Kind: ShapeKind.Record }, var record) => [new(record, setting.Shape, here)],
            ({ Kind: ShapeKind.List, Item: { Kind: ShapeKind.Record } item }, System.Collections.IEnumerable list) =>
                list.Cast<object>().Select((record, index) => new Part(record, item, here[index])),
            ({ Kind: ShapeKind.Map, Item: { Kind: ShapeKind.Record } item }, System.Collections.IDictionary map) =>
                map.Keys.Cast<string>().Select(key => new Part(map[key]!, item, here.Entry(key))),
            _ => [],
        };
    }

    private static IEnumerable<string> SecretsOf(SettingDeclaration setting) => setting switch
    {
        { SecretKey: { } key } => [key],
        { Shape.Kind: ShapeKind.Record } => setting.Shape.Record.Settings.SelectMany(SecretsOf),
        { Shape.Item: { Kind: ShapeKind.Record } item } => item.Record.Settings.SelectMany(SecretsOf),
        _ => [],
    };

    /// <summary>A concept that another one cannot do without.</summary>
    private sealed record Need(string Needed, SettingPath By);

    /// <summary>A record inside another one.</summary>
    private sealed record Part(object Record, SettingShape Shape, SettingPath At);
}
