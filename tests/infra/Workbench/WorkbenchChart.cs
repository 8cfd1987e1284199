using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tests.Infra.Workbench;

/// <summary>
/// What the chart rstudio-workbench 0.22.0 makes of values: every file by the object that holds it and the path at which it is read. A value that no template
/// reads is refused, which the chart itself does not do.
/// </summary>
/// <remarks>
/// rstudio/helm, charts/rstudio-workbench: values.yaml, templates/_helpers.tpl, configmap-general.yaml, configmap-session.yaml, configmap-pam.yaml,
/// configmap-secret.yaml, and rstudio-library's config.ini and profiles.ini (read 2026-11-26); seen so with Helm 3.18 for one install.
/// </remarks>
internal static class WorkbenchChart
{
    private const string Name = "rstudio-workbench";
    private const string ConfigMount = "/mnt/configmap/rstudio/";
    private const string SessionMount = "/mnt/session-configmap/rstudio/";
    private const string SecretMount = "/mnt/secret-configmap/rstudio/";

    // Every value that a template reads; what stands behind an asterisk is handed on as it is.
    private static readonly string[] Known =
    [
        "affinity.*", "args", "chronicle.localConfig.*", "chronicleAgent.*", "command", "components.enabled", "components.positron.image.repository",
        "components.positron.image.tag", "components.positron.version", "components.sessionInit.image.repository", "components.sessionInit.image.tag",
        "config.database.conf.existingSecret", "config.defaultMode.*", "config.existingSecrets", "config.pam.*", "config.profiles.*", "config.secret.*",
        "config.server.*", "config.serverDcf.*", "config.session.*", "config.sessionSecret.*", "config.sssd.conf.*", "config.sssd.enabled",
        "config.startupCustom.*", "config.startupUserProvisioning.*", "config.userProvisioning.*", "dangerRegenerateAutomatedValues",
        "deployment.annotations.*", "diagnostics.directory", "diagnostics.enabled", "extraObjects", "fullnameOverride",
        "global.secureCookieKey.existingSecret", "global.secureCookieKey.value", "homeStorage.*", "image.imagePullPolicy", "image.imagePullSecrets", "image.os",
        "image.repository", "image.tag", "ingress.annotations.*", "ingress.enabled", "ingress.hosts", "ingress.ingressClassName", "ingress.tls",
        "initContainers", "jobJsonOverridesFiles.*", "launcher.enabled", "launcher.extraTemplates.*", "launcher.includeDefaultTemplates",
        "launcher.includeTemplateValues", "launcher.kubernetesHealthCheck.*", "launcher.namespace", "launcher.templateValues.*", "launcher.useTemplates",
        "launcherPem.existingSecret", "launcherPem.value", "launcherPub", "license.file.contents", "license.file.mountPath", "license.file.mountSubPath",
        "license.file.secret", "license.file.secretKey", "license.key", "license.server", "livenessProbe.*", "loadBalancer.forceEnabled", "nameOverride",
        "nodeSelector.*", "pod.affinity.*", "pod.annotations.*", "pod.env", "pod.hostAliases", "pod.labels.*", "pod.lifecycle.*", "pod.port", "pod.runAsRoot",
        "pod.securityContext.*", "pod.serviceAccountUser", "pod.serviceAccountUserId", "pod.sidecar", "pod.terminationGracePeriodSeconds",
        "pod.volumeMounts", "pod.volumes", "podDisruptionBudget.*", "priorityClassName", "prometheus.*", "prometheusExporter.*", "rbac.*",
        "readinessProbe.*", "replicas", "resources.*", "revisionHistoryLimit", "sealedSecret.*", "secureCookieKey.existingSecret", "secureCookieKey.value",
        "securityContext.*", "service.*", "serviceMonitor.*", "session.defaultConfigMount", "session.defaultHomeMount", "session.defaultSecretMountPath",
        "session.image.*", "shareProcessNamespace", "sharedStorage.*", "startupProbe.*", "strategy.*", "tolerations", "topologySpreadConstraints",
        "userCreate", "userName", "userPassword.existingSecret", "userPassword.value", "userUid", "versionOverride", "xdgConfigDirs", "xdgConfigDirsExtra",
    ];

