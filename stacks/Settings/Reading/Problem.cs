using System.Text.Json;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

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

    /// <summary>A key of another namespace: a near miss of the platform's is an error, since its author takes it for a setting.</summary>
    public static SettingsProblem ForeignKey(string key)
    {
        var (space, name) = key.IndexOf(':') is >= 0 and var colon ? (key[..colon], key[(colon + 1)..]) : ("", key);
        return NearestKey.To(space, [SettingPath.Namespace]) is null
            ? SettingsProblem.Warning(
                SettingPath.Of(key), "is read by nothing: this program takes its settings from platform: alone, and its providers from those",
                $"keys that begin with {SettingPath.Namespace}:", Fix(space, key))
            : new(SettingPath.Of(key), "has a misspelt namespace, so that nothing reads it", $"keys that begin with {SettingPath.Namespace}:",
                $"did you mean {SettingPath.Namespace}:{name}?");

        static string Fix(string space, string key) => space is "aws" or "gcp"
            ? $"remove {key}; {SettingPath.Top(space)} says where this stack makes things"
            : $"remove {key}";
    }

    /// <summary>A secret that the stack file holds and no setting asks for.</summary>
    public static SettingsProblem UnreadSecret(string key) => SettingsProblem.Warning(
        SettingPath.Top(key), "is read by nothing in this stack", "secrets that a setting reads",
        $"pulumi config rm {SettingPath.Top(key)}, or describe what reads it: docs/configuration.md, Secrets", SettingsProblem.Hidden);

    public static SettingsProblem Missing(SettingDeclaration setting, SettingPath at) =>
        new(at, "is missing", Allowed(setting, setting.Shape), $"add {setting.Line}");

    public static SettingsProblem MissingSecret(SettingDeclaration setting, SettingPath at) => new(at, "is missing", setting.Setting.Meaning, SetSecret(at));

    public static SettingsProblem PlainSecret(SettingPath at) =>
        new(at, "is a secret, and the stack file holds it as plain text", "an encrypted value", SetSecret(at), SettingsProblem.Hidden);

    public static SettingsProblem WrongSecret(SettingPath at, SecretComplaint complaint) => new(
        at, complaint.What, complaint.Allowed, $"pulumi config set --secret {at.Text} {complaint.Placeholder}", SettingsProblem.Hidden);

    public static SettingsProblem SecretConcept(SettingDeclaration concept, IEnumerable<string> secrets)
    {
        var allowed = string.Join(", ", secrets.Select(SettingPath.Top));
        return new(
            SettingPath.Top(concept.Key),
            "holds an encrypted value, and secrets have top-level keys of their own",
            allowed.Length == 0 ? "plain values" : $"plain values here; secrets in {allowed}",
            "replace the encrypted value by a plain one, or move it to a key of its own");
    }

    public static SettingsProblem SecretInside(SettingPath at, SettingDeclaration setting) => new(
        at, "is a secret, and secrets have a top-level key of their own", $"{SettingPath.Top(setting.SecretKey!)}, encrypted",
        $"remove it here; {SetSecret(SettingPath.Top(setting.SecretKey!))}", SettingsProblem.Hidden);

    public static SettingsProblem UnknownSecret(SettingPath at, string key) =>
        new(at, "names a secret that the stack file does not hold", "the name of an encrypted top-level key", SetSecret(SettingPath.Top(key)), key);

    public static SettingsProblem Empty(SettingDeclaration setting, SettingPath at) => new(
        at,
        "has no value",
        Allowed(setting, setting.Shape),
        setting.Shape is { Kind: ShapeKind.Record, Record.Keys.IsEmpty: true }
            ? $"write {setting.Line} to take every default, or remove the key"
            : $"write {setting.Line}, or remove the key");

    public static SettingsProblem WrongType(SettingDeclaration setting, SettingShape shape, JsonElement value, SettingPath at) => new(
        at,
        $"is not {shape.Noun}",
        Allowed(setting, shape),
        shape.Kind switch
        {
            ShapeKind.Record or ShapeKind.Map or ShapeKind.Tree => $"indent the keys of {at.Key} under it",
            ShapeKind.Text when value.ValueKind is JsonValueKind.True or JsonValueKind.False => $"put it in quotes: {at.Key}: \"{Shown(value)}\"",
            ShapeKind.Choice when Nearest(shape, value) is { } nearest => $"did you mean {nearest}?",
            ShapeKind.Boolean => $"write {at.Key}: true or {at.Key}: false",
            _ => $"for example {setting.Line}",
        },
        Shown(value));

    public static SettingsProblem Broken(SettingDeclaration setting, string what, JsonElement value, SettingPath at) =>
        new(
            at, what, setting.Allowed,
            (value.ValueKind == JsonValueKind.String && Shown(value) is not SettingsProblem.Hidden ? setting.Form?.Fix?.Invoke(value.GetString()!) : null)
                ?? $"for example {setting.Key}: {setting.Example}",
            Shown(value));

    public static SettingsProblem BrokenEntry(TextForm form, string name, SettingPath at) => new(
        at, form.Complaint(name), form.Allowed, $"for example {form.Example}");

    public static SettingsProblem NotExactlyOne(IReadOnlyList<string> choices, IReadOnlyList<string> given, SettingPath at) => given.Count == 0
        ? new(at, "does not say which kind it is", $"exactly one of {string.Join(", ", choices)}", $"add {choices[0]}: with its keys under it")
        : new(at, $"gives {string.Join(" and ", given)} together", $"exactly one of {string.Join(", ", choices)}", $"keep one of {string.Join(", ", given)}");

    // Form and rule hold for the items of a list; the list itself may be anything that has such items.
    private static string Allowed(SettingDeclaration setting, SettingShape shape) => shape switch
    {
        { Kind: ShapeKind.Map } when setting.Entry is { } entry => $"{shape.Noun}; each key {entry.Allowed}",
        { Kind: ShapeKind.Record } => shape.Record.Allowed,
        { Item: { } item } when Allowed(setting, item) is var each && each != item.Noun => $"{shape.Noun}; each item {each}",
        _ => setting.Rule?.Allowed ?? setting.Form?.Allowed ?? shape.Noun,
    };

    private static string Shown(JsonElement value)
    {
        const int longest = 120;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length switch
        {
            // Written where no secret belongs, it is one all the same.
            _ when Credentials.AreIn(text) => SettingsProblem.Hidden,
            0 => "\"\"",
            > longest => $"{OneLine(text[..longest])}…",
            _ => OneLine(text),
        };
    }

    // A second line would pass for one of ours, in the log of a CI system for an order to it.
    private static string OneLine(string text) => text.ReplaceLineEndings("\\n");

    private static string SetSecret(SettingPath at) => $"pulumi config set --secret {at.Text} <value>, or ./platform secret <stack> {at.Key}";

    private static string? Nearest(SettingShape shape, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? NearestKey.To(value.GetString()!, shape.Choices) : null;
}

