using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Manifests;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: every value lands in the file that Workbench reads, in an object of the right kind, with the chart's own lines around it.
public sealed class WorkbenchFilesTests
{
    [Fact]
    public void EveryPlan_WritesValuesThatATemplateReads() =>
        WorkbenchPlans.All().SelectMany(WorkbenchChart.Unread).Distinct(StringComparer.Ordinal)
            // An empty map of the plans' own.
            .ShouldBeSubsetOf(["license"]);

    [Theory]
    [InlineData("""{ "homeStroage": { "create": false } }""", "homeStroage.create")]
    [InlineData("""{ "config": { "sever": { "rserver.conf": {} } } }""", "config.sever.rserver.conf")]
    [InlineData("""{ "config": { "database": { "conf": { "value": "x" } } } }""", "config.database.conf.value")]
    [InlineData("""{ "image": { "tagPrefix": "ubuntu2204-" } }""", "image.tagPrefix")]
    public void AKeyThatNothingReads_IsFound(string values, string path) => WorkbenchChart.Unread(JsonNode.Parse(values)!.AsObject()).ShouldBe([path]);

    // Everything at once: images of a registry of one's own, three environments, a directory, profiles with requests.
    [Fact]
    public void TheFilesOfEverything_DoNotChange() => Snapshot.ShouldMatch("workbench-files", WorkbenchChart.Files(Values(
        WorkbenchPlans.Everything(new WorkbenchSignIn.Sssd(new("ldaps://ldap.example.com", "dc=example,dc=com"))),
        WorkbenchPlans.Objects with
        {
            Directory = new("directory", WorkbenchDirectory.File),
            DirectoryBind = new("directory-bind", WorkbenchDirectory.BindFile),
            TestUserSecret = null,
        })));

    [Fact]
    public void TheFilesOfTheSmallest_DoNotChange() => Snapshot.ShouldMatch(
        "workbench-files-smallest", WorkbenchChart.Files(Values(new(), WorkbenchPlans.Objects with { LicenseKey = null })));

    [Fact]
    public void WithoutRoot_NoPamIsAsked_AndTheLauncherSharesTheCookiesKey()
    {
        var signIn = new WorkbenchSignIn.OpenId("https://login.example.com", Accounts: WorkbenchAccounts.Scim);
        var objects = WorkbenchPlans.Objects with { ScimToken = new("scim", "token"), OpenIdSecret = new("oidc", "client") };
        var files = WorkbenchChart.Files(Values(new() { Rootless = true, SignIn = signIn }, objects)).ToArray();

        files.ShouldNotContain(line => line.Contains("/etc/pam.d", StringComparison.Ordinal));
        files.ShouldContain("  auth-pam-sessions-enabled=0");
        files.ShouldContain("  user-provisioning-enabled=1");
        files.ShouldNotContain("  user-provisioning-register-on-first-login=1");
        files.ShouldContain("  secure-cookie-key-file=/mnt/secret-configmap/rstudio/secure-cookie-key");
        files.ShouldContain("Secret scim: /mnt/scim-token/");
        files.ShouldContain("Secret oidc: /mnt/secret-configmap/rstudio/openid-client-secret");
    }

