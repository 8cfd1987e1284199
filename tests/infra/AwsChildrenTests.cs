using System.Collections.Immutable;
using Infra.Cache;
using Infra.Clusters;
using Infra.Databases;
using Infra.Dns;
using Infra.Encryption;
using Infra.Iam;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Networks;
using Infra.Routing;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra;

// Promise: a component makes these resources and no others, under these names: an engine finds what it made by them.
public sealed class AwsChildrenTests
{
    [Fact]
    public async Task AwsAccount_HasTheseChildren() => (await Deployed.Of(options => AwsParts.Account(options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task VpcNetwork_HasTheseChildren() => (await Deployed.Of(options => new VpcNetwork(
        "network",
        new VpcNetworkArgs
        {
            Account = AwsParts.Account(),
            Block = Ipv4Block.Parse("10.20.0.0/16"),
            DisplayName = "studio-test",
            InterfaceEndpoints = ["sts"],
            Nat = NatStrategy.Single,
            ZoneCount = 2,
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task EncryptionKey_HasTheseChildren() => (await Deployed.Of(options => new EncryptionKey("key", new EncryptionKeyArgs { Account = AwsParts.Account(), Description = "Data" }, options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task EksCluster_HasTheseChildren() => (await Deployed.Of(options => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account(), autoscaler: true), options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task AdoptedEksCluster_HasTheseChildren() => (await Deployed.Of(options => AwsParts.Adopted(options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task ElastiCacheRedis_HasTheseChildren() => (await Deployed.Of(options => new ElastiCacheRedis(
        "redis",
        new ElastiCacheRedisArgs
        {
            ClientSecurityGroupId = "sg-nodes",
            KeyArn = "arn:key",
            Namespace = "seqera",
            Network = AwsParts.Network(),
            ReplicationGroupId = "studio-test-redis",
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task RdsPostgres_HasTheseChildren() => (await Deployed.Of(options => new RdsPostgres(
        "postgres",
        new RdsPostgresArgs
        {
            ClientSecurityGroupId = "sg-nodes",
            Database = "workbench",
            Identifier = "studio-test",
            Namespace = "workbench",
            Network = AwsParts.Network(),
            User = "workbench",
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task EfsStorage_HasTheseChildren() => (await Deployed.Of(options => new EfsStorage(
        "storage",
        new EfsStorageArgs { ClientSecurityGroupId = "sg-nodes", DisplayName = "studio-test", KeyArn = "arn:key", Network = AwsParts.Network() },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task FsxLustreStorage_HasTheseChildren() => (await Deployed.Of(options => new FsxLustreStorage(
        "storage",
        new FsxLustreStorageArgs
        {
            CapacityGiB = 1200,
            ClientSecurityGroupId = "sg-nodes",
            Deployment = FsxLustreDeployment.Scratch,
            DisplayName = "studio-test",
            Network = AwsParts.Network(),
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task PlatformLoadBalancer_HasTheseChildren() => (await Deployed.Of(options => new PlatformLoadBalancer(
        "edge",
        new PlatformLoadBalancerArgs { CertificateArn = "arn:certificate", ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")], Cluster = AwsParts.Adopted() },
        options).Route("route", Route(), options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task SshFrontBalancer_HasTheseChildren() => (await Deployed.Of(options => new SshFrontBalancer(
        "front",
        new SshFrontBalancerArgs
        {
            ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")],
            Cluster = AwsParts.Adopted(),
            Namespace = "seqera",
            NodePort = 30222,
            Port = 2222,
            Service = "proxy-ssh",
            Web = new PlatformLoadBalancer(
                "edge", new PlatformLoadBalancerArgs { CertificateArn = "arn:certificate", ClientBlocks = [], Cluster = AwsParts.Adopted() }),
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task Route53Delegation_HasTheseChildren() => (await Deployed.Of(options => new Route53Delegation(
        "delegation",
        new Route53DelegationArgs
        {
            Domain = DomainName.Parse("studios.example.com"),
            NameServers = Output.Create(ImmutableArray.Create("ns-1.example.net.")),
            Parent = DomainName.Parse("example.com"),
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task EksLauncherAccess_HasTheseChildren() => (await Deployed.Of(options => new EksLauncherAccess(
        "access",
        new EksLauncherAccessArgs
        {
            AccessMethods = [EksAccessMethod.AccessEntry, EksAccessMethod.AwsAuth],
            Cluster = new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account(), EksAuthenticationMode.ApiAndConfigMap)),
            ExternalId = "seqera-1",
            PrincipalArn = "arn:aws:iam::123456789012:role/tower",
        },
        options))).Lineages.ShouldBe([]);

    [Fact]
    public async Task EksFusionRole_HasTheseChildren() => (await Deployed.Of(options => new EksFusionRole(
        "fusion",
        new EksFusionRoleArgs
        {
            Cluster = AwsParts.Adopted(),
            Identity = WorkloadIdentity.PodIdentity,
            Namespace = "tower-nf",
            ServiceAccounts = [KubernetesName.Parse("tower-launcher-sa")],
            WorkBuckets = ["example-work"],
        },
        options))).Lineages.ShouldBe([]);

    private static LoadBalancerRouteArgs Route() => new()
    {
        Namespace = "seqera",
        PodPort = 8081,
        Priority = 100,
        Routes = new HostRoutes([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80),
    };
}
