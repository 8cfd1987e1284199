using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pulumi;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Manifests;

/// <summary>Reads a part of a Kubernetes object that is written in YAML, as the documentation of Kubernetes shows it, into the class of its type.</summary>
/// <remarks>The classes know every key there is: one that they lack is a mistake, which the API server would drop in silence.</remarks>
public static class KubernetesYaml
{
    /// <summary>The object; null with what is wrong, as a clause, where the text is none.</summary>
    public static T? Read<T>(string text, out string? problem)
        where T : ResourceArgs
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            problem = null;
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? (T)Object(typeof(T), root, "") : throw new FormatException("is no YAML mapping");
        }
        catch (YamlException)
        {
            problem = "is not YAML";
        }
        catch (FormatException exception)
        {
            problem = exception.Message;
        }

        return null;
    }

    private static object Object(Type type, YamlMappingNode mapping, string at)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), StringComparer.Ordinal);
        var made = Activator.CreateInstance(type)!;
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            var here = at.Length == 0 ? key : $"{at}.{key}";
            if (!properties.TryGetValue(key, out var property))
            {
                throw new FormatException($"has the key {here}, and there are {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}");
            }

            Set(made, property, value, here);
        }

        return made;
    }

    // Input<T>, InputList<T> and InputMap<T> alike hold values of one type.
    private static void Set(object owner, PropertyInfo property, YamlNode node, string at)
    {
        var kind = property.PropertyType.GetGenericTypeDefinition();
        var item = property.PropertyType.GenericTypeArguments[0];
        if (kind == typeof(InputList<>))
        {
            var items = node is YamlSequenceNode sequence ? sequence.Children : throw new FormatException($"has no list at {at}");
            foreach (var (index, entry) in items.Index())
            {
                Call(property.GetValue(owner)!, "Add", ArrayOf(item, Value(item, entry, $"{at}[{index}]")));
            }
        }
        else if (kind == typeof(InputMap<>))
        {
            var entries = node is YamlMappingNode mapping ? mapping.Children : throw new FormatException($"has no object at {at}");
            foreach (var (key, entry) in entries)
            {
                var name = (key as YamlScalarNode)?.Value ?? throw new FormatException($"has a key at {at} that is no text");
                Call(property.GetValue(owner)!, "Add", name, Wrapped(item, Value(item, entry, $"{at}.{name}")));
            }
        }
        else
        {
            property.SetValue(owner, Wrapped(item, Value(item, node, at)));
        }
    }

    private static object Value(Type type, YamlNode node, string at) => (node, type) switch
    {
        (YamlMappingNode mapping, _) when typeof(ResourceArgs).IsAssignableFrom(type) => Object(type, mapping, at),
        (YamlScalarNode { Value: { } text }, _) when type == typeof(string) => text,
        (YamlScalarNode { Value: { } text }, _) when type == typeof(int) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"has no number at {at}"),
        (YamlScalarNode { Value: "true" or "false" } scalar, _) when type == typeof(bool) => scalar.Value == "true",
        _ => throw new FormatException($"has {(typeof(ResourceArgs).IsAssignableFrom(type) ? "no object" : "no single value")} at {at}"),
    };

    private static object Wrapped(Type type, object value)
    {
        var input = typeof(Input<>).MakeGenericType(type);
        return input.GetMethod("op_Implicit", [type])!.Invoke(null, [value])!;
    }

    private static Array ArrayOf(Type type, object value)
    {
        var array = Array.CreateInstance(typeof(Input<>).MakeGenericType(type), 1);
        ((IList)array)[0] = Wrapped(type, value);
        return array;
    }

    private static void Call(object target, string method, params object[] arguments) =>
        target.GetType().GetMethod(method, [.. arguments.Select(argument => argument.GetType())])!.Invoke(target, arguments);
}
