using System.Security.Cryptography;
using Infra.Compose;

namespace Tests.Infra.Compose;

// Promise: what an operator wrote beside Data Studios stays, secrets stay until they are renewed, and a folder of another Platform is not touched.
public sealed class ComposeFolderTests
{
    private const string Vendors = """
        services:
          backend:
            image: cr.seqera.io/private/nf-tower-enterprise/backend:v24.1.4
          cron:
            image: cr.seqera.io/private/nf-tower-enterprise/backend:v24.1.4
          redis:
            image: cr.seqera.io/public/redis:6.0
          frontend:
            image: cr.seqera.io/private/nf-tower-enterprise/frontend:v24.1.4
            ports:
              - 8000:80
        networks:
          frontend: {}
          backend: {}
        """;

    private static readonly Lazy<string> Key = new(() =>
    {
        using var key = RSA.Create(2048);
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{key.ExportSubjectPublicKeyInfoPem()}\n";
    });

    private static readonly MadeSecrets Made = new(() => "made", () => ("private\n", "public"));

    [Fact]
    public void AnEmptyFolder_GetsTheVendorsKeys()
    {
        var plan = ComposeFolder.Plan(ComposeParts.Studios(), Made, _ => null, RenewedSecrets.None);

        plan.Files.Keys.ShouldBe(["data-studios-rsa.pem", "data-studios.env", "docker-compose.override.yml", "tower.env", "tower.yml"]);
        plan.Files["data-studios.env"].ShouldBe(
            """
            # Data Studios, written by ./platform compose
            CONNECT_HTTP_PORT=9090
            CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN=made
            CONNECT_PROXY_URL=https://connect.example.com
            CONNECT_REDIS_ADDRESS=redis:6379
            CONNECT_REDIS_DB=1
            CONNECT_TUNNEL_URL=connect-server:7070
            PLATFORM_URL=https://example.com

            """);
        plan.Files["tower.env"].ShouldBe(
            """
            # Data Studios, written by ./platform compose
            TOWER_DATA_EXPLORER_ENABLED=true
            TOWER_DATA_STUDIO_CONNECT_URL=https://connect.example.com
            TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_ICON=jupyter
            TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_REPOSITORY=public.cr.seqera.io/platform/data-studio-jupyter:4.1.5-0.7.4
            TOWER_OIDC_PEM_PATH=/data-studios-rsa.pem
            TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN=made

            """);
        plan.Files["tower.yml"].ShouldBe("tower:\n  data-studio:\n    allowed-workspaces: null\n");
        plan.Notes.ShouldBeEmpty();
        // The private block first, as the vendor's page has it.
        plan.Files["data-studios-rsa.pem"].ShouldBe("private\npublic\n");
    }

    [Fact]
    public void WhatIsThere_Stays()
    {
        const string Tower = """
            # Ours
            TOWER_SERVER_URL=https://example.com
            TOWER_LICENSE='it is ours'   # until 2027
            export TOWER_DATA_EXPLORER_ENABLED="false" # not yet

            TOWER_CONTACT_EMAIL=seqera@example.com
            """;
        const string Yaml = "# Ours\nmail:\n  smtp:\n    auth: true # keep\ntower:\n  trustedEmails:\n    - '*@example.com'\n";

        var plan = Plan(("tower.env", Tower), ("tower.yml", Yaml), ("data-studios-rsa.pem", Key.Value), ("docker-compose.yml", Vendors));

        plan.Files["tower.env"].ShouldStartWith(Tower.Replace("\"false\"", "true", StringComparison.Ordinal));
        plan.Files["tower.yml"].ShouldBe(
            "# Ours\nmail:\n  smtp:\n    auth: true # keep\ntower:\n  data-studio:\n    allowed-workspaces: null\n  trustedEmails:\n    - '*@example.com'\n");
        plan.Files["data-studios-rsa.pem"].ShouldBe(Key.Value);
        plan.Notes.ShouldBe(["tower.env: TOWER_DATA_EXPLORER_ENABLED was false, and is true now."]);
    }

