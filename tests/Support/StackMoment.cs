using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Tests.Support;

/// <summary>The two moments of a stack file that is deployed before the Platform is: as it stands in the repository, and with the Platform installed.</summary>
internal static class StackMoment
{
    private const string Suffix = "#installed";
    private const string Studios = "platform:studios";

    /// <summary>The paths, and once more with a mark each that says <c>state: absent</c>.</summary>
    public static IEnumerable<string> Both(IEnumerable<string> paths) =>
        paths.SelectMany(path => IsEarly(path) ? new[] { path, Installed(path) } : [path]);

    /// <summary>Marks the path of a stack file for the moment at which the Platform is installed.</summary>
    public static string Installed(string path) => path + Suffix;

    /// <summary>Whether the file says that there is no Platform yet.</summary>
    public static bool IsEarly(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).Contains("state: absent", StringComparison.Ordinal);

    /// <summary>The file of a path, and its configuration as the path's moment has it.</summary>
    public static (string File, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> At) Of(string path) =>
        path.EndsWith(Suffix, StringComparison.Ordinal) ? (path[..^Suffix.Length], AsInstalled) : (path, config => config);

    /// <summary>The configuration with <c>state: installed</c>, where it says absent.</summary>
    public static ImmutableSortedDictionary<string, string> AsInstalled(ImmutableSortedDictionary<string, string> config) =>
        config.TryGetValue(Studios, out var studios) && JsonNode.Parse(studios) is JsonObject { } node && (string?)node["platform"]?["state"] == "absent"
            ? config.SetItem(Studios, With(node).ToJsonString())
            : config;

    private static JsonObject With(JsonObject studios)
    {
        studios["platform"]!["state"] = "installed";
        return studios;
    }
}
