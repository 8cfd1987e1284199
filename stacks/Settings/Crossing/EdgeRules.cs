using Stacks.Settings.Values;

namespace Stacks.Settings.Crossing;

/// <summary>Access logs and web ACLs stand where the balancer is made, and in its region.</summary>
internal static class EdgeRules
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) => [.. CheckOwner(settings), .. CheckRegions(settings)];

    private static IEnumerable<SettingsProblem> CheckOwner(PlatformSettings settings)
    {
        if (settings.Dns is not Route53Settings { LoadBalancer: LoadBalancerOwner.Ingress } route53)
        {
            yield break;
        }

        (string Key, object? Given)[] given = [(nameof(route53.AccessLogs), route53.AccessLogs), (nameof(route53.WebAcl), route53.WebAcl)];
        foreach (var (key, _) in given.Where(setting => setting.Given is not null))
        {
            var name = SettingPath.KeyFor(key);
            yield return new(
                At.Dns["route53"][key], "has no effect with loadBalancer: ingress, whose controller makes the balancer", "given with loadBalancer: stack",
                $"move it to platform:studios.ingress.alb.{name}");
        }
    }

    private static IEnumerable<SettingsProblem> CheckRegions(PlatformSettings settings)
    {
        if (settings.Aws is not { } aws)
        {
            return [];
        }

        return WebAcls(settings).Where(given => given.Arn.Region != aws.Region.Name).Select(given => new SettingsProblem(
            given.At, $"is in another region than the load balancer, which stands in {aws.Region}", $"a web ACL in {aws.Region}",
            $"make it there: aws wafv2 create-web-acl --scope REGIONAL --region {aws.Region}, or webAcl: {{ create: {{}} }}", given.Arn.Text));
    }

    /// <summary>Whether Ingresses have this stack make something in AWS, on a cluster that is reached by kubeconfig as well.</summary>
    public static bool MakesSomething(PlatformSettings settings) =>
        settings.Studios?.Ingress is AlbIngressSettings { AccessLogs: { Enabled: true, Bucket: null } } or AlbIngressSettings { WebAcl: CreatedWebAclSettings }
        || settings.Workbench?.Ingress is AlbWorkbenchSettings { AccessLogs: { Enabled: true, Bucket: null } }
            or AlbWorkbenchSettings { WebAcl: CreatedWebAclSettings };

    /// <summary>Web ACLs that the stack file names, with their places.</summary>
    public static IEnumerable<(SettingPath At, WebAclArn Arn)> WebAcls(PlatformSettings settings)
    {
        if (settings.Dns is Route53Settings { WebAcl: ExistingWebAclSettings ofDomain })
        {
            yield return (At.Dns["route53"][nameof(Route53Settings.WebAcl)]["arn"], ofDomain.Arn);
        }

        if (settings.Studios?.Ingress is AlbIngressSettings { WebAcl: ExistingWebAclSettings ofIngress })
        {
            yield return (At.Ingress["alb"][nameof(AlbIngressSettings.WebAcl)]["arn"], ofIngress.Arn);
        }

        if (settings.Workbench?.Ingress is AlbWorkbenchSettings { WebAcl: ExistingWebAclSettings ofWorkbench })
        {
            yield return (At.WorkbenchIngress["alb"][nameof(AlbWorkbenchSettings.WebAcl)]["arn"], ofWorkbench.Arn);
        }
    }
}
