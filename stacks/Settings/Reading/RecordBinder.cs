using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Infra.Charts;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Reading;

/// <summary>What one reading of a stack's configuration has found so far.</summary>
internal sealed class Findings
{
    public List<SettingsProblem> Problems { get; } = [];

    /// <summary>Paths that the file sets.</summary>
    public HashSet<string> Given { get; } = [];

    /// <summary>Top-level keys of the secrets that some setting stands for or refers to.</summary>
    public HashSet<string> SecretKeys { get; } = [];

    public void Add(SettingsProblem problem) => Problems.Add(problem);

    public void AddRange(IEnumerable<SettingsProblem> problems) => Problems.AddRange(problems);
}

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
        var before = findings.Problems.Count;
        var value = (shape.Kind, element.ValueKind) switch
        {
            (ShapeKind.Record, JsonValueKind.Object) => BindRecord(shape.Record, element, at),
            (ShapeKind.List, JsonValueKind.Array) => Collections.List(shape.Item!.Type, Items(setting, shape.Item, element, at)),
            (ShapeKind.Map, JsonValueKind.Object) => Collections.Map(shape.Item!.Type, Entries(setting, shape.Item, element, at)),
            (ShapeKind.Tree, JsonValueKind.Object) => ValueTree.Of(element),
            (ShapeKind.AllowList, JsonValueKind.Array) => new AllowList(false, [.. Items(setting, shape.Item!, element, at).Cast<long>()]),
            (ShapeKind.AllowList, JsonValueKind.String) when element.ValueEquals(AllowList.AllKeyword) => AllowList.Everyone,
            (ShapeKind.Secret, JsonValueKind.String) => Reference(element.GetString()!, at),
            (ShapeKind.Text, JsonValueKind.String) => Text(setting, element.GetString()!, element, at),
            (ShapeKind.Text, JsonValueKind.Number) => Text(setting, element.GetRawText(), element, at),
            _ => Scalars.Parse(shape, element),
        };

        if (value is null && findings.Problems.Count == before)
        {
            findings.Add(Problem.WrongType(setting, shape, element, at));
        }
        else if (value is not null && shape.Kind is ShapeKind.Text or ShapeKind.WholeNumber && setting.Rule?.Violation(value) is { } what)
        {
            findings.Add(Problem.Broken(setting, what, element, at));
        }

        return value;
    }

    private object? Text(SettingDeclaration setting, string text, JsonElement element, SettingPath at)
    {
        if (setting.Form is not { } form)
        {
            return text;
        }

        var value = form.Parse(text);
        if (value is null)
        {
            findings.Add(Problem.Broken(setting, form.Complaint(text), element, at));
        }

        return value;
    }

    private object? BindRecord(RecordDeclaration declaration, JsonElement element, SettingPath at)
    {
        var record = declaration.Kinds.IsEmpty ? declaration.Create() : BindKind(declaration, element, at);
        foreach (var setting in declaration.Settings.Where(setting => setting.Kind is null))
        {
            var value = setting.SecretKey is null ? BindKey(setting, element, at) : BindSecret(setting, element, at);
            if (record is not null && value is not null)
            {
                setting.Write(record, value);
            }
        }

        List<string> keys = [];
        foreach (var property in element.EnumerateObject())
        {
            keys.Add(property.Name);
        }

        foreach (var key in keys.Except(declaration.Settings.Select(setting => setting.Key)))
        {
            findings.Add(Problem.UnknownKey(at.Entry(key), declaration.Settings.Where(setting => setting.SecretKey is null).Select(setting => setting.Key)));
        }

        return record;
    }

    // The record of the one kind that is given. Without one, or with several, the problems of the kinds are told all the same.
    private object? BindKind(RecordDeclaration declaration, JsonElement given, SettingPath at)
    {
        var kinds = declaration.Kinds.Where(kind => given.TryGetProperty(kind.Key, out _)).ToList();
        var records = kinds.Select(kind => Bind(kind, given.GetProperty(kind.Key), at[kind.Key]) is { } value ? kind.Chosen(value) : null).ToList();
        if (kinds.Count == 1)
        {
            return records[0];
        }

        findings.Add(Problem.NotExactlyOne(declaration.KindKeys, [.. kinds.Select(kind => kind.Key)], at));
        return null;
    }

    private object? BindKey(SettingDeclaration setting, JsonElement given, SettingPath at)
    {
        if (given.TryGetProperty(setting.Key, out var element))
        {
            return Bind(setting, element, at[setting.Key]);
        }

        if (setting.IsRequired)
        {
            findings.Add(Problem.Missing(setting, at[setting.Key]));
        }

        return null;
    }

    private SecretSetting? BindSecret(SettingDeclaration setting, JsonElement given, SettingPath at)
    {
        var key = setting.SecretKey!;
        var top = SettingPath.Top(key);
        findings.SecretKeys.Add(key);
        if (given.TryGetProperty(setting.Key, out _))
        {
            findings.Add(Problem.SecretInside(at[setting.Key], setting));
            return null;
        }

        if (!raw.Values.ContainsKey(key))
        {
            if (setting.IsRequired)
            {
                findings.Add(Problem.MissingSecret(setting, top));
            }

            return null;
        }

        findings.Given.Add(top.Text);
        return Present(key, setting.SecretText);
    }

    private SecretSetting Reference(string key, SettingPath at)
    {
        findings.SecretKeys.Add(key);
        if (!raw.Values.ContainsKey(key))
        {
            findings.Add(Problem.UnknownSecret(at, key));
            return new SecretSetting(key);
        }

        return Present(key, SecretText.Anything);
    }

    private SecretSetting Present(string key, SecretText kind)
    {
        if (!raw.SecretKeys.Contains(key))
        {
            findings.Add(Problem.PlainSecret(SettingPath.Top(key)));
        }
        else if (raw.Values[key] is var text && text != SettingsReader.Unknown && SecretTexts.Complaint(kind, text) is { } complaint)
        {
            findings.Add(Problem.WrongSecret(SettingPath.Top(key), complaint));
        }

        return new SecretSetting(key);
    }

    private List<object> Items(SettingDeclaration setting, SettingShape item, JsonElement array, SettingPath at)
    {
        List<object> items = [];
        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (Bind(setting, item, element, at[index++]) is { } value)
            {
                items.Add(value);
            }
        }

        return items;
    }

    private List<KeyValuePair<string, object>> Entries(SettingDeclaration setting, SettingShape item, JsonElement map, SettingPath at)
    {
        var entries = new List<KeyValuePair<string, object>>();
        foreach (var property in map.EnumerateObject())
        {
            var here = at.Entry(property.Name);
            if (setting.Entry is { } form && form.Parse(property.Name) is null)
            {
                findings.Add(Problem.BrokenEntry(form, property.Name, here));
            }

            if (Bind(setting, item, property.Value, here) is { } value)
            {
                findings.Given.Add(here.Text);
                entries.Add(new(property.Name, value));
            }
        }

        return entries;
    }
}

