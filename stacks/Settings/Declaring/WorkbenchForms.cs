namespace Stacks.Settings.Declaring;

/// <summary>The forms that only settings of Posit Workbench name.</summary>
internal static class WorkbenchForms
{
    public static FormTable All { get; } = new()
    {
        [Form.Cores] = () => TextForm.Matching(
            "a number of cores", "a decimal number above zero, in quotes, as in \"1.0\"", "\"1.0\"", @"^(?!0+(\.0+)?$)[0-9]{1,4}(\.[0-9]{1,2})?$"),
        // RFC 4514: attributes with values, separated by commas; what it escapes is left to the directory.
        [Form.DistinguishedName] = () => TextForm.Matching(
            "a distinguished name",
            "attributes and values, as in ou=people,dc=example,dc=com",
            "ou=people,dc=example,dc=com",
            @"^[A-Za-z][A-Za-z0-9-]* *= *[^=\n]+(, *[A-Za-z][A-Za-z0-9-]* *= *[^=\n]+)*$"),
        [Form.ExtensionId] = () => TextForm.Matching(
            "an extension", "publisher and name, as in quarto.quarto", "quarto.quarto", @"^[A-Za-z0-9][A-Za-z0-9-]*\.[A-Za-z0-9][A-Za-z0-9._-]*$"),
        [Form.LdapAddress] = () => TextForm.Matching(
            "the address of a directory",
            "ldaps:// or ldap:// and a host, with a port if need be",
            "ldaps://ldap.example.com",
            @"^ldaps?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$"),
        [Form.LinuxName] = () => TextForm.Matching(
            "the name of a group", "letters, digits, . _ and -, and no @", "workbench-admins", @"^[A-Za-z_][A-Za-z0-9_.-]{0,62}$"),
        // Providers tell their tenants apart by a query.
        [Form.MetadataAddress] = () => TextForm.Matching(
            "the address of SAML metadata",
            "https:// and a host with a path, without user or fragment",
            "https://login.example.com/saml/metadata",
            @"^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?/[^\s#@]*$"),
        [Form.PamFile] = () => TextForm.Matching(
            "the name of a file of /etc/pam.d", "lower-case letters, digits, _ and -", "common-session", "^[a-z0-9][a-z0-9_-]{0,62}$"),
        // job.tpl of the chart makes a nodeSelector of it.
        [Form.PlacementConstraint] = () => TextForm.Matching(
            "a label of nodes",
            "key:value",
            "workload:research",
            "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?:[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$"),
        [Form.PositronVersion] = () => TextForm.Matching(
            "a version of Positron", "year, month and patch, with the build behind it", "2026.08.0-10", @"^20[0-9]{2}\.[0-9]{2}\.[0-9]+(-[0-9]+)?$"),
        [Form.RequestRatio] = () => TextForm.Matching("a share", "a decimal number above 0 and up to 1, in quotes", "\"0.6\"", @"^(1(\.0+)?|0\.(?!0+$)[0-9]{1,4})$"),
        [Form.WorkbenchVersion] = () => TextForm.Matching(
            "a version of Workbench", "year, month and patch", "2026.08.1", @"^20[0-9]{2}\.[0-9]{2}\.[0-9]+$"),
        // PostgreSQL manual, "Identifiers and Key Words": 63 bytes; what needs no quotes.
        [Form.ProfileSection] = () => TextForm.Matching(
            "a section of profiles",
            "'*' for everybody, @ and the name of a group, or the name of a user",
            "'@research'",
            @"^(\*|@?[A-Za-z_][A-Za-z0-9_.-]{0,62})$"),
        [Form.WebAddress] = () => TextForm.Matching(
            "a web address with a path",
            "https:// and a host, with a path if need be, without user, query or fragment",
            "https://login.example.com/realms/research",
            @"^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"),
    };
}
