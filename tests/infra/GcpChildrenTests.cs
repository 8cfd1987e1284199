using Infra.Accounts;
using Infra.Cache;
using Infra.Clusters;
using Infra.Databases;
using Infra.Dns;
using Infra.Iam;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Networks;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra;

// Promise: a component makes these resources and no others, under these names: an engine finds what it made by them.
public sealed class GcpChildrenTests
{
    [Fact]
    public async Task GcpProject_HasTheseChildren() => (await Deployed.Of(options => GcpParts.Project(options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task GcpNetwork_HasTheseChildren() => (await Deployed.Of(options => new GcpNetwork("network", new GcpNetworkArgs { Addresses = GkeAddressPlan.Default, Project = GcpParts.Project() }, options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task GkeCluster_HasTheseChildren() => (await Deployed.Of(options => new GkeCluster(
        "cluster",
        new GkeClusterArgs
        {
            ClusterName = "studio-test",
            Location = GkeLocation.Parse("europe-west1"),
            Network = GcpParts.ExistingNetwork(),
            NodeAccountId = "studio-test-nodes",
            Pools = [new GkeNodePool("general", "n2-standard-4")],
            Project = GcpParts.Project(),
            Version = GkeVersion.Find("1.35")!,
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task AdoptedGkeCluster_HasTheseChildren() => (await Deployed.Of(options => GcpParts.Cluster(options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task MemorystoreRedis_HasTheseChildren() => (await Deployed.Of(options => new MemorystoreRedis(
        "redis",
        new MemorystoreRedisArgs
        {
            InstanceName = "studio-test-redis",
            Namespace = "seqera",
            Network = GcpParts.ExistingNetwork(),
            Project = GcpParts.Project(),
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task CloudSqlPostgres_HasTheseChildren() => (await Deployed.Of(options => new CloudSqlPostgres(
        "postgres",
        new CloudSqlPostgresArgs
        {
            Database = "workbench",
            InstanceName = "studio-test",
            Namespace = "workbench",
            Network = GcpParts.ExistingNetwork(),
            Project = GcpParts.Project(),
            User = "workbench",
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task FilestoreStorage_HasTheseChildren() => (await Deployed.Of(options => new FilestoreStorage(
        "storage",
        new FilestoreStorageArgs
        {
            CapacityGiB = 1024,
            InstanceName = "studio-test",
            Location = "europe-west1-b",
            Network = GcpParts.ExistingNetwork(),
            Tier = FilestoreTier.Zonal,
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task FilestoreClassStorage_HasTheseChildren() => (await Deployed.Of(options => new FilestoreClassStorage(
        "storage",
        new FilestoreClassStorageArgs { ClassName = "filestore", Network = GcpParts.ExistingNetwork(), Tier = FilestoreTier.Regional },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task StaticAddress_HasTheseChildren() => (await Deployed.Of(options => new StaticAddress("address", new StaticAddressArgs { AddressName = "studio-edge" }, options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task CloudDnsDomain_HasTheseChildren() => (await Deployed.Of(options => new CloudDnsDomain(
        "domain",
        new CloudDnsDomainArgs
        {
            Hosts = new PlatformHosts(DomainName.Parse("example.com"), DomainName.Parse("connect.example.com"), new SessionRouting.Path(), []),
            IssueCertificate = true,
            Project = GcpParts.Project(),
            Zone = DomainName.Parse("example.com"),
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task PlatformGateway_HasTheseChildren() => (await Deployed.Of(options => new PlatformGateway(
        "edge",
        new PlatformGatewayArgs
        {
            AddressName = Output.Create("studio-edge"),
            CertificateMapName = "map-1",
            GatewayName = KubernetesName.Parse("studio-platform"),
            Namespace = "gateways",
            RouteNamespaces = ["seqera-platform"],
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task GkeLauncherAccess_HasTheseChildren() => (await Deployed.Of(options => new GkeLauncherAccess(
        "access",
        new GkeLauncherAccessArgs { Cluster = GcpParts.Cluster(), ServiceAccount = ServiceAccountEmail.Parse("tower-1@research-1.iam.gserviceaccount.com") },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task WorkloadServiceAccount_HasTheseChildren() => (await Deployed.Of(options => new WorkloadServiceAccount(
        "fusion",
        new WorkloadServiceAccountArgs
        {
            AccountId = "studio-test-fusion",
            Buckets = ["example-work"],
            Cluster = GcpParts.Cluster(),
            Description = "Fusion",
            Namespace = "tower-nf",
            ServiceAccounts = [KubernetesName.Parse("tower-launcher-sa")],
        },
        options))).Lineages.ShouldBe([]);
}
