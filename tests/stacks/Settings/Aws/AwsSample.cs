using Stacks.Settings.Reading;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings.Aws;

/// <summary>A valid stack file for AWS, for tests that change one thing in it.</summary>
internal static class AwsSample
{
    private static readonly (string Path, string? Json)[] Valid =
    [
        ("aws", """{ "region": "eu-west-1" }"""),
        (
            "cluster",
            """
            {
              "eks": {
                "administrators": ["arn:aws:iam::123456789012:role/deploy"], "publicAccess": ["203.0.113.0/24"],
                "nodePools": { "general": { "instanceTypes": ["m7i.large"] } }
              }
            }
            """),
        ("dns", """{ "route53": { "zone": "example.com" } }"""),
        ("storage", """{ "efs": {} }"""),
        ("studios.platform.state", "\"installed\""),
        ("redis", """{ "elastiCache": {} }"""),
        ("tower", """{ "environments": { "research": { "fusion": { "buckets": ["example-work"] }, "scratch": {} } } }"""),
    ];

    /// <summary>An EKS cluster that exists, in place of the one that is made.</summary>
    public static readonly (string Path, string? Json)[] Adopted =
    [
        ("cluster", """
            { "adoptedEks": { "name": "shared", "network": { "vpcId": "vpc-0123456789abcdef0", "privateSubnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] } } }
            """),
    ];

    public static ReadSettings Read(params (string Path, string? Json)[] changes) => StudiosSample.Read([.. Valid, .. changes]);

    /// <summary>What is worth a second look on a day.</summary>
    public static string[] WarningsOn(DateOnly today, params (string Path, string? Json)[] changes) =>
        [.. SettingsValidation.Read(StudiosSample.Raw([.. Valid, .. changes]), today).Warnings.Select(warning => warning.ToString())];

    /// <summary>What an operator reads after the changes.</summary>
    public static string[] Messages(params (string Path, string? Json)[] changes) => [.. Read(changes).Problems.Select(problem => problem.ToString())];
}
