namespace Infra.Studios;

/// <summary>The tag of a vendor's session image: version of the software, hyphen, version of the connect-client in it.</summary>
/// <param name="Software">Version of the tool (<c>6.2.0-r2-1</c>); it may hold hyphens itself.</param>
/// <param name="Client">Version of connect-client.</param>
public sealed record StudioImageTag(string Software, ConnectClientVersion Client)
{
    public static bool TryParse(string? text, out StudioImageTag? tag)
    {
        // "4.4.1-u2-0.8": only the text after the last hyphen is Seqera's.
        var hyphen = text?.LastIndexOf('-') ?? -1;
        tag = hyphen > 0 && ConnectClientVersion.TryParse(text![(hyphen + 1)..], out var client) ? new StudioImageTag(text[..hyphen], client!) : null;
        return tag is not null;
    }

    public override string ToString() => $"{Software}-{Client}";
}
