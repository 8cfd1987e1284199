using System.Text.Json;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Reading;

/// <summary>Fills settings records from JSON and notes everything that does not fit their declaration.</summary>
internal sealed class RecordBinder(RawSettings raw, Findings findings)
{
    /// <summary>The value of a setting, or null after a problem was noted.</summary>
    public object? Bind(SettingDeclaration setting, JsonElement element, SettingPath at)
    {
        findings.Given.Add(at.Text);
        if (element.ValueKind == JsonValueKind.Null)
        {
            findings.Add(Problem.Empty(setting, at));
            return null;
        }

        return Bind(setting, setting.Shape, element, at);
    }

    private object? Bind(SettingDeclaration setting, SettingShape shape, JsonElement element, SettingPath at)
    {
        var value = (shape.Kind, element.ValueKind) switch
        {
            (ShapeKind.Record, JsonValueKind.Object) => BindRecord(shape.Record, element, at),
            (ShapeKind.List, JsonValueKind.Array) => Collections.List(shape.Item!.Type, Items(setting, shape.Item, element, at)),
            (ShapeKind.Map, JsonValueKind.Object) => Collections.Map(shape.Item!.Type, Entries(setting, shape.Item, element, at)),
            (ShapeKind.AllowList, JsonValueKind.Array) => new AllowList(false, [.. Items(setting, shape.Item!, element, at).Cast<string>()]),
            (ShapeKind.AllowList, JsonValueKind.String) when element.ValueEquals(AllowList.AllKeyword) => AllowList.Everyone,
            (ShapeKind.Secret, JsonValueKind.String) => Reference(element.GetString()!, at),
            (ShapeKind.Record or ShapeKind.List or ShapeKind.Map or ShapeKind.AllowList or ShapeKind.Secret, _) => null,
            _ => Scalars.Parse(shape, element),
        };

        if (value is null)
        {
            findings.Add(Problem.WrongType(setting, shape, element, at));
        }
        else if (shape.Kind is ShapeKind.Text or ShapeKind.WholeNumber)
        {
            CheckRules(setting, value, element, at);
        }

        return value;
    }

    private object BindRecord(RecordDeclaration declaration, JsonElement element, SettingPath at)
    {
        var record = declaration.Create();
        var given = new Dictionary<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
        {
            given[property.Name] = property.Value;
        }

        foreach (var setting in declaration.Settings)
        {
            var value = setting.SecretKey is null ? BindKey(setting, given, at) : BindSecret(setting, given, at);
            if (value is not null)
            {
                setting.Write(record, value);
            }
        }

        foreach (var key in given.Keys.Except(declaration.Settings.Select(setting => setting.Key)))
        {
            findings.Add(Problem.UnknownKey(at.Entry(key), declaration.Settings.Where(setting => setting.SecretKey is null).Select(setting => setting.Key)));
        }

        CheckChoice(declaration, given, at);
        return record;
    }

    private object? BindKey(SettingDeclaration setting, Dictionary<string, JsonElement> given, SettingPath at)
    {
        if (given.TryGetValue(setting.Key, out var element))
        {
            return Bind(setting, element, at[setting.Key]);
        }

        if (setting.IsRequired)
        {
            findings.Add(Problem.Missing(setting, at[setting.Key]));
        }

        return null;
    }

    private SecretSetting? BindSecret(SettingDeclaration setting, Dictionary<string, JsonElement> given, SettingPath at)
    {
        var key = setting.SecretKey!;
        var top = SettingPath.Top(key);
        findings.SecretKeys.Add(key);
        if (given.ContainsKey(setting.Key))
        {
            findings.Add(Problem.SecretInside(at[setting.Key], setting));
            return null;
        }

        if (!raw.Values.TryGetValue(key, out var text))
        {
            if (setting.IsRequired)
            {
                findings.Add(Problem.MissingSecret(setting, top));
            }

            return null;
        }

        findings.Given.Add(top.Text);
        if (!raw.SecretKeys.Contains(key))
        {
            findings.Add(Problem.PlainSecret(top));
        }

        foreach (var rule in setting.Rules)
        {
            if (rule.Violation(text) is { } what)
            {
                findings.Add(Problem.BrokenSecret(rule, what, top));
            }
        }

        return new SecretSetting(key);
    }

    private SecretSetting Reference(string key, SettingPath at)
    {
        findings.SecretKeys.Add(key);
        if (!raw.Values.ContainsKey(key))
        {
            findings.Add(Problem.UnknownSecret(at, key));
        }
        else if (!raw.SecretKeys.Contains(key))
        {
            findings.Add(Problem.PlainSecret(SettingPath.Top(key)));
        }

        return new SecretSetting(key);
    }

    private List<object> Items(SettingDeclaration setting, SettingShape item, JsonElement array, SettingPath at) =>
    [
        .. array.EnumerateArray().Select((element, index) => Bind(setting, item, element, at[index])).OfType<object>(),
    ];

    private List<KeyValuePair<string, object>> Entries(SettingDeclaration setting, SettingShape item, JsonElement map, SettingPath at)
    {
        var entries = new List<KeyValuePair<string, object>>();
        foreach (var property in map.EnumerateObject())
        {
            var here = at.Entry(property.Name);
            if (setting.EntryRule?.Violation(property.Name) is { } what)
            {
                findings.Add(Problem.BrokenEntry(what, setting.EntryRule, here));
            }

            if (Bind(setting, item, property.Value, here) is { } value)
            {
                findings.Given.Add(here.Text);
                entries.Add(new(property.Name, value));
            }
        }

        return entries;
    }

    private void CheckRules(SettingDeclaration setting, object value, JsonElement element, SettingPath at)
    {
        foreach (var rule in setting.Rules)
        {
            if (rule.Violation(value) is { } what)
            {
                findings.Add(Problem.Broken(setting, what, rule, element, at));
            }
        }
    }

    private void CheckChoice(RecordDeclaration declaration, Dictionary<string, JsonElement> given, SettingPath at)
    {
        if (declaration.ExactlyOne.IsEmpty)
        {
            return;
        }

        var chosen = declaration.ExactlyOne.Where(given.ContainsKey).ToList();
        if (chosen.Count != 1)
        {
            findings.Add(Problem.NotExactlyOne(declaration.ExactlyOne, chosen, at));
        }
    }
}
