using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Databases;
using Infra.Manifests;
using Infra.Storage;
using Infra.Workbench;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: Workbench stands on claims and Secrets of this program, and a secret is in nothing but a Secret.
public sealed class PositWorkbenchTests
{
    private static readonly WorkbenchPlan ToTryOut = new() { SignIn = new WorkbenchSignIn.TestUser("rstudio") };

    [Fact]
    public async Task ToTryOut_HasTheseChildren() => (await Deployed.Of(options => Make(ToTryOut, options))).Lineages.ShouldBe([
        "platform:workbench:PositWorkbench$kubernetes:helm.sh/v3:Release::workbench",
        "platform:workbench:PositWorkbench$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::workbench-database",
        "platform:workbench:PositWorkbench$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::workbench-license",
        "platform:workbench:PositWorkbench$platform:secrets:GivenSecret::workbench-database",
        "platform:workbench:PositWorkbench$platform:secrets:GivenSecret::workbench-license",
        "platform:workbench:PositWorkbench$platform:secrets:TrackedSecret$kubernetes:core/v1:Secret::workbench-test-user",
        "platform:workbench:PositWorkbench$platform:secrets:TrackedSecret$random:index/randomPassword:RandomPassword::workbench-test-user-value",
        "platform:workbench:PositWorkbench$platform:secrets:TrackedSecret::workbench-test-user",
        "platform:workbench:PositWorkbench$platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::workbench-home-claim",
        "platform:workbench:PositWorkbench$platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::workbench-shared-claim",
        "platform:workbench:PositWorkbench$platform:storage:SharedClaim::workbench-home",
        "platform:workbench:PositWorkbench$platform:storage:SharedClaim::workbench-shared",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::workbench-keys-launcher",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$platform:secrets:GivenSecret::workbench-keys-launcher",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$platform:secrets:TrackedSecret$kubernetes:core/v1:Secret::workbench-keys-cookie",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$platform:secrets:TrackedSecret$random:index/randomPassword:RandomPassword::workbench-keys-cookie-value",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$platform:secrets:TrackedSecret::workbench-keys-cookie",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys$tls:index/privateKey:PrivateKey::workbench-keys-launcher-pair",
        "platform:workbench:PositWorkbench$platform:workbench:WorkbenchKeys::workbench-keys",
        "platform:workbench:PositWorkbench::workbench",
    ]);

    [Fact]
    public async Task TheRelease_NamesSecretsAndClaims()
    {
        var deployed = await Deployed.Of(options => Make(ToTryOut, options));

        deployed.Inputs("workbench").ShouldSatisfyAllConditions(
            release => release.ShouldContain("\"chart\": \"rstudio-workbench\""),
            release => release.ShouldContain("\"version\": \"0.22.0\""),
            release => release.ShouldContain("\"name\": \"rstudio-workbench\""),
            release => release.ShouldContain("\"namespace\": \"posit-workbench\""),
            release => release.ShouldContain("\"timeout\": 600"),
            release => release.ShouldContain("\"name\": \"workbench-user-pvc\""),
            release => release.ShouldContain("\"type\": \"Recreate\""),
            release => release.ShouldNotContain("marker"));
    }

    [Fact]
    public async Task TheFileOfTheDatabase_HasNoPassword() => (await Deployed.Of(options => Make(new(), options))).Inputs("workbench-database")
        .ShouldContain(@"provider=postgresql\nconnection-uri=postgres://workbench@postgres.example.com:5432/workbench?sslmode=require\n");

