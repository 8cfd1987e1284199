using System.Collections;
using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Values;

namespace Stacks.Settings.Generating;

/// <summary>Values as they are written in a stack file.</summary>
internal static class SettingText
{
    public static string Of(object value) => value switch
    {
        string text => text.Length == 0 ? "\"\"" : text,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => GoDuration.Text(duration),
        Enum choice => SettingPath.KeyOf(choice.ToString()),
        SecretSetting => SettingsProblem.Hidden,
        AllowList { All: true } => AllowList.AllKeyword,
        AllowList list => Of(list.Items),
        IDictionary { Count: 0 } => "{}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Of))}]",
        _ => value.ToString()!,
    };

    /// <summary>The same value in JSON.</summary>
    public static JsonNode Json(object value) => value switch
    {
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        IDictionary { Count: 0 } => new JsonObject(),
        AllowList { All: false } list => Json(list.Items),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Json)]),
        _ => Of(value),
    };
}
