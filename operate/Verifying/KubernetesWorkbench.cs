using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Infra.Charts;
using Infra.Workbench;
using k8s.Models;
using Operate.Clusters;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>Workbench behind its Service: the sign-in page, the licence, the environments that its files enable and the images of sessions.</summary>
/// <remarks>
/// The vendor's check is to sign in and start each environment by hand. A session takes a licence, a home directory and somebody's password, so none is started
/// here: that an environment is offered is read from the files that the server runs with, that its image can be pulled from the nodes that have pulled it.
/// </remarks>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="settings">What the stack file says of Workbench; null without it.</param>
/// <param name="service">Name of its Service as it is exported; null for the chart's.</param>
public sealed partial class KubernetesWorkbench(ClusterSight sight, WorkbenchSettings? settings, string? service) : KubernetesGroup(sight)
{
    private const int Port = 80;
    private const int FewestDays = 14;
    private const string NotStarted = "no session is started here: sign in and start one to be sure";

    private static readonly string Home = HelmCharts.PositWorkbench.Namespace;

    public override string Name => "workbench-server";

    private string Service => service ?? WorkbenchValues.Release;

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (settings is null)
        {
            yield return new Finding(Name, Outcome.Skipped, "a stack with Workbench", "the stack file has no platform:workbench");
            yield break;
        }

        var reader = await Sight.ReaderAsync(cancellation);
        yield return await SignInAsync(reader, cancellation);
        yield return await LicenceAsync(reader, cancellation);
        var files = await FilesAsync(cancellation);
        foreach (var ide in Enum.GetValues<WorkbenchIde>())
        {
            yield return files.Trouble is null ? Of(ide, files.Server) : Unread($"{ide} in the files of Workbench", files.Trouble);
        }

        if (files.Trouble is not null)
        {
            yield break;
        }

