using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>Where the accounts come from of people whom a provider signs in.</summary>
public enum WorkbenchAccounts
{
    /// <summary>Workbench makes an account for everybody who signs in for the first time.</summary>
    FirstSignIn,

    /// <summary>The provider makes and locks accounts through Workbench's SCIM interface.</summary>
    Scim,
}

/// <summary>How people sign in to Workbench: in exactly one way, for the server knows no two at a time.</summary>
/// <remarks>
/// Posit Workbench administration guide, "OpenID Connect Authentication", "SAML Single Sign-On" and "User Provisioning"; keys as in Posit's team-operator
/// (api/core/v1beta1/workbench_config.go) and its scripts for Entra ID (read 2026-11-26).
/// </remarks>
public abstract record WorkbenchSignIn
{
    private const string CommonSession = "common-session";

    // IANA, Service Name and Transport Protocol Port Number Registry.
    private const int LdapPort = 389;
    private const int LdapsPort = 636;

    private WorkbenchSignIn()
    {
    }

    /// <summary>Lines of <c>rserver.conf</c>.</summary>
    internal virtual ImmutableDictionary<string, object> Server => ImmutableDictionary<string, object>.Empty;

    /// <summary>Files of <c>/etc/pam.d</c> where the server runs as root; without root it opens no PAM session.</summary>
    internal virtual ImmutableDictionary<string, object> Pam => ImmutableDictionary<string, object>.Empty;

    /// <summary>What changes with files that the chart does not roll pods for; null where only this program's releases change them.</summary>
    internal virtual string? PamHash => null;

    /// <summary>Port of whom the server asks who somebody is; null where nobody else is asked.</summary>
    internal virtual int? Port => null;

    /// <summary>One account with a generated password, which the image makes when it starts.</summary>
    public sealed record TestUser(string Name) : WorkbenchSignIn;

    /// <summary>A provider that signs people in and does not know Linux.</summary>
    public abstract record Provider(WorkbenchAccounts Accounts) : WorkbenchSignIn
    {
        internal override ImmutableDictionary<string, object> Server => Accounts is WorkbenchAccounts.Scim
            ? Spec.From(("user-provisioning-enabled", "1"))
            : Spec.From(("user-provisioning-enabled", "1"), ("user-provisioning-register-on-first-login", "1"));

        internal override ImmutableDictionary<string, object> Pam => Spec.From((CommonSession, SessionFile("")));
    }

    /// <summary>An OpenID Connect provider.</summary>
    /// <param name="Issuer">Its address.</param>
    /// <param name="UsernameClaim">The claim that holds the name of the account.</param>
    /// <param name="Accounts">Where accounts come from.</param>
    public sealed record OpenId(string Issuer, string UsernameClaim = OpenId.DefaultUsernameClaim, WorkbenchAccounts Accounts = default) : Provider(Accounts)
    {
        public const string DefaultUsernameClaim = "preferred_username";

        /// <summary>The claim that holds the groups of a person; null for none.</summary>
        public string? GroupsClaim { get; init; }

        internal override int? Port => new Uri(Issuer).Port;

        internal override ImmutableDictionary<string, object> Server => base.Server.AddRange(WorkbenchProfile.Given(
            ("auth-openid", "1"),
            ("auth-openid-issuer", Issuer),
            ("auth-openid-username-claim", UsernameClaim),
            ("auth-openid-groups-claim", GroupsClaim)));
    }

    /// <summary>A SAML identity provider.</summary>
    /// <param name="MetadataUrl">Where it describes itself.</param>
    /// <param name="UsernameAttribute">The attribute that holds the name of the account; <c>NameID</c> for the subject itself.</param>
    /// <param name="Address">Address of Workbench, which the proxy in front of it would hide.</param>
    /// <param name="Accounts">Where accounts come from.</param>
    public sealed record Saml(string MetadataUrl, string UsernameAttribute, string Address, WorkbenchAccounts Accounts = default) : Provider(Accounts)
    {
        /// <summary>The attribute that holds the groups of a person; null for none.</summary>
        public string? GroupsAttribute { get; init; }

        internal override int? Port => new Uri(MetadataUrl).Port;

        internal override ImmutableDictionary<string, object> Server => base.Server.AddRange(WorkbenchProfile.Given(
            ("auth-saml", "1"),
            ("auth-saml-metadata-url", MetadataUrl),
            ("auth-saml-sp-attribute-username", UsernameAttribute),
            ("auth-saml-sp-attribute-groups", GroupsAttribute),
            ("auth-saml-sp-base-uri", Address)));
    }

