using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Rehearsal.Comparing;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>What is safe about a property, so that a change away from it is a risk.</summary>
internal enum Safe
{
    /// <summary>That it is on.</summary>
    On,

    /// <summary>That it is off.</summary>
    Off,

    /// <summary>That it is there.</summary>
    Present,

    /// <summary>A higher number, or a later version of TLS.</summary>
    More,
}

/// <summary>Properties that protect, and what is safe about them, by the end of their path: the same words mean the same in every provider.</summary>
internal static partial class WeakenedRules
{
    private static readonly FrozenDictionary<string, Safe> Protecting = Table(
        (Safe.On, ["deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection", "terminationProtection", "disableApiTermination",
            "disableApiStop", "deleteProtection", "protect", "retainOnDelete", "preventDestroy", "versioning.enabled",
            "versioningConfiguration.status", "pointInTimeRecovery.enabled", "pointInTimeRecoveryEnabled", "backupConfiguration.enabled",
            "objectLockEnabled", "copyTagsToSnapshot", "multiAz", "automaticFailoverEnabled", "multiAzEnabled", "enableVersioning"]),
        (Safe.Off, ["skipFinalSnapshot", "forceDestroy", "forceDelete", "forceOverwriteReplicaSecret", "deleteAutomatedBackups", "deleteContents",
            "allowStoppingForUpdate"]),
        (Safe.More, ["backupRetentionPeriod", "snapshotRetentionLimit", "automaticBackupRetentionDays", "deletionWindowInDays", "recoveryWindowInDays",
            "minRetentionDays", "transactionLogRetentionDays", "backupRetentionSettings.retainedBackups", "minAvailable"]));

    private static readonly FrozenDictionary<string, Safe> Encrypting = Table(
        (Safe.On, ["encrypted", "storageEncrypted", "atRestEncryptionEnabled", "transitEncryptionEnabled", "encryptAtRest.enabled",
            "nodeToNodeEncryption.enabled", "requireSsl", "httpsOnly", "enforceHttps", "domainEndpointOptions.enforceHttps", "enableKeyRotation",
            "serverSideEncryption.enabled", "encryptVolumes", "httpTokensRequired"]),
        (Safe.Off, ["insecure", "insecureSkipVerify", "insecureSkipTlsVerify", "insecureSkipTLSVerify", "skipTlsVerify", "tlsSkipVerify"]),
        (Safe.Present, ["kmsKeyId", "kmsKeyArn", "kmsKeyName", "kmsMasterKeyId", "encryptionConfig", "encryptionConfiguration",
            "serverSideEncryptionConfiguration", "databaseEncryption", "bootDiskKmsKey", "diskEncryptionKey", "customerManagedKey", "spec.tls",
            "certificateArn"]),
        (Safe.More, ["rsaBits", "keySize", "minTlsVersion", "minimumTlsVersion", "minimumProtocolVersion", "tlsSecurityPolicy", "sslPolicy",
            "securityPolicy"]));

    private static readonly FrozenDictionary<string, Safe> Telling = Table(
        (Safe.On, ["accessLogs.enabled", "connectionLogs.enabled", "enableLogging", "enableLogFileValidation", "logConfig.enable", "enableFlowLogs",
            "monitoring"]),
        (Safe.Present, ["enabledClusterLogTypes", "loggingConfig", "logConfig", "accessLogs", "enabledCloudwatchLogsExports", "loggingConfiguration"]),
        (Safe.More, ["retentionInDays", "monitoringInterval"]));

    /// <summary>Kinds whose deletion is what a table above would say of a property.</summary>
    private static readonly FrozenSet<string> ProtectingKinds = FrozenSet.Create(StringComparer.Ordinal, "VaultLockConfiguration", "VaultPolicy", "Plan",
        "Selection", "PodDisruptionBudget", "BucketVersioning", "BucketVersioningV2", "BucketObjectLockConfiguration", "BackupPolicy",
        "ReplicationConfiguration", "ResourceQuota", "Lien");

