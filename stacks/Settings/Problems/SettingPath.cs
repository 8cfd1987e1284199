using System.Text.Json;

namespace Stacks.Settings.Problems;

/// <summary>Where a setting stands in the stack file, written as an operator would say it: <c>platform:redis.inCluster.persistence.size</c>.</summary>
public readonly record struct SettingPath(string Text)
{
    /// <summary>The project name in Pulumi.yaml, which is the namespace of every key.</summary>
    public const string Namespace = "platform";

    /// <summary>The child named by a property or by its key in the file; both spell <c>connectUrl</c>.</summary>
    public SettingPath this[string name] => new($"{Text}.{KeyOf(name)}");

    public SettingPath this[int index] => new($"{Text}[{index}]");

    /// <summary>The last part, as it is written in the file.</summary>
    public string Key => Text[(Text.LastIndexOfAny([':', '.']) + 1)..];

    public static SettingPath Top(string key) => new($"{Namespace}:{KeyOf(key)}");

    public static string KeyOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>An entry of a map, whose key is the operator's own word and keeps its spelling.</summary>
    public SettingPath Entry(string key) => new($"{Text}.{key}");

    public override string ToString() => Text;
}
