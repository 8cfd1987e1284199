using System.Collections.Immutable;

namespace Stacks.Forms;

/// <summary>The Platform's form of one compute environment, filled in from the outputs of a stack.</summary>
/// <param name="Name">Name of the environment.</param>
/// <param name="Platform">Kind of environment, in the Platform's words.</param>
/// <param name="Fields">Fields that have a value or should have one, in the order of the form.</param>
/// <param name="Warning">What an operator must know first; null for nothing.</param>
public sealed record EnvironmentForm(string Name, string Platform, ImmutableArray<(FormField Field, FormValue Value)> Fields, string? Warning)
{
    private static readonly Dictionary<string, string> CredentialsByPlatform = new(StringComparer.Ordinal)
    {
        ["k8s-platform"] = "Kubernetes, with the service account token",
        ["eks-platform"] = "AWS, with the keys of the principal that the cluster lets in",
        ["gke-platform"] = "Google Cloud, with a key of the service account that the cluster lets in",
    };

    /// <summary>Which credentials of the Platform it needs.</summary>
    public string Credentials => CredentialsByPlatform.GetValueOrDefault(Platform, Platform);

    /// <summary>The fields of the environment itself.</summary>
    public IEnumerable<(FormField Field, FormValue Value)> Config => Fields.Where(entry => !entry.Field.IsCredential);

    public FormValue? this[string key] => Fields.Where(entry => entry.Field.Key == key).Select(entry => (FormValue?)entry.Value).FirstOrDefault();
}
