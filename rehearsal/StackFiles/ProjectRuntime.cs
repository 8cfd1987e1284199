namespace Rehearsal.StackFiles;

/// <summary>What <c>Pulumi.yaml</c> says under <c>runtime:</c>, a name or a name with options.</summary>
/// <param name="Name">The language: <c>nodejs</c>, <c>python</c>, <c>go</c>, <c>dotnet</c> and so on; empty without a file.</param>
public sealed record ProjectRuntime(string Name)
{
    public static readonly ProjectRuntime None = new("");

    private YamlFile? _file;
    private YamlMap? _options;

    internal static ProjectRuntime Read(YamlFile file)
    {
        var node = file.Root.Find("runtime");
        if (node is not YamlMap map)
        {
            return new ProjectRuntime((node as YamlScalar)?.Value ?? "");
        }
        var options = map.Find("options");
        return new ProjectRuntime((map.Find("name") as YamlScalar)?.Value ?? "")
        {
            _file = file,
            _options = options is null || YamlFile.IsNull(options) ? null
                : options as YamlMap ?? throw file.At(options, "`runtime.options` has to hold `key: value` lines."),
        };
    }

    /// <summary>The text of an option; null when it is not given.</summary>
    /// <exception cref="BadInputException">It is no text.</exception>
    public string? Text(string option)
        => _options?.Find(option) switch
        {
            null => null,
            YamlScalar scalar when YamlScalars.ToJson(scalar) is { } json && json.GetValueKind() == System.Text.Json.JsonValueKind.String => scalar.Value,
            var node => throw _file!.At(node, $"`runtime.options.{option}` has to be text."),
        };

    /// <summary>Whether an option is on.</summary>
    /// <exception cref="BadInputException">It is neither true nor false.</exception>
    public bool Flag(string option, bool otherwise)
        => _options?.Find(option) switch
        {
            null => otherwise,
            YamlScalar scalar when YamlScalars.ToJson(scalar)?.GetValueKind() is System.Text.Json.JsonValueKind.True => true,
            YamlScalar scalar when YamlScalars.ToJson(scalar)?.GetValueKind() is System.Text.Json.JsonValueKind.False => false,
            var node => throw _file!.At(node, $"`runtime.options.{option}` has to be true or false."),
        };

    /// <summary>One of several words; the first when it is not given.</summary>
    /// <exception cref="BadInputException">It is another one.</exception>
    public string Choice(string option, params string[] allowed)
        => Text(option) is not { } given ? allowed[0]
            : allowed.Contains(given, StringComparer.Ordinal) ? given
            : throw _file!.At(_options!.Find(option)!, $"`runtime.options.{option}` is '{given}'.", $"Allowed are {string.Join(", ", allowed)}.");

    public bool Equals(ProjectRuntime? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
