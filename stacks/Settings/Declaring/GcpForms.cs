namespace Stacks.Settings.Declaring;

/// <summary>How Google Cloud writes names of its own.</summary>
internal static class GcpForms
{
    private const string GcpNamePattern = "^[a-z]([a-z0-9-]*[a-z0-9])?$";

    public static FormTable All { get; } = new()
    {
        [Form.GcpLabel] = () => TextForm.Matching(
            "a value that Google Cloud takes for a label", "up to 63 lower-case letters, digits, hyphens and underscores", "research", "^[a-z0-9_-]{0,63}$"),
        [Form.GcpName] = () => GcpName(63),
        [Form.GkeClusterName] = () => GcpName(40),
        // Resource Manager API reference, projectId; old domain-scoped ones have the domain in front.
        [Form.GcpProjectId] = () => TextForm.Matching(
            "the id of a Google Cloud project",
            "6 to 30 lower-case letters, digits and inner hyphens, a letter first",
            "example-research",
            @"^([a-z0-9.-]+\.[a-z]{2,}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$"),
        [Form.NetworkPath] = () => GcpPath("networks", "projects/<project>/global/networks/<name>"),
        [Form.SubnetworkPath] = () => GcpPath("subnetworks", "projects/<project>/regions/<region>/subnetworks/<name>"),
    };

    private static TextForm GcpName(int most) => new(
        "a name that Google Cloud takes",
        $"up to {most} lower-case letters, digits and inner hyphens, a letter first",
        "studio-prod",
        text => text.Length <= most && TextForm.Matches(text, GcpNamePattern) ? text : null)
    {
        Pattern = GcpNamePattern,
        MaxLength = most,
    };

    // The full name of a network or subnetwork, which says in which project it is.
    private static TextForm GcpPath(string collection, string allowed)
    {
        var place = collection == "networks" ? "global" : "regions/[a-z0-9-]+";
        return TextForm.Matching(
            $"the full name of one of the {collection}",
            allowed,
            allowed.Replace("<project>", "example-research").Replace("<region>", "europe-west1").Replace("<name>", "research"),
            $"^projects/[a-z0-9.:-]+/{place}/{collection}/{GcpNamePattern[1..]}");
    }
}
