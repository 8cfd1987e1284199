namespace Infra.Networks;

/// <summary>Neighbouring TCP ports that one rule opens.</summary>
/// <param name="First">First port.</param>
/// <param name="Last">Last port; the same as the first for a single one.</param>
public sealed record PortRange(int First, int Last)
{
    public static PortRange Single(int port) => new(port, port);

    /// <summary>As part of a logical name: <c>443</c> or <c>1018-1023</c>.</summary>
    public string Role => First == Last ? $"{First}" : $"{First}-{Last}";
}
