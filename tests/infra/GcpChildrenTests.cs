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
    public async Task GcpProject_HasTheseChildren() => (await Deployed.Of(options => GcpParts.Project(options))).Lineages.ShouldBe([
        "platform:accounts:GcpProject$gcp:projects/service:Service::gcp-container",
        "platform:accounts:GcpProject$pulumi:providers:gcp::gcp-provider",
        "platform:accounts:GcpProject$pulumi:providers:gcp::gcp-setup",
        "platform:accounts:GcpProject::gcp",
    ]);

    [Fact]
    public async Task GcpNetwork_HasTheseChildren() =>
        (
            await Deployed.Of(options => new GcpNetwork(
                "network",
                new GcpNetworkArgs { Addresses = GkeAddressPlan.Default, Project = GcpParts.Project() },
                options))
        ).Lineages.ShouldBe([
            "platform:networks:GcpNetwork$gcp:compute/network:Network::network",
            "platform:networks:GcpNetwork$gcp:compute/router:Router::network-router",
            "platform:networks:GcpNetwork$gcp:compute/routerNat:RouterNat::network-nat",
            "platform:networks:GcpNetwork$gcp:compute/subnetwork:Subnetwork::network-nodes",
            "platform:networks:GcpNetwork$platform:networks:ManagedServicesAccess$gcp:compute/globalAddress:GlobalAddress::network-managed-services-range",
            "platform:networks:GcpNetwork$platform:networks:ManagedServicesAccess$gcp:servicenetworking/connection:Connection::network-managed-services",
            "platform:networks:GcpNetwork$platform:networks:ManagedServicesAccess::network-managed-services",
            "platform:networks:GcpNetwork::network",
        ]);

    [Fact]
    public async Task GkeCluster_HasTheseChildren() =>
        (
            await Deployed.Of(options => new GkeCluster(
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
                options))
        ).Lineages.ShouldBe([
            "platform:clusters:GkeCluster$platform:clusters:GkeControlPlane$gcp:container/cluster:Cluster::cluster",
            "platform:clusters:GkeCluster$platform:clusters:GkeControlPlane::cluster",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity$gcp:projects/iAMMember:IAMMember::cluster-nodes-account-defaultnodeserviceaccount-of-container",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity$gcp:projects/iAMMember:IAMMember::cluster-nodes-account-metricwriter-of-monitoring",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity$gcp:projects/iAMMember:IAMMember::cluster-nodes-account-reader-of-artifactregistry",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity$gcp:projects/iAMMember:IAMMember::cluster-nodes-account-writer-of-stackdriver",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity$gcp:serviceaccount/account:Account::cluster-nodes-account",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodeIdentity::cluster-nodes-account",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodePools$gcp:compute/firewall:Firewall::cluster-nodes-webhooks",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodePools$gcp:container/nodePool:NodePool::cluster-nodes-general",
            "platform:clusters:GkeCluster$platform:clusters:GkeNodePools::cluster-nodes",
            "platform:clusters:GkeCluster$platform:encryption:GcpKey$gcp:kms/cryptoKey:CryptoKey::cluster-key",
            "platform:clusters:GkeCluster$platform:encryption:GcpKey$gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember::cluster-key-for-compute-system",
            "platform:clusters:GkeCluster$platform:encryption:GcpKey$gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember::cluster-key-for-container-engine-robot",
            "platform:clusters:GkeCluster$platform:encryption:GcpKey$gcp:kms/keyRing:KeyRing::cluster-key-ring",
            "platform:clusters:GkeCluster$platform:encryption:GcpKey::cluster-key",
            "platform:clusters:GkeCluster$pulumi:providers:kubernetes::cluster-provider",
            "platform:clusters:GkeCluster::cluster",
        ]);

    [Fact]
    public async Task AdoptedGkeCluster_HasTheseChildren() => (await Deployed.Of(options => GcpParts.Cluster(options))).Lineages.ShouldBe([
        "platform:clusters:AdoptedGkeCluster$pulumi:providers:kubernetes::cluster-provider",
        "platform:clusters:AdoptedGkeCluster::cluster",
    ]);

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
        options))).Lineages.ShouldBe([
        "platform:cache:MemorystoreRedis$gcp:redis/instance:Instance::redis",
        "platform:cache:MemorystoreRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-authority",
        "platform:cache:MemorystoreRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-password",
        "platform:cache:MemorystoreRedis$platform:secrets:GivenSecret::redis-authority",
        "platform:cache:MemorystoreRedis$platform:secrets:GivenSecret::redis-password",
        "platform:cache:MemorystoreRedis::redis",
    ]);

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
        options))).Lineages.ShouldBe([
        "platform:databases:CloudSqlPostgres$gcp:sql/database:Database::postgres-database",
        "platform:databases:CloudSqlPostgres$gcp:sql/databaseInstance:DatabaseInstance::postgres",
        "platform:databases:CloudSqlPostgres$gcp:sql/user:User::postgres-user",
        "platform:databases:CloudSqlPostgres$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::postgres-authority",
        "platform:databases:CloudSqlPostgres$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::postgres-password",
        "platform:databases:CloudSqlPostgres$platform:secrets:GivenSecret::postgres-authority",
        "platform:databases:CloudSqlPostgres$platform:secrets:GivenSecret::postgres-password",
        "platform:databases:CloudSqlPostgres$random:index/randomPassword:RandomPassword::postgres-password-value",
        "platform:databases:CloudSqlPostgres::postgres",
    ]);

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
        options))).Lineages.ShouldBe([
        "platform:storage:FilestoreStorage$gcp:filestore/instance:Instance::storage",
        "platform:storage:FilestoreStorage::storage",
    ]);

    [Fact]
    public async Task FilestoreClassStorage_HasTheseChildren() => (await Deployed.Of(options => new FilestoreClassStorage(
        "storage",
        new FilestoreClassStorageArgs { ClassName = "filestore", Network = GcpParts.ExistingNetwork(), Tier = FilestoreTier.Regional },
        options))).Lineages.ShouldBe([
        "platform:storage:FilestoreClassStorage$kubernetes:storage.k8s.io/v1:StorageClass::storage",
        "platform:storage:FilestoreClassStorage::storage",
    ]);

    [Fact]
    public async Task StaticAddress_HasTheseChildren() =>
        (await Deployed.Of(options => new StaticAddress("address", new StaticAddressArgs { AddressName = "studio-edge" }, options))).Lineages.ShouldBe([
        "platform:loadBalancing:StaticAddress$gcp:compute/globalAddress:GlobalAddress::address",
        "platform:loadBalancing:StaticAddress::address",
    ]);

    [Fact]
    public async Task CloudDnsDomain_HasTheseChildren() =>
        (
            await Deployed.Of(options => new CloudDnsDomain(
                "domain",
                new CloudDnsDomainArgs
                {
                    Hosts = new PlatformHosts(DomainName.Parse("example.com"), DomainName.Parse("connect.example.com"), new SessionRouting.Path(), []),
                    IssueCertificate = true,
                    Project = GcpParts.Project(),
                    Zone = DomainName.Parse("example.com"),
                },
                options))
        ).Lineages.ShouldBe([
            "platform:dns:CloudDnsDomain$gcp:dns/managedZone:ManagedZone::domain-zone",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/certificate:Certificate::domain-certificate",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/certificateMap:CertificateMap::domain-certificate-map",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/certificateMapEntry:CertificateMapEntry::domain-certificate-connect-example-com-42c6a5ad",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/certificateMapEntry:CertificateMapEntry::domain-certificate-example-com-a379a6f6",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/dnsAuthorization:DnsAuthorization::domain-certificate-connect-example-com-42c6a5ad",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:certificatemanager/dnsAuthorization:DnsAuthorization::domain-certificate-example-com-a379a6f6",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:dns/recordSet:RecordSet::domain-certificate-connect-example-com-42c6a5ad-proof",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate$gcp:dns/recordSet:RecordSet::domain-certificate-example-com-a379a6f6-proof",
            "platform:dns:CloudDnsDomain$platform:dns:CertificateManagerCertificate::domain-certificate",
            "platform:dns:CloudDnsDomain::domain",
        ]);

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
        options))).Lineages.ShouldBe([
        "platform:loadBalancing:PlatformGateway$gcp:compute/sSLPolicy:SSLPolicy::edge-tls",
        "platform:loadBalancing:PlatformGateway$kubernetes:gateway.networking.k8s.io/v1:Gateway::edge",
        "platform:loadBalancing:PlatformGateway$kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::edge-redirect",
        "platform:loadBalancing:PlatformGateway$kubernetes:networking.gke.io/v1:GCPGatewayPolicy::edge-policy",
        "platform:loadBalancing:PlatformGateway::edge",
    ]);

    [Fact]
    public async Task GkeLauncherAccess_HasTheseChildren() => (await Deployed.Of(options => new GkeLauncherAccess(
        "access",
        new GkeLauncherAccessArgs { Cluster = GcpParts.Cluster(), ServiceAccount = ServiceAccountEmail.Parse("tower-1@research-1.iam.gserviceaccount.com") },
        options))).Lineages.ShouldBe([
        "platform:tower:GkeLauncherAccess$gcp:projects/iAMMember:IAMMember::access-sign-in",
        "platform:tower:GkeLauncherAccess::access",
    ]);

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
        options))).Lineages.ShouldBe([
        "platform:iam:WorkloadServiceAccount$gcp:serviceaccount/account:Account::fusion",
        "platform:iam:WorkloadServiceAccount$gcp:serviceaccount/iAMMember:IAMMember::fusion-tower-launcher-sa",
        "platform:iam:WorkloadServiceAccount$gcp:storage/bucketIAMMember:BucketIAMMember::fusion-example-work",
        "platform:iam:WorkloadServiceAccount::fusion",
    ]);
}
