using Generator.Schema;

namespace Generator.Naming;

/// <summary>Schema types written as C#.</summary>
public sealed class TypeNames(PackageSpec package, Names names)
{
    private const string Immutable = "global::System.Collections.Immutable";
    private const string Generic = "global::System.Collections.Generic";

    /// <summary>A value on a side, without the wrapping of inputs and outputs.</summary>
    public string Plain(TypeSpec type, Side side)
    {
        if (type.OneOf is { } options)
        {
            return Union(options, side) is [var first, var second] ? $"global::Pulumi.Union<{first}, {second}>" : Union(options, side)[0];
        }

        if (type.Token is { } token)
        {
            return names.TypeReference(token, side);
        }

        return (type.Type, type.Ref) switch
        {
            (_, "pulumi.json#/Archive") => "global::Pulumi.Archive",
            (_, "pulumi.json#/Asset") => "global::Pulumi.AssetOrArchive",
            (_, "pulumi.json#/Json") => "global::System.Text.Json.JsonElement",
            (_, not null) => "object",
            ("array", _) => $"{(side == Side.PlainArgs ? $"{Generic}.List" : $"{Immutable}.ImmutableArray")}<{Plain(type.Items!, side)}>",
            ("object", _) => side == Side.PlainArgs
                ? $"{Generic}.Dictionary<string, {Plain(type.AdditionalProperties!, side)}>"
                : $"{Immutable}.ImmutableDictionary<string, {Plain(type.AdditionalProperties!, side)}>",
            ("boolean", _) => "bool",
            ("integer", _) => "int",
            ("number", _) => "double",
            _ => "string",
        };
    }

    /// <summary>A value that may be an output.</summary>
    public string Input(TypeSpec type, Side side)
    {
        if (IsList(type))
        {
            return $"global::Pulumi.InputList<{Plain(type.Items!, side)}>";
        }

        if (IsMap(type))
        {
            return $"global::Pulumi.InputMap<{Plain(type.AdditionalProperties!, side)}>";
        }

        if (type.Ref == "pulumi.json#/Json")
        {
            return "global::Pulumi.InputJson";
        }

        return type.OneOf is { } options && Union(options, side) is [var first, var second]
            ? $"global::Pulumi.InputUnion<{first}, {second}>"
            : $"global::Pulumi.Input<{Plain(type, side)}>";
    }

    public static bool IsList(TypeSpec type) => type.Type == "array";

    public static bool IsMap(TypeSpec type) => type.Type == "object" && type.AdditionalProperties is not null;

    /// <summary>Whether an absent value of the type is null; an absent list is empty.</summary>
    public static bool CanBeNull(TypeSpec type) => !IsList(type);

    // C# has unions of two: with an enumeration and a string in an output, the string; with more than two, anything.
    private List<string> Union(List<TypeSpec> options, Side side)
    {
        var distinct = options.Select(option => Plain(option, side)).Distinct(StringComparer.Ordinal).ToList();
        if (side is Side.Output or Side.Result && options.Exists(option => option.Token is { } token && package.Types[token].Enum is not null))
        {
            return ["string"];
        }

        return distinct.Count > 2 ? ["object"] : distinct;
    }
}
