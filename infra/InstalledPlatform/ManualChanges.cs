using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Versions;
using Pulumi;
using YamlDotNet.Serialization;

namespace Infra.InstalledPlatform;

/// <summary>The same changes as files, for a Platform that this program may not touch.</summary>
/// <remarks>
/// Each file is for <c>kubectl apply --server-side --field-manager=studio-platform -f</c>, so that fields of other managers stay. None holds a secret.
/// </remarks>
public static class ManualChanges
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    /// <summary>The files by name. A deployment waits for the Secrets that they refer to; a plan has a word in place of what only a deployment knows.</summary>
    public static Output<ImmutableDictionary<string, string>> Files(StudiosPatchArgs args, string namespaceName)
    {
        var variables = args.Studios.Variables(VersionMatrix.Current);
        var (backend, cron) = DeploymentReads.For(args, variables, args.Studios.TowerYaml(VersionMatrix.Current));
        return Output.Tuple(
            Planned.Or(args.RegistrationToken.SecretName, Planned.Unknown),
            Planned.Or(args.SigningKey.SecretName, Planned.Unknown),
            Planned.Or(backend, Planned.Unknown),
            Planned.Or(cron, Planned.Unknown),
            args.SshFingerprint is { } fingerprint ? Planned.Or(fingerprint, Planned.Unknown) : Output.Create("")).Apply(known =>
            ImmutableDictionary.CreateRange(Files(
                args.Layout,
                args.Studios,
                namespaceName,
                (known.Item1, args.RegistrationToken.Key),
                (known.Item2, args.SigningKey.Key),
                (known.Item3, known.Item4),
                known.Item5.Length == 0 ? null : known.Item5)));
    }

    /// <summary>The files by name.</summary>
    /// <param name="layout">Names of the Platform's objects.</param>
    /// <param name="studios">What it must know.</param>
    /// <param name="namespaceName">Namespace of the Platform.</param>
    /// <param name="tokenSecret">Secret with the registration token, and its key.</param>
    /// <param name="keySecret">Secret with the signing key, and its key.</param>
    /// <param name="reads">Hashes of what backend and cron read.</param>
    /// <param name="sshFingerprint">Fingerprint of connect-proxy's SSH key; null without SSH.</param>
    public static ImmutableSortedDictionary<string, string> Files(
        InstallLayout layout,
        PlatformStudios studios,
        string namespaceName,
        (string Name, string Key) tokenSecret,
        (string Name, string Key) keySecret,
        (string Backend, string Cron) reads,
        string? sshFingerprint)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var variables = studios.Variables(VersionMatrix.Current);
        if (sshFingerprint is not null)
        {
            variables = variables.Add(PlatformStudios.FingerprintVariable, sshFingerprint);
        }

        files["1-variables.yaml"] = Text(Object("v1", "ConfigMap", layout.BackendConfigMap, namespaceName, ("data", variables)));
        files["2-backend.yaml"] = Text(Deployment(
            layout.BackendDeployment,
            namespaceName,
            Map(("template", Template(layout, layout.BackendContainer, tokenSecret, keySecret, reads.Backend)))));
        files["3-cron.yaml"] = Text(Deployment(
            layout.CronDeployment,
            namespaceName,
            Map(
                ("strategy", Map(("type", CronStrategy.Recreate))),
                ("template", Template(layout, layout.CronContainer, null, keySecret, reads.Cron)))));
        if (studios.TowerYaml(VersionMatrix.Current) is { } workspaces)
        {
            // Not an object to apply: the file holds the operator's own settings too, and these lines go into it.
            files["tower.yml"] = TowerYaml.WithAllowedWorkspaces(null, workspaces);
        }

        return files.ToImmutable();
    }

    private static SortedDictionary<string, object> Deployment(string name, string namespaceName, object spec) =>
        Object("apps/v1", "Deployment", name, namespaceName, ("spec", spec));

    private static SortedDictionary<string, object> Template(
        InstallLayout layout,
        string container,
        (string Name, string Key)? tokenSecret,
        (string Name, string Key) keySecret,
        string reads)
    {
        List<object> environment = [Map(("name", PlatformStudios.PemVariable), ("value", layout.PemPath))];
        if (tokenSecret is { } token)
        {
            environment.Add(Map(("name", PlatformStudios.TokenVariable), ("valueFrom", Map(("secretKeyRef", Map(("name", token.Name), ("key", token.Key)))))));
        }

        return Map(
            ("metadata", Map(("annotations", Map((ConfigHash.Annotation, reads))))),
            ("spec", Map(
                ("containers", List(Map(
                    ("name", container),
                    ("env", environment),
                    ("volumeMounts", List(Map(("name", DeploymentPatchSpec.Volume), ("mountPath", layout.PemDirectory), ("readOnly", true))))))),
                ("volumes", List(Map(
                    ("name", DeploymentPatchSpec.Volume),
                    ("secret", Map(("secretName", keySecret.Name), ("items", List(Map(("key", keySecret.Key), ("path", "oidc.pem"))))))))))));
    }

    private static SortedDictionary<string, object> Object(string apiVersion, string kind, string name, string namespaceName, (string, object) content) =>
        Map(("apiVersion", apiVersion), ("kind", kind), ("metadata", Map(("name", name), ("namespace", namespaceName))), content);

    private static SortedDictionary<string, object> Map(params ReadOnlySpan<(string Key, object Value)> entries)
    {
        var map = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            map[key] = value;
        }

        return map;
    }

    private static List<object> List(object item) => [item];

    private static string Text(object content) =>
        $"# kubectl apply --server-side --field-manager={FieldManager.Name} --filename FILE\n{Yaml.Serialize(content)}";
}

