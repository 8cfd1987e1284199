using System.Collections.Immutable;
using Infra.Cache;
using Infra.Connect;
using Infra.Dns;
using Infra.Secrets;
using Pulumi;

namespace Tests.Infra.Connect;

/// <summary>Valid arguments of Connect, for tests that change one thing.</summary>
internal static class ConnectSample
{
    public static ConnectWorkloadArgs Workload(
        RedisTls? tls = null, bool clusterChoosesUser = false, bool networkPoliciesEnabled = true, bool nodeSelector = true) => new()
        {
            Namespace = "seqera",
            Redis = new RedisConnection(new Server(tls), database: 1),
            Registry = "mirror.example",
            PullSecrets = ["cr.seqera.io"],
            ClusterChoosesUser = clusterChoosesUser,
            NetworkPoliciesEnabled = networkPoliciesEnabled,
            NodeSelector = nodeSelector ? ImmutableDictionary<string, string>.Empty.Add("pool", "platform") : ImmutableDictionary<string, string>.Empty,
        };

    public static ConnectProxyArgs Proxy(ConnectWorkloadArgs? workload = null, Autoscaling? autoscaling = null, int replicas = 2) => new()
    {
        Workload = workload ?? Workload(),
        ConnectUrl = WebOrigin.Parse("https://connect.example.com"),
        PlatformUrl = WebOrigin.Parse("https://platform.example.com"),
        RegistrationToken = Reference("platform-oidc-registration", OidcRegistrationToken.Key, "32.1"),
        Autoscaling = autoscaling,
        Replicas = replicas,
    };

    public static SecretKeyRef Reference(string name, string key, string version) => new(Output.Create(name), key, Output.Create(version));

    internal sealed class Server(RedisTls? tls) : IRedis
    {
        public Output<string> Host => Output.Create("redis.seqera.svc");

        public Output<int> Port => Output.Create(6379);

        public string? User { get; init; }

        public bool HasPassword { get; init; } = true;

        public SecretKeyRef? Password => HasPassword ? Reference("redis-password", "password", "redis-password-1") : null;

        public RedisTls? Tls => tls;
    }
}