    // Files that the chart has by itself and that something is laid over; the others stay as they are.
    private const string Defaults = """
        {
          "jupyter.conf": { "default-session-cluster": "Kubernetes", "jupyter-exe": "/usr/local/bin/jupyter", "labs-enabled": 1 },
          "launcher.conf": {
            "cluster": { "name": "Kubernetes", "type": "Kubernetes" },
            "server": {
              "address": "127.0.0.1", "admin-group": "rstudio-server", "authorization-enabled": 1, "enable-debug-logging": 0, "port": 5559,
              "server-user": "rstudio-server", "thread-pool-size": 4
            }
          },
          "logging.conf": { "*": { "log-level": "info", "logger-type": "stderr" } },
          "positron.conf": { "enabled": 1, "session-timeout-kill-hours": 12 },
          "rserver.conf": {
            "admin-enabled": 1, "audited-jobs": 1, "chronicle-enabled": 0, "launcher-address": "127.0.0.1", "launcher-default-cluster": "Kubernetes",
            "launcher-port": 5559, "launcher-sessions-enabled": 1, "metrics-enabled": 0, "server-health-check-enabled": 1, "server-project-sharing": 1,
            "www-port": 8787
          },
          "vscode.conf": { "enabled": 1, "session-timeout-kill-hours": 12 }
        }
        """;

    /// <summary>Paths of values that nothing reads.</summary>
    public static IEnumerable<string> Unread(JsonObject values) => Paths(values, "").Where(path => !Known.Any(known => known == path
        || (known.EndsWith(".*", StringComparison.Ordinal) && path.StartsWith(known[..^1], StringComparison.Ordinal))));

