namespace Infra.Dns;

/// <summary>The address of a web server: scheme, host and port, without path. It is written without a trailing slash, as both ends of an OIDC registration must spell it alike.</summary>
public sealed record WebOrigin
{
    private WebOrigin(string text, int port)
    {
        Text = text;
        Port = port;
    }

    public string Text { get; }

    /// <summary>The TCP port, also where the scheme implies it.</summary>
    public int Port { get; }

    public string Host => new Uri(Text).Host;

    public bool IsHttps => Text.StartsWith("https://", StringComparison.Ordinal);

    public static bool TryParse(string? text, out WebOrigin? origin)
    {
        origin = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri is not { Scheme: "http" or "https", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
        {
            return false;
        }

        origin = new WebOrigin(uri.GetLeftPart(UriPartial.Authority), uri.Port);
        return true;
    }

    public static WebOrigin Parse(string text) =>
        TryParse(text, out var origin)
            ? origin!
            : throw new FormatException($"'{text}' is not the address of a web server: it must be https:// and a host, optionally with a port, without path or user.");

    public override string ToString() => Text;
}
