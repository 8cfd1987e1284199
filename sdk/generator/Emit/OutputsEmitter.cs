using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

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