    private static readonly FrozenSet<string> EncryptingKinds = FrozenSet.Create(StringComparer.Ordinal, "BucketServerSideEncryptionConfiguration",
        "BucketServerSideEncryptionConfigurationV2", "EncryptionByDefault", "DefaultKmsKey");

    private static readonly FrozenSet<string> TellingKinds = FrozenSet.Create(StringComparer.Ordinal, "FlowLog", "Trail", "BucketLogging",
        "BucketLoggingV2", "ProjectSink", "QueryLog", "WebAclLoggingConfiguration", "ProjectBucketConfig");

    // Words whose order says how safe they are, the safest last
    private static readonly string[][] Orders =
    [
        ["Delete", "Recycle", "Retain"], ["Disabled", "Suspended", "Enabled"], ["privileged", "baseline", "restricted"], ["ALLOW_UNENCRYPTED_AND_ENCRYPTED",
            "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"], ["allow-all", "redirect-to-https", "https-only"], ["preferred", "required"],
        ["optional", "required"], ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"], ["DELETE", "ABANDON", "PREVENT"], ["DECRYPTED",
            "ENCRYPTED"],
    ];

    private static readonly FrozenDictionary<string, string[]> Encrypted = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["protocol"] = ["HTTPS", "TLS", "SSL", "HTTPS2"],
        ["scheme"] = ["https", "rediss", "grpcs"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Protection(ResourceChange change) => Weakened(change, Protecting, ProtectingKinds).Concat(Ordered(change,
        path => path.EndsWith("eclaimPolicy", StringComparison.Ordinal) || path.EndsWith("whenDeleted", StringComparison.Ordinal)
            || path.EndsWith("deletionPolicy", StringComparison.Ordinal) || path.EndsWith("pod-security.kubernetes.io/enforce\"]", StringComparison.Ordinal)
            || path.EndsWith("pod-security.kubernetes.io/enforce", StringComparison.Ordinal)));

    public static IEnumerable<string> Encryption(ResourceChange change) => Weakened(change, Encrypting, EncryptingKinds)
        .Concat(Ordered(change, path => path.EndsWith("sslMode", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("viewerProtocolPolicy", StringComparison.Ordinal)
            || path.EndsWith("transitEncryptionMode", StringComparison.Ordinal) || path.EndsWith("httpTokens", StringComparison.Ordinal)
            || path.EndsWith("databaseEncryption.state", StringComparison.Ordinal)))
        .Concat(Changed(change).Where(property => Encrypted.TryGetValue(Last(property.Path), out var safe)
            && safe.Contains(property.Old?.Trim('"')) && !safe.Contains(property.New?.Trim('"'))).Select(Told));

    public static IEnumerable<string> Logging(ResourceChange change) => Weakened(change, Telling, TellingKinds).Concat(Changed(change)
        .Where(property => property is { Kind: DifferenceKind.Delete, IsOption: false }
            && property.Path.StartsWith("enabledClusterLogTypes[", StringComparison.Ordinal))
        .Select(Told));

    /// <summary>Properties of a resource that was there before and still is; of an object that comes or goes also what is in it.</summary>
    internal static IEnumerable<PropertyChange> Changed(ResourceChange change)
        => change.Kind is ChangeKind.Create or ChangeKind.Delete ? [] : change.Properties.SelectMany(property => Inside(change, property).Prepend(property));

    private static IEnumerable<PropertyChange> Inside(ResourceChange change, PropertyChange property)
    {
        if (property.IsOption || property.IsSecret || property.Kind is DifferenceKind.Update)
        {
            return [];
        }
        var side = property.Kind == DifferenceKind.Delete ? change.Old : change.New;
        return Found.At(side.Inputs(), property.Path).Value is ObjectProperty { Properties.Count: > 0 } map
            ? PropertyChanges.All(map.Properties, property.Kind).Select(inner => inner with { Path = $"{property.Path}.{inner.Path}" }) : [];
    }

    /// <summary>A change in the words of a finding.</summary>
    internal static string Told(PropertyChange property) => property switch
    {
        { Old: { } old, New: { } @new } => $"{property.Path}: {Short(old)} => {Short(@new)}",
        { Old: { } old } => $"{property.Path}: {Short(old)} is taken away",
        { New: { } @new } => $"{property.Path}: {Short(@new)} is added",
        _ => property.Path,
    };

    internal static bool IsWeaker(Safe safe, string? old, string? @new) => safe switch
    {
        Safe.On => IsOn(old) && !IsOn(@new),
        Safe.Off => !IsOn(old) && IsOn(@new),
        Safe.Present => old is not null and not "[]" and not "{}" && @new is null or "[]" or "{}" or "\"\"",
        _ => old is not null && Rank(old) is { } before && (@new is null || (Rank(@new) is { } after && after < before)),
    };

    private static string Short(string text) => text.Length <= 100 ? text : $"{text[..(char.IsHighSurrogate(text[98]) ? 98 : 99)]}…";

    private static IEnumerable<string> Weakened(ResourceChange change, FrozenDictionary<string, Safe> table, FrozenSet<string> kinds)
    {
        if (change is { Kind: ChangeKind.Delete, Old.RetainOnDelete: false } && kinds.Contains(Types.Kind(change.Type)))
        {
            yield return "it is deleted";
        }
        foreach (var property in Changed(change))
        {
            if (!property.IsSecret && Meaning(table, property.Path) is { } safe && IsWeaker(safe, property.Old, property.New))
            {
                yield return Told(property);
            }
        }
    }

    // The longest end of the path that the table has
    private static Safe? Meaning(FrozenDictionary<string, Safe> table, string path)
    {
        var plain = Index().Replace(path, "");
        for (var start = 0; start < plain.Length;)
        {
            if (table.TryGetValue(plain[start..], out var safe))
            {
                return safe;
            }
            var dot = plain.IndexOfAny(['.', '#'], start);
            if (dot < 0)
            {
                return null;
            }
            start = dot + 1;
        }
        return null;
    }

    private static IEnumerable<string> Ordered(ResourceChange change, Func<string, bool> isMeant) => Changed(change)
        .Where(property => isMeant(property.Path) && property.Old is { } old && Array.Exists(Orders, order => Array.IndexOf(order,
            old.Trim('"')) is >= 0 and var before
            && Array.IndexOf(order, property.New?.Trim('"') ?? order[0]) is >= 0 and var after && after < before)).Select(Told);

    private static string Last(string path) => path[(path.LastIndexOfAny(['.', '#']) + 1)..];

    private static bool IsOn(string? value) => value is "true" or "\"true\"" or "\"Enabled\"" or "\"enabled\"";

    // A number, or the lowest version of TLS that a policy's name lets through
    private static double? Rank(string value)
    {
        var text = value.Trim('"');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        if (text.StartsWith("ELBSecurityPolicy-", StringComparison.Ordinal))
        {
            // ELBSecurityPolicy-TLS13-1-2-2021-06 takes TLS 1.2 and later, ELBSecurityPolicy-2016-08 all
            return AwsPolicy().Match(text) is { Success: true } policy ? int.Parse(policy.Groups["minor"].Value, CultureInfo.InvariantCulture) + 10 : 10;
        }
        return TlsVersion().Match(text) is { Success: true } version
            ? 10 + (int.TryParse(version.Groups["minor"].Value, CultureInfo.InvariantCulture, out var minor) ? minor : 0) : null;
    }

    private static FrozenDictionary<string, Safe> Table(params ReadOnlySpan<(Safe Safe, string[] Paths)> rows)
    {
        var table = new Dictionary<string, Safe>(StringComparer.Ordinal);
        foreach (var (safe, paths) in rows)
        {
            foreach (var path in paths)
            {
                table.Add(path, safe);
            }
        }
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"TLS(?:13)?-(?:RES-|EXT\d?-|FS-)*1-(?<minor>[0-3])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AwsPolicy();

    // TLSv1.2_2021, TLS1_2, TLS_1_2, TLS12, Policy-Min-TLS-1-2-2019-07
    [GeneratedRegex(@"TLS[v_-]?1(?:[._-]?(?<minor>[0-3]))?(?![0-9])", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex TlsVersion();
}
