using System.ComponentModel;
using System.Security.Cryptography;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using Stacks.Settings;
using Stacks.Settings.Values;
using YamlDotNet.Core;

namespace Operate.Clusters;

/// <summary>How to reach a stack's cluster: which kubeconfig, and which of its contexts.</summary>
/// <remarks>
/// The current context of a kubeconfig is whatever somebody used last. It is taken only where the kubeconfig is the stack's own or is named on the command
/// line: otherwise the findings could be about another cluster.
/// </remarks>
public sealed record ClusterAccess
{
    private const string Variable = "KUBECONFIG";
    private const string Written =
        "Write one: `aws eks update-kubeconfig --name NAME`, `gcloud container clusters get-credentials NAME`, or give --kubeconfig FILE.";

    // A plugin that asks for a password in a browser does not end by itself.
    private static readonly TimeSpan PluginPatience = TimeSpan.FromSeconds(30);

    /// <summary>The file of <c>--kubeconfig</c>, as a whole path.</summary>
    public string? File { get; init; }

    /// <summary>The word of <c>--context</c>.</summary>
    public string? Context { get; init; }

    /// <summary>What the stack file says of the cluster; null for a stack without one.</summary>
    public ClusterSettings? Settings { get; init; }

    /// <summary>The kubeconfig of the stack, <c>platform:kubeconfig</c>, where it could be opened.</summary>
    public string? OwnKubeconfig { get; init; }

