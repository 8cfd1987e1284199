using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Route53;
using Pulumi.Aws.Route53.Inputs;

namespace Infra.Dns;

/// <summary>The platform's names in Route 53, with a certificate of AWS Certificate Manager for all of them.</summary>
public sealed class Route53Domain : ComponentResource, IDomain
{
    private const string Token = "platform:dns:Route53Domain";
    private const int RecordSeconds = 300;

    private readonly Route53DomainArgs _args;

    /// <summary>Id of the zone; resolves when it exists.</summary>
    [Output("zoneId")]
    public Output<string> ZoneId { get; private set; }

    private readonly Certificate.Acm? _certificate;

    public PlatformHosts Hosts => _args.Hosts ?? throw Hostless();
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The certificate in the form that AWS load balancers take.</summary>
    public Certificate.Acm Certificate => _certificate ?? throw Hostless();

    public Route53Domain(string name, Route53DomainArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Hosts?.All.FirstOrDefault(host => !IsInZone(host, args.Zone)) is { } outside)
        {
            throw new ResourceException(
                $"Host '{outside}' is not in the zone '{args.Zone}': name a zone at or above all hosts of the platform.",
                this,
                hideStack: true);
        }

        _args = args;
        ZoneId = args.CreateZone ? MakeZone(name) : FindZone(args.Zone);
        _certificate = args.Hosts is { } hosts ? args.ExistingCertificate ?? Issue(name, hosts) : null;
        Certificates = _certificate is null ? [] : [_certificate];
        RegisterOutputs();
    }

    /// <summary>Whether a zone can hold a record for the host.</summary>
    public static bool IsInZone(DomainName host, DomainName zone) => host == zone || host.IsSubdomainOf(zone);

    public Resource AddRecord(string name, DomainName host, RecordTarget target, CustomResourceOptions? options = null)
    {
        var record = new RecordArgs { ZoneId = ZoneId, Name = host.Text, Type = "A" };
        switch (target)
        {
            case RecordTarget.Address address:
                record.Records.Add(address.IpAddress);
                record.Ttl = RecordSeconds;
                break;
            case RecordTarget.HostName when host == _args.Zone:
                throw new ResourceException(
                    $"'{host}' is the apex of its zone, where DNS allows no CNAME: give the load balancer as an alias.",
                    this,
                    hideStack: true);
            case RecordTarget.HostName other:
                record.Type = "CNAME";
                record.Records.Add(other.Name);
                record.Ttl = RecordSeconds;
                break;
            case RecordTarget.LoadBalancer balancer:
                // With health evaluation a name disappears while every target is unhealthy, and resolvers remember that it was not there.
                record.Aliases.Add(new RecordAliasArgs { Name = balancer.DnsName, ZoneId = balancer.HostedZoneId, EvaluateTargetHealth = false });
                break;
            default:
                throw new ResourceException($"The record of '{host}' has a target that Route 53 does not know.", this, hideStack: true);
        }

        return new Record(name, record, CustomResourceOptions.Merge(new CustomResourceOptions { Parent = this }, options));
    }

    private Output<string> FindZone(DomainName zone) =>
        GetZone.Invoke(new GetZoneInvokeArgs { Name = zone.Text, PrivateZone = false }, new InvokeOptions { Parent = this }).Apply(found => found.ZoneId);

    private Output<string> MakeZone(string name)
    {
        var zone = new Zone(
            $"{name}-zone",
            new ZoneArgs { Name = _args.Zone.Text, Comment = "Studio Platform", ForceDestroy = false },
            new CustomResourceOptions { Parent = this, Protect = _args.Protected });
        if (_args.ParentZone is { } parent)
        {
            var delegation = new Record(
                $"{name}-delegation",
                new RecordArgs { ZoneId = FindZone(parent), Name = _args.Zone.Text, Type = "NS", Ttl = Route53Delegation.Seconds, Records = zone.NameServers },
                new CustomResourceOptions { Parent = this });
            // Who proves or looks up a name before there is a way to it remembers that there was none.
            return zone.ZoneId.After(delegation.Id);
        }

        return zone.ZoneId;
    }

    private InvalidOperationException Hostless() => new($"The zone '{_args.Zone}' was asked for before it has hosts.");

    private Certificate.Acm Issue(string name, PlatformHosts hosts)
    {
        var names = CertificateNames.Covering(hosts.All);
        var certificate = new AcmCertificate(
            $"{name}-certificate",
            new AcmCertificateArgs { Names = names, ProofsKept = !_args.CreateZone, ZoneId = ZoneId },
            new ComponentResourceOptions { Parent = this });
        return new Certificate.Acm(names.Names, certificate.Arn);
    }
}

/// <summary>Where the platform's names are kept, and which they are.</summary>
public sealed class Route53DomainArgs : ResourceArgs
{
    /// <summary>The hosts; null for a zone that is made before them, without a certificate.</summary>
    public required PlatformHosts? Hosts { get; init; }

    /// <summary>The zone, at or above every host.</summary>
    public required DomainName Zone { get; init; }

    /// <summary>Make the zone. Default false: it exists, and is public.</summary>
    public bool CreateZone { get; init; }

    /// <summary>Existing zone in the same account that delegates the new one; null leaves the delegation to the parent's owner.</summary>
    public DomainName? ParentZone { get; init; }

    /// <summary>A certificate that exists, by ARN and names; null has one issued.</summary>
    public Certificate.Acm? ExistingCertificate { get; init; }

    /// <summary>Refuse to delete the zone through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The record in a zone of Route 53 that leads resolvers to a zone elsewhere.</summary>
public sealed class Route53Delegation : ComponentResource
{
    private const string Token = "platform:dns:Route53Delegation";

    // How long resolvers keep a delegation; Route 53's own value for the records of a zone's apex.
    internal const int Seconds = 172800;

    public Route53Delegation(string name, Route53DelegationArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var zone = GetZone.Invoke(new GetZoneInvokeArgs { Name = args.Parent.Text, PrivateZone = false }, new InvokeOptions { Parent = this });
        new Record(
            name,
            new RecordArgs
            {
                ZoneId = zone.Apply(found => found.ZoneId),
                Name = args.Domain.Text,
                Type = "NS",
                Ttl = Seconds,
                Records = args.NameServers,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}

/// <summary>Which zone of Route 53 delegates which domain to whom.</summary>
public sealed class Route53DelegationArgs : ResourceArgs
{
    /// <summary>Public zone of Route 53 above the domain.</summary>
    public required DomainName Parent { get; init; }

    /// <summary>Domain that others answer for.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>Those others.</summary>
    public required Output<ImmutableArray<string>> NameServers { get; init; }
}
