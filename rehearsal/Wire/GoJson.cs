using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rehearsal.Wire;

/// <summary>Writes JSON byte for byte as Go's encoder does without HTML escapes, so that files of the official CLI come back as they were.</summary>
/// <param name="indent">Spaces a level; zero writes one line.</param>
public sealed class GoJson(int indent = 0)
{
    // From here on Go writes a number with an exponent, and below this
    private const double Large = 1e21;
    private const double Small = 1e-6;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _first = true;
    private bool _named;

    public override string ToString() => _text.ToString();

    public GoJson Name(string name)
    {
        Separate();
        Quote(name);
        _text.Append(indent > 0 ? ": " : ":");
        _named = true;
        return this;
    }

    public GoJson BeginObject() => Begin('{');

    public GoJson EndObject() => End('}');

    public GoJson BeginArray() => Begin('[');

    public GoJson EndArray() => End(']');

    public GoJson Text(string value)
    {
        Separate();
        Quote(value);
        return this;
    }

    public GoJson Number(double value) => Raw(Format(value));

    public GoJson Flag(bool value) => Raw(value ? "true" : "false");

    public GoJson Null() => Raw("null");

    /// <summary>Text that is JSON already.</summary>
    public GoJson Raw(string json)
    {
        Separate();
        _text.Append(json);
        return this;
    }

    /// <summary>A number as Go's encoder writes a float64.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return "null";
        }
        var size = Math.Abs(value);
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }
        if (size is >= Small and < Large)
        {
            return Plain(value);
        }
        // The shortest digits and their own exponent: one of another form may be rounded to another power of ten
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E');
        var exponent = int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture);
        return $"{text[..at]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(exponent < 0 ? "0" : "00", CultureInfo.InvariantCulture)}";
    }

    private static string Plain(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!text.Contains('E', StringComparison.Ordinal))
        {
            return text;
        }
        return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.#############################", CultureInfo.InvariantCulture);
    }

    private GoJson Begin(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _depth++;
        _first = true;
        return this;
    }

    private GoJson End(char bracket)
    {
        _depth--;
        if (!_first)
        {
            Line();
        }
        _text.Append(bracket);
        _first = false;
        return this;
    }

    private void Separate()
    {
        if (_named)
        {
            _named = false;
            return;
        }
        if (_depth > 0)
        {
            if (!_first)
            {
                _text.Append(',');
            }
            Line();
        }
        _first = false;
    }

    private void Line()
    {
        if (indent > 0)
        {
            _text.Append('\n').Append(' ', _depth * indent);
        }
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    _text.Append('\\').Append(c);
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case '\r':
                    _text.Append("\\r");
                    break;
                case '\t':
                    _text.Append("\\t");
                    break;
                case '\b':
                    _text.Append("\\b");
                    break;
                case '\f':
                    _text.Append("\\f");
                    break;
                case < ' ' or '\u2028' or '\u2029':
                    _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    _text.Append(c);
                    break;
            }
        }
        _text.Append('"');
    }
}

/// <summary>Writes JSON that was read and not understood, indented as what stands around it.</summary>
internal static class RawJson
{
    public static void Write(GoJson json, string text)
    {
        using var document = JsonDocument.Parse(text);
        Write(json, document.RootElement);
    }

    private static void Write(GoJson json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.BeginObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.Name(property.Name);
                    Write(json, property.Value);
                }
                json.EndObject();
                break;
            case JsonValueKind.Array:
                json.BeginArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }
                json.EndArray();
                break;
            case JsonValueKind.String:
                json.Text(value.GetString()!);
                break;
            default:
                json.Raw(value.GetRawText());
                break;
        }
    }
}
