using Infra.InstalledPlatform;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.InstalledPlatform;

// Promise: what a preview reads of a Deployment it also checks, so that no update fails, or takes a field from somebody, for what was to be seen before.
public sealed class PatchedDeploymentTests
{
    private const string Names = "platform:studios.platform.names";
    private const string Token = "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN";
    private const string TokenKey = "OIDC_CLIENT_REGISTRATION_TOKEN";
    private const string TokenSecret = "platform-oidc-registration";
    private const string KeySecret = "platform-oidc-certs";
    private const string Fix = "Remove it there, or set platform:studios.platform.takeOver: true to put the one of this program in its place.";
    private const string NoFix = "in a form that nothing can be put in the place of. Remove it there.";

    [Fact]
    public async Task TheVendorsManifests_Pass() => (await Problems(Live())).ShouldBeEmpty();

    [Fact]
    public async Task ThePatchedDeployment_Passes() => (await Problems(Live(
        env: """[{ "name": "TOWER_OIDC_PEM_PATH", "value": "/data/certs/oidc.pem" }]""",
        mounts: """[{ "name": "cert-volume", "mountPath": "/data/certs", "readOnly": true }]""",
        volumes: """[{ "name": "cert-volume", "secret": { "secretName": "platform-oidc-certs", "items": [{ "key": "oidc.pem", "path": "oidc.pem" }] } }]""")))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("""[{ "name": "cron" }]""", "'cron'")]
    [InlineData("""[{ "name": "app" }, { "name": "istio-proxy" }]""", "'app' and 'istio-proxy'")]
    public async Task AnotherContainer_IsNamed(string containers, string found)
    {
        foreach (var deployment in new[] { "cron", "backend" })
        {
            (await Problems(Live(containers: containers), deployment)).ShouldBe([
                $"Deployment seqera/{deployment}: it has no container 'backend', only {found}: "
                    + $"set {Names}.{deployment}Container to the one that runs Seqera Platform.",
            ]);
        }
    }

    [Theory]
    [InlineData("cron", """[{ "name": "TOWER_OIDC_PEM_PATH", "value": "/elsewhere/oidc.pem" }]""", "TOWER_OIDC_PEM_PATH", true)]
    [InlineData("backend", """[{ "name": "TOWER_OIDC_PEM_PATH", "value": "/elsewhere/oidc.pem" }]""", "TOWER_OIDC_PEM_PATH", true)]
    [InlineData("cron", """[{ "name": "TOWER_OIDC_PEM_PATH", "valueFrom": { "configMapKeyRef": { "name": "c" } } }]""", "TOWER_OIDC_PEM_PATH", false)]
    [InlineData("backend", $$"""[{ "name": "{{Token}}", "valueFrom": { "secretKeyRef": { "name": "mine", "key": "{{TokenKey}}" } } }]""", Token, true)]
    [InlineData("backend", $$"""[{ "name": "{{Token}}", "valueFrom": { "secretKeyRef": { "name": "{{TokenSecret}}", "key": "x" } } }]""", Token, true)]
    [InlineData("backend", $$"""[{ "name": "{{Token}}", "value": "a-token-in-the-open" }]""", Token, false)]
    public async Task AVariableOfSomebodyElse_IsNotTaken(string deployment, string env, string variable, bool canBeTakenOver)
    {
        var what = $"Deployment seqera/{deployment}: the variable {variable} of container 'backend' has another value, set by somebody else";

        (await Problems(Live(env: env), deployment)).ShouldBe([canBeTakenOver ? $"{what}. {Fix}" : $"{what} {NoFix}"]);
        (await Problems(Live(env: env), deployment, takeOver: true)).ShouldBe(canBeTakenOver ? [] : [$"{what} {NoFix}"]);
    }

    [Fact]
    public async Task TheTokenOfTheBackend_IsNoConcernOfCron() => (await Problems(Live(
        env: """[{ "name": "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN", "value": "x" }]"""))).ShouldBeEmpty();

    [Theory]
    [InlineData("""[{ "name": "cert-volume", "secret": { "secretName": "mine" } }]""", true)]
    [InlineData("""[{ "name": "cert-volume", "secret": { "secretName": "platform-oidc-certs" } }]""", true)]
    [InlineData($$"""[{ "name": "cert-volume", "secret": { "secretName": "{{KeySecret}}", "items": [{ "key": "other.pem", "path": "oidc.pem" }] } }]""", true)]
    [InlineData("""[{ "name": "cert-volume", "configMap": { "name": "certs" } }]""", false)]
    [InlineData("""[{ "name": "cert-volume", "emptyDir": {} }]""", false)]
    public async Task AVolumeOfTheSameName_IsNotTaken(string volumes, bool canBeTakenOver)
    {
        const string What = "Deployment seqera/cron: the volume 'cert-volume' shows something else than 'oidc.pem' of the Secret 'platform-oidc-certs', "
            + "set by somebody else";

        (await Problems(Live(volumes: volumes))).ShouldBe([canBeTakenOver ? $"{What}. {Fix}" : $"{What} {NoFix}"]);
        (await Problems(Live(volumes: volumes), takeOver: true)).ShouldBe(canBeTakenOver ? [] : [$"{What} {NoFix}"]);
    }

    [Theory]
    [InlineData("""[{ "name": "certs", "mountPath": "/data/certs" }]""", "certs", "/data/certs", true)]
    [InlineData("""[{ "name": "certs", "mountPath": "/data/certs/" }]""", "certs", "/data/certs/", false)]
    [InlineData("""[{ "name": "cert-volume", "mountPath": "/data/certs", "subPath": "x" }]""", "cert-volume", "/data/certs", false)]
    public async Task AMountAtTheSamePath_IsNotTaken(string mounts, string volume, string path, bool canBeTakenOver)
    {
        var what = $"Deployment seqera/cron: container 'backend' mounts the volume '{volume}' at {path}, set by somebody else";

        (await Problems(Live(mounts: mounts))).ShouldBe([canBeTakenOver ? $"{what}. {Fix}" : $"{what} {NoFix}"]);
        (await Problems(Live(mounts: mounts), takeOver: true)).ShouldBe(canBeTakenOver ? [] : [$"{what} {NoFix}"]);
    }

    [Theory]
    // Who holds the variable, and who is said to; null for nobody but this program.
    [InlineData("studio-platform-0123456789abcdef", null)]
    [InlineData("studio-platform", null)]
    [InlineData("helm", "'helm'")]
    [InlineData("kubectl-edit,studio-platform", "'kubectl-edit'")]
    [InlineData("helm,kubectl-edit", "'helm' and 'kubectl-edit'")]
    public async Task AFieldIsOurs_ByItsManagers(string managers, string? others)
    {
        var entries = string.Join(", ", managers.Split(',').Select(manager => $$$"""
            { "manager": "{{{manager}}}", "operation": "Apply", "fieldsV1": { "f:spec": { "f:template": { "f:spec": { "f:containers": {
              "k:{\"name\":\"backend\"}": { "f:env": { "k:{\"name\":\"TOWER_OIDC_PEM_PATH\"}": { "f:value": {} } } } } } } } } }
            """));
        var live = Live(env: """[{ "name": "TOWER_OIDC_PEM_PATH", "value": "/old/oidc.pem" }]""", managedFields: $"[{entries}]");

        (await Problems(live)).ShouldBe(others is null
            ? []
            : [$"Deployment seqera/cron: the variable TOWER_OIDC_PEM_PATH of container 'backend' has another value, set by {others}. {Fix}"]);
    }

    [Fact]
    public async Task AllProblems_AreSaidAtOnce() => (await Problems(Live(
        env: """[{ "name": "TOWER_OIDC_PEM_PATH", "value": "/x" }]""",
        volumes: """[{ "name": "cert-volume", "secret": { "secretName": "mine" } }]"""))).Length.ShouldBe(2);

    [Fact]
    public async Task ARollingCron_IsRefused_WhateverElseIsRead() =>
        (await Problems("""{ "spec": { "strategy": { "type": "RollingUpdate" } } }"""))
            .ShouldHaveSingleItem().ShouldContain("patch deployment cron --type json");

    // As a preview and as an update: both read.
    private static async Task<string[]> Problems(string live, string deployment = "cron", bool takeOver = false)
    {
        List<string> found = [];
        foreach (var isPreview in new[] { true, false })
        {
            try
            {
                await Deployed.Of(
                    options => new StudiosPatch("platform", StudiosPatchTests.Args("26.1.3", takeOver: takeOver), options),
                    new Dictionary<string, string> { [$"platform-current-{deployment}"] = live },
                    isPreview);
                found.Add("");
            }
            catch (RunException exception)
            {
                found.Add(exception.Message);
            }
        }

        found[0].ShouldBe(found[1]);
        return [.. found[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("Deployment ", StringComparison.Ordinal))];
    }

    // As in the vendor's manifests, of what matters here.
    private static string Live(
        string env = """[{ "name": "MICRONAUT_ENVIRONMENTS", "value": "prod,redis,cron" }]""",
        string mounts = """[{ "name": "config-volume", "mountPath": "/tower.yml", "subPath": "tower.yml" }]""",
        string volumes = """[{ "name": "config-volume", "configMap": { "name": "tower-yml" } }]""",
        string? containers = null,
        string managedFields = "[]") => $$"""
            {
              "metadata": { "name": "x", "namespace": "seqera", "managedFields": {{managedFields}} },
              "spec": {
                "strategy": { "type": "Recreate" },
                "template": {
                  "spec": {
                    "containers": {{containers ?? $$"""[{ "name": "backend", "env": {{env}}, "volumeMounts": {{mounts}} }]"""}},
                    "volumes": {{volumes}}
                  }
                }
              }
            }
            """;
}
