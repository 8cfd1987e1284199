using Pulumi;

namespace Infra.Clusters;

/// <summary>A cluster whose API server address is known to the program, so that it can be handed to a Platform user.</summary>
public interface IApiServer
{
    /// <summary>The URL of the API server, with scheme and port.</summary>
    Output<string> Server { get; }

    /// <summary>The certificate authority of the API server as PEM text.</summary>
    Output<string> CertificateAuthority { get; }
}
