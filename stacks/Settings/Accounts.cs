using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Accounts;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where in AWS things are made.</summary>
public sealed partial record AwsSettings : IChecked
{
    [Setting("Region of everything that this stack makes in AWS.", Example = "eu-west-1")]
    public required AwsRegion Region { get; init; }

    [Setting(
        "Accounts in which this stack may be deployed; with credentials of any other, nothing is touched.",
        Absent = "every account",
        Example = "[\"123456789012\"]")]
    [Form(Form.AwsAccountId)]
    public ImmutableArray<string> AccountIds { get; init; } = [];

    [Setting("Tags of every AWS resource, beside those that name the project and the stack.", Absent = "none", Example = "{ costCenter: research }")]
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    // AWS Tag Editor user guide, "Tag naming limits and requirements".
    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var (key, value) in Tags.Where(tag => !TagKey().IsMatch(tag.Key) || !TagValue().IsMatch(tag.Value)))
        {
            yield return new(
                at[nameof(Tags)].Entry(key),
                "is no tag that AWS takes",
                "a key of 1 to 128 and a value of up to 256 letters, digits, spaces and _ . : / = + - @; the key does not start with aws:",
                "costCenter: research",
                value);
        }
    }

    [GeneratedRegex(@"\A(?![Aa][Ww][Ss]:)[\p{L}\p{Nd} _.:/=+\-@]{1,128}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagKey();

    [GeneratedRegex(@"\A[\p{L}\p{Nd} _.:/=+\-@]{0,256}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagValue();
}

/// <summary>Settings that use further APIs of Google Cloud, which have to be on in the project.</summary>
public interface IUsesGoogleApis
{
    ImmutableArray<string> GoogleApis { get; }
}

/// <summary>Where in Google Cloud things are made.</summary>
public sealed record GcpSettings
{
    [Setting("Id of the project of everything that this stack makes in Google Cloud; not its name or number.")]
    [Form(Form.GcpProjectId)]
    public required string Project { get; init; }

    [Setting("Region of everything that this stack makes in Google Cloud.", Example = "europe-west1")]
    public required GcpRegion Region { get; init; }

    [Setting("Labels of every resource, beside those that name the project and the stack.", Absent = "none", Example = "{ cost-center: research }")]
    [Form(Form.GcpLabel)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
