using System.Text.RegularExpressions;

namespace Infra.Accounts;

/// <summary>A Google Cloud region by its name, such as <c>europe-west1</c>.</summary>
public sealed partial record GcpRegion
{
    private GcpRegion(string name) => Name = name;

    public string Name { get; }

    public static bool TryParse(string? text, out GcpRegion? region)
    {
        region = text is not null && Shape().IsMatch(text) ? new GcpRegion(text) : null;
        return region is not null;
    }

    public static GcpRegion Parse(string text) =>
        TryParse(text, out var region)
            ? region!
            : throw new FormatException($"'{text}' is not a Google Cloud region: it must be written as in 'europe-west1'.");

    /// <summary>Whether it is the name of a zone here: the region, a hyphen and one letter.</summary>
    public bool HasZone(string zone) =>
        zone.Length == Name.Length + 2 && zone.StartsWith($"{Name}-", StringComparison.Ordinal) && char.IsAsciiLetterLower(zone[^1]);

    public override string ToString() => Name;

    // "europe-west1", "northamerica-northeast2"; not "europe-west1-b", "eu-west-1" or "EUROPE-WEST1".
    [GeneratedRegex(@"\A[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
