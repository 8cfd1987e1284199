using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Iam;
using Infra.Manifests;
using Infra.Networks;
using Infra.Storage;
using Infra.Studios;
using Infra.Versions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stacks.Settings.Declaring;

/// <summary>A value type that is written as text in the stack file: what people call it, how it is parsed, what it may be.</summary>
/// <param name="Noun">With its article: <c>a Kubernetes quantity</c>.</param>
/// <param name="Allowed">The form, as a phrase.</param>
/// <param name="Example">A text that parses.</param>
/// <param name="Pattern">The same form for editors; the parser has the last word.</param>
/// <param name="Parse">The value, or null if the text has another form.</param>
public sealed record TextType(string Noun, string Allowed, string Example, string Pattern, Func<string, object?> Parse)
{
    private static readonly FrozenDictionary<Type, TextType> Known = new Dictionary<Type, TextType>
    {
        [typeof(Quantity)] = new(
            "a Kubernetes quantity",
            "a number with an optional unit: m, k, M, G, T, P, Ki, Mi, Gi, Ti, Pi",
            "10Gi",
            @"^[0-9]{1,9}(\.[0-9]{1,3})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$",
            text => Quantity.TryParse(text, out var quantity) ? quantity : null),
        [typeof(AwsRegion)] = new(
            "an AWS region",
            "a region of the commercial or GovCloud partition",
            "eu-west-1",
            "^[a-z]{2}(-[a-z]{3,9}){1,2}-[1-9][0-9]?$",
            text => AwsRegion.TryParse(text, out var region) ? region : null),
        [typeof(GcpRegion)] = new(
            "a Google Cloud region",
            "a region, not a zone",
            "europe-west1",
            "^[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?$",
            text => GcpRegion.TryParse(text, out var region) ? region : null),
        [typeof(GkeLocation)] = new(
            "a Google Cloud region or zone",
            "a region for a control plane in three zones, or one zone",
            "europe-west1",
            "^[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?(-[a-z])?$",
            text => GkeLocation.TryParse(text, out var location) ? location : null),
        [typeof(ServiceAccountEmail)] = new(
            "the e-mail address of a service account",
            "name@project.iam.gserviceaccount.com, with a name of 6 to 30 characters",
            "seqera-platform@example-research.iam.gserviceaccount.com",
            @"^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\.iam\.gserviceaccount\.com$",
            text => ServiceAccountEmail.TryParse(text, out var email) ? email : null),
        [typeof(Ipv4Block)] = new(
            "a block of IPv4 addresses",
            "the first address and the prefix length, host bits zero",
            "10.20.0.0/16",
            @"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$",
            text => Ipv4Block.TryParse(text, out var block) ? block : null),
        [typeof(KubernetesName)] = new(
            "a Kubernetes name",
            "1 to 63 lower-case letters, digits and inner hyphens, starting with a letter (RFC 1123 label)",
            "tower-nf",
            "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
            text => KubernetesName.TryParse(text, out var name) ? name : null),
        [typeof(DomainName)] = new(
            "a domain name",
            "two or more labels of letters, digits and inner hyphens, without scheme, port or path",
            "studios.example.com",
            @"^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
            text => DomainName.TryParse(text, out var name) ? name : null),
        [typeof(ImageReference)] = new(
            "an image reference",
            "registry/repository:tag, optionally followed by @sha256: and 64 hexadecimal digits",
            "docker.io/valkey/valkey:8.1.9",
            "^[^/@ ]+/[^@: ]+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?$",
            text => ImageReference.TryParse(text, out var image) ? image : null),
        [typeof(SemanticVersion)] = new(
            "a version of three numbers",
            "major.minor.patch, with or without a leading v, and a pre-release part if there is one",
            "26.1.3",
            @"^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$",
            // "26.1" would be a number in YAML, and 26.10 the same one.
            text => text.Count(character => character == '.') >= 2 && SemanticVersion.TryParse(text, out var version) ? version : null),
        [typeof(ConnectClientVersion)] = new(
            "a version of two or three numbers",
            "major.minor, or major.minor.patch",
            "0.12.2",
            @"^[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?$",
            text => ConnectClientVersion.TryParse(text, out var version) ? version : null),
        [typeof(WebOrigin)] = new(
            "a web address",
            "https:// and a host name, with a port if it is not 443, without user, path or query",
            "https://connect.studios.example.com",
            @"^https?://[^/@?#\s]+/?$",
            text => WebOrigin.TryParse(text, out var origin) ? origin : null),
        [typeof(TimeSpan)] = new(
            "a duration",
            "one or more numbers with a unit each: ms, s, m, h",
            "2m",
            @"^([0-9]{1,9}(\.[0-9]{1,3})?(ms|h|m|s))+$",
            text => GoDuration.TryParse(text, out var duration) ? duration : null),
    }.ToFrozenDictionary();

