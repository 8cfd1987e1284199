namespace Infra.Naming;

/// <summary>What Google Cloud demands of the name of one kind of resource, beyond what it demands of all: lower-case letters, digits and inner hyphens, a letter first.</summary>
/// <param name="Kind">The kind in Google's words, for messages.</param>
/// <param name="MinimumLength">Shortest name in characters.</param>
/// <param name="MaximumLength">Longest name in characters.</param>
public sealed record GcpNameRule(string Kind, int MinimumLength, int MaximumLength)
{
    /// <summary>Kubernetes Engine API reference, <c>projects.locations.clusters</c>, <c>name</c>: 40 characters.</summary>
    public static GcpNameRule GkeCluster { get; } = new("GKE cluster", 1, 40);

    /// <summary>IAM API reference, <c>projects.serviceAccounts.create</c>, <c>accountId</c>: 6 to 30 characters.</summary>
    public static GcpNameRule ServiceAccount { get; } = new("service account", 6, 30);

    /// <summary>Compute Engine, "Naming resources": 63 characters (RFC 1035), for networks, subnetworks and addresses alike.</summary>
    public static GcpNameRule Compute { get; } = new("Compute Engine resource", 1, 63);

    /// <summary>Memorystore for Redis API reference, <c>instanceId</c>: 40 characters.</summary>
    public static GcpNameRule RedisInstance { get; } = new("Memorystore instance", 1, 40);

    /// <summary>Filestore API reference, <c>instanceId</c>: 63 characters.</summary>
    public static GcpNameRule FilestoreInstance { get; } = new("Filestore instance", 1, 63);

    /// <summary>Cloud SQL, "Instance settings": project and instance name together have at most 98 characters, and a project id has up to 30.</summary>
    public static GcpNameRule SqlInstance { get; } = new("Cloud SQL instance", 1, 67);

    /// <summary>Cloud DNS API reference, <c>managedZones</c>, <c>name</c>: 63 characters.</summary>
    public static GcpNameRule ManagedZone { get; } = new("managed zone", 1, 63);
}
