namespace Infra.Networks;

/// <summary>How private subnets reach the internet.</summary>
public enum NatStrategy
{
    /// <summary>One NAT gateway for all zones: cheap, and the zone it stands in is a single point of failure.</summary>
    Single,

    /// <summary>One NAT gateway in each zone.</summary>
    PerZone,
}
