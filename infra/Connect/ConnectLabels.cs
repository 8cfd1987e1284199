using Infra.Manifests;

namespace Infra.Connect;

/// <summary>The labels of the Connect pods; the same names as in Seqera's studios chart.</summary>
public static class ConnectLabels
{
    public static readonly Labels Proxy = new("studios", "proxy");

    public static readonly Labels Server = new("studios", "server");
}
