namespace Stacks.Settings;

/// <summary>What leads the hosts to the cluster.</summary>
public enum CloudDnsWay
{
    /// <summary>A Gateway of GKE with a certificate map of Google's, which can hold wildcards.</summary>
    Gateway,

    /// <summary>An Ingress of GKE, with a certificate from cert-manager, a Secret, or Google's for hosts without wildcards.</summary>
    Ingress,
}
