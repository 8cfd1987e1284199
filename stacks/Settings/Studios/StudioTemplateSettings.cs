using Infra.Manifests;
using Infra.Studios;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>A studio template of the stack's own.</summary>
public sealed record StudioTemplateSettings
{
    [Setting("Session image: public, or in ECR. Its tag ends in the version of connect-client.", Example = "public.cr.seqera.io/platform/data-studio-jupyter:4.2.5-0.12")]
    public required ImageReference Repository { get; init; }

    [Setting("What runs in it. Needed from Platform 25.1 on, unknown before.", Absent = "none", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Tool { get; init; }

    [Setting("Icon in the Platform.", Absent = "that of the tool", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Icon { get; init; }

    [Setting("What the Platform says of it. Unknown before Platform 25.1.", Absent = "unsupported", Example = "recommended")]
    [OneOf("recommended", "deprecated", "experimental", "unsupported")]
    public string? Status { get; init; }

    [Setting("Version of connect-client in the image, where the tag does not end in it.", Absent = "taken from the tag", Example = "0.12.2")]
    public ConnectClientVersion? ConnectClient { get; init; }
}
