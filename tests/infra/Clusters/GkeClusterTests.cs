using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;
using Pulumi;
using Pulumi.Gcp.Container;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: a GKE cluster is private, encrypted and ready for Workload Identity whatever the stack file says, and what stands on it waits for its nodes.
public sealed class GkeClusterTests
{
    [Fact]
    public async Task TheControlPlane_IsPrivateAndHardened() =>
        (await Deployed.Of(() => Make()))
            .Inputs("cluster")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "addonsConfig": { "dnsCacheConfig": {"enabled": true}, "gcePersistentDiskCsiDriverConfig": {"enabled": true}, "gcpFilestoreCsiDriverConfig": {"enabled": true}, "horizontalPodAutoscaling": {"disabled": false}, "httpLoadBalancing": {"disabled": false} },
                      "anonymousAuthenticationConfig": { "mode": "LIMITED" },
                      "controlPlaneEndpointsConfig": { "dnsEndpointConfig": {"allowExternalTraffic": true} },
                      "costManagementConfig": { "enabled": true },
                      "databaseEncryption": { "keyName": "cluster-key_id", "state": "ENCRYPTED" },
                      "datapathProvider": "ADVANCED_DATAPATH",
                      "defaultMaxPodsPerNode": 110,
                      "deletionProtection": false,
                      "enableIntranodeVisibility": true,
                      "enableLegacyAbac": false,
                      "enableShieldedNodes": true,
                      "gatewayApiConfig": { "channel": "CHANNEL_STANDARD" },
                      "initialNodeCount": 1,
                      "ipAllocationPolicy": { "clusterSecondaryRangeName": "pods", "servicesSecondaryRangeName": "services", "stackType": "IPV4" },
                      "location": "europe-west1",
                      "loggingConfig": { "enableComponents": ["APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "SYSTEM_COMPONENTS", "WORKLOADS"] },
                      "maintenancePolicy": { "recurringWindow": {"endTime": "2026-01-03T07:00:00Z", "recurrence": "FREQ=WEEKLY;BYDAY=SU,SA", "startTime": "2026-01-03T01:00:00Z"} },
                      "masterAuth": { "clientCertificateConfig": {"issueClientCertificate": false} },
                      "masterAuthorizedNetworksConfig": { "cidrBlocks": [{"cidrBlock": "203.0.113.0/24"}], "gcpPublicCidrsAccessEnabled": false },
                      "minMasterVersion": "1.35",
                      "monitoringConfig": { "enableComponents": ["APISERVER", "CONTROLLER_MANAGER", "DEPLOYMENT", "POD", "SCHEDULER", "STATEFULSET", "STORAGE", "SYSTEM_COMPONENTS"], "managedPrometheus": {"enabled": true} },
                      "name": "studio-test",
                      "network": "projects/example-research/global/networks/test",
                      "networkingMode": "VPC_NATIVE",
                      "nodeConfig": { "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"], "serviceAccount": "studio-test-nodes@example-research.iam.gserviceaccount.com", "shieldedInstanceConfig": {"enableIntegrityMonitoring": true, "enableSecureBoot": true} },
                      "privateClusterConfig": { "enablePrivateEndpoint": false, "enablePrivateNodes": true, "masterIpv4CidrBlock": "172.16.0.0/28" },
                      "rbacBindingConfig": { "enableInsecureBindingSystemAuthenticated": false, "enableInsecureBindingSystemUnauthenticated": false },
                      "releaseChannel": { "channel": "REGULAR" },
                      "removeDefaultNodePool": true,
                      "securityPostureConfig": { "mode": "BASIC", "vulnerabilityMode": "VULNERABILITY_BASIC" },
                      "subnetwork": "projects/example-research/regions/europe-west1/subnetworks/test",
                      "workloadIdentityConfig": { "workloadPool": "example-research.svc.id.goog" }
                    }
                    """));

    [Fact]
    public async Task ANodePool_HasAnAccountOfItsOwnAndNoNodeMetadata() =>
        (await Deployed.Of(() => Make()))
            .Inputs("cluster-nodes-general")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "autoscaling": { "locationPolicy": "BALANCED", "totalMaxNodeCount": 9, "totalMinNodeCount": 4 },
                      "cluster": "cluster_id",
                      "initialNodeCount": 2,
                      "management": { "autoRepair": true, "autoUpgrade": true },
                      "maxPodsPerNode": 110,
                      "networkConfig": { "enablePrivateNodes": true },
                      "nodeConfig": { "bootDiskKmsKey": "cluster-key_id", "diskSizeGb": 100, "diskType": "pd-balanced", "gcfsConfig": {"enabled": true}, "imageType": "COS_CONTAINERD", "kubeletConfig": {"insecureKubeletReadonlyPortEnabled": "FALSE"}, "labels": {}, "machineType": "n2-standard-4", "metadata": {"disable-legacy-endpoints": "true"}, "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"], "serviceAccount": "studio-test-nodes@example-research.iam.gserviceaccount.com", "shieldedInstanceConfig": {"enableIntegrityMonitoring": true, "enableSecureBoot": true}, "spot": false, "workloadMetadataConfig": {"mode": "GKE_METADATA"} },
                      "upgradeSettings": { "maxSurge": 1, "maxUnavailable": 0, "strategy": "SURGE" }
                    }
                    """));

    [Fact]
    public async Task ASpotPool_TakesNodesFromAnyZoneAndKeepsOthersAway() =>
        (await Deployed.Of(() => Make()))
            .Inputs("cluster-nodes-pipelines")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "autoscaling": { "locationPolicy": "ANY", "totalMaxNodeCount": 40, "totalMinNodeCount": 0 },
                      "cluster": "cluster_id",
                      "initialNodeCount": 0,
                      "management": { "autoRepair": true, "autoUpgrade": true },
                      "maxPodsPerNode": 110,
                      "networkConfig": { "enablePrivateNodes": true },
                      "nodeConfig": { "bootDiskKmsKey": "cluster-key_id", "diskSizeGb": 100, "diskType": "pd-balanced", "gcfsConfig": {"enabled": true}, "imageType": "COS_CONTAINERD", "kubeletConfig": {"insecureKubeletReadonlyPortEnabled": "FALSE"}, "labels": {"workload": "pipelines"}, "machineType": "n2-standard-16", "metadata": {"disable-legacy-endpoints": "true"}, "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"], "serviceAccount": "studio-test-nodes@example-research.iam.gserviceaccount.com", "shieldedInstanceConfig": {"enableIntegrityMonitoring": true, "enableSecureBoot": true}, "spot": true, "taints": [{"effect": "NO_SCHEDULE", "key": "workload", "value": "pipelines"}], "workloadMetadataConfig": {"mode": "GKE_METADATA"} },
                      "upgradeSettings": { "maxSurge": 1, "maxUnavailable": 0, "strategy": "SURGE" }
                    }
                    """));

    [Fact]
    public async Task Webhooks_AreReachedFromTheControlPlaneOnly() => (await Deployed.Of(() => Make())).Inputs("cluster-nodes-webhooks").ShouldBe(Deployed.Json(
        """
        {
          "allows": [{"ports": ["8443", "9443", "15017"], "protocol": "tcp"}],
          "description": "GKE control plane to admission webhooks",
          "direction": "INGRESS",
          "network": "projects/example-research/global/networks/test",
          "sourceRanges": ["172.16.0.0/28"],
          "targetServiceAccounts": ["studio-test-nodes@example-research.iam.gserviceaccount.com"]
        }
        """));

    [Fact]
    public async Task Nodes_HaveNoMoreRolesThanNodesNeed() => (await Deployed.Of(() => Make())).Plan
        .Where(resource => resource.Key.StartsWith("gcp:projects/iAMMember:", StringComparison.Ordinal))
        .Select(resource => System.Text.Json.Nodes.JsonNode.Parse(resource.Value)!)
        .Select(grant => $"{grant["member"]} {grant["role"]}").Order(StringComparer.Ordinal)
        .ShouldBe(GkeNodeIdentity.Roles.Select(role => $"serviceAccount:studio-test-nodes@example-research.iam.gserviceaccount.com {role}"));

    [Fact]
    public async Task TheKey_IsForEtcdAndDisksAndRenewsItself()
    {
        var plan = (await Deployed.Of(() => Make())).Plan;

        plan["gcp:kms/cryptoKey:CryptoKey::cluster-key"]
            .ShouldBe(Deployed.Json("""{ "keyRing": "cluster-key-ring_id", "purpose": "ENCRYPT_DECRYPT", "rotationPeriod": "7776000s" }"""));
        plan.Keys.Where(key => key.Contains("CryptoKeyIAMMember::", StringComparison.Ordinal))
            .ShouldBe([
                "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember::cluster-key-for-compute-system",
                "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember::cluster-key-for-container-engine-robot",
            ]);
    }

    [Fact]
    public async Task TheDnsEndpoint_IsWhereTheProviderConnects()
    {
        GkeCluster? cluster = null;
        await Deployed.Of(() => cluster = Make());

        (await Deployed.ValueOf(cluster!.Server)).ShouldBe("https://gke-1.europe-west1.gke.goog");
        (await Deployed.ValueOf(cluster.Kubeconfig)).ShouldBe(GkeKubeconfig.Build("studio-test", "gke-1.europe-west1.gke.goog", ""));
        (await Deployed.ValueOf(cluster.CertificateAuthority)).ShouldBe("-----BEGIN-TEST-----\n");
        (await Deployed.ValueOf(cluster.WorkloadPool)).ShouldBe("example-research.svc.id.goog");
    }

    [Fact]
    public async Task WithoutIt_TheAddressIsWithItsAuthority()
    {
        GkeCluster? cluster = null;
        await Deployed.Of(() => cluster = Make(byName: false));

        (await Deployed.ValueOf(cluster!.Kubeconfig)).ShouldBe(GkeKubeconfig.Build("studio-test", "203.0.113.10", GcpMocks.CertificateAuthority));
    }

    [Fact]
    public async Task TheKubeconfig_IsSecret()
    {
        GkeCluster? cluster = null;
        await Deployed.Of(() => cluster = Make());

        (await Output.IsSecretAsync(cluster!.Kubeconfig)).ShouldBeTrue();
    }

    [Fact]
    public async Task InProduction_NeitherGkeNorPulumiDeletesIt()
    {
        var deployed = await Deployed.Of(() => Make(@protected: true));
        var options = await Captured.Options<ClusterArgs>("cluster", inherited => Make(@protected: true, options: inherited));

        deployed.Inputs("cluster").ShouldContain("\"deletionProtection\": true");
        (options.Protect, options.IgnoreChanges.Order(StringComparer.Ordinal)).ShouldSatisfyAllConditions(
            actual => actual.Protect.ShouldBe(true),
            actual => actual.Item2.ShouldBe(["initialNodeCount", "nodeConfig", "nodeVersion"]));
    }

    [Fact]
    public async Task Rejects_AVersionOutsideOfTheChannel() => (await Deployed.Refusal(() => Make(version: "1.34"))).ShouldContain(
        "Cluster 'studio-test' wants Kubernetes 1.34 from the channel Regular, which does not offer it: take Extended.");

    [Fact]
    public async Task EveryPart_IsBelowTheCluster() => (await Deployed.Of(options => Make(options: options))).Lineages
        .Where(lineage => lineage.Contains("gcp:", StringComparison.Ordinal) && !lineage.Contains("platform:accounts:", StringComparison.Ordinal))
        .ShouldAllBe(lineage => lineage.StartsWith("platform:clusters:GkeCluster$", StringComparison.Ordinal));

    private static GkeCluster Make(bool byName = true, bool @protected = false, string version = "1.35", ComponentResourceOptions? options = null) => new(
        "cluster",
        new GkeClusterArgs
        {
            Access = new GkeEndpointAccess(byName, [Ipv4Block.Parse("203.0.113.0/24")]),
            ClusterName = "studio-test",
            Location = GkeLocation.Parse("europe-west1"),
            Network = GcpParts.ExistingNetwork(),
            NodeAccountId = "studio-test-nodes",
            Pools =
            [
                new GkeNodePool("general", "n2-standard-4") { Minimum = 4, Maximum = 9 },
                new GkeNodePool("pipelines", "n2-standard-16")
                {
                    Minimum = 0,
                    Maximum = 40,
                    Spot = true,
                    Labels = ImmutableDictionary<string, string>.Empty.Add("workload", "pipelines"),
                    Taints = [new NodeTaint("workload", "pipelines", NodeTaintEffect.NoSchedule)],
                },
            ],
            Project = GcpParts.Project(),
            Protected = @protected,
            Version = GkeVersion.Find(version)!,
        },
        options);
}
