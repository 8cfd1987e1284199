using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Tests.Rehearsal.StackFiles;

namespace Tests.Operate.Verifying;

/// <summary>nginx as the ingress controller of a platform, several times with one thing wrong each, and behind it a WebSocket echo.</summary>
public sealed class NginxPlatform : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener? _echo;
    private readonly LoopbackServer? _nginx;

    public NginxPlatform()
    {
        Missing = LoopbackServer.Missing("nginx", "nginx");
        if (Missing is not null)
        {
            return;
        }
        var echo = LoopbackServer.FreePort();
        _echo = new HttpListener { Prefixes = { $"http://127.0.0.1:{echo}/" } };
        _echo.Start();
        _ = EchoAsync(_echo);
        string[] names = ["platform.studio.test", "connect.studio.test", "*.studio.test", "workbench.studio.test"];
        var asked = $"proxy_set_header Host 127.0.0.1:{echo};";
        var good = ServerCertificates.Write(_folder, "good", Authority, 90, names);
        var config = string.Join('\n',
        [
            "daemon off; worker_processes 1; error_log stderr; pid nginx.pid;",
            "events { worker_connections 64; }",
            "http {",
            $"access_log off; client_body_temp_path {_folder.Path}; proxy_temp_path {_folder.Path}; fastcgi_temp_path {_folder.Path}; "
                + $"uwsgi_temp_path {_folder.Path}; scgi_temp_path {_folder.Path};",
            $"upstream echo {{ server 127.0.0.1:{echo}; }}",
            // Nobody listens there: what a Service without endpoints is
            "upstream nobody { server 127.0.0.1:1; }",
            Servers(Good, good,
                $"proxy_pass http://echo; proxy_http_version 1.1; {asked} proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"),
            Servers(WithoutUpgrade, good, $"proxy_pass http://echo; proxy_http_version 1.1; {asked}"),
            Servers(WithoutEndpoints, good, "proxy_pass http://nobody;", down: true),
            Servers(SelfSigned, ServerCertificates.Write(_folder, "self-signed", null, 90, names), "return 302 /login;"),
            Servers(Expired, ServerCertificates.Write(_folder, "expired", Authority, -2, names), "return 302 /login;"),
            Servers(Expiring, ServerCertificates.Write(_folder, "expiring", Authority, 3, names), "return 302 /login;"),
            Servers(Due, ServerCertificates.Write(_folder, "due", Authority, 12, names), "return 302 /login;"),
            Servers(WrongName, ServerCertificates.Write(_folder, "wrong-name", Authority, 90, "studio.test", "*.connect.studio.test"), "return 302 /login;"),
            Servers(NoRule, good, "return 404;"),
            $"server {{ listen 127.0.0.1:{Redirecting}; return 301 https://$host$request_uri; }}",
            $"server {{ listen 127.0.0.1:{NotRedirecting}; return 200 plain; }}",
            "}",
        ]);
        _nginx = LoopbackServer.Start("nginx", ["-p", _folder.Path, "-c", _folder.Write("nginx.conf", config), "-e", "stderr"], Good, NotRedirecting);
    }

    /// <summary>Why tests are skipped; null where nginx is installed.</summary>
    public string? Missing { get; }

    public X509Certificate2 Authority { get; } = ServerCertificates.Authority("Tests of verify");

    /// <summary>Ports, by what is wrong with the hosts behind them.</summary>
    public int Good { get; } = LoopbackServer.FreePort();

    public int WithoutUpgrade { get; } = LoopbackServer.FreePort();

    public int WithoutEndpoints { get; } = LoopbackServer.FreePort();

    public int SelfSigned { get; } = LoopbackServer.FreePort();

    public int Expired { get; } = LoopbackServer.FreePort();

    public int Expiring { get; } = LoopbackServer.FreePort();

    public int Due { get; } = LoopbackServer.FreePort();

    public int WrongName { get; } = LoopbackServer.FreePort();

    public int NoRule { get; } = LoopbackServer.FreePort();

    public int Redirecting { get; } = LoopbackServer.FreePort();

    public int NotRedirecting { get; } = LoopbackServer.FreePort();

    /// <summary>A file with the authority, for <c>--ca-file</c>.</summary>
    public string AuthorityFile => _folder.Write("authority.pem", Authority.ExportCertificatePem());

    public void Dispose()
    {
        _nginx?.Dispose();
        _echo?.Close();
        _folder.Dispose();
        Authority.Dispose();
    }

    private static string Servers(int port, (string Certificate, string Key) files, string connect, bool down = false)
    {
        var listen = $"listen 127.0.0.1:{port} ssl; ssl_certificate {files.Certificate}; ssl_certificate_key {files.Key};";
        return $$"""
            server { {{listen}} server_name platform.studio.test;
              default_type application/json;
              location = /health { {{(down ? "return 503 '{\"status\": \"DOWN\"}'" : "return 200 '{\"status\": \"UP\"}'")}}; }
              location /api/studios/templates {
                if ($http_authorization != "Bearer hunter-token") { return 401; }
                if ($arg_workspaceId = "2") { return 200 '{"templates": [{"repository": "other:1", "tool": "jupyter"}]}'; }
                return 200 '{"templates": [{"repository": "registry.studio.test/jupyter:4.2.5-0.11", "tool": "jupyter"}], "totalSize": 1}';
              }
            }
            server { {{listen}} server_name workbench.studio.test;
              location = / { return 302 {{(down ? "http" : "https")}}://$host/auth-sign-in?appUri=%2F; }
              location = /auth-sign-in { return 200 '<form>'; }
            }
            server { {{listen.Replace(" ssl;", " ssl default_server;", StringComparison.Ordinal)}} server_name _; location / { {{connect}} } }
            """;
    }

    // Sessions answer so: who asks for a page gets one, who asks for a WebSocket gets one, and half a handshake is an error
    private static async Task EchoAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                if (context.Request.IsWebSocketRequest)
                {
                    var socket = (await context.AcceptWebSocketAsync(subProtocol: null)).WebSocket;
                    _ = EchoAsync(socket);
                    continue;
                }
                context.Response.StatusCode = (int)(context.Request.Headers["Sec-WebSocket-Key"] is null ? HttpStatusCode.OK : HttpStatusCode.UpgradeRequired);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the tests
        }
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        try
        {
            var bytes = new byte[1024];
            while (await socket.ReceiveAsync(bytes, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } message)
            {
                await socket.SendAsync(bytes.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // Whoever only asks whether it would be upgraded leaves without a word
        }
    }
}
