using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Rehearsal.Secrets;

/// <summary>The forms in which a secret leaves a program: the one list for plan, JSON, logs, manifests, messages and files.</summary>
internal static class SecretForms
{
    /// <summary>Letters from which on a piece of base64 is a secret's and no accident: five bytes at any offset have as many.</summary>
    public const int ShortestEncoded = 6;

    // The same in JSON, URLs and HTML, whoever writes it
    private static readonly SearchValues<char> Unescaped = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> Base64Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    /// <summary>The text as it stands in JSON (once and twice), URLs and HTML.</summary>
    public static IReadOnlyCollection<string> Texts(string secret)
    {
        if (!secret.AsSpan().ContainsAnyExcept(Unescaped))
        {
            return [secret];
        }
        var forms = new HashSet<string>(StringComparer.Ordinal) { secret };
        string[] json = [.. Json(secret)];
        forms.UnionWith(json);
        forms.UnionWith(json.SelectMany(Json));
        forms.UnionWith(Urls(secret));
        forms.UnionWith(Html(secret));
        return forms;
    }

    /// <summary>
    /// Base64 and base64url of the text alone and inside a longer one: the letters that depend on nothing else, for each of the three places that its first
    /// byte
    /// can have in a group.
    /// </summary>
    public static IReadOnlyCollection<string> Encoded(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in secret.AsSpan().ContainsAnyExcept(Unescaped) ? Json(secret).Append(secret).Append(Uri.EscapeDataString(secret)) : [secret])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var offset = 0; offset < 3; offset++)
            {
                var whole = Convert.ToBase64String([.. new byte[offset], .. bytes]);
                // A letter holds six bits: those of the bytes before are left out, and those that what follows would change
                var (first, end) = ((offset * 8 + 5) / 6, (offset + bytes.Length) * 8 / 6);
                if (end - first >= ShortestEncoded)
                {
                    forms.Add(whole[first..end]);
                    forms.Add(whole[first..end].Replace('+', '-').Replace('/', '_'));
                }
            }
        }
        return forms;
    }

    /// <summary>The form in which a Kubernetes Secret holds a text.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The run of base64 letters around a piece of it: what is left of it would still give away some bits, and what else was encoded with
    /// it.</summary>
    public static (int Start, int End) Run(ReadOnlySpan<char> text, int start, int end)
    {
        var before = text[..start].LastIndexOfAnyExcept(Base64Letters);
        var after = text[end..].IndexOfAnyExcept(Base64Letters);
        return (before + 1, after < 0 ? text.Length : end + after);
    }

    // .NET's two ways, then Go's, which is the second with < > & in lower case, then Python's with nothing but ASCII
    private static IEnumerable<string> Json(string text)
    {
        var relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
        yield return JavaScriptEncoder.Default.Encode(text);
        yield return relaxed;
        yield return relaxed.Replace("<", @"\u003c", StringComparison.Ordinal).Replace(">", @"\u003e", StringComparison.Ordinal)
            .Replace("&", @"\u0026", StringComparison.Ordinal);
        if (!Ascii.IsValid(text))
        {
            yield return string.Concat(
                relaxed.Select(letter => char.IsAscii(letter) ? $"{letter}" : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")));
        }
    }

    // A component as RFC 3986, JavaScript and forms escape it, and user info as Go does, which leaves more as it is
    private static IEnumerable<string> Urls(string text)
    {
        var strict = Escaped(text, "-._~");
        string[] forms =
        [
            strict,
            Escaped(text, "-._~!'()*"),
            Escaped(text, "-._!()*").Replace("%20", "+", StringComparison.Ordinal),
            Escaped(text, "-._~$&+,;="),
        ];
        return forms.Concat(forms.Select(form => form.Contains('%', StringComparison.Ordinal) ? Lower(form) : form));
    }

    private static string Escaped(string text, string kept)
    {
        var escaped = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || kept.Contains((char)letter, StringComparison.Ordinal))
            {
                escaped.Append((char)letter);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{letter:X2}");
            }
        }
        return escaped.ToString();
    }

    private static string Lower(string escaped)
    {
        var letters = escaped.ToCharArray();
        for (var i = 0; i + 2 < letters.Length; i++)
        {
            if (letters[i] == '%')
            {
                (letters[i + 1], letters[i + 2]) = (char.ToLowerInvariant(letters[i + 1]), char.ToLowerInvariant(letters[i + 2]));
            }
        }
        return new string(letters);
    }

    // Text between tags needs only the first three; quotes have several spellings
    private static IEnumerable<string> Html(string text)
    {
        var between = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(
            ">", "&gt;", StringComparison.Ordinal);
        yield return between;
        yield return WebUtility.HtmlEncode(text);
        foreach (var (quote, apostrophe) in new[] { ("&quot;", "&#39;"), ("&#34;", "&#39;"), ("&quot;", "&#x27;"), ("&quot;", "&apos;"), ("&quot;", "'") })
        {
            yield return between.Replace("\"", quote, StringComparison.Ordinal).Replace("'", apostrophe, StringComparison.Ordinal);
        }
    }
}
