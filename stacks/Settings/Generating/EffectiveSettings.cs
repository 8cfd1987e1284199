using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Clusters;
using Infra.Iam;
using Stacks.Settings.Declaring;
using Stacks.Settings.Reading;
using Stacks.Settings.Values;

namespace Stacks.Settings.Generating;

/// <summary>The settings in effect, defaults included, secrets hidden.</summary>
public static class EffectiveSettings
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line a setting, in the order of declaration: path, value, and whether it is a default.</summary>
    public static string Text(ReadSettings read)
    {
        var lines = Leaves(read.Settings, SettingsCatalog.Platform, null).ToList();
        var width = lines.Select(line => line.At.Text.Length).Max();
        var text = new StringBuilder();
        foreach (var (at, value) in lines)
        {
            text.Append(at.Text.PadRight(width)).Append("  ").Append(SettingText.Write(value)).Append(read.Given.Contains(at.Text) ? "\n" : "  (default)\n");
        }

        return text.ToString();
    }

    /// <summary>The same values as one JSON object by path; numbers, booleans and lists are what they are in JSON.</summary>
    public static string Json(ReadSettings read)
    {
        var leaves = new JsonObject();
        foreach (var (at, value) in Leaves(read.Settings, SettingsCatalog.Platform, null))
        {
            leaves[at.Text] = new JsonObject { ["value"] = SettingText.Json(value), ["default"] = !read.Given.Contains(at.Text) };
        }

        return leaves.ToJsonString(Indented) + "\n";
    }

    private static IEnumerable<(SettingPath At, object Value)> Leaves(object record, RecordDeclaration declaration, SettingPath? parent) =>
        declaration.Settings.SelectMany(setting =>
        {
            var at = setting.SecretKey is { } key ? SettingPath.Top(key) : parent?[setting.Key] ?? SettingPath.Top(setting.Key);
            return setting.Read(record) is { } value ? Leaves(value, setting.Shape, at) : [];
        });

    private static IEnumerable<(SettingPath At, object Value)> Leaves(object value, SettingShape shape, SettingPath at) => (shape, value) switch
    {
        ({ Kind: ShapeKind.Record }, _) => Empty(Leaves(value, shape.Record, at), at),
        ({ Kind: ShapeKind.List, Item: { Kind: ShapeKind.Record } item }, IEnumerable list) =>
            list.Cast<object>().SelectMany((record, index) => Empty(Leaves(record, item.Record, at[index]), at[index])),
        ({ Kind: ShapeKind.Map, Item: { } item }, IDictionary map) =>
            map.Keys.Cast<string>().SelectMany(key => Leaves(map[key]!, item, at.Entry(key))),
        _ => [(at, value)],
    };

    // A record none of whose keys has a value is still there, and its presence means something.
    private static IEnumerable<(SettingPath At, object Value)> Empty(IEnumerable<(SettingPath At, object Value)> leaves, SettingPath at) =>
        leaves.DefaultIfEmpty((at, ImmutableDictionary<string, string>.Empty));
}

/// <summary>Values as they are written in a stack file.</summary>
internal static class SettingText
{
    public static string Write(object value) => value switch
    {
        string text => text.Length == 0 ? "\"\"" : text,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => GoDuration.Text(duration),
        IamPrincipal principal => principal.Arn,
        EksVersion version => version.Name,
        GkeVersion version => version.Name,
        Enum choice => SettingPath.KeyFor(choice.ToString()),
        SecretSetting => SettingsProblem.Hidden,
        AllowList { All: true } => AllowList.AllKeyword,
        AllowList list => Write(list.Items),
        IDictionary { Count: 0 } => "{}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Write))}]",
        _ => value.ToString()!,
    };

    /// <summary>The same value in JSON.</summary>
    public static JsonNode Json(object value) => value switch
    {
        string text => text,
        bool flag => flag,
        int number => number,
        IDictionary { Count: 0 } => new JsonObject(),
        ValueTree tree => tree.Root,
        AllowList { All: false } list => Json(list.Items.Select(id => $"{id}")),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Json)]),
        _ => Write(value),
    };
}
