namespace Tests.Stacks.Settings.Workbench;

// Promise: a Workbench that could not start, lose its users' files or let a stranger in is refused where it is written.
public sealed class WorkbenchRulesTests
{
    [Fact]
    public void TheSample_IsTakenWithoutAWord()
    {
        WorkbenchSample.Messages().ShouldBeEmpty();
        WorkbenchSample.Warnings().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "server": "license.example.com:8989", "key": { "existingSecret": "x" } }""")]
    [InlineData("""{ "key": { "existingSecret": "x" }, "file": { "existingSecret": "y" } }""")]
    [InlineData("{}")]
    public void Rejects_AnythingButOneLicence(string license) =>
        WorkbenchSample.Messages(("workbench.license", license)).ShouldHaveSingleItem().ShouldStartWith("platform:workbench.license: ");

    [Fact]
    public void Rejects_NoLicenceAtAll() =>
        WorkbenchSample.Messages(("workbench.license", null)).ShouldHaveSingleItem().ShouldStartWith("platform:workbench.license: is missing");

    [Fact]
    public void Rejects_ALicenceKeyThatIsNowhere() => WorkbenchSample.Messages(("workbench.license", """{ "key": {} }""")).ShouldBe([
        """
        platform:workbench.license.key.existingSecret: is missing, and so is platform:workbenchLicenseKey
          allowed: one of the two
          fix:     pulumi config set --secret platform:workbenchLicenseKey <value>, or existingSecret: <name>
        """,
    ]);

    [Fact]
    public void Rejects_ASecretTwice() => WorkbenchSample.Messages(
        WorkbenchSample.Secrets, ("workbench.license", """{ "key": {} }""")).ShouldBe([
        """
        platform:workbench.database.existing.passwordSecret: is given beside platform:workbenchDatabasePassword, and only one can be read
          given:   workbench-db
          allowed: one of the two
          fix:     pulumi config rm platform:workbenchDatabasePassword, or remove passwordSecret
        """,
    ]);

    [Fact]
    public void Rejects_ASecretInANamespaceThatIsNotThereYet() => WorkbenchSample.Messages(("workbench.createNamespace", null)).ShouldBe([
        """
        platform:workbench.database.existing.passwordSecret: names a Secret of a namespace that this stack is going to make, so that it cannot exist yet
          given:   workbench-db
          allowed: given with createNamespace: false
          fix:     make the namespace and the Secret first and set createNamespace: false, or give platform:workbenchDatabasePassword instead
        """,
    ]);

    [Fact]
    public void Takes_EverythingSealedInTheStackFile() => WorkbenchSample.Messages(
        WorkbenchSample.Secrets,
        ("workbench.createNamespace", null), ("workbench.license", """{ "key": {} }"""), ("workbench.database.existing.passwordSecret", null)).ShouldBeEmpty();

    [Theory]
    [InlineData("postgres://workbench:secret@postgres.example.com:5432/workbench")]
    [InlineData("workbench:secret@postgres.example.com:5432")]
    [InlineData("postgres.example.com")]
    [InlineData("localhost:5432")]
    public void Rejects_AnAddressOfADatabaseThatIsNone(string address) => WorkbenchSample.Messages(("workbench.database.existing.address", $"\"{address}\""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.database.existing.address: ");

    [Theory]
    [InlineData("user", "work bench")]
    [InlineData("user", "a:b")]
    [InlineData("database", "Workbench")]
    [InlineData("database", "1st")]
    public void Rejects_ANameThatPostgresWouldQuote(string key, string name) => WorkbenchSample.Messages(($"workbench.database.existing.{key}", $"\"{name}\""))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.database.existing.{key}: is not a name of PostgreSQL");

    [Fact]
    public void Rejects_TheTestUserInProduction() => WorkbenchSample.Messages(("production", "\"true\"")).ShouldBe([
        """
        platform:workbench.signIn.testUser: is for verifying an installation, and this stack is a production stack
          given:   rstudio
          allowed: oidc, saml, pam or sssd
          fix:     describe signIn.oidc, or set production: false
        """,
    ]);

    [Theory]
    [InlineData("disable")]
    [InlineData("allow")]
    [InlineData("prefer")]
    public void Rejects_ADatabaseWithoutTlsInProduction(string mode) => WorkbenchSample.Messages(
        ("production", "\"true\""), ("workbench.signIn", WorkbenchSample.Oidc), ("workbench.ingress", WorkbenchSample.Ingress),
        ("workbench.database.existing.sslMode", $"\"{mode}\"")).ShouldHaveSingleItem().ShouldStartWith("platform:workbench.database.existing.sslMode: lets");

    [Theory]
    [InlineData("""{ "testUser": {}, "oidc": { "issuer": "https://login.example.com", "clientSecretName": "x" } }""")]
    [InlineData("{}")]
    public void Rejects_AnythingButOneWayToSignIn(string signIn) => WorkbenchSample.Messages(
        ("workbench.signIn", signIn), ("workbench.ingress", WorkbenchSample.Ingress)).ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.signIn: ");

    [Fact]
    public void Rejects_SigningInWithoutAHostToComeBackTo() => WorkbenchSample.Messages(("workbench.signIn", WorkbenchSample.Oidc))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.signIn.oidc.issuer: sends people back to a host, and Workbench has none");

    [Fact]
    public void Rejects_AClientWithoutItsId() => WorkbenchSample.Messages(
        [("workbenchOidcSecret", "marker")],
        ("workbench.signIn", """{ "oidc": { "issuer": "https://login.example.com" } }"""), ("workbench.ingress", WorkbenchSample.Ingress))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.signIn.oidc.clientId: is missing beside platform:workbenchOidcSecret");

    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("https://user:secret@login.example.com")]
    [InlineData("login.example.com")]
    public void Rejects_AnIssuerThatIsNone(string issuer) => WorkbenchSample.Messages(
        ("workbench.signIn", $$"""{ "oidc": { "issuer": "{{issuer}}", "clientSecretName": "x" } }"""), ("workbench.ingress", WorkbenchSample.Ingress))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.signIn.oidc.issuer: is not a web address");

    [Fact]
    public void Rejects_TwoReplicasWithoutStickiness() => WorkbenchSample.Messages(("workbench.replicas", "2")).ShouldBe([
        """
        platform:workbench.replicas: needs something that keeps a browser at one server pod, and there is no workbench.ingress
          given:   2
          allowed: 1, or more beside ingress
          fix:     describe workbench.ingress, or remove replicas
        """,
    ]);

    [Fact]
    public void Takes_TwoReplicasBehindAnIngress() =>
        WorkbenchSample.Messages(("workbench.replicas", "2"), ("workbench.ingress", WorkbenchSample.Ingress)).ShouldBeEmpty();

    [Theory]
    [InlineData("storage")]
    [InlineData("workbench.database")]
    [InlineData("cluster")]
    public void Rejects_AWorkbenchWithoutWhatItStandsOn(string missing) => WorkbenchSample.Messages((missing, null)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("gp3")]
    [InlineData("standard")]
    [InlineData("local-path")]
    [InlineData("pd-ssd")]
    [InlineData("ebs-sc")]
    [InlineData("gp3-csi")]
    [InlineData("premium-rwo")]
    [InlineData("hyperdisk-balanced")]
    [InlineData("managed-csi-premium")]
    [InlineData("rook-ceph-block")]
    [InlineData("csi-rbd-sc")]
    [InlineData("csi-cinder-sc")]
    [InlineData("do-block-storage")]
    [InlineData("azure-disk.premium")]
    public void Rejects_AClassOfBlockDisks(string name) => Class(name).ShouldHaveSingleItem()
        .ShouldStartWith("platform:storage.existingClass.storageClassName: is ");

    [Theory]
    [InlineData("azurefile-csi")]
    [InlineData("azurefile-premium")]
    [InlineData("azureblob-fuse-premium")]
    [InlineData("smb")]
    [InlineData("gcsfuse-rw")]
    [InlineData("mountpoint-s3")]
    public void Rejects_AClassWithoutOwners(string name) => Class(name).ShouldHaveSingleItem()
        .ShouldStartWith("platform:storage.existingClass.storageClassName: is by its name a class whose files have no owners or symbolic links of their own");

    [Theory]
    [InlineData("efs-sc")]
    [InlineData("efs")]
    [InlineData("shared-efs")]
    [InlineData("efs-rwx")]
    public void Rejects_AClassOfEfs(string name) => Class(name).ShouldHaveSingleItem()
        .ShouldStartWith("platform:storage.existingClass.storageClassName: is by its name a class of EFS, which forces one owner on all files of a claim");

    [Theory]
    [InlineData("nfs-rwx")]
    [InlineData("filestore-rwx")]
    [InlineData("cephfs")]
    [InlineData("prefsorted")]
    [InlineData("standard-rwx")]
    [InlineData("enterprise-rwx")]
    [InlineData("managed-nfs-storage")]
    [InlineData("azurefile-csi-nfs")]
    [InlineData("rook-cephfs")]
    [InlineData("longhorn")]
    [InlineData("default")]
    public void Takes_AClassThatManyMount(string name) => Class(name).ShouldBeEmpty();

    [Fact]
    public void Rejects_ADirectoryOfAVolumeOfItsOwn() => WorkbenchSample.Messages(
        ("storage", """{ "existingClass": { "storageClassName": "nfs-rwx" } }"""), ("workbench.storage", """{ "home": { "directory": "home" } }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.storage.home.directory: is given, but every claim gets an empty volume of its own here");

