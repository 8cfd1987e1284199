using System.Collections.Immutable;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Routing;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Traefik that this stack installs, behind a load balancer of layer 4; it sends http on to https.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record TraefikSettings : IChecked
{
    [Setting("IngressClass that it serves, and no other: Ingresses without a class are not its business. Another name is another class: Ingresses follow.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Traefik.DefaultClassName;

    [Setting("Pods.")]
    [Range(1, 20)]
    public int Replicas { get; init; } = TraefikControllerArgs.DefaultReplicas;

    [Setting("Reachable inside the cluster's network only; on a cluster of no cloud that is its load balancer's own business.")]
    public bool Internal { get; init; }

    [Setting("Addresses that may connect.", Absent = "all", Example = "[203.0.113.0/24]")]
    public ImmutableArray<Ipv4Block> Clients { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Internal && platform.Cluster is { Cloud: null })
        {
            yield return new(
                at[nameof(Internal)], "is for balancers of AWS and Google Cloud, and platform:cluster describes plain Kubernetes", "absent there",
                "remove internal, and restrict clients instead", "true");
        }

        if (platform.Production && Replicas == 1)
        {
            yield return SettingsProblem.Warning(
                at[nameof(Replicas)], "leaves the hosts of a production stack without an answer while its one pod moves to another node", "2 or more",
                "remove replicas", "1");
        }
    }
}

/// <summary>What Ingresses may ask of the Traefik of this stack.</summary>
internal static class TraefikRules
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        if (settings.Traefik is not { } made || settings.Studios?.Ingress is not TraefikIngressSettings studios || studios.ClassName != made.ClassName)
        {
            yield break;
        }

        var at = At.Ingress["traefik"];
        if (EntryPoint(studios.EntryPoint, at[nameof(studios.EntryPoint)]) is { } problem)
        {
            yield return problem;
        }

        (string Key, string? Given, string Why)[] ofOthers =
        [
            (nameof(studios.CertificateResolver), studios.CertificateResolver, "has no resolvers: cert-manager issues what ingress.certificates name"),
            (nameof(studios.RedirectFrom), studios.RedirectFrom, "sends http on to https by itself, and does not know Middlewares"),
        ];
        foreach (var (key, given, why) in ofOthers.Where(setting => setting.Given is not null))
        {
            yield return new(
                at[key], $"is for a Traefik that others look after, and that of {At.Traefik} {why}", "absent beside platform:traefik", $"remove {at[key].Key}",
                given);
        }
    }

    /// <summary>What is wrong with an entry point; null if there is one of the name.</summary>
    public static SettingsProblem? EntryPoint(string name, SettingPath at) => name == IngressController.Traefik.DefaultEntryPoint
        ? null
        : new(
            at, $"is none of the Traefik of {At.Traefik}, whose entry point with TLS is {IngressController.Traefik.DefaultEntryPoint}",
            IngressController.Traefik.DefaultEntryPoint, $"remove {at.Key}", name);
}
