using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Operate.Clusters;

namespace Tests.Operate.Support;

/// <summary>
/// Speaks as a Kubernetes API server does where it is only read: lists with pages, single objects, logs, Services behind it, reviews of access, refusals.
/// </summary>
/// <remarks>
/// A real one cannot be had here: Debian has etcd and kubectl, and neither kube-apiserver nor k3s; what npm and NuGet have starts containers.
/// Objects are classes of the client, which are generated from the OpenAPI documents of Kubernetes; texts of refusals are those of a server of version 1.33.
/// </remarks>
internal sealed class ApiServer : IAsyncDisposable
{
    /// <summary>The token of everybody who may do everything.</summary>
    public const string Token = "api-server-test-token-4c1d";

    private static readonly ImmutableArray<ApiKind> Kinds =
        [.. typeof(ApiKind).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<ApiKind>()];

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);

    private ApiServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Urls.First());

    /// <summary>Logs by <c>namespace/pod/container</c>, with <c>/previous</c> behind that of the container before.</summary>
    public Dictionary<string, string> Logs { get; } = new(StringComparer.Ordinal);

    /// <summary>What Services answer, by <c>namespace/service:port/path</c>.</summary>
    public Dictionary<string, (int Code, string Text)> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Refused with 403: plural of a kind, or <c>namespace/plural</c>.</summary>
    public HashSet<string> Forbidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Which answers to reviews are yes: user, <c>verb resource.group</c>.</summary>
    public Func<string, string, bool> Allows { get; set; } = (_, _) => true;

    /// <summary>Whether the caller may impersonate.</summary>
    public bool MayImpersonate { get; set; } = true;

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What was asked: method and path with query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Starts one on a free port of the loopback interface.</summary>
    /// <param name="certificate">What it shows; null for plain HTTP.</param>
    public static async Task<ApiServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listening =>
        {
            listening.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listening.UseHttps(certificate);
            }
        }));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var application = builder.Build();
        var server = new ApiServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>Adds an object, or takes the place of one of its name.</summary>
    public ApiServer Add(params ReadOnlySpan<object> objects)
    {
        foreach (var added in objects)
        {
            var item = JsonNode.Parse(KubernetesJson.Serialize(added))!.AsObject();
            var type = added.GetType().GetCustomAttribute<k8s.Models.KubernetesEntityAttribute>()!;
            Add(Kinds.First(kind => kind.Group == type.Group && kind.Plural == type.PluralName), item);
        }

        return this;
    }

    /// <summary>Adds an object by what it says of its kind; those of kinds that are not served here are left out.</summary>
    public bool TryAdd(JsonObject item)
    {
        var kind = Kinds.FirstOrDefault(known => known.ApiVersion == $"{item["apiVersion"]}" && known.Kind == $"{item["kind"]}");
        if (kind is not null)
        {
            Add(kind, item);
        }

        return kind is not null;
    }

    /// <summary>The same of a kind that the client has no class for.</summary>
    public ApiServer Add(ApiKind kind, JsonObject item)
    {
        item["metadata"]!["uid"] ??= $"00000000-0000-4000-8000-{_objects.Count:x12}";
        _objects[kind.Path(kind.IsNamespaced ? $"{item["metadata"]!["namespace"]}" : null, $"{item["metadata"]!["name"]}")] = item;
        return this;
    }

    /// <summary>Takes an object away.</summary>
    public void Remove(ApiKind kind, string? ofNamespace, string name) => _objects.TryRemove(kind.Path(ofNamespace, name), out _);

    /// <summary>A kubeconfig that leads here.</summary>
    /// <param name="context">Name of its only context.</param>
    /// <param name="token">What it signs in with.</param>
    /// <param name="authority">Certificate authority that it trusts.</param>
    public string Kubeconfig(string context = "kind-studios", string token = Token, X509Certificate2? authority = null) =>
        KubeconfigFor(Url, context, token, authority);

    /// <summary>A kubeconfig that leads anywhere.</summary>
    public static string KubeconfigFor(Uri server, string context, string token, X509Certificate2? authority = null) =>
        $$"""
            apiVersion: v1
            kind: Config
            current-context: {{context}}
            contexts:
            - name: {{context}}
              context: {cluster: double, user: tester}
            clusters:
            - name: double
              cluster:
                server: {{server}}
                {{(
                authority is null
                    ? ""
                    : $"certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem()))}"
            )}}
            users:
            - name: tester
              user: {token: {{token}}}
            """;

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!.TrimStart('/'));
        Requests.Enqueue($"{request.Method} {path}{request.QueryString}");
        await Task.Delay(Delay, context.RequestAborted);
        if (request.Headers.Authorization != $"Bearer {Token}")
        {
            await RefuseAsync(context, 401, "Unauthorized", "Unauthorized");
        }
        else if (path == "version")
        {
            await WriteAsync(context, new JsonObject { ["major"] = "1", ["minor"] = "33", ["gitVersion"] = "v1.33.1", ["platform"] = "linux/amd64" });
        }
        else if (request.Method == "POST")
        {
            await ReviewAsync(context, path);
        }
        else if (path.Split('/') is ["api", "v1", "namespaces", var space, "pods", var pod, "log"])
        {
            await LogAsync(context, space, pod);
        }
        else if (path.Split('/') is ["api", "v1", "namespaces", var home, "services", var service, "proxy", .. var rest])
        {
            await ProxyAsync(context, $"{home}/{Uri.UnescapeDataString(service).Split(':', 2)[^1]}/{string.Join('/', rest)}");
        }
        else
        {
            await ReadAsync(context, path);
        }
    }

    private async Task ReadAsync(HttpContext context, string path)
    {
        var served = Kinds.Where(kind => path == (kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.Group}/{kind.Version}")).ToArray();
        if (served.Length > 0)
        {
            await WriteAsync(context, new JsonObject
            {
                ["kind"] = "APIResourceList",
                ["resources"] = new JsonArray([.. served.Select(kind => new JsonObject
                {
                    ["name"] = kind.Plural, ["kind"] = kind.Kind, ["namespaced"] = kind.IsNamespaced,
                })]),
            });
            return;
        }

        var parts = path.Split('/');
        var space = Array.IndexOf(parts, "namespaces") is > 0 and var at && at + 2 < parts.Length ? parts[at + 1] : null;
        var found = Kinds.FirstOrDefault(kind =>
            $"{path}/".StartsWith($"{kind.Path(kind.IsNamespaced ? space : null)}/", StringComparison.Ordinal));
        if (
            found is null
            || (found.Group == ApiKind.Gateways.Group && !_objects.Keys.Any(key => key.StartsWith($"apis/{found.Group}/", StringComparison.Ordinal))))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("404 page not found\n");
            return;
        }

        var isList = path == found.Path(found.IsNamespaced ? space : null);
        if (Forbidden.Contains(found.Plural) || Forbidden.Contains($"{space}/{found.Plural}"))
        {
            var where = space is null ? "at the cluster scope" : $"in the namespace \"{space}\"";
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                $"{found.Plural} is forbidden: User \"tester\" cannot {(isList ? "list" : "get")} resource \"{found.Plural}\" in API group "
                + "\"{found.Group}\" {where}");
        }
        else if (isList)
        {
            await ListAsync(context, found, path);
        }
        else if (_objects.TryGetValue(path, out var item))
        {
            await WriteAsync(context, item);
        }
        else
        {
            await RefuseAsync(context, 404, "NotFound", $"{found.Plural} \"{parts[^1]}\" not found");
        }
    }

    private async Task ListAsync(HttpContext context, ApiKind kind, string path)
    {
        var isPartial = $"{context.Request.Headers.Accept}".Contains("PartialObjectMetadataList", StringComparison.Ordinal);
        var all = _objects.Where(entry => entry.Key.StartsWith($"{path}/", StringComparison.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.DeepClone().AsObject()).ToArray();
        var limit = int.TryParse(context.Request.Query["limit"], out var wanted) ? wanted : all.Length;
        var from = int.TryParse(context.Request.Query["continue"], out var start) ? start : 0;
        foreach (var item in all)
        {
            item.Remove("kind");
            item.Remove("apiVersion");
            if (isPartial)
            {
                foreach (var key in item.Select(entry => entry.Key).Where(key => key != "metadata").ToArray())
                {
                    item.Remove(key);
                }
            }
        }

        await WriteAsync(context, new JsonObject
        {
            ["kind"] = isPartial ? "PartialObjectMetadataList" : $"{kind.Kind}List",
            ["apiVersion"] = isPartial ? "meta.k8s.io/v1" : kind.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = "4711", ["continue"] = from + limit < all.Length ? $"{from + limit}" : "" },
            ["items"] = new JsonArray([.. all.Skip(from).Take(limit)]),
        });
    }

    private async Task LogAsync(HttpContext context, string space, string pod)
    {
        var (container, previous) = ($"{context.Request.Query["container"]}", context.Request.Query["previous"] == "true");
        if (Forbidden.Contains("pods/log"))
        {
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                $"pods \"{pod}\" is forbidden: User \"tester\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"{space}\"");
        }
        else if (Logs.TryGetValue($"{space}/{pod}/{container}{(previous ? "/previous" : "")}", out var text))
        {
            var most = int.Parse($"{context.Request.Query["limitBytes"]}", System.Globalization.CultureInfo.InvariantCulture);
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, Math.Min(most, bytes.Length)));
        }
        else
        {
            await RefuseAsync(context, 400, "BadRequest", $"{(previous ? "previous terminated " : "")}container \"{container}\" in pod \"{pod}\" not found");
        }
    }

    private async Task ProxyAsync(HttpContext context, string key)
    {
        if (Forbidden.Contains("services/proxy"))
        {
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                "services \"http:…\" is forbidden: User \"tester\" cannot get resource \"services/proxy\" in API group \"\"");
        }
        else if (Services.TryGetValue(key, out var answer))
        {
            context.Response.StatusCode = answer.Code;
            await context.Response.WriteAsync(answer.Text);
        }
        else
        {
            await RefuseAsync(context, 503, "ServiceUnavailable", $"no endpoints available for service \"{key.Split('/')[1]}\"");
        }
    }

    private async Task ReviewAsync(HttpContext context, string path)
    {
        var question = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var impersonated = $"{context.Request.Headers["Impersonate-User"]}";
        var isOwn = path.EndsWith("selfsubjectaccessreviews", StringComparison.Ordinal);
        if (impersonated.Length > 0 && !MayImpersonate)
        {
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                $"serviceaccounts \"{impersonated.Split(':')[^1]}\" is forbidden: User \"tester\" cannot impersonate resource \"serviceaccounts\"");
            return;
        }

        if (!isOwn && Forbidden.Contains("subjectaccessreviews"))
        {
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                "subjectaccessreviews.authorization.k8s.io is forbidden: User \"tester\" cannot create resource \"subjectaccessreviews\" in API group "
                + "\"authorization.k8s.io\" at the cluster scope");
            return;
        }

        var asked = question["spec"]!["resourceAttributes"]!;
        var resource =
            $"{asked["resource"]}{($"{asked["subresource"]}" is { Length: > 0 } sub ? $"/{sub}" : "")}"
            + ($"{asked["group"]}" is { Length: > 0 } group ? $".{group}" : "");
        var allowed = Allows(isOwn ? impersonated : $"{question["spec"]!["user"]}", $"{asked["verb"]} {resource}");
        question["status"] = new JsonObject { ["allowed"] = allowed, ["reason"] = allowed ? "RBAC: allowed by RoleBinding" : "" };
        context.Response.StatusCode = 201;
        await WriteAsync(context, question);
    }

    private static Task RefuseAsync(HttpContext context, int code, string reason, string message)
    {
        context.Response.StatusCode = code;
        return WriteAsync(context, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = message,
            ["reason"] = reason,
            ["code"] = code,
        });
    }

    private static Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
