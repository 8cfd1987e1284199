using System.Collections.Immutable;
using Pulumi;

namespace Infra.Tower;

/// <summary>How the Platform's cloud credentials become somebody on a cluster.</summary>
public interface ILauncherAccess
{
    /// <summary>RBAC users that the credentials sign in as; subjects of the launcher's binding.</summary>
    ImmutableArray<Input<string>> Users { get; }

    /// <summary>RBAC groups that the credentials sign in with; subjects of the launcher's binding.</summary>
    ImmutableArray<string> Groups { get; }
}
