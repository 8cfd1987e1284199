using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Networks;
using Pulumi;

namespace Tests.Support;

/// <summary>A project, a network and a cluster for tests of what stands on them.</summary>
internal static class GcpParts
{
    public const string Network = "projects/example-research/global/networks/test";

    public static GcpProject Project(ComponentResourceOptions? options = null) => new(
        "gcp",
        new GcpProjectArgs
        {
            ProjectId = "example-research",
            Region = GcpRegion.Parse("europe-west1"),
            Services = [GcpServices.Container],
            Labels = ImmutableDictionary<string, string>.Empty.Add("pulumi-stack", "test"),
        },
        options);

    public static ExistingGcpNetwork ExistingNetwork() => new(
        Output.Create(Network), Output.Create("projects/example-research/regions/europe-west1/subnetworks/test"), "pods", "services");

    public static AdoptedGkeCluster Cluster(ComponentResourceOptions? options = null) => new(
        "cluster",
        new AdoptedGkeClusterArgs { Project = Project(), ClusterName = "shared", Location = GkeLocation.Parse("europe-west1") },
        options);
}
