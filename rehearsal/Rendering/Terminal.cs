using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Rehearsal.Rendering;

/// <summary>Where a command writes: results to the output, everything else to the error stream; colours only where a terminal shows them.</summary>
/// <param name="output">Takes results.</param>
/// <param name="error">Takes errors and progress.</param>
/// <param name="colouredOutput">Whether the output is a terminal that wants colours.</param>
/// <param name="colouredError">Whether the error stream is one.</param>
/// <remarks>
/// Nothing that a file, a program or a resource's name holds reaches the terminal as an order to it: colours of others are left out, and all other control
/// characters but line breaks and tabs are written as <c>\u001b</c>.
/// </remarks>
public sealed partial class Terminal(TextWriter output, TextWriter error, bool colouredOutput, bool colouredError)
{
    // C0 without tab and line break, DEL, C1; a carriage return can overwrite what stands before it on its line
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(character => char.IsControl(character) && character is not ('\t' or '\n'))]);

    // Drawn only on a terminal, so a run whose output goes to a file or a pipe never loads the library
    private readonly Lazy<IAnsiConsole> _output = new(() => Unbroken(output));
    private readonly Lazy<IAnsiConsole> _error = new(() => Unbroken(error));
    private readonly Lazy<IAnsiConsole> _questions = new(() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = colouredError ? AnsiSupport.Yes : AnsiSupport.No,
        Interactive = InteractionSupport.Yes,
        Out = new AnsiConsoleOutput(error),
    }));
    private readonly Lazy<IAnsiConsole> _live = new(() => Coloured(output));

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Whether something that changes in place can be shown.</summary>
    public bool IsLive => colouredOutput;

    /// <summary>How many columns a row of a result may have; null where it may have any.</summary>
    public int? Width { get; init; }

    /// <summary>The console for what changes in place; only where <see cref="IsLive"/>.</summary>
    public IAnsiConsole Live => LiveConsole ?? _live.Value;

    /// <summary>The console for questions, whose answers are typed: on the error stream, so that a result can go to a file.</summary>
    public IAnsiConsole Questions => LiveConsole ?? _questions.Value;

    internal IAnsiConsole? LiveConsole { get; init; }

    /// <summary>The terminal of this process; <c>NO_COLOR</c> (any value) and <c>TERM=dumb</c> turn colours off, see https://no-color.org;
    /// <c>COLUMNS</c> says how wide it is, where the terminal itself does not or is another one.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static Terminal ForProcess(Func<string, string?> environment)
    {
        var colours = string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
        return new Terminal(
            Console.IsOutputRedirected ? Buffered() : Console.Out, Console.Error, colours && !Console.IsOutputRedirected,
            colours && !Console.IsErrorRedirected)
        {
            Width = int.TryParse(environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
                : !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null,
        };
    }

    public void Write(params ReadOnlySpan<StyledText> line) => Write(output, colouredOutput ? _output : null, line);

    public void WriteError(params ReadOnlySpan<StyledText> line)
    {
        // The two streams often end in one file: what came first stays first
        output.Flush();
        Write(error, colouredError ? _error : null, line);
    }

    public void Flush()
    {
        output.Flush();
        error.Flush();
    }

    private static void Write(TextWriter writer, Lazy<IAnsiConsole>? console, ReadOnlySpan<StyledText> line)
    {
        foreach (var piece in line)
        {
            var text = Safe(piece.Text);
            if (console is null || piece.Style == TextStyle.Plain)
            {
                writer.Write(text);
            }
            else
            {
                console.Value.Write(new Text(text, StyleOf(piece.Style)));
            }
        }
        writer.Write('\n');
    }

    /// <summary>The text without orders to a terminal.</summary>
    internal static string Safe(string text) => !text.AsSpan().ContainsAny(Controls)
        ? text
        : string.Concat(Colours().Replace(text, "").Select(
            character => Controls.Contains(character) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : $"{character}"));

    /// <summary>A name as one line of a terminal or a file: a line break in it cannot begin a line of its own.</summary>
    internal static string OneLine(string name) => Safe(name).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The same for pages and pictures: all that is in it is seen, no letter turns the text around, and XML takes every one of them.</summary>
    internal static string Visible(string name)
    {
        var (line, safe) = (OneLine(name), new StringBuilder(name.Length));
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (char.IsHighSurrogate(letter) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]))
            {
                safe.Append(letter).Append(line[++i]);
            }
            else if (letter is '\ufffe' or '\uffff' || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                safe.Append(letter);
            }
        }
        return safe.ToString();
    }

    // Console.Out goes to the system with every piece of a line, which a plan of thousands of lines feels
    private static StreamWriter Buffered() => new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 15);

    private static IAnsiConsole Coloured(TextWriter writer)
        => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(writer) });

    // A long line of a result is the terminal's to wrap
    private static IAnsiConsole Unbroken(TextWriter writer)
    {
        var console = Coloured(writer);
        console.Profile.Width = short.MaxValue;
        return console;
    }

    private static Style StyleOf(TextStyle style) => style switch
    {
        TextStyle.Faint => new Style(Color.Grey),
        TextStyle.Strong => new Style(decoration: Decoration.Bold),
        TextStyle.Created => new Style(Color.Green),
        TextStyle.Updated or TextStyle.Warning => new Style(Color.Yellow),
        TextStyle.Deleted or TextStyle.Error => new Style(Color.Red),
        TextStyle.Replaced => new Style(Color.Fuchsia),
        TextStyle.Read => new Style(Color.Aqua),
        _ => Style.Plain,
    };

    // ESC [ 1 ; 31 m
    [GeneratedRegex(@"\x1b\[[0-9;:]*m", RegexOptions.None, 1000)]
    private static partial Regex Colours();
}

/// <summary>A piece of a line in one style.</summary>
public readonly record struct StyledText(string Text, TextStyle Style = TextStyle.Plain)
{
    public static implicit operator StyledText(string text) => new(text);
}

/// <summary>What a piece of text means; a terminal gives each meaning its colour.</summary>
public enum TextStyle
{
    Plain,
    Faint,
    Strong,
    Created,
    Updated,
    Deleted,
    Replaced,
    Read,
    Warning,
    Error,
}
