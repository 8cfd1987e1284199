using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rehearsal.Wire;

namespace Rehearsal.Providers.TlsValues;

/// <summary>Who a certificate is for: its distinguished name and its alternative names.</summary>
internal static class CertificateSubject
{
    // in the order in which Go's crypto/x509/pkix, and so the real provider, writes them
    private static readonly (string Input, string ObjectId)[] Attributes =
    [
        ("country", "2.5.4.6"), ("organization", "2.5.4.10"), ("organizationalUnit", "2.5.4.11"), ("locality", "2.5.4.7"), ("province", "2.5.4.8"),
        ("streetAddresses", "2.5.4.9"), ("postalCode", "2.5.4.17"), ("commonName", "2.5.4.3"), ("serialNumber", "2.5.4.5"), ("emailAddress", "1.2.840.113549.1.9.1"),
    ];

    public static X500DistinguishedName Name(PropertyMap inputs)
    {
        var name = new X500DistinguishedNameBuilder();
        if (inputs.Open("subject") is not ObjectProperty { Properties: var subject }) return name.Build();
        foreach (var (input, objectId) in Attributes)
            foreach (var value in subject.OpenText(input) is { Length: > 0 } one ? [one] : subject.Texts(input)) name.Add(objectId, value);
        return name.Build();
    }

    /// <summary>The alternative names, or null when there are none.</summary>
    /// <exception cref="FormatException">An address or URI is none.</exception>
    public static X509Extension? AlternativeNames(PropertyMap inputs)
    {
        var (hosts, addresses, uris) = (inputs.Texts("dnsNames"), inputs.Texts("ipAddresses"), inputs.Texts("uris"));
        if (hosts.Count + addresses.Count + uris.Count == 0) return null;
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts) names.AddDnsName(host);
        foreach (var address in addresses) names.AddIpAddress(IPAddress.TryParse(address, out var ip) ? ip : throw new FormatException($"ipAddresses: \"{address}\" is no IP address"));
        foreach (var uri in uris) names.AddUri(Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed : throw new FormatException($"uris: \"{uri}\" is no absolute URI"));
        return names.Build();
    }
}