    [Theory]
    [InlineData("""{ "home": { "directory": "workbench" } }""", "shared")]
    [InlineData("""{ "home": { "directory": "x" }, "shared": { "directory": "x" } }""", "shared")]
    [InlineData("""{ "home": { "directory": "x" }, "shared": { "directory": "x/shared" } }""", "shared")]
    public void Rejects_ClaimsInEachOther(string storage, string role) => WorkbenchSample.Messages(("workbench.storage", storage))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.storage.{role}.directory: and the home directories, ");

    [Fact]
    public void Rejects_HomeDirectoriesInsideTheWorkDirectoryOfPipelines() => WorkbenchSample.Messages(
        ("tower", """{ "environments": { "workbench": { "namespace": "tower", "token": true, "scratch": {} } } }""")).Length.ShouldBe(2);

    [Fact]
    public void Takes_PipelinesBeside() => WorkbenchSample.Messages(
        ("tower", """{ "environments": { "research": { "namespace": "tower", "token": true, "scratch": {} } } }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_PipelinesInItsNamespace() => WorkbenchSample.Messages(
        ("tower", """{ "environments": { "research": { "namespace": "posit-workbench", "token": true, "scratch": {} } } }""")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:tower.environments.research.namespace: belongs to Workbench, whose Secrets and home directories the runs could read");

    [Theory]
    [InlineData("""{ "host": "workbench.example.com", "traefik": {} }""", "tlsSecret: is missing, and so are clusterIssuer and platform:workbenchTls")]
    [InlineData("""{ "host": "*.example.com", "tlsSecret": "x", "nginx": {} }""", "host: is a wildcard")]
    [InlineData("""{ "host": "workbench.example.com", "tlsSecret": "x", "nginx": {}, "traefik": {} }""", "")]
    [InlineData("""{ "host": "workbench.example.com", "tlsSecret": "x" }""", "")]
    [InlineData("""{ "host": "https://workbench.example.com", "tlsSecret": "x", "nginx": {} }""", "host: is not a domain name")]
    public void Rejects_AnIngressThatAnswersNobody(string ingress, string what) => WorkbenchSample.Messages(("workbench.ingress", ingress))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.ingress{(what.Length == 0 ? ":" : ".")}{what}");

    [Fact]
    public void Rejects_AnIssuerThatIsNotThere() => WorkbenchSample.Messages(
        ("certManager", """{ "existing": { "clusterIssuers": ["internal"] } }"""),
        ("workbench.ingress", """{ "host": "workbench.example.com", "clusterIssuer": "letsencrypt", "nginx": {} }""")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.ingress.clusterIssuer: names a ClusterIssuer that platform:certManager does not have");

    [Fact]
    public void TheHostOfStudios_IsTaken() => StackSample.Made.Messages(
        ("workbench", $$"""
            {
              "license": { "server": "license.example.com:8989" }, "signIn": { "testUser": {} }, "createNamespace": false,
              "database": { "existing": { "address": "postgres.example.com:5432", "passwordSecret": "x" } },
              "ingress": { "host": "connect.example.com", "tlsSecret": "x", "traefik": {} }
            }
            """)).ShouldHaveSingleItem().ShouldStartWith("platform:workbench.ingress.host: is a host of Seqera Platform or Studios");

    [Theory]
    [InlineData("0.6.2")]
    [InlineData("0.19.5")]
    [InlineData("0.20.0-rc.1")]
    public void Rejects_AChartThatIsOlderThanItsImages(string version) => Chart(version).ShouldBe([
        $"""
        platform:charts.releases.rstudio-workbench.version: is older than the images posit/*, which sessions and server are made of here, and spells some values in another way
          given:   {version}
          allowed: 0.20.0 or newer
          fix:     version: 0.22.0
        """,
    ]);

    [Theory]
    [InlineData("0.20.0")]
    [InlineData("0.22.1")]
    public void Takes_AChartWithTheseImages(string version) => Chart(version).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "homeStorage": { "create": true } }""", "homeStorage.create")]
    [InlineData("""{ "sharedStorage": { "create": true } }""", "sharedStorage.create")]
    [InlineData("""{ "license": { "key": "marker" } }""", "license.key")]
    [InlineData("""{ "replicas": 4 }""", "replicas")]
    public void Rejects_ValuesThatGiveHomesOrLicencesToTheChart(string values, string at) => WorkbenchSample.Messages(
        ("charts", $$"""{ "releases": { "rstudio-workbench": { "values": {{values}} } } }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:charts.releases.rstudio-workbench.values.{at}: decides about ");

    [Fact]
    public void Takes_ValuesThatNoSettingHas() => WorkbenchSample.Messages(
        ("charts.releases.rstudio-workbench.values", """{ "config": { "server": { "vscode.conf": { "enabled": "0" } } } }""")).ShouldBeEmpty();

    private static string[] Chart(string version) =>
        WorkbenchSample.Messages(("charts", $$"""{ "releases": { "rstudio-workbench": { "version": "{{version}}" } } }"""));

    private static string[] Class(string name) => WorkbenchSample.Messages(("storage", $$"""{ "existingClass": { "storageClassName": "{{name}}" } }"""));
}