    [Fact]
    public void ASecondRun_ChangesNothing()
    {
        var first = Plan(("tower.env", "TOWER_SERVER_URL=https://example.com/\n"));

        var second = Plan([.. first.Files.Select(file => (file.Key, file.Value))]);

        second.Files.ShouldBe(first.Files);
        second.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RenewedSecrets.None, true, true)]
    [InlineData(RenewedSecrets.Token, false, true)]
    [InlineData(RenewedSecrets.SigningKey, true, false)]
    [InlineData(RenewedSecrets.Token | RenewedSecrets.SigningKey, false, false)]
    public void Secrets_StayUntilTheyAreRenewed(RenewedSecrets renewed, bool tokenStays, bool keyStays)
    {
        (string, string)[] existing = [("tower.env", "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN=given\n"), ("data-studios-rsa.pem", Key.Value)];

        var files = ComposeFolder.Plan(ComposeParts.Studios(), Made, Existing(existing), renewed).Files;

        (EnvFile.Read(files["data-studios.env"]).Value("CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN") == "given").ShouldBe(tokenStays);
        EnvFile.Read(files["tower.env"]).Value("TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN")
            .ShouldBe(EnvFile.Read(files["data-studios.env"]).Value("CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN"));
        (files["data-studios-rsa.pem"] == Key.Value).ShouldBe(keyStays);
    }

    // The vendor's own tower.env of 24.1 has its templates so: Compose reads them, a shell does not.
    [Fact]
    public void LinesAsTheVendorsTemplateHasThem_AreSetRight()
    {
        var plan = Plan(("tower.env", "TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_ICON: 'jupyter'\nTOWER_DATA_STUDIO_TEMPLATES_OTHER_ICON: 'x'\n"));

        plan.Files["tower.env"].ShouldStartWith("TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_ICON=jupyter\nTOWER_DATA_STUDIO_TEMPLATES_OTHER_ICON: 'x'\n");
        plan.Notes.ShouldHaveSingleItem().ShouldStartWith("tower.env: Docker Compose reads TOWER_DATA_STUDIO_TEMPLATES_JUPYTER_ICON, TOWER_DATA_STUDIO_TEMPLATES_OTHER_ICON, and a shell does not");
    }

    [Theory]
    [InlineData("tower.env", "TOWER_SERVER_URL=https://other.example.com\n", "tower.env belongs to https://other.example.com, and the stack file describes https://example.com.")]
    [InlineData("tower.env", "<YOUR TOWER URL>\n", "tower.env cannot be read: Line 1 is no comment and no variable: it must be written as NAME=value.")]
    [InlineData("data-studios.env", "PLATFORM_URL='x\n", "data-studios.env cannot be read: Line 1: the quote before the value of PLATFORM_URL has no other one behind it.")]
    [InlineData("tower.yml", "- a\n- b\n", "tower.yml cannot be read: tower.yml is a YAML sequence and no mapping, so 'tower' cannot be set in it.")]
    [InlineData("tower.yml", "tower: [\n", "tower.yml is no YAML (line 2).")]
    [InlineData("tower.yml", "tower:\n  data-studio: 5\n", "tower.yml cannot be read: 'tower.data-studio' in tower.yml (line 2) is no mapping, so 'allowed-workspaces' cannot be set below it.")]
    [InlineData("data-studios-rsa.pem", "not a key\n", "data-studios-rsa.pem is no RSA key in PEM, the private block first.")]
    [InlineData("docker-compose.override.yml", "services: {}\n", "docker-compose.override.yml is not of this program, which would have to overwrite it.")]
    [InlineData("compose.yaml", "services: {}\n", "compose.yaml is read by Docker Compose in place of docker-compose.yml, and docker-compose.override.yml then is not.")]
    [InlineData("docker-compose.yml", "services: {}\n", "docker-compose.yml cannot be read: it has no service backend, which the vendor's file has and Data Studios needs.")]
    public void Rejects_WhatNothingCanBeLaidOver(string name, string text, string message) => Refusal((name, text)).ShouldBe(message);

    [Theory]
    [InlineData("backend:v24.1.4", "backend:v23.4.3", "its service backend runs v23.4.3, and the stack file says 24.1.4: set platform:compose.platform.version, or upgrade the Platform first.")]
    [InlineData("frontend:v24.1.4", "frontend:v25.1.0", "its service frontend runs v25.1.0, and the stack file says 24.1.4: set platform:compose.platform.version, or upgrade the Platform first.")]
    [InlineData("- 8000:80", "- 9090:80", "its service frontend publishes port 9090, which connect-proxy has to have: give frontend another one.")]
    [InlineData("- 8000:80", "- 127.0.0.1:9000-9100:9000-9100/tcp", "its service frontend publishes port 9090, which connect-proxy has to have: give frontend another one.")]
    [InlineData("- 8000:80", "- { published: 7070, target: 80 }", "its service frontend publishes port 7070, which connect-server has to have: give frontend another one.")]
    [InlineData("  backend: {}", "  other: {}", "it has no network backend, which the vendor's file has and Data Studios needs.")]
    public void Rejects_AVendorsFile_ThatDoesNotFit(string part, string other, string message) =>
        Refusal(("docker-compose.yml", Vendors.Replace(part, other, StringComparison.Ordinal))).ShouldBe($"docker-compose.yml cannot be read: {message}");

    [Theory]
    [InlineData("- 8000:80", "- 9091:9090")]
    [InlineData("- 8000:80", "- 9090")]
    [InlineData("backend:v24.1.4", "backend:v24.1.5")]
    [InlineData("backend:v24.1.4", "backend@sha256:0123")]
    public void Takes_AVendorsFile_ThatFits(string part, string other) =>
        Plan(("docker-compose.yml", Vendors.Replace(part, other, StringComparison.Ordinal))).Files.Count.ShouldBe(5);

    [Fact]
    public void Rejects_ASmallKey_AndOneWithoutItsPrivateHalf()
    {
        using var small = RSA.Create(1024);
        using var key = RSA.Create(2048);

        Refusal(("data-studios-rsa.pem", small.ExportPkcs8PrivateKeyPem()))
            .ShouldBe("data-studios-rsa.pem is an RSA key of 1024 bits, and 2048 are the least.");
        Refusal(("data-studios-rsa.pem", key.ExportSubjectPublicKeyInfoPem())).ShouldBe("data-studios-rsa.pem is no RSA key in PEM, the private block first.");
        // Seqera's chart writes the older header.
        Plan(("data-studios-rsa.pem", key.ExportRSAPrivateKeyPem())).Files["data-studios-rsa.pem"].ShouldBe(key.ExportRSAPrivateKeyPem());
    }

    private static string Refusal(params (string, string)[] files) => Should.Throw<ComposeFolderException>(() => Plan(files)).Message;

    private static ComposeFolder Plan(params (string Name, string Text)[] files) =>
        ComposeFolder.Plan(ComposeParts.Studios(), Made, Existing(files), RenewedSecrets.None);

    private static Func<string, string?> Existing((string Name, string Text)[] files) =>
        name => files.Append((Name: "data-studios-rsa.pem", Text: Key.Value)).Where(file => file.Name == name).Select(file => file.Text).FirstOrDefault();
}