    public static TextType? For(Type type) => Known.GetValueOrDefault(type);
}

/// <summary>An absolute path on a node or an exported file system.</summary>
public sealed class AbsolutePathAttribute : RuleAttribute
{
    public override string Allowed => "a path that starts with /, without empty parts, . or ..";

    public override string Example => "/exports/studios";

    public override string? Violation(object value) =>
        value is string text && text.StartsWith('/') && StoragePath.IsDirectory(text.Trim('/')) ? null : "is not an absolute path";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^/";
}

/// <summary>The URL of a Kubernetes API server; an address without a name will do, since its certificate belongs to the cluster's own authority.</summary>
public sealed class ApiServerAttribute : RuleAttribute
{
    public override string Allowed => "https:// and a host name or address, with a port if it is not 443";

    public override string Example => "https://kubernetes.example.com:6443";

    public override string? Violation(object value) => ((WebOrigin)value).IsHttps ? null : "does not use https";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^https://[^/@?#\\s]+/?$";
}

/// <summary>The number of an AWS account.</summary>
public sealed partial class AwsAccountIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "twelve digits, in quotes";

    public override string Example => "\"123456789012\"";

    protected override string Noun => "the id of an AWS account";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>The id of an AWS resource of one kind: its prefix and 8 or 17 hexadecimal digits.</summary>
public sealed class AwsIdAttribute(string prefix) : PatternRuleAttribute
{
    public string Prefix { get; } = prefix;

    public override string Allowed => $"{Prefix}- and 8 or 17 hexadecimal digits";

    public override string Example => $"{Prefix}-0123456789abcdef0";

    protected override string Noun => "an id of this kind";

    protected override Regex Pattern => new($"^{Prefix}-([0-9a-f]{{8}}|[0-9a-f]{{17}})$", RegexOptions.NonBacktracking);
}

/// <summary>A name that AWS takes for clusters (EKS API reference, CreateCluster, <c>name</c>).</summary>
public sealed partial class AwsNameAttribute : PatternRuleAttribute
{
    public override string Allowed => "1 to 100 ASCII letters, digits, hyphens and underscores, starting with a letter or digit";

    public override string Example => "studio-prod";

    protected override string Noun => "a name that EKS takes";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>The ARN of a certificate of AWS Certificate Manager.</summary>
public sealed partial class CertificateArnAttribute : PatternRuleAttribute
{
    public override string Allowed => "the ARN of a certificate of AWS Certificate Manager";

    public override string Example => "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

    protected override string Noun => "the ARN of a certificate";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^arn:aws(-us-gov)?:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>An address range in CIDR form whose host bits are zero.</summary>
public sealed class CidrAttribute : RuleAttribute
{
    public override string Allowed => "an address range in CIDR form, host bits zero";

    public override string Example => "10.20.0.0/16";

    // IPNetwork.TryParse takes 10.0.0.1/16 and clears the host bits; what was written differs from what it would mean, so it is refused.
    public override string? Violation(object value) =>
        value is string text && IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.Split('/')[0], out var address) && address.Equals(network.BaseAddress)
            ? null
            : "is not an address range";
}

/// <summary>A daily window of AWS's managed services.</summary>
public sealed partial class DailyWindowAttribute : PatternRuleAttribute
{
    public override string Allowed => "two times of a day in UTC, hh:mm-hh:mm";

