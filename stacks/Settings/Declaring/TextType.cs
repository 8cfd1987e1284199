using System.Collections.Frozen;
using Infra.Accounts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Manifests;
using Infra.Networks;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Values;

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
