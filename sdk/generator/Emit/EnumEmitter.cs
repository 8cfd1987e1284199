using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

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
