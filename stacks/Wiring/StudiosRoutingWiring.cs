using Infra.Connect;
using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Routes of the connect and session hosts to connect-proxy.</summary>
internal static class StudiosRoutingWiring
{
    private const string Name = "studios";

    public static RoutingPlan? Plan(StudiosSettings settings, StudiosChoices choices, DomainIngress domain)
    {
        var controller = settings.Ingress?.Controller ?? domain.Controller;
        if (controller is null)
        {
            return null;
        }

        var wildcard = (choices.Address.Hosts.Sessions as SessionRouting.Subdomain)?.Wildcard;
        return RoutingPlan.For(Name, new HostRoutes([choices.Address.Hosts.Connect], wildcard, "connect-proxy", ConnectPorts.ProxyService), controller);
    }

    public static Output<string>? Create(
        StudiosSettings settings, RoutingPlan? plan, DomainIngress domain, Input<string> studiosNamespace, ComponentResourceOptions options) => plan is null
        ? null
        : new HostRouting(
            Name,
            new HostRoutingArgs
            {
                Namespace = studiosNamespace,
                Plan = plan,
                Certificates = [.. settings.Ingress?.Certificates.Select(certificate => certificate.Certificate) ?? [], .. domain.Certificates],
                LaterAnnotations = domain.Annotations,
                SkipAwait = settings.Ingress?.SkipAwait == true,
            },
            options).LoadBalancer;
}
