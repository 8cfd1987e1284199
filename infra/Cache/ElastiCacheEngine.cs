namespace Infra.Cache;

/// <summary>What an ElastiCache node runs.</summary>
public enum ElastiCacheEngine
{
    /// <summary>Valkey 7.2: the version that Seqera Platform 26.1 and its Studios name.</summary>
    Valkey,

    /// <summary>Redis OSS 7.1: the last one that ElastiCache offers under that name.</summary>
    Redis,
}
