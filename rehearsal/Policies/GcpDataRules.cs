using System.Collections.Immutable;
using System.Globalization;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>What keeps data on Google Cloud, and who is let to it.</summary>
internal static class GcpDataRules
{
    private const string Cache = "gcp:redis/instance:Instance";
    private const string Database = "gcp:sql/databaseInstance:DatabaseInstance";
    private const string Key = "gcp:kms/cryptoKey:CryptoKey";

    private const string Members =
        "gcp:projects/iAMMember:IAMMember, gcp:storage/bucketIAMMember:BucketIAMMember, gcp:secretmanager/secretIamMember:SecretIamMember, "
            + "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember, gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember, gcp:serviceaccount/iAMMember:IAMMember";

    // cloud.google.com, IAM, Basic roles
    private static readonly string[] BasicRoles = ["roles/owner", "roles/editor"];

    // cloud.google.com, IAM, Service account permissions: who has one of them for a project acts as any of its accounts
    private static readonly string[] Impersonating = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator", "roles/iam.workloadIdentityUser"];

    // 90 days, CIS Google Cloud 1.10
    private const double LongestRotation = 90 * 24 * 3600;

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "gcp/cache-password", Severity.High,
            "Whoever reaches the cache may use it.",
            "Set authEnabled: true.",
            "Checkov CKV_GCP_95",
            Cache,
            resource => resource["authEnabled"].UnlessTrue()),
        PolicyRule.Of(
            "gcp/cache-transit", Severity.High,
            "What goes to the cache can be read on its way.",
            "Set transitEncryptionMode: SERVER_AUTHENTICATION.",
            "Checkov CKV_GCP_97",
            Cache,
            resource => resource["transitEncryptionMode"].When(mode => !mode.IsUnknown && mode.Text != "SERVER_AUTHENTICATION")),
        PolicyRule.Of(
            "gcp/database-transit", Severity.High,
            "The database takes connections without TLS.",
            "Set settings.ipConfiguration.sslMode: ENCRYPTED_ONLY.",
            "Checkov CKV_GCP_6, CIS GCP 6.4",
            Database,
            resource => resource.At("settings", "ipConfiguration",
                "sslMode").When(mode => !mode.IsUnknown && mode.Text is not ("ENCRYPTED_ONLY" or "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"))),
        PolicyRule.Of(
            "gcp/database-public", Severity.High,
            "The database has an address of the internet.",
            "Set settings.ipConfiguration.ipv4Enabled: false.",
            "Checkov CKV_GCP_60, CIS GCP 6.6",
            Database,
            resource => resource.At("settings", "ipConfiguration", "ipv4Enabled").When(open => !open.IsUnknown && open.Flag != false)),
        PolicyRule.Of(
            "gcp/database-open", Severity.High,
            "Everybody on the internet may try to sign in.",
            "Name the networks.",
            "Checkov CKV_GCP_11, CIS GCP 6.5",
            Database,
            resource => resource.At("settings", "ipConfiguration", "authorizedNetworks").Items.Select(network => network["value"])
                .Where(range => range.Text?.EndsWith("/0", StringComparison.Ordinal) == true)),
        PolicyRule.Of(
            "gcp/database-backups", Severity.High,
            "A mistake in the database cannot be undone.",
            "Set settings.backupConfiguration.enabled: true.",
            "Checkov CKV_GCP_14, CIS GCP 6.7",
            Database,
            resource => resource.At("settings", "backupConfiguration", "enabled").UnlessTrue()),
        PolicyRule.Of(
            "gcp/firewall-everything", Severity.High,
            "Everybody on the internet reaches every port.",
            "Name the protocol and the ports.",
            "",
            "gcp:compute/firewall:Firewall",
            resource => resource["direction"].Text != "EGRESS"
                && resource["sourceRanges"].Texts.Contains("0.0.0.0/0") ? resource["allows"].Items.Where(allowed => allowed["protocol"].Text == "all") : []),
        PolicyRule.Of(
            "gcp/anybody", Severity.High,
            "Everybody is given the role.",
            "Name the members.",
            "Checkov CKV_GCP_28, CIS GCP 5.1",
            Members,
            resource => resource["member"].When(member => member.Text is "allUsers" or "allAuthenticatedUsers")),
        PolicyRule.Of(
            "gcp/basic-roles", Severity.High,
            "The role changes everything in the project.",
            "Give a role of what is needed.",
            "Checkov CKV_GCP_117",
            "gcp:projects/iAMMember:IAMMember",
            resource => resource["role"].When(role => BasicRoles.Contains(role.Text))),
        PolicyRule.Of(
            "gcp/project-impersonation", Severity.High,
            "Whoever has the role in the project acts as any of its accounts.",
            "Give it for one account.",
            "Checkov CKV_GCP_41, Checkov CKV_GCP_49, CIS GCP 1.6",
            "gcp:projects/iAMMember:IAMMember",
            resource => resource["role"].When(role => Impersonating.Contains(role.Text))),
        PolicyRule.Of(
            "gcp/key-rotation", Severity.Medium,
            "The key stays the same for ever.",
            "Set rotationPeriod to 90 days or less.",
            "Checkov CKV_GCP_43, CIS GCP 1.10",
            Key,
            resource => resource["purpose"].Text is null or "ENCRYPT_DECRYPT"
                ? resource["rotationPeriod"].When(period => !period.IsUnknown && !(Seconds(period) <= LongestRotation)) : []),
        PolicyRule.Of(
            "gcp/zone-signatures", Severity.Low,
            "Answers of the zone can be forged.",
            "Set dnssecConfig.state: on.",
            "Checkov CKV_GCP_16, CIS GCP 3.3",
            "gcp:dns/managedZone:ManagedZone",
            resource => resource["visibility"].Text == "private" ? []
                : resource.At("dnssecConfig", "state").When(state => !state.IsUnknown && state.Text != "on")),
        PolicyRule.Of(
            "gcp/zone-algorithm", Severity.Medium,
            "The zone is signed with SHA-1.",
            "Use another algorithm.",
            "Checkov CKV_GCP_17, CIS GCP 3.4",
            "gcp:dns/managedZone:ManagedZone",
            resource => resource.At("dnssecConfig", "defaultKeySpecs").Items.Select(key => key["algorithm"]) .Where(algorithm => algorithm.Text == "rsasha1")),
        PolicyRule.Of(
            "gcp/tls-version", Severity.High,
            "The balancer speaks versions of TLS that are broken.",
            "Set minTlsVersion: TLS_1_2.",
            "Checkov CKV_GCP_4, CIS GCP 3.9",
            "gcp:compute/sSLPolicy:SSLPolicy",
            resource => resource["minTlsVersion"].When(version => !version.IsUnknown && version.Text is not ("TLS_1_2" or "TLS_1_3"))),
        PolicyRule.Of(
            "gcp/default-network", Severity.Medium,
            "The network has subnets, and rules, that nobody wrote.",
            "Set autoCreateSubnetworks: false.",
            "CIS GCP 3.1",
            "gcp:compute/network:Network",
            resource => resource["autoCreateSubnetworks"].When(auto => !auto.IsUnknown && auto.Flag != false)),
    ];

    // As Google writes it: 7776000s
    private static double? Seconds(PropertyPlace period) =>
        double.TryParse(period.Text?.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
