using System.Text;

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
