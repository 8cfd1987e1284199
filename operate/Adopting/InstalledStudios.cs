using System.Collections.Immutable;
using Infra.InstalledPlatform;
using Infra.Studios;
using Infra.Versions;
using k8s.Models;

namespace Operate.Adopting;

/// <summary>Reads how Seqera Studios was set up beside a Seqera Platform, by the vendor's manifests or its charts.</summary>
/// <remarks>
/// Names of images and variables are those of the vendor's manifests, 24.1 to 26.1, which <see cref="VersionMatrix"/> holds; what cannot be told is marked in
/// the draft and never guessed.
/// </remarks>
internal static class InstalledStudios
{
    private const string Backend = "backend";
    private const string VendorRegistry = "cr.seqera.io";

    private static readonly ImmutableArray<ConnectImagePaths> Paths = [.. VersionMatrix.Current.Images.Values];

    /// <summary>Writes <c>studios</c> and <c>redis</c> of a draft.</summary>
    /// <param name="live">The namespace.</param>
    /// <param name="config">The draft.</param>
    /// <param name="notes">Gets what a reader has to know beyond the draft.</param>
    /// <returns>Whether there are Studios.</returns>
    public static bool Describe(LiveNamespace live, DraftSettings config, ICollection<string> notes)
    {
        if (Find(live, paths => paths.Proxy) is not { } proxy)
        {
            if (live.WithImage(Backend) is not null)
            {
                notes.Add($"Seqera Platform stands in {live.Name} without Studios: there is nothing of this program's to adopt, "
                    + "and platform:studios can be added to it.");
            }

            return false;
        }

        var variables = live.Variables(proxy.Container);
        var backend = PlatformBackend.Find(live);
        var platform = backend?.Variables ?? ImmutableSortedDictionary<string, string>.Empty;
        InstalledRedis.Describe(live, variables, config, notes);
        var studios = config.In("platform:studios");
        DescribePlatform(live, backend, variables, studios.In("platform"));
        var connectUrl = variables.GetValueOrDefault("CONNECT_PROXY_URL") ?? platform.GetValueOrDefault("TOWER_DATA_STUDIO_CONNECT_URL");
        if (connectUrl is null)
        {
            studios.Unknown("connectUrl", "https://connect.example.com", "the address of connect-proxy, CONNECT_PROXY_URL, which no object says");
        }

        studios.Set("connectUrl", connectUrl?.TrimEnd('/'));
        DescribeImages(proxy, backend?.Version, studios);
        if (platform.GetValueOrDefault("TOWER_DATA_STUDIO_ENABLE_PATH_ROUTING") == "true")
        {
            studios.Set("pathRouting", value: true);
        }

        SetWorkspaces(studios, "allowedWorkspaces", WorkspaceVariable.Studios, platform);
        studios.Set("logLevel", variables.GetValueOrDefault("CONNECT_LOG_LEVEL")?.ToLowerInvariant() is { } level and not "info" ? level : null);
        studios.In("proxy").Set("replicas", proxy.Workload.Replicas);
        if (Find(live, paths => paths.Server) is { } server)
        {
            studios.In("server").Set("replicas", server.Workload.Replicas);
        }
        else
        {
            notes.Add($"There is a connect-proxy in {live.Name} and no connect-server: its own is made.");
        }

        // What is no address matches no host
        var host = Uri.TryCreate(connectUrl, UriKind.Absolute, out var address) ? address.Host : "";
        if (InstalledIngress.Find(live, host) is { } ingress)
        {
            ingress.Describe(studios.In("ingress"), notes);
        }

        DescribeSsh(variables, platform, host, studios);
        InstalledRedis.DescribeUse(variables, studios);
        notes.Add("Registration token, signing key, SSH host key and Redis password are made anew by the stack, because a Secret cannot be imported "
            + "into a generator: sessions end once, and users accept the new host key.");
        return true;
    }

    private static void DescribePlatform(
        LiveNamespace live, PlatformBackend? backend, ImmutableSortedDictionary<string, string> proxy, DraftSettings platform)
    {
        var url = backend?.Variables.GetValueOrDefault("TOWER_SERVER_URL") ?? proxy.GetValueOrDefault("PLATFORM_URL");
        if (url is null)
        {
            platform.Unknown("url", "https://platform.example.com", "TOWER_SERVER_URL of the Platform, which no ConfigMap of the namespace says");
        }

        platform.Set("url", url?.TrimEnd('/'));
        if (backend?.Version is { } version)
        {
            platform.Set("version", version.ToString());
        }
        else
        {
            platform.Unknown("version", VersionMatrix.Current.Releases[^1].From.ToString(), "the Platform's version: its backend has no image with a version");
        }

        platform.Set("namespace", live.Name);
        if (backend is null)
        {
            platform.Set("install", "none", "No backend was seen in the namespace: what it has to know is exported as files.");
            return;
        }

        if (backend.Release is { } release)
        {
            platform.Set("install", "helm").Set("helmRelease", release);
        }

        var usual = backend.Release is { } name ? InstallLayout.Helm(name) : InstallLayout.Manifests;
        (string Key, string? Found, string Usual)[] names =
        [
            ("backendConfigMap", backend.ConfigMap, usual.BackendConfigMap),
            ("backendDeployment", backend.Workload.Name, usual.BackendDeployment),
            ("backendContainer", backend.Container.Name, usual.BackendContainer),
            ("cronDeployment", backend.Cron?.Name, usual.CronDeployment),
            ("cronContainer", backend.Cron?.ContainerOf(Backend)?.Name, usual.CronContainer),
        ];
        foreach (var (key, found, _) in names.Where(entry => entry.Found is not null && entry.Found != entry.Usual))
        {
            platform.In("names").Set(key, found);
        }
    }

