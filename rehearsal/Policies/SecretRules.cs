using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.Auditing;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>Secrets: where they must not stand, and how they have to be made.</summary>
internal static partial class SecretRules
{
    /// <summary>How ids of these rules begin.</summary>
    public const string Set = "secrets/";

    private const string Password = "random:index/randomPassword:RandomPassword, random:index/randomString:RandomString";
    private const string PrivateKey = "tls:index/privateKey:PrivateKey";

    // The shortest that NIST SP 800-63B allows a machine is 6; a password that nobody types may be long
    private const double ShortestPassword = 16;

    // NIST SP 800-57, part 1: what lasts beyond 2030 has 128 bits of strength, which is 3072 bits of RSA; 2048 bits are what browsers and Connect take today
    private const double ShortestRsa = 2048;

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "secrets/plain-variable", Severity.High,
            "A secret stands in the specification of a pod, which many may read.",
            "Take it from a Secret by valueFrom.",
            "Polaris sensitiveContainerEnvVar",
            PodRules.Workloads,
            resource => new[] { "initContainers", "containers" }.SelectMany(kind => PodRules.Spec(resource)[kind].Items)
                .SelectMany(container => container["env"].Items).Where(IsPlainSecret).Select(variable => variable["value"])),
        PolicyRule.Of(
            "secrets/secret-variable", Severity.High,
            "A value that the program marks as secret stands in the specification of a pod.",
            "Take it from a Secret by valueFrom.",
            "Polaris sensitiveContainerEnvVar",
            PodRules.Workloads,
            resource => new[] { "initContainers", "containers" }.SelectMany(kind => PodRules.Spec(resource)[kind].Items)
                .SelectMany(container => container["env"].Items).Select(variable => variable["value"])
                    .Where(value => value.Found is { ContainsSecrets: true })),
        PolicyRule.Of(
            "secrets/config-map", Severity.High,
            "A ConfigMap holds a secret, and whoever may see the namespace reads it.",
            "Use a Secret.",
            "Polaris sensitiveConfigmapContent",
            "kubernetes:core/v1:ConfigMap",
            resource => resource["data"].Entries.Select(entry => entry.Place).Where(value => value.Found is { ContainsSecrets: true } || HasKey(value.Text))),
        PolicyRule.Of(
            "secrets/chart-values", Severity.Medium,
            "The values of a release hold a secret, which `helm get values` prints.",
            "Name a Secret in the values.",
            "",
            "kubernetes:helm.sh/v3:Release",
            resource => resource["values"].Secrets),
        PolicyRule.Of(
            "secrets/user-data", Severity.High,
            "The start script of a machine holds a secret, and every process on it reads it.",
            "Read it from Secrets Manager at start.",
            "Checkov CKV_AWS_46",
            "aws:ec2/instance:Instance, aws:ec2/launchTemplate:LaunchTemplate",
            resource => new[] { "userData", "userDataBase64" }.Select(name => resource[name])
                .Where(script => script.Found is { ContainsSecrets: true } || HasKey(script.Text) || HasKey(Decoded(script.Text)))),
        PolicyRule.Of(
            "secrets/open-in-state", Severity.High,
            "A Secret's value stands in the state in the open.",
            "Mark it with Output.CreateSecret.",
            "",
            "kubernetes:core/v1:Secret",
            resource => new[] { "data", "stringData" }.Select(name => resource[name])
                .SelectMany(map => map.Found is { ContainsSecrets: true }
                    ? map.Entries.Select(entry => entry.Place)
                        .Where(value => map.Found is not SecretProperty && value.Text is { Length: > 0 } && value.Found is { ContainsSecrets: false })
                            : map.Entries.Select(entry => entry.Place).Where(value => value.Text is { Length: > 0 }))),
        PolicyRule.Of(
            "secrets/tags", Severity.High,
            "A tag holds a secret, and tags are read by everybody in the account.",
            "Remove it from the tags.",
            "",
            "aws:ec2/instance:Instance, aws:ec2/vpc:Vpc, aws:eks/cluster:Cluster, aws:rds/instance:Instance, aws:s3/bucket:Bucket",
            resource => resource["tags"].Entries.Select(entry => entry.Place).Where(value => value.Found is { ContainsSecrets: true })),
        PolicyRule.Of(
            "secrets/short-password", Severity.Medium,
            "The password can be guessed.",
            "Make it 16 characters or longer.",
            "NIST SP 800-63B",
            Password,
            resource => resource.Type.Contains("Password", StringComparison.Ordinal)
                ? resource["length"].When(length => length.Number < ShortestPassword) : []),
        PolicyRule.Of(
            "secrets/string-for-password", Severity.Low,
            "A name that says secret is made of random text that the state shows.",
            "Use RandomPassword.",
            "",
            "random:index/randomString:RandomString",
            resource => Sensitive().IsMatch(resource.Name) ? [resource["length"]] : []),
        PolicyRule.Of(
            "secrets/short-key", Severity.High,
            "The key can be broken.",
            "Use ED25519, ECDSA on P256 or larger, or RSA of 2048 bits or more.",
            "NIST SP 800-57",
            PrivateKey,
            resource => resource["algorithm"].Text switch
            {
                "RSA" => resource["rsaBits"].When(bits => bits.Number < ShortestRsa),
                "ECDSA" => resource["ecdsaCurve"].When(curve => !curve.IsUnknown && curve.Text is null or "P224"),
                _ => [],
            }),
    ];

    // A reference to a file or an address is no secret, and neither is what is turned on
    private static bool IsPlainSecret(PropertyPlace variable) => variable["name"].Text is { } name && Sensitive().IsMatch(name)
        && variable["value"] is { Text: { Length: >= 8 } text } && !text.StartsWith('/') && !text.StartsWith("$(", StringComparison.Ordinal)
        && !text.Contains("://", StringComparison.Ordinal) && !bool.TryParse(text, out _);

    private static bool HasKey(string? text) => text is not null && Key().IsMatch(text);

    private static string? Decoded(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex("(^|[^a-z])(password|passwd|secret|token|private_?key|access_?key|api_?key|credentials?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sensitive();

    // PEM of RFC 7468, and the ids of AWS's long-lived keys
    [GeneratedRegex("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----|AKIA[0-9A-Z]{16}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