    [Theory]
    [InlineData("workbench", "workbench", PostgresSslMode.Allow, null, "postgres://workbench@db:5432/workbench?sslmode=allow")]
    [InlineData("a@b", "x/y", PostgresSslMode.Require, null, "postgres://a%40b@db:5432/x%2Fy?sslmode=require")]
    [InlineData("w", "w", PostgresSslMode.VerifyCa, "/mnt/ca.crt", "postgres://w@db:5432/w?sslmode=verify-ca&sslrootcert=/mnt/ca.crt")]
    [InlineData("w", "w", PostgresSslMode.VerifyFull, "/mnt/ca.crt", "postgres://w@db:5432/w?sslmode=verify-full&sslrootcert=/mnt/ca.crt")]
    public void TheAddressOfTheDatabase_IsThis(string user, string database, PostgresSslMode mode, string? authority, string expected) =>
        WorkbenchDatabaseFile.Text("db", 5432, database, user, mode, authority).ShouldBe($"provider=postgresql\nconnection-uri={expected}\n");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SecretsThatOthersLookAfter_AreNamedAndNotMade(bool isFile)
    {
        var existing = new WorkbenchSecret.Existing("theirs", isFile ? "license.lic" : "license-key");
        var deployed = await Deployed.Of(options => Make(
            new() { SignIn = new WorkbenchSignIn.OpenId("https://login.example.com") }, options, key: isFile ? null : existing, file: isFile ? existing : null,
            client: new WorkbenchSecret.Existing("client", "openid-client-secret")));

        deployed.Has("workbench-license").ShouldBeFalse();
        deployed.Has("workbench-openid").ShouldBeFalse();
        deployed.Has("workbench-test-user").ShouldBeFalse();
        var release = deployed.Inputs("workbench");
        release.ShouldContain(isFile ? "\"secret\": \"theirs\"" : "\"name\": \"theirs\"");
        release.ShouldContain("\"name\": \"client\"");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheFileOfADirectory_IsInASecretThatThePodMounts(bool isSealed)
    {
        WorkbenchSecret bind = isSealed ? new WorkbenchSecret.Value("marker-bind\n") : new WorkbenchSecret.Existing("theirs", "sssd-bind.conf");
        var signIn = new WorkbenchSignIn.Sssd(new("ldaps://ldap.example.com", "dc=example,dc=com") { BindDn = "cn=w" });
        var deployed = await Deployed.Of(options => Make(new() { SignIn = signIn }, options, bind: bind));

        var file = deployed.Inputs("workbench-directory");
        file.ShouldContain(@"ldap_default_bind_dn = cn=w\n");
        file.Contains(@"ldap_default_authtok = marker-bind\n", StringComparison.Ordinal).ShouldBe(isSealed);
        var release = deployed.Inputs("workbench");
        release.ShouldContain("\"mountPath\": \"/mnt/user-provisioning\"");
        release.ShouldNotContain("marker-bind");
        release.ShouldNotContain("\"sssd\"");
        release.Contains("\"theirs\"", StringComparison.Ordinal).ShouldBe(!isSealed);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2026.08.0-10", "registry.example.com/mirror/posit/workbench-positron-init")]
    public async Task AMirror_HasTheImagesThatTheStackDoesNotName(string? positron, string? positronImage)
    {
        var plan = ToTryOut with
        {
            Ides = new() { PositronVersion = positron },
            Images = new() { PullSecrets = ["registry"], Server = ImageReference.Parse("other.example.com/workbench:2026.08.1") },
        };
        var deployed = await Deployed.Of(options => Make(plan, options, chart: new() { ImageRegistry = "registry.example.com/mirror" }));

        var values = JsonNode.Parse(deployed.Inputs("workbench"))!["values"]!;
        ((string)values["image"]!["repository"]!).ShouldBe("other.example.com/workbench");
        ((string)values["session"]!["image"]!["repository"]!).ShouldBe("registry.example.com/mirror/posit/workbench-session");
        ((string)values["components"]!["sessionInit"]!["image"]!["repository"]!).ShouldBe("registry.example.com/mirror/posit/workbench-session-init");
        ((string?)values["components"]!["positron"]?["image"]?["repository"]).ShouldBe(positronImage);
        ((string)values["launcher"]!["templateValues"]!["pod"]!["imagePullSecrets"]![0]!["name"]!).ShouldBe("registry");
    }

    [Fact]
    public async Task TheTokenOfAProvider_IsMadeAndMounted()
    {
        var signIn = new WorkbenchSignIn.OpenId("https://login.example.com", Accounts: WorkbenchAccounts.Scim);
        var deployed = await Deployed.Of(options => Make(
            new() { SignIn = signIn }, options, client: new WorkbenchSecret.Existing("client", "openid-client-secret")));

        deployed.Has("workbench-scim").ShouldBeTrue();
        deployed.Inputs("workbench").ShouldContain("\"value\": \"/mnt/scim-token/token\"");
    }

    private static PositWorkbench Make(
        WorkbenchPlan plan, ComponentResourceOptions options, WorkbenchSecret? client = null, WorkbenchSecret? bind = null, ChartOptions? chart = null) =>
        Make(plan, options, new WorkbenchSecret.Value("marker-key"), null, client, bind, chart);

    private static PositWorkbench Make(
        WorkbenchPlan plan,
        ComponentResourceOptions options,
        WorkbenchSecret? key,
        WorkbenchSecret? file,
        WorkbenchSecret? client,
        WorkbenchSecret? bind = null,
        ChartOptions? chart = null)
    {
        return new(
            "workbench",
            new PositWorkbenchArgs
            {
                Database = new ExistingPostgres(
                    "database",
                    new ExistingPostgresArgs
                    {
                        Database = "workbench",
                        Host = "postgres.example.com",
                        Namespace = "posit-workbench",
                        PasswordSecret = "workbench-db",
                        User = "workbench",
                    }),
                Chart = chart ?? ChartOptions.None,
                DirectoryBind = bind,
                Home = new("home", WorkbenchClaim.DefaultHomeName, Quantity.Parse("100G"), ""),
                LicenseFile = file,
                LicenseKey = key,
                Namespace = "posit-workbench",
                OpenIdClient = client,
                Plan = plan,
                Shared = new("shared", WorkbenchClaim.DefaultSharedName, Quantity.Parse("1G"), ""),
                Storage = new ExistingClassStorage("nfs-rwx"),
            },
            options);
    }
}
