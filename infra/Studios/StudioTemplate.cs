using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Manifests;
using Infra.Versions;

namespace Infra.Studios;

/// <summary>A studio template: what users choose from when they add a session.</summary>
/// <param name="Key">Its part of the variable names; see <see cref="IsKey"/>.</param>
/// <param name="Repository">Session image, with registry and tag.</param>
/// <param name="Tool">What runs in it: one of <see cref="Tools"/>.</param>
/// <param name="Icon">One of <see cref="Tools"/>; default the tool's.</param>
/// <param name="Status"><c>recommended</c>, <c>deprecated</c>, <c>experimental</c> or <c>unsupported</c>; null shows as unsupported.</param>
/// <param name="Client">connect-client of an image whose tag does not say it; null takes it from the tag.</param>
public sealed partial record StudioTemplate(
    string Key,
    ImageReference Repository,
    string Tool,
    string Icon,
    string? Status = null,
    ConnectClientVersion? Client = null)
{
    /// <summary>Tools and icons of the Platform; <c>ride</c> replaced <c>rstudio</c> in 25.2.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["jupyter", "vscode", "rstudio", "ride", "xpra"];

    /// <summary>Version of connect-client, null when neither tag nor <see cref="Client"/> tells.</summary>
    public ConnectClientVersion? EffectiveClient =>
        Client ?? (StudioImageTag.TryParse(Repository.Tag, out var tag) ? tag.Client : null);

    /// <summary>Whether the Platform reads the key as one word: it splits the variable's name at underscores.</summary>
    public static bool IsKey(string? text) => KeyShape().IsMatch(text ?? "");

    internal static StudioTemplate From(CatalogEntry entry) => new(entry.Key, ImageReference.Parse(entry.Repository), entry.Tool, entry.Icon, entry.Status);

    // "JUPYTER", "RIDE-OLD"; not "jupyter", "R_IDE", "-A" or "A--B".
    [GeneratedRegex(@"\A[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyShape();
}

/// <summary>The studio templates of a platform: the vendor's for its version, and the stack's own.</summary>
public static class TemplateCatalog
{
    private const string Prefix = "TOWER_DATA_STUDIO_TEMPLATES_";

    /// <summary>The vendor's templates of a release.</summary>
    public static IReadOnlyList<StudioTemplate> Defaults(VersionMatrix matrix, PlatformRelease release) =>
        [.. matrix.Catalogs[release.Catalog].Select(StudioTemplate.From)];

    /// <summary>Own templates win over the vendor's with the same key; the result is sorted by key.</summary>
    public static IReadOnlyList<StudioTemplate> Merge(IEnumerable<StudioTemplate> defaults, IEnumerable<StudioTemplate> own)
    {
        var byKey = new SortedDictionary<string, StudioTemplate>(StringComparer.Ordinal);
        foreach (var template in defaults.Concat(own))
        {
            byKey[template.Key] = template;
        }

        return [.. byKey.Values];
    }

    /// <summary>The variables of the templates; <c>_TOOL</c> and <c>_STATUS</c> only where the Platform knows them.</summary>
    public static ImmutableSortedDictionary<string, string> Variables(IEnumerable<StudioTemplate> templates, bool withTool)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var template in templates)
        {
            variables[$"{Prefix}{template.Key}_REPOSITORY"] = template.Repository.ToString();
            variables[$"{Prefix}{template.Key}_ICON"] = template.Icon;
            if (!withTool)
            {
                continue;
            }

            variables[$"{Prefix}{template.Key}_TOOL"] = template.Tool;
            if (template.Status is { } status)
            {
                variables[$"{Prefix}{template.Key}_STATUS"] = status;
            }
        }

        return variables.ToImmutable();
    }
}

/// <summary>The tag of a vendor's session image: version of the software, hyphen, version of the connect-client in it.</summary>
/// <param name="Software">Version of the tool (<c>6.2.0-r2-1</c>); it may hold hyphens itself.</param>
/// <param name="Client">Version of connect-client.</param>
public sealed record StudioImageTag(string Software, ConnectClientVersion Client)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out StudioImageTag? tag)
    {
        // "4.4.1-u2-0.8": only the text after the last hyphen is Seqera's.
        var hyphen = text?.LastIndexOf('-') ?? -1;
        tag = hyphen > 0 && ConnectClientVersion.TryParse(text![(hyphen + 1)..], out var client) ? new StudioImageTag(text[..hyphen], client) : null;
        return tag is not null;
    }

    public override string ToString() => $"{Software}-{Client}";
}

/// <summary>The connect-client in a session image; without a patch number the tag floats and means the newest patch.</summary>
public sealed partial record ConnectClientVersion(int Major, int Minor, int? Patch)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out ConnectClientVersion? version)
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
