using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Dns;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: the chart, which has no schema, is given keys that it knows, no secret, no number in a file, and no claim to make and delete.
public sealed class WorkbenchValuesTests
{
    // Every key of charts/rstudio-workbench/values.yaml 0.22.0 that this program ever writes; what stands behind an asterisk is the operator's own word.
    private static readonly string[] Known =
    [
        "config.database.conf.existingSecret", "config.existingSecrets", "config.pam.common-session", "config.pam.rstudio",
        "config.profiles.launcher.kubernetes.profiles.conf.*",
        "config.server.jupyter.conf.labs-enabled", "config.server.jupyter.conf.notebooks-enabled",
        "config.server.jupyter.conf.session-cull-minutes", "config.server.jupyter.conf.session-shutdown-minutes",
        "config.server.launcher.conf.server.enable-debug-logging", "config.server.launcher.conf.server.thread-pool-size",
        "config.server.launcher.kubernetes.conf.enable-debug-logging", "config.server.launcher.kubernetes.conf.job-expiry-hours",
        "config.server.launcher.kubernetes.resources.conf.*",
        "config.server.logging.conf.*.log-level", "config.server.logging.conf.*.log-message-format",
        "config.server.positron-user-settings.json", "config.server.positron.conf.allow-file-downloads", "config.server.positron.conf.allow-file-uploads",
        "config.server.positron.conf.session-timeout-kill-hours",
        "config.server.rserver.conf.admin-group", "config.server.rserver.conf.admin-superuser-group",
        "config.server.rserver.conf.auth-openid-groups-claim", "config.server.rserver.conf.auth-saml", "config.server.rserver.conf.auth-saml-metadata-url",
        "config.server.rserver.conf.auth-saml-sp-attribute-groups", "config.server.rserver.conf.auth-saml-sp-attribute-username",
        "config.server.rserver.conf.auth-saml-sp-base-uri",
        "config.server.rserver.conf.auth-openid", "config.server.rserver.conf.auth-openid-issuer", "config.server.rserver.conf.auth-openid-username-claim",
        "config.server.rserver.conf.metrics-enabled", "config.server.rserver.conf.user-provisioning-enabled",
        "config.server.rserver.conf.user-provisioning-register-on-first-login",
        "config.server.vscode.conf.enabled", "config.server.vscode.conf.session-timeout-kill-hours", "config.server.vscode.extensions.conf",
        "config.session.positron.extensions.conf",
        "config.session.repos.conf.CRAN", "config.session.rsession.conf.default-rsconnect-server",
        "config.session.rsession.conf.session-save-action-default", "config.session.rsession.conf.session-quit-child-processes-on-exit",
        "config.session.rsession.conf.session-timeout-minutes", "config.session.rsession.conf.session-timeout-suspend",
        "components.positron.image.repository", "components.positron.image.tag", "components.positron.version",
        "components.sessionInit.image.repository", "components.sessionInit.image.tag",
        "homeStorage.create", "homeStorage.mount", "homeStorage.name",
        "image.imagePullSecrets", "image.os", "image.repository", "image.tag",
        "ingress.annotations.*", "ingress.enabled", "ingress.hosts", "ingress.ingressClassName", "ingress.tls",
        "launcher.templateValues.pod.imagePullSecrets", "launcher.templateValues.pod.suppressStdinAnnotation", "launcher.templateValues.pod.tolerations",
        "launcherPem.existingSecret",
        "license.file.secret", "license.file.secretKey", "license.server",
        "pod.annotations.*", "pod.env", "pod.runAsRoot", "pod.volumeMounts", "pod.volumes", "podDisruptionBudget.maxUnavailable", "replicas",
        "resources.requests.enabled", "secureCookieKey.existingSecret",
        "session.image.os", "session.image.repository", "session.image.tag", "service.annotations.*", "serviceMonitor.additionalLabels.*",
        "serviceMonitor.enabled", "serviceMonitor.namespace", "sharedStorage.create", "sharedStorage.mount", "sharedStorage.name", "strategy.type",
        "topologySpreadConstraints", "userCreate", "userName", "userPassword.existingSecret", "versionOverride",
    ];

    private static readonly string[] ProfileKeys =
    [
        "allow-custom-resources", "allow-unknown-images", "amd-gpus", "container-images", "cpu-request-ratio", "cpus", "cpus-request",
        "default-container-image", "default-cpus", "default-cpus-request", "default-mem-mb", "default-mem-mb-request", "default-nvidia-gpus", "max-cpus",
        "max-cpus-request", "max-mem-mb", "max-mem-mb-request", "max-nvidia-gpus", "mem-mb", "mem-mb-request", "memory-request-ratio", "name", "nvidia-gpus",
        "placement-constraints", "resource-profiles",
    ];

    // Facts: the document's example under today's names. Its claims are made beside the release, its password and licence come from Secrets.
    [Fact]
    public void TheDocumentsExample_DoNotChange() =>
        Snapshot.ShouldMatch("workbench-document-values", Text(WorkbenchValues.For(WorkbenchPlans.Document(), WorkbenchPlans.Objects)).Split('\n'));

