using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Infra.Connect;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The replicas of connect-server.</summary>
public sealed record ConnectServerSettings : IChecked
{
    [Setting("Replicas. A restart of one drops the sessions whose tunnels it holds.")]
    [Range(1, 20)]
    public int Replicas { get; init; } = ConnectServerArgs.DefaultReplicas;

    [Setting("Its pods.")]
    public PodSettings Pod { get; init; } = new();

    [Setting("Digest of the image of connectVersion, so that no other image runs under its tag.", Absent = "the tag decides")]
    [Form(Form.ImageDigest)]
    public string? Digest { get; init; }

    [Setting("Further environment variables that are not secret.", Example = "{ CONNECT_TELEMETRY_TTL: 168h }")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Further environment variables that are secret: the name of a secret key by variable.")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, SecretSetting> SecretEnvironment { get; init; } = ImmutableSortedDictionary<string, SecretSetting>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. ExtraEnvironmentRule.Check(ExtraEnvironment, at[nameof(ExtraEnvironment)]),
        .. SecretVariableRules.Check(ExtraEnvironment, SecretEnvironment, at),
    ];
}

/// <summary>The replicas and the cache of connect-proxy.</summary>
public sealed record ConnectProxySettings : IChecked
{
    [Setting("Replicas, or the least of them where maxReplicas is given.")]
    [Range(1, 50)]
    public int Replicas { get; init; } = ConnectProxyArgs.DefaultReplicas;

    [Setting("Most replicas that load may call for.", Absent = "the number of replicas is fixed", Example = "6")]
    [Range(1, 50)]
    public int? MaxReplicas { get; init; }

    [Setting("Its pods.")]
    public PodSettings Pod { get; init; } = new();

    [Setting("Digest of the image of connectVersion, so that no other image runs under its tag.", Absent = "the tag decides")]
    [Form(Form.ImageDigest)]
    public string? Digest { get; init; }

    [Setting("How long it remembers where a session runs; bridges a short outage of Redis.")]
    public TimeSpan CacheTtl { get; init; } = ConnectProxyArgs.DefaultLocalCacheLifetime;

    [Setting(
        "Seconds for which a pod that goes answers on, so that balancers let go of it first. Needs Kubernetes 1.30 in the cluster; 0 for older ones.",
        Absent = "as long as the balancer before it takes: 40 with an ALB, 70 on Google Cloud, 10 elsewhere",
        Example = "40")]
    [Range(0, 600)]
    public int? DrainSeconds { get; init; }

    [Setting("Address ranges of the hops between balancer and proxy, whose X-Forwarded-For is believed. Needs connect 0.12.0.", Example = "[10.0.0.0/16]")]
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    [Setting("Further environment variables that are not secret.", Example = "{ CONNECT_TELEMETRY_TTL: 168h }")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Further environment variables that are secret: the name of a secret key by variable.")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, SecretSetting> SecretEnvironment { get; init; } = ImmutableSortedDictionary<string, SecretSetting>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MaxReplicas < Replicas)
        {
            yield return new(
                at[nameof(MaxReplicas)], "is less than replicas", $"{Replicas} to 50", $"set maxReplicas: {Replicas} or more, or lower replicas",
                MaxReplicas.Value.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var problem in ExtraEnvironmentRule.Check(ExtraEnvironment, at[nameof(ExtraEnvironment)])
            .Concat(SecretVariableRules.Check(ExtraEnvironment, SecretEnvironment, at)))
        {
            yield return problem;
        }
    }
}

/// <summary>What the pods of connect-server and connect-proxy have in common.</summary>
public sealed record ConnectPodSettings : IChecked
{
    [Setting("Node labels they need besides kubernetes.io/arch: amd64.", Example = "{ pool: platform }")]
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Let the cluster choose user and group, as OpenShift's restricted-v2 demands.")]
    public bool ClusterChoosesUser { get; init; }

    [Setting("Make the containers' root file system read-only.")]
    public bool ReadOnlyRootFilesystem { get; init; }

    [Setting("Restrict which pods and addresses they exchange traffic with.")]
    public bool NetworkPolicies { get; init; } = ConnectWorkloadArgs.DefaultNetworkPoliciesEnabled;

    [Setting("Traffic that they may start besides what Connect needs, such as a forward proxy whose address is secret.")]
    public ImmutableArray<EgressSettings> Egress { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        EgressSettings.CheckUse(Egress, NetworkPolicies, SettingPath.KeyFor(nameof(NetworkPolicies)), at[nameof(Egress)]);
}

/// <summary>Where the vendor's registry has the images of Connect.</summary>
public enum ConnectImageSource
{
    /// <summary>enterprise/studios/…</summary>
    Current,

    /// <summary>private/nf-tower-enterprise/data-studio/…, deprecated since May 2026.</summary>
    Legacy,
}

/// <summary>Further variables of Connect may not be ones that the platform sets itself, and a forward proxy among them has to have a port.</summary>
internal static class ExtraEnvironmentRule
{
    public static IEnumerable<SettingsProblem> Check(ImmutableSortedDictionary<string, string> variables, SettingPath at) =>
    [
        .. ConnectEnvironment.Reserved(variables.Keys).Select(name => new SettingsProblem(
            at.Entry(name), "is set by the platform itself", "a variable that no setting stands for", $"remove {name} and change the setting behind it",
            variables[name])),
        // The policy of the pods opens the proxy's port, so it has to be readable here.
        .. variables.Where(IsBrokenProxy).Select(variable => new SettingsProblem(
            at.Entry(variable.Key), "is not the address of a forward proxy", "http, https or socks5, a host and a port",
            $"for example {variable.Key}: http://proxy.example.com:3128", variable.Value)),
    ];

    private static bool IsBrokenProxy(KeyValuePair<string, string> variable) =>
        ForwardProxy.IsNamedBy(variable.Key) && ForwardProxy.Port(variable.Value) is null;
}
