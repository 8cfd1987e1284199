using Infra.Secrets;

namespace Infra.Cache;

/// <summary>How a client speaks TLS to a Redis server.</summary>
/// <param name="SkipVerify">Accept any server certificate. Only for servers whose authority cannot be mounted.</param>
/// <param name="CertificateAuthority">PEM bundle that the server's certificate is checked against, in addition to the image's own; absent for public authorities.</param>
/// <param name="ClientCertificate">PEM certificate the client shows; absent where the server asks for none.</param>
/// <param name="ClientKey">PEM key of the client certificate; given exactly when <paramref name="ClientCertificate"/> is.</param>
public sealed record RedisTls(
    bool SkipVerify = false,
    SecretKeyRef? CertificateAuthority = null,
    SecretKeyRef? ClientCertificate = null,
    SecretKeyRef? ClientKey = null);
