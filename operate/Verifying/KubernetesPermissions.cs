using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Tower;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Whether launchers may do what their vendors say they do: Workbench's, and those of compute environments.</summary>
/// <remarks>
/// Asked about the service account, not about who asks: by a SubjectAccessReview, or, where one may not make those, by a SelfSubjectAccessReview in the
/// account's place. Each line says which. What neither allows is a failed check: nothing was found out.
/// </remarks>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="tower">Compute environments by name: namespace and account of the head job.</param>
public sealed class KubernetesPermissions(ClusterSight sight, ImmutableArray<LauncherAccount> tower) : KubernetesGroup(sight)
{
    private const string Reviews = "apis/authorization.k8s.io/v1/subjectaccessreviews";
    private const string OwnReviews = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private const int AtOnce = 8;

    // Role of the chart rstudio-workbench 0.22.0, which is that of rstudio-launcher-rbac (rstudio/helm at f163d4f of 2026-08-20, library template _rbac.tpl)
    private static readonly ImmutableArray<(string Group, string Resource, string[] Verbs)> WorkbenchRules =
    [
        ("", "serviceaccounts", ["list"]),
        ("", "pods/log", ["get", "watch", "list"]),
        ("", "pods", ["get", "create", "update", "patch", "watch", "list", "delete"]),
        ("", "pods/attach", ["get", "create", "update", "patch", "watch", "list", "delete"]),
        ("", "pods/exec", ["get", "create", "update", "patch", "watch", "list", "delete"]),
        ("", "events", ["watch"]),
        ("", "services", ["create", "get", "watch", "list", "delete"]),
        ("batch", "jobs", ["create", "update", "patch", "get", "watch", "list", "delete"]),
        ("metrics.k8s.io", "pods", ["get"]),
    ];

    private static readonly ImmutableArray<(string Group, string Resource, string[] Verbs)> TowerRules =
        [.. LauncherRules.All.SelectMany(rule => rule.Resources.Select(resource => (rule.ApiGroup, resource, LauncherRules.Verbs.ToArray())))];

    public override string Name => "permissions";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = false;
        if (Sight.Parts.Any(part => part.Concept == "workbench"))
        {
            asked = true;
            await foreach (var finding in WorkbenchAsync(cancellation))
            {
                yield return finding;
            }
        }

        foreach (var launcher in tower)
        {
            asked = true;
            await foreach (var finding in AccountAsync(launcher, TowerRules, cancellation))
            {
                yield return finding;
            }
        }

