using System.Text;

namespace Infra.CodeStudios;

/// <summary>The configuration of nginx as text; it runs as any user, with everything that it writes below /tmp.</summary>
internal static class NginxText
{
    private const string Scratch = "/tmp/nginx";

    public static bool IsWord(string text) => text
        .All(character => char.IsAsciiLetterOrDigit(character) || "._-/".Contains(character, StringComparison.Ordinal));

    public static bool IsBalanced(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0 && !string.IsNullOrWhiteSpace(text);
    }

    public static string Configuration(NginxServer server, CodeStudioState before)
    {
        var text = new StringBuilder(
            $$"""
            worker_processes 1;
            pid {{Scratch}}/nginx.pid;
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
              include /etc/nginx/mime.types;
              default_type application/octet-stream;
              access_log off;
              client_body_temp_path {{Scratch}}/body;
              proxy_temp_path {{Scratch}}/proxy;
              fastcgi_temp_path {{Scratch}}/fastcgi;
              uwsgi_temp_path {{Scratch}}/uwsgi;
              scgi_temp_path {{Scratch}}/scgi;
              client_max_body_size 0;
              map $http_upgrade $connection_upgrade { default upgrade; "" close; }
              server {
                # The script that starts nginx writes the address: 0.0.0.0 for a public port.
                include {{Scratch}}/listen.conf;
                absolute_redirect off;

            """.ReplaceLineEndings("\n"));
        if (!server.IndexFiles.IsEmpty)
        {
            text.Append($"    index {string.Join(' ', server.IndexFiles)};\n");
        }

        foreach (var location in server.Locations)
        {
            text.Append($"    location {Modifier(location.Match)}{Quoted(location.Path)} {{\n");
            foreach (var line in Lines(location, before))
            {
                text.Append($"      {line}\n");
            }

            text.Append("    }\n");
        }

        return text.Append("  }\n}\n").ToString();
    }

    private static string Modifier(LocationMatch match) => match switch
    {
        LocationMatch.Exact => "= ",
        LocationMatch.PriorityPrefix => "^~ ",
        LocationMatch.Regex => "~ ",
        LocationMatch.RegexIgnoreCase => "~* ",
        _ => "",
    };

    private static string[] Lines(NginxLocation location, CodeStudioState before) => location.Mode switch
    {
        LocationMode.Folder => [$"alias {Quoted($"{before.Resolve(location.Folder).TrimEnd('/')}/")};"],
        LocationMode.Custom => before.Resolve(location.Custom).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'),
        _ =>
        [
            $"proxy_pass http://127.0.0.1:{BlockChecks.Text(location.ProxyPort)}{location.ProxyPath};",
            "proxy_set_header Host $http_host;",
            "proxy_set_header X-Forwarded-Proto $scheme;",
            "proxy_read_timeout 1h;",
            .. location.Websocket
                ? (string[])["proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection $connection_upgrade;"]
                : [],
            .. location.SubFilters.IsEmpty ? (string[])[] : ["proxy_set_header Accept-Encoding \"\";", "sub_filter_once off;"],
            .. location.SubFilters.Select(filter => $"sub_filter {Quoted(filter.From)} {Quoted(filter.To)};"),
        ],
    };

    private static string Quoted(string text) =>
        IsWord(text) && text.Length > 0 ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
