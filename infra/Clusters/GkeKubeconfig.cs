using System.Text;
using System.Text.Json.Nodes;
using Pulumi;

namespace Infra.Clusters;

/// <summary>The kubeconfig of a GKE cluster: tokens come from Google's plugin, so that the file holds none.</summary>
public static class GkeKubeconfig
{
    private const string Hint = "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin, or the package google-cloud-cli-gke-gcloud-auth-plugin.";

    /// <summary>The kubeconfig as JSON, which is YAML 1.2.</summary>
    /// <param name="clusterName">Name of cluster, context and user.</param>
    /// <param name="server">Address of the API server: an IP address, or the DNS endpoint.</param>
    /// <param name="certificateAuthority">Base64 of PEM text; empty for the DNS endpoint, whose certificate a public authority signed.</param>
    public static string Build(string clusterName, string server, string certificateAuthority)
    {
        var cluster = new JsonObject { ["server"] = $"https://{server}" };
        if (certificateAuthority.Length > 0)
        {
            cluster["certificate-authority-data"] = certificateAuthority;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = clusterName,
            ["clusters"] = new JsonArray(Named(clusterName, "cluster", cluster)),
            ["contexts"] = new JsonArray(Named(clusterName, "context", new JsonObject { ["cluster"] = clusterName, ["user"] = clusterName })),
            ["users"] = new JsonArray(Named(clusterName, "user", new JsonObject
            {
                ["exec"] = new JsonObject
                {
                    ["apiVersion"] = "client.authentication.k8s.io/v1beta1",
                    ["command"] = "gke-gcloud-auth-plugin",
                    ["installHint"] = Hint,
                    ["interactiveMode"] = "Never",
                    ["provideClusterInfo"] = true,
                },
            })),
        }.ToJsonString();
    }

    /// <summary>The same from values that are known later. Secret, although it holds no token: who has it knows where the API server is.</summary>
    public static Output<string> Of(Output<string> clusterName, Output<string> server, Output<string> certificateAuthority) =>
        Output.CreateSecret(Output.Tuple(clusterName, server, certificateAuthority).Apply(cluster => Build(cluster.Item1, cluster.Item2, cluster.Item3)));

    /// <summary>The certificate authority as PEM text.</summary>
    public static Output<string> PemOf(Output<string> certificateAuthority) =>
        certificateAuthority.Apply(encoded => Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));

    private static JsonObject Named(string name, string kind, JsonObject value) => new() { ["name"] = name, [kind] = value };
}