        foreach (var image in Images(files.Server))
        {
            yield return await PulledAsync(image, cancellation);
        }
    }

    private async Task<Finding> SignInAsync(ClusterReader reader, CancellationToken cancellation)
    {
        var (check, expected) = ("sign-in page through the Service", $"{Service}:{Port}/auth-sign-in answers with a page, or leads to the provider");
        try
        {
            var (code, text) = await reader.ServiceAsync(Home, Service, Port, "auth-sign-in", cancellation);
            return code switch
            {
                HttpStatusCode.OK when text.Contains("<html", StringComparison.OrdinalIgnoreCase) => new(check, Outcome.Passed, expected, "200, a page"),
                HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect => new(
                    check,
                    Outcome.Passed,
                    expected,
                    $"{(int)code}, a redirect"),
                _ => new(
                    check,
                    Outcome.Failed,
                    expected,
                    $"{(int)code}",
                    $"kubectl logs deployment/{WorkbenchValues.Release} --container rstudio --namespace {Home} says what the server lacks: database, "
                    + "licence, keys."),
            };
        }
        catch (ClusterException trouble)
        {
            return new(check, Outcome.Failed, expected, trouble.Message, trouble.Fix);
        }
    }

    // The chart's health-check template: "license_days_left 182", a line of Prometheus' text format
    private async Task<Finding> LicenceAsync(ClusterReader reader, CancellationToken cancellation)
    {
        var (check, expected) = ("licence of Workbench", $"at least {FewestDays} days left");
        try
        {
            var (code, text) = await reader.ServiceAsync(Home, Service, Port, "health-check", cancellation);
            return code == HttpStatusCode.OK && DaysLeft().Match(text) is { Success: true } days
                && int.TryParse(days.Groups["days"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
                ? left >= FewestDays
                    ? new(check, Outcome.Passed, expected, $"{left} days")
                    : new(
                        check,
                        Outcome.Failed,
                        expected,
                        $"{left} days",
                        "Renew it with Posit, then change platform:workbenchLicense and deploy: server pods restart.")
                : new(check, Outcome.Skipped, expected, code == HttpStatusCode.OK ? "the health check does not say" : $"the health check answers {(int)code}");
        }
        catch (ClusterException trouble)
        {
            return new(check, Outcome.Skipped, expected, trouble.Message);
        }
    }

    private async Task<(ImmutableDictionary<string, string> Server, ClusterException? Trouble)> FilesAsync(CancellationToken cancellation)
    {
        var list = await Sight.ListAsync(ApiKind.ConfigMaps, Home, cancellation);
        var map = list.Items.Select(ClusterReader.Typed<V1ConfigMap>).FirstOrDefault(item => item.Name() == $"{WorkbenchValues.Release}-config");
        return map?.Data is { } data
            ? (data.ToImmutableDictionary(StringComparer.Ordinal), null)
            : (ImmutableDictionary<string, string>.Empty, list.Trouble ?? new ClusterException(
                ClusterFault.Missing, $"There is no ConfigMap {WorkbenchValues.Release}-config in {Home}.", "Deploy the stack: the chart makes it."));
    }

    private Finding Of(WorkbenchIde ide, ImmutableDictionary<string, string> files)
    {
        var wanted = settings!.Ides.Enabled.Contains(ide);
        var (check, expected) = ($"{ide}", wanted ? "is offered, as the stack file says" : "is not offered, as the stack file says");
        var offered = ide switch
        {
            WorkbenchIde.Rstudio => files.ContainsKey("rserver.conf"),
            WorkbenchIde.Jupyter => Option(files, "jupyter.conf", "labs-enabled") != "0" || Option(files, "jupyter.conf", "notebooks-enabled") == "1",
            WorkbenchIde.Vscode => Option(files, "vscode.conf", "enabled") == "1",
            _ => Option(files, "positron.conf", "enabled") == "1",
        };
        return offered == wanted
            ? new(check, Outcome.Passed, expected, offered ? $"the server's files offer it; {NotStarted}" : "the server's files do not")
            : new(
                check,
                Outcome.Failed,
                expected,
                offered ? "the server's files offer it" : "the server's files do not",
                "Deploy the stack: server pods restart, sessions stay.");
    }

    private async Task<Finding> PulledAsync(string image, CancellationToken cancellation)
    {
        var (check, expected) = ($"session image {image}", "can be pulled");
        var pods = await Sight.ListAsync(ApiKind.Pods, Home, cancellation);
        var states = pods
            .Items.Select(ClusterReader.Typed<V1Pod>)
            .SelectMany(pod => (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []))
            .Where(state => IsSame(state.Image, image))
            .ToArray();
        if (states.FirstOrDefault(state => state.State?.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName") is { } refused)
        {
            return new(
                check, Outcome.Failed, expected, $"{refused.State.Waiting.Reason}: {refused.State.Waiting.Message}",
                "Look whether it is in the registry, and whether workbench.images.pullSecrets names the right Secret.");
        }

        if (states.Any(state => state.State?.Running is not null || state.State?.Terminated is not null))
        {
            return new(check, Outcome.Passed, expected, "a pod runs it");
        }

        var nodes = await Sight.ListAsync(ApiKind.Nodes, null, cancellation);
        var having = nodes.Items.Select(ClusterReader.Typed<V1Node>)
            .Count(node => node.Status?.Images?.Any(known => known.Names?.Any(name => IsSame(name, image)) == true) == true);
        return having > 0
            ? new(check, Outcome.Passed, expected, $"{having} of {nodes.Items.Length} nodes have it")
            : new(
                check,
                Outcome.Skipped,
                expected,
                nodes.Trouble is { } trouble
                    ? $"no pod runs it, and nodes cannot be read: {trouble.Message}"
                    : "no pod runs it and no node has it; workbench.prePull would pull it");
    }

    // A node names docker.io/posit/workbench-session:… what a profile names posit/workbench-session:…
    private static bool IsSame(string? known, string image) => known is not null
        && (known == image || known == $"docker.io/{image}" || known == $"docker.io/library/{image}" || image == $"docker.io/{known}");

    private static IEnumerable<string> Images(ImmutableDictionary<string, string> files)
    {
        var profiles = (files.GetValueOrDefault("launcher.kubernetes.profiles.conf") ?? "")
            .Split('\n')
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(line => line is ["default-container-image" or "container-images", _])
            .SelectMany(line => line[1].Split(',', StringSplitOptions.TrimEntries));
        var init = (
            Option(files, "rserver.conf", "launcher-sessions-init-container-image-name"),
            Option(files, "rserver.conf", "launcher-sessions-init-container-image-tag"))
            is ({ } name, { } tag)
            ? $"{name}:{tag}"
            : "";
        return profiles.Append(init).Where(image => image.Length > 0).Distinct(StringComparer.Ordinal);
    }

    // Lines of a file as Workbench reads it: name=value, blank lines, # comments, [sections]
    private static string? Option(ImmutableDictionary<string, string> files, string file, string name) =>
        (files.GetValueOrDefault(file) ?? "").Split('\n').Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .LastOrDefault(line => line.Length == 2 && line[0] == name)?[1];

    [GeneratedRegex(@"^license_days_left\s+(?<days>-?\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DaysLeft();
}
