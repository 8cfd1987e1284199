using Pulumi;
using Pulumi.Aws.Acm;
using Pulumi.Aws.Acm.Inputs;
using Pulumi.Aws.Route53;

namespace Infra.Dns;

/// <summary>A certificate of AWS Certificate Manager with the DNS records that prove its names; it renews itself as long as they stay.</summary>
public sealed class AcmCertificate : ComponentResource
{
    private const string Token = "platform:dns:AcmCertificate";
    private const int ProofSeconds = 300;

    /// <summary>ARN of the certificate; resolves when it has been issued, so that no load balancer is given an empty one.</summary>
    [Output("certificateArn")]
    public Output<string> Arn { get; private set; }

    public AcmCertificate(string name, AcmCertificateArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var (names, proofs) = args.Names;
        var certificate = new Pulumi.Aws.Acm.Certificate(
            name,
            new CertificateArgs
            {
                DomainName = names[0].Text,
                SubjectAlternativeNames = names.Skip(1).Select(other => (Input<string>)other.Text).ToList(),
                ValidationMethod = "DNS",
                KeyAlgorithm = "RSA_2048",
                Options = new CertificateOptionsArgs { CertificateTransparencyLoggingPreference = "ENABLED" },
            },
            new CustomResourceOptions { Parent = this });

        // How many records there are follows from the names, not from the answer: records made inside Apply would be missing from every preview.
        var records = proofs.Select(proof =>
        {
            var option = certificate.DomainValidationOptions.Apply(options => options.First(candidate => IsFor(candidate.DomainName!, proof)));
            return new Record(
                $"{name}-proof-{proof.Text}",
                new RecordArgs
                {
                    ZoneId = args.ZoneId,
                    Name = option.Apply(record => record.ResourceRecordName!),
                    Type = option.Apply(record => record.ResourceRecordType!),
                    Records = { option.Apply(record => record.ResourceRecordValue!) },
                    Ttl = ProofSeconds,
                    // One account has one proof for a name, whichever stack asks for the certificate first.
                    AllowOverwrite = true,
                },
                new CustomResourceOptions { Parent = this, RetainOnDelete = args.ProofsKept });
        });

        Arn = new CertificateValidation(
            $"{name}-issued",
            new CertificateValidationArgs
            {
                CertificateArn = certificate.Arn,
                ValidationRecordFqdns = records.Select(record => (Input<string>)record.Fqdn).ToList(),
            },
            new CustomResourceOptions { Parent = this }).CertificateArn;
        RegisterOutputs();
    }

    private static bool IsFor(string optionName, DomainName proof) => CertificateNames.ProofOf(DomainName.Parse(optionName)) == proof;
}

/// <summary>Which names a certificate has, and where they are proven.</summary>
public sealed class AcmCertificateArgs : ResourceArgs
{
    public required CertificateNames Names { get; init; }

    /// <summary>Public zone that all names are in.</summary>
    public required Input<string> ZoneId { get; init; }

    /// <summary>Leave the proofs in the zone when the certificate goes: another stack's certificate is renewed with the same ones. Default false.</summary>
    public bool ProofsKept { get; init; }
}
