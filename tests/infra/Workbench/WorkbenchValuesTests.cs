using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Dns;
using Infra.Routing;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: the chart, which has no schema, is given keys that it knows, no secret, no number in a file, and no claim to make and delete.
public sealed class WorkbenchValuesTests
{
    // Every key of charts/rstudio-workbench/values.yaml 0.22.0 that this program ever writes; what stands behind an asterisk is the operator's own word.
    private static readonly string[] Known =
    [
        "config.database.conf.existingSecret", "config.existingSecrets", "config.pam.common-session",
        "config.profiles.launcher.kubernetes.profiles.conf.*",
        "config.server.jupyter.conf.session-cull-minutes", "config.server.jupyter.conf.session-shutdown-minutes",
        "config.server.launcher.kubernetes.resources.conf.*",
        "config.server.rserver.conf.auth-openid", "config.server.rserver.conf.auth-openid-issuer", "config.server.rserver.conf.auth-openid-username-claim",
        "config.server.rserver.conf.metrics-enabled", "config.server.rserver.conf.user-provisioning-enabled",
        "config.server.rserver.conf.user-provisioning-register-on-first-login",
        "config.session.repos.conf.CRAN", "config.session.rsession.conf.session-quit-child-processes-on-exit",
        "config.session.rsession.conf.session-timeout-minutes", "config.session.rsession.conf.session-timeout-suspend",
        "homeStorage.create", "homeStorage.mount", "homeStorage.name",
        "ingress.annotations.*", "ingress.enabled", "ingress.hosts", "ingress.ingressClassName", "ingress.tls",
        "launcher.templateValues.pod.suppressStdinAnnotation", "launcherPem.existingSecret",
        "license.file.secret", "license.file.secretKey", "license.server",
        "pod.env", "pod.volumeMounts", "pod.volumes", "podDisruptionBudget.maxUnavailable", "replicas", "resources.requests.enabled",
        "secureCookieKey.existingSecret", "service.annotations.*", "sharedStorage.create", "sharedStorage.mount", "sharedStorage.name", "strategy.type",
        "topologySpreadConstraints", "userCreate", "userName", "userPassword.existingSecret",
    ];

    private static readonly string[] ProfileKeys =
    [
        "allow-unknown-images", "container-images", "cpus", "default-container-image", "default-cpus", "default-mem-mb", "max-cpus", "max-mem-mb", "mem-mb",
        "name", "nvidia-gpus", "resource-profiles",
    ];

    private static readonly WorkbenchObjects Objects = new()
    {
        HomeClaim = "workbench-user-pvc",
        SharedClaim = "workbench-shared-pvc",
        LauncherSecret = "launcher",
        CookieSecret = "cookie",
        DatabaseFile = "database",
        DatabasePassword = new("database-password", "password"),
        LicenseKey = new("license", "license-key"),
        TestUserSecret = "test-user",
    };

    // Facts: the document's example under today's names. Its claims are made beside the release, its password and licence come from Secrets.
    [Fact]
    public void TheDocumentsExample_DoNotChange() =>
        Snapshot.ShouldMatch("workbench-document-values", Text(WorkbenchValues.For(Document(), Objects)).Split('\n'));

