namespace Infra.Dns;

/// <summary>
/// Under which names anybody can register: <c>com</c>, <c>co.uk</c>, <c>run.app</c>. Browsers share cookies across hosts below such a name only if the label
/// before it is the same.
/// </summary>
public static class PublicSuffixes
{
    private const string Resource = "Infra.Dns.public-suffixes.txt";

    private static readonly Lazy<HashSet<string>> Rules = new(ReadEmbedded);

    /// <summary>The public suffix of a name; the name itself where it is one.</summary>
    public static string Of(DomainName name) => string.Join('.', name.Labels.Skip(name.Labels.Count - Length(name)));

    public static bool IsOne(DomainName name) => Length(name) == name.Labels.Count;

    /// <summary>The name that somebody registered and that this one is or stands under: the public suffix and one label; null for a suffix.</summary>
    public static DomainName? Registered(DomainName name) => IsOne(name) || name.Labels[^(Length(name) + 1)] == "*"
        ? null
        : DomainName.Parse(string.Join('.', name.Labels.Skip(name.Labels.Count - Length(name) - 1)));

    // The algorithm of publicsuffix.org: an exception wins, then the rule with the most labels, and without one the last label is the suffix.
    private static int Length(DomainName name)
    {
        var labels = name.Labels;
        for (var skipped = 0; skipped < labels.Count; skipped++)
        {
            var count = labels.Count - skipped;
            var candidate = string.Join('.', labels.Skip(skipped));
            if (Rules.Value.Contains($"!{candidate}"))
            {
                return count - 1;
            }

            if (Rules.Value.Contains(candidate) || (count > 1 && Rules.Value.Contains($"*.{string.Join('.', labels.Skip(skipped + 1))}")))
            {
                return count;
            }
        }

        return 1;
    }

    private static HashSet<string> ReadEmbedded()
    {
        using var text = typeof(PublicSuffixes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without {Resource}.");
        using var reader = new StreamReader(text);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
    }
}
