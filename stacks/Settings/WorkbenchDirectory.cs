using Infra.Workbench;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>An LDAP directory or Active Directory, through SSSD.</summary>
public sealed record SssdSettings : WorkbenchSignInSettings, IChecked
{
    [Setting("Address of the directory: ldaps://, or ldap://, on which TLS is started before a password is sent.", Example = "ldaps://ldap.example.com")]
    [Form(Form.LdapAddress)]
    public required string Uri { get; init; }

    [Setting("Distinguished name under which accounts and groups are.", Example = "dc=example,dc=com")]
    [Form(Form.DistinguishedName)]
    public required string SearchBase { get; init; }

    [Setting("How accounts and groups are kept: rfc2307 with names of members, rfc2307bis with their distinguished names, or activeDirectory.")]
    public WorkbenchDirectorySchema Schema { get; init; } = WorkbenchDirectory.DefaultSchema;

    [Setting("Entry that searches the directory.", Absent = "nobody has to sign in to search it", Example = "cn=workbench,ou=services,dc=example,dc=com")]
    [Form(Form.DistinguishedName)]
    public string? BindDn { get; init; }

    [Setting("Password of bindDn.")]
    [Secret("workbenchDirectoryPassword")]
    public SecretSetting? BindPassword { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key sssd-bind.conf holds the two lines [domain/workbench] and ldap_default_authtok = ….",
        Absent = "platform:workbenchDirectoryPassword is used, or nobody binds",
        Example = "workbench-directory")]
    [Form(Form.KubernetesSubdomain)]
    public string? BindSecret { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key ca.crt holds the authority of the directory's certificate.",
        Absent = "an authority that the image knows",
        Example = "directory-ca")]
    [Form(Form.KubernetesSubdomain)]
    public string? AuthoritySecret { get; init; }

    /// <summary>The key of <see cref="AuthoritySecret"/>.</summary>
    internal const string AuthorityKey = "ca.crt";

    internal override WorkbenchSignIn SignIn(string? host) => new WorkbenchSignIn.Sssd(new(Uri, SearchBase)
    {
        AuthorityKey = AuthoritySecret is null ? null : AuthorityKey,
        BindDn = BindDn,
        Schema = Schema,
    });

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (BindDn is not null)
        {
            if (WorkbenchSecretRules.CheckOne(BindPassword, BindSecret, "workbenchDirectoryPassword", at[nameof(BindSecret)], platform) is { } problem)
            {
                yield return problem;
            }
        }
        else if (BindPassword is not null || BindSecret is not null)
        {
            yield return new(
                at[nameof(BindDn)], $"is missing beside {(BindSecret is null ? "platform:workbenchDirectoryPassword" : "bindSecret")}", "the entry that binds",
                "bindDn: cn=workbench,ou=services,dc=example,dc=com");
        }

        if (AuthoritySecret is not null && WorkbenchSecretRules.CheckThere(AuthoritySecret, at[nameof(AuthoritySecret)], platform) is { } early)
        {
            yield return early;
        }

        if (CheckRoot(platform, "SSSD, which the chart does not start without root") is { } root)
        {
            yield return root;
        }
    }
}