/// <summary>The names under which an installed Seqera Platform can be found in its namespace.</summary>
/// <param name="BackendConfigMap">ConfigMap with the variables that the backend reads.</param>
/// <param name="TowerYamlConfigMap">ConfigMap whose key <c>tower.yml</c> is the Platform's configuration file.</param>
/// <param name="BackendDeployment">Deployment of the backend.</param>
/// <param name="BackendContainer">Its container.</param>
/// <param name="CronDeployment">Deployment of cron.</param>
/// <param name="CronContainer">Its container.</param>
/// <param name="PemDirectory">Directory in both containers that the signing key is mounted at; nothing else is.</param>
/// <param name="CronReadsBackendConfigMap">Whether cron reads <paramref name="BackendConfigMap"/> too, so that a change of it concerns both.</param>
public sealed record InstallLayout(
    string BackendConfigMap,
    string TowerYamlConfigMap,
    string BackendDeployment,
    string BackendContainer,
    string CronDeployment,
    string CronContainer,
    string PemDirectory,
    bool CronReadsBackendConfigMap)
{
    // The chart mounts the backend's whole Secret at /data/certs itself, and would take that path back at every upgrade.
    private const string BesideTheCharts = "/data/studio-platform-certs";

    /// <summary>Path of the signing key in both containers, for <c>TOWER_OIDC_PEM_PATH</c>.</summary>
    public string PemPath => $"{PemDirectory}/oidc.pem";

    /// <summary>
    /// Names of the vendor's Kubernetes manifests, the same from 24.1 to 26.1. The guides' <c>platform-backend-cfg</c> exists in none of them.
    /// </summary>
    public static InstallLayout Manifests { get; } = new(
        "tower-backend-cfg",
        "tower-yml",
        "backend",
        "backend",
        "cron",
        "backend",
        "/data/certs",
        CronReadsBackendConfigMap: true);

    /// <summary>Names of the Helm chart <c>platform</c> (0.37.0) for a release.</summary>
    public static InstallLayout Helm(string release)
    {
        var fullName = release.Contains("platform", StringComparison.Ordinal) ? release : $"{release}-platform";
        return new(
            $"{fullName}-backend",
            $"{fullName}-tower-yml",
            $"{fullName}-backend",
            "backend",
            $"{fullName}-cron",
            "cron",
            BesideTheCharts,
            CronReadsBackendConfigMap: false);
    }
}
