using System.Collections;
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
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Of))}]",
        _ => value.ToString()!,
    };
}