    /// <summary>Every file that the values bring about: a headline with object and path, and its lines, indented.</summary>
    public static IEnumerable<string> Files(JsonObject values)
    {
        var config = values["config"]!.AsObject();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, content) in Merged(JsonNode.Parse(Defaults)!.AsObject(), Injected(values), config["server"]!.AsObject()))
        {
            files[$"ConfigMap {Name}-config: {ConfigMount}{file}"] = Ini(content!);
        }

        files[$"ConfigMap {Name}-config: {ConfigMount}launcher.kubernetes.profiles.conf"] = Ini(Merged(
            new JsonObject { ["*"] = Everybody(values) }, [], config["profiles"]?["launcher.kubernetes.profiles.conf"]?.AsObject() ?? []));
        files[$"ConfigMap {Name}-config: {ConfigMount}launcher-mounts"] =
            $"MountType: KubernetesPersistentVolumeClaim\nMountPath: /home\nClaimName: {values["homeStorage"]!["name"]}\n";
        foreach (var (file, content) in config["session"]!.AsObject())
        {
            files[$"ConfigMap {Name}-session: {SessionMount}{file}"] = Ini(content!);
        }

        foreach (var (file, content) in config["pam"]?.AsObject() ?? [])
        {
            files[$"ConfigMap {Name}-pam: /etc/pam.d/{file}"] = (string)content!;
        }

        foreach (var (secret, key, path) in Secrets(values))
        {
            files[$"Secret {secret}: {path}"] = $"<{key}>\n";
        }

        return files.SelectMany(file => file.Value.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "" : $"  {line}").Prepend(file.Key));
    }

    private static IEnumerable<(string Secret, string Key, string Path)> Secrets(JsonObject values)
    {
        yield return ((string)values["launcherPem"]!["existingSecret"]!, "launcher.pem", $"{SecretMount}launcher.pem");
        yield return ((string)values["secureCookieKey"]!["existingSecret"]!, "secure-cookie-key", $"{SecretMount}secure-cookie-key");
        yield return ((string)values["config"]!["database"]!["conf"]!["existingSecret"]!, "database.conf", $"{SecretMount}database.conf");
        foreach (var secret in values["config"]!["existingSecrets"]?.AsArray() ?? [])
        {
            foreach (var item in secret!["items"]!.AsArray())
            {
                yield return ((string)secret["name"]!, (string)item!["key"]!, $"{SecretMount}{item["path"]}");
            }
        }

        if (values["license"]?["file"] is { } file)
        {
            yield return ((string)file["secret"]!, (string)file["secretKey"]!, $"/etc/rstudio-licensing/{file["secretKey"]}");
        }

        foreach (var variable in values["pod"]!["env"]!.AsArray().Where(variable => variable!["valueFrom"] is not null))
        {
            var source = variable!["valueFrom"]!["secretKeyRef"]!;
            yield return ((string)source["name"]!, (string)source["key"]!, $"${variable["name"]}");
        }

        foreach (var volume in values["pod"]!["volumes"]?.AsArray() ?? [])
        {
            var mount = values["pod"]!["volumeMounts"]!.AsArray().Single(mount => (string)mount!["name"]! == (string)volume!["name"]!)!["mountPath"];
            foreach (var source in volume!["projected"]?["sources"]?.AsArray() ?? [])
            {
                var item = source!["secret"]!["items"]!.AsArray().Single()!;
                yield return ((string)source["secret"]!["name"]!, (string)item["key"]!, $"{mount}/{item["path"]}");
            }

            if (volume["secret"] is { } whole)
            {
                yield return ((string)whole["secretName"]!, "all keys", $"{mount}/");
            }
        }
    }

    // What the templates add, over which config.server is laid.
    private static JsonObject Injected(JsonObject values)
    {
        var isRoot = (bool?)values["pod"]!["runAsRoot"] ?? true;
        var components = values["components"];
        var version = (string?)values["versionOverride"] ?? "2026.08.1";
        var server = new JsonObject
        {
            ["auth-pam-sessions-enabled"] = isRoot ? 1 : 0,
            ["launcher-sessions-callback-address"] = $"http://{Name}.posit-workbench.svc.cluster.local:80",
            ["metrics-port"] = 8989,
            ["server-user"] = "rstudio-server",
        };
        if ((bool?)components?["enabled"] ?? true)
        {
            var init = components?["sessionInit"]?["image"];
            server["launcher-sessions-auto-update"] = 1;
            server["launcher-sessions-init-container-image-name"] = (string?)init?["repository"] ?? "posit/workbench-session-init";
            server["launcher-sessions-init-container-image-tag"] = (string?)init?["tag"] ?? version;
            if ((string?)components?["positron"]?["version"] is { } positron)
            {
                var image = components!["positron"]!["image"];
                server["launcher-positron-init-container-enabled"] = 1;
                server["launcher-positron-init-container-image-name"] = (string?)image?["repository"] ?? "posit/workbench-positron-init";
                server["launcher-positron-init-container-image-tag"] = (string?)image?["tag"] ?? positron;
            }
        }

        if (values["license"]?["server"] is not null)
        {
            server["server-license-type"] = "remote";
        }

        var positronFile = (string?)components?["positron"]?["version"] is { } other
            ? new JsonObject { ["exe"] = $"/usr/lib/rstudio-server/bin/positron-server/{other}/bin/positron-server" }
            : [];
        var injected = new JsonObject
        {
            ["launcher.kubernetes.conf"] = new JsonObject { ["kubernetes-namespace"] = "posit-workbench", ["use-templating"] = 1 },
            ["positron.conf"] = positronFile,
            ["rserver.conf"] = server,
        };
        if (!isRoot)
        {
            server["user-provisioning-enabled"] = 1;
            injected["launcher.conf"] = new JsonObject { ["server"] = new JsonObject { ["secure-cookie-key-file"] = $"{SecretMount}secure-cookie-key" } };
        }

        return injected;
    }

    private static JsonObject Everybody(JsonObject values)
    {
        var image = values["session"]?["image"];
        var tag = (string?)image?["tag"] ?? $"R4.5.2-python3.14.3-{(string?)image?["os"] ?? "ubuntu-24.04"}";
        var whole = $"{(string?)image?["repository"] ?? "posit/workbench-session"}:{tag}";
        return new() { ["allow-unknown-images"] = 1, ["container-images"] = new JsonArray(whole), ["default-container-image"] = whole };
    }

    private static JsonObject Merged(params JsonObject[] layers)
    {
        var merged = new JsonObject();
        foreach (var layer in layers)
        {
            foreach (var (key, value) in layer)
            {
                merged[key] = merged[key] is JsonObject below && value is JsonObject above ? Merged(below, above) : value?.DeepClone();
            }
        }

        return merged;
    }

    // The profiles' helper joins lists; everything is written in the order of its keys.
    private static string Ini(JsonNode content) => content is not JsonObject map
        ? (string)content!
        : string.Concat(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value is JsonObject section
            ? $"[{entry.Key}]\n{Ini(section)}\n"
            : $"{entry.Key}={Written(entry.Value!)}\n"));

    private static string Written(JsonNode value) => value switch
    {
        JsonArray list => string.Join(',', list.Select(item => (string)item!)),
        _ when value.GetValueKind() == JsonValueKind.String => (string)value!,
        _ => value.ToJsonString(),
    };

    private static IEnumerable<string> Paths(JsonObject map, string before) => map.SelectMany(member =>
        member.Value is JsonObject { Count: > 0 } inner ? Paths(inner, $"{before}{member.Key}.") : [$"{before}{member.Key}"]);
}
