using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>What the series of a Compute Engine machine type decides about its nodes.</summary>
public static class GkeMachineSeries
{
    private const string PersistentDisk = "pd-balanced";
    private const string Hyperdisk = "hyperdisk-balanced";

    /// <summary>Series that attach Hyperdisk only (Compute Engine documentation, "About Hyperdisk", machine series support; read August 2026).</summary>
    private static readonly ImmutableArray<string> HyperdiskOnly = ["c4", "c4a", "c4d", "h4d", "m4", "n4", "n4a", "n4d", "x4"];

    /// <summary>Series whose machines bring accelerators (Compute Engine documentation, "Accelerator-optimized machine family"; "TPUs in GKE").</summary>
    private static readonly ImmutableArray<string> Accelerated = ["a2", "a3", "a4", "a4x", "ct3", "ct3p", "ct4p", "ct5l", "ct5lp", "ct5p", "ct6e", "g2", "g4"];

    /// <summary>Type of the node's own disk.</summary>
    /// <param name="machineType">For example <c>n4-standard-4</c>.</param>
    public static string DiskType(string machineType) => HyperdiskOnly.Contains(Of(machineType)) ? Hyperdisk : PersistentDisk;

    /// <summary>Whether the disks of GKE's default StorageClass, Persistent Disks, can be attached.</summary>
    public static bool TakesPersistentDisks(string machineType) => DiskType(machineType) == PersistentDisk;

    /// <summary>Whether the machines bring GPUs or TPUs, for which nodes need drivers and pods tolerations.</summary>
    public static bool HasAccelerators(string machineType) => Accelerated.Contains(Of(machineType));

    private static string Of(string machineType) => machineType.Split('-')[0];
}
