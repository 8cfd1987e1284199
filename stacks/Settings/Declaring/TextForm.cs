using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Declaring;

/// <summary>Reads a value type from its text.</summary>
public delegate bool TryParse<T>(string? text, out T? value);

/// <summary>How one kind of text is written in a stack file: what people call it, what it may be, and how it is read.</summary>
/// <param name="Noun">With its article: <c>a Kubernetes quantity</c>.</param>
/// <param name="Allowed">The form, as a phrase.</param>
/// <param name="Example">A text of the form, as it is written in the file.</param>
/// <param name="Parse">The value, or null if the text has another form.</param>
public sealed record TextForm(string Noun, string Allowed, string Example, Func<string, object?> Parse)
{
    private static readonly ConcurrentDictionary<string, Regex> Expressions = new(StringComparer.Ordinal);

    /// <summary>The form for editors, as far as a regular expression can say it; the parser has the last word.</summary>
    public string? Pattern { get; init; }

    /// <summary>Texts that match <see cref="Pattern"/> and are refused all the same.</summary>
    public string? Excluded { get; init; }

    /// <summary>Most characters, where the pattern does not say it.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Every text there is, where they can be listed.</summary>
    public IEnumerable<string>? Choices { get; init; }

    /// <summary>What is wrong with a text of another form, as a clause that does not repeat it; null where the noun says enough.</summary>
    public Func<string, string?>? Problem { get; init; }

    /// <summary>The line that puts a text of another form right, where an example alone would not say how; null for the example.</summary>
    public Func<string, string?>? Fix { get; init; }

    /// <summary>Whether a number of YAML can be a text of this form; editors refuse it otherwise.</summary>
    public bool TakesNumbers => Choices is null && new[] { "1", "100", "0.5", "1.25", "123456789012" }.Any(number => Parse(number) is not null);

    /// <summary>A form that a regular expression decides.</summary>
    public static TextForm Matching(string noun, string allowed, string example, string pattern) =>
        new(noun, allowed, example, text => Matches(text, pattern) ? text : null) { Pattern = pattern };

    /// <summary>The form of a value type that has a parser.</summary>
    public static TextForm Parsed<T>(string noun, string allowed, string example, string? pattern, TryParse<T> parse) =>
        new(noun, allowed, example, text => parse(text, out var value) ? value : null) { Pattern = pattern };

    /// <summary>What an operator reads of a text that <see cref="Parse"/> does not take.</summary>
    public string Complaint(string text) => Problem?.Invoke(text) ?? $"is not {Noun}";

    /// <summary>Adds the form to the JSON Schema that editors use.</summary>
    public void Describe(JsonObject schema)
    {
        if (Pattern is not null)
        {
            schema["pattern"] = Pattern;
        }

        if (Excluded is not null)
        {
            schema["not"] = new JsonObject { ["pattern"] = Excluded };
        }

        if (MaxLength is { } most)
        {
            schema["maxLength"] = most;
        }

        if (Choices is not null)
        {
            schema["enum"] = new JsonArray([.. Choices.Select(choice => JsonValue.Create(choice))]);
        }
    }

    // "$" would let a line break pass at the end.
    internal static bool Matches(string text, string pattern) =>
        Expression(pattern).Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>The expression of a pattern, made once; .NET's own store of them has room for fifteen.</summary>
    internal static Regex Expression(string pattern) =>
        Expressions.GetOrAdd(pattern, static pattern => new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
}

/// <summary>Forms by what they belong to, a name or a type. Each is made when it is first asked for, since a stack file needs few of them.</summary>
internal sealed class FormTable
{
    // Keys are boxed: the code of a dictionary by an enumeration would be compiled at every start.
    private readonly Dictionary<object, Lazy<TextForm>> _forms = [];

    /// <summary>Every one of them.</summary>
    public IEnumerable<TextForm> Forms => _forms.Values.Select(form => form.Value);

    public Func<TextForm> this[object key]
    {
        set => _forms.Add(key, new Lazy<TextForm>(value));
    }

    public bool Has(object key) => _forms.ContainsKey(key);

    public TextForm? Find(object key) => _forms.GetValueOrDefault(key)?.Value;
}
