using System.Text.Json;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Reading;

/// <summary>The wording of the problems that every concept can have.</summary>
internal static class Problem
{
    public static SettingsProblem UnknownKey(SettingPath at, IEnumerable<string> known)
    {
        var keys = known.Distinct().Order(StringComparer.Ordinal).ToList();
        var fix = NearestKey.To(at.Key, keys) is { } nearest ? $"did you mean {nearest}?" : "remove the key";
        return new SettingsProblem(at, "is not a key of this platform", string.Join(", ", keys), fix);
    }

    public static SettingsProblem Missing(SettingDeclaration setting, SettingPath at) =>
        new(at, "is missing", setting.Allowed, $"add {setting.Line()}");

    public static SettingsProblem MissingSecret(SettingDeclaration setting, SettingPath at) =>
        new(at, "is missing", setting.Setting.Meaning, SetSecret(at));

    public static SettingsProblem PlainSecret(SettingPath at) =>
        new(at, "is a secret, and the stack file holds it as plain text", "an encrypted value", SetSecret(at), SettingsProblem.Hidden);

    public static SettingsProblem SecretInside(SettingPath at, SettingDeclaration setting) => new(
        at,
        "is a secret, and secrets have a top-level key of their own",
        $"{SettingPath.Top(setting.SecretKey!)}, encrypted",
        $"remove it here; {SetSecret(SettingPath.Top(setting.SecretKey!))}",
        SettingsProblem.Hidden);

    public static SettingsProblem UnknownSecret(SettingPath at, string key) =>
        new(at, "names a secret that the stack file does not hold", "the name of an encrypted top-level key", SetSecret(SettingPath.Top(key)), key);

    public static SettingsProblem Empty(SettingDeclaration setting, SettingPath at) => new(
        at,
        "has no value",
        setting.Allowed,
        setting.Shape.Kind is ShapeKind.Record or ShapeKind.Map
            ? $"write {at.Key}: {{}} to take every default, or remove the key"
            : $"write {setting.Line()}, or remove the key");

    public static SettingsProblem WrongType(SettingDeclaration setting, SettingShape shape, JsonElement value, SettingPath at, bool hidden) => new(
        at,
        $"is not {shape.Noun}",
        setting.Allowed,
        shape.Kind switch
        {
            ShapeKind.Record or ShapeKind.Map => $"indent the keys of {at.Key} under it",
            ShapeKind.Text when value.ValueKind is JsonValueKind.True or JsonValueKind.False => $"put it in quotes: {at.Key}: \"{Shown(value, false)}\"",
            ShapeKind.Choice when Nearest(shape, value) is { } nearest => $"did you mean {nearest}?",
            ShapeKind.Boolean => $"write {at.Key}: true or {at.Key}: false",
            _ => $"for example {setting.Line()}",
        },
        Shown(value, hidden));

    public static SettingsProblem Broken(SettingDeclaration setting, string what, RuleAttribute rule, JsonElement value, SettingPath at, bool hidden) =>
        new(at, what, rule.Allowed, $"for example {setting.Line(Example(setting, rule))}", Shown(value, hidden));

    public static SettingsProblem BrokenEntry(string what, EntryRuleAttribute rule, SettingPath at) =>
        new(at, $"{what}, which the names of these entries must be", rule.Allowed, $"for example {rule.Example}");

    public static SettingsProblem NotExactlyOne(IReadOnlyList<string> choices, IReadOnlyList<string> given, SettingPath at) => given.Count == 0
        ? new(at, "does not say which kind it is", $"exactly one of {string.Join(", ", choices)}", $"add {choices[0]}: with its keys under it")
        : new(at, $"gives {string.Join(" and ", given)} together", $"exactly one of {string.Join(", ", choices)}", $"keep one of {string.Join(", ", given)}");

    public static string Shown(JsonElement value, bool hidden)
    {
        const int longest = 120;
        if (hidden)
        {
            return SettingsProblem.Hidden;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= longest ? text : $"{text[..longest]}…";
    }

    // The first rule's example is the setting's; a later rule that is broken shows its own.
    private static string? Example(SettingDeclaration setting, RuleAttribute rule) => setting.Setting.Example is null && rule != setting.Rules[0] ? rule.Example : null;

    private static string SetSecret(SettingPath at) => $"pulumi config set --secret {at.Text} <value>, or ./platform secret <stack> {at.Key}";

    private static string? Nearest(SettingShape shape, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? NearestKey.To(value.GetString()!, shape.Choices) : null;
}
