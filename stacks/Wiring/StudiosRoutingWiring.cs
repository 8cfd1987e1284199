using System.Collections.Immutable;
using Infra.Connect;
using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The way from the connect and session hosts to connect-proxy.</summary>
internal static class StudiosRoutingWiring
{
    private const string Name = "studios";

    public static RoutingPlan? Plan(StudiosSettings settings, StudiosChoices choices, WayIn? wayIn)
    {
        var controller = settings.Ingress is { } ingress ? Controller(ingress) : wayIn?.Controller;
        if (controller is null)
        {
            return null;
        }

        var wildcard = (choices.Address.Hosts.Sessions as SessionRouting.Subdomain)?.Wildcard;
        return RoutingPlan.For(Name, new HostRoutes([choices.Address.Hosts.Connect], wildcard, "connect-proxy", ConnectPorts.ProxyService), controller);
    }

    public static Output<string>? Define(
        StudiosSettings settings, RoutingPlan? plan, IDomain? domain, WayIn? wayIn, Input<string> space, ComponentResourceOptions options) => plan is null
        ? null
        : new HostRouting(
            Name,
            new HostRoutingArgs
            {
                Namespace = space,
                Plan = plan,
                Certificates = [.. settings.Ingress?.Certificates.Select(Certificate) ?? [], .. domain?.Certificates ?? [], .. wayIn?.Certificates ?? []],
                LaterAnnotations = wayIn?.Annotations ?? ImmutableDictionary<string, Output<string>>.Empty,
            },
            options).LoadBalancer;

    private static IngressController Controller(StudiosIngressSettings ingress) => ingress switch
    {
        { Alb: { } alb } => new IngressController.Alb(!alb.Internal, alb.TargetType, alb.Group, alb.SslPolicy, alb.HealthCheckPath, alb.HealthySuccessCodes),
        { Gce: { } gce } => new IngressController.Gce(gce.StaticAddress, gce.HealthCheckPath, gce.ManagedCertificate),
        { Traefik: { } traefik } => new IngressController.Traefik(traefik.ClassName, traefik.EntryPoint, traefik.CertificateResolver),
        { Nginx: { } nginx } => new IngressController.Nginx(nginx.ClassName, nginx.ClusterIssuer),
        _ => throw new RunException("platform:studios.ingress names no controller."),
    };

    private static Certificate Certificate(CertificateSettings settings) => settings switch
    {
        { Arn: { } arn } => new Certificate.Acm(settings.Names, Output.Create(arn)),
        { TlsSecret: { } secret } => new Certificate.TlsSecret(settings.Names, Output.Create(secret)),
        { PreShared: { } name } => new Certificate.PreShared(settings.Names, Output.Create(name)),
        _ => throw new RunException("platform:studios.ingress.certificates has an entry without a certificate."),
    };
}
