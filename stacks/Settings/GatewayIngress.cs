using Infra.Manifests;
using Infra.Routing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A Gateway that exists: an HTTPRoute is attached to it.</summary>
public sealed record GatewayIngressSettings : StudiosIngressSettings
{
    [Setting("Name of the Gateway.", Example = "platform")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }

    [Setting("Its namespace. Its listener has to admit routes from that of the Platform.", Example = "gateways")]
    public required KubernetesName Namespace { get; init; }

    [Setting("Name of its listener with TLS.", Absent = "every listener that takes the hosts", Example = "https")]
    [Form(Form.KubernetesSubdomain)]
    public string? Listener { get; init; }

    [Setting(
        "Longest life of a request, 0s for no limit, where the controller would end sessions before. Not every controller knows it.",
        Absent = "the controller's own",
        Example = "0s")]
    public TimeSpan? RequestTimeout { get; init; }

    public override IngressController Controller => new IngressController.AnyGateway(Name, Namespace.Text, Listener, RequestTimeout);

    public override bool HasOwnCertificates => true;
}

/// <summary>Whether anybody needs the address that an Ingress is not waited for.</summary>
internal static class IngressAwaitRule
{
    public static IEnumerable<SettingsProblem> Check(StudiosIngressSettings ingress, PlatformSettings platform, SettingPath at) => ingress switch
    {
        { SkipAwait: false } => [],
        GatewayIngressSettings => [new(at, "has no meaning with gateway, which has no Ingress to wait for", "absent", "remove skipAwait", "true")],
        _ when platform.Dns is Route53Settings { LoadBalancer: LoadBalancerOwner.Ingress } =>
            [new(
            at, "is true, and the records of platform:dns.route53 follow the address of the Ingress", "false",
            "remove skipAwait: the AWS Load Balancer Controller reports the address", "true")],
        _ => [],
    };
}