    [Fact]
    public void WithTheDocumentsIngress_CookiesKeepABrowserAtOneReplica()
    {
        var ingress = new WorkbenchIngress.Traefik(DomainName.Parse("workbench.posit.co"), "workbench-tls", null, "traefik", "websecure");
        var values = JsonNode.Parse(Text(WorkbenchValues.For(Document() with { Replicas = 3, Ingress = ingress }, Objects)))!;

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
        var values = JsonNode.Parse(Text(WorkbenchValues.For(Document() with { Ingress = ingress }, Objects)))!;

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
        var plan = Document() with { TestUser = null, OpenId = new("https://login.example.com", "preferred_username") };
        var values = JsonNode.Parse(Text(WorkbenchValues.For(plan, Objects with { TestUserSecret = null, OpenIdSecret = new("oidc", "client") })))!;

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
    public void TheAuthorityOfADatabase_IsMounted() => Deployed.Json(Text((ImmutableDictionary<string, object>)WorkbenchValues.For(
        Document(), Objects with { LicenseKey = null, LicenseFile = new("license", "license.lic"), DatabaseAuthority = new("authority", "ca.crt") })["pod"]))
        .ShouldBe(Deployed.Json(
            """
            {
              "env": [{ "name": "WORKBENCH_POSTGRES_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "database-password", "key": "password" } } }],
              "volumes": [{ "name": "database-authority", "secret": { "secretName": "authority" } }],
              "volumeMounts": [{ "name": "database-authority", "mountPath": "/mnt/database-authority", "readOnly": true }]
            }
            """));

    [Fact]
    public void EveryPlan_WritesKeysThatTheChartKnows()
    {
        var written = Plans().SelectMany(values => Paths(values)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

        written.ShouldBe(Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoPlan_LetsTheChartMakeAClaim_OrAKey()
    {
        foreach (var values in Plans())
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
        foreach (var values in Plans())
        {
            Leaves(values["config"]!).Where(leaf => leaf.GetValueKind() != JsonValueKind.String).ShouldBeEmpty();
        }
    }

    [Fact]
    public void NoPlan_HasTwoLicences() => Plans().ShouldAllBe(values =>
        (values["license"]!["server"] != null ? 1 : 0) + (values["license"]!["file"] != null ? 1 : 0) + (values["strategy"] != null ? 1 : 0) == 1);

    [Theory]
    [InlineData(1_234_567, "1234567")]
    [InlineData(64, "64")]
    [InlineData(33_554_432, "33554432")]
    public void MemoryOfAnySize_IsWrittenOut(int memory, string expected) =>
        new WorkbenchProfile { MaxMemMb = memory }.Section["max-mem-mb"].ShouldBe(expected);

    private static WorkbenchPlan Document() => new()
    {
        TestUser = "rstudio",
        Sessions = new() { Cran = "https://packagemanager.posit.co/cran/__linux__/jammy/latest" },
        Profiles = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty.Add(WorkbenchProfile.Everybody, new()
        {
            DefaultCpus = "1.0",
            DefaultMemMb = 2048,
            MaxCpus = "4.0",
            MaxMemMb = 8192,
            DefaultContainerImage = "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1",
            ContainerImages =
            [
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1",
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1-old-versions",
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1-ml-dep",
            ],
        }),
        ResourceProfiles = ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty
            .Add("small", new("Small", "1.0", 512)).Add("medium", new("Medium", "2.0", 4096)).Add("large", new("Large", "3.0", 8192)),
    };

    // Every combination of what is chosen.
    private static IEnumerable<JsonObject> Plans() =>
        from replicas in new[] { 1, 3 }
        from license in new[] { "key", "file", "server" }
        from signIn in new[] { "user", "oidc" }
        from ingress in new WorkbenchIngress?[]
        {
            null, new WorkbenchIngress.Traefik(DomainName.Parse("workbench.example.com"), "tls", "issuer", "traefik", "websecure"),
            new WorkbenchIngress.Nginx(DomainName.Parse("workbench.example.com"), "tls", null, "nginx"),
            WorkbenchIngress.Routed.By(new IngressController.Gce(), DomainName.Parse("workbench.example.com")),
        }
        from profiles in new[] { true, false }
        from authority in new[] { true, false }
        select JsonNode.Parse(Text(WorkbenchValues.For(
            Plan(replicas, license, signIn, ingress, profiles),
            Objects with
            {
                DatabaseAuthority = authority ? new("authority", "ca.crt") : null,
                LicenseKey = license == "key" ? Objects.LicenseKey : null,
                LicenseFile = license == "file" ? new("license", "license.lic") : null,
                OpenIdSecret = signIn == "oidc" ? new("oidc", "client") : null,
                TestUserSecret = signIn == "user" ? "test-user" : null,
            }))) is JsonObject values && Completed(values) ? values : throw new InvalidOperationException();

    private static WorkbenchPlan Plan(int replicas, string license, string signIn, WorkbenchIngress? ingress, bool profiles)
    {
        var everything = new WorkbenchProfile { AllowUnknownImages = false, ResourceProfiles = ["small"] };
        var document = Document();
        return new()
        {
            Ingress = ingress,
            LicenseServer = license == "server" ? "license.example.com:8989" : null,
            OpenId = signIn == "oidc" ? new("https://login.example.com", "email") : null,
            Profiles = profiles ? document.Profiles.Add("@group", everything).Add("user", new() { MaxMemMb = 1_048_576 }) : WorkbenchNone,
            Replicas = replicas,
            ResourceProfiles = profiles
                ? document.ResourceProfiles.Add("gpu", new("GPU", "8.0", 1_048_576) { NvidiaGpus = 1 })
                : document.ResourceProfiles.Clear(),
            TestUser = signIn == "user" ? "rstudio" : null,
        };
    }

    private static readonly ImmutableSortedDictionary<string, WorkbenchProfile> WorkbenchNone = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty;

    // A licence key has no value of its own: an empty map stands for it, so that all plans are asked alike.
    private static bool Completed(JsonObject values)
    {
        if (!values.ContainsKey("license"))
        {
            values["license"] = new JsonObject();
        }

        return true;
    }

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
            else if (key == "annotations")
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

    private static string Text(ImmutableDictionary<string, object> values) => Deployed.Json(JsonSerializer.Serialize(values));
}
