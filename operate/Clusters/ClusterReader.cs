using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;

namespace Operate.Clusters;

/// <summary>Asks the API server of one cluster, and changes nothing there. What it cannot get is a <see cref="ClusterException"/>.</summary>
/// <remarks>
/// The client's own methods read into classes that drop what they do not know, and wait for minutes: here an object is what the server says, and every question
/// has an end.
/// </remarks>
public sealed class ClusterReader : IDisposable
{
    /// <summary>How long one question may take.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    private const int PageSize = 500;

    // Beyond that nobody reads a list, and a namespace of pipelines can have a hundred thousand pods.
    private const int MostItems = 5_000;

    private readonly Kubernetes _client;
    private readonly TimeSpan _patience;

    /// <summary>Asks with a client of the library, which signs in as its kubeconfig says.</summary>
    /// <param name="client">The client, which is disposed with this.</param>
    /// <param name="context">Name of the context, for messages.</param>
    /// <param name="patience">How long one question may take; null for <see cref="DefaultPatience"/>.</param>
    public ClusterReader(Kubernetes client, string context, TimeSpan? patience = null)
    {
        _client = client;
        _patience = patience ?? DefaultPatience;
        Context = context;
    }

    public string Context { get; }

    /// <summary>What it signs in with, as far as that is a text: never to be shown.</summary>
    public ImmutableArray<string> Credentials { get; init; } = [];

    public Uri Server => _client.BaseUri;

    /// <summary>One object or document.</summary>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellation) => Parsed(path, await TextAsync(path, cancellation));

    /// <summary>The objects of a kind, in the order of the server, which is that of their names.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="ofNamespace">Their namespace; null for those of the cluster.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="metadataOnly">Leaves everything but names, labels and annotations at the server: of Secrets nobody needs more.</param>
    public async Task<ImmutableArray<JsonObject>> ListAsync(ApiKind kind, string? ofNamespace, CancellationToken cancellation, bool metadataOnly = false)
    {
        var items = ImmutableArray.CreateBuilder<JsonObject>();
        string? next = null;
        do
        {
            var path = $"{kind.Path(ofNamespace)}?limit={PageSize}{(next is null ? "" : $"&continue={Uri.EscapeDataString(next)}")}";
            var page = Parsed(path, await TextAsync(path, cancellation, metadataOnly ? MetadataOnly : null));
            var listed = page["items"] as JsonArray ?? [];
            var found = listed.OfType<JsonObject>().ToArray();
            // A node has one parent
            listed.Clear();
            foreach (var item in found)
            {
                // In a list they go without saying, and a manifest needs them
                item["apiVersion"] = kind.ApiVersion;
                item["kind"] = kind.Kind;
                items.Add(item);
            }

            next = Text(page["metadata"]?["continue"]);
        }
        while (next is { Length: > 0 } && items.Count < MostItems);
        return items.ToImmutable();
    }

