using Pulumi;

namespace Infra.Storage;

/// <summary>Storage that many pods on many nodes can write at once: every claim it gives is <c>ReadWriteMany</c>.</summary>
public interface ISharedStorage
{
    /// <summary>Makes a claim; <paramref name="name"/> is the logical name of the component.</summary>
    SharedClaim Claim(string name, SharedClaimArgs args, ComponentResourceOptions? options = null);
}
