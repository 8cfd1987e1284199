using Infra.Databases;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>The PostgreSQL database in which Workbench keeps its state; no other program uses it.</summary>
[Kind<ExistingWorkbenchDatabaseSettings>("existing", "An existing empty database, version 11 or newer, that is looked after elsewhere.")]
public abstract record WorkbenchDatabaseSettings
{
    private protected WorkbenchDatabaseSettings()
    {
    }

    public abstract T Match<T>(IWorkbenchDatabaseKinds<T> kinds);
}

/// <summary>Something to do for each kind of database.</summary>
public interface IWorkbenchDatabaseKinds<out T>
{
    T Existing(ExistingWorkbenchDatabaseSettings settings);
}

/// <summary>A database that exists.</summary>
public sealed record ExistingWorkbenchDatabaseSettings : WorkbenchDatabaseSettings, IChecked
{
    [Setting("Where the server listens.", Example = "postgres.example.com:5432")]
    public required HostAndPort Address { get; init; }

    [Setting("Name of the database.")]
    [Form(Form.PostgresName)]
    public string Database { get; init; } = "workbench";

    [Setting("Role that owns it and connects.")]
    [Form(Form.PostgresName)]
    public string User { get; init; } = "workbench";

    [Setting("Password of the role.")]
    [Secret("workbenchDatabasePassword")]
    public SecretSetting? Password { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key password holds it.",
        Absent = "platform:workbenchDatabasePassword does",
        Example = "workbench-db")]
    [Form(Form.KubernetesSubdomain)]
    public string? PasswordSecret { get; init; }

    [Setting("How TLS is spoken: libpq's sslmode, as far as it checks no authority that the image does not know.")]
    public WorkbenchSslMode SslMode { get; init; } = WorkbenchSslMode.Require;

    /// <summary>The mode in libpq's words.</summary>
    public PostgresSslMode Mode => SslMode switch
    {
        WorkbenchSslMode.Disable => PostgresSslMode.Disable,
        WorkbenchSslMode.Allow => PostgresSslMode.Allow,
        WorkbenchSslMode.Prefer => PostgresSslMode.Prefer,
        _ => PostgresSslMode.Require,
    };

    public override T Match<T>(IWorkbenchDatabaseKinds<T> kinds) => kinds.Existing(this);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (WorkbenchSecretRules.CheckOne(Password, PasswordSecret, "workbenchDatabasePassword", at[nameof(PasswordSecret)], platform) is { } problem)
        {
            yield return problem;
        }

        if (platform.Production && SslMode is not WorkbenchSslMode.Require)
        {
            yield return new(
                at[nameof(SslMode)], "lets a production server send its password and what it stores without TLS", "require",
                "remove sslMode, or set production: false", SettingPath.KeyFor(SslMode.ToString()));
        }
    }
}

/// <summary>The values of libpq's sslmode that need no authority.</summary>
public enum WorkbenchSslMode
{
    /// <summary>No TLS.</summary>
    Disable,

    /// <summary>TLS only if the server insists.</summary>
    Allow,

    /// <summary>TLS if the server offers it.</summary>
    Prefer,

    /// <summary>TLS, certificate not checked.</summary>
    Require,
}

/// <summary>A secret is given in one of two ways: sealed in the stack file, or by a Secret that others look after.</summary>
internal static class WorkbenchSecretRules
{
    /// <summary>What is wrong with the two; null if exactly one is given.</summary>
    /// <param name="secret">What the stack file seals.</param>
    /// <param name="existing">Name of the Secret.</param>
    /// <param name="key">Top-level key of what is sealed.</param>
    /// <param name="at">Where the name of the Secret stands.</param>
    /// <param name="platform">The whole stack.</param>
    public static SettingsProblem? CheckOne(SecretSetting? secret, string? existing, string key, SettingPath at, PlatformSettings platform) =>
        (secret, existing) switch
        {
            (null, null) => new(
                at, $"is missing, and so is platform:{key}", "one of the two", $"pulumi config set --secret platform:{key} <value>, or {at.Key}: <name>"),
            (not null, not null) => new(
                at, $"is given beside platform:{key}, and only one can be read", "one of the two", $"pulumi config rm platform:{key}, or remove {at.Key}",
                existing),
            // The namespace is made in the same update in which the pods already look for the Secret.
            (null, not null) when platform.Workbench is { CreateNamespace: true } => new(
                at, "names a Secret of a namespace that this stack is going to make, so that it cannot exist yet", "given with createNamespace: false",
                $"make the namespace and the Secret first and set createNamespace: false, or give platform:{key} instead", existing),
            _ => null,
        };
}