/// <summary>
/// Single values that are no text. Pulumi passes numbers and booleans as JSON or as their text, depending on how they were set: both are taken.
/// </summary>
file static class Scalars
{
    /// <summary>The value, or null if it is of another type.</summary>
    public static object? Parse(SettingShape shape, JsonElement element) => (shape.Kind, element.ValueKind) switch
    {
        (ShapeKind.WholeNumber, JsonValueKind.Number) => Whole(element.GetRawText()),
        (ShapeKind.WholeNumber, JsonValueKind.String) => Whole(element.GetString()!),
        (ShapeKind.Boolean, JsonValueKind.True) => true,
        (ShapeKind.Boolean, JsonValueKind.False) => false,
        (ShapeKind.Boolean, JsonValueKind.String) when element.ValueEquals("true") => true,
        (ShapeKind.Boolean, JsonValueKind.String) when element.ValueEquals("false") => false,
        (ShapeKind.Choice, JsonValueKind.String) => Choice(shape.Type, element.GetString()!),
        _ => null,
    };

    private static int? Whole(string text) => int.TryParse(text, out var number) ? number : null;

    private static object? Choice(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => SettingPath.KeyFor(name) == text) is { } name ? Enum.Parse(type, name) : null;
}

/// <summary>Typed immutable collections of items whose type is known only when the program runs.</summary>
file static class Collections
{
    public static object List(Type item, IEnumerable<object> values) => Call(nameof(ToArray), item, values);

    public static object Map(Type item, IEnumerable<KeyValuePair<string, object>> entries) => Call(nameof(ToDictionary), item, entries);

    private static ImmutableArray<T> ToArray<T>(IEnumerable<object> values) => [.. values.Cast<T>()];

    private static ImmutableSortedDictionary<string, T> ToDictionary<T>(IEnumerable<KeyValuePair<string, object>> entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => (T)entry.Value, StringComparer.Ordinal);

    private static object Call(string method, Type item, object argument) =>
        typeof(Collections).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [argument])!;
}
