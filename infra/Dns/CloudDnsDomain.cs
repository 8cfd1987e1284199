using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.Dns;
using Pulumi.Gcp.Dns.Inputs;

namespace Infra.Dns;

/// <summary>The platform's names in a managed zone of Cloud DNS. Stateful: it honours <see cref="CloudDnsDomainArgs.Protected"/>.</summary>
public sealed class CloudDnsDomain : ComponentResource, IDomain
{
    private const string Token = "platform:dns:CloudDnsDomain";
    private const int RecordSeconds = 300;

    // How long resolvers keep a delegation; the same as for the name servers of a zone's own apex.
    private const int DelegationSeconds = 21600;

    private readonly CloudDnsDomainArgs _args;

    /// <summary>Name of the managed zone; resolves when it exists and holds the domain.</summary>
    [Output("managedZone")]
    public Output<string> ManagedZone { get; private set; }

    /// <summary>Name servers that the parent zone has to name.</summary>
    [Output("nameServers")]
    public Output<ImmutableArray<string>> NameServers { get; private set; }

    public PlatformHosts Hosts => _args.Hosts
        ?? throw new InvalidOperationException($"The zone '{_args.Zone}' was asked for before it has hosts.");
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The certificate that Google issues for a Gateway; null unless <see cref="CloudDnsDomainArgs.IssueCertificate"/> asks for it.</summary>
    public Certificate.Map? IssuedCertificate { get; }

    public CloudDnsDomain(string name, CloudDnsDomainArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Hosts?.All.FirstOrDefault(host => host != args.Zone && !host.IsSubdomainOf(args.Zone)) is { } outside)
        {
            throw new ResourceException(
                $"Host '{outside}' is not in the zone '{args.Zone}': name a zone at or above all hosts of the platform.",
                this,
                hideStack: true);
        }

        _args = args;
        (ManagedZone, NameServers) = args.ManagedZone is { } existing ? FindZone(existing) : MakeZone(name);
        IssuedCertificate = args is { IssueCertificate: true, Hosts: not null } ? Issue($"{name}-certificate") : null;
        Certificates = (IssuedCertificate ?? args.ExistingCertificate) is { } certificate ? [certificate] : [];
        RegisterOutputs();
    }

    public Resource AddRecord(string name, DomainName host, RecordTarget target, CustomResourceOptions? options = null)
    {
        var (type, data) = target switch
        {
            RecordTarget.Address address => ("A", address.IpAddress),
            RecordTarget.HostName when host == _args.Zone => throw new ResourceException(
                $"'{host}' is the apex of its zone, where DNS allows no CNAME: give the load balancer's address.", this, hideStack: true),
            RecordTarget.HostName other => ("CNAME", (Input<string>)other.Name.Apply(text => $"{text.TrimEnd('.')}.")),
            _ => throw new ResourceException(
                $"The record of '{host}' has a target that Cloud DNS does not know: give an address or a host name.",
                this,
                hideStack: true),
        };
        return new RecordSet(
            name,
            new RecordSetArgs { ManagedZone = ManagedZone, Name = $"{host}.", Type = type, Ttl = RecordSeconds, Rrdatas = { data } },
            CustomResourceOptions.Merge(new CustomResourceOptions { Parent = this }, options));
    }

    private Certificate.Map Issue(string name) => new CertificateManagerCertificate(
        name,
        new CertificateManagerCertificateArgs { Names = CertificateNames.Covering(Hosts.All), ManagedZone = ManagedZone },
        new ComponentResourceOptions { Parent = this }).Map;

    private (Output<string> Name, Output<ImmutableArray<string>> NameServers) FindZone(string managedZone)
    {
        var found = GetManagedZone.Invoke(
            new GetManagedZoneInvokeArgs { Name = managedZone, Project = _args.Project.ProjectId }, new InvokeOptions { Parent = this });
        var checkedName = found.Apply(zone => zone.DnsName == $"{_args.Zone}."
            ? managedZone
            : throw new RunException(
                $"Managed zone '{managedZone}' holds '{zone.DnsName.TrimEnd('.')}' and not '{_args.Zone}': "
                    + $"name the zone of '{_args.Zone}' (gcloud dns managed-zones list)."));
        return (Planned.Or(checkedName, managedZone), found.Apply(zone => zone.NameServers));
    }

    private (Output<string> Name, Output<ImmutableArray<string>> NameServers) MakeZone(string name)
    {
        var zone = new ManagedZone(
            $"{name}-zone",
            new ManagedZoneArgs
            {
                DnsName = $"{_args.Zone}.",
                Description = "Studio Platform",
                Visibility = "public",
                ForceDestroy = false,
                DnssecConfig = new ManagedZoneDnssecConfigArgs { State = "on" },
            },
            new CustomResourceOptions { Parent = this, Protect = _args.Protected });
        if (_args.ParentManagedZone is { } parent)
        {
            var delegation = new RecordSet(
                $"{name}-delegation",
                new RecordSetArgs { ManagedZone = parent, Name = $"{_args.Zone}.", Type = "NS", Ttl = DelegationSeconds, Rrdatas = zone.NameServers },
                new CustomResourceOptions { Parent = this });
            // Who proves or looks up a name before there is a way to it remembers that there was none.
            return (zone.Name.After(delegation.Id), zone.NameServers);
        }

        return (zone.Name, zone.NameServers);
    }
}

/// <summary>Which names there are, in which zone of Cloud DNS, and where they lead.</summary>
public sealed class CloudDnsDomainArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>The hosts; null for a zone that is made before them, without a certificate.</summary>
    public required PlatformHosts? Hosts { get; init; }

    /// <summary>The zone's domain, at or above every host.</summary>
    public required DomainName Zone { get; init; }

    /// <summary>Name of the managed zone that holds it; null makes one.</summary>
    public string? ManagedZone { get; init; }

    /// <summary>Name of a managed zone in the same project that delegates the new one; null leaves the delegation to the parent's owner.</summary>
    public string? ParentManagedZone { get; init; }

    /// <summary>Have Google issue a certificate for every host, proven in this zone. Default false.</summary>
    public bool IssueCertificate { get; init; }

    /// <summary>A certificate that exists; null for none.</summary>
    public Certificate? ExistingCertificate { get; init; }

    /// <summary>Refuse to delete the zone through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
