namespace Stacks.Settings;

/// <summary>Where the vendor's registry has the images of Connect.</summary>
public enum ConnectImageSource
{
    /// <summary>enterprise/studios/…</summary>
    Current,

    /// <summary>private/nf-tower-enterprise/data-studio/…, deprecated since May 2026.</summary>
    Legacy,
}
