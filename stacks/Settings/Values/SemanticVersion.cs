using System.Text.RegularExpressions;

namespace Stacks.Settings.Values;

/// <summary>A version as semver.org 2.0.0 orders it; it keeps its spelling, so <c>v26.1.3</c> stays what an image tag needs.</summary>
public sealed partial record SemanticVersion : IComparable<SemanticVersion>
{
    private SemanticVersion(string text, int major, int minor, int patch, string preRelease)
    {
        Text = text;
        Major = major;
        Minor = minor;
        Patch = patch;
        PreRelease = preRelease;
    }

    public string Text { get; }

    public int Major { get; }

    public int Minor { get; }

    public int Patch { get; }

    /// <summary>What stands behind the hyphen, empty for a release.</summary>
    public string PreRelease { get; }

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string? text, out SemanticVersion? version)
    {
        var match = Form().Match(text ?? "");
        version = match.Success
            ? new SemanticVersion(match.Value, Number("major"), Number("minor"), Number("patch"), match.Groups["pre"].Value)
            : null;
        return version is not null;

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan);
    }

    public static SemanticVersion Parse(string text) =>
        TryParse(text, out var version) ? version! : throw new FormatException($"'{text}' is not a version: it must be major.minor.patch, as in '26.1.3'.");

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : ComparePreRelease(PreRelease, other.PreRelease);
    }

    public override string ToString() => Text;

    // A release is newer than its pre-releases; identifiers compare one by one, numbers as numbers and below words.
    private static int ComparePreRelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length) switch { 0 => 0, var order => order > 0 ? 1 : -1 };
        }

        var (mine, theirs) = (left.Split('.'), right.Split('.'));
        for (var index = 0; index < Math.Min(mine.Length, theirs.Length); index++)
        {
            var order = (int.TryParse(mine[index], out var number), int.TryParse(theirs[index], out var otherNumber)) switch
            {
                (true, true) => number.CompareTo(otherNumber),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(mine[index], theirs[index]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return mine.Length.CompareTo(theirs.Length);
    }

    // "26.1.3", "v26.1.3", "0.13.0-rc.1"; not "26.1" (vendors' tags have three numbers) or "026.1.3".
    [GeneratedRegex(@"\Av?(?<major>0|[1-9][0-9]{0,8})\.(?<minor>0|[1-9][0-9]{0,8})\.(?<patch>0|[1-9][0-9]{0,8})(-(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
