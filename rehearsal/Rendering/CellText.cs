using System.Globalization;
using System.Text;

namespace Rehearsal.Rendering;

/// <summary>Text by the columns that it takes on a terminal: a letter of Chinese takes two, an accent that is put onto another letter none.</summary>
internal static class CellText
{
    public const string Ellipsis = "…";

    // Wide and fullwidth blocks of EastAsianWidth.txt (Unicode 16), joined where nothing between them is in use
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x26A1, 0x26A1), (0x2705, 0x2705),
        (0x2728, 0x2728), (0x274C, 0x274C), (0x2753, 0x2755), (0x2795, 0x2797), (0x2B1B, 0x2B1C), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF),
        (0x4E00, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>How many columns a text takes.</summary>
    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : text.EnumerateRunes().Sum(Width);

    /// <summary>The text with spaces behind it, up to a number of columns.</summary>
    public static string Padded(string text, int width) => Width(text) is var own && own < width ? text + new string(' ', width - own) : text;

    /// <summary>The text in at most a number of columns, with an ellipsis in its middle, or further to one of its ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many columns there are; at least one.</param>
    /// <param name="head">How many of them are its beginning's; the middle when not given.</param>
    public static string Shortened(string text, int width, int? head = null)
    {
        if (Width(text) <= width)
        {
            return text;
        }
        var before = Math.Clamp(head ?? width / 2, 0, width - 1);
        var elements = Elements(text);
        var first = Taken(elements, before);
        elements.Reverse();
        var last = Taken(elements, width - 1 - first.Sum(Width));
        last.Reverse();
        return string.Concat([.. first, Ellipsis, .. last]);
    }

    /// <summary>The text in at most a number of columns, its end cut off.</summary>
    public static string Cut(string text, int width) => Shortened(text, width, width - 1);

    private static List<string> Taken(List<string> elements, int width) => [.. elements.TakeWhile(element => (width -= Width(element)) >= 0)];

    // A letter with its accents, an emoji with what changes it: nothing is cut through
    private static List<string> Elements(string text)
    {
        var elements = new List<string>();
        for (var each = StringInfo.GetTextElementEnumerator(text); each.MoveNext();)
        {
            elements.Add(each.GetTextElement());
        }
        return elements;
    }

    private static int Width(Rune rune)
    {
        if (rune.IsAscii)
        {
            return 1;
        }
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
            : Array.Exists(Wide, block => rune.Value >= block.First && rune.Value <= block.Last) ? 2 : 1;
    }
}
