namespace Tests.Stacks.Settings.Workbench;

// Promise: one way of signing in, with what it needs, and none that the server could not do as it runs.
public sealed class WorkbenchSignInRulesTests
{
    private const string Saml = """{ "saml": { "metadataUrl": "https://login.example.com/metadata?appid=1", "usernameAttribute": "NameID" } }""";
    private const string Sssd = """{ "sssd": { "uri": "ldaps://ldap.example.com", "searchBase": "dc=example,dc=com" } }""";
    private const string Pam = """{ "pam": { "files": { "rstudio": "auth required pam_unix.so\n" } } }""";

    [Theory]
    [InlineData(Saml)]
    [InlineData(WorkbenchSample.Oidc)]
    [InlineData(Sssd)]
    [InlineData(Pam)]
    [InlineData("""{ "adminGroup": "admins", "superuserGroup": "super-users", "pam": {} }""")]
    [InlineData("""{ "sssd": { "uri": "ldap://ldap.example.com:389", "searchBase": "ou=People, dc=x", "bindDn": "cn=w,dc=x", "bindSecret": "bind", "schema": "activeDirectory", "authoritySecret": "ca" } }""")]
    public void Takes_EveryWay(string signIn) => Messages(signIn).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "pam": {}, "sssd": { "uri": "ldaps://ldap.example.com", "searchBase": "dc=x" } }""", "gives pam and sssd together")]
    [InlineData("""{ "testUser": {}, "pam": {} }""", "gives testUser and pam together")]
    [InlineData("{}", "does not say which kind it is")]
    public void Rejects_AnythingButOneWay(string signIn, string what) =>
        Messages(signIn).ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.signIn: {what}");

    [Theory]
    [InlineData("""{ "testUser": {} }""", "a test user, whose account only root can make")]
    [InlineData(Pam, "PAM, which only root may ask about other people's passwords")]
    [InlineData(Sssd, "SSSD, which the chart does not start without root")]
    public void Rejects_WhatOnlyRootCanDo(string signIn, string what) => Messages(signIn, ("workbench.rootless", "true")).ShouldBe([
        $"""
        platform:workbench.rootless: does not go with {what}
          given:   true
          allowed: true beside signIn.oidc or signIn.saml
          fix:     describe signIn.oidc or signIn.saml, or remove rootless
        """,
    ]);

    [Theory]
    [InlineData(Saml)]
    [InlineData(WorkbenchSample.Oidc)]
    public void Takes_AProviderWithoutRoot(string signIn) => Messages(signIn, ("workbench.rootless", "true")).ShouldBeEmpty();

    [Theory]
    [InlineData("signIn", Saml, "platform:workbench.signIn.saml.metadataUrl")]
    [InlineData("signIn", WorkbenchSample.Oidc, "platform:workbench.signIn.oidc.issuer")]
    public void Rejects_AProviderWithoutAHost(string _, string signIn, string at) => WorkbenchSample.Messages(("workbench.signIn", signIn))
        .ShouldHaveSingleItem().ShouldStartWith($"{at}: sends people back to a host, and Workbench has none");

    [Theory]
    [InlineData("http://login.example.com/metadata")]
    [InlineData("https://user:secret@login.example.com/metadata")]
    [InlineData("https://login.example.com")]
    public void Rejects_MetadataThatIsNoAddress(string url) => Messages($$"""{ "saml": { "metadataUrl": "{{url}}", "usernameAttribute": "NameID" } }""")
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.signIn.saml.metadataUrl: is not the address of SAML metadata");

    [Theory]
    [InlineData("oidc", WorkbenchSample.Oidc)]
    [InlineData("saml", Saml)]
    public void Rejects_AnotherTokenWhereThereIsNone(string kind, string signIn) =>
        Messages(signIn, ($"workbench.signIn.{kind}.scimTokenRotation", "2")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:workbench.signIn.{kind}.scimTokenRotation: makes a token anew that there is only with accounts: scim");

    [Theory]
    [InlineData("ldap.example.com", "uri: is not the address of a directory")]
    [InlineData("ldaps://cn=w:secret@ldap.example.com", "uri: is not the address of a directory")]
    public void Rejects_ADirectoryThatIsNone(string uri, string what) => Messages($$"""{ "sssd": { "uri": "{{uri}}", "searchBase": "dc=x" } }""")
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.signIn.sssd.{what}");

    [Fact]
    public void Rejects_ABindWithoutPassword() => Messages(Sssd, ("workbench.signIn.sssd.bindDn", "\"cn=w\"")).ShouldBe([
        """
        platform:workbench.signIn.sssd.bindSecret: is missing, and so is platform:workbenchDirectoryPassword
          allowed: one of the two
          fix:     pulumi config set --secret platform:workbenchDirectoryPassword <value>, or bindSecret: <name>
        """,
    ]);

    [Fact]
    public void Rejects_APasswordWithoutBind() =>
        Messages("""{ "sssd": { "uri": "ldaps://l.example.com", "searchBase": "dc=x", "bindSecret": "s" } }""").ShouldHaveSingleItem()
            .ShouldStartWith("platform:workbench.signIn.sssd.bindDn: is missing beside bindSecret");

    [Theory]
    [InlineData("bindSecret")]
    [InlineData("authoritySecret")]
    public void Rejects_ADirectorysSecretInANamespaceThatIsNotThereYet(string name) => Messages(
        $$"""{ "sssd": { "uri": "ldaps://l.example.com", "searchBase": "dc=x", "bindDn": "cn=w", "bindSecret": "a", "authoritySecret": "b" } }""",
        ("workbench.createNamespace", null)).ShouldContain(message => message.StartsWith(
            $"platform:workbench.signIn.sssd.{name}: names a Secret of a namespace that this stack is going to make", StringComparison.Ordinal));

    [Theory]
    [InlineData("../passwd")]
    [InlineData("Rstudio")]
    public void Rejects_APamFileOfAnotherFolder(string name) =>
        Messages($$"""{ "pam": { "files": { "{{name}}": "auth required pam_unix.so" } } }""").ShouldHaveSingleItem().ShouldContain("is not the name of a file of /etc/pam.d");

    [Fact]
    public void Rejects_AnEmptyPamFile() => Messages("""{ "pam": { "files": { "rstudio": " \n" } } }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.signIn.pam.files.rstudio: is empty, and without a line PAM lets nobody in");

    [Theory]
    [InlineData("rootless", "true", WorkbenchSample.Oidc, "0.20.4", "0.21.0")]
    [InlineData("replicas", "1", Sssd, "0.21.2", "0.21.3")]
    public void Rejects_AChartThatCannotDoIt(string key, string value, string signIn, string version, string oldest) => Messages(
        signIn, ($"workbench.{key}", value), ("charts", $$"""{ "releases": { "rstudio-workbench": { "version": "{{version}}" } } }"""))
        .ShouldHaveSingleItem().ShouldContain($"allowed: {oldest} or newer");

    [Fact]
    public void Rejects_ADirectorysPasswordAmongTheValues() => Messages(
        Sssd, ("charts", """{ "releases": { "rstudio-workbench": { "values": { "config": { "sssd": { "conf": { "a.conf": "x" } } } } } } }"""))
        .ShouldHaveSingleItem().ShouldContain("decides about config.sssd");

    private static string[] Messages(string signIn, params (string Path, string? Json)[] changes) =>
        WorkbenchSample.Messages([("workbench.signIn", signIn), ("workbench.ingress", WorkbenchSample.Ingress), .. changes]);
}
