using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Operate.Diagnosing;

/// <summary>Takes secrets out of everything that goes into a bundle: those that are known, in whatever form, and what looks like one.</summary>
/// <remarks>
/// A known one is looked for as it stands, in JSON, URLs, HTML and base64 (<see cref="SecretFilter"/>). What is encoded more than once is decoded and looked
/// through again: base64 in JSON in base64, compressed releases of Helm, percent signs of percent signs. Such a word is taken out whole.
/// </remarks>
public sealed partial class Redactor
{
    /// <summary>Characters below which the value of a Secret is an everyday word, unless its key says otherwise: "redis" as a user's name.</summary>
    internal const int ShortestOrdinary = 8;

    private const int Shortest = 3;
    // Words below it are names of pods far more often than something encoded behind something else
    private const int ShortestMixed = 24;
    private const int Deepest = 4;
    private const int MostInflated = 8 << 20;
    private const string ByValue = "known secrets";
    private const string ByDecoding = "known or likely secrets inside encoded text";

    private readonly SecretFilter _known = new();
    private readonly List<SecretFilter> _others = [];
    private readonly HashSet<string> _open;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A redactor that knows no secret yet.</summary>
    /// <param name="open">Texts that the stack file shows in the open; a Secret may hold one of them, and it still is none.</param>
    public Redactor(IEnumerable<string> open) => _open = open.ToHashSet(StringComparer.Ordinal);

    /// <summary>How many texts of which kind were taken out; never what they were.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>How many values are looked for.</summary>
    public int Known { get; private set; }

    /// <summary>Values of Secrets that were not looked for: short, and under a key that names no secret.</summary>
    public int Ordinary { get; private set; }

    /// <summary>Remembers a secret of which it is known that it is one.</summary>
    public void Learn(string secret)
    {
        // Cluster and stack are asked at the same time
        lock (_open)
        {
            Remember(secret);
        }
    }

    private void Remember(string secret)
    {
        if (secret.Length >= Shortest && secret is not (PropertyMask.Text or "true" or "false" or "null"))
        {
            Known++;
            _known.LearnText(secret);
            // As a file ends in a line break and a variable does not
            if (secret.Trim() is { Length: >= Shortest } trimmed && trimmed != secret)
            {
                _known.LearnText(trimmed);
            }
        }
    }

