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

/// <summary>Which of its several classes a named type shows in a place.</summary>
public enum Side
{
    /// <summary>Arguments of a resource.</summary>
    Args,

    /// <summary>The state by which an existing resource is read.</summary>
    State,

    /// <summary>Arguments of a function that may be outputs.</summary>
    InvokeArgs,

    /// <summary>Arguments of a function that are plain values.</summary>
    PlainArgs,

    /// <summary>An output of a resource.</summary>
    Output,

    /// <summary>A result of a function.</summary>
    Result,
}

/// <summary>On which sides each named type is reached, so that only classes somebody can use are written.</summary>
public sealed class Usage
{
    private readonly PackageSpec _package;
    private readonly HashSet<(string Token, Side Side)> _reached = [];

    public Usage(PackageSpec package)
    {
        _package = package;
        foreach (var resource in package.Resources.Values.Append(package.Provider).OfType<ResourceSpec>())
        {
            Reach(resource.InputProperties.Values, Side.Args);
            Reach(resource.Properties.Values, Side.Output);
            Reach(resource.StateInputs?.Properties.Values, Side.State);
        }

        foreach (var function in package.Functions.Values)
        {
            Reach(function.Inputs?.Properties.Values, Side.InvokeArgs);
            Reach(function.Inputs?.Properties.Values, Side.PlainArgs);
            Reach(function.Outputs?.Properties.Values, Side.Result);
        }
    }

    public IEnumerable<Side> Of(string token) => Enum.GetValues<Side>().Where(side => _reached.Contains((token, side)));

    private void Reach(IEnumerable<TypeSpec>? types, Side side)
    {
        foreach (var type in types ?? [])
        {
            Reach(type, side);
        }
    }

    private void Reach(TypeSpec? type, Side side)
    {
        if (type is null)
        {
            return;
        }

        Reach(type.Items, side);
        Reach(type.AdditionalProperties, side);
        Reach(type.OneOf, side);
        if (type.Token is { } token && _reached.Add((token, side)))
        {
            Reach(_package.Types[token].Properties.Values, side);
        }
    }
}
