using Infra.Charts;
using Infra.Databases;
using Infra.Manifests;
using Infra.Secrets;
using Infra.Storage;
using Pulumi;

namespace Infra.Workbench;

/// <summary>
/// Posit Workbench: a server that starts a pod for every session, home directories and shared state on claims of this program. Stateful: it honours <see
/// cref="PositWorkbenchArgs.Protected"/>.
/// </summary>
public sealed class PositWorkbench : ComponentResource
{
    private const string Token = "platform:workbench:PositWorkbench";

    // What the chart reads a test user's password from.
    private const string PasswordKey = "password";

    // A licence file of another name is not found (rstudio/helm issue 383).
    private const string LicenseFileKey = "license.lic";
    private const string LicenseKeyKey = "license-key";
    private const string ScimTokenKey = "token";

    /// <summary>Name of the Service, port 80; resolves when the server is ready.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    /// <summary>Secret whose key <c>password</c> holds the test user's; null without one.</summary>
    public Output<string>? TestUserSecret { get; }

    /// <summary>Secret whose key <c>token</c> the provider needs to manage accounts; null where it does not.</summary>
    public Output<string>? ScimTokenSecret { get; }

    public PositWorkbench(string name, PositWorkbenchArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var below = new ComponentResourceOptions { Parent = this };
        var keys = new WorkbenchKeys(
            $"{name}-keys",
            new WorkbenchKeysArgs { Namespace = args.Namespace, LauncherRotation = args.LauncherKeyRotation, CookieRotation = args.CookieKeyRotation },
            below);
        var file = Given($"{name}-database", WorkbenchValues.DatabaseFile, DatabaseFile(args.Database), args);
        TestUserSecret = args.Plan.SignIn is not WorkbenchSignIn.TestUser
            ? null
            : new TrackedSecret($"{name}-test-user", new TrackedSecretArgs { Namespace = args.Namespace, Key = PasswordKey }, below).SecretName;
        var scim = args.Plan.SignIn is WorkbenchSignIn.Provider { Accounts: WorkbenchAccounts.Scim }
            ? new TrackedSecret(
                $"{name}-scim", new TrackedSecretArgs { Namespace = args.Namespace, Key = ScimTokenKey, Rotation = args.ScimTokenRotation }, below)
            : null;
        ScimTokenSecret = scim?.SecretName;
        var objects = new WorkbenchObjects
        {
            HomeClaim = Named(Claim(name, args.Home, args).ClaimName),
            SharedClaim = Named(Claim(name, args.Shared, args).ClaimName),
            LauncherSecret = Named(keys.LauncherSecret),
            CookieSecret = Named(keys.CookieSecret),
            DatabaseFile = Named(file.SecretName),
            DatabasePassword = Named(args.Database.Password),
            DatabaseAuthority = args.Database.CertificateAuthority is { } authority ? Named(authority) : null,
            LicenseKey = Source($"{name}-license", LicenseKeyKey, args.LicenseKey, args),
            LicenseFile = Source($"{name}-license", LicenseFileKey, args.LicenseFile, args),
            OpenIdSecret = Source($"{name}-openid", WorkbenchValues.OpenIdFile, args.OpenIdClient, args),
            TestUserSecret = TestUserSecret is { } secret ? Named(secret) : null,
            Directory = DirectoryFile($"{name}-directory", args),
            DirectoryBind = args.DirectoryBind is WorkbenchSecret.Existing bind ? new(bind.SecretName, bind.Key) : null,
            DirectoryAuthority = args.DirectoryAuthority,
            ScimToken = scim is null ? null : Named(scim.Reference),
        };
        // What a change of the release needs is open before its pods start.
        var policies = args.Network is { } network ? WorkbenchNetworkPolicies.Make(name, args, network, this) : [];
        var release = ChartRelease.Make(
            name,
            HelmCharts.PositWorkbench,
            args.Chart,
            WorkbenchValues.For(args.Plan, objects),
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn = [.. policies],
                Hooks = { BeforeUpdate = { WorkbenchUpgrade.Hook(name, args.Plan, args.Chart) } },
            },
            WorkbenchValues.Release,
            ChartRelease.PatientSeconds);
        args.PrePull?.Make(name, args, this);
        ServiceName = Planned.Or(release.Id.Apply(_ => WorkbenchValues.Release), WorkbenchValues.Release);
        RegisterOutputs();
    }

    private SharedClaim Claim(string name, WorkbenchClaim claim, PositWorkbenchArgs args) => args.Storage.Claim(
        $"{name}-{claim.Role}",
        new SharedClaimArgs
        {
            ClaimName = claim.ClaimName,
            Directory = claim.Directory,
            Namespace = args.Namespace,
            Permissions = claim.Permissions,
            Protected = args.Protected,
            Size = claim.Size,
            SizeSetting = $"workbench.storage.{claim.Role}.size",
        },
        new ComponentResourceOptions { Parent = this });

    private SecretKeyName? Source(string name, string key, WorkbenchSecret? secret, PositWorkbenchArgs args) => secret switch
    {
        null => null,
        WorkbenchSecret.Existing existing => new(existing.SecretName, existing.Key),
        WorkbenchSecret.Value value => Named(Given(name, key, value.Text, args)),
        _ => throw new ArgumentOutOfRangeException(nameof(secret), secret, "There is no such source."),
    };

    // The password is part of the file, or in a file of its own that SSSD reads beside it.
    private SecretKeyName? DirectoryFile(string name, PositWorkbenchArgs args) => (args.Plan.SignIn as WorkbenchSignIn.Sssd)?.Directory is not { } directory
        ? null
        : Named(Given(
            name,
            WorkbenchDirectory.File,
            args.DirectoryBind is WorkbenchSecret.Value password
                ? password.Text.Apply(directory.Text)
                : directory.Text(null),
            args));

    private SecretKeyRef Given(string name, string key, Input<string> value, PositWorkbenchArgs args) => new GivenSecret(
        name,
        new GivenSecretArgs { Namespace = args.Namespace, Key = key, Value = value },
        new ComponentResourceOptions { Parent = this }).Reference;

    private static Output<object> Named(Output<string> name) => name.Apply(text => (object)text);

    private static SecretKeyName Named(SecretKeyRef secret) => new(Named(secret.SecretName), secret.Key);

    private static Output<string> DatabaseFile(IPostgres database)
    {
        var authority = database.CertificateAuthority is { Key: var key } ? $"{WorkbenchValues.AuthorityDirectory}/{key}" : null;
        return Output.Tuple(database.Host, database.Port, database.Database, database.User)
            .Apply(server => WorkbenchDatabaseFile.Text(server.Item1, server.Item2, server.Item3, server.Item4, database.SslMode, authority));
    }
}