    /// <summary>Name of the cluster among the stack's outputs; null where they do not say it.</summary>
    public string? DeployedName { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>How long one question may take; null for <see cref="ClusterReader.DefaultPatience"/>.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Somebody to ask; nobody has been asked yet.</summary>
    /// <exception cref="ClusterException">There is no kubeconfig, or it does not lead to the cluster.</exception>
    public async Task<ClusterReader> OpenAsync(CancellationToken cancellation)
    {
        var (config, from) = Read();
        var context = Choose(config, from);
        try
        {
            KubernetesClientConfiguration.ExecTimeout = PluginPatience;
            // A plugin that fetches the token is run while the configuration is made, and nothing ends it earlier
            var made = Task.Run(() => KubernetesClientConfiguration.BuildConfigFromConfigObject(config, context), CancellationToken.None);
            var ready = await made.WaitAsync(cancellation);
            return new ClusterReader(new Kubernetes(ready), context, Patience)
            {
                Credentials = [.. new[] { ready.AccessToken, ready.Password, ready.ClientCertificateKeyData }.OfType<string>().Where(text => text.Length > 0)],
            };
        }
        catch (Exception e) when (e is KubeConfigException or KubernetesClientException or FormatException or CryptographicException or IOException
            or UnauthorizedAccessException or ArgumentException or InvalidOperationException or NotSupportedException or Win32Exception)
        {
            // The library's messages name parts of the file, never what is in them; others' may quote it
            var what = e is KubeConfigException ? e.Message : $"it cannot be used ({e.GetType().Name})";
            throw new ClusterException(ClusterFault.Unconfigured, $"The context '{context}' of {from} leads nowhere: {what.TrimEnd('.')}.", Written, e);
        }
    }

    private (K8SConfiguration Config, string From) Read()
    {
        if (File is not null)
        {
            return (Load([File], $"the kubeconfig {File}"), $"the kubeconfig {File}");
        }

        if (OwnKubeconfig is not null)
        {
            return (Parse(OwnKubeconfig, "platform:kubeconfig"), "platform:kubeconfig");
        }

        if (Environment(Variable) is { Length: > 0 } listed)
        {
            var files = listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(System.IO.File.Exists).ToArray();
            return files.Length > 0
                ? (Load(files, Variable), $"the kubeconfig in {Variable}")
                : throw new ClusterException(ClusterFault.Unconfigured, $"None of the files in {Variable} is there: {listed}.", Written);
        }

        var home = Environment("HOME") is { Length: > 0 } unix ? unix : Environment("USERPROFILE");
        var path = home is { Length: > 0 } ? Path.Combine(home, ".kube", "config") : null;
        return path is not null && System.IO.File.Exists(path)
            ? (Load([path], $"the kubeconfig {path}"), $"the kubeconfig {path}")
            : throw new ClusterException(
                ClusterFault.Unconfigured,
                $"There is no kubeconfig: {Variable} is not set, and {(path is null ? "there is no home folder" : $"{path} is not there")}.",
                Written);
    }

    private static K8SConfiguration Load(string[] files, string from)
    {
        K8SConfiguration? all = null;
        foreach (var file in files)
        {
            try
            {
                var next = Parse(System.IO.File.ReadAllText(file), from);
                next.FileName = file;
                all = all is null ? next : Merge(all, next);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ClusterException(ClusterFault.Unconfigured, $"The kubeconfig {file} cannot be read: {e.Message}", Written, e);
            }
        }

        return all!;
    }

    // As kubectl: what an earlier file names stays.
    private static K8SConfiguration Merge(K8SConfiguration first, K8SConfiguration next)
    {
        first.CurrentContext ??= next.CurrentContext;
        first.Clusters = [.. (first.Clusters ?? []).Concat(next.Clusters ?? []).DistinctBy(cluster => cluster.Name)];
        first.Users = [.. (first.Users ?? []).Concat(next.Users ?? []).DistinctBy(user => user.Name)];
        first.Contexts = [.. (first.Contexts ?? []).Concat(next.Contexts ?? []).DistinctBy(context => context.Name)];
        return first;
    }

    private static K8SConfiguration Parse(string text, string from)
    {
        try
        {
            return KubernetesYaml.Deserialize<K8SConfiguration>(text) is { Contexts: not null } config ? config : throw Unreadable(from, null);
        }
        catch (Exception e) when (e is YamlException or FormatException or InvalidCastException)
        {
            throw Unreadable(from, e);
        }
    }

    private static ClusterException Unreadable(string from, Exception? cause) =>
        new(ClusterFault.Unconfigured, $"What is in {from} is not a kubeconfig.", "`kubectl config view --raw --minify --flatten` writes one.", cause);

    private string Choose(K8SConfiguration config, string from)
    {
        var names = (config.Contexts ?? []).Select(context => context.Name).Order(StringComparer.Ordinal).ToArray();
        var known = names.Length == 0 ? "it has none" : $"it has {string.Join(", ", names)}";
        if ((Context ?? (Settings as ExistingClusterSettings)?.Context) is { } wanted)
        {
            return names.Contains(wanted, StringComparer.Ordinal)
                ? wanted
                : throw new ClusterException(
                    ClusterFault.Unconfigured,
                    $"The context '{wanted}' is not in {from}: {known}.",
                    Context is null
                        ? "Give another with --context, or correct cluster.existing.context of the stack file."
                        : "Give one of them with --context.");
        }

        var cloud = names.Where(IsTheClouds).ToArray();
        if (cloud is [var only])
        {
            return only;
        }

        var ownFile = File is not null || OwnKubeconfig is not null;
        return ownFile && config.CurrentContext is { Length: > 0 } current && names.Contains(current, StringComparer.Ordinal)
            ? current
            : throw new ClusterException(
                ClusterFault.Unconfigured,
                $"Which context of {from} is the stack's cannot be told"
                + $"{(DeployedName is null ? "" : $": none or several are of the cluster {DeployedName}")}; {known}.",
                "Say it with --context NAME.");
    }

    // As aws and gcloud name the contexts that they write
    private bool IsTheClouds(string context) => DeployedName is not null
        && (ClusterIdentity.Of(context, Infra.Clusters.ClusterKind.Eks) ?? ClusterIdentity.Of(context, Infra.Clusters.ClusterKind.Gke))?.Name == DeployedName;
}
