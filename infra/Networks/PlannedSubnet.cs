namespace Infra.Networks;

/// <summary>One subnet of a layout.</summary>
/// <param name="Tier">What it is for.</param>
/// <param name="Slot">Which availability zone it serves: 1 for the first zone of the network.</param>
/// <param name="Block">Its addresses.</param>
public sealed record PlannedSubnet(SubnetTier Tier, int Slot, Ipv4Block Block)
{
    /// <summary>The part of a logical name that tells it from its siblings: <c>private-2</c>.</summary>
    public string Role => $"{Tier.ToString().ToLowerInvariant()}-{Slot}";
}
