namespace Rehearsal.Functions;

/// <summary>Every function with a rehearsed answer; a new one is a class and a line here.</summary>
internal static class Catalog
{
    public static readonly IReadOnlyList<IFunction> All =
    [
        new GetResource(),
        new Aws.GetAddonVersion(),
        new Aws.GetAvailabilityZones(),
        new Aws.GetCallerIdentity(),
        new Aws.GetCertificate(),
        new Aws.GetCluster(),
        new Aws.GetClusterAuth(),
        new Aws.GetClusterVersions(),
        new Aws.GetFileSystem(),
        new Aws.GetHostedZoneId(),
        new Aws.GetLoadBalancer(),
        new Aws.GetOpenIdConnectProvider(),
        new Aws.GetPartition(),
        new Aws.GetPolicyDocument(),
        new Aws.GetRegion(),
        new Aws.GetReplicationGroup(),
        new Aws.GetRole(),
        new Aws.GetSessionContext(),
        new Aws.GetSubnet(),
        new Aws.GetSubnets(),
        new Aws.GetVpc(),
        new Aws.GetZone(),
        new Gcp.GetClientConfig(),
        new Gcp.GetCluster(),
        new Gcp.GetEngineVersions(),
        new Gcp.GetManagedZone(),
        new Gcp.GetNetwork(),
        new Gcp.GetProject(),
        new Gcp.GetSubnetwork(),
        new Gcp.GetZones(),
        new Tls.GetPublicKey(),
    ];
}
