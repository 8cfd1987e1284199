using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Dns;
using Stacks.Settings;

namespace Tests.Stacks.Settings.Workbench;

// Promise: a certificate that browsers would refuse is refused before it is deployed, and neither it nor its key is ever shown.
public sealed class TlsFilesTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly DomainName Host = DomainName.Parse("workbench.example.com");

    [Theory]
    [InlineData("workbench.example.com")]
    [InlineData("*.example.com")]
    [InlineData("other.example.com,workbench.example.com")]
    public void Takes_ACertificateOfTheHost(string names)
    {
        var (certificate, key) = Made(names);

        Said(certificate, key).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_RsaAndAChain()
    {
        using var key = RSA.Create(2048);
        var certificate = Signed(
            new CertificateRequest("CN=workbench.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "workbench.example.com");

        Said(certificate + Tests.Support.ExampleAuthority.Certificate, key.ExportPkcs8PrivateKeyPem()).ShouldBeEmpty();
        Said(certificate, key.ExportRSAPrivateKeyPem()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("workbench.example.org", "is for workbench.example.org, and not for workbench.example.com")]
    [InlineData("*.workbench.example.com", "is for *.workbench.example.com, and not for workbench.example.com")]
    [InlineData("example.com,*.apps.example.com", "is for example.com, *.apps.example.com, and not for workbench.example.com")]
    public void Rejects_TheCertificateOfAnotherHost(string names, string what)
    {
        var (certificate, key) = Made(names);

        Said(certificate, key).ShouldBe([
            $"""
            platform:workbenchTlsCertificate: {what}
              given:   [secret]
              allowed: a certificate for workbench.example.com
              fix:     pulumi config set --secret platform:workbenchTlsCertificate < tls.crt
            """,
        ]);
    }

    [Fact]
    public void Rejects_ACertificateWithoutNames()
    {
        var (certificate, key) = Made("");

        Said(certificate, key).ShouldHaveSingleItem().ShouldStartWith("platform:workbenchTlsCertificate: has no host name that browsers look at");
    }

    [Theory]
    [InlineData(-1, "has expired on 2026-11-25")]
    [InlineData(-400, "has expired on 2025-10-22")]
    public void Rejects_AnExpiredCertificate(int days, string what)
    {
        var (certificate, key) = Made("workbench.example.com", from: -500, until: days);

        Said(certificate, key).ShouldHaveSingleItem().ShouldStartWith($"platform:workbenchTlsCertificate: {what}\n");
    }

    [Fact]
    public void Rejects_ACertificateOfTheFuture()
    {
        var (certificate, key) = Made("workbench.example.com", from: 2);

        Said(certificate, key).ShouldHaveSingleItem().ShouldStartWith("platform:workbenchTlsCertificate: is valid from 2026-11-28 on only");
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(0, true)]
    [InlineData(30, false)]
    public void Warns_BeforeTheEnd(int days, bool warned)
    {
        var (certificate, key) = Made("workbench.example.com", until: days);
        var problems = TlsFiles.Check(certificate, key, Host, Today).ToArray();

        problems.Length.ShouldBe(warned ? 1 : 0);
        problems.ShouldAllBe(problem => problem.IsWarning && problem.What.Contains($"expires on {Today.AddDays(days):yyyy-MM-dd}"));
    }

    [Fact]
    public void Rejects_TheKeyOfAnotherCertificate()
    {
        var (certificate, _) = Made("workbench.example.com");
        var (_, other) = Made("workbench.example.com");
        using var rsa = RSA.Create(2048);

        foreach (var key in new[] { other, rsa.ExportPkcs8PrivateKeyPem() })
        {
            Said(certificate, key).ShouldBe([
                """
                platform:workbenchTlsKey: is not the key of the certificate
                  given:   [secret]
                  allowed: the private key of the certificate in PEM, without a passphrase
                  fix:     pulumi config set --secret platform:workbenchTlsKey < tls.key, with the file that belongs to the certificate
                """,
            ]);
        }
    }

    [Fact]
    public void Rejects_ALockedKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (certificate, _) = Made("workbench.example.com");

        Said(certificate, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)))
            .ShouldHaveSingleItem().ShouldStartWith("platform:workbenchTlsKey: is locked with a passphrase, which no ingress controller has");
    }

    [Theory]
    [InlineData("")]
    [InlineData("marker")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nbWFya2Vy\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbWFya2Vy\n-----END CERTIFICATE-----\n")]
    public void Rejects_AKeyThatIsNone(string key)
    {
        var (certificate, _) = Made("workbench.example.com");

        Said(certificate, key).ShouldHaveSingleItem().ShouldStartWith("platform:workbenchTlsKey: ");
    }

    [Theory]
    [InlineData("marker", "holds no certificate in PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbWFya2Vy\n-----END CERTIFICATE-----\n", "holds a certificate that cannot be read")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nbWFya2Vy\n-----END PRIVATE KEY-----\n", "holds a private key, which belongs into platform:workbenchTlsKey")]
    public void Rejects_ACertificateThatIsNone(string certificate, string what)
    {
        var (_, key) = Made("workbench.example.com");

        Said(certificate, key).ShouldHaveSingleItem().ShouldStartWith($"platform:workbenchTlsCertificate: {what}\n");
    }

    private static string[] Said(string certificate, string key)
    {
        string[] said = [.. TlsFiles.Check(certificate, key, Host, Today).Select(problem => problem.ToString())];
        said.ShouldAllBe(message => !message.Contains("BEGIN", StringComparison.Ordinal)
            && !message.Contains("marker", StringComparison.Ordinal) && !message.Contains("bWFya2Vy", StringComparison.Ordinal));
        return said;
    }

    internal static (string Certificate, string Key) Made(string names, int from = -10, int until = 365)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Signed(new CertificateRequest("CN=workbench.example.com", key, HashAlgorithmName.SHA256), names, from, until), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Signed(CertificateRequest request, string names, int from = -10, int until = 365)
    {
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names.Split(','))
            {
                alternatives.AddDnsName(name);
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        using var certificate = request.CreateSelfSigned(Day(from), Day(until));
        return $"{certificate.ExportCertificatePem()}\n";
    }

    private static DateTimeOffset Day(int days) => new(Today.AddDays(days), new TimeOnly(12, 0), TimeSpan.Zero);
}
