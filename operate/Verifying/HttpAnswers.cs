using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Operate.Verifying;

/// <summary>What a web host answered, as far as a check looks at it.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Location">Where it sends browsers to; null where nowhere.</param>
/// <param name="Body">The beginning of its text.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, Uri? Location, string Body)
{
    private const int LongestBody = 1 << 18;

    // What controllers say themselves where no rule of theirs leads on: ingress-nginx's default backend, nginx's own page, Traefik
    private static readonly string[] OwnPages = ["default backend - 404", "<center>nginx", "404 page not found"];

    public string Text => Location is null ? $"HTTP {(int)Status}" : $"HTTP {(int)Status} to {Location}";

    /// <summary>Whether a load balancer or ingress controller answers for somebody who does not.</summary>
    public bool IsOfTheGateway => Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        || (Status == HttpStatusCode.NotFound && OwnPages.Any(page => Body.Contains(page, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Asks for an address; redirects are not followed.</summary>
    public static Task<HttpAnswer> GetAsync(NetworkReach reach, Uri url, CancellationToken cancellation, string? token = null)
        => reach.PatientlyAsync(async patient =>
        {
            using var client = reach.HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", "studio-platform-verify");
            if (token is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            }
            using var response = await client.SendAsync(request, patient);
            return new HttpAnswer(response.StatusCode, response.Headers.Location, await BeginningAsync(response.Content, patient));
        }, cancellation);

    // A host that never ends its answer costs neither memory nor more than the time of one step
    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken cancellation)
    {
        var stream = await content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[LongestBody];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}

/// <summary>What came of asking a host to change from HTTP to WebSocket.</summary>
/// <param name="Upgraded">Whether it did.</param>
/// <param name="Status">What it answered instead.</param>
internal sealed record UpgradeAnswer(bool Upgraded, HttpStatusCode Status)
{
    /// <summary>Asks a host for a WebSocket at its root.</summary>
    public static Task<UpgradeAnswer> AskAsync(NetworkReach reach, Uri url, CancellationToken cancellation) => reach.PatientlyAsync(async patient =>
    {
        using var client = reach.HttpClient();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        try
        {
            await socket.ConnectAsync(address, client, patient);
            socket.Abort();
            return new UpgradeAnswer(true, HttpStatusCode.SwitchingProtocols);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != default)
        {
            return new UpgradeAnswer(false, socket.HttpStatusCode);
        }
    }, cancellation);
}