    [Fact]
    public void Sections_StandInTheOrderInWhichTheyWin()
    {
        var sections = WorkbenchChart.Files(Values(WorkbenchPlans.Everything(null), WorkbenchPlans.Objects))
            .SkipWhile(line => !line.EndsWith("launcher.kubernetes.profiles.conf", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Length == 0 || line[0] == ' ').Where(line => line.StartsWith("  [", StringComparison.Ordinal));

        sections.ShouldBe(["  [*]", "  [@group]", "  [user]"]);
    }

    // A user whose section does not allow a label could not choose a resource profile that asks for it.
    [Theory]
    [InlineData("*", "a:1", "", "a:1 gpu:yes tier:large")]
    [InlineData("@group", "", "large", "a:1 tier:large")]
    [InlineData("@group", "b:2", "", "b:2 gpu:yes tier:large")]
    [InlineData("@group", "", "small", "a:1")]
    [InlineData("@group", "", "", "")]
    public void LabelsOfResourceProfiles_AreAllowedWhereTheyCanBeChosen(string section, string own, string ids, string expected)
    {
        static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var amounts = ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty.Add("small", new("Small", "1.0", 512))
            .Add("large", new("Large", "8.0", 8192) { PlacementConstraints = ["tier:large"] })
            .Add("gpu", new("GPU", "8.0", 8192) { PlacementConstraints = ["gpu:yes", "tier:large"] });
        var profiles = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty
            .Add(WorkbenchProfile.Everybody, new() { PlacementConstraints = ["a:1"] })
            .SetItem(section, new() { PlacementConstraints = Words(own), ResourceProfiles = Words(ids) });

        WorkbenchProfile.Written(profiles, amounts)[section].PlacementConstraints.ShouldBe(Words(expected));
    }

    [Fact]
    public void WithoutSections_EverybodyMayHaveTheLabelsOfResourceProfiles() => WorkbenchProfile.Written(
        ImmutableSortedDictionary<string, WorkbenchProfile>.Empty,
        ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty.Add("large", new("L", "8.0", 8192) { PlacementConstraints = ["tier:large"] }))
        [WorkbenchProfile.Everybody].PlacementConstraints.ShouldBe(["tier:large"]);

    [Theory]
    [InlineData("registry.example.com/workbench:2026.08.1", "registry.example.com/workbench", "2026.08.1")]
    [InlineData("registry.example.com:5000/a/b:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "registry.example.com:5000/a/b",
        "1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void AnImage_IsWhatTheChartPutsTogether(string image, string repository, string tag)
    {
        var values = Values(new() { Images = new() { Server = ImageReference.Parse(image), Session = ImageReference.Parse(image) } }, WorkbenchPlans.Objects);

        foreach (var given in new[] { values["image"]!, values["session"]!["image"]! })
        {
            ((string)given["repository"]!, (string)given["tag"]!).ShouldBe((repository, tag));
            $"{given["repository"]}:{given["tag"]}".ShouldBe(image);
        }
    }

    [Theory]
    [InlineData(WorkbenchDirectorySchema.Rfc2307, "ldaps://ldap.example.com", null, null, "ldap_schema = rfc2307\nldap_tls_reqcert = demand\n")]
    [InlineData(WorkbenchDirectorySchema.ActiveDirectory, "ldaps://ad.example.com", "cn=w", "pass=word\n",
        "ldap_schema = ad\nldap_id_mapping = true\nldap_tls_reqcert = demand\nldap_default_bind_dn = cn=w\nldap_default_authtok = pass=word\n")]
    [InlineData(WorkbenchDirectorySchema.Rfc2307bis, "ldap://ldap.example.com", "cn=w", null,
        "ldap_schema = rfc2307bis\nldap_id_use_start_tls = true\nldap_tls_reqcert = demand\nldap_default_bind_dn = cn=w\n")]
    public void ADirectory_IsAskedOverTlsAlone(WorkbenchDirectorySchema schema, string uri, string? bind, string? password, string middle) =>
        new WorkbenchDirectory(uri, "dc=example,dc=com") { BindDn = bind, Schema = schema }.Text(password).ShouldBe(
            "[sssd]\nconfig_file_version = 2\nservices = nss, pam\ndomains = workbench\n\n[domain/workbench]\nid_provider = ldap\nauth_provider = ldap\n"
            + $"ldap_uri = {uri}\nldap_search_base = dc=example,dc=com\n{middle}fallback_homedir = /home/%u\ndefault_shell = /bin/bash\n");

    private static JsonObject Values(WorkbenchPlan plan, WorkbenchObjects objects) =>
        JsonNode.Parse(WorkbenchPlans.Text(WorkbenchValues.For(plan, objects)))!.AsObject();
}
