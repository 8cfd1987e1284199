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

    [Setting("What every IAM role of this stack has, where the account asks for it.", Absent = "nothing further")]
    public AwsRoleSettings Roles { get; init; } = new();

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

/// <summary>Where the IAM roles of a stack stand, and what none of them may exceed.</summary>
public sealed record AwsRoleSettings : IChecked
{
    [Setting(
        "Path of every IAM role. Another path makes each role anew, and a cluster and node groups with it: decide before the first update.",
        Absent = "the root",
        Example = "/teams/research/")]
    [Form(Form.IamPath)]
    public string? Path { get; init; }

    [Setting(
        "ARN of the policy that is the permissions boundary of every IAM role.", Absent = "no boundary", Example = "arn:aws:iam::123456789012:policy/boundary")]
    [Form(Form.IamPolicyArn)]
    public string? PermissionsBoundary { get; init; }

    internal IamRoleBounds Bounds => new(Path, PermissionsBoundary);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (PermissionsBoundary?.Split(':')[4] is { } account and not "aws"
            && platform.Aws is { AccountIds: { IsEmpty: false } accounts } && !accounts.Contains(account))
        {
            yield return new(
                at[nameof(PermissionsBoundary)], "is a policy of another account, and IAM takes a boundary from its own account only",
                $"a policy of {string.Join(" or ", accounts)}, or one that AWS manages", "make the policy in the account of the stack", PermissionsBoundary);
        }
    }
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