    private static void DescribeImages(FoundImage proxy, SemanticVersion? platform, DraftSettings studios)
    {
        var release = platform is null ? null : VersionMatrix.Current.Release(platform);
        if (SemanticVersion.TryParse(LiveWorkload.Tag(proxy.Container.Image)?.TrimStart('v') ?? "", out var connect) && connect != release?.Connect)
        {
            studios.Set("connectVersion", connect.ToString());
        }

        if (proxy.Paths.Deprecated && release is not null && !VersionMatrix.Current.Images[release.Images].Deprecated)
        {
            studios.Set("connectImages", "legacy", "The vendor's deprecated place: remove this line to move to the one that it serves now.");
        }

        studios.Set("imageRegistry", proxy.Prefix is VendorRegistry or "" ? null : proxy.Prefix);
        studios.Set("imagePullSecret", proxy.Workload.Object.Spec.Template.Spec.ImagePullSecrets?.FirstOrDefault()?.Name);
    }

    private static void DescribeSsh(
        ImmutableSortedDictionary<string, string> proxy, ImmutableSortedDictionary<string, string> platform, string connectHost, DraftSettings studios)
    {
        if (proxy.GetValueOrDefault("CONNECT_SSH_ENABLED") != "true")
        {
            return;
        }

        var ssh = studios.In("ssh");
        SetWorkspaces(ssh, "workspaces", WorkspaceVariable.Ssh, platform, always: true);
        if (int.TryParse(platform.GetValueOrDefault("TOWER_DATA_STUDIO_CONNECT_SSH_PORT"), out var port) && port != Infra.Connect.ConnectPorts.Ssh)
        {
            ssh.Set("port", port);
        }

        if (platform.GetValueOrDefault("TOWER_DATA_STUDIO_CONNECT_SSH_ADDRESS") is { Length: > 0 } address && address != connectHost)
        {
            ssh.In("ownHost").Set("host", address);
        }
    }

    private static void SetWorkspaces(
        DraftSettings settings, string key, WorkspaceVariable variable, ImmutableSortedDictionary<string, string> platform, bool always = false)
    {
        var ids = platform.GetValueOrDefault(variable.Name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var access = ids is null ? variable.Unset : ids.Length == 0 ? variable.Empty : null;
        if (access is null)
        {
            settings.SetNumbers(key, ids!);
        }
        else if (access == WorkspaceAccess.Nobody)
        {
            settings.SetNumbers(key, []);
        }
        else if (always)
        {
            settings.Set(key, "all");
        }
    }

    private static FoundImage? Find(LiveNamespace live, Func<ConnectImagePaths, string> path)
    {
        foreach (var paths in Paths)
        {
            // A mirror keeps the last part of a path at least: enterprise/studios/proxy, data-studio/connect-proxy
            var parts = path(paths).Split('/');
            var known = string.Join('/', parts[^2..]);
            if (live.WithImage(known) is { } workload && workload.ContainerOf(known) is { } container)
            {
                var image = LiveWorkload.ImagePath(container.Image)[1..];
                var own = image.EndsWith(path(paths), StringComparison.Ordinal) ? path(paths) : known;
                return new(workload, container, paths, image[..^own.Length].TrimEnd('/'));
            }
        }

        return null;
    }
}

/// <summary>A workload of Studios, by its image.</summary>
/// <param name="Workload">What runs it.</param>
/// <param name="Container">Its container.</param>
/// <param name="Paths">Where the vendor keeps the image.</param>
/// <param name="Prefix">The registry, with what a mirror puts before the vendor's path.</param>
internal sealed record FoundImage(LiveWorkload Workload, V1Container Container, ConnectImagePaths Paths, string Prefix);

/// <summary>The backend of a Seqera Platform as it was found.</summary>
/// <param name="Workload">What runs it.</param>
/// <param name="Container">Its container.</param>
/// <param name="Cron">What runs cron, from the same image.</param>
/// <param name="ConfigMap">ConfigMap that it takes its variables from.</param>
/// <param name="Variables">Its variables, but for those of Secrets.</param>
internal sealed record PlatformBackend(
    LiveWorkload Workload, V1Container Container, LiveWorkload? Cron, string? ConfigMap, ImmutableSortedDictionary<string, string> Variables)
{
    private const string Image = "backend";

    /// <summary>The Helm release that it belongs to; null without one.</summary>
    public string? Release => Workload.Release;

    /// <summary>Its version; null where the image has none that is one.</summary>
    public SemanticVersion? Version =>
        SemanticVersion.TryParse(LiveWorkload.Tag(Container.Image)?.TrimStart('v') ?? "", out var version) ? version : null;

    public static PlatformBackend? Find(LiveNamespace live)
    {
        // Cron runs the backend's image, and only its name tells the two apart
        var both = live.Workloads.Where(workload => workload.ContainerOf(Image) is not null)
            .ToLookup(workload => workload.Name.EndsWith("cron", StringComparison.Ordinal));
        if (both[false].FirstOrDefault() is not { } workload)
        {
            return null;
        }

        var container = workload.ContainerOf(Image)!;
        var source = container.EnvFrom?.FirstOrDefault(from => from.ConfigMapRef is not null)?.ConfigMapRef.Name;
        return new(workload, container, both[true].FirstOrDefault(), source, live.Variables(container));
    }
}