    /// <summary>What a container wrote.</summary>
    /// <param name="ofNamespace">Namespace of the pod.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">Its name.</param>
    /// <param name="options">Which part of it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string> LogAsync(string ofNamespace, string pod, string container, LogOptions options, CancellationToken cancellation)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"container={Uri.EscapeDataString(container)}&tailLines={options.Lines}&limitBytes={options.Bytes}&timestamps=true");
        var since = options.Since is { } age ? string.Create(CultureInfo.InvariantCulture, $"&sinceSeconds={Math.Max(1, (long)age.TotalSeconds)}") : "";
        var text = await TextAsync(
            $"{ApiKind.Pods.Path(ofNamespace, pod)}/log?{query}{since}{(options.Previous ? "&previous=true" : "")}", cancellation, "*/*");
        // The server cuts at a byte: half a secret would be found by nobody.
        return Encoding.UTF8.GetByteCount(text) < options.Bytes ? text : text[..(text.LastIndexOf('\n') + 1)];
    }

    /// <summary>What a Service answers to a GET through the API server, whatever its code; redirects are not followed.</summary>
    public async Task<(HttpStatusCode Code, string Text)> ServiceAsync(
        string ofNamespace,
        string service,
        int port,
        string path,
        CancellationToken cancellation)
    {
        var whole = $"{ApiKind.Services.Path(ofNamespace)}/{Uri.EscapeDataString($"http:{service}:{port}")}/proxy/{path}";
        using var answer = await SendAsync(HttpMethod.Get, whole, null, "*/*", null, cancellation);
        var text = await BodyAsync(answer, whole, cancellation);
        // The API server's own refusals are a Status, what the Service says is not
        return Status(text) is { } refusal && !answer.IsSuccessStatusCode
            ? throw ClusterException.Of(whole, answer.StatusCode, refusal)
            : (answer.StatusCode, text);
    }

    /// <summary>Asks a question that is written as an object: reviews of access change nothing.</summary>
    /// <param name="path">Where reviews of its kind are asked.</param>
    /// <param name="question">The object.</param>
    /// <param name="impersonated">User and groups in whose place it is asked; null for one's own.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<JsonObject> AskAsync(string path, JsonObject question, Impersonation? impersonated, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, question, null, impersonated, cancellation);
        var text = await BodyAsync(answer, path, cancellation);
        return answer.IsSuccessStatusCode ? Parsed(path, text) : throw ClusterException.Of(path, answer.StatusCode, Status(text) ?? Short(text));
    }

    public void Dispose() => _client.Dispose();

    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private async Task<string> TextAsync(string path, CancellationToken cancellation, string? accept = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, accept, null, cancellation);
        var text = await BodyAsync(answer, path, cancellation);
        return answer.IsSuccessStatusCode ? text : throw ClusterException.Of(path, answer.StatusCode, Status(text) ?? Short(text));
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonObject? body, string? accept, Impersonation? impersonated, CancellationToken cancellation) =>
        InTimeAsync(
            path,
            async limited =>
            {
                using var request = new HttpRequestMessage(method, new Uri(_client.BaseUri, path));
                request.Headers.Accept.ParseAdd(accept ?? "application/json");
                foreach (var (name, value) in impersonated?.Headers ?? [])
                {
                    request.Headers.Add(name, value);
                }

                request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                if (_client.Credentials is { } credentials)
                {
                    await credentials.ProcessHttpRequestAsync(request, limited);
                }

                return await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            },
            cancellation);

    private Task<string> BodyAsync(HttpResponseMessage answer, string path, CancellationToken cancellation) =>
        InTimeAsync(path, answer.Content.ReadAsStringAsync, cancellation);

    private async Task<T> InTimeAsync<T>(string path, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            return await ask(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ClusterException.Late(_client.BaseUri, path.Split('?')[0], _patience);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or k8s.Exceptions.KubernetesClientException)
        {
            throw ClusterException.Of(_client.BaseUri, e);
        }
    }

    private JsonObject Parsed(string path, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("is no object");
        }
        catch (JsonException e)
        {
            throw new ClusterException(
                ClusterFault.Broken, $"What {_client.BaseUri} answers to {path.Split('?')[0]} is no object of Kubernetes.",
                "Look whether the address leads to a proxy, or to its page for signing in.", e);
        }
    }

    /// <summary>An object as its class in the client; what the class lacks is left out.</summary>
    internal static T Typed<T>(JsonObject item)
    {
        try
        {
            return KubernetesJson.Deserialize<T>(item.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new ClusterException(
                ClusterFault.Broken, $"{Text(item["kind"])} {Text(item["metadata"]?["name"])} is not what Kubernetes says of its kind: {e.Message}",
                "Report it with the object, secrets removed.", e);
        }
    }

    // {"kind":"Status","status":"Failure","message":"pods is forbidden: User \"ci\" cannot list …","reason":"Forbidden","code":403}
    private static string? Status(string text)
    {
        try
        {
            return text.StartsWith('{') && JsonNode.Parse(text) is JsonObject status && Text(status["kind"]) == "Status" ? Text(status["message"]) ?? "" : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Short(string text)
    {
        const int Most = 200;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Most ? line : $"{line[..Most]} …";
    }
}

/// <summary>Which part of a container's log.</summary>
/// <param name="Lines">The most lines, from the end.</param>
/// <param name="Bytes">The most bytes.</param>
/// <param name="Since">How old a line may be; null for any.</param>
/// <param name="Previous">Whether it is that of the container before its last restart.</param>
public sealed record LogOptions(int Lines, int Bytes, TimeSpan? Since, bool Previous = false);

/// <summary>In whose place a question is asked.</summary>
/// <param name="User">The user.</param>
/// <param name="Groups">Its groups.</param>
public sealed record Impersonation(string User, ImmutableArray<string> Groups)
{
    /// <summary>A service account as the API server knows it.</summary>
    public static Impersonation Account(string ofNamespace, string name) => new(
        $"system:serviceaccount:{ofNamespace}:{name}", ["system:serviceaccounts", $"system:serviceaccounts:{ofNamespace}", "system:authenticated"]);

    internal IEnumerable<(string Name, string Value)> Headers => Groups.Select(group => ("Impersonate-Group", group)).Prepend(("Impersonate-User", User));
}
