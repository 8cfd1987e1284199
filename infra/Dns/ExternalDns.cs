using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Routing;
using Pulumi;

namespace Infra.Dns;

/// <summary>external-dns, which announces the hosts of Ingresses and Services in a zone. It takes records away only as long as it runs.</summary>
public sealed class ExternalDns : ComponentResource
{
    private const string Token = "platform:dns:ExternalDns";
    private const string ServiceAccount = "external-dns";

    /// <summary>Name of the Helm release; resolves when the controller runs.</summary>
    [Output("releaseName")]
    public Output<string> ReleaseName { get; private set; }

    public ExternalDns(string name, ExternalDnsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var chart = HelmCharts.ExternalDns;
        var home = new PlatformNamespace(
            $"{name}-namespace",
            new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse(chart.Namespace) },
            new ComponentResourceOptions { Parent = this });
        var editor = new ZoneEditor(
            $"{name}-zone",
            new ZoneEditorArgs
            {
                Zone = args.Zone,
                Domains = args.Domains,
                Namespace = chart.Namespace,
                ServiceAccount = ServiceAccount,
                Description = "external-dns",
            },
            new ComponentResourceOptions { Parent = this });
        var release = ChartRelease.Make(
            name,
            chart,
            args.Chart,
            Values(args, editor.Annotations),
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { home, editor } },
            chart.Name);
        ReleaseName = release.Name;
        RegisterOutputs();
    }

    private static ImmutableDictionary<string, object> Values(ExternalDnsArgs args, InputMap<string> annotations)
    {
        var (provider, zone) = args.Zone switch
        {
            ControlledZone.Route53 route53 => ("aws", route53.ZoneId),
            ControlledZone.CloudDns cloudDns => ("google", cloudDns.ManagedZone),
            _ => throw new ArgumentOutOfRangeException(nameof(args), args.Zone, "external-dns does not write into such a zone."),
        };
        var values = Spec.From(
            ("fullnameOverride", ServiceAccount),
            ("provider", Spec.From(("name", provider))),
            ("sources", Spec.List("service", "ingress")),
            ("policy", args.Policy is ExternalDnsPolicy.Sync ? "sync" : "upsert-only"),
            ("registry", "txt"),
            ("txtOwnerId", args.Owner),
            ("domainFilters", Spec.List([.. args.Domains.Select(domain => domain.Text)])),
            ("extraArgs", Spec.From(
                // The mark beside a wildcard has a prefix before its asterisk, which is no name that every zone takes.
                ("txt-wildcard-replacement", "wildcard"),
                // A private zone of the same domain is none of its business.
                ("zone-id-filter", zone.Apply(id => (object)id)))),
            ("serviceAccount", Spec.From(
                ("create", true), ("name", ServiceAccount), ("annotations", annotations))));
        // The AWS SDK asks for a region, although Route 53 has none.
        return args.Zone is ControlledZone.Route53 { Cluster.Account.Region: var region }
            ? values.Add("env", Spec.List(Spec.From(("name", "AWS_DEFAULT_REGION"), ("value", region.Name))))
            : values;
    }
}

/// <summary>Which names external-dns keeps, where, and how.</summary>
public sealed class ExternalDnsArgs : ResourceArgs
{
    public const ExternalDnsPolicy DefaultPolicy = ExternalDnsPolicy.UpsertOnly;

    public required ControlledZone Zone { get; init; }

    /// <summary>Domains at and below which it keeps records; at least one.</summary>
    public required ImmutableArray<DomainName> Domains { get; init; }

    /// <summary>Default never delete.</summary>
    public ExternalDnsPolicy Policy { get; init; } = DefaultPolicy;

    /// <summary>What its records are marked with: it touches none of another owner.</summary>
    public required string Owner { get; init; }

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}

/// <summary>What external-dns does with a record whose host is gone.</summary>
public enum ExternalDnsPolicy
{
    /// <summary>It stays.</summary>
    UpsertOnly,

    /// <summary>It goes.</summary>
    Sync,
}
