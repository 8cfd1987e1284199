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
    /// <summary>The day on which this table was compared with AWS's calendar (endoflife.date, 2026-08-22) and support states were derived.</summary>
    public static DateOnly AsOf { get; } = new(2026, 11, 20);

    /// <summary>What a stack file gets that names no version: in standard support, and old enough for scanners to know (Checkov 3.3 CKV_AWS_339 ends there).</summary>
    public const string Default = "1.35";

    /// <summary>Every version that was supported on <see cref="AsOf"/> and for weeks after it, oldest first.</summary>
    /// <remarks>Add-on versions: defaults of <c>aws eks describe-addon-versions --kubernetes-version …</c> as published in August 2026.</remarks>
    public static ImmutableArray<EksVersion> All { get; } =
    [
        new("1.32", new(2026, 3, 23), new(2027, 3, 23), "v1.32.13-eksbuild.21", "v1.11.4-eksbuild.40"),
        new("1.33", new(2026, 7, 29), new(2027, 7, 29), "v1.33.10-eksbuild.18", "v1.12.4-eksbuild.18"),
        new("1.34", new(2026, 12, 2), new(2027, 12, 2), "v1.34.6-eksbuild.21", "v1.12.4-eksbuild.29"),
        new("1.35", new(2027, 3, 27), new(2028, 3, 27), "v1.35.3-eksbuild.21", "v1.13.2-eksbuild.21"),
        new("1.36", new(2027, 8, 2), new(2028, 8, 2), "v1.36.0-eksbuild.21", "v1.14.3-eksbuild.16"),
    ];

    /// <summary>Support on <see cref="AsOf"/>.</summary>
    public EksSupport Support => StandardUntil >= AsOf ? EksSupport.Standard : EksSupport.Extended;

    public static EksVersion? Find(string name) => All.FirstOrDefault(version => version.Name == name);
}