/// <summary>Finds the key an operator most likely meant.</summary>
public static class NearestKey
{
    /// <summary>The closest of <paramref name="known"/> within a third of the word's length in edits, or null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        return known
            .Select(key => (Key: key, Edits: Distance(word, key)))
            .Where(candidate => candidate.Edits <= limit)
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .Select(candidate => candidate.Key)
            .FirstOrDefault();
    }

    // Optimal string alignment: insert, delete, replace and swap of neighbours cost one; case does not count.
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1][];
        for (var row = 0; row <= from.Length; row++)
        {
            rows[row] = new int[to.Length + 1];
            for (var column = 0; column <= to.Length; column++)
            {
                rows[row][column] = (row, column) switch
                {
                    (0, _) => column,
                    (_, 0) => row,
                    _ => Cheapest(row, column),
                };
            }
        }

        return rows[from.Length][to.Length];

        int Cheapest(int row, int column)
        {
            var replace = rows[row - 1][column - 1] + (Same(from[row - 1], to[column - 1]) ? 0 : 1);
            var best = Math.Min(replace, Math.Min(rows[row - 1][column], rows[row][column - 1]) + 1);
            var swapped = row > 1 && column > 1 && Same(from[row - 1], to[column - 2]) && Same(from[row - 2], to[column - 1]);
            return swapped ? Math.Min(best, rows[row - 2][column - 2] + 1) : best;
        }
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
