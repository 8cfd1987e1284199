using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Versions;

namespace Infra.Studios;

/// <summary>The connect-client in a session image; without a patch number the tag floats and means the newest patch.</summary>
public sealed partial record ConnectClientVersion(int Major, int Minor, int? Patch)
{
    public static bool TryParse(string? text, out ConnectClientVersion? version)
    {
        var match = Shape().Match(text ?? "");
        version = match.Success
            ? new ConnectClientVersion(Number(match, "major"), Number(match, "minor"), match.Groups["patch"].Success ? Number(match, "patch") : null)
            : null;
        return version is not null;
    }

    /// <summary>Whether the image has at least this connect-client; a floating tag has every patch of its minor version.</summary>
    public bool IsAtLeast(SemanticVersion minimum) =>
        Patch is { } patch
            ? (Major, Minor, patch).CompareTo((minimum.Major, minimum.Minor, minimum.Patch)) >= 0
            : (Major, Minor).CompareTo((minimum.Major, minimum.Minor)) >= 0;

    public override string ToString() => Patch is { } patch ? $"{Major}.{Minor}.{patch}" : $"{Major}.{Minor}";

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    // "0.12", "0.7.4"; not "12", "0.12.0.1" or "v0.12".
    [GeneratedRegex(@"\A(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})(\.(?<patch>[0-9]{1,4}))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
