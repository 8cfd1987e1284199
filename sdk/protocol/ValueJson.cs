using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;

namespace Protocol;

/// <summary>The JSON text of a value, byte for byte as protobuf's own formatter writes it (protocolbuffers/protobuf, csharp JsonFormatter.cs), with the keys in
/// order, so that the same value is always the same text.</summary>
/// <remarks>That formatter looks at messages by reflection, which costs a program that writes one such text thirty milliseconds.</remarks>
public static class ValueJson
{
    public static string Text(Value value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue:
                text.Append(value.BoolValue ? "true" : "false");
                break;
            case Value.KindOneofCase.NumberValue:
                var number = value.NumberValue.ToString("r", CultureInfo.InvariantCulture);
                text.Append(double.IsFinite(value.NumberValue) ? number : $"\"{number}\"");
                break;
            case Value.KindOneofCase.StringValue:
                Write(text, value.StringValue);
                break;
            case Value.KindOneofCase.ListValue:
                Write(text, value.ListValue.Values, static (text, item) => Write(text, item), '[', ']');
                break;
            case Value.KindOneofCase.StructValue:
                Write(text, value.StructValue.Fields.OrderBy(item => item.Key, StringComparer.InvariantCulture), Write, '{', '}');
                break;
            case Value.KindOneofCase.NullValue:
                text.Append("null");
                break;
            default:
                throw new InvalidOperationException("Value message must contain a value for the oneof.");
        }
    }

    private static void Write(StringBuilder text, KeyValuePair<string, Value> field)
    {
        if (field.Key.Length == 0)
        {
            throw new InvalidOperationException("Struct fields cannot have an empty key or a null value.");
        }
        Write(text, field.Key);
        text.Append(": ");
        Write(text, field.Value);
    }

    private static void Write<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> write, char open, char close)
    {
        text.Append(open).Append(' ');
        var empty = text.Length;
        foreach (var item in items)
        {
            if (text.Length > empty)
            {
                text.Append(", ");
            }
            write(text, item);
        }
        text.Append(text.Length > empty ? " " : "").Append(close);
    }

    [SuppressMessage("Usage", "MA0015:Specify the parameter name in ArgumentException", Justification = "The words are those of protobuf's formatter")]
    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var unit = value[i];
            switch (unit)
            {
                case '"' or '\\':
                    text.Append('\\').Append(unit);
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case >= '\ud800' and <= '\udbff' when i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]):
                    throw new ArgumentException("String contains low surrogate not followed by high surrogate");
                case >= '\udc00' and <= '\udfff' when i == 0 || !char.IsHighSurrogate(value[i - 1]):
                    throw new ArgumentException("String contains high surrogate not preceded by low surrogate");
                default:
                    if (IsHidden(unit))
                    {
                        text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        text.Append(unit);
                    }
                    break;
            }
        }
        text.Append('"');
    }

    /// <summary>What a reader might not see or take for the end of a script: controls, signs without a width, and what needs two units.</summary>
    private static bool IsHidden(char unit) => unit is < ' ' or (>= '\u007f' and < '\u00a0') or '<' or '>' or '\u00ad' or (>= '\u0600' and <= '\u0603')
        or '\u06dd' or '\u070f' or '\u17b4' or '\u17b5' or (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u2064')
        or (>= '\u206a' and <= '\u206f') or (>= '\ud800' and <= '\udfff') or '\ufeff' or (>= '\ufff9' and <= '\ufffb');
}
