using System.Net;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Iam;
using Infra.Manifests;
using Infra.Networks;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Values;

namespace Stacks.Settings.Declaring;

/// <summary>The forms of the value types: a type that is listed here is written as text in the stack file, and read into a value once.</summary>
public static class TextForms
{
    /// <summary>What web addresses with https look like, for editors.</summary>
    internal const string HttpsPattern = $"^[Hh][Tt][Tt][Pp][Ss]://{AnyHost}(:0*{Port}?)?/?$";

    private const string AnyHost = @"(\[[0-9A-Fa-f:.]+\]|[^/@?#\s:\[\],=*]+)";

    private const string NamePattern = @"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private const string Host = @"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private const string Port = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /// <summary>A registry's host as image references have it: with a dot or a port, because a first word without either is no host to them.</summary>
    internal const string RegistryHost =
        @"[a-z0-9]([a-z0-9-]*[a-z0-9])?((\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?|:[0-9]{1,5})";

    private const string NumericId = "^[0-9]{1,18}$";

    private static readonly FormTable ByType = new()
    {
        [typeof(AwsRegion)] = () => TextForm.Parsed<AwsRegion>(
            "an AWS region",
            "a region of the commercial or GovCloud partition",
            "eu-west-1",
            "^(?!cn-|us-iso|eu-iso|eusc-)[a-z]{2}(-[a-z]{3,9}){1,2}-[1-9][0-9]?$",
            AwsRegion.TryParse),
        [typeof(CertificateArn)] = () => TextForm.Parsed<CertificateArn>(
            "the ARN of a certificate",
            "the ARN of a certificate of AWS Certificate Manager",
            "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
            "^arn:aws(-us-gov)?:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}$",
            CertificateArn.TryParse),
        [typeof(ConnectClientVersion)] = () => TextForm.Parsed<ConnectClientVersion>(
            "a version of two or three numbers",
            "major.minor, or major.minor.patch",
            "0.12.2",
            @"^[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?$",
            ConnectClientVersion.TryParse),
        [typeof(DomainName)] = () => TextForm.Parsed<DomainName>(
            "a domain name",
            "two or more labels of letters, digits and inner hyphens, without scheme, port or path",
            "studios.example.com",
            @"^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
            DomainName.TryParse),
        [typeof(EksVersion)] = () => new(
            "a Kubernetes version",
            string.Join(", ", EksVersion.All.Select(version => version.Support is EksSupport.Extended ? $"{version.Name} (extended support)" : version.Name)),
            $"\"{EksVersion.Default}\"",
            EksVersion.Find)
        {
            Choices = EksVersion.All.Select(version => version.Name),
            Problem = _ => $"is no Kubernetes version that EKS supports on {EksVersion.AsOf:yyyy-MM-dd}",
        },
        [typeof(GcpRegion)] = () => TextForm.Parsed<GcpRegion>(
            "a Google Cloud region", "a region, not a zone", "europe-west1", "^[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?$", GcpRegion.TryParse),
        [typeof(GkeLocation)] = () => TextForm.Parsed<GkeLocation>(
            "a Google Cloud region or zone",
            "a region for a control plane in three zones, or one zone",
            "europe-west1",
            "^[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?(-[a-z])?$",
            GkeLocation.TryParse),
        [typeof(GkeVersion)] = () => new(
            "a Kubernetes version",
            $"one of {string.Join(", ", GkeVersion.All.Select(version => version.Name))}, in quotes",
            $"'{GkeVersion.Default}'",
            GkeVersion.Find)
        {
            Choices = GkeVersion.All.Select(version => version.Name),
            Problem = _ => "is no Kubernetes version that GKE offers",
        },
        [typeof(HostAndPort)] = () => TextForm.Parsed<HostAndPort>(
            "a host and port",
            "host:port without a scheme; the port is 1 to 65535",
            "redis.example.com:6379",
            $@"^({NamePattern}|\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\]?):0*{Port}$",
            HostAndPort.TryParse) with
        {
            Excluded = $"^({LocalHost.Pattern}:[0-9]+$|.*://)",
            Problem = HostAndPort.Problem,
        },
        [typeof(HttpsUrl)] = () => TextForm.Parsed<HttpsUrl>(
            "a web address",
            "https:// and a host name, with a port if it is not 443, without user, path or query",
            "https://connect.studios.example.com",
            $"^[Hh][Tt][Tt][Pp][Ss]://{Host}(:0*{Port}?)?/?$",
            HttpsUrl.TryParse) with
        {
            Problem = HttpsUrl.Problem,
        },
        [typeof(IamPrincipal)] = () => TextForm.Parsed<IamPrincipal>(
            "the ARN of an IAM user or role",
            "the ARN of an IAM user or role; for a session, that of its role",
            "arn:aws:iam::123456789012:role/platform",
            @"^arn:aws(-us-gov)?:iam::[0-9]{12}:(user|role)/([\x21-\x7e]+/)?[A-Za-z0-9_+=,.@-]{1,64}$",
            IamPrincipal.TryParse),
        [typeof(ImageReference)] = () => TextForm.Parsed<ImageReference>(
            "an image reference",
            "registry/repository:tag, optionally followed by @sha256: and 64 hexadecimal digits",
            "docker.io/valkey/valkey:8.1.9",
            $"^{RegistryHost}/[a-z0-9]+([._/-]+[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}}(@sha256:[0-9a-f]{{64}})?$",
            ImageReference.TryParse),
        [typeof(IPNetwork)] = () => new("an address range", "an address range in CIDR form, host bits zero", "10.20.0.0/16", text => AddressRange(text))
        {
            // IPv6 is left to the reader.
            Pattern = $"{Patterns.Ipv4Blocks}|^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/[0-9]{{1,3}}$",
        },
        [typeof(Ipv4Block)] = () => TextForm.Parsed<Ipv4Block>(
            "a block of IPv4 addresses",
            "the first address and the prefix length, host bits zero",
            "10.20.0.0/16",
            Patterns.Ipv4Blocks,
            Ipv4Block.TryParse),
        [typeof(KubernetesName)] = () => TextForm.Parsed<KubernetesName>(
            "a Kubernetes name",
            "1 to 63 lower-case letters, digits and inner hyphens, starting with a letter (RFC 1123 label)",
            "tower-nf",
            "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
            KubernetesName.TryParse),
        [typeof(long)] = () => new("a numeric id", "1 to 18 digits", "123456789", text => TextForm.Matches(text, NumericId) ? long.Parse(text) : null)
        {
            Pattern = NumericId,
        },
        [typeof(Quantity)] = () => TextForm.Parsed<Quantity>(
            "a Kubernetes quantity",
            "a number with an optional unit: m, k, M, G, T, P, Ki, Mi, Gi, Ti, Pi",
            "10Gi",
            @"^[0-9]{1,9}(\.[0-9]{1,3})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$",
            Quantity.TryParse),
        [typeof(SemanticVersion)] = () => new(
            "a version of three numbers",
            "major.minor.patch, with or without a leading v, and a pre-release part if there is one",
            "26.1.3",
            // "26.1" would be a number in YAML, and 26.10 the same one.
            text => text.Count(character => character == '.') >= 2 && SemanticVersion.TryParse(text, out var version) ? version : null)
        {
            Pattern = @"^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$",
        },
        [typeof(ServiceAccountEmail)] = () => TextForm.Parsed<ServiceAccountEmail>(
            "the e-mail address of a service account",
            "name@project.iam.gserviceaccount.com, with a name of 6 to 30 characters",
            "seqera-platform@example-research.iam.gserviceaccount.com",
            @"^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\.iam\.gserviceaccount\.com$",
            ServiceAccountEmail.TryParse),
        // Each property names the one of the two that it takes.
        [typeof(ServiceWindow)] = () => new(
            "a window of time", "two times of a week or day in UTC", "01:00-02:00", text => ServiceWindow.TryParse(text, out var window) ? window : null),
        [typeof(TimeSpan)] = () => TextForm.Parsed<TimeSpan>(
            "a duration", "one or more numbers with a unit each: ms, s, m, h", "2m", @"^([0-9]{1,9}(\.[0-9]{1,3})?(ms|h|m|s))+$", GoDuration.TryParse),
        // YAML reads the first one as a time, and Pulumi hands it on as the second one.
        [typeof(UtcMoment)] = () => TextForm.Parsed<UtcMoment>(
            "a day or a moment in UTC",
            "a day, which begins at 00:00 UTC, or a moment that ends in Z",
            "2026-12-18",
            UtcMoment.Pattern,
            UtcMoment.TryParse),
        [typeof(WebAclArn)] = () => TextForm.Parsed<WebAclArn>(
            "the ARN of a web ACL",
            "the ARN of a regional web ACL of AWS WAF; those of CloudFront are global",
            "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/platform/01234567-89ab-cdef-0123-456789abcdef",
            "^arn:aws(-us-gov)?:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[0-9A-Za-z_-]{1,128}/[0-9a-f-]{36}$",
            WebAclArn.TryParse),
        [typeof(WebOrigin)] = () => TextForm.Parsed<WebOrigin>(
            "a web address",
            "https:// and a host name, with a port if it is not 443, without user, path or query",
            "https://connect.studios.example.com",
            $"^[Hh][Tt][Tt][Pp][Ss]?://{AnyHost}(:0*{Port}?)?/?$",
            WebOrigin.TryParse),
    };

    /// <summary>A form of hosts without the names by which a machine reaches itself.</summary>
    internal static TextForm WithoutLocalHost(TextForm form) => form with
    {
        Excluded = $"^{LocalHost.Pattern}$",
        Parse = text => LocalHost.IsOne(text) ? null : form.Parse(text),
        Problem = text => LocalHost.IsOne(text) ? "is each node's own machine as the node sees it" : null,
    };

    /// <summary>Every one of them.</summary>
    public static IEnumerable<TextForm> All => ByType.Forms;

    /// <summary>The form that a type always has; null for a type that is no text, or free text.</summary>
    public static TextForm? ForType(Type type) => ByType.Find(type);

    /// <summary>Whether a type always has a form.</summary>
    public static bool Has(Type type) => ByType.Has(type);

    // IPNetwork.TryParse takes 10.0.0.1/16 and clears the host bits; what was written differs from what it would mean, so it is refused.
    private static IPNetwork? AddressRange(string text) =>
        IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.Split('/')[0], out var address) && address.Equals(network.BaseAddress)
            ? network
            : null;
}