        if (!asked)
        {
            yield return new Finding(Name, Outcome.Skipped, "launchers with their rights", "the stack has neither Workbench nor a compute environment");
        }
    }

    private async IAsyncEnumerable<Finding> WorkbenchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var chart = HelmCharts.PositWorkbench;
        var list = await Sight.ListAsync(ApiKind.Deployments, chart.Namespace, cancellation);
        var server = list.Items.Select(ClusterReader.Typed<V1Deployment>).FirstOrDefault(item => item.GetLabel("app.kubernetes.io/name") == chart.Name);
        if (server is null)
        {
            yield return list.Trouble is { } trouble
                ? Unread(list.What, trouble)
                : new Finding(
                    "launcher of Workbench",
                    Outcome.Skipped,
                    "a Deployment of the chart, which names its account",
                    $"there is none in {chart.Namespace}; see rollouts");
            yield break;
        }

        var account = server.Spec.Template?.Spec?.ServiceAccountName is { Length: > 0 } named ? named : "default";
        await foreach (var finding in AccountAsync(new LauncherAccount("workbench", chart.Namespace, account), WorkbenchRules, cancellation))
        {
            yield return finding;
        }
    }

    private async IAsyncEnumerable<Finding> AccountAsync(
        LauncherAccount launcher,
        ImmutableArray<(string Group, string Resource, string[] Verbs)> rules,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = await Sight.ReaderAsync(cancellation);
        var who = Impersonation.Account(launcher.Namespace, launcher.Account);
        var (review, trouble) = await WayAsync(reader, launcher, who, cancellation);
        if (review is null)
        {
            yield return new Finding(
                $"rights of {who.User}", Outcome.Failed, "can be asked for", trouble!.Message,
                "Ask as somebody who may create subjectaccessreviews, or impersonate service accounts.");
            yield break;
        }

        using var room = new SemaphoreSlim(AtOnce);
        foreach (var rule in rules)
        {
            var answers = await Task.WhenAll(rule.Verbs.Select(async verb =>
            {
                await room.WaitAsync(cancellation);
                try
                {
                    return (Verb: verb, Denied: await DeniedAsync(review, launcher.Namespace, rule.Group, rule.Resource, verb, cancellation));
                }
                finally
                {
                    room.Release();
                }
            }));
            yield return Of(launcher, who, rule, answers, review.Way);
        }
    }

    private static Finding Of(
        LauncherAccount launcher, Impersonation who, (string Group, string Resource, string[] Verbs) rule, (string Verb, string? Denied)[] answers, string way)
    {
        var resource = rule.Group.Length == 0 ? rule.Resource : $"{rule.Resource}.{rule.Group}";
        var check = $"{launcher.Concept}: {launcher.Account} on {resource} in {launcher.Namespace}";
        var denied = answers.Where(answer => answer.Denied is not null).ToArray();
        return denied.Length == 0
            ? new(check, Outcome.Passed, string.Join(", ", rule.Verbs), $"all allowed (by {way})")
            : new(
                check, Outcome.Failed, string.Join(", ", rule.Verbs),
                $"not allowed: {string.Join(", ", denied.Select(answer => answer.Verb))} (by {way}){Because(denied[0].Denied!)}",
                $"Deploy the stack: its Role and RoleBinding grant it to {who.User}. kubectl auth can-i --list --as {who.User} --namespace "
                + $"{launcher.Namespace} shows what there is.");

        static string Because(string reason) => reason.Length == 0 ? "" : $": {reason}";
    }

    private sealed record Review(ClusterReader Reader, string Way, string Path, Impersonation? Impersonated, Impersonation Subject);

    // Whoever may make reviews of others needs no more; otherwise one's own review in the account's place
    private static async Task<(Review? Review, ClusterException? Trouble)> WayAsync(
        ClusterReader reader, LauncherAccount launcher, Impersonation who, CancellationToken cancellation)
    {
        Review[] ways =
        [
            new(reader, "SubjectAccessReview", Reviews, null, who), new(reader, "SelfSubjectAccessReview in its place", OwnReviews, who, who),
        ];
        ClusterException? first = null;
        foreach (var way in ways)
        {
            try
            {
                await DeniedAsync(way, launcher.Namespace, "", "pods", "get", cancellation);
                return (way, null);
            }
            catch (ClusterException trouble)
            {
                first ??= trouble;
            }
        }

        return (null, first);
    }

    // Null where it is allowed; otherwise what the authorizer says, which is often nothing
    private static async Task<string?> DeniedAsync(
        Review review,
        string ofNamespace,
        string group,
        string resource,
        string verb,
        CancellationToken cancellation)
    {
        var parts = resource.Split('/', 2);
        var spec = new JsonObject
        {
            ["resourceAttributes"] = new JsonObject
            {
                ["namespace"] = ofNamespace,
                ["group"] = group,
                ["resource"] = parts[0],
                ["subresource"] = parts.Length > 1 ? parts[1] : "",
                ["verb"] = verb,
            },
        };
        if (review.Impersonated is null)
        {
            spec["user"] = review.Subject.User;
            spec["groups"] = new JsonArray([.. review.Subject.Groups.Select(name => JsonValue.Create(name))]);
        }

        var question = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = review.Impersonated is null ? "SubjectAccessReview" : "SelfSubjectAccessReview",
            ["spec"] = spec,
        };
        var answer = await review.Reader.AskAsync(review.Path, question, review.Impersonated, cancellation);
        return answer["status"]?["allowed"]?.GetValue<bool>() == true ? null : $"{answer["status"]?["reason"]}";
    }
}

/// <summary>The account of a launcher.</summary>
/// <param name="Concept">The key of the stack file that it belongs to.</param>
/// <param name="Namespace">Its namespace, in which it launches.</param>
/// <param name="Account">Its name.</param>
public sealed record LauncherAccount(string Concept, string Namespace, string Account);
