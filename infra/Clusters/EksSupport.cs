namespace Infra.Clusters;

/// <summary>What AWS does for a Kubernetes version.</summary>
public enum EksSupport
{
    /// <summary>Patched, at the normal price.</summary>
    Standard,

    /// <summary>Patched for twelve more months, at several times the price of the control plane.</summary>
    Extended,
}