    /// <summary>Accounts that the server's image has, or that PAM modules in it find.</summary>
    /// <param name="Files">Files of <c>/etc/pam.d</c> in place of the image's, by name.</param>
    public sealed record Local(ImmutableSortedDictionary<string, string> Files) : WorkbenchSignIn
    {
        internal override ImmutableDictionary<string, object> Pam => Spec.From((CommonSession, SessionFile("")))
            .SetItems(Files.Select(file => KeyValuePair.Create(file.Key, (object)file.Value)));

        internal override string? PamHash => Files.IsEmpty ? null : ConfigHash.Compute(Files);
    }

    /// <summary>An LDAP directory, which SSSD asks for accounts and passwords.</summary>
    public sealed record Sssd(WorkbenchDirectory Directory) : WorkbenchSignIn
    {
        // Uri knows that ldap:// is 389 and not that ldaps:// is 636.
        internal override int? Port => new Uri(Directory.Uri) switch
        {
            { Port: > 0 } address => address.Port,
            { Scheme: "ldaps" } => LdapsPort,
            _ => LdapPort,
        };

        internal override ImmutableDictionary<string, object> Pam => Spec.From((CommonSession, SessionFile("session optional      pam_sss.so\n")));
    }

    // Debian's own file (libpam-runtime, libpam-sss), and the line that makes the home directory of somebody who signs in for the first time.
    private static string SessionFile(string more) =>
        $"""
        session [default=1]   pam_permit.so
        session requisite     pam_deny.so
        session required      pam_permit.so
        session optional      pam_umask.so
        session required      pam_unix.so
        {more}session required      pam_mkhomedir.so skel=/etc/skel umask=0077

        """;
}

/// <summary>The names that a directory gives to what accounts and groups have (sssd-ldap(5), <c>ldap_schema</c>).</summary>
public enum WorkbenchDirectorySchema
{
    /// <summary>Groups list the names of their members.</summary>
    Rfc2307,

    /// <summary>Groups list the distinguished names of their members.</summary>
    Rfc2307bis,

    /// <summary>Active Directory; user and group ids follow from its security identifiers.</summary>
    ActiveDirectory,
}

/// <summary>An LDAP directory as SSSD is told of it.</summary>
/// <param name="Uri">Address, <c>ldaps://</c> or <c>ldap://</c> with StartTLS: SSSD sends no password in the open.</param>
/// <param name="SearchBase">Distinguished name under which accounts and groups are.</param>
public sealed record WorkbenchDirectory(string Uri, string SearchBase)
{
    /// <summary>The key, file and section that a Secret with the bind password has to agree with.</summary>
    public const string File = "sssd.conf";

    public const string BindFile = "sssd-bind.conf";
    public const string Domain = "workbench";

    public const WorkbenchDirectorySchema DefaultSchema = WorkbenchDirectorySchema.Rfc2307;

    /// <summary>Where the authority of the directory's certificate is mounted.</summary>
    internal const string AuthorityDirectory = "/mnt/directory-authority";

    /// <summary>Name of the entry that SSSD binds as; null to bind as nobody.</summary>
    public string? BindDn { get; init; }

    public WorkbenchDirectorySchema Schema { get; init; } = DefaultSchema;

    /// <summary>Key of the Secret with the authority; null where the image knows it.</summary>
    public string? AuthorityKey { get; init; }

    /// <summary>The file for SSSD (sssd.conf(5), sssd-ldap(5)).</summary>
    /// <param name="password">Password of <see cref="BindDn"/>; null where another file has it, or nobody binds.</param>
    public string Text(string? password)
    {
        var isActiveDirectory = Schema is WorkbenchDirectorySchema.ActiveDirectory;
        ImmutableArray<(string Key, string? Value)> domain =
        [
            ("id_provider", "ldap"),
            ("auth_provider", "ldap"),
            ("ldap_uri", Uri),
            ("ldap_search_base", SearchBase),
            ("ldap_schema", isActiveDirectory ? "ad" : Schema.ToString().ToLowerInvariant()),
            ("ldap_id_mapping", isActiveDirectory ? "true" : null),
            ("ldap_id_use_start_tls", Uri.StartsWith("ldap://", StringComparison.Ordinal) ? "true" : null),
            ("ldap_tls_reqcert", "demand"),
            ("ldap_tls_cacert", AuthorityKey is null ? null : $"{AuthorityDirectory}/{AuthorityKey}"),
            ("ldap_default_bind_dn", BindDn),
            ("ldap_default_authtok", password?.TrimEnd('\r', '\n')),
            ("fallback_homedir", "/home/%u"),
            ("default_shell", "/bin/bash"),
        ];
        var lines = domain.Where(line => line.Value is not null).Select(line => $"{line.Key} = {line.Value}\n");
        return $"[sssd]\nconfig_file_version = 2\nservices = nss, pam\ndomains = {Domain}\n\n[domain/{Domain}]\n{string.Concat(lines)}";
    }
}