    [Fact]
    public void WithTheDocumentsIngress_CookiesKeepABrowserAtOneReplica()
    {
        var ingress = new WorkbenchIngress.Traefik(DomainName.Parse("workbench.posit.co"), "workbench-tls", null, "traefik", "websecure");
        var values = JsonNode.Parse(Text(WorkbenchValues.For(WorkbenchPlans.Document() with { Replicas = 3, Ingress = ingress }, WorkbenchPlans.Objects)))!;

        Deployed.Json(values["service"]!.ToJsonString()).ShouldBe(Deployed.Json(
            """
            {
              "annotations": {
                "traefik.ingress.kubernetes.io/service.sticky.cookie": "true",
                "traefik.ingress.kubernetes.io/service.sticky.cookie.name": "WORKBENCH-SESSION-COOKIE",
                "traefik.ingress.kubernetes.io/service.sticky.cookie.secure": "true",
                "traefik.ingress.kubernetes.io/service.sticky.cookie.samesite": "none",
                "traefik.ingress.kubernetes.io/service.sticky.cookie.httponly": "true"
              }
            }
            """));
        Deployed.Json(values["ingress"]!.ToJsonString()).ShouldBe(Deployed.Json(
            """
            {
              "enabled": true, "ingressClassName": "traefik",
              "annotations": { "traefik.ingress.kubernetes.io/router.entrypoints": "websecure", "traefik.ingress.kubernetes.io/router.tls": "true" },
              "hosts": [{ "host": "workbench.posit.co", "paths": ["/"] }], "tls": [{ "secretName": "workbench-tls", "hosts": ["workbench.posit.co"] }]
            }
            """));
        ((int)values["replicas"]!, (int)values["podDisruptionBudget"]!["maxUnavailable"]!).ShouldBe((3, 1));
    }

    [Fact]
    public void OnNginx_TheIngressKeepsABrowserAtOneReplica()
    {
        var ingress = new WorkbenchIngress.Nginx(DomainName.Parse("workbench.example.com"), "workbench-tls", "letsencrypt", "nginx");
        var values = JsonNode.Parse(Text(WorkbenchValues.For(WorkbenchPlans.Document() with { Ingress = ingress }, WorkbenchPlans.Objects)))!;

        values["service"].ShouldBeNull();
        Deployed.Json(values["ingress"]!["annotations"]!.ToJsonString()).ShouldBe(Deployed.Json(
            """
            {
              "cert-manager.io/cluster-issuer": "letsencrypt",
              "nginx.ingress.kubernetes.io/affinity": "cookie", "nginx.ingress.kubernetes.io/affinity-mode": "persistent",
              "nginx.ingress.kubernetes.io/proxy-body-size": "500m", "nginx.ingress.kubernetes.io/proxy-read-timeout": "3600",
              "nginx.ingress.kubernetes.io/proxy-send-timeout": "3600",
              "nginx.ingress.kubernetes.io/session-cookie-name": "WORKBENCH-SESSION-COOKIE", "nginx.ingress.kubernetes.io/ssl-redirect": "true"
            }
            """));
    }

    [Fact]
    public void APersonThatAProviderSignsIn_HasAnAccountAndAHome()
    {
        var plan = WorkbenchPlans.Document() with { SignIn = new WorkbenchSignIn.OpenId("https://login.example.com") };
        var objects = WorkbenchPlans.Objects with { TestUserSecret = null, OpenIdSecret = new("oidc", "client") };
        var values = JsonNode.Parse(Text(WorkbenchValues.For(plan, objects)))!;

        ((bool)values["userCreate"]!).ShouldBeFalse();
        Deployed.Json(values["config"]!["server"]!["rserver.conf"]!.ToJsonString()).ShouldBe(Deployed.Json(
            """
            {
              "auth-openid": "1", "auth-openid-issuer": "https://login.example.com", "auth-openid-username-claim": "preferred_username",
              "metrics-enabled": "1", "user-provisioning-enabled": "1", "user-provisioning-register-on-first-login": "1"
            }
            """));
        Deployed.Json(values["config"]!["existingSecrets"]!.ToJsonString())
            .ShouldBe(Deployed.Json("""[{ "name": "oidc", "items": [{ "key": "client", "path": "openid-client-secret" }] }]"""));
        ((string)values["config"]!["pam"]!["common-session"]!).ShouldContain("pam_mkhomedir.so");
    }

    [Fact]
    public void AnotherFileOfPam_RollsThePod()
    {
        static string? Annotation(string text) => (string?)JsonNode.Parse(Text(WorkbenchValues.For(
            new() { SignIn = new WorkbenchSignIn.Local(ImmutableSortedDictionary<string, string>.Empty.Add("rstudio", text)) },
            WorkbenchPlans.Objects)))!["pod"]!["annotations"]!["studio-platform/config-hash"];

        Annotation("auth required pam_unix.so\n").ShouldNotBe(Annotation("auth required pam_ldap.so\n"));
        Annotation("auth required pam_unix.so\n").ShouldBe(Annotation("auth required pam_unix.so\n"));
    }

