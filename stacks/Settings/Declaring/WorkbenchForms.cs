namespace Stacks.Settings.Declaring;

/// <summary>The forms that only settings of Posit Workbench name.</summary>
internal static class WorkbenchForms
{
    public static Dictionary<Form, TextForm> All { get; } = new()
    {
        [Form.Cores] = TextForm.Matching(
            "a number of cores", "a decimal number above zero, in quotes, as in \"1.0\"", "\"1.0\"", @"^(?!0+(\.0+)?$)[0-9]{1,4}(\.[0-9]{1,2})?$"),
        // PostgreSQL manual, "Identifiers and Key Words": 63 bytes; what needs no quotes.
        [Form.ProfileSection] = TextForm.Matching(
            "a section of profiles",
            "'*' for everybody, @ and the name of a group, or the name of a user",
            "'@research'",
            @"^(\*|@?[A-Za-z_][A-Za-z0-9_.-]{0,62})$"),
        [Form.WebAddress] = TextForm.Matching(
            "a web address with a path",
            "https:// and a host, with a path if need be, without user, query or fragment",
            "https://login.example.com/realms/research",
            @"^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"),
    };
}
