using System.Collections.Frozen;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.Tls;

/// <summary>Signs a certificate with the inputs that self-signed and locally signed ones share.</summary>
internal static class Issuance
{
    private const int SerialBytes = 16;

    /// <summary>The certificate as the outputs of its resource.</summary>
    /// <param name="inputs">The resource's inputs.</param>
    /// <param name="request">Subject, public key and alternative names.</param>
    /// <param name="issuer">The name of who signs.</param>
    /// <param name="signer">The key that signs.</param>
    /// <param name="authority">The certificate of who signs; null when it signs itself.</param>
    /// <param name="now">The start of its validity.</param>
    public static (string Id, PropertyMap Outputs) Issue(
        PropertyMap inputs, CertificateRequest request, X500DistinguishedName issuer, TlsKey signer, X509Certificate2? authority, DateTimeOffset now)
    {
        var ca = inputs.Flag("isCaCertificate", otherwise: false);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(ca, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        foreach (var extension in CertificateUses.Extensions(inputs.Texts("allowedUses")))
        {
            request.CertificateExtensions.Add(extension);
        }
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        if (ca || inputs.Flag("setSubjectKeyId", otherwise: false))
        {
            request.CertificateExtensions.Add(subjectKey);
        }
        if (authority is not null && authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } authorityKey)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(authorityKey));
        }
        else if (authority is null && inputs.Flag("setAuthorityKeyId", otherwise: false))
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subjectKey));
        }
        var hours = inputs.Whole("validityPeriodHours", 0);
        // What signs is valid a second before what it signs, so that a chain holds at every moment
        var (start, end) = (Seconds(authority is null ? now.AddSeconds(-1) : now), Seconds(now.AddHours(hours)));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // Positive and without a leading zero, as a DER integer must be
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using var certificate = request.Create(issuer, signer.Signer, start, end, serial);
        var renewal = end.AddHours(-inputs.Whole("earlyRenewalHours", 0));
        var outputs = inputs.Plus(
            ("certPem", PemText.Write("CERTIFICATE", certificate.RawData)), authority is null ? ("keyAlgorithm", signer.Algorithm)
                : ("caKeyAlgorithm", signer.Algorithm),
            ("validityStartTime", Rfc3339(start)), ("validityEndTime", Rfc3339(end)));
        return (new BigInteger(serial, isUnsigned: true, isBigEndian: true).ToString(), outputs.With("readyForRenewal", BooleanProperty.From(now >= renewal)));
    }

    // Certificates have no smaller unit
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Rfc3339(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/// <summary>Who a certificate is for: its distinguished name and its alternative names.</summary>
internal static class CertificateSubject
{
    // In the order in which Go's crypto/x509/pkix, and so the real provider, writes them
    private static readonly (string Input, string ObjectId)[] Attributes =
    [
        ("country", "2.5.4.6"), ("organization", "2.5.4.10"), ("organizationalUnit", "2.5.4.11"), ("locality", "2.5.4.7"), ("province", "2.5.4.8"),
        ("streetAddresses", "2.5.4.9"), ("postalCode", "2.5.4.17"), ("commonName", "2.5.4.3"), ("serialNumber", "2.5.4.5"),
        ("emailAddress", "1.2.840.113549.1.9.1"),
    ];

    public static X500DistinguishedName Name(PropertyMap inputs)
    {
        var name = new X500DistinguishedNameBuilder();
        if (inputs.Open("subject") is not ObjectProperty { Properties: var subject })
        {
            return name.Build();
        }
        foreach (var (input, objectId) in Attributes)
        {
            foreach (var value in subject.OpenText(input) is { Length: > 0 } one ? [one] : subject.Texts(input))
            {
                name.Add(objectId, value);
            }
        }
        return name.Build();
    }

    /// <summary>The alternative names, or null when there are none.</summary>
    /// <exception cref="FormatException">An address or URI is none.</exception>
    public static X509Extension? AlternativeNames(PropertyMap inputs)
    {
        var (hosts, addresses, uris) = (inputs.Texts("dnsNames"), inputs.Texts("ipAddresses"), inputs.Texts("uris"));
        if (hosts.Count + addresses.Count + uris.Count == 0)
        {
            return null;
        }
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }
        foreach (var address in addresses)
        {
            names.AddIpAddress(IPAddress.TryParse(address, out var ip) ? ip : throw new FormatException($"ipAddresses: \"{address}\" is not an IP address"));
        }
        foreach (var uri in uris)
        {
            names.AddUri(Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed : throw new FormatException($"uris: \"{uri}\" is not an absolute URI"));
        }
        return names.Build();
    }
}

