namespace Rehearsal.Rendering;

/// <summary>A piece of a line in one ink.</summary>
public readonly record struct Span(string Text, Ink Ink = Ink.Plain)
{
    public static implicit operator Span(string text) => new(text);
}
