using Infra.Databases;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Support;

namespace Tests.Infra.Databases;

// Promise: nothing is made of a server that others run but the Secrets that its clients read.
public sealed class ExistingPostgresTests
{
    [Fact]
    public async Task Clients_AreToldWhatTheSettingsSay()
    {
        ExistingPostgres? postgres = null;
        var deployed = await Deployed.Of(() => postgres = Make(PostgresSslMode.VerifyFull, "AUTHORITY"));

        (
            await Deployed.ValueOf(postgres!.Host),
            await Deployed.ValueOf(postgres.Port),
            await Deployed.ValueOf(postgres.Database),
            await Deployed.ValueOf(postgres.User)
        ).ShouldBe(("postgres.example.com", 6432, "workbench", "posit"));
        (postgres.SslMode, postgres.Password.Key, postgres.CertificateAuthority!.Key).ShouldBe((PostgresSslMode.VerifyFull, "password", "ca.crt"));
        deployed.Inputs("database-password").ShouldContain("\"password\": \"hunter2\"");
        deployed.Inputs("database-authority").ShouldContain("\"ca.crt\": \"AUTHORITY\"");
    }

    [Fact]
    public async Task ItHasTheseChildren() => (await Deployed.Of(options => Make(PostgresSslMode.VerifyCa, "AUTHORITY", options))).Lineages.ShouldBe([
        "platform:databases:ExistingPostgres$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::database-authority",
        "platform:databases:ExistingPostgres$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::database-password",
        "platform:databases:ExistingPostgres$platform:secrets:GivenSecret::database-authority",
        "platform:databases:ExistingPostgres$platform:secrets:GivenSecret::database-password",
        "platform:databases:ExistingPostgres::database",
    ]);

    [Fact]
    public async Task AnAuthorityThatTheImageTrusts_IsNoSecret()
    {
        ExistingPostgres? postgres = null;
        var deployed = await Deployed.Of(() => postgres = Make(PostgresSslMode.Require));

        postgres!.CertificateAuthority.ShouldBeNull();
        deployed.Has("database-authority").ShouldBeFalse();
    }

    [Fact]
    public async Task ASecretThatOthersLookAfter_IsOnlyNamed()
    {
        ExistingPostgres? postgres = null;
        var deployed = await Deployed.Of(() => postgres = Make(PostgresSslMode.Require, secret: "workbench-db"));

        (await Deployed.ValueOf(postgres!.Password.SecretName), postgres.Password.Key).ShouldBe(("workbench-db", "password"));
        deployed.Plan.Keys.ShouldBe(["platform:databases:ExistingPostgres::database"]);
    }

    // The value comes without its mark on purpose.
    [Fact]
    public async Task ThePassword_IsSecret()
    {
        var args = await Captured.Of<SecretArgs>("database-password", options => Make(PostgresSslMode.Require, options: options));

        (await Output.IsSecretAsync(args.StringData.Apply(data => data["password"]))).ShouldBeTrue();
    }

    private static ExistingPostgres Make(
        PostgresSslMode sslMode, string? authority = null, ComponentResourceOptions? options = null, string? secret = null) => new(
        "database",
        new ExistingPostgresArgs
        {
            CertificateAuthority = authority is null ? null : (Input<string>)authority,
            Database = "workbench",
            Host = "postgres.example.com",
            Namespace = "posit-workbench",
            Password = secret is null ? (Input<string>)"hunter2" : null,
            PasswordSecret = secret,
            Port = 6432,
            SslMode = sslMode,
            User = "posit",
        },
        options);
}
