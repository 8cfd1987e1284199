using Infra.CodeStudios;

namespace Stacks.Settings.Crossing;

/// <summary>What runs Code Studios and leads to them, on a cluster that does not have it.</summary>
internal static class ClusterCodeStudios
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        if (settings is not { Cluster: { } cluster, CodeStudios: { } codeStudios } || !CodeStudioRules.All(codeStudios, At.CodeStudios).Any())
        {
            yield break;
        }

        if (cluster is EksClusterSettings { NodePools.IsEmpty: false } eks && eks.NodePools.Values.All(pool => pool.NodeImage.IsArm))
        {
            yield return new(
                At.Cluster["eks"][nameof(eks.NodePools)],
                "have Graviton processors alone, and images of Code Studios are for x86-64",
                "one pool or more of x86-64 while there are Code Studios",
                "add a pool: studios: { instanceTypes: [m7i.large] }");
        }

        if (codeStudios.Ingress is not AlbCodeStudioSettings)
        {
            yield break;
        }

        var at = At.CodeStudios[nameof(codeStudios.Ingress)]["alb"];
        if (!CloudControllers.IsOn(cluster, CloudControllers.Eks))
        {
            yield return new(
                at,
                $"is a controller of EKS, and platform:cluster describes {CloudControllers.Words(cluster)}",
                "traefik, nginx or gateway, or a cluster of EKS",
                CloudControllers.Fix(cluster, CloudControllers.Eks, "choose another controller"));
        }
        else if (cluster is EksClusterSettings { IsAuto: true } && FirstRewritten(codeStudios) is var (template, port))
        {
            // EKS Auto Mode's own controller passes over what takes a prefix away (aws/containers-roadmap#2855, read 2026-11-26).
            yield return new(
                at,
                $"has to take the prefix away before port {port.Port} of {template}, and the controller of EKS Auto Mode does not",
                "a cluster with the AWS Load Balancer Controller, or ports with proxiedUrlSuffix: $request_uri",
                "take another ingress for Code Studios, or node groups instead of autoMode",
                port.ProxiedUrlSuffix);
        }
    }

    private static (string Template, StudioPort Port)? FirstRewritten(CodeStudiosSettings settings) =>
        settings
            .Templates.Where(template => template.Value.Kubernetes is not null)
            .SelectMany(template =>
                template.Value.Template(template.Key).Build().State.Ports.Select(port => ((string Template, StudioPort Port)?)(template.Key, port)))
            .FirstOrDefault(found => !ProxiedUrlSuffixes.KeepsPrefix(found!.Value.Port.ProxiedUrlSuffix));
}
