using System.Diagnostics.CodeAnalysis;
using Semver;

namespace Infra.Versions;

/// <summary>
/// A version as the vendor writes it, compared by number: <c>0.9.0 &lt; 0.10.0</c>. A leading <c>v</c> and a missing patch are read as what they mean.
/// </summary>
/// <remarks>
/// A thin type around <see cref="SemVersion"/>, which parses and compares: that class has no operators and orders build metadata,
/// accepts <c>1.2.3+build</c>, and so would put the vendor's rules into every place that reads a version.
/// </remarks>
public sealed record SemanticVersion : IComparable<SemanticVersion>
{
    private const SemVersionStyles VendorsStyles = SemVersionStyles.AllowLowerV | SemVersionStyles.OptionalPatch | SemVersionStyles.AllowLeadingZeros;

    private const int MaximumLength = 60;

    // Each number fits into an int, whatever the library would take.
    private const int Limit = 1_000_000_000;

    private readonly SemVersion _version;

    private SemanticVersion(SemVersion version) => _version = version;

    public int Major => (int)_version.Major;

    public int Minor => (int)_version.Minor;

    public int Patch => (int)_version.Patch;

    /// <summary>The release that a pre-release leads to; null for a release.</summary>
    public SemanticVersion? LeadsTo => _version.IsPrerelease ? Parse($"{Major}.{Minor}.{Patch}") : null;

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = SemVersion.TryParse(text, VendorsStyles, out var parsed, MaximumLength) && parsed.Metadata.Length == 0 && IsInRange(parsed)
            ? new SemanticVersion(parsed)
            : null;
        return version is not null;
    }

    public static SemanticVersion Parse(string text) => TryParse(text, out var version)
        ? version
        : throw new FormatException($"'{text}' is not a version: it must be major.minor or major.minor.patch, as in '26.1.3', with an optional leading 'v'.");

    public int CompareTo(SemanticVersion? other) => _version.ComparePrecedenceTo(other?._version);

    public bool Equals(SemanticVersion? other) => other is not null && _version.Equals(other._version);

    public override int GetHashCode() => _version.GetHashCode();

    public override string ToString() => _version.ToString();

    private static bool IsInRange(SemVersion version) => version.Major < Limit && version.Minor < Limit && version.Patch < Limit;
}
