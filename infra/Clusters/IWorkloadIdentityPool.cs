using Pulumi;

namespace Infra.Clusters;

/// <summary>A GKE cluster with Workload Identity: its service accounts are principals of a Google Cloud pool.</summary>
public interface IWorkloadIdentityPool
{
    /// <summary>The pool, <c>&lt;project&gt;.svc.id.goog</c>.</summary>
    Output<string> WorkloadPool { get; }

    /// <summary>The number (not the id) of the project, as principal identifiers spell it.</summary>
    Output<string> ProjectNumber { get; }
}
