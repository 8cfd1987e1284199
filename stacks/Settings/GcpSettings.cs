using System.Collections.Immutable;
using Infra.Accounts;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Where in Google Cloud things are made.</summary>
public sealed record GcpSettings
{
    [Setting("Id of the project of everything that this stack makes in Google Cloud; not its name or number.")]
    [GcpProjectId]
    public required string Project { get; init; }

    [Setting("Region of everything that this stack makes in Google Cloud.", Example = "europe-west1")]
    public required GcpRegion Region { get; init; }

    [Setting("Labels of every resource, beside those that name the project and the stack.", Absent = "none", Example = "{ cost-center: research }")]
    [GcpLabel]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
