using Infra.Manifests;

namespace Infra.Cache;

/// <summary>A Redis server that runs as pods in its clients' namespace, so that network rules can name it.</summary>
public interface IRedisPods
{
    /// <summary>Labels of the server's pods.</summary>
    Labels Pods { get; }
}
