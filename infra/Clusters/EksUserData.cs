using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Networks;

namespace Infra.Clusters;

/// <summary>What a node is told when it starts, in the form that its operating system reads.</summary>
/// <remarks>
/// Where the image is one of EKS, EKS adds how the cluster is reached; with an own image it adds nothing, and the text has to say it (EKS user guide,
/// "Customize managed nodes with launch templates", Specifying an AMI).
/// </remarks>
public static class EksUserData
{
    /// <summary>Most bytes that EC2 takes (EC2 user guide, "Run commands when you launch an EC2 instance").</summary>
    public const int MostBytes = 16384;

    private const string NodeConfigType = "application/node.eks.aws";

    // Certificates hold plus signs.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole text; null where there is nothing to say.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="cluster">How nodes of own images reach the cluster; null where EKS tells them.</param>
    public static string? For(EksNodePool pool, EksJoining? cluster)
    {
        if (pool.Image.System is NodeSystem.Bottlerocket)
        {
            var text = string.Join('\n', (string[])[.. Bottlerocket(pool, cluster), .. pool.UserData]);
            return text.Length == 0 ? null : $"{text.TrimEnd('\n')}\n";
        }

        ImmutableArray<(string Type, string Text)> parts =
        [
            .. cluster is null ? [] : new[] { (NodeConfigType, NodeConfig(Joining(pool, cluster))) },
            .. pool.LocalDisks ? new[] { (NodeConfigType, NodeConfig(LocalDisks())) } : [],
            .. pool.UserData.Select(part => (TypeOf(part) ?? NodeConfigType, part)),
        ];
        return parts.IsEmpty ? null : Mime(parts);
    }

    /// <summary>The type of a part for Amazon Linux by its first line, as cloud-init and nodeadm tell them apart; null for what neither reads.</summary>
    public static string? TypeOf(string part) => part.Split('\n')[0].TrimEnd() switch
    {
        var line when line.StartsWith("#!", StringComparison.Ordinal) => "text/x-shellscript",
        "#cloud-config" => "text/cloud-config",
        "#cloud-boothook" => "text/cloud-boothook",
        _ when part.Contains("node.eks.aws/", StringComparison.Ordinal) => NodeConfigType,
        _ => null,
    };

    /// <summary>The tables of Bottlerocket's settings that this program writes for the pool, and an operator's text cannot open again.</summary>
    public static ImmutableArray<string> TablesOf(EksNodePool pool) => pool.ImageId is null
        ? pool.Image.Accelerator is Accelerator.Neuron ? ["settings.kubernetes"] : []
        : ["settings.kubernetes", "settings.kubernetes.node-labels", "settings.kubernetes.node-taints"];

    private static JsonObject Joining(EksNodePool pool, EksJoining cluster)
    {
        var spec = new JsonObject
        {
            ["cluster"] = new JsonObject
            {
                ["name"] = cluster.Name,
                ["apiServerEndpoint"] = cluster.Endpoint,
                ["certificateAuthority"] = cluster.CertificateAuthority,
                ["cidr"] = cluster.Services.Text,
            },
        };
        // EKS sets the taints of an own image a moment after the node has joined, when pods may be there already.
        ImmutableArray<string> flags =
        [
            .. pool.NodeLabels.IsEmpty ? [] : new[] { $"--node-labels={Joined(pool.NodeLabels.Select(label => $"{label.Key}={label.Value}"))}" },
            .. pool.Taints.IsEmpty
                ? []
                : new[] { $"--register-with-taints={Joined(pool.Taints.Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}"))}" },
        ];
        if (!flags.IsEmpty)
        {
            spec["kubelet"] = new JsonObject { ["flags"] = new JsonArray([.. flags.Select(flag => (JsonNode)flag)]) };
        }

        return spec;
    }

    // API reference of nodeadm, LocalStorageOptions: one array of all disks, with the kubelet's and containerd's directories on it.
    private static JsonObject LocalDisks() => new()
    {
        ["instance"] = new JsonObject { ["localStorage"] = new JsonObject { ["strategy"] = "RAID0" } },
    };

    // JSON is YAML, and quotes itself.
    private static string NodeConfig(JsonObject spec) =>
        new JsonObject { ["apiVersion"] = "node.eks.aws/v1alpha1", ["kind"] = "NodeConfig", ["spec"] = spec }.ToJsonString(Readable);

    private static string Mime(ImmutableArray<(string Type, string Text)> parts)
    {
        var boundary = "==NODE==";
        while (parts.Any(part => part.Text.Contains(boundary, StringComparison.Ordinal)))
        {
            boundary = $"={boundary}=";
        }

        var text = new StringBuilder($"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\n\n");
        foreach (var (type, part) in parts)
        {
            text.Append($"--{boundary}\nContent-Type: {type}\n\n{part.TrimEnd('\n')}\n\n");
        }

        return text.Append($"--{boundary}--\n").ToString();
    }

    // Bottlerocket documentation, "settings.kubernetes". Keys are quoted: labels and taints hold dots and slashes.
    private static IEnumerable<string> Bottlerocket(EksNodePool pool, EksJoining? cluster)
    {
        if (TablesOf(pool).IsEmpty)
        {
            yield break;
        }

        yield return "[settings.kubernetes]";
        if (cluster is not null)
        {
            yield return $"api-server = \"{cluster.Endpoint}\"";
            yield return $"cluster-certificate = \"{cluster.CertificateAuthority}\"";
            yield return $"cluster-name = \"{cluster.Name}\"";
            yield return $"cluster-dns-ip = \"{cluster.Services.Address(EksJoining.DnsAddress)}\"";
        }

        if (pool.Image.Accelerator is Accelerator.Neuron)
        {
            // EKS user guide, "EKS Bottlerocket Neuron AMIs": without it containers do not own the device that they are given.
            yield return "device-ownership-from-security-context = true";
        }

        if (cluster is not null && !pool.NodeLabels.IsEmpty)
        {
            yield return "[settings.kubernetes.node-labels]";
            foreach (var (key, value) in pool.NodeLabels)
            {
                yield return $"\"{key}\" = \"{value}\"";
            }
        }

        if (cluster is not null && !pool.Taints.IsEmpty)
        {
            yield return "[settings.kubernetes.node-taints]";
            foreach (var taints in pool.Taints.GroupBy(taint => taint.Key))
            {
                yield return $"\"{taints.Key}\" = [{string.Join(", ", taints.Select(taint => $"\"{taint.Value}:{taint.Effect}\""))}]";
            }
        }
    }

    private static string Joined(IEnumerable<string> items) => string.Join(',', items);
}

/// <summary>How nodes of own images reach their cluster.</summary>
/// <param name="Name">Name of the cluster.</param>
/// <param name="Endpoint">Address of the API server.</param>
/// <param name="CertificateAuthority">Its authority: base64 of PEM text.</param>
/// <param name="Services">Addresses of Services.</param>
public sealed record EksJoining(string Name, string Endpoint, string CertificateAuthority, Ipv4Block Services)
{
    /// <summary>The place of the cluster's DNS among the addresses of Services (EKS user guide: the block with .10 at the end).</summary>
    public const int DnsAddress = 10;
}
