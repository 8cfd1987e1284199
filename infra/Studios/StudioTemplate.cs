using System.Text.RegularExpressions;
using Infra.Manifests;
using Infra.Versions;

namespace Infra.Studios;

/// <summary>A studio template: what users choose from when they add a session.</summary>
/// <param name="Key">Its part of the variable names; see <see cref="IsKey"/>.</param>
/// <param name="Repository">Session image, with registry and tag.</param>
/// <param name="Tool">What runs in it: one of <see cref="Tools"/>.</param>
/// <param name="Icon">One of <see cref="Tools"/>; default the tool's.</param>
/// <param name="Status">One of <see cref="Statuses"/>; null shows as unsupported.</param>
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

    /// <summary>Values of the API's status field.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["recommended", "deprecated", "experimental", "unsupported"];

    /// <summary>Version of connect-client, null when neither tag nor <see cref="Client"/> tells.</summary>
    public ConnectClientVersion? EffectiveClient =>
        Client ?? (StudioImageTag.TryParse(Repository.Tag, out var tag) ? tag!.Client : null);

    /// <summary>Whether the Platform reads the key as one word: it splits the variable's name at underscores.</summary>
    public static bool IsKey(string? text) => KeyShape().IsMatch(text ?? "");

    internal static StudioTemplate From(CatalogEntry entry) => new(entry.Key, ImageReference.Parse(entry.Repository), entry.Tool, entry.Icon, entry.Status);

    // "JUPYTER", "RIDE-OLD"; not "jupyter", "R_IDE", "-A" or "A--B".
    [GeneratedRegex(@"\A[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyShape();
}
