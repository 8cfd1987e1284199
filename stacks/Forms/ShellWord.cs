using System.Text.RegularExpressions;

namespace Stacks.Forms;

/// <summary>Texts as words of a POSIX shell.</summary>
public static partial class ShellWord
{
    /// <summary>The text, in quotes unless it means itself: <c>it's</c> becomes <c>'it'\''s'</c>.</summary>
    public static string Quote(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", @"'\''")}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@%+,-]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