    public override string Example => "01:00-02:00";

    protected override string Noun => "a daily window";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>A directory below the root of a storage.</summary>
public sealed class DirectoryAttribute : RuleAttribute
{
    public override string Allowed => "a path that does not start with /, without empty parts, . or ..";

    public override string Example => "research/scratch";

    public override string? Violation(object value) =>
        value is string { Length: > 0 } text && StoragePath.IsDirectory(text) ? null : "is not a directory below the storage";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^[^/]";
}

/// <summary>An EC2 instance type, or that of a service on EC2, by its form; which types a region has, only AWS knows.</summary>
public sealed partial class Ec2InstanceTypeAttribute(string prefix = "") : PatternRuleAttribute
{
    /// <summary>What the service puts in front: <c>cache</c> or <c>db</c>; empty for EC2 itself.</summary>
    public string Prefix { get; } = prefix;

    public override string Allowed => $"family, generation and size, as in {Example}";

    public override string Example => Prefix.Length == 0 ? "m7i.large" : $"{Prefix}.m7g.large";

    protected override string Noun => "an instance type";

    protected override Regex Pattern => Prefix switch
    {
        "cache" => Cache(),
        "db" => Database(),
        _ => Plain(),
    };

    // "m7i.large", "c6in.32xlarge", "u7i-12tb.224xlarge", "m7i.metal-24xl"; not "m7i", "large" or "M7i.Large".
    [GeneratedRegex(@"^[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(nano|micro|small|medium|large|xlarge|[0-9]{1,3}xlarge|metal(-[0-9]{1,3}xl)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^cache\.[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(micro|small|medium|large|xlarge|[0-9]{1,3}xlarge)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cache();

    [GeneratedRegex(@"^db\.[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(micro|small|medium|large|xlarge|[0-9]{1,3}xlarge)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Database();
}

/// <summary>A Kubernetes version that EKS supports.</summary>
public sealed class EksVersionAttribute : RuleAttribute
{
    public override string Allowed => string.Join(", ", EksVersion.All.Select(version => version.Support is EksSupport.Extended ? $"{version.Name} (extended support)" : version.Name));

    public override string Example => $"\"{EksVersion.Default}\"";

    public override string? Violation(object value) => EksVersion.Find((string)value) is null ? $"is no Kubernetes version that EKS supports on {EksVersion.AsOf:yyyy-MM-dd}" : null;

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. EksVersion.All.Select(version => JsonValue.Create(version.Name))]);
}

/// <summary>Entries that are environment variables.</summary>
public sealed partial class EnvironmentVariableEntryAttribute : EntryRuleAttribute
{
    public override string Allowed => "letters, digits and underscores, not starting with a digit";

    public override string Example => "NXF_OPTS";

    public override string Pattern => "^[A-Za-z_][A-Za-z0-9_]{0,127}$";

    public override string? Violation(string name) => Form().IsMatch(name) ? null : "is not the name of an environment variable";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>The value of a label in Google Cloud ("Requirements for labels").</summary>
public sealed partial class GcpLabelAttribute : PatternRuleAttribute
{
    public override string Allowed => "up to 63 lower-case letters, digits, hyphens and underscores";

    public override string Example => "research";

    protected override string Noun => "a value that Google Cloud takes for a label";

    protected override Regex Pattern => Form();

    [GeneratedRegex("^[a-z0-9_-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>The name of a resource in Google Cloud, of up to <paramref name="most"/> characters.</summary>
public sealed partial class GcpNameAttribute(int most = 63) : RuleAttribute
{
    public int Most { get; } = most;

    public override string Allowed => $"up to {Most} lower-case letters, digits and inner hyphens, a letter first";

    public override string Example => "studio-prod";

    public override string? Violation(object value) =>
        value is string text && text.Length <= Most && Form().IsMatch(text) ? null : "is not a name that Google Cloud takes";

    public override void Describe(JsonObject schema)
    {
        schema["pattern"] = Form().ToString();
        schema["maxLength"] = Most;
    }

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>The full name of a network or subnetwork, which says in which project it is.</summary>
/// <param name="collection">The collection in the name: <c>networks</c> or <c>subnetworks</c>.</param>
public sealed partial class GcpPathAttribute(string collection) : RuleAttribute
{
    public string Collection { get; } = collection;

    public override string Allowed => Collection == "networks" ? "projects/<project>/global/networks/<name>" : "projects/<project>/regions/<region>/subnetworks/<name>";

    public override string Example => Allowed.Replace("<project>", "example-research").Replace("<region>", "europe-west1").Replace("<name>", "research");

    public override string? Violation(object value) => value is string text && Form().IsMatch(text) && text.Split('/')[^2] == Collection
        ? null
        : $"is not the full name of one of the {Collection}";

    public override void Describe(JsonObject schema) => schema["pattern"] = $"^projects/.+/{Collection}/[a-z0-9-]+$";

    [GeneratedRegex("^projects/[a-z0-9.:-]+/(global/networks|regions/[a-z0-9-]+/subnetworks)/[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>The id of a Google Cloud project (Resource Manager API reference, <c>projectId</c>); old domain-scoped ones have the domain in front.</summary>
public sealed partial class GcpProjectIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "6 to 30 lower-case letters, digits and inner hyphens, a letter first";

    public override string Example => "example-research";

    protected override string Noun => "the id of a Google Cloud project";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^([a-z0-9.-]+\.[a-z]{2,}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>A Kubernetes version that some release channel of GKE offers.</summary>
public sealed class GkeVersionAttribute : RuleAttribute
{
    public override string Allowed => $"one of {string.Join(", ", GkeVersion.All.Select(version => version.Name))}, in quotes";

    public override string Example => $"'{GkeVersion.Default}'";

    public override string? Violation(object value) => GkeVersion.Find((string)value) is null ? "is no Kubernetes version that GKE offers" : null;

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. GkeVersion.All.Select(version => (JsonNode)version.Name)]);
}

/// <summary>Where a TCP server listens, as Redis clients take it: <c>host:port</c> without a scheme.</summary>
public sealed class HostAndPortAttribute : RuleAttribute
{
    private static readonly KubernetesSubdomainAttribute Name = new();

    public override string Allowed => "host:port without a scheme; the port is 1 to 65535";

    public override string Example => "redis.example.com:6379";

    public override string? Violation(object value)
    {
        var text = (string)value;
        if (text.Contains("://"))
        {
            return "has a scheme";
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            return "has no port";
        }

        var host = text[..colon];
        if (!int.TryParse(text[(colon + 1)..], out var port) || port is < 1 or > 65535)
        {
            return "has no port from 1 to 65535";
        }

        return Name.Violation(host) is null || IPAddress.TryParse(host, out _) ? null : "has no host name or address before the port";
    }

    public override void Describe(JsonObject schema) => schema["pattern"] = "^[^/\\s]+:[0-9]{1,5}$";
}

/// <summary>A web address that people open: https, because browsers send session cookies over nothing else, and a name, because certificates are for names.</summary>
public sealed class HttpsUrlAttribute : RuleAttribute
{
    public override string Allowed => "https:// and a host name, with a port if it is not 443, without user, path or query";

    public override string Example => "https://connect.studios.example.com";

    public override string? Violation(object value) => (WebOrigin)value switch
    {
        { IsHttps: false } => "does not use https",
        var origin when !DomainName.TryParse(origin.Host, out var host) || !char.IsLetter(host!.Labels[^1][0]) => "has no host name of two or more labels",
        _ => null,
    };

    public override void Describe(JsonObject schema) => schema["pattern"] = "^https://[^/@?#\\s]+/?$";
}

/// <summary>The ARN of an IAM user or role.</summary>
public sealed class IamPrincipalArnAttribute : RuleAttribute
{
    public override string Allowed => "the ARN of an IAM user or role; for a session, that of its role";

    public override string Example => "arn:aws:iam::123456789012:role/platform";

    public override string? Violation(object value) => IamPrincipal.TryParse((string)value, out _) ? null : "is not the ARN of an IAM user or role";
}

/// <summary>Entries whose names become part of Kubernetes and Pulumi names.</summary>
public sealed class KubernetesEntryAttribute : EntryRuleAttribute
{
    private static readonly TextType Name = TextType.For(typeof(KubernetesName))!;

    public override string Allowed => Name.Allowed;

    public override string Example => "research";

    public override string Pattern => Name.Pattern;

    public override string? Violation(string name) => Name.Parse(name) is null ? $"is not {Name.Noun}" : null;
}

/// <summary>A namespace for this platform's objects; none of those that Kubernetes keeps for itself.</summary>
public sealed class KubernetesNamespaceAttribute : RuleAttribute
{
    public override string Allowed => "a Kubernetes name, neither default nor starting with kube-";

    public override string Example => "seqera-platform";

    public override string? Violation(object value)
    {
        var name = ((KubernetesName)value).Text;
        return name == "default" || name.StartsWith("kube-") ? "is reserved by Kubernetes" : null;
    }

    public override void Describe(JsonObject schema) => schema["not"] = new JsonObject { ["pattern"] = "^(default$|kube-)" };
}

/// <summary>A name that Kubernetes accepts for most objects, such as Secrets and StorageClasses: RFC 1123 subdomain.</summary>
public sealed partial class KubernetesSubdomainAttribute : PatternRuleAttribute
{
    public override string Allowed => "up to 253 lower-case letters, digits, hyphens and dots, each part starting and ending with a letter or digit (RFC 1123 subdomain)";

    public override string Example => "cr.seqera.io";

    protected override string Noun => "a Kubernetes object name";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>A region of AWS or Google Cloud, or a zone of Google Cloud.</summary>
public sealed partial class LocationAttribute : PatternRuleAttribute
{
    public override string Allowed => "a region (eu-west-1, europe-west1) or a Google Cloud zone (europe-west1-b)";

    public override string Example => "europe-west1";

    protected override string Noun => "a region or zone";

    protected override Regex Pattern => Form();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*-?[0-9]{1,2}(-[a-z])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>Days that CloudWatch can keep a log (CloudWatch Logs API reference, PutRetentionPolicy).</summary>
public sealed class LogRetentionAttribute : RuleAttribute
{
    private static readonly int[] Days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public override string Allowed => $"one of {string.Join(", ", Days)}";

    public override string Example => "365";

    public override string? Violation(object value) => Days.Contains((int)value) ? null : "is no number of days that CloudWatch keeps logs for";

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. Days.Select(days => JsonValue.Create(days))]);
}

/// <summary>A machine type of Compute Engine.</summary>
public sealed partial class MachineTypeAttribute : PatternRuleAttribute
{
    public override string Allowed => "a machine type of Compute Engine: series, kind and size";

    public override string Example => "n2-standard-4";

    protected override string Noun => "a machine type of Compute Engine";

    protected override Regex Pattern => Form();

    // "e2-standard-4", "n2-custom-4-8192", "a2-highgpu-1g", "e2-medium", "c3-standard-8-lssd".
    [GeneratedRegex("^[a-z][a-z0-9]{1,3}-[a-z]+(-[a-z0-9]+){0,4}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

/// <summary>A weekly window of AWS's managed services.</summary>
public sealed partial class MaintenanceWindowAttribute : PatternRuleAttribute
{
    public override string Allowed => "two times of a week in UTC, ddd:hh:mm-ddd:hh:mm";

    public override string Example => "sun:03:00-sun:04:00";

    protected override string Noun => "a weekly window";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>An id that the vendor's database counts: a Platform workspace, for one.</summary>
public sealed partial class NumericIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "1 to 18 digits";

    public override string Example => "123456789";

    protected override string Noun => "a numeric id";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^[0-9]{1,18}$", RegexOptions.None, 1000)]
    private static partial Regex Form();
}

/// <summary>A user or group as Kubernetes RBAC knows it; with an @ the e-mail address of a Google Cloud principal.</summary>
public sealed partial class RbacSubjectAttribute : RuleAttribute
{
    public override string Allowed => "1 to 253 characters without spaces, not starting with system:; with an @ an e-mail address";

    public override string Example => "tower-launcher-user";

    public override string? Violation(object value) => (string)value switch
    {
        { Length: 0 or > 253 } => "is too short or too long",
        { } name when name.Any(char.IsWhiteSpace) => "contains spaces",
        { } name when name.StartsWith("system:") => "is reserved by Kubernetes",
        { } name when name.Contains('@') && !Email().IsMatch(name) => "is not an e-mail address",
        _ => null,
    };

    public override void Describe(JsonObject schema) => schema["pattern"] = @"^(?!system:)\S{1,253}$";

    // "seqera@project.iam.gserviceaccount.com" and the domain-scoped "seqera@project.example.com.iam.gserviceaccount.com".
    [GeneratedRegex(@"^[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();
}

/// <summary>A text that is itself a regular expression, as a vendor's configuration takes it.</summary>
public sealed class RegexAttribute : RuleAttribute
{
    public override string Allowed => "a regular expression";

    public override string Example => "^team-[a-z]+$";

    public override string? Violation(object value)
    {
        try
        {
            _ = new Regex((string)value, RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return "is not a regular expression";
        }
    }

    public override void Describe(JsonObject schema) => schema["format"] = "regex";
}

/// <summary>The name of an S3 bucket (S3 user guide, "General purpose bucket naming rules").</summary>
public sealed partial class S3BucketNameAttribute : PatternRuleAttribute
{
    public override string Allowed => "3 to 63 lower-case letters, digits, dots and inner hyphens, without s3:// and without a path";

    public override string Example => "example-work";

    protected override string Noun => "the name of a bucket";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>Keys of studio templates, which become the middle of variable names that the Platform splits at underscores.</summary>
public sealed class TemplateKeyAttribute : EntryRuleAttribute
{
    public override string Allowed => "upper-case letters and digits, parts joined by single hyphens, starting with a letter, without underscores";

    public override string Example => "JUPYTER-GPU";

    public override string Pattern => "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$";

    public override string? Violation(string name) => (name.Contains('_'), StudioTemplate.IsKey(name)) switch
    {
        (true, _) => "is not free of underscores",
        (_, false) => "is not the key of a template",
        _ => null,
    };
}

/// <summary>A text that is itself a YAML mapping, as the Platform's form takes the specification of a pod.</summary>
public sealed class YamlMappingAttribute : RuleAttribute
{
    public override string Allowed => "YAML with keys of a pod's spec, as a text";

    public override string Example => "\"nodeSelector: { disk: ssd }\"";

    public override string? Violation(object value)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader((string)value));
        }
        catch (YamlException)
        {
            return "is not YAML";
        }

        return stream.Documents is [{ RootNode: YamlMappingNode }] ? null : "is YAML, but not a mapping";
    }
}

/// <summary>Durations as Go programs write and read them (time.ParseDuration), down to milliseconds.</summary>
public static partial class GoDuration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (!Whole().IsMatch(text))
        {
            return false;
        }

        foreach (Match part in Part().Matches(text))
        {
            var number = decimal.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var length = Units.Single(unit => unit.Unit == part.Groups["unit"].Value).Length;
            duration += new TimeSpan(decimal.ToInt64(number * length.Ticks));
        }

        return true;
    }

    /// <summary>The largest units first, none of them zero: <c>1h30m</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        var text = "";
        var rest = duration;
        foreach (var (unit, length) in Units)
        {
            var count = rest.Ticks / length.Ticks;
            rest -= length * count;
            text += count > 0 ? $"{count}{unit}" : "";
        }

        return text.Length == 0 ? "0s" : text;
    }

    // "2m", "1h30m", "0.5s"; not "2", "2 m" or "1d", which Go does not know.
    [GeneratedRegex(@"\A([0-9]{1,9}(\.[0-9]{1,3})?(ms|h|m|s))+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>ms|h|m|s)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
