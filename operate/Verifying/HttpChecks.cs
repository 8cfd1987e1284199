using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>Whether the Platform and connect-proxy answer at their addresses, lead browsers to https and let WebSockets through.</summary>
internal sealed class HttpChecks(VerifyContext context) : ICheckGroup
{
    /// <summary>Holds a token of the Platform's API, with which its templates are compared.</summary>
    internal const string TokenVariable = "PLATFORM_TOKEN";

    public string Name => "http";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var targets = context.Targets;
        if (targets.Web.IsEmpty || targets.PlatformIsAbsent)
        {
            yield return new Finding("http", Outcome.Skipped, "answers of Platform and connect-proxy", targets.PlatformIsAbsent
                ? "nothing answers before the Platform is installed (studios.platform.state: absent)" : "the stack exports no address of Studios");
            yield break;
        }
        foreach (var check in Checks(targets, cancellation).ToList())
        {
            yield return await check;
        }
    }

    private IEnumerable<Task<Finding>> Checks(VerifyTargets targets, CancellationToken cancellation)
    {
        foreach (var target in new[] { targets.Platform, targets.Connect }.OfType<WebTarget>())
        {
            yield return WebChecks.RedirectAsync(context.Reach, target, cancellation);
        }
        yield return HealthAsync(targets, cancellation);
        yield return TemplatesAsync(targets, cancellation);
        foreach (var target in new[] { targets.Connect, targets.Session }.OfType<WebTarget>())
        {
            yield return AnswersAsync(target, cancellation);
            yield return UpgradesAsync(target, cancellation);
        }
    }

    private Task<Finding> HealthAsync(VerifyTargets targets, CancellationToken cancellation)
    {
        const string Expected = "HTTP 200 with status UP";
        return targets.HealthUrl is not { } url
            ? Task.FromResult(new Finding("http health", Outcome.Skipped, Expected, "the outputs do not say where the Platform's health is"))
            : WebChecks.AskAsync(context.Reach, $"http health {url}", new Uri(url), Expected,
                answer => answer.Status == HttpStatusCode.OK && Status(answer.Body) is "UP" ? "HTTP 200, UP" : null,
                answer => Status(answer.Body) is { } status ? $"{answer.Text}, {status}" : $"{answer.Text}, without a status",
                "Look at the Platform's backend: `kubectl logs deployment/backend`, its database and its Redis.", cancellation);
    }

    // {"status": "UP"}, with details where they are shown
    private static string? Status(string body) => Json(body) is { ValueKind: JsonValueKind.Object } json ? Text(json, "status") : null;

    private Task<Finding> AnswersAsync(WebTarget target, CancellationToken cancellation) => WebChecks.AskAsync(
        context.Reach, $"http {target.Label}", target.Url, "an answer of connect-proxy",
        answer => (int)answer.Status < 500 && !answer.IsOfTheGateway ? answer.Text : null,
        answer => answer.IsOfTheGateway ? $"{answer.Text} of the load balancer or ingress controller itself" : answer.Text,
        target.Role == "session"
            ? "Let the rule for the wildcard lead to the Service connect-proxy, port 80, behind the rules for exact hosts."
            : $"Let the rule for {target.Host} lead to the Service connect-proxy, port 80; look at `kubectl get endpointslices` and the pods' logs.",
        cancellation);

    private async Task<Finding> UpgradesAsync(WebTarget target, CancellationToken cancellation)
    {
        var check = $"http {target.Label} websocket";
        const string Expected = "HTTP 101, or what connect-proxy answers to those who are not signed in";
        const string Fix = "Let the load balancer or ingress controller pass `Upgrade` and `Connection` on, with HTTP/1.1 to connect-proxy; sessions are "
            + "nothing without it (docs/studios.md).";
        try
        {
            var upgrade = await UpgradeAnswer.AskAsync(context.Reach, target.Url, cancellation);
            if (upgrade.Upgraded)
            {
                return new Finding(check, Outcome.Passed, Expected, "HTTP 101");
            }
            // What refuses upgrades, or loses them on the way so that what is behind it misses them
            var refused = upgrade.Status is HttpStatusCode.BadRequest or HttpStatusCode.UpgradeRequired or HttpStatusCode.NotImplemented
                || (int)upgrade.Status >= (int)HttpStatusCode.InternalServerError;
            return refused ? new Finding(check, Outcome.Failed, Expected, $"HTTP {(int)upgrade.Status}", Fix)
                : new Finding(check, Outcome.Passed, Expected,
                    $"HTTP {(int)upgrade.Status}: the request came through, and only a session that somebody opened would upgrade it");
        }
        catch (Exception e) when (Unreached.Is(e))
        {
            return new Finding(check, Outcome.Failed, Expected, Unreached.Reason(e), Fix);
        }
    }

    private Task<Finding> TemplatesAsync(VerifyTargets targets, CancellationToken cancellation)
    {
        var token = context.Environment(TokenVariable) is { Length: > 0 } given ? given : null;
        if (targets.TemplatesUrl is not { } url)
        {
            return Task.FromResult(new Finding(
                "http templates", Outcome.Skipped, "the templates of Studios", "this kind of installation has no such endpoint"));
        }
        if (token is not null && context.Workspace is { } workspace)
        {
            return ListAsync(new Uri($"{url}{workspace}"), token, cancellation);
        }
        // Whoever has no token learns that the endpoint is there, by being refused
        return WebChecks.AskAsync(
            context.Reach, $"http templates {url}", new Uri($"{url}1"), "HTTP 401 or 403: it is there, and asks who you are",
            answer => answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? $"{answer.Text}; with {TokenVariable} and --workspace its templates are compared" : null,
            answer => answer.Text,
            "Look whether Studios is switched on in the Platform, and whether /api of its host leads to the Platform.", cancellation);
    }

    private Task<Finding> ListAsync(Uri url, string token, CancellationToken cancellation)
    {
        context.Filter.LearnText(token);
        var expected = ExpectedRepositories();
        return WebChecks.AskAsync(
            context.Reach, $"http templates {url}", url, $"HTTP 200 with {expected.Count} templates",
            answer => answer.Status == HttpStatusCode.OK && Listed(answer.Body) is { } listed && Lacking(expected, listed).Count == 0
                ? $"HTTP 200 with {listed.Count} templates" : null,
            answer => answer.Status != HttpStatusCode.OK ? answer.Text
                : Listed(answer.Body) is { } listed ? string.Join("; ", Lacking(expected, listed)) : "HTTP 200 without a list of templates",
            "A token of another user or workspace is refused with 401 or 403; where templates are missing, restart the Platform's backend with the variables "
            + "of this stack (docs/studios.md).",
            cancellation, token);
    }

    // The keys of templates are not in the answer: their images are
    private IReadOnlyList<string> ExpectedRepositories() => context.Settings.Studios is { } studios
        ? [.. StudiosChoices.For(studios).Templates.Select(template => template.Repository.ToString())] : [];

    private static List<string> Lacking(IReadOnlyList<string> expected, IReadOnlyList<(string Repository, string? Tool)> listed) =>
    [
        .. expected.Except(listed.Select(template => template.Repository), StringComparer.Ordinal).Select(repository => $"{repository} is missing"),
        // What the Platform makes of a template without _TOOL (seed 000)
        .. listed.Where(template => template.Tool == "custom" && expected.Contains(template.Repository))
            .Select(template => $"{template.Repository} has the tool 'custom'"),
    ];

    // {"templates": [{"repository": "public.cr.seqera.io/platform/data-studio-jupyter:4.2.5-0.12", "tool": "jupyter", …}]}, as tower-cli reads it
    private static List<(string Repository, string? Tool)>? Listed(string body) => Json(body) is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("templates", out var templates) && templates.ValueKind == JsonValueKind.Array
            ? [.. templates.EnumerateArray().Where(template => template.ValueKind == JsonValueKind.Object && Text(template, "repository") is not null)
                .Select(template => (Text(template, "repository")!, Text(template, "tool")))]
            : null;

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Json(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
