using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Secrets;

/// <summary>The Secret with which nodes pull images from one registry, made of a user and a password.</summary>
public sealed class PullCredential : ComponentResource
{
    private const string Token = "platform:secrets:PullCredential";
    private const string FileName = ".dockerconfigjson";

    // User names of robots hold a $ and a +, which no web page will ever show.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    public PullCredential(string name, PullCredentialArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var file = Output.CreateSecret(args.Password.ToOutput()).Apply(password => File(args.Registry, args.User, password));
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Metadata = new ObjectMetaArgs { Name = args.SecretName.Text, Namespace = args.Namespace, Labels = SecretLabels.For(name) },
                StringData = { [FileName] = file },
                Type = "kubernetes.io/dockerconfigjson",
            },
            new CustomResourceOptions { Parent = this });
        SecretName = secret.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    /// <summary>The file that container runtimes read; <paramref name="registry"/> is a host, with a path if the mirror has one.</summary>
    public static string File(string registry, string user, string password)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        var entry = new JsonObject { ["username"] = user, ["password"] = password, ["auth"] = auth };
        return new JsonObject { ["auths"] = new JsonObject { [registry.Split('/')[0]] = entry } }.ToJsonString(Plain);
    }
}

/// <summary>Who pulls from which registry.</summary>
public sealed class PullCredentialArgs : ResourceArgs
{
    /// <summary>Namespace of the pods.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret.</summary>
    public required KubernetesName SecretName { get; init; }

    /// <summary>Host of the registry; a path behind it is left out.</summary>
    public required string Registry { get; init; }

    /// <summary>User: the vendor's robots are called <c>robot$private+name</c>.</summary>
    public required string User { get; init; }

    /// <summary>Password; treated as secret even if it was not marked so.</summary>
    public required Input<string> Password { get; init; }
}
