using System.Collections.Immutable;
using System.Text;

namespace Infra.Compose;

/// <summary>An env file that exists, read as Docker Compose reads it, in which variables are set and every other character stays as it was.</summary>
public sealed class EnvFile
{
    private readonly ImmutableArray<EnvStatement> _statements;

    private EnvFile(ImmutableArray<EnvStatement> statements) => _statements = statements;

    /// <summary>Names of lines that Compose takes and a shell does not: <c>NAME: value</c>, and names with hyphens or dots.</summary>
    public ImmutableArray<string> NotForShells =>
        [.. _statements.Where(statement => statement.IsForComposeAlone).Select(statement => statement.Name!).Distinct()];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is none; the message names the line and holds no value.</exception>
    public static EnvFile Read(string text)
    {
        var statements = ImmutableArray.CreateBuilder<EnvStatement>();
        var reader = new EnvReader(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        while (reader.Next() is { } statement)
        {
            statements.Add(statement);
        }

        return new EnvFile(statements.ToImmutable());
    }

    /// <summary>
    /// The value of a variable as it is written, nothing put in for <c>$</c>; null where the file does not set it. Of several lines the last one counts.
    /// </summary>
    public string? Value(string name) => Last(name) is { } index ? _statements[index].Value : null;

    /// <summary>The file with a variable set: where its line is, or at the end.</summary>
    public EnvFile With(string name, string value)
    {
        var line = EnvText.Line(name, value);
        if (Last(name) is not { } index)
        {
            return new EnvFile([.. Ended(), new EnvStatement(line, name, value)]);
        }

        var old = _statements[index];
        return old.Value == value && !old.IsForComposeAlone
            ? this
            : new EnvFile(_statements.SetItem(index, new EnvStatement($"{old.Export}{line.TrimEnd('\n')}{old.Behind}", name, value)));
    }

    /// <summary>The file with a comment at its end, unless it is there.</summary>
    public EnvFile WithComment(string comment)
    {
        var line = $"# {comment}\n";
        return _statements.Any(statement => statement.Name is null && statement.Text == line)
            ? this
            : new EnvFile([.. Ended(), new EnvStatement(_statements.IsEmpty ? line : $"\n{line}", null, null)]);
    }

    public override string ToString() => string.Concat(_statements.Select(statement => statement.Text));

    private int? Last(string name)
    {
        for (var index = _statements.Length - 1; index >= 0; index--)
        {
            if (_statements[index].Name == name)
            {
                return index;
            }
        }

        return null;
    }

    private ImmutableArray<EnvStatement> Ended() =>
        _statements is [.. var others, var last] && !last.Text.EndsWith('\n') ? [.. others, last with { Text = $"{last.Text}\n" }] : _statements;
}

/// <summary>A line of an env file, or the lines of one value.</summary>
/// <param name="Text">As it is written, with its end.</param>
/// <param name="Name">The variable; null for comments and empty lines.</param>
/// <param name="Value">Its value; null where Compose takes it from its own environment.</param>
internal sealed record EnvStatement(string Text, string? Name, string? Value)
{
    /// <summary>The word <c>export</c> before the name, with its space.</summary>
    public string Export { get; init; } = "";

    /// <summary>What stands behind the value: a comment, and the end of the line.</summary>
    public string Behind { get; init; } = "\n";

    public bool IsForComposeAlone { get; init; }
}

/// <summary>Takes an env file apart, by the rules of Docker's documentation ("Interpolation", env file syntax) and of compose-go where it is silent.</summary>
internal sealed class EnvReader(string text)
{
    private const string ExportWord = "export";

    private int _at;

    /// <summary>The next statement; null at the end.</summary>
    public EnvStatement? Next()
    {
        if (_at >= text.Length)
        {
            return null;
        }

        var start = _at;
        SkipBlanks();
        return _at >= text.Length || text[_at] is '\n' or '#' ? Rest(start) : Variable(start);
    }

    private int Line => text.AsSpan(0, Math.Min(_at, text.Length)).Count('\n') + 1;

    private EnvStatement Rest(int start)
    {
        ToNextLine();
        return new EnvStatement(text[start.._at], null, null);
    }

    private EnvStatement Variable(int start)
    {
        var export = text.AsSpan(_at).StartsWith(ExportWord) && _at + ExportWord.Length < text.Length && text[_at + ExportWord.Length] is ' ' or '\t'
            ? $"{ExportWord} "
            : "";
        if (export.Length > 0)
        {
            _at += ExportWord.Length;
            SkipBlanks();
        }

        var nameAt = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '-' or '[' or ']'))
        {
            _at++;
        }

        var name = text[nameAt.._at];
        SkipBlanks();
        if (name.Length > 0 && (_at >= text.Length || text[_at] == '\n'))
        {
            ToNextLine();
            return new EnvStatement(text[start.._at], name, null) { Export = export, IsForComposeAlone = true };
        }

        if (name.Length == 0 || text[_at] is not ('=' or ':'))
        {
            throw new FormatException($"Line {Line} is no comment and no variable: it must be written as NAME=value.");
        }

        var shellReadsIt = text[_at] == '=' && _at == nameAt + name.Length && EnvText.IsName(name);
        _at++;
        shellReadsIt = shellReadsIt && (_at >= text.Length || text[_at] is not (' ' or '\t') || OnlyBlanksFollow());
        SkipBlanks();
        var value = _at < text.Length && text[_at] is '"' or '\'' ? Quoted(name) : Unquoted();
        var behindAt = _at;
        ToNextLine();
        return new EnvStatement(text[start.._at], name, value) { Export = export, Behind = text[behindAt.._at], IsForComposeAlone = !shellReadsIt };
    }

    private bool OnlyBlanksFollow()
    {
        var end = text.IndexOf('\n', _at);
        return text[_at..(end < 0 ? text.Length : end)].Trim().Length == 0;
    }

    // A comment behind a value without quotes begins with a space.
    private string Unquoted()
    {
        var lineEnd = text.IndexOf('\n', _at);
        var line = text[_at..(lineEnd < 0 ? text.Length : lineEnd)];
        var comment = line.IndexOf(" #", StringComparison.Ordinal);
        var value = (comment < 0 ? line : line[..comment]).TrimEnd();
        _at += value.Length;
        return value;
    }

    private string Quoted(string name)
    {
        var (quote, line) = (text[_at++], Line);
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            var letter = text[_at++];
            if (letter != '\\' || _at >= text.Length)
            {
                value.Append(letter);
            }
            else if (text[_at] == quote || (quote == '"' && text[_at] is '\\' or '$'))
            {
                value.Append(text[_at++]);
            }
            else if (quote == '"' && text[_at] is 'n' or 'r' or 't')
            {
                value.Append(text[_at++] switch { 'n' => '\n', 'r' => '\r', _ => '\t' });
            }
            else if (text[_at] == '\\')
            {
                // In single quotes two backslashes are two, and the second one takes no quote with it.
                value.Append('\\').Append(text[_at++]);
            }
            else
            {
                value.Append(letter);
            }
        }

        if (_at >= text.Length)
        {
            throw new FormatException($"Line {line}: the quote before the value of {name} has no other one behind it.");
        }

        var end = ++_at;
        SkipBlanks();
        if (_at < text.Length && text[_at] is not ('\n' or '#'))
        {
            throw new FormatException($"Line {Line}: something stands behind the closing quote of {name}, where only a comment may.");
        }

        _at = end;
        return value.ToString();
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private void ToNextLine()
    {
        var end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end + 1;
    }
}