/// <summary>What a certificate may be used for, under the provider's names (hashicorp/tls 4.x, allowed_uses).</summary>
internal static class CertificateUses
{
    private static readonly FrozenDictionary<string, X509KeyUsageFlags> KeyUses = new Dictionary<string, X509KeyUsageFlags>(StringComparer.Ordinal)
    {
        ["digital_signature"] = X509KeyUsageFlags.DigitalSignature,
        ["content_commitment"] = X509KeyUsageFlags.NonRepudiation,
        ["key_encipherment"] = X509KeyUsageFlags.KeyEncipherment,
        ["data_encipherment"] = X509KeyUsageFlags.DataEncipherment,
        ["key_agreement"] = X509KeyUsageFlags.KeyAgreement,
        ["cert_signing"] = X509KeyUsageFlags.KeyCertSign,
        ["crl_signing"] = X509KeyUsageFlags.CrlSign,
        ["encipher_only"] = X509KeyUsageFlags.EncipherOnly,
        ["decipher_only"] = X509KeyUsageFlags.DecipherOnly,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ExtendedUses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["any_extended"] = "2.5.29.37.0",
        ["server_auth"] = "1.3.6.1.5.5.7.3.1",
        ["client_auth"] = "1.3.6.1.5.5.7.3.2",
        ["code_signing"] = "1.3.6.1.5.5.7.3.3",
        ["email_protection"] = "1.3.6.1.5.5.7.3.4",
        ["ipsec_end_system"] = "1.3.6.1.5.5.7.3.5",
        ["ipsec_tunnel"] = "1.3.6.1.5.5.7.3.6",
        ["ipsec_user"] = "1.3.6.1.5.5.7.3.7",
        ["timestamping"] = "1.3.6.1.5.5.7.3.8",
        ["ocsp_signing"] = "1.3.6.1.5.5.7.3.9",
        ["microsoft_server_gated_crypto"] = "1.3.6.1.4.1.311.10.3.3",
        ["netscape_server_gated_crypto"] = "2.16.840.1.113730.4.1",
        ["microsoft_commercial_code_signing"] = "1.3.6.1.4.1.311.2.1.22",
        ["microsoft_kernel_code_signing"] = "1.3.6.1.4.1.311.61.1.1",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The extensions that say so.</summary>
    /// <exception cref="FormatException">A use is not known.</exception>
    public static IEnumerable<X509Extension> Extensions(IReadOnlyList<string> uses)
    {
        if (uses.FirstOrDefault(urn => !KeyUses.ContainsKey(urn) && !ExtendedUses.ContainsKey(urn)) is { } unknown)
        {
            throw new FormatException(
                $"allowedUses: \"{unknown}\" is not one of {string.Join(", ", KeyUses.Keys.Concat(ExtendedUses.Keys).Order(StringComparer.Ordinal))}");
        }
        var flags = uses.Aggregate(X509KeyUsageFlags.None, (all, use) => all | KeyUses.GetValueOrDefault(use));
        if (flags != X509KeyUsageFlags.None)
        {
            yield return new X509KeyUsageExtension(flags, critical: true);
        }
        var extended = new OidCollection();
        foreach (var use in uses)
        {
            if (ExtendedUses.TryGetValue(use, out var objectId))
            {
                extended.Add(new Oid(objectId));
            }
        }
        if (extended.Count > 0)
        {
            yield return new X509EnhancedKeyUsageExtension(extended, critical: false);
        }
    }
}
