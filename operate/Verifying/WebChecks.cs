using System.Net;
using System.Runtime.CompilerServices;
using Stacks;

namespace Operate.Verifying;

/// <summary>Checks of one request that several groups make.</summary>
internal static class WebChecks
{
    private const int HttpsPort = 443;

    /// <summary>Asks for an address and judges the answer; a host that gives none is a failed finding.</summary>
    /// <param name="reach">The way there.</param>
    /// <param name="check">Name of the finding.</param>
    /// <param name="url">The address.</param>
    /// <param name="expected">What should be answered.</param>
    /// <param name="passed">What was found, where the answer is good; else null.</param>
    /// <param name="failed">What was found, where it is not.</param>
    /// <param name="fix">What to do then.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="token">Token of the API, where it is asked with one.</param>
    public static async Task<Finding> AskAsync(
        NetworkReach reach, string check, Uri url, string expected, Func<HttpAnswer, string?> passed, Func<HttpAnswer, string> failed, string fix,
        CancellationToken cancellation, string? token = null)
    {
        try
        {
            var answer = await HttpAnswer.GetAsync(reach, url, cancellation, token);
            return passed(answer) is { } found ? new Finding(check, Outcome.Passed, expected, found)
                : new Finding(check, Outcome.Failed, expected, failed(answer), fix);
        }
        catch (Exception e) when (Unreached.Is(e))
        {
            return new Finding(check, Outcome.Failed, expected, Unreached.Reason(e), "See what `dns` and `tls` say of this host first.");
        }
    }

    /// <summary>Whether plain HTTP leads to https at the same host.</summary>
    public static Task<Finding> RedirectAsync(NetworkReach reach, WebTarget target, CancellationToken cancellation)
    {
        var (check, expected) = ($"http {target.Host} redirect", $"a redirect to https://{target.Host}");
        if (target.Url.Scheme != Uri.UriSchemeHttps || target.Url.Port != HttpsPort)
        {
            return Task.FromResult(new Finding(check, Outcome.Skipped, expected, "only a host with https at its usual port has one"));
        }
        return AskAsync(
            reach, check, new UriBuilder(Uri.UriSchemeHttp, target.Host).Uri, expected,
            answer => IsRedirect(answer.Status) && answer.Location is { IsAbsoluteUri: true, Scheme: "https" } to && to.IdnHost == target.Host
                ? answer.Text : null,
            answer => answer.Text,
            "Switch the redirect on at the load balancer or ingress controller: this program does where it makes the Ingress.", cancellation);
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}

/// <summary>Whether Workbench and Code Studios answer at their addresses for browsers.</summary>
internal sealed class WorkbenchHttpChecks(VerifyContext context) : ICheckGroup
{
    private const int LongestWay = 4;

    public string Name => "workbench";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var checks = Checks(cancellation).ToList();
        if (checks.Count == 0)
        {
            yield return new Finding("workbench", Outcome.Skipped, "answers of Workbench and Code Studios", "the stack has neither");
        }
        foreach (var check in checks)
        {
            yield return await check;
        }
    }

    private IEnumerable<Task<Finding>> Checks(CancellationToken cancellation)
    {
        if (context.Targets.Workbench is { } workbench)
        {
            yield return WebChecks.RedirectAsync(context.Reach, workbench, cancellation);
            yield return SignInAsync(workbench, cancellation);
        }
        else if (context.Outputs.Workbench is { } inside)
        {
            var service = inside.Text(nameof(WorkbenchOutputs.ServiceName)) ?? "SERVICE";
            yield return Task.FromResult(new Finding("workbench sign-in page", Outcome.Skipped, "the sign-in page",
                "it has no address for browsers: "
                    + $"`kubectl port-forward --namespace {inside.Text(nameof(WorkbenchOutputs.Namespace))} service/{service} 8787:80` "
                + "and look at http://localhost:8787"));
        }
        foreach (var (name, studio) in context.Outputs.CodeStudios)
        {
            var forward = studio.Text(nameof(CodeStudioOutputs.PortForward));
            foreach (var (port, url) in studio.TextsByName(nameof(CodeStudioOutputs.Urls)).Concat(studio.TextsByName(nameof(CodeStudioOutputs.WebappUrls))))
            {
                yield return CodeStudioAsync($"code studio {name} {port}", url, forward, cancellation);
            }
        }
    }

    private async Task<Finding> SignInAsync(WebTarget target, CancellationToken cancellation)
    {
        var check = $"workbench {target.Host} sign-in page";
        const string Expected = "the sign-in page, or a redirect to that of an identity provider";
        const string Fix =
            "Look at the pods of Workbench (`kubectl get pods`, their license and database), and let the ingress controller send X-Forwarded-Proto.";
        try
        {
            var (url, answer) = (target.Url, await HttpAnswer.GetAsync(context.Reach, target.Url, cancellation));
            // From its root to its own page is one redirect, and to that of the identity provider another
            for (var steps = 0; steps < LongestWay && Next(url, answer) is { } next && next.IdnHost == target.Host && next.Scheme == target.Url.Scheme; steps++)
            {
                (url, answer) = (next, await HttpAnswer.GetAsync(context.Reach, next, cancellation));
            }
            var to = Next(url, answer);
            return to is { Scheme: "http" } && target.Url.Scheme == Uri.UriSchemeHttps && to.IdnHost == target.Host
                ? new Finding(check, Outcome.Failed, Expected, $"{answer.Text} at {url}: Workbench takes the request for plain HTTP", Fix)
                : answer.Status == HttpStatusCode.OK || (to is not null && to.IdnHost != target.Host)
                ? new Finding(check, Outcome.Passed, Expected, $"{answer.Text} at {url}")
                : new Finding(check, Outcome.Failed, Expected, answer.IsOfTheGateway
                    ? $"{answer.Text} of the load balancer or ingress controller itself" : $"{answer.Text} at {url}", Fix);
        }
        catch (Exception e) when (Unreached.Is(e))
        {
            return new Finding(check, Outcome.Failed, Expected, Unreached.Reason(e), "See what `dns` and `tls` say of this host first.");
        }
    }

    // HTTPS ends at the controller: without X-Forwarded-Proto Workbench sends browsers to http
    private static Uri? Next(Uri url, HttpAnswer answer) => answer.Location is { } to && new Uri(url, to) is { Scheme: "http" or "https" } next ? next : null;

    private Task<Finding> CodeStudioAsync(string check, string url, string? forward, CancellationToken cancellation)
    {
        const string Expected = "an answer of the tool";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Task.FromResult(new Finding(check, Outcome.Skipped, Expected, $"{url} is no web address"));
        }
        if (address.IsLoopback && forward is not null)
        {
            return Task.FromResult(new Finding(check, Outcome.Skipped, Expected, $"it is reached by `{forward}` only, at {url}"));
        }
        return WebChecks.AskAsync(
            context.Reach, check, address, Expected,
            answer => (int)answer.Status < 500 && !answer.IsOfTheGateway ? answer.Text : null,
            answer => answer.IsOfTheGateway ? $"{answer.Text} of the load balancer or ingress controller itself" : answer.Text,
            "Look at its pod: `kubectl get pods`, and at the logs of the tool in it.", cancellation);
    }
}
