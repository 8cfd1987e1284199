using System.Diagnostics.CodeAnalysis;
using Infra.Accounts;

namespace Infra.Clusters;

/// <summary>Where a GKE control plane stands: in three zones of a region, or in one zone.</summary>
public sealed record GkeLocation
{
    // GKE documentation, "Regional clusters": without other orders GKE takes three zones of the region.
    private const int ZonesOfARegion = 3;

    private GkeLocation(GcpRegion region, string? zone)
    {
        Region = region;
        Zone = zone;
    }

    public GcpRegion Region { get; }

    /// <summary>The zone; null for a regional cluster.</summary>
    public string? Zone { get; }

    public bool IsZonal => Zone is not null;

    /// <summary>Zones in which nodes are spread.</summary>
    public int Zones => IsZonal ? 1 : ZonesOfARegion;

    public string Text => Zone ?? Region.Name;

    public static GkeLocation In(GcpRegion region) => new(region, null);

    /// <summary>Reads <c>europe-west1</c> or <c>europe-west1-b</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GkeLocation? location)
    {
        location = null;
        if (GcpRegion.TryParse(text, out var region))
        {
            location = In(region);
        }
        else if (text is { Length: > 2 } && GcpRegion.TryParse(text[..^2], out var home) && home.HasZone(text))
        {
            location = new GkeLocation(home, text);
        }

        return location is not null;
    }

    public static GkeLocation Parse(string text) =>
        TryParse(text, out var location)
            ? location
            : throw new FormatException(
                $"'{text}' is neither a region nor a zone of Google Cloud: it must be written as in 'europe-west1' or 'europe-west1-b'.");

    public override string ToString() => Text;
}
