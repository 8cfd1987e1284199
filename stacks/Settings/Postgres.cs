using Infra.Databases;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Which PostgreSQL server there is. One that this stack makes has one database, and one role that owns it.</summary>
[Kind<RdsPostgresSettings>("rds", "A server on RDS that this stack makes beside an EKS cluster.")]
[Kind<CloudSqlPostgresSettings>("cloudSql", "A server on Cloud SQL that this stack makes beside a GKE cluster.")]
[Kind<ExistingPostgresSettings>("existing", "An empty database of a server that is looked after elsewhere, version 11 or newer.")]
public abstract record PostgresSettings
{
    private protected PostgresSettings()
    {
    }

    public abstract T Match<T>(IPostgresKinds<T> kinds);
}

/// <summary>Something to do for each kind of PostgreSQL server.</summary>
public interface IPostgresKinds<out T>
{
    T Rds(RdsPostgresSettings settings);

    T CloudSql(CloudSqlPostgresSettings settings);

    T Existing(ExistingPostgresSettings settings);
}

/// <summary>A database that exists.</summary>
[Needs(nameof(PlatformSettings.Cluster))]
public sealed record ExistingPostgresSettings : PostgresSettings, IChecked
{
    private const string PasswordKey = "workbenchDatabasePassword";

    [Setting("Where the server listens.", Example = "postgres.example.com:5432")]
    public required HostAndPort Address { get; init; }

    [Setting("Name of the database. It is empty at first, and nothing else uses it.")]
    [Form(Form.PostgresName)]
    public string Database { get; init; } = ExistingPostgresArgs.DefaultDatabase;

    [Setting("Role that connects. It may make tables in the database.")]
    [Form(Form.PostgresName)]
    public string User { get; init; } = ExistingPostgresArgs.DefaultUser;

    [Setting("Password of the role.")]
    [Secret(PasswordKey, Text = SecretText.Password)]
    public SecretSetting? Password { get; init; }

    [Setting(
        "Secret of the client's namespace whose key password holds it. It is looked after elsewhere.",
        Absent = $"platform:{PasswordKey} does",
        Example = "workbench-db")]
    [Form(Form.KubernetesSubdomain)]
    public string? PasswordSecret { get; init; }

    [Setting("How TLS is spoken, libpq's sslmode: verifyCa and verifyFull check the server's certificate, verifyFull its name as well.")]
    public PostgresSslMode SslMode { get; init; } = ExistingPostgresArgs.DefaultSslMode;

    [Setting(
        "Certificates in PEM of the authority that signed the server's, for verifyCa and verifyFull.",
        Absent = "an authority that the client's image trusts")]
    public string? CertificateAuthority { get; init; }

    public override T Match<T>(IPostgresKinds<T> kinds) => kinds.Existing(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var problem in PemCertificates.Check(CertificateAuthority, at[nameof(CertificateAuthority)]))
        {
            yield return problem;
        }

        if (WorkbenchSecretRules.CheckOne(Password, PasswordSecret, PasswordKey, at[nameof(PasswordSecret)], platform) is { } wrong)
        {
            yield return wrong;
        }

        if (Address.Host.Contains(':'))
        {
            yield return new(
                at[nameof(Address)], "is an IPv6 address, and a client would take its end for the port", "a host name or an IPv4 address, with the port",
                "give the name that resolves to it", $"{Address}");
        }

        if (CertificateAuthority is not null && SslMode < PostgresSslMode.VerifyCa)
        {
            yield return new(
                at[nameof(SslMode)], "checks no certificate, and certificateAuthority would never be asked",
                "verifyCa or verifyFull beside certificateAuthority", "sslMode: verifyFull, or remove certificateAuthority", SettingPath.KeyFor($"{SslMode}"));
        }

        if (platform.Production && SslMode < PostgresSslMode.Require)
        {
            yield return new(
                at[nameof(SslMode)], "lets a production stack send its password and data where anybody in the network can read them",
                "require, verifyCa or verifyFull", "remove sslMode, or set production: false", SettingPath.KeyFor($"{SslMode}"));
        }
    }
}

/// <summary>What both clouds' servers are asked about in production.</summary>
internal static class PostgresRules
{
    public static SettingsProblem OneZone(SettingPath at) => SettingsProblem.Warning(
        at, "leaves a production stack without its database while a zone is away", "true", $"remove {at.Key}", "false");

    public static SettingsProblem NothingLeft(SettingPath at) => SettingsProblem.Warning(
        at, "leaves nothing of a production stack's database when its server is deleted", "true", $"remove {at.Key}", "false");
}
