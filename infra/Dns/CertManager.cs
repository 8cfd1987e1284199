using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Routing;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Dns;

/// <summary>
/// cert-manager with one ClusterIssuer. What its Certificates belong to must be made after it and deleted before it: it alone takes the finalizers of pending
/// challenges away.
/// </summary>
public sealed class CertManager : ComponentResource
{
    private const string Token = "platform:dns:CertManager";

    // The chart's name, which is also that of the account (its fullname).
    private const string ServiceAccount = "cert-manager";

    /// <summary>Name of the ClusterIssuer; resolves when certificates can be asked for.</summary>
    [Output("issuerName")]
    public Output<string> IssuerName { get; private set; }

    public CertManager(string name, CertManagerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var chart = HelmCharts.CertManager;
        var home = new PlatformNamespace(
            $"{name}-namespace",
            new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse(chart.Namespace) },
            new ComponentResourceOptions { Parent = this });
        List<Resource> before = [home];
        var annotations = new InputMap<string>();
        if (args.Solver is AcmeSolver.Dns01 { Zone: var zone })
        {
            var editor = new ZoneEditor(
                $"{name}-zone",
                new ZoneEditorArgs { Zone = zone, Namespace = chart.Namespace, ServiceAccount = ServiceAccount, Description = "cert-manager" },
                new ComponentResourceOptions { Parent = this });
            annotations = editor.Annotations;
            before.Add(editor);
        }

        var release = ChartRelease.Make(
            name,
            chart,
            args.Chart,
            Values(args, annotations),
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = before },
            chart.Name,
            ChartRelease.PatientSeconds);
        var issuer = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-issuer",
            new CustomObjectArgs("cert-manager.io/v1", "ClusterIssuer")
            {
                Metadata = new ObjectMetaArgs { Name = args.IssuerName },
                Spec = Spec.From(("acme", Spec.From(
                    ("email", args.Email),
                    ("server", args.Server.Directory),
                    // An account belongs to a server: staging must not take production's for its own.
                    ("privateKeySecretRef", Spec.From(("name", $"{args.IssuerName}-{args.Server.Name}-account"))),
                    ("solvers", Spec.List(Solver(args.Solver)))))),
            },
            // The webhook that checks it answers when the release is ready.
            new CustomResourceOptions { Parent = this, DependsOn = { release } });
        IssuerName = Planned.Or(issuer.Id.Apply(_ => args.IssuerName), args.IssuerName);
        RegisterOutputs();
    }

    private static ImmutableDictionary<string, object> Values(CertManagerArgs args, InputMap<string> annotations)
    {
        var availability = args.HighlyAvailable
            ? Spec.From(("replicaCount", 2), ("podDisruptionBudget", Spec.From(("enabled", true))))
            : Spec.From(("replicaCount", 1));
        return availability
            .Add("crds", Spec.From(("enabled", true), ("keep", args.KeepDefinitions)))
            .Add("serviceAccount", Spec.From(("create", true), ("name", ServiceAccount), ("annotations", annotations)))
            // Its own namespace: kube-system is closed to it on some clusters (cert-manager documentation, "GKE Autopilot").
            .Add("global", Spec.From(("leaderElection", Spec.From(("namespace", HelmCharts.CertManager.Namespace)))))
            .Add("webhook", availability)
            .Add("cainjector", availability);
    }

    private static ImmutableDictionary<string, object> Solver(AcmeSolver solver) => solver switch
    {
        AcmeSolver.Dns01 { Zone: ControlledZone.Route53 zone } => Spec.From(("dns01", Spec.From(("route53", Spec.From(
            ("region", zone.Cluster.Account.Region.Name),
            ("hostedZoneID", zone.ZoneId.Apply(id => (object)id))))))),
        AcmeSolver.Dns01 { Zone: ControlledZone.CloudDns zone } => Spec.From(("dns01", Spec.From(("cloudDNS", Spec.From(
            ("project", zone.Cluster.Project.ProjectId),
            // Named, so that it has to list no zones (cert-manager, pkg/issuer/acme/dns/clouddns).
            ("hostedZoneName", zone.ManagedZone.Apply(managedZone => (object)managedZone))))))),
        AcmeSolver.Http01 { IngressClass: var className } =>
            Spec.From(("http01", Spec.From(("ingress", Spec.From(("ingressClassName", className)))))),
        _ => throw new ArgumentOutOfRangeException(nameof(solver), solver, "There is no such solver."),
    };
}

/// <summary>Which certificates there are, and how their names are proven.</summary>
public sealed class CertManagerArgs : ResourceArgs
{
    public const string DefaultIssuerName = "letsencrypt";
    public const bool DefaultKeepDefinitions = true;

    /// <summary>Address that the authority writes to.</summary>
    public required string Email { get; init; }

    /// <summary>Name of the ClusterIssuer. Default letsencrypt.</summary>
    public string IssuerName { get; init; } = DefaultIssuerName;

    /// <summary>Default the one whose certificates browsers trust.</summary>
    public AcmeServer Server { get; init; } = AcmeServer.Production;

    public required AcmeSolver Solver { get; init; }

    /// <summary>Leave the definitions, and with them every Certificate, when the release goes. Default true.</summary>
    public bool KeepDefinitions { get; init; } = DefaultKeepDefinitions;

    /// <summary>Two pods of each part instead of one. Default false.</summary>
    public bool HighlyAvailable { get; init; }

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}

/// <summary>A server of Let's Encrypt (letsencrypt.org documentation, "Staging Environment", read 2026-11-26).</summary>
/// <param name="Name">Short name.</param>
/// <param name="Directory">Address of its ACME directory.</param>
public sealed record AcmeServer(string Name, string Directory)
{
    /// <summary>Certificates that browsers trust; at most 50 a week for one registered domain.</summary>
    public static AcmeServer Production { get; } = new("production", "https://acme-v02.api.letsencrypt.org/directory");

    /// <summary>Certificates that nobody trusts, with limits that trying out does not reach.</summary>
    public static AcmeServer Staging { get; } = new("staging", "https://acme-staging-v02.api.letsencrypt.org/directory");
}

/// <summary>How a certificate authority is shown that a name is ours.</summary>
public abstract record AcmeSolver
{
    private AcmeSolver()
    {
    }

    /// <summary>By a record in the zone; for wildcards as well, and before anything answers at the name.</summary>
    public sealed record Dns01(ControlledZone Zone) : AcmeSolver;

    /// <summary>By an answer on port 80 of the name, through an Ingress of the class; for no wildcard.</summary>
    public sealed record Http01(string IngressClass) : AcmeSolver;
}
