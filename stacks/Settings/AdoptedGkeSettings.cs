using Infra.Clusters;
using Infra.Networks;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>A GKE cluster that exists, found by its name.</summary>
[Needs(nameof(PlatformSettings.Gcp))]
public sealed record AdoptedGkeSettings
{
    [Setting("Name of the cluster.", Example = "shared-research")]
    [GcpName(40)]
    public required string Name { get; init; }

    [Setting("Region or zone of the cluster, as gcloud container clusters list shows it.", Absent = "the region of platform:gcp", Example = "europe-west1-b")]
    public GkeLocation? Location { get; init; }

    [Setting("Addresses that Memorystore, Filestore and Cloud SQL get in the cluster's network.", Absent = "the network has private services access", Example = "10.41.0.0/16")]
    public Ipv4Block? ManagedServices { get; init; }
}
