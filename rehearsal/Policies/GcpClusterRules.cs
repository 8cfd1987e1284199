using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>GKE clusters, their nodes and their network.</summary>
/// <remarks>Ids: Checkov 3.3, CIS Google Kubernetes Engine Benchmark 1.9.</remarks>
internal static class GcpClusterRules
{
    private const string Cluster = "gcp:container/cluster:Cluster";
    private const string Pool = "gcp:container/nodePool:NodePool";
    private const string Firewall = "gcp:compute/firewall:Firewall";

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "gcp/gke-logging", Severity.Medium,
            "The cluster does not say who did what.",
            "Leave logging on.",
            "Checkov CKV_GCP_1, CIS GKE 5.7.1",
            Cluster,
            resource => resource["loggingService"].When(service => service.Text == "none")),
        PolicyRule.Of(
            "gcp/gke-monitoring", Severity.Low,
            "Nobody sees how the cluster is.",
            "Leave monitoring on.",
            "Checkov CKV_GCP_8, CIS GKE 5.7.1",
            Cluster,
            resource => resource["monitoringService"].When(service => service.Text == "none")),
        PolicyRule.Of(
            "gcp/gke-legacy-abac", Severity.High,
            "Permissions from before RBAC are in force.",
            "Remove enableLegacyAbac.",
            "Checkov CKV_GCP_7, CIS GKE 5.8.3",
            Cluster,
            resource => resource["enableLegacyAbac"].IfTrue()),
        PolicyRule.Of(
            "gcp/gke-client-certificate", Severity.Medium,
            "The cluster issues a certificate that never ends.",
            "Remove issueClientCertificate.",
            "Checkov CKV_GCP_13, CIS GKE 5.8.1",
            Cluster,
            resource => resource.At("masterAuth", "clientCertificateConfig", "issueClientCertificate").IfTrue()),
        PolicyRule.Of(
            "gcp/gke-open", Severity.High,
            "The API server answers everybody on the internet.",
            "Give masterAuthorizedNetworksConfig, or set enablePrivateEndpoint: true.",
            "Checkov CKV_GCP_18, Checkov CKV_GCP_20, CIS GKE 5.6.3",
            Cluster,
            Reachable),
        PolicyRule.Of(
            "gcp/gke-private-nodes", Severity.High,
            "Nodes have addresses of the internet.",
            "Set privateClusterConfig.enablePrivateNodes: true.",
            "Checkov CKV_GCP_25, Checkov CKV_GCP_64, CIS GKE 5.6.5",
            Cluster,
            resource => resource.At("privateClusterConfig", "enablePrivateNodes").UnlessTrue()),
        PolicyRule.Of(
            "gcp/gke-network-policy", Severity.High,
            "NetworkPolicies have no effect.",
            "Set datapathProvider: ADVANCED_DATAPATH.",
            "Checkov CKV_GCP_12, CIS GKE 4.3.1",
            Cluster,
            resource => resource["enableAutopilot"].Flag == true
                || resource.At("networkPolicy", "enabled").Flag == true ? []
                    : resource["datapathProvider"].When(path => !path.IsUnknown && path.Text != "ADVANCED_DATAPATH")),
        PolicyRule.Of(
            "gcp/gke-alias-addresses", Severity.Medium,
            "Addresses of pods are routes of the network, and can be spoofed.",
            "Give ipAllocationPolicy.",
            "Checkov CKV_GCP_23, CIS GKE 5.6.2",
            Cluster,
            resource => resource["ipAllocationPolicy"].IfAbsent()),
        PolicyRule.Of(
            "gcp/gke-workload-identity", Severity.High,
            "Pods act with the rights of their node.",
            "Give workloadIdentityConfig.workloadPool.",
            "Checkov CKV_GCP_69, CIS GKE 5.2.2",
            Cluster,
            resource => resource["enableAutopilot"].Flag == true ? [] : resource.At("workloadIdentityConfig", "workloadPool").IfAbsent()),
        PolicyRule.Of(
            "gcp/gke-channel", Severity.Low,
            "The cluster is not upgraded by itself.",
            "Give releaseChannel.",
            "Checkov CKV_GCP_70, CIS GKE 5.5.4",
            Cluster,
            resource => resource.At("releaseChannel", "channel").When(channel => !channel.IsUnknown && channel.Text is null or "UNSPECIFIED")),
        PolicyRule.Of(
            "gcp/gke-secrets", Severity.Medium,
            "Secrets of the cluster are not encrypted with a key of your own.",
            "Give databaseEncryption with state ENCRYPTED.",
            "CIS GKE 5.3.1",
            Cluster,
            resource => resource.At("databaseEncryption", "state").When(state => !state.IsUnknown && state.Text != "ENCRYPTED")),
        PolicyRule.Of(
            "gcp/node-repair", Severity.Medium,
            "A broken node stays broken.",
            "Set management.autoRepair: true.",
            "Checkov CKV_GCP_9, CIS GKE 5.5.2",
            Pool,
            resource => resource.At("management", "autoRepair").When(repair => repair.Flag == false)),
        PolicyRule.Of(
            "gcp/node-upgrade", Severity.Medium,
            "Nodes keep the faults of their version.",
            "Set management.autoUpgrade: true.",
            "Checkov CKV_GCP_10, CIS GKE 5.5.3",
            Pool,
            resource => resource.At("management", "autoUpgrade").When(upgrade => upgrade.Flag == false)),
        PolicyRule.Of(
            "gcp/node-metadata", Severity.High,
            "Pods read the credentials of their node.",
            "Set nodeConfig.workloadMetadataConfig.mode: GKE_METADATA.",
            "Checkov CKV_GCP_69, CIS GKE 5.4.1",
            Pool,
            resource => resource.At("nodeConfig", "workloadMetadataConfig", "mode").When(mode => !mode.IsUnknown && mode.Text != "GKE_METADATA")),
        PolicyRule.Of(
            "gcp/node-secure-boot", Severity.Medium, "Nodes start whatever lies on their disk.",
                "Set nodeConfig.shieldedInstanceConfig.enableSecureBoot: true.",
            "Checkov CKV_GCP_68, CIS GKE 5.5.7", Pool,
            // A driver of a GPU that Google installs is not signed for it
            resource => resource.At("nodeConfig", "guestAccelerators").Items.Any() ? []
                : resource.At("nodeConfig", "shieldedInstanceConfig", "enableSecureBoot").UnlessTrue()),
        PolicyRule.Of(
            "gcp/node-integrity", Severity.Medium,
            "Nobody would notice that a node's boot was changed.",
            "Set nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring: true.",
            "Checkov CKV_GCP_72, CIS GKE 5.5.6",
            Pool,
            resource => resource.At("nodeConfig", "shieldedInstanceConfig", "enableIntegrityMonitoring").When(monitoring => monitoring.Flag == false)),
        PolicyRule.Of(
            "gcp/node-image", Severity.Low,
            "Nodes run an image that is not made for containers alone.",
            "Set nodeConfig.imageType: COS_CONTAINERD.",
            "Checkov CKV_GCP_22, CIS GKE 5.5.1",
            Pool,
            resource => resource.At("nodeConfig", "imageType").When(image => image.Text is { } text
                && !text.StartsWith("COS", StringComparison.OrdinalIgnoreCase))),
        PolicyRule.Of(
            "gcp/node-account", Severity.High,
            "Nodes act as the project's default account, which may edit everything.",
            "Give nodeConfig.serviceAccount.",
            "Checkov CKV2_GCP_1, CIS GKE 5.2.1",
            Pool,
            resource => resource.At("nodeConfig", "serviceAccount").IfAbsent()),
        PolicyRule.Of(
            "gcp/open-ssh", Severity.High,
            "Everybody on the internet reaches the port of SSH.",
            "Name sourceRanges, or use IAP.",
            "Checkov CKV_GCP_2, CIS GCP 3.6",
            Firewall,
            resource => Open(resource, 22)),
        PolicyRule.Of(
            "gcp/open-rdp", Severity.High,
            "Everybody on the internet reaches the port of RDP.",
            "Name sourceRanges, or use IAP.",
            "Checkov CKV_GCP_3, CIS GCP 3.7",
            Firewall,
            resource => Open(resource, 3389)),
        PolicyRule.Of(
            "gcp/flow-logs", Severity.Low,
            "Nobody can tell afterwards who talked to whom.",
            "Give logConfig.",
            "Checkov CKV_GCP_26, CIS GKE 5.6.1",
            "gcp:compute/subnetwork:Subnetwork",
            resource => resource["purpose"].Text is null or "PRIVATE" ? resource["logConfig"].IfAbsent() : []),
        PolicyRule.Of(
            "gcp/private-access", Severity.Low,
            "Machines reach Google's services over the internet.",
            "Set privateIpGoogleAccess: true.",
            "Checkov CKV_GCP_74",
            "gcp:compute/subnetwork:Subnetwork",
            resource => resource["purpose"].Text is null or "PRIVATE" ? resource["privateIpGoogleAccess"].UnlessTrue() : []),
    ];

    private static IEnumerable<PropertyPlace> Reachable(PlannedResource resource)
    {
        if (resource.At("privateClusterConfig", "enablePrivateEndpoint").Flag == true)
        {
            return [];
        }
        var networks = resource["masterAuthorizedNetworksConfig"];
        var ranges = networks["cidrBlocks"].Items.Select(block => block["cidrBlock"]).ToArray();
        return networks.IsAbsent ? [networks] : ranges.Where(range => range.Text is "0.0.0.0/0" or "::/0");
    }

    // Ports are texts: 22, or 20-30; a rule without ports lets all through
    private static IEnumerable<PropertyPlace> Open(PlannedResource rule, int port)
    {
        if (rule["direction"].Text == "EGRESS" || !rule["sourceRanges"].Texts.Any(range => range is "0.0.0.0/0" or "::/0"))
        {
            return [];
        }
        return rule["allows"].Items.Where(allowed => allowed["protocol"].Text is "tcp" or "all" or "6")
            .Select(allowed => allowed["ports"]).Where(ports => ports.IsAbsent || ports.Texts.Any(range => Covers(range, port)));
    }

    private static bool Covers(string range, int port)
    {
        var ends = range.Split('-');
        return int.TryParse(ends[0], out var from) && int.TryParse(ends[^1], out var to) && from <= port && port <= to;
    }
}
