using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.Secrets;

/// <summary>The labels of the Secrets that this program makes.</summary>
internal static class SecretLabels
{
    public static ImmutableDictionary<string, string> Of(string name) =>
        new Labels("secret", KubernetesName.TryParse(name, out var component) ? component!.Text : "secret").All;
}
