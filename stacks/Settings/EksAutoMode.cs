using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>EKS Auto Mode: AWS runs nodes, network plugin, volumes and load balancers of the cluster.</summary>
public sealed record AutoModeSettings : IChecked
{
    [Setting("False takes it back: say so for one update, with nodePools for what runs on the cluster, and remove autoMode then.")]
    public bool Enabled { get; init; } = true;

    [Setting(
        "Pools that AWS makes: generalPurpose takes every pod, system those of add-ons. Their nodes stand in the subnets that the control plane had first, which "
        + "are then the private ones: leave them out, [], where Auto Mode comes to a cluster that was made without it.",
        Absent = "both",
        Example = "[generalPurpose, system]")]
    public ImmutableArray<EksBuiltInPool> BuiltInPools { get; init; } = EksAutoMode.DefaultBuiltInPools;

    [Setting("Pools of your own by name.", Absent = "none", Example = "{ pipelines: { limits: { cpu: 500 } } }")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, ProvisionedPoolSettings> Pools { get; init; } = ImmutableSortedDictionary<string, ProvisionedPoolSettings>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        // The names of the pools and of the class that AWS makes.
        foreach (var (name, _) in Pools.Where(pool => pool.Key is "default" or "system" or "general-purpose"))
        {
            yield return new(
                at[nameof(Pools)].Entry(name), "is the name of something that AWS makes on the cluster", "another name", "for example pipelines", name);
        }

        foreach (var problem in (IEnumerable<SettingsProblem>)
        [
            .. Pools.SelectMany(pool => ProvisionedPoolRules.Broken(pool.Value, platform, at[nameof(Pools)].Entry(pool.Key))),
            .. Pools.IsEmpty ? [] : ProvisionedPoolRules.CheckTags(platform, at[nameof(Pools)]),
        ])
        {
            yield return problem;
        }

        if (platform.Cluster is EksClusterSettings eks && Enabled)
        {
            foreach (var problem in (IEnumerable<SettingsProblem>)[.. CheckBeside(eks, at), .. CheckPlatform(platform, at)])
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<SettingsProblem> CheckBeside(EksClusterSettings eks, SettingPath at)
    {
        (string Key, bool IsGiven, string Why)[] others =
        [
            (nameof(eks.NodePools), !eks.NodePools.IsEmpty, "need the network plugin, DNS and drivers as add-ons, which EKS Auto Mode brings itself"),
            (nameof(eks.Autoscaler), eks.Autoscaler, "grows node groups, and there are none"),
            (nameof(eks.Karpenter), eks.Karpenter is not null, "does what EKS Auto Mode does, for the same pods"),
        ];
        foreach (var (key, _, why) in others.Where(other => other.IsGiven))
        {
            yield return new(
                new SettingPath(at.Text[..at.Text.LastIndexOf('.')])[key], $"is given beside autoMode, and {why}", "one of the two",
                $"remove {SettingPath.KeyFor(key)}, or autoMode");
        }

        if (!BuiltInPools.Contains(EksBuiltInPool.GeneralPurpose) && !Pools.Values.Any(pool => pool.TakesEveryPod))
        {
            yield return new(
                at[nameof(BuiltInPools)], "leave out generalPurpose, and no pool of your own takes every pod, so that controllers have nowhere to run",
                "generalPurpose, or a pool without taints", "builtInPools: [generalPurpose, system]",
                BuiltInPools.IsEmpty ? "[]" : string.Join(", ", BuiltInPools.Select(pool => SettingPath.KeyFor($"{pool}"))));
        }
    }

    private static IEnumerable<SettingsProblem> CheckPlatform(PlatformSettings platform, SettingPath at)
    {
        if (platform.Workbench?.Ingress is AlbWorkbenchSettings)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Workbench))[nameof(WorkbenchSettings.Ingress)]["alb"],
                $"makes its load balancer from annotations of Ingresses, of which EKS Auto Mode ({at}) takes only some: their group is not among them",
                "traefik or nginx, or a cluster with node groups", "traefik: {} beside platform:traefik, or remove autoMode");
        }

        if (platform.Studios?.Ingress is AlbIngressSettings)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Studios))[nameof(StudiosSettings.Ingress)]["alb"],
                $"makes its load balancer from annotations of Ingresses, of which EKS Auto Mode ({at}) takes only some: their group is not among them",
                "no ingress with dns.route53.loadBalancer: stack, or traefik or nginx",
                "remove ingress and set dns.route53.loadBalancer: stack: the stack makes the balancer, and EKS Auto Mode keeps pods in its target groups");
        }
    }
}