/// <summary>What Workbench looks like and what it stands on.</summary>
public sealed class PositWorkbenchArgs : ResourceArgs
{
    public const int DefaultScimTokenRotation = 1;

    /// <summary>Namespace of server and sessions, the chart's; resolves when it exists.</summary>
    public required Input<string> Namespace { get; init; }

    public required WorkbenchPlan Plan { get; init; }

    /// <summary>An empty database of its own.</summary>
    public required IPostgres Database { get; init; }

    public required ISharedStorage Storage { get; init; }

    /// <summary>Home directories, which sessions mount as well.</summary>
    public required WorkbenchClaim Home { get; init; }

    /// <summary>What all replicas know.</summary>
    public required WorkbenchClaim Shared { get; init; }

    /// <summary>Exactly one of this, <see cref="LicenseFile"/> and <see cref="WorkbenchPlan.LicenseServer"/> is set.</summary>
    public WorkbenchSecret? LicenseKey { get; init; }

    public WorkbenchSecret? LicenseFile { get; init; }

    /// <summary>The file with id and secret of the client; set with <see cref="WorkbenchSignIn.OpenId"/>.</summary>
    public WorkbenchSecret? OpenIdClient { get; init; }

    /// <summary>
    /// Password of <see cref="WorkbenchDirectory.BindDn"/>; an existing Secret holds it in a file for SSSD under <see cref="WorkbenchDirectory.BindFile"/>.
    /// </summary>
    public WorkbenchSecret? DirectoryBind { get; init; }

