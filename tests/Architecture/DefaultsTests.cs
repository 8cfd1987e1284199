using System.Reflection;
using System.Text.RegularExpressions;
using Infra.Clusters;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a default stands once, in infra/ beside what uses it; a setting refers to it and never repeats it.
public sealed partial class DefaultsTests
{
    // Every default that infra/ names: constants and static fields called Default, Default…, Official… or Any….
    private static readonly ILookup<string, string> Named = Members(typeof(ICluster).Assembly)
        .ToLookup(entry => entry.Value, entry => entry.Name, StringComparer.Ordinal);

    // What a stack file means by these is its own: the same number somewhere in infra/ is another thing.
    private static readonly string[] Own = ["true", "false", "1", "2", "80", "/"];

    [Fact]
    public void InfraNamesItsDefaults() => Named["cache.t4g.small"].ShouldBe(["ElastiCacheRedisArgs.DefaultNodeType"]);

    [Fact]
    public void NoSetting_RepeatsADefaultOfInfra() =>
        Initializers()
            .Where(setting => setting.IsLiteral && !Own.Contains(setting.Value) && Named[setting.Value].Any())
            .Select(setting => $"{setting.Name} repeats {string.Join(" or ", Named[setting.Value])}, {setting.Value}: refer to it.")
            .ShouldBeEmpty();

    // Each args class that the wiring fills from a settings record of the same key must not be told the literal again: numbers are compared key by key.
    [Fact]
    public void NoSetting_RepeatsANumberThatInfraNamesByTheSameWord()
    {
        var infra = Members(typeof(ICluster).Assembly)
            .Where(entry => entry.Name.Contains(".Default", StringComparison.Ordinal))
            .Select(entry => (Word: entry.Name[(entry.Name.IndexOf(".Default", StringComparison.Ordinal) + ".Default".Length)..], entry.Value, entry.Name))
            .ToList();

        Initializers()
            .Where(setting => setting.IsLiteral)
            .SelectMany(setting =>
                infra
                    .Where(entry => entry.Value == setting.Value && setting.Name.EndsWith($".{entry.Word}", StringComparison.Ordinal))
                    .Select(entry => $"{setting.Name} repeats {entry.Name}"))
            .ShouldBeEmpty();
    }

    // The settings with a default, each as it is declared: `public int Nodes { get; init; } = ElastiCacheRedisArgs.DefaultNodes;` is no literal.
    private static IEnumerable<(string Name, string Value, bool IsLiteral)> Initializers()
    {
        var settings = typeof(PlatformSettings).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PlatformSettings).Namespace && !type.IsAbstract)
            .SelectMany(type =>
                RecordDeclaration
                    .For(type)
                    .Settings.Where(setting => setting.Kind is null)
                    .Select(setting => (Record: RecordDeclaration.For(type), Setting: setting)))
            .Where(entry => entry.Record.DefaultOf(entry.Setting) is not null)
            .ToDictionary(
                entry => $"{entry.Record.Type.Name}.{entry.Setting.Key}",
                entry => SettingText.Write(entry.Record.DefaultOf(entry.Setting)!),
                StringComparer.OrdinalIgnoreCase);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "stacks", "Settings"), "*.cs"))
        {
            var record = "";
            foreach (var line in File.ReadLines(file))
            {
                record = Record().Match(line) is { Success: true } declared ? declared.Groups["name"].Value : record;
                if (Property().Match(line) is { Success: true } property && settings.TryGetValue($"{record}.{property.Groups["name"].Value}", out var value))
                {
                    yield return ($"{record}.{property.Groups["name"].Value}", value, Literal().IsMatch(property.Groups["initializer"].Value));
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Members(Assembly assembly) =>
        from type in assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where
            (field.Name.StartsWith("Default", StringComparison.Ordinal) && field.Name.Length > "Default".Length)
            || field.Name.StartsWith("Official", StringComparison.Ordinal)
        let value = field.IsLiteral
            ? field.FieldType.IsEnum
                ? Enum.ToObject(field.FieldType, field.GetRawConstantValue()!)
                : field.GetRawConstantValue()
            : field.GetValue(null)
        where value is not null
        select ($"{type.Name}.{field.Name}", SettingText.Write(value));

    [GeneratedRegex(@"^public (sealed |abstract |partial )*record (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex(@"^    public (override )?[\w<>?., ]+ (?<name>\w+) \{ get; init; \} = (?<initializer>.*);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();

    // A number, a text, a switch, a value parsed from a text or taken from an enumeration: nothing that names a default.
    [GeneratedRegex(@"^(-?[0-9_]+|"".*""|true|false|\w+\.Parse\("".*""\)|TimeSpan\.From\w+\([0-9]+\)|\["".*""\])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
