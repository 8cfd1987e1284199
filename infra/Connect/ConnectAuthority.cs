using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Connect;

/// <summary>The certificates of a private authority, as a file for connect-proxy and connect-server.</summary>
public sealed class ConnectAuthority : ComponentResource
{
    private const string Token = "platform:connect:ConnectAuthority";

    /// <summary>Physical name of the ConfigMap; resolves when it exists.</summary>
    [Output("configMapName")]
    public Output<string> ConfigMapName { get; private set; }

    /// <summary>What pods mount.</summary>
    public TrustedAuthority Reference { get; }

    public ConnectAuthority(string name, ConnectAuthorityArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        // Named by Pulumi, so that other certificates are another ConfigMap: pods that roll back find the one they started with.
        var file = new ConfigMap(
            name,
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace, Labels = new Labels("studios", "authority").All },
                Data = { [ConnectFiles.TrustedFile] = args.Certificates },
                Immutable = true,
            },
            new CustomResourceOptions { Parent = this });
        ConfigMapName = file.Metadata.Apply(metadata => metadata.Name);
        Reference = new TrustedAuthority(ConfigMapName, ConfigHash.Compute([new(ConnectFiles.TrustedFile, args.Certificates)]));
        RegisterOutputs();
    }
}

/// <summary>Certificates of an authority, and where they go.</summary>
public sealed class ConnectAuthorityArgs : ResourceArgs
{
    /// <summary>Namespace of the pods.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>PEM certificates, one or more.</summary>
    public required string Certificates { get; init; }
}

/// <summary>A ConfigMap with the certificates of an authority.</summary>
/// <param name="ConfigMapName">Its physical name.</param>
/// <param name="Hash">Changes with the certificates.</param>
public sealed record TrustedAuthority(Output<string> ConfigMapName, string Hash);
