using System.Text;
using System.Text.Json.Nodes;
using Infra.Accounts;
using Pulumi;

namespace Infra.Clusters;

/// <summary>A kubeconfig that holds no token: a program of the cloud gets a fresh one at every use.</summary>
public static class ExecKubeconfig
{
    // A cloud's kubeconfig as one line of JSON. JSON is YAML 1.2: kubectl and the provider read it, and nothing needs quoting by hand.
    internal static string Build(string clusterName, JsonObject cluster, JsonObject exec)
    {
        exec["apiVersion"] = "client.authentication.k8s.io/v1beta1";
        exec["interactiveMode"] = "Never";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = clusterName,
            ["clusters"] = new JsonArray(Named(clusterName, "cluster", cluster)),
            ["contexts"] = new JsonArray(Named(clusterName, "context", new JsonObject { ["cluster"] = clusterName, ["user"] = clusterName })),
            ["users"] = new JsonArray(Named(clusterName, "user", new JsonObject { ["exec"] = exec })),
        }.ToJsonString();
    }

    /// <summary>The certificate authority of an API server as PEM text, from the base64 that both clouds give.</summary>
    public static Output<string> PemOf(Output<string> certificateAuthority) =>
        certificateAuthority.Apply(encoded => Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));

    private static JsonObject Named(string name, string kind, JsonObject value) => new() { ["name"] = name, [kind] = value };
}

/// <summary>The kubeconfig of an EKS cluster, which needs the AWS CLI.</summary>
public static class EksKubeconfig
{
    /// <summary>The kubeconfig as one line of JSON.</summary>
    /// <param name="clusterName">Name of the cluster; also the name of the context.</param>
    /// <param name="endpoint">URL of the API server.</param>
    /// <param name="certificateAuthority">The API server's authority, base64 as EKS gives it.</param>
    /// <param name="region">Region of the cluster: the one of the operator's profile may be another.</param>
    /// <param name="roleArn">Role that the AWS CLI assumes first; null for the credentials it runs with.</param>
    public static string Build(string clusterName, string endpoint, string certificateAuthority, string region, string? roleArn)
    {
        JsonArray arguments = ["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"];
        if (roleArn is not null)
        {
            arguments.Add("--role-arn");
            arguments.Add(roleArn);
        }

        return ExecKubeconfig.Build(
            clusterName,
            new JsonObject { ["server"] = endpoint, ["certificate-authority-data"] = certificateAuthority },
            new JsonObject { ["command"] = "aws", ["args"] = arguments });
    }
}

/// <summary>The kubeconfig of a GKE cluster, which needs Google's plugin.</summary>
public static class GkeKubeconfig
{
    private const string Hint =
        "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin, or the package google-cloud-cli-gke-gcloud-auth-plugin.";

    /// <summary>The kubeconfig as one line of JSON.</summary>
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

        return ExecKubeconfig.Build(
            clusterName, cluster, new JsonObject { ["command"] = "gke-gcloud-auth-plugin", ["installHint"] = Hint, ["provideClusterInfo"] = true });
    }

    /// <summary>The same from values that are known later. Secret, although it holds no token: who has it knows where the API server is.</summary>
    public static Output<string> From(Output<string> clusterName, Output<string> server, Output<string> certificateAuthority) =>
        Output.CreateSecret(Output.Tuple(clusterName, server, certificateAuthority).Apply(cluster => Build(cluster.Item1, cluster.Item2, cluster.Item3)));
}

/// <summary>The API server of an EKS cluster, made or adopted, and how it is reached.</summary>
internal sealed class EksApiServer
{
    private readonly Output<string> _clusterArn;

    public EksApiServer(
        Output<string> clusterName,
        Output<string> clusterArn,
        Output<string> endpoint,
        Output<string> authority,
        AwsRegion region,
        string? roleArn)
    {
        _clusterArn = clusterArn;
        Endpoint = endpoint;
        CertificateAuthority = ExecKubeconfig.PemOf(authority);
        Kubeconfig = Output.CreateSecret(Output.Tuple(clusterName, endpoint, authority)
            .Apply(cluster => EksKubeconfig.Build(cluster.Item1, cluster.Item2, cluster.Item3, region.Name, roleArn)));
    }

    public Output<string> Endpoint { get; }

    /// <summary>As PEM text.</summary>
    public Output<string> CertificateAuthority { get; }

    /// <summary>Secret, although it holds no token: who has it knows where the API server is.</summary>
    public Output<string> Kubeconfig { get; }

    public static string IssuerWithoutScheme(string url) => url.Replace("https://", "", StringComparison.Ordinal);

    public Pulumi.Kubernetes.Provider MakeProvider(string name, Resource parent, InputList<Resource> after)
    {
        var provider = ClusterProvider.Args(_clusterArn);
        provider.KubeConfig = Kubeconfig;
        return new Pulumi.Kubernetes.Provider(name, provider, new CustomResourceOptions { Parent = parent, DependsOn = after });
    }
}
