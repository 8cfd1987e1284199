using System.Collections.Immutable;
using System.Globalization;

namespace Rehearsal.StackFiles;

/// <summary>A place in a file, written as compilers and editors write it: <c>Pulumi.prod.yaml:14:5</c>.</summary>
/// <param name="File">The full path.</param>
/// <param name="Line">From 1; a line ends at a line feed, as git and editors count.</param>
/// <param name="Column">From 1, in UTF-16 code units, as editors and SARIF count.</param>
public sealed record FilePlace(string File, int Line, int Column)
{
    /// <summary>What stands there; null where nobody can tell how much of it is a secret.</summary>
    internal SourceLine? Source { get; init; }

    /// <summary>The file as the operator would name it.</summary>
    public string Name => NameOf(File);

    /// <summary>The path of a file, relative when it lies below the current folder.</summary>
    internal static string NameOf(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    /// <summary>The path below a folder, with slashes, as CI systems want it; the whole path when the file is elsewhere.</summary>
    internal string Below(string folder) => (Path.GetRelativePath(folder, File) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
        ? File : relative).Replace('\\', '/');

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}:{Line}:{Column}");
}

/// <summary>An entry of a file as far as it may be shown: neighbours on its line and comments may be secrets of others.</summary>
/// <param name="Key">Indentation and key, without the value.</param>
/// <param name="Text">The same with the value; null where the value is sealed or longer than the line.</param>
/// <param name="Value">The value without quotes; null as above.</param>
internal sealed record SourceLine(string Key, string? Text, string? Value)
{
    private const int Longest = 120;

    /// <summary>The line below a problem. The value is part of it only where the problem tells it, and so has found that it is none to hide.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="told">What the problem tells of the value; null for nothing.</param>
    public string Shown(int line, string? told)
    {
        var text = Text is not null && IsTold(told) ? Text : Key;
        return string.Create(CultureInfo.InvariantCulture, $"{line,5} | {(text.Length <= Longest ? text : $"{text[..Longest]}…")}");
    }

    private bool IsTold(string? told) => told is not null && Value is not null
        && (told == Value || (told == "\"\"" && Value.Length == 0) || (told.EndsWith('…') && Value.StartsWith(told[..^1], StringComparison.Ordinal)));
}

/// <summary>Something that is wrong with a file of the operator's, or worth a second look.</summary>
/// <param name="Place">Where; null where it stands nowhere.</param>
/// <param name="Key">The setting, as <c>platform:redis.users[0].name</c>; null when it is about none.</param>
/// <param name="Message">What is wrong: a sentence, or one clause about the key. Without secrets.</param>
public sealed record FileProblem(FilePlace? Place, string? Key, string Message)
{
    public bool IsWarning { get; init; }

    /// <summary>The value found; null where there is none to show.</summary>
    public string? Given { get; init; }

    /// <summary>What the key may hold.</summary>
    public string? Allowed { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Fix { get; init; }

    /// <summary>Message and key together.</summary>
    public string Sentence => Key is null || Message.StartsWith(Key, StringComparison.Ordinal) ? Message : $"{Key}: {Message}";

    /// <summary>The line of the file; null where none can be shown.</summary>
    internal string? Line => Place?.Source?.Shown(Place.Line, Given);

    /// <summary>What an operator needs beside the sentence, each on a line.</summary>
    internal ImmutableArray<string> Details =>
    [
        .. Given is null ? [] : new[] { $"  given:   {Given}" },
        .. Allowed is null ? [] : new[] { $"  allowed: {Allowed}" },
        .. Fix is null ? [] : new[] { $"  fix:     {Fix}" },
    ];

    /// <summary>The first line: place and sentence.</summary>
    public override string ToString() => Place is null ? Sentence : $"{Place}: {Sentence}";
}

/// <summary>A setting and the place where it stands, for messages.</summary>
public sealed record KeyPlace(FilePlace? Place, string Key);