    /// <summary>Remembers the value of a key of a Kubernetes Secret, unless it is public or an everyday word.</summary>
    public void LearnSecret(string key, ReadOnlySpan<byte> value)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(value);
        }
        catch (DecoderFallbackException)
        {
            Learn(Convert.ToBase64String(value));
            Learn(Convert.ToHexStringLower(value));
            return;
        }

        if (key is "ca.crt" or "tls.crt" or "namespace" || text.TrimStart().StartsWith("-----BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            return;
        }

        if (SecretPatterns.IsTelling(key) || (text.Length >= ShortestOrdinary && !_open.Contains(text.Trim())))
        {
            Learn(text);
        }
        else
        {
            lock (_open)
            {
                Ordinary++;
            }
        }
    }

    /// <summary>Lets it know the secrets of others as well: those that came with outputs.</summary>
    public void Learn(Action<SecretFilter> tell) => tell(_known);

    /// <summary>Lets it use what somebody else knows: a rehearsal that has met secrets of its own.</summary>
    public void Learn(SecretFilter others) => _others.Add(others);

    /// <summary>The text without secrets.</summary>
    public string Apply(string text)
    {
        try
        {
            return Apply(text, 0);
        }
        catch (RegexMatchTimeoutException)
        {
            // What could not be looked through does not leave
            Count("texts left out because they could not be looked through in time", 1, 0);
            return "[left out: it could not be looked through for secrets in time]\n";
        }
    }

    private string Apply(string text, int depth)
    {
        var clean = _others.Aggregate(_known.Apply(text), (left, filter) => filter.Apply(left));
        Count(ByValue, Masks(clean) - Masks(text), depth);
        if (depth < Deepest)
        {
            clean = Decoded(clean, Wrapped(), depth, static word => Unbase64(Space().Replace(word, "")));
            clean = Decoded(clean, Base64(), depth, Unbase64);
            clean = Decoded(clean, Percent(), depth, static word => Uri.UnescapeDataString(word));
            clean = Decoded(clean, Escapes(), depth, Unescaped);
            clean = Decoded(clean, Hex(), depth, static word => word.Length % 2 == 0 ? Utf8(Convert.FromHexString(word)) : null);
        }

        return SecretPatterns.Apply(clean, kind => Count(kind, 1, depth));
    }

    private string Decoded(string text, Regex words, int depth, Func<string, string?> decode) => words.Replace(text, match =>
    {
        if (decode(match.Value) is not { Length: >= Shortest } inner || inner == match.Value || Apply(inner, depth + 1) == inner)
        {
            return match.Value;
        }

        Count(ByDecoding, 1, depth);
        return PropertyMask.Text;
    });

    // What is inside a word that goes away as a whole is counted once, as that word
    private void Count(string kind, int times, int depth)
    {
        if (times > 0 && depth == 0)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + times;
        }
    }

    private static int Masks(string text)
    {
        var (count, at) = (0, -1);
        while ((at = text.IndexOf(PropertyMask.Text, at + 1, StringComparison.Ordinal)) >= 0)
        {
            count++;
        }

        return count;
    }

    // The letters before may belong to something else, as "token-" does, so that all four places in a group are tried
    private static string? Unbase64(string word)
    {
        var letters = word.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        List<string> texts = [];
        for (var skipped = 0; skipped < 4 && letters.Length - skipped >= 4; skipped++)
        {
            var rest = letters[skipped..];
            var bytes = Convert.FromBase64String((rest.Length % 4) switch { 1 => rest[..^1], 2 => $"{rest}==", 3 => $"{rest}=", _ => rest });
            if ((Inflated(bytes) ?? Utf8(bytes) ?? (word.Length >= ShortestMixed ? Printable(bytes) : null)) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0 ? null : string.Join('\n', texts);
    }

    // What is left of a text behind letters that are none of it
    private static string? Printable(byte[] bytes)
    {
        var text = string.Concat(Encoding.UTF8.GetString(bytes).Select(letter => letter == '\uFFFD' || char.IsControl(letter) ? '\n' : letter));
        return text.Split('\n').Any(line => line.Length >= ShortestOrdinary) ? text : null;
    }

    private static string? Inflated(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return null;
        }

        try
        {
            using var zipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var buffer = new byte[MostInflated];
            var length = zipped.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Utf8(buffer[..length]);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Null for what is no text: almost every word that only looks like base64
    private static string? Utf8(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) || text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))
            ? null
            : text;
    }

    // \u0068\u0075, \x68, \" and \\ as JSON, YAML, Go and shells write them
    private static string Unescaped(string word) => Escape().Replace(word, match => match.Value[1] switch
    {
        'u' or 'x' => $"{(char)int.Parse(match.Value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}",
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        var letter => $"{letter}",
    });

    [GeneratedRegex(@"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}={0,2}", RegexOptions.None, 60_000)]
    private static partial Regex Base64();

    // Several lines of base64, as the command base64 and YAML break them
    [GeneratedRegex(@"[A-Za-z0-9+/]{32,}(\r?\n[ \t]*[A-Za-z0-9+/]{32,})*\r?\n[ \t]*[A-Za-z0-9+/]+={0,2}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"[^\s""'<>]*%[0-9A-Fa-f]{2}[^\s""'<>]*", RegexOptions.None, 60_000)]
    private static partial Regex Percent();

    [GeneratedRegex(@"[^\s]*\\[^\s]*", RegexOptions.None, 60_000)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[^ux])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])[0-9A-Fa-f]{12,}(?![0-9A-Fa-f])", RegexOptions.None, 60_000)]
    private static partial Regex Hex();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
