using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Infra.Accounts;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Builds the kubeconfig of an EKS cluster: it holds no token, the AWS CLI gets a fresh one at every use.</summary>
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

        // JSON is YAML 1.2: kubectl and the provider read it, and nothing needs quoting by hand.
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = clusterName,
            ["clusters"] = new JsonArray(Named(clusterName, "cluster", new JsonObject
            {
                ["server"] = endpoint,
                ["certificate-authority-data"] = certificateAuthority,
            })),
            ["contexts"] = new JsonArray(Named(clusterName, "context", new JsonObject { ["cluster"] = clusterName, ["user"] = clusterName })),
            ["users"] = new JsonArray(Named(clusterName, "user", new JsonObject
            {
                ["exec"] = new JsonObject
                {
                    ["apiVersion"] = "client.authentication.k8s.io/v1beta1",
                    ["command"] = "aws",
                    ["args"] = arguments,
                    ["interactiveMode"] = "Never",
                },
            })),
        }.ToJsonString();
    }

    /// <summary>The same from values that are known later. Secret, although it holds no token: who has it knows where the API server is.</summary>
    public static Output<string> Of(Output<string> clusterName, Output<string> endpoint, Output<string> certificateAuthority, AwsRegion region, string? roleArn) =>
        Output.CreateSecret(Output.Tuple(clusterName, endpoint, certificateAuthority)
            .Apply(cluster => Build(cluster.Item1, cluster.Item2, cluster.Item3, region.Name, roleArn)));

    /// <summary>The certificate authority as PEM text.</summary>
    public static Output<string> PemOf(Output<string> certificateAuthority) =>
        certificateAuthority.Apply(encoded => Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));

    private static JsonObject Named(string name, string kind, JsonObject value) => new() { ["name"] = name, [kind] = value };
}

/// <summary>Names around EKS access entries.</summary>
public static class AccessEntries
{
    private const int HashLength = 6;

    /// <summary>Part of a logical name for a principal: the last part of its ARN, and a hash because roles with different paths or accounts may share that.</summary>
    public static string Key(string principalArn)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(principalArn)))[..HashLength];
        var last = principalArn[(principalArn.LastIndexOfAny(['/', ':']) + 1)..];
        return $"{last.ToLowerInvariant()}-{hash}";
    }

    /// <summary>ARN of an access policy that AWS defines.</summary>
    public static string Policy(AwsRegion region, string name) => $"arn:{region.Partition}:eks::aws:cluster-access-policy/{name}";
}
