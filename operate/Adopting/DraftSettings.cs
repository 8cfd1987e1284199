using System.Globalization;
using System.Text;
using YamlDotNet.Serialization;

namespace Operate.Adopting;

/// <summary>Settings of a stack file in the making: keys in the order in which they were set, and what a reader has to know about them.</summary>
internal sealed class DraftSettings
{
    /// <summary>What marks a line that somebody has to look at before the file is used.</summary>
    public const string Mark = "REPLACE";

    private static readonly ISerializer Scalars = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    private readonly List<Entry> _entries = [];

    public bool IsEmpty => _entries.Count == 0;

    public bool Has(string key) => _entries.Exists(entry => entry.Key == key);

    /// <summary>Sets a text; null sets nothing.</summary>
    public DraftSettings Set(string key, string? value, string? comment = null) => value is null ? this : Add(key, Scalar(value), comment);

    public DraftSettings Set(string key, int value) => Add(key, value.ToString(CultureInfo.InvariantCulture), null);

    public DraftSettings Set(string key, bool value, string? comment = null) => Add(key, value ? "true" : "false", comment);

    /// <summary>Sets a list on one line; an empty one is written, because it says something else than none.</summary>
    public DraftSettings Set(string key, IEnumerable<string> values) => Add(key, $"[{string.Join(", ", values.Select(Scalar))}]", null);

    /// <summary>The same of numbers.</summary>
    public DraftSettings SetNumbers(string key, IEnumerable<string> numbers) => Add(key, $"[{string.Join(", ", numbers)}]", null);

    /// <summary>Sets a value that is not known here.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">A value of the right form.</param>
    /// <param name="what">What belongs there, and where it is found.</param>
    public DraftSettings Unknown(string key, string example, string what) => Add(key, Scalar(example), $"{Mark}: {what}");

    /// <summary>Sets the certificates of an ingress controller: Secrets, each with the names on it.</summary>
    public DraftSettings SetCertificates(IReadOnlyCollection<(string Secret, string[] Names)> certificates) => Add(
        "certificates",
        string.Concat(certificates.Select(certificate =>
            $"\n- {{ tlsSecret: {Scalar(certificate.Secret)}, names: [{string.Join(", ", certificate.Names.Select(Scalar))}] }}")),
        null);

    /// <summary>The mapping below a key, made when it is not there.</summary>
    public DraftSettings In(string key)
    {
        if (_entries.Find(entry => entry.Key == key)?.Below is { } known)
        {
            return known;
        }

        var made = new DraftSettings();
        _entries.Add(new Entry(key, "", null, made));
        return made;
    }

    /// <summary>The lines, without those that hold nothing.</summary>
    public string Text(int indent = 0)
    {
        var text = new StringBuilder();
        Write(text, new string(' ', indent));
        return text.ToString();
    }

    private DraftSettings Add(string key, string value, string? comment)
    {
        _entries.Add(new Entry(key, value, comment, null));
        return this;
    }

    private void Write(StringBuilder text, string indent)
    {
        foreach (var (key, value, comment, below) in _entries)
        {
            if (comment is not null)
            {
                text.Append(indent).Append("# ").Append(comment).Append('\n');
            }

            text.Append(indent).Append(Scalar(key)).Append(':');
            if (below is null)
            {
                // A list of several lines begins on the next one
                text.Append(value.StartsWith('\n') ? value.Replace("\n", $"\n{indent}  ", StringComparison.Ordinal) : $" {value}").Append('\n');
            }
            else if (below.IsEmpty)
            {
                text.Append(" {}\n");
            }
            else
            {
                text.Append('\n');
                below.Write(text, $"{indent}  ");
            }
        }
    }

    private static string Scalar(string value) => Scalars.Serialize(value).TrimEnd('\n', '\r');

    private sealed record Entry(string Key, string Value, string? Comment, DraftSettings? Below);
}
