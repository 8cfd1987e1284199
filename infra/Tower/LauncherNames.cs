using Infra.Manifests;

namespace Infra.Tower;

/// <summary>
/// Names of what the launcher's Role is bound with. They follow from the name of the Role, which no binding can change (<c>roleRef</c> is immutable):
/// a renamed Role comes with new bindings beside the old ones, and whoever launches keeps access throughout.
/// </summary>
public sealed record LauncherNames
{
    /// <summary>The Role of Seqera's <c>tower-launcher.yml</c> (26.1): its instructions and support staff refer to it and to the names derived from it.</summary>
    public static readonly KubernetesName OfficialRole = KubernetesName.Parse("tower-launcher-role");

    /// <summary>Names for one Role.</summary>
    /// <param name="role">Name of the Role.</param>
    public LauncherNames(KubernetesName role)
    {
        Role = role.Text;
        (AccountBinding, UserBinding) = role == OfficialRole
            ? ("tower-launcher-rolebind", "tower-launcher-userbind")
            : ($"{role}-account-bind", $"{role}-user-bind");
    }

    public string Role { get; }

    /// <summary>Binding of the head service account.</summary>
    public string AccountBinding { get; }

    /// <summary>Binding of everybody that the Platform signs in as.</summary>
    public string UserBinding { get; }
}
