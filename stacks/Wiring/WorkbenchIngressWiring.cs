using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Naming;
using Infra.Routing;
using Infra.Secrets;
using Infra.Workbench;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>What leads Workbench's host to its Service: certificate, address, the controller's objects, and the record.</summary>
internal sealed class WorkbenchIngressWiring(WorkbenchIngressSettings settings, WorkbenchIngress ingress, Input<string> home, StackContext stack)
{
    private const string Name = "workbench";

    private string RecordName => $"record-{settings.Host}";

    /// <summary>Makes the Secret with the certificate of the stack file, where it holds one.</summary>
    public static void MakeSecret(WorkbenchIngressSettings? settings, Input<string> home, StackContext stack)
    {
        if (settings is { TlsCertificate: { } certificate, TlsKey: { } key })
        {
            new TlsSecret(
                $"{Name}-tls",
                new TlsSecretArgs
                {
                    Certificate = stack.Secret(certificate),
                    Key = stack.Secret(key),
                    Namespace = home,
                    SecretName = KubernetesName.Parse(TlsFiles.SecretName),
                },
                stack.OnCluster());
        }
    }

    /// <summary>Makes the way to the Service; what it returns is where the record leads to, null where others know it.</summary>
    /// <param name="service">Name of the Service; known once it is there.</param>
    public Output<string>? Create(Output<string> service) => (settings, ingress) switch
    {
        (GatewayWorkbenchSettings { IsMade: true }, WorkbenchIngress.Routed { Plan: var plan }) => ThroughOwnGateway(plan, service),
        (_, WorkbenchIngress.Routed { Plan: var plan }) => Through(plan, service),
        (TraefikWorkbenchSettings traefik, _) when traefik.IsMade(stack.Settings) => BehindTraefik(stack.Traefik!.LoadBalancer),
        _ => null,
    };

    // The chart has made the Ingress; the address is Traefik's, and known before it.
    private Output<string> BehindTraefik(Output<string> balancer)
    {
        if (settings.HasRecord(stack.Settings))
        {
            if (stack.Zone is StackZone.Route53 { Domain: var domain })
            {
                domain.AddRecord(RecordName, settings.Host, ControllerLoadBalancer.TargetOf(stack.Aws.Account, balancer, ofService: true));
            }
            else if (stack.Zone is StackZone.CloudDns { Domain: var managed })
            {
                managed.AddRecord(RecordName, settings.Host, new RecordTarget.Address(balancer));
            }
        }

        return balancer;
    }

    private Output<string>? Through(RoutingPlan plan, Output<string> service)
    {
        var address = settings is GceWorkbenchSettings && settings.HasRecord(stack.Settings) ? Reserved() : null;
        var routing = Route(plan, service, settings switch
        {
            AlbWorkbenchSettings alb => EdgeWiring.Annotations(alb.Alb(stack.Settings), alb.AccessLogs, alb.WebAcl, stack, Name),
            _ when address is not null => ImmutableDictionary<string, Output<string>>.Empty.Add(GceRouting.AddressAnnotation, address.AddressName),
            _ => ImmutableDictionary<string, Output<string>>.Empty,
        });
        if (!settings.HasRecord(stack.Settings))
        {
            return plan.Ingresses.IsEmpty ? null : routing.LoadBalancer;
        }

        if (stack.Zone is StackZone.Route53 { Domain: var domain })
        {
            domain.AddRecord(RecordName, settings.Host, ControllerLoadBalancer.TargetOf(stack.Aws.Account, routing.LoadBalancer));
        }
        else if (stack.Zone is StackZone.CloudDns { Domain: var managed } && address is not null)
        {
            managed.AddRecord(RecordName, settings.Host, address.Target);
        }

        return routing.LoadBalancer;
    }

    // Names and certificate wait for nothing on the cluster.
    private Output<string> ThroughOwnGateway(RoutingPlan plan, Output<string> service)
    {
        // The rules of the settings let no other zone through.
        var domain = ((StackZone.CloudDns)stack.Zone!).Domain;
        var address = Reserved();
        var certificate = new CertificateManagerCertificate(
            $"{Name}-certificate",
            new CertificateManagerCertificateArgs { ManagedZone = domain.ManagedZone, Names = CertificateNames.Covering([settings.Host]) },
            stack.Gcp.Options());
        new PlatformGateway(
            $"{Name}-gateway",
            new PlatformGatewayArgs
            {
                AddressName = address.AddressName,
                CertificateMapName = certificate.MapName,
                GatewayName = KubernetesName.Parse(GatewayWorkbenchSettings.MadeName),
                Namespace = home,
                RouteNamespaces = [Infra.Charts.HelmCharts.PositWorkbench.Namespace],
            },
            stack.Gcp.Options(stack.Gke));
        Route(plan, service, ImmutableDictionary<string, Output<string>>.Empty);
        if (settings.HasRecord(stack.Settings))
        {
            domain.AddRecord(RecordName, settings.Host, address.Target);
        }

        return address.IpAddress;
    }

    private HostRouting Route(RoutingPlan plan, Output<string> service, ImmutableDictionary<string, Output<string>> annotations) => new(
        $"{Name}-routes",
        new HostRoutingArgs
        {
            Certificates = Certificates(),
            LaterAnnotations = annotations,
            // They need the Service, and go before it.
            Namespace = Output.Tuple(home.ToOutput(), service).Apply(made => made.Item1),
            Plan = plan,
        },
        stack.OnCluster());

    private IReadOnlyList<Certificate> Certificates() => settings switch
    {
        AlbWorkbenchSettings { Acm: { } given } => [new Certificate.Acm(given.Names, Output.Create(given.Arn.Text))],
        AlbWorkbenchSettings => [OfDomain()],
        GceWorkbenchSettings { PreShared: { } name } => [new Certificate.PreShared([settings.Host], Output.Create(name))],
        GceWorkbenchSettings { ClusterIssuer: null } gce when gce.TlsSecret is not null || gce.HasFiles =>
            [new Certificate.TlsSecret([settings.Host], Output.Create(gce.Certificate))],
        _ => [],
    };

    // One of its own where that of Studios is for other names: it is not made anew because Workbench comes or goes.
    private Certificate OfDomain()
    {
        var zone = (StackZone.Route53)stack.Zone!;
        if (zone.Domain.Certificates.FirstOrDefault(certificate => certificate.Covers(settings.Host)) is { } shared)
        {
            return shared;
        }

        if (zone.Settings.Certificate is { } given && given.Names.Any(name => name.Covers(settings.Host)))
        {
            return new Certificate.Acm(given.Names, Output.Create(given.Arn.Text));
        }

        var names = CertificateNames.Covering([settings.Host]);
        var made = new AcmCertificate(
            $"{Name}-certificate",
            new AcmCertificateArgs { Names = names, ProofsKept = !zone.Settings.CreateZone, ZoneId = zone.Domain.ZoneId },
            stack.Aws.Options());
        return new Certificate.Acm(names.Names, made.Arn);
    }

    private StaticAddress Reserved() => new(
        $"{Name}-address",
        new StaticAddressArgs { AddressName = stack.Gcp.Name(GcpNameRule.Compute, Name), Protected = stack.Protects(ProtectedParts.Workbench) },
        stack.Gcp.Options());
}
