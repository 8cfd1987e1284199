using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Where Wave puts the session images it builds for users.</summary>
public sealed record CustomImageSettings
{
    [Setting("Registry host.", Example = "123456789012.dkr.ecr.eu-central-1.amazonaws.com")]
    [Length(1, 253)]
    public required string Registry { get; init; }

    [Setting("Repository in it.", Absent = "data-studios/<tool>", Example = "studios")]
    [Length(1, 255)]
    public string? Repository { get; init; }

    [Setting("How images are told apart.", Absent = "tagPrefix", Example = "imageSuffix")]
    [OneOf("none", "tagPrefix", "imageSuffix")]
    public string? NameStrategy { get; init; }
}