    /// <summary>A Secret of Workbench's namespace with the authority of the directory's certificate.</summary>
    public SecretKeyName? DirectoryAuthority { get; init; }

    /// <summary>Changing the number makes the token anew with which a provider manages accounts. Default 1.</summary>
    public int ScimTokenRotation { get; init; } = DefaultScimTokenRotation;

    /// <summary>Changing the number makes the launcher's key anew. Default 1.</summary>
    public int LauncherKeyRotation { get; init; } = WorkbenchKeysArgs.DefaultLauncherRotation;

    /// <summary>Changing the number makes the cookies' key anew. Default 1.</summary>
    public int CookieKeyRotation { get; init; } = WorkbenchKeysArgs.DefaultCookieRotation;

    /// <summary>Which traffic the pods may exchange; null for all of it. Default null.</summary>
    public WorkbenchNetwork? Network { get; init; }

    /// <summary>Pulls the images of sessions beforehand. Default not.</summary>
    public WorkbenchPrePull? PrePull { get; init; }

    /// <summary>Refuse to delete the claims, and keep them when they leave the program. Default false.</summary>
    public bool Protected { get; init; }

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}

/// <summary>A claim of Workbench.</summary>
/// <param name="Role">What it is for: <c>home</c> or <c>shared</c>.</param>
/// <param name="ClaimName">Physical name.</param>
/// <param name="Size">Capacity.</param>
/// <param name="Directory">Directory of the storage; empty for a volume of its own.</param>
public sealed record WorkbenchClaim(string Role, KubernetesName ClaimName, Quantity Size, string Directory)
{
    /// <summary>Home directories.</summary>
    public const string HomeRole = "home";

    /// <summary>The names in Posit's instructions.</summary>
    public static readonly KubernetesName DefaultHomeName = KubernetesName.Parse("workbench-user-pvc");

    public static readonly KubernetesName DefaultSharedName = KubernetesName.Parse("workbench-shared-pvc");

    /// <summary>Permissions of the directory where the storage makes it, for root and everybody else.</summary>
    /// <remarks>
    /// Who could make a directory in <c>/home</c> could take the home of somebody who has not signed in yet. What servers share is mounted by nobody else, and
    /// a server need not be root.
    /// </remarks>
    public string Permissions => Role == HomeRole ? "0755" : "1777";
}

/// <summary>Where a secret comes from.</summary>
public abstract record WorkbenchSecret
{
    private WorkbenchSecret()
    {
    }

    /// <summary>The value itself.</summary>
    public sealed record Value(Input<string> Text) : WorkbenchSecret;

    /// <summary>A Secret of Workbench's namespace that others look after.</summary>
    public sealed record Existing(string SecretName, string Key) : WorkbenchSecret;
}

/// <summary>The file <c>database.conf</c>, without the password, which comes as an environment variable.</summary>
public static class WorkbenchDatabaseFile
{
    /// <summary>The text.</summary>
    /// <param name="host">Host name or address.</param>
    /// <param name="port">Port.</param>
    /// <param name="database">Name of the database.</param>
    /// <param name="user">Role.</param>
    /// <param name="sslMode">How TLS is spoken.</param>
    /// <param name="authority">Path of the authority's certificates; null where the image knows it or nobody asks.</param>
    public static string Text(string host, int port, string database, string user, PostgresSslMode sslMode, string? authority)
    {
        var address = $"postgres://{Uri.EscapeDataString(user)}@{host}:{port}/{Uri.EscapeDataString(database)}?sslmode={Word(sslMode)}";
        return $"provider=postgresql\nconnection-uri={(authority is null ? address : $"{address}&sslrootcert={authority}")}\n";
    }

    private static string Word(PostgresSslMode mode) => mode switch
    {
        PostgresSslMode.VerifyCa => "verify-ca",
        PostgresSslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