    [Fact]
    public void TheAuthorityOfADatabase_IsMounted() => Deployed.Json(Text((ImmutableDictionary<string, object>)WorkbenchValues.For(
        WorkbenchPlans.Document(), WorkbenchPlans.Objects with { LicenseKey = null, LicenseFile = new("license", "license.lic"), DatabaseAuthority = new("authority", "ca.crt") })["pod"]))
        .ShouldBe(Deployed.Json(
            """
            {
              "env": [{ "name": "WORKBENCH_POSTGRES_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "database-password", "key": "password" } } }],
              "volumes": [{ "name": "database-authority", "secret": { "secretName": "authority" } }],
              "volumeMounts": [{ "name": "database-authority", "mountPath": "/mnt/database-authority", "readOnly": true }]
            }
            """));

    [Theory]
    [InlineData(null, null, """{ "enabled": true }""")]
    [InlineData("monitoring", "prometheus", """{ "enabled": true, "namespace": "monitoring", "additionalLabels": { "release": "prometheus" } }""")]
    public void APrometheusOperator_IsToldWhatToAsk(string? name, string? release, string expected)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        var plan = WorkbenchPlans.Document() with { ServiceMonitor = new(name, release is null ? labels : labels.Add("release", release)) };

        var values = JsonNode.Parse(Text(WorkbenchValues.For(plan, WorkbenchPlans.Objects)))!;

        Deployed.Json(values["serviceMonitor"]!.ToJsonString()).ShouldBe(Deployed.Json(expected));
    }

    [Fact]
    public void EveryPlan_WritesKeysThatTheChartKnows()
    {
        var written = WorkbenchPlans.All().SelectMany(values => Paths(values)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

        written.ShouldBe(Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoPlan_LetsTheChartMakeAClaim_OrAKey()
    {
        foreach (var values in WorkbenchPlans.All())
        {
            foreach (var storage in new[] { "homeStorage", "sharedStorage" })
            {
                ((bool)values[storage]!["create"]!).ShouldBeFalse();
                ((bool)values[storage]!["mount"]!).ShouldBeTrue();
                ((string)values[storage]!["name"]!).ShouldNotBeEmpty();
            }

            ((string)values["launcherPem"]!["existingSecret"]!).ShouldNotBeEmpty();
            ((string)values["secureCookieKey"]!["existingSecret"]!).ShouldNotBeEmpty();
        }

        // What a stack file lays over the values cannot bring one back.
        new[] { "homeStorage.create", "sharedStorage.create", "launcherPem.value", "secureCookieKey.value", "license.key", "userPassword.value" }
            .ShouldAllBe(path => HelmCharts.PositWorkbench.Owned.Any(owned => ValueTree.Overlaps(path, owned)));
    }

    [Fact]
    public void NoPlan_WritesANumberIntoAFile()
    {
        foreach (var values in WorkbenchPlans.All())
        {
            Leaves(values["config"]!).Where(leaf => leaf.GetValueKind() != JsonValueKind.String).ShouldBeEmpty();
        }
    }

    [Fact]
    public void NoPlan_HasTwoLicences() => WorkbenchPlans.All().ShouldAllBe(values =>
        (values["license"]!["server"] != null ? 1 : 0) + (values["license"]!["file"] != null ? 1 : 0) + (values["strategy"] != null ? 1 : 0) == 1);

    [Theory]
    [InlineData(1_234_567, "1234567")]
    [InlineData(64, "64")]
    [InlineData(33_554_432, "33554432")]
    public void MemoryOfAnySize_IsWrittenOut(int memory, string expected) =>
        new WorkbenchProfile { MaxMemMb = memory }.Section["max-mem-mb"].ShouldBe(expected);

    private static IEnumerable<string> Paths(JsonObject values, string before = "")
    {
        foreach (var (key, value) in values)
        {
            var path = $"{before}{key}";
            if (path.EndsWith("profiles.conf", StringComparison.Ordinal) || path.EndsWith("resources.conf", StringComparison.Ordinal))
            {
                value!.AsObject().SelectMany(section => section.Value!.AsObject().Select(option => option.Key)).ShouldBeSubsetOf(ProfileKeys);
                yield return $"{path}.*";
            }
            else if (key is "annotations" or "additionalLabels")
            {
                yield return $"{path}.*";
            }
            else if (value is JsonObject inner)
            {
                foreach (var below in Paths(inner, $"{path}."))
                {
                    yield return below;
                }
            }
            else
            {
                yield return path;
            }
        }
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(member => Leaves(member.Value!)),
        JsonArray list => list.SelectMany(item => Leaves(item!)),
        _ => [node.AsValue()],
    };

    private static string Text(ImmutableDictionary<string, object> values) => WorkbenchPlans.Text(values);
}
