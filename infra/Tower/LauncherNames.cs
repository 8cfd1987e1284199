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

    /// <summary>The account of head jobs in the same manifest; the Platform's form suggests it.</summary>
    public static readonly KubernetesName OfficialAccount = KubernetesName.Parse("tower-launcher-sa");

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

    /// <summary>Name of the Secret with the token of an account. Another account gets another Secret: Kubernetes deletes a Secret whose account is gone, whatever it says since.</summary>
    public static string TokenSecret(KubernetesName account) => account == OfficialAccount ? "tower-launcher-token" : $"{account}-api-token";

    /// <summary>Binding of the head service account.</summary>
    public string AccountBinding { get; }

    /// <summary>Binding of everybody that the Platform signs in as.</summary>
    public string UserBinding { get; }
}
