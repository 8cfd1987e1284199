using System.Collections;
using System.Collections.Concurrent;
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

    private static readonly InputText[] Nothing = [];

    private static readonly ConcurrentDictionary<Type, List<Member>> MembersOf = new();

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
    public static Output<InputText[]> Of(InputArgs args, bool hideSecrets) =>
        Of("", args, hideSecrets).Apply(fields =>
        {
            var sorted = fields.ToArray();
            Array.Sort(sorted, (one, other) => string.CompareOrdinal(one.Path, other.Path));
            return sorted;
        });

    private static Output<InputText[]> Of(string path, object? value, bool hideSecrets) => value switch
    {
        null => Output.Create(Nothing),
        string text => Leaf(path, text),
        bool flag => Leaf(path, flag ? "true" : "false"),
        JsonElement json => Leaf(path, json.GetRawText()),
        IFormattable number => Leaf(path, number.ToString(null, CultureInfo.InvariantCulture)),
        InputArgs args => Join(path, "{}", Fields(path, args, hideSecrets)),
        // Before lists and maps: those of inputs refuse to be enumerated.
        _ when Lifted(path, value, hideSecrets) is { } lifted => lifted,
        IDictionary map => Join(path, "{}", map.Keys.Cast<string>().Select(key => Of(Entry(path, key), map[key], hideSecrets))),
        IEnumerable list => Entries(path, [.. list.Cast<object?>()], hideSecrets),
        _ => throw new ArgumentException($"An input '{path}' of the type {value.GetType()} cannot be written as text.", nameof(value)),
    };

    private static Output<InputText[]> Leaf(string path, string text) => Output.Create<InputText[]>([new InputText(path, text)]);

    private static Output<InputText[]> Join(string path, string empty, IEnumerable<Output<InputText[]>> parts) =>
        Output.All(parts).Apply(all => all.SelectMany(part => part).ToArray() is { Length: > 0 } fields ? fields : [new(path, empty)]);

    // Their paths start below the entry, since what names an entry is known only with its fields.
    private static Output<InputText[]> Entries(string path, List<object?> list, bool hideSecrets) => list.Count == 0
        ? Leaf(path, "[]")
        : Output.All(list.Select(entry => Of("", entry, hideSecrets))).Apply(entries => entries.SelectMany((fields, index) =>
        {
            var name = EntryNames.Select(key => fields.FirstOrDefault(field => field.Path == key)?.Value).FirstOrDefault(text => text is not null);
            var at = Entry(path, name ?? index.ToString(CultureInfo.InvariantCulture));
            return fields.Select(field => new InputText(Below(at, field.Path), field.Value));
        }).ToArray());

    // Input<T>, Output<T> and Union<T0, T1> have no common base that is public: each is opened by its type argument.
    private static Output<InputText[]>? Lifted(string path, object value, bool hideSecrets)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && Opener(type.GetGenericTypeDefinition()) is { } opener)
            {
                return (Output<InputText[]>)typeof(InputText).GetMethod(opener, BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(null, [path, value, hideSecrets])!;
            }
        }

        return null;
    }

    private static string? Opener(Type generic) => generic == typeof(Input<>)
        ? nameof(OfInput)
        : generic == typeof(Output<>) ? nameof(OfOutput) : generic == typeof(Union<,>) ? nameof(OfUnion) : null;

    private static Output<InputText[]> OfInput<T>(string path, Input<T> input, bool hideSecrets) => OfOutput(path, input.ToOutput(), hideSecrets);

    private static Output<InputText[]> OfOutput<T>(string path, Output<T> output, bool hideSecrets) => hideSecrets
        ? Output.Create(InsteadAsync(output)).Apply(instead => instead.Length > 0 ? Leaf(path, instead) : output.Apply(value => Of(path, value, hideSecrets)))
        : output.Apply(value => Of(path, value, hideSecrets));

    // What is shown in the place of a value; empty for a value that may be shown.
    private static async Task<string> InsteadAsync<T>(Output<T> output) =>
        await Output.IsSecretAsync(output) ? Hidden : await OutputUtilities.GetIsKnownAsync(output) ? "" : Planned.Unknown;

    private static Output<InputText[]> OfUnion<T0, T1>(string path, Union<T0, T1> union, bool hideSecrets) => Of(path, union.Value, hideSecrets);

    private static string Below(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private static string Entry(string path, string name) => $"{path}[{name}]";

    private static IEnumerable<Output<InputText[]>> Fields(string path, InputArgs args, bool hideSecrets)
    {
        foreach (var member in MembersOf.GetOrAdd(args.GetType(), MarkedIn))
        {
            if (member.Read(args) is { } value)
            {
                yield return Of(Below(path, member.Name), value, hideSecrets);
            }
        }
    }

    // Like the SDK itself: the fields behind lists and maps carry the mark, whose name it shows to nobody else.
    private static List<Member> MarkedIn(Type args)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        List<Member> members = [];
        foreach (var property in args.GetProperties(All))
        {
            if (property.GetMethod is not null && NameOf(property) is { } name)
            {
                members.Add(new(name, property.GetValue));
            }
        }

        foreach (var field in args.GetFields(All))
        {
            if (NameOf(field) is { } name)
            {
                members.Add(new(name, field.GetValue));
            }
        }

        return members;
    }

    private static string? NameOf(MemberInfo member) => member.IsDefined(typeof(InputAttribute), inherit: false)
        ? (string)member.CustomAttributes.First(attribute => attribute.AttributeType == typeof(InputAttribute)).ConstructorArguments[0].Value!
        : null;

    /// <summary>An input of arguments.</summary>
    private sealed record Member(string Name, Func<object?, object?> Read);
}
