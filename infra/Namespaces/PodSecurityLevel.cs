namespace Infra.Namespaces;

/// <summary>The levels of the Pod Security Standards.</summary>
public enum PodSecurityLevel
{
    /// <summary>No restriction.</summary>
    Privileged,

    /// <summary>No known privilege escalation; root inside the container is allowed.</summary>
    Baseline,

    /// <summary>Current hardening practice: not root, no capabilities, the runtime's system call filter.</summary>
    Restricted,
}
