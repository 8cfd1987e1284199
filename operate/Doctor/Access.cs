using Rehearsal.Rendering;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Operate.Doctor;

/// <summary>How a deployment would reach the cluster and Pulumi's state: kubeconfig, login, passphrase.</summary>
internal static class Access
{
    private const string Pulumi = "deploying";

    /// <summary>The kubeconfig as kubectl finds it, and the context that is used.</summary>
    /// <param name="around">The machine.</param>
    /// <param name="context">The context that the stack names; null for the current one.</param>
    public static Need Kubeconfig(Surroundings around, string? context)
    {
        const string What = "kubeconfig";
        const string For = "existing clusters, kubectl, verify";
        var given = around.Variable("KUBECONFIG");
        var paths = given?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? [Path.Combine(around.Home, ".kube", "config")];
        var read = paths.Select(path => (Path: path, Text: around.Disk.Read(path))).Where(file => file.Text is not null).ToList();
        var shown = Terminal.OneLine(string.Join(", ", read.Select(file => file.Path)));
        if (read.Count == 0)
        {
            return new Need(
                What, Presence.Missing, $"{Terminal.OneLine(string.Join(", ", paths))} is not there, or cannot be read", For,
                "Have one written: aws eks update-kubeconfig --name CLUSTER, gcloud container clusters get-credentials CLUSTER.");
        }
        var contexts = new List<string>();
        string? current = null;
        foreach (var (path, text) in read)
        {
            if (Root(text!) is not { } root)
            {
                return new Need(What, Presence.Missing, $"{Terminal.OneLine(path)} is not YAML", For, "Correct it, or take it out of KUBECONFIG.");
            }
            // The first file that says it counts, as with kubectl
            current ??= Scalar(root, "current-context");
            contexts.AddRange(Names(root));
        }
        var wanted = context ?? current;
        if (wanted is null)
        {
            return new Need(
                What, Presence.Missing, $"{shown} has no current context (contexts: {Listed(contexts)})", For, "Choose one: kubectl config use-context NAME.");
        }
        return contexts.Contains(wanted, StringComparer.Ordinal)
            ? new Need(What, Presence.Found, $"{shown}, {(context is null ? "current context" : "the stack's context")} {Terminal.OneLine(wanted)}", For)
            : new Need(
                What, Presence.Missing, $"{shown} has no context {Terminal.OneLine(wanted)} (contexts: {Listed(contexts)})", For,
                "Choose another, or have it written.");
    }

    /// <summary>Where Pulumi would keep the state, and with which rights.</summary>
    public static IEnumerable<Need> PulumiLogin(Surroundings around)
    {
        var folder = around.Variable("PULUMI_CREDENTIALS_PATH") ?? around.Variable("PULUMI_HOME") ?? Path.Combine(around.Home, ".pulumi");
        var file = around.Disk.Read(Path.Combine(folder, "credentials.json"));
        var project = around.Disk.Read(Path.Combine(around.Root, "Pulumi.yaml")) is { } text && Root(text) is { } root
            && root.Children.TryGetValue("backend", out var node) && node is YamlMappingNode map ? Scalar(map, "url") : null;
        (string Url, string By)? backend = around.Variable("PULUMI_BACKEND_URL") is { } variable ? (variable, "PULUMI_BACKEND_URL")
            : project is not null ? (project, "Pulumi.yaml")
            : file is not null && JsonFacts.Text(file, "current") is { } current ? (current, "pulumi login") : null;
        var token = around.Variable("PULUMI_ACCESS_TOKEN") is not null;
        yield return backend is { } known
            ? new Need("Pulumi login", Presence.Found, $"{Shown(known.Url)} ({known.By})", Pulumi)
            : token ? new Need("Pulumi login", Presence.Found, "Pulumi Cloud, by PULUMI_ACCESS_TOKEN", Pulumi)
            : new Need(
                "Pulumi login", Presence.Missing, "no backend is chosen", Pulumi,
                "Choose where states are kept: pulumi login s3://BUCKET, gs://BUCKET, or Pulumi Cloud.");
        yield return token
            ? new Need("PULUMI_ACCESS_TOKEN", Presence.Found, "set", "Pulumi Cloud, from CI")
            : new Need("PULUMI_ACCESS_TOKEN", Presence.Skipped, "not set", "Pulumi Cloud, from CI");
    }

    /// <summary>What opens the secrets of stack files.</summary>
    /// <param name="around">The machine.</param>
    /// <param name="isSealed">Whether the stack has secrets that a passphrase seals; null where no stack is named.</param>
    public static Need Passphrase(Surroundings around, bool? isSealed)
    {
        const string What = "PULUMI_CONFIG_PASSPHRASE";
        const string For = "secrets that a passphrase seals, in previews and when deploying";
        const string Fix = "export PULUMI_CONFIG_PASSPHRASE=…, or name a file with PULUMI_CONFIG_PASSPHRASE_FILE.";
        // An empty passphrase is one
        if (around.Environment(What) is not null)
        {
            return new Need(What, Presence.Found, "set", For);
        }
        if (around.Variable("PULUMI_CONFIG_PASSPHRASE_FILE") is { } path)
        {
            return around.Disk.Read(path) is not null ? new Need(What, Presence.Found, $"in the file {Terminal.OneLine(path)}", For)
                : new Need(
                    What, Presence.Missing, $"PULUMI_CONFIG_PASSPHRASE_FILE names {Terminal.OneLine(path)}, which cannot be read", For, "Correct the path.");
        }
        return isSealed switch
        {
            true => new Need(What, Presence.Missing, "not set; previews leave the stack's secrets unknown", For, Fix),
            false => new Need(What, Presence.Skipped, "not set; the stack's file has no secret that a passphrase seals", For),
            null => new Need(What, Presence.Skipped, "not set", For),
        };
    }

    // Azure and S3 backends take parameters, and any URL may hold a password
    private static string Shown(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? Building.WithoutCredentials(address)
        : Terminal.OneLine(url.Split('?')[0]);

    private static string Listed(List<string> contexts) => contexts.Count == 0 ? "none" : Terminal.OneLine(string.Join(", ", contexts));

    private static YamlMappingNode? Root(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count > 0 ? stream.Documents[0].RootNode as YamlMappingNode : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static string? Scalar(YamlMappingNode map, string key)
        => map.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    private static IEnumerable<string> Names(YamlMappingNode root)
        => root.Children.TryGetValue("contexts", out var node) && node is YamlSequenceNode list
            ? list.OfType<YamlMappingNode>().Select(entry => Scalar(entry, "name")).OfType<string>()
            : [];
}
