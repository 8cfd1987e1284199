using System.Text;
using System.Text.Json;
using Generator.Schema;

namespace Generator.Emit;

/// <summary>C# text with indentation.</summary>
public sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
    }

    /// <summary>A line, and between braces what is written while the block is open.</summary>
    public Closing Block(string head, string end = "}")
    {
        Line(head);
        Line("{");
        _depth++;
        return new Closing(this, end);
    }

    public override string ToString() => _text.ToString();

    private void Close(string end)
    {
        _depth--;
        Line(end);
    }

    /// <summary>Closes a block at the end of its <c>using</c>.</summary>
    public readonly record struct Closing(CodeWriter Writer, string End) : IDisposable
    {
        public void Dispose() => Writer.Close(End);
    }
}

/// <summary>Values and identifiers as C# source.</summary>
public static class Literals
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if",
        "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override",
        "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",
    ];

    public static string Text(string value) => JsonSerializer.Serialize(value).Replace("\\u0027", "'", StringComparison.Ordinal);

    public static string Name(string identifier) => Keywords.Contains(identifier) ? $"@{identifier}" : identifier;

    /// <summary>The default of a property, or null where it has none.</summary>
    public static string? Default(PropertySpec property)
    {
        var literal = property.Default is { } value ? value.GetRawText() : null;
        if (property.DefaultInfo is not { Environment: [_, ..] variables })
        {
            return literal;
        }

        var reader = property.Type switch
        {
            "boolean" => "GetEnvBoolean",
            "integer" => "GetEnvInt32",
            "number" => "GetEnvDouble",
            _ => "GetEnv",
        };
        var call = $"Utilities.{reader}({string.Join(", ", variables.Select(Text))})";
        return literal is null ? call : $"{call} ?? {literal}";
    }
}
