using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Infra.Manifests;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.InstalledPlatform;

/// <summary>One value among the inputs of a resource, as text, with the path to it.</summary>
/// <param name="Path">Names joined by dots; an entry of a list by its name, or by its number where it has none.</param>
/// <param name="Value">The value; <c>{}</c> for an object without fields, <c>[]</c> for a list without entries.</param>
public sealed record InputText(string Path, string Value)
{
    /// <summary>What stands for a secret.</summary>
    public const string Hidden = "[secret]";

    // What tells the entries of Kubernetes' lists apart.
    private static readonly string[] EntryNames = ["name", "mountPath", "key"];

    private static readonly ImmutableArray<InputText> Nothing = [];

    /// <summary>Path of what the value is a field of, with the dot behind it.</summary>
    internal string Owner => Path[..(Path.LastIndexOf('.') + 1)];

    /// <summary>Whether the value is the name that tells an entry of a list from others.</summary>
    internal bool NamesItsEntry => Array.Exists(EntryNames, name => Path.EndsWith($"[{Value}].{name}", StringComparison.Ordinal));

    /// <summary>All values that arguments will have, in the order of their paths.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="hideSecrets">
    /// Whether secrets read <see cref="Hidden"/>, and what only a deployment knows a word of its own, so that the rest can be shown; otherwise all is as secret
    /// as they are, and known when all of them are.
    /// </param>
    public static Output<ImmutableArray<InputText>> Of(InputArgs args, bool hideSecrets) =>
        Of("", args, hideSecrets).Apply(fields => fields.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path)));

    private static Output<ImmutableArray<InputText>> Of(string path, object? value, bool hideSecrets) => value switch
    {
        null => Output.Create(Nothing),
        string text => Leaf(path, text),
        bool flag => Leaf(path, flag ? "true" : "false"),
        JsonElement json => Leaf(path, json.GetRawText()),
        IFormattable number => Leaf(path, number.ToString(null, CultureInfo.InvariantCulture)),
        InputArgs args => Join(path, "{}", Members(args).Select(member => Of(Below(path, member.Name), member.Value, hideSecrets))),
        // Before lists and maps: those of inputs refuse to be enumerated.
        _ when Lifted(path, value, hideSecrets) is { } lifted => lifted,
        IDictionary map => Join(path, "{}", map.Keys.Cast<string>().Select(key => Of(Entry(path, key), map[key], hideSecrets))),
        IEnumerable list => Entries(path, [.. list.Cast<object?>()], hideSecrets),
        _ => throw new ArgumentException($"An input '{path}' of the type {value.GetType()} cannot be written as text.", nameof(value)),
    };

    private static Output<ImmutableArray<InputText>> Leaf(string path, string text) => Output.Create(ImmutableArray.Create(new InputText(path, text)));

    private static Output<ImmutableArray<InputText>> Join(string path, string empty, IEnumerable<Output<ImmutableArray<InputText>>> parts) =>
        Output.All(parts).Apply(all => all.SelectMany(part => part).ToImmutableArray() is { IsEmpty: false } fields ? fields : [new(path, empty)]);

    // Their paths start below the entry, since what names an entry is known only with its fields.
    private static Output<ImmutableArray<InputText>> Entries(string path, ImmutableArray<object?> list, bool hideSecrets) => list.IsEmpty
        ? Leaf(path, "[]")
        : Output.All(list.Select(entry => Of("", entry, hideSecrets))).Apply(entries => entries.SelectMany((fields, index) =>
        {
            var name = EntryNames.Select(key => fields.FirstOrDefault(field => field.Path == key)?.Value).FirstOrDefault(text => text is not null);
            var at = Entry(path, name ?? index.ToString(CultureInfo.InvariantCulture));
            return fields.Select(field => new InputText(Below(at, field.Path), field.Value));
        }).ToImmutableArray());

    // Input<T>, Output<T> and Union<T0, T1> have no common base that is public: each is opened by its type argument.
    private static Output<ImmutableArray<InputText>>? Lifted(string path, object value, bool hideSecrets)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && Opener(type.GetGenericTypeDefinition()) is { } opener)
            {
                return (Output<ImmutableArray<InputText>>)typeof(InputText).GetMethod(opener, BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [path, value, hideSecrets])!;
            }
        }

        return null;
    }

    private static string? Opener(Type generic) => generic == typeof(Input<>)
        ? nameof(OfInput)
        : generic == typeof(Output<>) ? nameof(OfOutput) : generic == typeof(Union<,>) ? nameof(OfUnion) : null;

    private static Output<ImmutableArray<InputText>> OfInput<T>(string path, Input<T> input, bool hideSecrets) => OfOutput(path, input.ToOutput(), hideSecrets);

    private static Output<ImmutableArray<InputText>> OfOutput<T>(string path, Output<T> output, bool hideSecrets) => hideSecrets
        ? Output.Tuple(Output.Create(Output.IsSecretAsync(output)), Output.Create(OutputUtilities.GetIsKnownAsync(output))).Apply(marks => marks switch
        {
            (true, _) => Leaf(path, Hidden),
            (false, false) => Leaf(path, Planned.Unknown),
            _ => output.Apply(value => Of(path, value, hideSecrets)),
        })
        : output.Apply(value => Of(path, value, hideSecrets));

    private static Output<ImmutableArray<InputText>> OfUnion<T0, T1>(string path, Union<T0, T1> union, bool hideSecrets) => Of(path, union.Value, hideSecrets);

    private static string Below(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private static string Entry(string path, string name) => $"{path}[{name}]";

    // Like the SDK itself: the fields behind lists and maps carry the mark, whose name it shows to nobody else.
    private static IEnumerable<(string Name, object? Value)> Members(InputArgs args)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var member in args.GetType().GetMembers(All))
        {
            var mark = member.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(InputAttribute));
            var value = member switch
            {
                FieldInfo field => field.GetValue(args),
                PropertyInfo { GetMethod: not null } property when mark is not null => property.GetValue(args),
                _ => null,
            };
            if (mark is not null && value is not null)
            {
                yield return ((string)mark.ConstructorArguments[0].Value!, value);
            }
        }
    }
}
