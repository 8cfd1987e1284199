using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Infra.Versions;

/// <summary>A version that compares by number, as in <c>0.9.0 &lt; 0.10.0</c>; a leading <c>v</c> and a missing patch are read as what they mean.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Patch">Third number; 0 when it was not written.</param>
/// <param name="PreRelease">Dot-separated identifiers after a hyphen (<c>rc.1</c>); empty for a release, which sorts after all of them.</param>
public sealed partial record SemanticVersion(int Major, int Minor, int Patch, string PreRelease = "") : IComparable<SemanticVersion>
{
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string? text, out SemanticVersion? version)
    {
        version = null;
        var match = Shape().Match(text ?? "");
        if (!match.Success
            || !int.TryParse(match.Groups["major"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(match.Groups["minor"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        var patch = 0;
        if (match.Groups["patch"].Success && !int.TryParse(match.Groups["patch"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out patch))
        {
            return false;
        }

        version = new SemanticVersion(major, minor, patch, match.Groups["pre"].Value);
        return true;
    }

    public static SemanticVersion Parse(string text) =>
        TryParse(text, out var version)
            ? version!
            : throw new FormatException($"'{text}' is not a version: it must be major.minor or major.minor.patch, as in '26.1.3', with an optional leading 'v'.");

    // Semantic Versioning 2.0.0, rule 11.
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0 || PreRelease == other.PreRelease)
        {
            return numbers;
        }

        if (PreRelease.Length == 0 || other.PreRelease.Length == 0)
        {
            return PreRelease.Length == 0 ? 1 : -1;
        }

        return ComparePreReleases(PreRelease.Split('.'), other.PreRelease.Split('.'));
    }

    public override string ToString() => PreRelease.Length == 0 ? $"{Major}.{Minor}.{Patch}" : $"{Major}.{Minor}.{Patch}-{PreRelease}";

    private static int ComparePreReleases(string[] left, string[] right)
    {
        foreach (var (mine, theirs) in left.Zip(right))
        {
            var identifiers = CompareIdentifiers(mine, theirs);
            if (identifiers != 0)
            {
                return identifiers;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    // Numbers compare by value and sort before words; words compare by character.
    private static int CompareIdentifiers(string mine, string theirs) =>
        (long.TryParse(mine, NumberStyles.None, CultureInfo.InvariantCulture, out var left), long.TryParse(theirs, NumberStyles.None, CultureInfo.InvariantCulture, out var right)) switch
        {
            (true, true) => left.CompareTo(right),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(mine, theirs),
        };

    // "26.1.3", "v26.1.3", "0.12", "25.3.0-rc.1"; not "26", "26.1.3.1", "26.x" or "latest".
    [GeneratedRegex(@"\Av?(?<major>[0-9]{1,9})\.(?<minor>[0-9]{1,9})(\.(?<patch>[0-9]{1,9}))?(-(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>Reads the versions of <c>versions.json</c>, which are texts.</summary>
internal sealed class SemanticVersionConverter : JsonConverter<SemanticVersion>
{
    public override SemanticVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SemanticVersion.TryParse(reader.GetString(), out var version)
            ? version!
            : throw new JsonException($"'{reader.GetString()}' is not a version.");

    public override void Write(Utf8JsonWriter writer, SemanticVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
