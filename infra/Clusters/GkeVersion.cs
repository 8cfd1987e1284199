using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>A minor version of Kubernetes on GKE.</summary>
/// <param name="Name">Minor version: <c>1.35</c>.</param>
/// <param name="RegularSince">Day on which it came to the Regular channel.</param>
/// <param name="StandardUntil">Last day of standard support; the Rapid, Regular and Stable channels then move on.</param>
public sealed record GkeVersion(string Name, DateOnly RegularSince, DateOnly StandardUntil)
{
    // GKE documentation, "Versioning and upgrades": up to 24 months for a minor version, standard and extended support together.
    private const int SupportMonths = 24;

    /// <summary>The day for which channels are worked out; the dates are those of endoflife.date, 2026-08-22.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 20);

    /// <summary>What a stack file gets that names no version: in standard support, in every channel, and not the newest one.</summary>
    public const string Default = "1.35";

    /// <summary>Every version that some channel offered on <see cref="AsOf"/>, oldest first.</summary>
    public static ImmutableArray<GkeVersion> All { get; } =
    [
        new("1.33", new(2025, 6, 3), new(2026, 6, 30)),
        new("1.34", new(2025, 9, 30), new(2026, 8, 30)),
        new("1.35", new(2026, 2, 11), new(2027, 2, 28)),
        new("1.36", new(2026, 6, 9), new(2027, 6, 30)),
    ];

    /// <summary>Last day of extended support.</summary>
    public DateOnly ExtendedUntil => RegularSince.AddMonths(SupportMonths);

    /// <summary>
    /// Channels that offered it on <see cref="AsOf"/>. Each version in standard support had then been Regular for five months or more, which is longer than Stable waits.
    /// </summary>
    public ImmutableArray<GkeReleaseChannel> Channels => StandardUntil >= AsOf
        ? [GkeReleaseChannel.Rapid, GkeReleaseChannel.Regular, GkeReleaseChannel.Stable, GkeReleaseChannel.Extended]
        : [GkeReleaseChannel.Extended];

    public static GkeVersion? Find(string name) => All.FirstOrDefault(version => version.Name == name);

    /// <summary>Versions that a channel offers, oldest first.</summary>
    public static ImmutableArray<GkeVersion> In(GkeReleaseChannel channel) => [.. All.Where(version => version.Channels.Contains(channel))];
}
