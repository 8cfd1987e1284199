using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.LoadBalancing;

/// <summary>The certificate of an admission webhook, signed by an authority that exists for it alone; it lives in the state, so a preview does not renew it.</summary>
public sealed class WebhookCertificate : ComponentResource
{
    private const string Token = "platform:loadBalancing:WebhookCertificate";

    // The API server checks the chain at every call and nothing renews it: ten years outlive the cluster. Replacing the component renews both.
    private const int ValidityHours = 10 * 365 * 24;

    // Go's TLS and the API server both take it; RSA of the same strength is twelve times larger in the webhook's configuration.
    private const string Algorithm = "ECDSA";
    private const string Curve = "P256";

    public Output<string> AuthorityPem { get; }

    public Output<string> CertificatePem { get; }

    /// <summary>Secret.</summary>
    public Output<string> PrivateKeyPem { get; }

    /// <summary>Makes the authority and the certificate.</summary>
    /// <param name="name">Logical name.</param>
    /// <param name="serviceName">Service of the webhook; the API server calls <c>service.namespace.svc</c>.</param>
    /// <param name="namespaceName">Namespace of the Service.</param>
    /// <param name="options">Options of the component.</param>
    public WebhookCertificate(string name, string serviceName, string namespaceName, ComponentResourceOptions? options = null)
        : base(Token, name, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var authorityKey = new PrivateKey($"{name}-authority-key", new PrivateKeyArgs { Algorithm = Algorithm, EcdsaCurve = Curve }, child);
        var authority = new SelfSignedCert(
            $"{name}-authority",
            new SelfSignedCertArgs
            {
                PrivateKeyPem = authorityKey.PrivateKeyPem,
                IsCaCertificate = true,
                Subject = new SelfSignedCertSubjectArgs { CommonName = $"{serviceName} authority" },
                AllowedUses = { "cert_signing", "digital_signature" },
                ValidityPeriodHours = ValidityHours,
            },
            child);
        var key = new PrivateKey($"{name}-key", new PrivateKeyArgs { Algorithm = Algorithm, EcdsaCurve = Curve }, child);
        var request = new CertRequest(
            $"{name}-request",
            new CertRequestArgs
            {
                PrivateKeyPem = key.PrivateKeyPem,
                Subject = new CertRequestSubjectArgs { CommonName = $"{serviceName}.{namespaceName}.svc" },
                DnsNames = { $"{serviceName}.{namespaceName}.svc", $"{serviceName}.{namespaceName}.svc.cluster.local" },
            },
            child);
        var certificate = new LocallySignedCert(
            name,
            new LocallySignedCertArgs
            {
                CaPrivateKeyPem = authorityKey.PrivateKeyPem,
                CaCertPem = authority.CertPem,
                CertRequestPem = request.CertRequestPem,
                AllowedUses = { "digital_signature", "key_encipherment", "server_auth" },
                ValidityPeriodHours = ValidityHours,
            },
            child);

        AuthorityPem = authority.CertPem;
        CertificatePem = certificate.CertPem;
        PrivateKeyPem = Output.CreateSecret(key.PrivateKeyPem);
        RegisterOutputs();
    }
}
