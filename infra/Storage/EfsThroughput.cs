namespace Infra.Storage;

/// <summary>How an EFS file system comes by its throughput.</summary>
public enum EfsThroughput
{
    /// <summary>As much as is asked for, paid by the byte; what AWS advises for work that comes in bursts.</summary>
    Elastic,

    /// <summary>Grows with the amount of data stored; small file systems are slow.</summary>
    Bursting,
}
