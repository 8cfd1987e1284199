using Stacks.Settings.Reading;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Gcp;

/// <summary>A valid stack file for Google Cloud, for tests that change one thing in it.</summary>
internal static class GcpSample
{
    private static readonly (string Path, string? Json)[] Valid =
    [
        ("gcp", """{ "project": "example-research", "region": "europe-west1" }"""),
        ("cluster", """{ "gke": { "nodePools": { "general": { "machineType": "n2-standard-4" } } } }"""),
        ("dns", """{ "cloudDns": { "zone": "example.com" } }"""),
        ("storage", """{ "filestore": { "tier": "regional" } }"""),
        ("redis", """{ "memorystore": {} }"""),
        ("studios.platform.state", "\"installed\""),
        ("tower", """
            {
              "gke": { "serviceAccount": "seqera-platform@example-research.iam.gserviceaccount.com" },
              "environments": { "research": { "scratch": { "size": "1Ti" }, "fusion": { "buckets": ["example-work"] } } }
            }
            """),
    ];

    /// <summary>A GKE cluster that exists, in place of the one that is made.</summary>
    public static readonly (string Path, string? Json)[] Adopted = [("cluster", """{ "adoptedGke": { "name": "shared" } }""")];

    public static ReadSettings Read(params (string Path, string? Json)[] changes) => StudiosSample.Read([.. Valid, .. changes]);

    /// <summary>What is worth a second look on a day.</summary>
    public static string[] WarningsOn(DateOnly today, params (string Path, string? Json)[] changes) =>
        [.. SettingsValidation.Read(StudiosSample.Raw([.. Valid, .. changes]), today).Warnings.Select(warning => warning.ToString())];

    /// <summary>What an operator reads after the changes.</summary>
    public static string[] Messages(params (string Path, string? Json)[] changes) => [.. Read(changes).Problems.Select(problem => problem.ToString())];
}
