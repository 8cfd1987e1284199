using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

/// <summary>Writes classes of inputs: arguments of resources, providers and functions, states, and the types nested in them.</summary>
public sealed class InputsEmitter(TypeNames types, bool isSealed, string utilities)
{
    /// <summary>Writes a class of inputs.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The class.</param>
    /// <param name="owner">What the class belongs to, whose name no property may have.</param>
    /// <param name="inputs">The properties.</param>
    /// <param name="side">Decides the base class, and whether values may be outputs.</param>
    /// <param name="json">Whether what is no string travels as JSON text, as with providers.</param>
    public void Class(CodeWriter writer, string name, string owner, ObjectSpec inputs, Side side, bool json = false)
    {
        var isInvoke = side == Side.PlainArgs || (side == Side.InvokeArgs && name == $"{owner}InvokeArgs");
        var parent = isInvoke ? "InvokeArgs" : "ResourceArgs";
        using var body = writer.Block($"public {(isSealed || json ? "sealed " : "")}class {name} : global::Pulumi.{parent}");
        foreach (var (key, property) in inputs.Properties)
        {
            Property(writer, key, property, Names.Property(key, property, owner), inputs.Required.Contains(key), side, json && property.Type != "string");
        }

        using (writer.Block($"public {name}()"))
        {
            foreach (var (key, property) in inputs.Properties)
            {
                if (Literals.Default(property) is { } value)
                {
                    writer.Line($"{Names.Property(key, property, owner)} = {value.Replace("Utilities.", utilities, StringComparison.Ordinal)};");
                }
            }
        }

        writer.Line($"public static new {name} Empty => new {name}();");
    }

    private void Property(CodeWriter writer, string key, PropertySpec property, string name, bool required, Side side, bool json)
    {
        var attribute = $"[global::Pulumi.Input({Literals.Text(key)}{(required ? ", required: true" : "")}{(json ? ", json: true" : "")})]";
        var isCollection = TypeNames.IsList(property) || TypeNames.IsMap(property);
        var type = side == Side.PlainArgs ? types.Plain(property, side) : types.Input(property, side);
        if (!isCollection && !property.Secret)
        {
            writer.Line(attribute);
            writer.Line($"public {type}{(required ? "" : "?")} {name} {{ get; set; }}{(required ? " = null!;" : "")}");
            return;
        }

        var field = $"_{Names.Identifier(key)}";
        writer.Line(attribute);
        writer.Line($"private {type}? {field};");
        using var body = writer.Block($"public {type}{(isCollection ? "" : "?")} {name}");
        writer.Line(isCollection ? $"get => {field} ??= new {type}();" : $"get => {field};");
        if (!property.Secret || side == Side.PlainArgs)
        {
            writer.Line($"set => {field} = value;");
            return;
        }

        using var setter = writer.Block("set");
        Secret(writer, property, type, field, side);
    }

    // What is assigned becomes secret by being combined with a secret that says nothing.
    private void Secret(CodeWriter writer, PropertySpec property, string type, string field, Side side)
    {
        if (TypeNames.IsList(property) || TypeNames.IsMap(property))
        {
            var empty = TypeNames.IsList(property)
                ? $"global::System.Collections.Immutable.ImmutableArray.Create<{types.Plain(property.Items!, side)}>()"
                : $"global::System.Collections.Immutable.ImmutableDictionary.Create<string, {types.Plain(property.AdditionalProperties!, side)}>()";
            writer.Line($"var emptySecret = global::Pulumi.Output.CreateSecret({empty});");
            writer.Line($"{field} = global::Pulumi.Output.All(value, emptySecret).Apply(v => v[0]);");
            return;
        }

        writer.Line("var emptySecret = global::Pulumi.Output.CreateSecret(0);");
        writer.Line($"{field} = global::Pulumi.Output.Tuple<{type}?, int>(value, emptySecret).Apply(t => t.Item1);");
    }
}

/// <summary>Writes classes of what comes back: results of functions and the types nested in outputs.</summary>
public sealed class OutputsEmitter(TypeNames types, bool neverNull)
{
    public void Class(CodeWriter writer, string name, string owner, ObjectSpec outputs, IReadOnlySet<string> required, Side side)
    {
        var properties = outputs.Properties.Select(pair => (
            pair.Key,
            Name: Literals.Name(Names.Property(pair.Key, pair.Value, owner)),
            Parameter: Literals.Name(Names.Identifier(pair.Key)),
            Type: Type(pair.Value, required.Contains(pair.Key), side))).ToList();

        writer.Line("[global::Pulumi.OutputType]");
        using var body = writer.Block($"public sealed class {name}");
        foreach (var property in properties)
        {
            writer.Line($"public readonly {property.Type} {property.Name};");
        }

        writer.Line("[global::Pulumi.OutputConstructor]");
        var parameters = properties.Select(pair => $"{Attribute(pair.Key)}{pair.Type} {pair.Parameter}");
        using var constructor = writer.Block($"private {name}({string.Join(", ", parameters)})");
        foreach (var property in properties)
        {
            writer.Line($"this.{property.Name} = {property.Parameter};");
        }
    }

    /// <summary>The type of a property that comes back, with a question mark where it may be absent.</summary>
    public string Type(PropertySpec property, bool required, Side side) =>
        types.Plain(property, side) + (required || neverNull || !TypeNames.CanBeNull(property) ? "" : "?");

    private static string Attribute(string key) =>
        Names.Identifier(key) == key ? "" : $"[global::Pulumi.OutputConstructorParameter({Literals.Text(key)})] ";
}

/// <summary>Writes an enumeration of strings as a struct, which also takes the values of providers that are newer.</summary>
public static class EnumEmitter
{
    public static void Struct(CodeWriter writer, string name, IEnumerable<EnumValueSpec> values)
    {
        writer.Line("[global::Pulumi.EnumType]");
        using var body = writer.Block($"public readonly struct {name} : global::System.IEquatable<{name}>");
        writer.Line("private readonly string _value;");
        using (writer.Block($"private {name}(string value)"))
        {
            writer.Line("_value = value ?? throw new global::System.ArgumentNullException(nameof(value));");
        }

        foreach (var value in values)
        {
            writer.Line($"public static {name} {Literals.Name(Names.Title(value.Name))} {{ get; }} = new {name}({Literals.Text(value.Value)});");
        }

        writer.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
        writer.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
        writer.Line($"public static explicit operator string({name} value) => value._value;");
        writer.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        writer.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, global::System.StringComparison.Ordinal);");
        writer.Line("public override int GetHashCode() => _value?.GetHashCode() ?? 0;");
        writer.Line("public override string ToString() => _value;");
    }
}
