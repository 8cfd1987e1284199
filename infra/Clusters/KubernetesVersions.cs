using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>A Kubernetes version that EKS runs, with the add-on versions that were published for it.</summary>
/// <param name="Name">Minor version: <c>1.35</c>.</param>
/// <param name="StandardUntil">Last day of standard support.</param>
/// <param name="ExtendedUntil">Last day of extended support; EKS then upgrades the cluster on its own.</param>
/// <param name="KubeProxy">Version of the kube-proxy add-on, which follows the cluster's version.</param>
/// <param name="CoreDns">Version of the coredns add-on.</param>
public sealed record EksVersion(string Name, DateOnly StandardUntil, DateOnly ExtendedUntil, string KubeProxy, string CoreDns)
{
    /// <summary>The price of a control plane in standard support (aws.amazon.com/eks/pricing, as quoted 2026-09-29).</summary>
    public const string StandardPrice = "$0.10";

    /// <summary>The price of a control plane in extended support (the same page).</summary>
    public const string ExtendedPrice = "$0.60";

    /// <summary>The day on which this table was compared with AWS's calendar (endoflife.date, 2026-08-22) and support states were derived.</summary>
    /// <remarks>
    /// 1.37 came to EKS in October 2026; neither its dates nor its add-ons are in a source that says them to the day (looked for on 2026-11-26).
    /// </remarks>
    public static DateOnly AsOf { get; } = new(2026, 11, 26);

    /// <summary>
    /// What a stack file gets that names no version: in standard support, and old enough for scanners to know (Checkov 3.3 CKV_AWS_339 ends there).
    /// </summary>
    public const string Default = "1.35";

    /// <summary>Every version that was supported on <see cref="AsOf"/> and for weeks after it, oldest first.</summary>
    /// <remarks>Add-on versions: defaults of <c>aws eks describe-addon-versions --kubernetes-version …</c> as of September 2026 (read 2026-11-26).</remarks>
    public static ImmutableArray<EksVersion> All { get; } =
    [
        // metrics-server 0.9 is offered from Kubernetes 1.34 on.
        new("1.32", new(2026, 3, 23), new(2027, 3, 23), "v1.32.13-eksbuild.28", "v1.11.4-eksbuild.60") { MetricsServer = "v0.8.1-eksbuild.14" },
        new("1.33", new(2026, 7, 29), new(2027, 7, 29), "v1.33.10-eksbuild.29", "v1.12.4-eksbuild.38") { MetricsServer = "v0.8.1-eksbuild.14" },
        new("1.34", new(2026, 12, 2), new(2027, 12, 2), "v1.34.6-eksbuild.29", "v1.12.4-eksbuild.38"),
        new("1.35", new(2027, 3, 27), new(2028, 3, 27), "v1.35.3-eksbuild.29", "v1.13.2-eksbuild.31"),
        new("1.36", new(2027, 8, 2), new(2028, 8, 2), "v1.36.0-eksbuild.25", "v1.14.3-eksbuild.23"),
    ];

    /// <summary>Version of the metrics-server add-on.</summary>
    public string MetricsServer { get; init; } = "v0.9.0-eksbuild.11";

    /// <summary>Support on <see cref="AsOf"/>.</summary>
    public EksSupport Support => StandardUntil >= AsOf ? EksSupport.Standard : EksSupport.Extended;

    public static EksVersion? Find(string name) => All.FirstOrDefault(version => version.Name == name);
}

/// <summary>What AWS does for a Kubernetes version.</summary>
public enum EksSupport
{
    /// <summary>Patched, at the normal price.</summary>
    Standard,

    /// <summary>Patched for twelve more months, at several times the price of the control plane.</summary>
    Extended,
}

/// <summary>A minor version of Kubernetes on GKE.</summary>
/// <param name="Name">Minor version: <c>1.35</c>.</param>
/// <param name="RegularSince">Day on which it came to the Regular channel.</param>
/// <param name="StandardUntil">Last day of standard support; the Rapid, Regular and Stable channels then move on.</param>
public sealed record GkeVersion(string Name, DateOnly RegularSince, DateOnly StandardUntil)
{
    /// <summary>The price of a control plane in standard support (cloud.google.com/kubernetes-engine/pricing, as quoted in October 2026).</summary>
    public const string StandardPrice = "$0.10";

    /// <summary>The price of a control plane in extended support, the fee of the extended period included (the same page).</summary>
    public const string ExtendedPrice = "$0.60";

    // GKE documentation, "Versioning and upgrades": up to 24 months for a minor version, standard and extended support together.
    private const int SupportMonths = 24;

    /// <summary>The day for which channels are worked out.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 26);

    /// <summary>What a stack file gets that names no version: in standard support, in every channel, and not the newest one.</summary>
    public const string Default = "1.35";

    /// <summary>Every version that some channel offered on <see cref="AsOf"/>, oldest first.</summary>
    /// <remarks>
    /// endoflife.date, 2026-08-22: <c>releaseDate</c> is the day in the Regular channel, <c>eol</c> the end of standard support. That of 1.36 follows from
    /// GKE's rule, fourteen months after the Regular channel.
    /// </remarks>
    public static ImmutableArray<GkeVersion> All { get; } =
    [
        new("1.33", new(2025, 6, 3), new(2026, 8, 3)),
        new("1.34", new(2025, 9, 30), new(2026, 10, 1)),
        new("1.35", new(2026, 2, 11), new(2027, 4, 11)),
        new("1.36", new(2026, 6, 9), new(2027, 8, 9)),
    ];

    /// <summary>Last day of extended support.</summary>
    public DateOnly ExtendedUntil => RegularSince.AddMonths(SupportMonths);

    /// <summary>
    /// Channels that offered it on <see cref="AsOf"/>. Each version in standard support had then been Regular for five months or more, which is longer than
    /// Stable waits.
    /// </summary>
    public ImmutableArray<GkeReleaseChannel> Channels => StandardUntil >= AsOf
        ? [GkeReleaseChannel.Rapid, GkeReleaseChannel.Regular, GkeReleaseChannel.Stable, GkeReleaseChannel.Extended]
        : [GkeReleaseChannel.Extended];

    public static GkeVersion? Find(string name) => All.FirstOrDefault(version => version.Name == name);

    /// <summary>Versions that a channel offers, oldest first.</summary>
    public static ImmutableArray<GkeVersion> In(GkeReleaseChannel channel) => [.. All.Where(version => version.Channels.Contains(channel))];
}

/// <summary>Who decides when a GKE cluster is upgraded, and how soon.</summary>
public enum GkeReleaseChannel
{
    /// <summary>As soon as GKE has a version; for trying things out.</summary>
    Rapid,

    /// <summary>Two to three months after Rapid.</summary>
    Regular,

    /// <summary>Two to three months after Regular.</summary>
    Stable,

    /// <summary>As Regular, and a version may be kept for about 24 months, at a higher price from the end of its standard support on.</summary>
    Extended,
}
