namespace Stacks.Settings.Declaring;

/// <summary>The forms that only settings of Code Studios name.</summary>
internal static class CodeStudioForms
{
    public static Dictionary<Form, TextForm> All { get; } = new()
    {
        [Form.BrowserPath] = TextForm.Matching(
            "a prefix of paths",
            "parts of letters, digits, hyphens, dots, underscores and tildes, each after a slash; none of them only dots, no slash at the end",
            "/code-studios/research",
            @"^(/(?!\.{1,2}(/|$))([A-Za-z0-9._~-]|\$\{K8S_(NODE_NAME|POD_NAME|POD_NAMESPACE|POD_ID)\})+)+$"),
        // No quote, space or semicolon: an annotation of nginx takes it into its configuration.
        [Form.SignInAddress] = TextForm.Matching(
            "an address that is asked",
            "http:// or https:// and a host, with port, path and query if need be",
            "https://sign-in.example.com/oauth2/auth",
            @"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~/:=&,%$@+-]*)?$"),
    };
}
