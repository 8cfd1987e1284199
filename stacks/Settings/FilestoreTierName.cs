namespace Stacks.Settings;

/// <summary>Service tiers of Filestore, in Google's words.</summary>
public enum FilestoreTierName
{
    /// <summary>Disks, in one zone.</summary>
    BasicHdd,

    /// <summary>Solid state, in one zone.</summary>
    BasicSsd,

    /// <summary>Grows and shrinks, in one zone.</summary>
    Zonal,

    /// <summary>As zonal, replicated over the zones of a region.</summary>
    Regional,

    /// <summary>The older regional tier.</summary>
    Enterprise,
}
